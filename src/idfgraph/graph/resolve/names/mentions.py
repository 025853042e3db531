"""Names in prose: searched in one language, letter case and accents as written, and not where a
place is meant.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, compress, count
from typing import NamedTuple

from ....model.datatypes import Span
from ....model.names import fold_word, mark, words_and_gaps, words_written
from ....model.text import LANGUAGES, Language
from .forms import FORMS

_CLOSING = re.compile("['’´]?\\)")

#: Waters, towns, regions and animals whose name holds that of a state they are not.
PLACES = """
    Lake Chad; lac Tchad; lago Chad; Niger River; River Niger; fleuve Niger; río Níger;
    Niger Delta; delta du Niger; delta del Níger; Congo River; River Congo; fleuve Congo;
    río Congo; Congo Basin; bassin du Congo; cuenca del Congo; Senegal River;
    River Senegal; fleuve Sénégal; río Senegal; Jordan River; River Jordan; Gulf of Guinea;
    golfe de Guinée; golfo de Guinea; Gulf of Mexico; golfe du Mexique; golfo de México;
    South China Sea; mer de Chine; mar de China; New Guinea; Nouvelle-Guinée; Nueva Guinea;
    New Mexico; Nouveau-Mexique; Nuevo México; Northern Ireland; Irlande du Nord;
    Irlanda del Norte; Inner Mongolia; Mongolie intérieure; Mongolia Interior;
    Colombie-Britannique; Benin City; Panama City; Mexico City; Guatemala City; Kuwait City;
    Guinée maritime; Guinée forestière; Georgia, USA; Georgia, United States;
    Géorgie, États-Unis; Georgia, Estados Unidos; Granada, Spain; Grenade, Espagne;
    Granada, España; Guinea pig; Guinea pigs; Guinea fowl; Saint-Dominique
