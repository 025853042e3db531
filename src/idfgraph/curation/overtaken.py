"""What becomes of the decisions of a record where others are made."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from msgspec.structs import replace

from ..graph.resolve import NONE
from ..model.judgements import Decision
from ..model.records import Record

#: The value of a decision.
Decided = str | tuple[str, ...] | dict[str, str]

One = TypeVar("One", bound=Decision)


def as_decided(name: str, said: object) -> Decided:
    """A value that a record states, as a decision has it."""
    language = name.partition(".")[2]
    if said is None:
        return {language: NONE} if language else NONE
    if isinstance(said, Mapping):
        return str(said["value"])
    if isinstance(said, list):
        return tuple(map(str, said))
    return {language: str(said)} if language else str(said)


def among(
    record: Record, new: Mapping[str, Decision], kept: Mapping[str, Decision]
) -> tuple[Decision, ...]:
    """The decisions of a record once others are made: earlier ones on what is decided now go, and
    those of the new that are kept come after the others.
    """
    left = (found for one in record.decisions if (found := without(one, new.values())))
    return (*left, *kept.values())


def without(known: One, new: Iterable[Decision]) -> One | None:
    """What is left of a decision where others are made: of texts, that in other languages."""
    for decision in new:
        if decision.property == known.property:
            if not isinstance(known.value, Mapping) or not isinstance(decision.value, Mapping):
                return None
            texts = {tag: text for tag, text in known.value.items() if tag not in decision.value}
            if not texts:
                return None
            known = known if texts == known.value else replace(known, value=texts)
    return known
