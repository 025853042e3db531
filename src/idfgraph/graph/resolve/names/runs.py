"""A run of names as words, with the signs between them, and what was read in it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ....model.datatypes import Span
from ....model.names import Word, mark, words
from .covers import Step
from .mentions import Name, closed

#: Words that part names as a sign does.
AND = frozenset(["et", "y", "e", "and"])

#: Words that may stand between names and name nothing.
JOINING = AND | frozenset(["la", "le", "les", "l", "el", "los", "las", "the"])

#: The signs at which a name may be turned round.
TURNS = frozenset("(,")

#: The words of a name, folded; a word that a sign parts from the one before begins with the sign.
Key = tuple[str, ...]


class Cut(NamedTuple):
    """A run of names cut: the names found, and the spans of what is left over."""

    names: tuple[Name, ...]
    residue: tuple[Span, ...]


class NameRun:
    """The words of a run, and before each the sign that parts it from the one before.

    The sign is '(' or ')' for a bracket, ',' for a comma, '/' for a slash, ';' for any other, ''
    for none; a dot is none.
    """

    def __init__(self, text: str, found: Sequence[Word]) -> None:
        gaps = (mark(text[before.end : word.start]) for before, word in pairwise(found))
        self.signs = ["", *map(_sign, gaps)]
        self.folded = [word.folded for word in found]
        self._signed = [sign + word for sign, word in zip(self.signs, self.folded, strict=False)]
        self._text, self._found = text, found

    @property
    def turn(self) -> int:
        """The first place that a bracket or a comma parts from what is before it, or 0."""
        return next((place for place, sign in enumerate(self.signs) if sign in TURNS), 0)

    def key(self, start: int, end: int) -> Key:
        """The key of words as one name."""
        return (self.folded[start], *self._signed[start + 1 : end])

    def parted(self, end: int) -> bool:
        """Whether a sign, or the end of the run, comes after the words before this place."""
        return end == len(self.folded) or bool(self.signs[end])

    def beside(self, one: Step, two: Step) -> bool:
        """Whether neither a sign nor a word like 'and' stands between two steps."""
        between = range(one.end, two.start)
        return not any(self.signs[one.end : two.start + 1]) and not any(
            self.folded[place] in AND for place in between
        )

    def told(self, steps: Iterable[Step]) -> list[Step]:
        """The steps but for words that name nothing; of names in doubt with what follows them in
        brackets, one step.
        """
        heard = [step for step in steps if step.id or self.folded[step.start] not in JOINING]
        return [step for block in self._blocks(heard) for step in _settled(block)]

    def cut(self, steps: Sequence[Step]) -> Cut:
        """The names and the spans left over."""
        names = (Name(step.id, self._span(step)) for step in steps if step.id)
        return Cut(tuple(names), tuple(self._span(step) for step in steps if not step.id))

    def _span(self, step: Step) -> Span:
        """The span of a step's words, with the bracket that closes them."""
        return closed(self._text, (self._found[step.start].start, self._found[step.end - 1].end))

    def _blocks(self, steps: Iterable[Step]) -> Iterator[list[Step]]:
        """Each step, with those that follow it in brackets."""
        block: list[Step] = []
        inside = False
        for step in steps:
            signs = self.signs[block[-1].end if block else 0 : step.start + 1]
            for sign in signs:
                inside = sign == "(" or (inside and sign != ")")
            if block and not inside:
                yield block
                block = []
            block.append(step)
        if block:
            yield block


def signed(name: str) -> Key:
    """The key of a name, with the signs in it.

    >>> signed("Hong Kong, China")
    ('hong', 'kong', ',china')
    """
    run = NameRun(name, list(words(name)))
    return run.key(0, len(run.folded)) if run.folded else ()


def left_over(steps: Iterable[Step]) -> bool:
    """Whether any words of a run are no name."""
    return not all(step.id for step in steps)


def _sign(given: str) -> str:
    bracket = "(" if "(" in given else ")" if ")" in given else ""
    return bracket or (given if given in {",", "/"} else "" if given in {"", "."} else ";")


def _settled(block: Sequence[Step]) -> Sequence[Step]:
    """The steps of a block; a name that anything else follows in brackets is left over with it, as
    one step.
    """
    head = block[0]
    doubtful = head.id and any(step.id != head.id for step in block)
    return [Step(head.start, block[-1].end, None)] if doubtful else block