"""

#: A formal name that may be turned round: 'Republic of', 'Moldova'.
_FORMAL = re.compile(
    r"""([^(),]+\ (?:of(?:\ the)?|de(?:\ la|\ las|\ los|l)?|du|des|d['\u2019]))
        (?:\ |(?<=['\u2019])) ([^\W\d_a-z].*)""",
    re.VERBOSE,
)

#: The articles that a formal name may have in brackets, by language.
_ARTICLES: Mapping[Language, Sequence[str]] = {
    "en": ("the ",),
    "fr": ("la ", "le ", "l'", "l\u2019"),
    "es": ("la ", "el "),
}


#: Whether the name at a place of a text is a part of an organisation's.
IsHeld = Callable[[str, Span], bool]


class KnownName(NamedTuple):
    """A name as written, its language, what it stands for, and whether prose may be searched for
    it.
    """

    name: str
    language: Language
    id: str
    mention: bool = True


class Name(NamedTuple):
    """An identifier and the span, in the text, of the name that stands for it."""

    id: str
    span: Span


class _Found(NamedTuple):
    """The words of a name in a text, from one place up to another, and what it stands for (None: no
    state).
    """

    start: int
    end: int
    id: str | None


class _Text:
    """A text as words, numbered from 0."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._parts = words_and_gaps(text)
        words = self._parts[1::2]
        composed = unicodedata.is_normalized("NFC", text)
        self._words = words if composed else [unicodedata.normalize("NFC", one) for one in words]

    def __len__(self) -> int:
        return len(self._words)

    @cached_property
    def _ends(self) -> list[int]:
        """Where each word ends, and what stands before it: asked for where a name is."""
        return list(accumulate(map(len, self._parts)))

    def word(self, place: int) -> str:
        """The word at a place as written, accents composed."""
        return self._words[place]

    def places(self, among: Container[str]) -> Iterator[int]:
        """The places whose word, as written, is among some words."""
        return compress(count(), map(among.__contains__, self._words))

    def written(self, start: int, end: int) -> tuple[str, ...]:
        """Words as written, and what parts each from the one before."""
        rest = (
            part
            for place in range(start + 1, end)
            for part in (self._mark(place), self.word(place))
        )
        return (self.word(start), *rest)

    def key(self, start: int, end: int) -> tuple[str, ...] | None:
        """Words folded, where they are that many and nothing but light gaps part them."""
        if end > len(self) or any(self._mark(place) for place in range(start + 1, end)):
            return None
        return tuple(fold_word(self.word(place)) for place in range(start, end))

    def span(self, found: _Found) -> Span:
        """The span of the words of a name, with the bracket that closes it."""
        return closed(self._text, (self._ends[2 * found.start], self._ends[2 * found.end - 1]))

    def _mark(self, place: int) -> str:
        return mark(self._parts[2 * place])


class Prose:
    """Names as they are written in running text, by language and first word; `silent` are longer
    names that stand for none, of places and organisations, and `is_held` tells where one is a part
    of such a name.
    """

    def __init__(self, known: Iterable[KnownName], silent: Iterable[str], is_held: IsHeld) -> None:
        self._is_held = is_held
        self._written: dict[Language, dict[str, dict[tuple[str, ...], str]]] = {
            language: {} for language in LANGUAGES
        }
        self._spoken: dict[tuple[str, ...], str | None] = {
            _key(name): None for name in (*silent, *PLACES.split(";"))
        }
        for name in known:
            if name.mention:
                self._spoken[_key(name.name)] = name.id
                for written in (name.name, *_bracketed(name)):
                    self._add(name._replace(name=written))
        self._around = _around(self._spoken)

    def mentions(self, prose: str, language: Language) -> Iterator[Name]:
        """The names in a text, each place once; a name inside a longer one, in any letter case, is
        none of its own.
        """
        text, free = _Text(prose), 0
        for start in text.places(self._written[language]):
            if start >= free and (name := self._at(text, start, language)):
                found = self._widest(text, name, free)
                free = found.end
                span = text.span(found)
                if found.id and not self._is_held(prose, span):
                    yield Name(found.id, span)

    def _add(self, name: KnownName) -> None:
        text = _Text(name.name)
        if text.word(0)[0].isupper():
            self._written[name.language].setdefault(text.word(0), {})[
                text.written(0, len(text))
            ] = name.id

    def _at(self, text: _Text, start: int, language: Language) -> _Found | None:
        """The longest name that is written at a place, to the letter."""
        names = self._written[language][text.word(start)]
        lengths = sorted(set(map(len, names)), reverse=True)
        longest = text.written(start, min(start + lengths[0] // 2 + 1, len(text)))
        for written in (longest[:length] for length in lengths):
            if id_ := names.get(written):
                return _Found(start, start + len(written) // 2 + 1, id_)
        return None

    def _widest(self, text: _Text, name: _Found, free: int) -> _Found:
        """The longest name that holds a name found, however it is written, from the first free word
        on.
        """
        for width, offset in self._around.get(fold_word(text.word(name.start)), ()):
            start = name.start - offset
            if start >= free and start + width >= name.end and width > name.end - name.start:
                key = text.key(start, start + width)
                if key in self._spoken:
                    return _Found(start, start + width, self._spoken[key])
        return name


def _bracketed(name: KnownName) -> Iterator[str]:
    """A formal name turned round as prose has it, with and without an article: 'Moldova (Republic
    of)'.
    """
    if (found := _FORMAL.fullmatch(name.name)) and FORMS.intersection(_key(found[1])):
        for lead in sorted({found[1], found[1].removesuffix(" the")}):
            yield f"{found[2]} ({lead})"
            yield from (f"{found[2]} ({article}{lead})" for article in _ARTICLES[name.language])


def _around(names: Iterable[Sequence[str]]) -> Mapping[str, Sequence[tuple[int, int]]]:
    """For each word the numbers of words of the names that hold it, largest first, and where in
    them it stands.
    """
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for name in names:
        for offset, word in enumerate(name):
            found[word].add((len(name), offset))
    return {word: sorted(places, reverse=True) for word, places in found.items()}


def _key(name: str) -> tuple[str, ...]:
    return tuple(map(fold_word, words_written(name)))


def closed(text: str, span: Span) -> Span:
    """The span of words, with the bracket that closes one opened in it.

    >>> closed("Iran (République islamique d')", (0, 28))
    (0, 30)
    """
    start, end = span
    closing = _CLOSING.match(text, end)
    return (start, closing.end()) if closing and text.find("(", start, end) >= 0 else span
