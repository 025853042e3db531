"""Labelled lines of a page without a field block: a label with its value behind it, or on the lines
below; lines that are a list of states, or years, and nothing else.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ....model.datatypes import Span
from .amounts import Amounts
from .facts import Facts, money_facts
from .partners import PartnerNames
from .phrasebook import Label, Phrasebook
from .roles import Fact

_LABELLED = re.compile(r"[\s•*·▪◦●○‣-]*(?P<label>[^:\n]{2,60}?)\s*:\s*(?P<value>.*)", re.DOTALL)
_BULLET = re.compile(r"\s*[•*·▪◦●○‣-]")

#: How sure a line is that has no label and is nothing but a list of states, or years.
_ALONE = Decimal("0.85")

#: How many lines below it a label can speak of; how long a heading is that may be a label.
_LINES, _SHORT = 40, 40


class _Labelled(NamedTuple):
    """A label as printed, what it says, and where its value stands."""

    printed: str
    label: Label
    value: Span
    lines: int


class Labels:
    """What labelled lines say."""

    def __init__(
        self, phrases: Phrasebook, partners: PartnerNames, facts: Facts, amounts: Amounts
    ) -> None:
        self._phrases, self._partners = phrases, partners
        self._facts, self._amounts = facts, amounts

    def facts(self, text: str, lines: Sequence[Span]) -> Iterator[Fact]:
        """The facts of labelled lines, and of lines that are nothing but states or years."""
        number = 0
        while number < len(lines):
            found = self._labelled(text, lines, number)
            if found:
                said = (found.printed, found.label.language)
                for fact in self._value(text, found):
                    yield fact._replace(label=said)
                number += found.lines
                continue
            before = lines[number - 1] if number else None
            yield from self._alone(text, lines[number], text[slice(*before)] if before else "")
            number += 1

    def is_labelled(self, text: str) -> bool:
        """Whether a line begins with a known label."""
        found = _LABELLED.fullmatch(text)
        return bool(found and self._phrases.label(found["label"]))

    def _labelled(self, text: str, lines: Sequence[Span], number: int) -> _Labelled | None:
        start, end = lines[number]
        found = _LABELLED.fullmatch(text, start, end)
        label = self._phrases.label(found["label"]) if found else None
        if found and label and found["value"].strip():
            return _Labelled(found["label"], label, found.span("value"), 1)
        alone = label or self._phrases.label(text[start:end])
        if not alone:
            return None
        below = self._below(text, lines, number)
        if not below:
            return None
        printed = found["label"] if found and label else text[start:end]
        return _Labelled(printed.strip(), alone, (below[0][0], below[-1][1]), 1 + len(below))

    def _below(self, text: str, lines: Sequence[Span], number: int) -> Sequence[Span]:
        """The lines below a label that are its value: bullets, or the next line alone."""
        below: list[Span] = []
        for span in lines[number + 1 : number + 1 + _LINES]:
            line = text[slice(*span)]
            bulleted = bool(_BULLET.match(line))
            if self.is_labelled(line) or self._phrases.label(line) or (below and not bulleted):
                break
            below.append(span)
            if not bulleted:
                break
        return below

    def _value(self, text: str, found: _Labelled) -> Iterator[Fact]:
        (start, end), (says, _, certainty) = found.value, found.label
        if says.startswith("association."):
            paid = says == "association.funding"
            run = self._partners.run(text, start, end, states=paid, prose=False)
            for name in run.names if run else ():
                yield Fact(says, name.span, certainty, name.id)
        elif says == "targetsGovernmentOf":
            yield from self._facts.states_at(text, start, end, certainty)
        elif says == "period":
            yield from self._period(text, start, end, certainty)
        elif says in ("startYear", "endYear"):
            years = list(self._amounts.years(text, start, end))
            if len(years) == 1 and years[0].last is None:
                yield Fact(says, years[0].first, certainty)
        elif says == "budget":
            for money in list(self._amounts.money(text, start, end))[:1]:
                yield from money_facts(money, certainty)
        elif says == "title" or self._phrases.code(says, text[start:end]):
            yield Fact(says, (start, end), certainty)

    def _period(self, text: str, start: int, end: int, certainty: Decimal) -> Iterator[Fact]:
        years = list(self._amounts.years(text, start, end))
        if len(years) == 1 and years[0].last:
            yield Fact("startYear", years[0].first, certainty)
            yield Fact("endYear", years[0].last, certainty)
        elif len(years) == 1:
            before = self._phrases.cues("since", "before", text, start, years[0].start)
            if next(before, None):
                yield Fact("startYear", years[0].first, certainty)

    def _alone(self, text: str, line: Span, before: str) -> Iterator[Fact]:
        """The facts of a line without a label that is nothing else."""
        start, end = line
        if before.rstrip().endswith(":"):
            return
        for years in self._amounts.years(text, start, end):
            rest = (text[start : years.start] + text[years.end : end]).strip(" .()-")
            if years.last and not rest:
                yield Fact("startYear", years.first, _ALONE)
                yield Fact("endYear", years.last, _ALONE)
        yield from self._states_alone(text, line, before)

    def _states_alone(self, text: str, line: Span, before: str) -> Iterator[Fact]:
        start, end = line
        unknown = len(before) < _SHORT and before and not before.startswith("#")
        if "/" not in text[start:end] and (unknown or text.count(",", start, end) < 2):
            return
        first = re.match(r"[\s*•·-]*([^\W\d_]+)\s*[/,|]\s*", text[start:end])
        code = first and self._phrases.code("coverage", first[1])
        place = start + first.end() if first and code else start
        for fact in self._facts.states_at(text, place, end, _ALONE):
            if not text[fact.span[1] : end].strip(" .;"):
                yield fact
                if first and code:
                    yield Fact("coverage", (start + first.start(1), start + first.end(1)), _ALONE)
