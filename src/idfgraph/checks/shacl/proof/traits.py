"""What shapes can see of a node without looking further: nodes of a kind break the same shapes, as
far as these look at nothing else.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from ....model.vocab import RDF_TYPE
from ....system.memo import Made
from .constraints import Check
from .read_terms import Unsure, tag_of
from .statements import Statements, SubjectOutline

_TYPE = f"<{RDF_TYPE}>"

#: How many statements are known by what shapes can see of them.
_MOST = 10_000

#: The outline of a node, and what shapes can see of each of its values that they look at.
Kind: TypeAlias = tuple[object, ...]


class Kinds:
    """Finds the kinds of nodes, for shapes that ask some checks of each value of a predicate by
    itself.
    """

    def __init__(self, checks: Mapping[str, Sequence[Check]]) -> None:
        self._checks = {_TYPE: (), **checks}
        self._looked_at = Made[SubjectOutline, tuple[int, ...]](
            lambda outline: tuple(
                number for number, name in enumerate(outline.names) if name in self._checks
            )
        )
        self._traits = Made[str, object](self._trait, _MOST)

    def kind_of(self, outline: SubjectOutline, rests: Iterable[str]) -> Kind:
        """The kind of a node, of which is said what follows it in lines of an outline."""
        if not (numbers := self._looked_at[outline]):
            return (outline,)
        said, traits = [*rests], self._traits
        return (outline, *[traits[said[number]] for number in numbers])

    def _trait(self, rest: str) -> object:
        """What shapes can see of a value: its language, of a class which, and what each check of it
        says.
        """
        predicate, _, value = rest.partition(" ")
        value = value[:-3]
        which = value if predicate == _TYPE else tag_of(value)
        return which, *[_outcome(check, value) for check in self._checks[predicate]]


def _outcome(check: Check, value: str) -> bool | None:
    """Whether a value passes a check that looks at nothing else; None where that is not certain."""
    try:
        return not check(Statements(()), "", (value,))
    except Unsure:
        return None
