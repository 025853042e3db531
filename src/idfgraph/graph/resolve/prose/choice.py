"""Which of the facts of a page are captured, and how surely: of what has one value the surest, each
name once.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Protocol

from ....model.datatypes import Span
from ..names import Name
from .phrasebook import ACCEPTED, Phrasebook
from .roles import Fact
from .sentences import PART

#: Properties that a programme has one value of.
_SINGLE = ("title", "startYear", "endYear", "status", "coverage", "budget.value", "budget.currency")

#: How sure a list of states is that others are measured by; how sure what is not plain is.
_LISTED, _PLAIN = Decimal("0.9"), Decimal("0.85")


class Meanings(Protocol):
    """What tells which states and which phase words of a page mean."""

    @property
    def phrases(self) -> Phrasebook:
        """The phrases of the reference data."""

    def states_in(self, text: str) -> tuple[Name, ...]:
        """The states of a list of names in prose."""

    def phase(self, text: str) -> int | None:
        """The number of a phase as prose writes it."""


def chosen(text: str, facts: Sequence[Fact], reader: Meanings) -> Iterator[Fact]:
    """The facts as captures are made of them: of what has one value the surest, each name once."""
    by_property: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_property[fact.property].append(fact)
    for name, group in by_property.items():
        if name in _SINGLE or name.startswith("result."):
            yield _surest(text, group)
    paying = by_property["association.funding"]
    funders = {fact.agent for fact in paying if fact.agent and fact.certainty >= ACCEPTED}
    yield from _partners(paying, set())
    doing = [
        _doubted(fact, reader.phrases.is_wholly("payer", text[slice(*fact.span)]))
        for fact in by_property["association.implementing"]
    ]
    yield from _partners(doing, funders)
    yield from _states(text, by_property["targetsGovernmentOf"], reader)
    yield from _phases(text, by_property["hasPart.phase"], reader)


def _surest(text: str, group: Sequence[Fact]) -> Fact:
    """The surest of facts; a suggestion where another one as sure says otherwise."""
    best = max(group, key=lambda fact: fact.certainty)
    rivals = {text[slice(*f.span)] for f in group if f.certainty == best.certainty}
    doubtful = len(rivals) > 1 and best.property not in ("title", "coverage", "budget.currency")
    return best._replace(certainty=min(best.certainty, PART)) if doubtful else best


def _doubted(fact: Fact, pays: bool) -> Fact:
    """That one carries it out who pays for most of what it is named with, unless it is plain; or a
    government, which does not.
    """
    doubtful = pays and fact.certainty <= _PLAIN
    if doubtful or fact.agent.startswith("ag:government-"):
        return fact._replace(certainty=min(fact.certainty, PART))
    return fact


def _partners(group: Sequence[Fact], funders: set[str]) -> Iterator[Fact]:
    """Each organisation once, as surely as it is named, and words that name several once; a funder
    is no partner besides, where the words are not plain.
    """
    best: dict[str | Span, Fact] = {}
    for fact in group:
        key = fact.agent or fact.span
        known = best.get(key)
        if known is None or known.certainty < fact.certainty:
            best[key] = fact
    together: set[Span] = set()
    for fact in best.values():
        if fact.span not in together and not (fact.agent in funders and fact.certainty < _PLAIN):
            together.add(fact.span)
            yield fact


def _states(text: str, group: Sequence[Fact], reader: Meanings) -> Iterator[Fact]:
    """The lists of states, surest first; what is less sure adds no state to a sure list."""
    ordered = sorted(group, key=lambda fact: (-fact.certainty, fact.span))
    known: set[str] = set()
    listed = any(fact.certainty >= _LISTED for fact in ordered)
    for fact in ordered:
        new = {name.id for name in reader.states_in(text[slice(*fact.span)])} - known
        if not new:
            continue
        known |= new
        sure = fact.certainty >= _LISTED or not listed
        yield fact if sure else fact._replace(certainty=min(fact.certainty, PART))


def _phases(text: str, group: Sequence[Fact], reader: Meanings) -> Iterator[Fact]:
    """Each phase once: those that the title or a label names, else the last."""
    best: dict[int, Fact] = {}
    for fact in sorted(group, key=lambda fact: -fact.certainty):
        number = reader.phase(text[slice(*fact.span)].strip(" ."))
        if number is not None:
            best.setdefault(number, fact)
    sure = max((fact.certainty for fact in best.values()), default=ACCEPTED)
    last = max((number for number, fact in best.items() if fact.certainty == sure), default=0)
    for number, fact in best.items():
        plain = fact.certainty == sure and (sure > _LISTED or number == last)
        yield fact if plain else fact._replace(certainty=min(fact.certainty, PART))
