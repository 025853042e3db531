"""How the warnings of a report come to be more or fewer than the doubts that notes tell."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ...model import iris
from ...model.findings import Result
from ...model.text import Texts
from .notes import Noted


class RuleWarning(NamedTuple):
    """A warning that the report alone tells: what it is on (empty: nothing of its own), and its
    words.
    """

    thing: str
    words: Texts


class Warned(NamedTuple):
    """The warnings of a report: how many there are, those that no note tells, and the notes of that
    severity that it does not tell; so all are the notes, with these and without those.
    """

    number: int = 0
    only_told: Sequence[RuleWarning] = ()
    only_noted: Sequence[Noted] = ()


def warned(
    results: Iterable[Result], notes: Iterable[Noted], compact: Callable[[str], str]
) -> Warned:
    """The warnings of a report beside those of notes: a result tells the note that it is on, else
    one on the same property of the same thing; `compact` gives the compact form of an IRI.
    """
    found = [one for one in results if one.severity == "Warning"]
    left = {one.id: one for one in notes if one.severity == "Warning"}
    others = [one for one in found if not left.pop(compact(one.focus), None)]
    open_ = defaultdict[tuple[str, str], list[Noted]](list)
    for note in left.values():
        open_[note.thing, note.about].append(note)
    alone = list[RuleWarning]()
    for one in others:
        thing = iris.resource_of(compact(one.focus))
        if same := open_[thing, one.about]:
            del left[same.pop().id]
        else:
            alone.append(RuleWarning(thing, one.messages))
    return Warned(len(found), alone, list(left.values()))
