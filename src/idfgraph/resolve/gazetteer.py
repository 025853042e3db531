"""Names to identifiers: a run of names is cut by dynamic programming, prose is searched letter by letter.

A run is accepted only where all covers that leave the fewest words over and use the fewest names read the same;
words left over are residue, and nothing is ever guessed for them.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..names import Word, word_spans, words
from ..records import Language, Span

#: Words that may stand between names and name nothing.
JOINING = frozenset(["et", "y", "e", "and", "la", "le", "les", "l", "el", "los", "las", "the"])


class Name(NamedTuple):
    """An identifier and the span, in the text, of the name that stands for it."""

    id: str
    span: Span


class Cut(NamedTuple):
    """A run of names cut: the names found, and the spans of what is left over."""

    names: tuple[Name, ...]
    residue: tuple[Span, ...]


class Known(NamedTuple):
    """A name as written, its language, what it stands for, and whether prose may be searched for it."""

    name: str
    language: Language
    id: str
    mention: bool = True


class _Cover(NamedTuple):
    """A best way to cover the first words of a run: costs, last step, and the readings (two at most) as good."""

    left_over: int
    names: int
    readings: frozenset[tuple[str, ...]]
    width: int
    id: str | None


class Gazetteer:
    """Known names, found whatever their accents and case in a run, exactly as written in prose."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._ids: dict[tuple[str, ...], str] = {}
        self._written: dict[Language, dict[str, list[tuple[str, str]]]] = {"en": {}, "fr": {}, "es": {}}
        for name, language, id_, mention in known:
            key = tuple(word.folded for word in words(name))
            self._ids[key] = id_
            if mention and name[:1].isupper():
                first = next(words(name))
                names = self._written[language].setdefault(name[first.start : first.end], [])
                names.append((_straight(name), id_))
        for names in (names for language in self._written.values() for names in language.values()):
            names.sort(key=lambda written: -len(written[0]))
        self._longest = max(map(len, self._ids), default=0)

    def find(self, name: str) -> str | None:
        """The identifier of one name, or None."""
        return self._ids.get(tuple(word.folded for word in words(name)))

    def cut(self, run: str) -> Cut:
        """The names in a run of names; all of it is residue where two covers are equally good."""
        found = list(words(run))
        covers = self._covers(found)
        if len(covers[-1].readings) > 1:
            return Cut((), ((found[0].start, found[-1].end),))
        steps = list(_steps(covers))
        names = (Name(id_, (found[i].start, found[j - 1].end)) for i, j, id_ in steps if id_)
        left = (found[i] for i, _, id_ in steps if not id_)
        return Cut(tuple(names), tuple((word.start, word.end) for word in left if word.folded not in JOINING))

    def mentions(self, prose: str, language: Language) -> Iterator[Name]:
        """The names written in prose, letter case and accents as they are, each place once, longest name first."""
        text, end, written = _straight(prose), 0, self._written[language]
        for start, word_end in word_spans(prose):
            for name, id_ in written.get(prose[start:word_end], ()) if start >= end else ():
                stop = start + len(name)
                if text.startswith(name, start) and not text[stop : stop + 1].isalnum():
                    yield Name(id_, (start, stop))
                    end = stop
                    break

    def _covers(self, found: Sequence[Word]) -> list[_Cover]:
        covers = [_Cover(0, 0, frozenset({()}), 0, None)]
        for end in range(1, len(found) + 1):
            before = covers[-1]
            left = before.left_over + (found[end - 1].folded not in JOINING)
            options = [before._replace(left_over=left, width=1, id=None)]
            for start in range(max(0, end - self._longest), end):
                if id_ := self._ids.get(tuple(word.folded for word in found[start:end])):
                    base = covers[start]
                    readings = frozenset((*reading, id_) for reading in base.readings)
                    options.append(_Cover(base.left_over, base.names + 1, readings, end - start, id_))
            best = min(options, key=lambda cover: cover[:2])
            equal = {reading for cover in options if cover[:2] == best[:2] for reading in cover.readings}
            covers.append(best._replace(readings=frozenset(sorted(equal)[:2])))
        return covers


def _steps(covers: Sequence[_Cover]) -> Iterator[tuple[int, int, str | None]]:
    """Start, end and identifier of each step of the best cover, from first to last."""
    steps, end = [], len(covers) - 1
    while end:
        cover = covers[end]
        steps.append((end - cover.width, end, cover.id))
        end -= cover.width
    return reversed(steps)


def _straight(text: str) -> str:
    """The text with one kind of apostrophe, its length unchanged."""
    return text.translate({0x2019: "'", 0x00B4: "'", 0x02BC: "'"})
