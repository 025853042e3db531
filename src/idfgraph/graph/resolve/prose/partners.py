"""Organisations named one after another in a text: known names alone, never a part of a longer
name that nobody knows.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import compress, count, islice, pairwise
from typing import NamedTuple

from ....model.datatypes import Span
from ....model.names import Word, fold_word, word_spans, words, words_written
from ..names import KnownName, Name
from .governments import Governments
from .keys import TAIL, as_written, beginnings, key_of, widest
from .phrasebook import Phrasebook

#: The longest name that is passed over without being known, in characters.
_PASSED = 110

#: How many names a run can have.
_MOST = 60

_BRACKET = re.compile(r"\s*\([^()\n]{1,100}\)")
_ACRONYM = re.compile(r"\(([A-Z][A-Za-z-]{1,12}(?: [A-Z]{2,8})?)\)")
_CAPITAL = re.compile(r"[ ]+(?=[A-ZÀ-ÖØ-Þ])")
_UNKNOWN = re.compile(
    rf"[A-ZÀ-ÖØ-Þ][^,;/|•\n()]{{1,{_PASSED}}}?"
    r"(?:\s*\([^()\n]{1,60}\)|(?=\s*[,;/|•\n]|\s-\s|\s+&|$|\s+(?:and|et|y|e)\s))"
)

#: What an organisation pays, named beside it: ", for EUR 5 million," before the next one.
_SHARE = (
    r",\s(?=[^,;:()\n]{0,40}[0-9])(?:[^,;:()\n]|(?<=[0-9]),(?=[0-9])){1,60}(?=,|\s(?:and|et|y)\s)"
)

_REST = re.compile(rf"[^,;/|•\n()]{{1,{_PASSED}}}(?:\([^()\n]{{1,60}}\))?")


class PartnerRun(NamedTuple):
    """Organisations named one after another, where the run begins and ends, where it stops with
    names that are not known, and whether it is all that stands there, each a known name.
    """

    names: tuple[Name, ...]
    start: int
    end: int
    stop: int
    is_whole: bool = False


class _Item(NamedTuple):
    """A name in a run (None: one that is not known), where it ends, the sign before it, and where
    it begins.
    """

    name: Name | None
    end: int
    before: str
    start: int = 0


class PartnerNames:
    """The names of organisations, found where they begin in a text.

    Of a name without small letters, such as an acronym, each letter must be as it is written.
    """

    def __init__(
        self, known: Iterable[KnownName], states: Iterable[KnownName], phrases: Phrasebook
    ) -> None:
        self._ids: dict[str, dict[str, str]] = defaultdict(dict)
        named = list(known)
        for name in named:
            self._ids[key_of(list(words(name.name)), name.name)][name.name] = name.id
        self._governments = Governments(named, phrases)
        self._states = dict(self._governments.of(states))
        self._widest = widest([*self._ids, *self._states])
        self._beginnings = frozenset(beginnings(self._ids))
        self._phrases = phrases
        self._small = re.compile(_repeated(phrases, "small"), re.IGNORECASE)
        self._office = re.compile(
            rf"'s\s(?:[\w-]+\s){{0,3}}?(?:{phrases.words('office')})(?![^\W_])", re.IGNORECASE
        )
        self._acting = re.compile(
            rf"(?i:{phrases.words('acting')})(?:\s+|(?<='))(?=[A-Z]{{2,}}(?![^\W_]))"
        )
        self._ministry = re.compile(
            rf"(?i:{phrases.words('ministry')})(?:\s*\([^()\n]{{1,60}}\))?(?![^\W_])"
        )
        together = phrases.words("and")
        clause = rf",\s(?:{phrases.words('clause')})\s[^,;:()\n]{{1,60}}(?=,)"
        sign = rf"\s*[,;/|•&\n]+\s*(?:(?:{together})\s+)?"
        self._between = re.compile(
            rf"(?:{_SHARE}|{clause})?{sign}|\s+(?:{together})\s+|\s*-\s*", re.IGNORECASE
        )

    def run(
        self, text: str, start: int, end: int, *, states: bool = False, prose: bool = True
    ) -> PartnerRun | None:
        """The organisations named from a place on; with `states`, governments by their states.

        In prose a list ends with the name after its "and": what a comma parts from that, or from
        one name alone, belongs to the sentence.
        """
        items, first = (
            list(islice(self._items(text, start, end, states, prose), _MOST)),
            self._after_small(text, start, end),
        )
        if prose:
            items = list(_sentence_list(items))
        names: list[Name] = []
        last, dashes = start, sum(item.before == "-" for item in items)
        for item in items:
            if item.name is not None:
                names.append(item.name)
                last = item.end
            elif item.before == "-" and names and dashes == 1:
                names.pop()
        unique = {name.id: name for name in reversed(names)}
        stop = max(last, items[-1].end if items else last)
        is_whole = last == end and all(_is_name(text, item) for item in items)
        return (
            PartnerRun(tuple(reversed(unique.values())), first, last, stop, is_whole)
            if names
            else None
        )

    def strangers(self, text: str, start: int, end: int) -> Iterator[tuple[Span, bool]]:
        """Where names stand that are not known, first or behind known ones, from a place on, and
        whether each is the first: behind another it may be a part of that.
        """
        items = list(islice(self._items(text, start, end, states=True, prose=True), _MOST))
        told = _sentence_list(items)
        for before, item in zip((None, *told), told, strict=False):
            if item.name is None and item.start < item.end and (before is None or before.name):
                yield (item.start, item.end), before is None

    def _items(self, text: str, start: int, end: int, states: bool, prose: bool) -> Iterator[_Item]:
        """What is named one after another, known or not, with what parts each from the last.

        Outside of prose, what is no name is passed over.
        """
        place, sign, known = self._after_small(text, start, end), "", True
        while place < end:
            joined = self._governments.joined(text, place, end) if states else ()
            for name in joined[:-1]:
                yield _Item(name, name.span[1], sign)
                sign = "&"
            item = self._item(text, place, end, states)
            if joined:
                item = joined[-1], joined[-1].span[1]
            if item is None and (not known or not prose):
                rest = _REST.match(text, place, end)
                item = (None, rest.end()) if rest else None
            if item is None:
                if sign[-1:].isalpha():
                    yield _Item(None, place, sign)
                return
            yield _Item(item[0], item[1], sign, place)
            between = self._between.match(text, item[1], end)
            if not between:
                return
            known, sign = item[0] is not None, between[0].strip()
            place = self._after_small(text, between.end(), end)

    def _after_small(self, text: str, start: int, end: int) -> int:
        """The place after small words."""
        found = self._small.match(text, start, end)
        return found.end() if found else start

    def owned(self, text: str, start: int, end: int) -> Iterator[tuple[Name, int]]:
        """The organisations whose acronym stands before a programme's noun: an X project; and where
        that noun ends.
        """
        for found in self._owned.finditer(text, start, end):
            name = found["name"]
            id_ = self._ids[key_of(list(words(name)), name)][name]
            yield Name(id_, found.span("name")), found.end()

    @cached_property
    def _owned(self) -> re.Pattern[str]:
        names = (name for names in self._ids.values() for name in names)
        acronyms = sorted({name for name in names if name.isupper() and name.isalpha()})
        return re.compile(
            rf"(?<![^\W_])(?P<name>{'|'.join(acronyms) or '(?!)'})(?:'s)?\s(?:[\w-]+\s){{0,4}}?"
            rf"(?i:{self._phrases.words('noun')})(?![^\W_])"
        )

    def mentions(self, text: str) -> Iterator[Name]:
        """Where organisations are named in a text, by names of several words."""
        return self._named(text, 0, len(text))

    def holding(self, text: str, spans: Iterable[Span]) -> Iterator[Name]:
        """Where organisations are named whose names may hold what stands at some places, given in
        their order: such a name begins before that, on its line.
        """
        for start, end in {text.rfind("\n", 0, span[0]) + 1: span[1] for span in spans}.items():
            rest = next(word_spans(text[end:]), (0, 0))
            yield from self._named(text, start, end + rest[1])

    def _named(self, text: str, start: int, end: int) -> Iterator[Name]:
        """Where the first two words of a name stand in a part of a text, and the name."""
        told = map(fold_word, words_written(text[start:end]))
        begins = map(self._beginnings.__contains__, pairwise(told))
        places = list(compress(count(), begins))
        found = list(_words_from(text, start)) if places else []
        for place in places:
            hit = self._at(text, found, place, len(text), states=False)
            if hit:
                yield Name(hit[0], (found[place].start, hit[1]))

    def blanked(self, text: str) -> str:
        """A text, as long as before, in which names of organisations say nothing."""
        parts, place = [], 0
        for name in self.mentions(text):
            start, end = name.span
            parts += [text[place:start], "x" * (end - max(start, place))]
            place = max(place, end)
        return "".join((*parts, text[place:]))

    def _item(
        self, text: str, place: int, end: int, states: bool
    ) -> tuple[Name | None, int] | None:
        """The name at a place, or one that is passed over (None), and where it ends."""
        here = list(_words_from(text, place, min(end, place + 250)))
        if not here or here[0].start > place + 1:
            return None
        hit = self._at(text, here, 0, end, states=states)
        if hit:
            closed = self._closed(text, hit[1], end)
            return Name(hit[0], (here[0].start, hit[1])), self._office_in(text, closed, end)
        led = self._governments.lead(text, place, end) if states else None
        acting = self._acting.match(text, place, end)
        led = acting.end() if acting and led is None else led
        if led is not None:
            return self._item(text, led, end, states)
        unknown = self._ministry.match(text, place, end) or _UNKNOWN.match(text, place, end)
        if not unknown:
            return None
        return self._in_brackets(text, place, unknown.end()), unknown.end()

    def _in_brackets(self, text: str, start: int, end: int) -> Name | None:
        """The organisation whose acronym stands in brackets after a name that is not known."""
        bracket = _ACRONYM.search(text, start, end)
        if not bracket:
            return None
        ids = self._ids.get(key_of(list(words(bracket[1])), bracket[1]), {})
        return Name(ids[bracket[1]], bracket.span(1)) if bracket[1] in ids else None

    def _at(
        self, text: str, found: list[Word], place: int, end: int, *, states: bool
    ) -> tuple[str, int] | None:
        """The longest known name whose words begin at a place; None where a longer one goes on."""
        most = self._widest.get(found[place].folded, 0)
        for width in range(min(most, len(found) - place), 0, -1):
            part = found[place : place + width]
            written, key = text[part[0].start : part[-1].end], key_of(part, text)
            if part[-1].end > end or "\n" in written:
                continue
            id_ = self._meant(key, written, states)
            if id_ is not None:
                last = self._closed(text, part[-1].end, end)
                goes_on = self._goes_on(text, part[-1].end, last, end)
                return None if goes_on or not id_ else (id_, part[-1].end)
        return None

    def _meant(self, key: str, written: str, states: bool) -> str | None:
        for name, id_ in self._ids.get(key, {}).items():
            if as_written(name, written):
                return id_
        if states and key in self._states and written[0].isupper():
            return self._states[key]
        return None

    def _closed(self, text: str, place: int, end: int) -> int:
        """Where a name ends with what stands in brackets after it."""
        bracket = _BRACKET.match(text, place, end)
        return bracket.end() if bracket else place

    def _goes_on(self, text: str, name: int, closed: int, end: int) -> bool:
        """Whether a longer name goes on after a known one: not with the state of an office."""
        if TAIL.match(text, name, end) and not self._office.match(text, name, end):
            return True
        capital = _CAPITAL.match(text, closed, end)
        return capital is not None and self._office_in(text, closed, end) == closed

    def _office_in(self, text: str, place: int, end: int) -> int:
        """Where a name ends with the state that is named right behind it: UNDP Chad."""
        capital = _CAPITAL.match(text, place, end)
        rest = text[capital.end() : min(end, capital.end() + 80)] if capital else ""
        found = list(words(rest))
        for width in range(min(4, len(found)), 0, -1):
            if capital and key_of(found[:width], rest) in self._states:
                return capital.end() + found[width - 1].end
        return place


def _sentence_list(items: Sequence[_Item]) -> Sequence[_Item]:
    """The items of a list in a sentence: up to the last that an "and" joins, or the first."""
    joined = [at for at, item in enumerate(items) if item.before and item.before[-1:].isalpha()]
    last = next(
        (at for at in joined if at + 1 == len(items) or not items[at + 1].before[-1:].isalpha()),
        None,
    )
    if last is not None:
        return items[: last + 1]
    signs = {item.before for item in items}
    return items[:1] if signs & {",", ";"} else items


def _is_name(text: str, item: _Item) -> bool:
    """Whether nothing but what is in brackets stands behind the known name of an item."""
    rest = text[item.name.span[1] : item.end].strip() if item.name else text
    return rest[:1] in {"", "(", ")"}


def _words_from(text: str, start: int, end: int | None = None) -> Iterator[Word]:
    """The words of a part of a text, by their places in all of it."""
    return (
        word._replace(start=word.start + start, end=word.end + start)
        for word in words(text[start:end])
    )


def _repeated(phrases: Phrasebook, says: str) -> str:
    """Words that may stand before a name, as many as there are."""
    return (
        rf"[\s•*·▪◦●○‣]*+(?:-\s++)?(?>(?:{phrases.words(says)}|[0-9]{{1,3}}\s?%)(?:\s++|(?<=')))*+"
    )
