"""Labelled lines of a page without a field block: a label with its value behind it, or on the lines
below; lines that are a list of states, or years, and nothing else.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ....model.datatypes import Span
from .facts import FactFinder, money_facts
from .partners import PartnerNames
from .phrasebook import Phrasebook, PhraseLabel
from .roles import Fact
from .sentences import PART, Sentence, sentences
from .written_amounts import Amounts

_MARK = r"[\s•*·▪◦●○‣>#|-]*"

#: A label with its value behind a colon, or, where the label is known, another sign.
_LABELLED = re.compile(rf"{_MARK}(?P<label>[^:\n]{{2,80}}?)\s*:\s*(?P<value>.*)", re.DOTALL)
_SIGNED = re.compile(
    rf"{_MARK}(?P<label>[^:\n]{{2,60}}?)\s*(?:\.{{3,}}|\s{{2,}}|\s=\s|\s-\s|\|)[\s|]*(?P<value>.*)",
    re.DOTALL,
)
_BRACKETED = re.compile(rf"{_MARK}(?P<label>[^:()\n]{{2,60}}?)\s*\((?P<value>[^()\n]*)\)\s*")
_BULLET = re.compile(r"\s*[•*·▪◦●○‣-]")
_BRACKETS = re.compile(r"\([^()\n]*\)")
_CELL = re.compile(r"[^|]+")

#: The word before a list of states in brackets: regional (X, Y).
_FIRST = re.compile(r"([^\W\d_]+)\s*(?=\()")

#: How sure a line is that has no label and is nothing but a list of states, or years.
_ALONE = Decimal("0.85")

#: How many lines below it a label can speak of; how long a heading is that may be a label.
_LINES, _SHORT = 40, 40

#: How long a line is that may be a label of those below it.
_HEADING = 110


class _Labelled(NamedTuple):
    """A label as printed, what it says, and where its value stands."""

    printed: str
    label: PhraseLabel
    value: Span
    lines: int


class Labels:
    """What labelled lines say."""

    def __init__(
        self, phrases: Phrasebook, partners: PartnerNames, facts: FactFinder, amounts: Amounts
    ) -> None:
        self._phrases, self._partners = phrases, partners
        self._facts, self._amounts = facts, amounts

    def facts(self, text: str, lines: Sequence[Span]) -> Iterator[Fact]:
        """The facts of labelled lines, and of lines that are nothing but states or years."""
        lines = [part for line in lines for part in self._parts(text, line)]
        number = 0
        while number < len(lines):
            yield from self._row(text, lines, number)
            found = self._labelled(text, lines, number)
            if found:
                said = (found.printed, found.label.language)
                for fact in self._value(text, found):
                    yield fact._replace(label=said)
                number += found.lines
                continue
            before = lines[number - 1] if number else None
            yield from self._alone(text, lines[number], text[slice(*before)] if before else "")
            yield from self._so_many(text, lines, number)
            number += 1

    def is_labelled(self, text: str) -> bool:
        """Whether a line begins with a known label."""
        return self._split(text, (0, len(text))) is not None

    def is_organisation(self, text: str) -> bool:
        """Whether a line is the name of an organisation and nothing else."""
        run = self._partners.run(text, 0, len(text))
        return run is not None and not text[run.end :].strip() and len(run.names) == 1

    def _parts(self, text: str, line: Span) -> Sequence[Span]:
        """A line, or its parts where it is several labels with their values."""
        cells = [cell.span() for cell in _CELL.finditer(text, *line)]
        for parts in (cells, [(one.start, one.end) for one in sentences(text, *line)]):
            labelled = [part for part in parts if ":" in text[slice(*part)]]
            known = [part for part in labelled if self._split(text, part)]
            if len(known) > 1 or (known and parts is not cells and known[0] != parts[0]):
                return parts
        return [line]

    def _row(self, text: str, lines: Sequence[Span], number: int) -> Iterator[Fact]:
        """The facts of a row of a table below a row of labels."""
        heads = [cell.span() for cell in _CELL.finditer(text, *lines[number])]
        named = [self._phrases.label(text[slice(*head)]) for head in heads]
        if sum(label is not None for label in named) < 2 or number + 1 == len(lines):
            return
        cells = [cell.span() for cell in _CELL.finditer(text, *lines[number + 1])]
        if len(cells) != len(heads):
            return
        for head, label, cell in zip(heads, named, cells, strict=True):
            printed = text[slice(*head)].strip()
            if label and text[slice(*cell)].strip():
                for fact in self._value(text, _Labelled(printed, label, _trimmed(text, cell), 1)):
                    yield fact._replace(label=(printed, label.language))

    def _split(self, text: str, line: Span) -> re.Match[str] | None:
        """A line parted into a known label and its value."""
        for form in (_LABELLED, _SIGNED, _BRACKETED):
            found = form.fullmatch(text, *line)
            if found and found["value"].strip(" |") and self._phrases.label(found["label"]):
                return found
        return None

    def _labelled(self, text: str, lines: Sequence[Span], number: int) -> _Labelled | None:
        start, end = lines[number]
        found = self._split(text, (start, end))
        label = self._phrases.label(found["label"]) if found else None
        if found and label:
            return _Labelled(found["label"], label, _trimmed(text, found.span("value")), 1)
        alone = self._phrases.label(text[start:end]) if end - start <= _HEADING else None
        below = self._below(text, lines, number, alone) if alone else []
        if not alone or not below:
            return None
        printed = text[start:end].strip(" :")
        return _Labelled(printed, alone, (below[0][0], below[-1][1]), 1 + len(below))

    def _below(
        self, text: str, lines: Sequence[Span], number: int, label: PhraseLabel
    ) -> Sequence[Span]:
        """The lines below a label that are its value: bullets, or the next line alone; all that are
        lists of states.
        """
        below: list[Span] = []
        for span in lines[number + 1 : number + 1 + _LINES]:
            line = text[slice(*span)]
            more = bool(_BULLET.match(line))
            if label.says == "targetsGovernmentOf":
                more = more or any(True for _ in self._list(text, span))
            if self.is_labelled(line) or self._phrases.label(line) or (below and not more):
                break
            below.append(span)
            if not more:
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
            yield from self._states(text, found)
        elif says in ("period", "startYear", "endYear"):
            yield from self._period(text, found)
        else:
            yield from self._other(text, found)

    def _other(self, text: str, found: _Labelled) -> Iterator[Fact]:
        """What a label says that names no one, no place, and no year."""
        (start, end), (says, _, certainty) = found.value, found.label
        if says == "budget":
            settled = not self._phrases.has("unsettled", text, start, end)
            for money in list(self._amounts.money(text, start, end))[:1] if settled else ():
                yield from money_facts(money, certainty)
        elif says == "results":
            yield from self._facts.results(text, Sentence(start, end), certainty)
        elif says == "hasPart.phase":
            if self._facts.phase(text[start:end].strip(" .")) is not None:
                yield Fact(says, (start, end), certainty)
        elif says == "title" or self._phrases.code(says, text[start:end]):
            yield Fact(says, (start, end), certainty)
        elif says == "coverage":
            for word, _ in self._phrases.beside("coverage.", text, start, end):
                yield Fact(says, word, certainty)
            yield from self._states(text, found)

    def _states(self, text: str, found: _Labelled) -> Iterator[Fact]:
        """The states of a labelled line, or of the lines below it; a coverage may stand before."""
        (start, end), certainty = found.value, found.label.certainty
        first = _FIRST.match(text, start, end)
        if first and self._phrases.code("coverage", first[1]):
            yield Fact("coverage", first.span(1), certainty)
            start = first.end()
        told = self._facts.told(found.printed, 0, len(found.printed))
        if told and told != len(self._facts.states_of(text, start, end)):
            certainty = min(certainty, PART)
        lines = [
            (start + line.start(), start + line.end())
            for line in re.finditer(r"[^\n]+", text[start:end])
        ]
        listed = [list(self._list(text, line)) for line in lines]
        if len(lines) > 1 and all(listed):
            yield from (fact for facts in listed for fact in facts)
            return
        facts = list(self._facts.states_at(text, start, end, certainty))
        if found.lines == 1 or (facts and facts[0].span[1] >= end - 2):
            yield from facts or self._list(text, (start, end))
            return
        for line in lines:
            yield from self._facts.states_at(text, *line, min(certainty, _ALONE))

    def _list(self, text: str, line: Span) -> Iterator[Fact]:
        """The states of a line that is nothing else; the part of the world may stand before."""
        start, end = line
        colon = text.find(":", start, min(end, start + _SHORT))
        if colon > 0 and self._phrases.has("region", text, start, colon):
            start = colon + 1
        for fact in self._facts.states_at(text, start, end, _ALONE):
            if not text[fact.span[1] : end].strip(" .;,"):
                yield fact

    def _period(self, text: str, found: _Labelled) -> Iterator[Fact]:
        (start, end), (says, _, certainty) = found.value, found.label
        if any(
            self._phrases.has(doubt, text, start, end) for doubt in ("not", "unsettled", "roughly")
        ):
            return
        bare = _BRACKETS.sub(lambda found: " " * len(found[0]), text[start:end])
        plain = text[:start] + bare + text[end:]
        years = list(self._amounts.years(plain, start, end))
        years = years or list(self._amounts.years(text, start, end))
        if says != "period":
            if len(years) == 1 and years[0].last is None:
                yield Fact(says, years[0].first, certainty)
        elif len(years) == 1 and years[0].last:
            yield Fact("startYear", years[0].first, certainty)
            yield Fact("endYear", years[0].last, certainty)
        elif len(years) == 1:
            before = self._phrases.cues("since", "before", text, start, years[0].start)
            if next(before, None):
                yield Fact("startYear", years[0].first, certainty)

    def _so_many(self, text: str, lines: Sequence[Span], number: int) -> Iterator[Fact]:
        """The states of the bullets below a line that says how many they are."""
        start, end = lines[number]
        told = self._facts.told(text, start, end) if end - start <= _HEADING else None
        bullets = [
            span
            for span in lines[number + 1 : number + 1 + (told or 0) + 1]
            if _BULLET.match(text[slice(*span)])
        ]
        if told and bullets and not self._phrases.has("unlisted", text, start, end):
            yield from self._facts.states_within(text, bullets, told)

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
        region = self._phrases.span("region", text, start, min(end, start + _SHORT))
        if region and text[region[1] : region[1] + 2].strip(" ") == ":":
            yield from self._list(text, line)
            return
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


def _trimmed(text: str, span: Span) -> Span:
    """A span without the space, and the bars of a table, at its ends."""
    words = text[slice(*span)]
    start = span[0] + len(words) - len(words.lstrip(" |"))
    return start, max(start, span[0] + len(words.rstrip(" |")))
