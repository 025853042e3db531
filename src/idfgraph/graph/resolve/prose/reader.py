"""The reader of roles: the lines of a page to captures, each with its words and how sure it is.

It declines rather than invents: what is below the certainty that is stated is a suggestion.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import islice

from ....model.datatypes import Span
from ....model.entries import Phrase
from ....model.records import Capture
from ....model.text import Language
from ..names import Gazetteer, KnownName, Name
from .choice import chosen
from .facts import FactFinder
from .former import current
from .labelled_lines import Labels
from .listed_states import StateLists
from .partners import PartnerNames
from .patterns import flat
from .periods import Periods
from .phrasebook import ACCEPTED, Phrasebook
from .roles import Fact, Roles
from .sentences import ELSEWHERE, Judge, Sentence, sentences
from .strangers import Strangers
from .subject import subject
from .titles import Titles
from .written_amounts import Amounts

#: How sure the title's states and years are.
_TITLED = Decimal("0.85")

_UNTIL = re.compile(r"\s*(?:\([^()\n]{1,40}\))?\s+[a-zà-ÿ]{2,10}\s+")

#: How many sentences and lines of a page are read, and how long a line can be.
_SENTENCES, _LINES, _LINE = 500, 2_000, 5_000

#: How many lines may be the date of a report, and sentences say what the programme is.
_FIRST, _TOLD = 6, 6

#: How long a heading is, and where one that is about something else begins.
_HEADING, _OPENING = 90, 40

_BULLET = re.compile(r"[•*·▪◦●○‣>-]")

#: How far before a name the office is of which it is said.
_HELD = 30

#: No text means states by a larger number.
_MOST_STATES = 250

_LAST = re.compile(r"(?<![^\W_])([^\W_]+(?:-[^\W_]+)?)[ ]+$")


class ProseReader:
    """What reads prose, with the names and phrases of the reference data."""

    def __init__(
        self,
        states: Gazetteer,
        known: Sequence[KnownName],
        phrases: Iterable[Phrase],
    ) -> None:
        self._states, self._known = states, known
        self.phrases = Phrasebook(phrases)

    def read(
        self, page: str, lines: Sequence[Span], heading: Span | None = None
    ) -> tuple[Capture, ...]:
        """The captures of a page that has these lines; `heading` is its heading where that is
        known, else the first line that reads as one.

        A title without a certainty is a heading, one with it stands in the text.
        """
        if not self.phrases:
            return ()
        text = flat(page)
        lines = [line for line in lines if line[1] - line[0] <= _LINE][:_LINES]
        title = heading or self._titles.heading(text, lines)
        body = [line for line in lines if title is None or line[0] >= title[1]]
        body = list(self._own(text, body))
        every = (one for line in body for one in sentences(text, *line) if self._says(text, *one))
        told = list(islice(every, _SENTENCES))
        judge = self._judge(text, title, told)
        facts = [*self._labels.facts(text, body)]
        if title is None and all(fact.property != "title" for fact in facts):
            facts += self._titles.told(text, told)
        facts += self._of_title(text, title) if title else []
        facts += self._of_sentences(text, told, judge)
        for line in body[:_FIRST]:
            facts += self._periods.launched(text, line)
        facts += self._coverage(judge.text, title, told)
        captures = tuple(_capture(page, fact) for fact in chosen(text, facts, self))
        named = Capture(property="title", text=page[slice(*title)], span=title) if title else None
        return (named, *(c for c in captures if c.property != "title")) if named else captures

    def partners_in(self, text: str, *, whole: bool = False) -> tuple[Name, ...]:
        """The organisations that words of a page name, governments by their states too; with
        `whole`, none where some of the words are no known name.
        """
        run = self._partners.run(flat(text), 0, len(text), states=True, prose=not whole)
        return run.names if run and (run.is_whole or not whole) else ()

    def organisations(self, text: str, around: Iterable[Span]) -> tuple[Name, ...]:
        """The organisations that a text names around some places, given in their order."""
        return tuple(self._partners.holding(flat(text), around))

    def states_in(self, text: str) -> tuple[Name, ...]:
        """The states of a list of names in prose."""
        run = self._lists.run(flat(text), 0, len(text))
        return run.names if run else ()

    def amount(self, text: str, language: Language) -> str | None:
        """The number of an amount as prose writes it; None where it has no one reading."""
        return self._amounts.value(flat(text), language)

    def currency(self, text: str) -> str:
        """The code of a currency as prose writes it."""
        return self._amounts.currency(flat(text))

    def totals(self, text: str) -> Iterator[str]:
        """The amounts in dollars that a text gives as a total budget, as written."""
        plain = flat(text)
        if next(self.phrases.cues("total", "before", plain, 0, len(plain)), None) is None:
            return
        for sentence in sentences(plain, 0, len(plain)):
            cue = next(self.phrases.cues("total", "before", plain, *sentence), None)
            for money in self._amounts.money(plain, cue.end, sentence.end) if cue else ():
                if money.code == "USD":
                    yield text[slice(*money.number)]

    def counts(self, text: str) -> Iterator[tuple[str, int]]:
        """How many states a text counts as those that benefit: the word, and its number."""
        plain = flat(text)
        for cue in self.phrases.cues("counted", "after", plain, 0, len(plain)):
            word = _LAST.search(plain, max(0, cue.start - 30), cue.start)
            number = self.phrases.number(word[1]) if word else None
            if word and number is not None and number <= _MOST_STATES:
                yield text[slice(*word.span(1))], number

    def phase(self, text: str) -> int | None:
        """The number of a phase as prose writes it."""
        return self._facts.phase(text)

    @cached_property
    def _partners(self) -> PartnerNames:
        return PartnerNames(
            (name for name in self._known if name.id.startswith("ag:")),
            (name for name in self._known if name.id.startswith("st:")),
            self.phrases,
        )

    @cached_property
    def _lists(self) -> StateLists:
        names = (one.name for one in self._known if one.id.startswith("st:"))
        return StateLists(self._states, self.phrases, names)

    @cached_property
    def _amounts(self) -> Amounts:
        return Amounts(self.phrases)

    @cached_property
    def _facts(self) -> FactFinder:
        return FactFinder(self.phrases, self._lists, self._amounts)

    @cached_property
    def _periods(self) -> Periods:
        return Periods(self.phrases, self._facts, self._amounts)

    @cached_property
    def _roles(self) -> Roles:
        return Roles(self.phrases, self._partners, self._amounts)

    @cached_property
    def _strangers(self) -> Strangers:
        return Strangers(self.phrases, self._partners)

    @cached_property
    def _labels(self) -> Labels:
        return Labels(self.phrases, self._partners, self._facts, self._amounts)

    @cached_property
    def _titles(self) -> Titles:
        return Titles(self.phrases, self._labels)

    def _of_sentences(self, text: str, told: Sequence[Sentence], judge: Judge) -> Iterator[Fact]:
        """The facts of sentences; those about something else are none of the programme."""
        said = []
        for sentence, elsewhere in judge.topics(told):
            limit = ELSEWHERE if elsewhere else Decimal(1)
            facts = self._of_sentence(text, sentence, judge)
            said += [
                (sentence, [one._replace(certainty=min(one.certainty, limit)) for one in facts])
            ]
        yield from current(self.phrases, text, said)

    def _of_sentence(self, text: str, sentence: Sentence, judge: Judge) -> Iterator[Fact]:
        roles = [*self._roles.facts(text, sentence, judge)]
        yield from (*roles, *self._where(text, sentence, roles))
        strangers = self._strangers.facts(text, sentence, judge)
        yield from (one for one in strangers if not self.states_in(text[slice(*one.span)]))
        sure = [role.span[0] for role in roles if role.certainty >= ACCEPTED]
        judge = judge.told(sure)
        yield from self._facts.facts(text, sentence, judge)
        yield from self._periods.facts(text, sentence, judge)

    def _own(self, text: str, lines: Sequence[Span]) -> Iterator[Span]:
        """The lines that are not about something else: no "See also", nor what such a heading is
        above.
        """
        aside = False
        for start, end in lines:
            line = text[start:end].strip()
            opens = self.phrases.span("aside", text, start, min(end, start + _OPENING))
            heading = len(line) <= _HEADING and line[-1] not in ".;,)" and ":" not in line[:-1]
            if opens and not text[start : opens[0]].strip(" *#-•([>"):
                aside = heading
            elif heading and not _BULLET.match(line):
                aside = False
                yield start, end
            elif not aside:
                yield start, end

    def _says(self, text: str, start: int, end: int) -> bool:
        """Whether a sentence says what is so: it asks nothing, and tells not what was to be."""
        asks = text[start:end].rstrip("\"'»”) ").endswith("?")
        return not asks and not self.phrases.has("unsaid", text, start, end)

    def _judge(self, text: str, title: Span | None, told: Sequence[Sentence]) -> Judge:
        """What tells what sentences of a page are about."""
        plain = self._partners.blanked(text)
        found = subject(self.phrases, plain, title, told, self._acronyms)
        phases = self._facts.phases_in(text, *title) if title else frozenset()
        return Judge(self.phrases, found._replace(phases=phases), plain)

    @cached_property
    def _acronyms(self) -> frozenset[str]:
        """The names of organisations that are one word."""
        return frozenset(name.name for name in self._known if " " not in name.name)

    def _of_title(self, text: str, title: Span) -> Iterator[Fact]:
        """The years and the states that a title gives."""
        for years in self._amounts.years(text, *title):
            if years.last:
                yield Fact("startYear", years.first, _TITLED)
                yield Fact("endYear", years.last, _TITLED)
        yield from self._facts.phases(text, Sentence(*title))
        for fact in self._facts.states_at(text, *title, _TITLED):
            if re.match(r"\s*[:-]", text[fact.span[1] : title[1]]):
                yield fact
        for place in self._in_title.finditer(text, *title):
            yield from self._facts.states_at(text, place.end(), title[1], _TITLED)

    def _where(self, text: str, sentence: Sentence, roles: Sequence[Fact]) -> Iterator[Fact]:
        """The states right behind those who carry a programme out: implemented by X in Y."""
        done = [fact for fact in roles if fact.property == "association.implementing"]
        for fact in done:
            years = next(self._amounts.years(text, fact.span[1], sentence.end), None)
            place = years.end if years and _UNTIL.fullmatch(text, fact.span[1], years.start) else 0
            behind = self._inside.match(text, place or fact.span[1], sentence.end)
            held = self.phrases.has(
                "venue", text, max(sentence.start, fact.span[0] - _HELD), fact.span[1]
            )
            if behind and not held:
                sure = min(fact.certainty, _TITLED)
                yield from self._facts.states_at(text, behind.end(), sentence.end, sure)

    @cached_property
    def _in_title(self) -> re.Pattern[str]:
        inside = self.phrases.words("inside")
        return re.compile(rf"(?<![^\W_])(?i:{inside})\s+|[(:,-]\s*(?=[A-ZÀ-ÖØ-Þ])")

    @cached_property
    def _inside(self) -> re.Pattern[str]:
        inside = self.phrases.words("inside")
        return re.compile(rf"\s*(?:\([^()\n]{{1,40}}\))?\s*(?:{inside})\s+(?=[A-ZÀ-ÖØ-Þl])")

    def _coverage(self, text: str, title: Span | None, told: Sequence[Sentence]) -> Iterator[Fact]:
        """Global or regional, as the title or one of the first sentences calls the programme."""
        prose = [one for one in told if text[one.end - 1] in ".!?"]
        for start, end in prose:
            word = self.phrases.valued("coverage", text, start, end)
            if word and not self._is_doubted(text, start, end, word):
                yield Fact("coverage", word, _TITLED)
                return
        for start, end in (*((title,) if title else ()), *prose[:_TOLD]):
            for word, says in self.phrases.beside("coverage.", text, start, end):
                doubted = self._is_doubted(text, start, end, word)
                if says != "coverage.national" and not doubted:
                    yield Fact("coverage", word, _TITLED)
                    return

    def _is_doubted(self, text: str, start: int, end: int, word: Span) -> bool:
        """Whether a sentence is about something else, or denies what a word of it says."""
        if any(self.phrases.has(says, text, start, end) for says in ("other", "dropped")):
            return True
        return any(self.phrases.has(says, text, start, word[1]) for says in ("not", "perhaps"))


def _capture(page: str, fact: Fact) -> Capture:
    start, end = fact.span
    label, language = fact.label or (None, None)
    return Capture(
        property=fact.property,
        text=page[start:end],
        label=label,
        label_language=language,
        span=(start, end),
        certainty=f"{fact.certainty:f}",
    )
