"""How names are compared: without accents, letter case, punctuation or doubled space."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

#: Letters and digits with the accents that may follow them on their own, and with soft hyphens and
#: spaces that nobody sees; U+02BC is an apostrophe here, no letter.
_WORD = re.compile(
    "[^\\W\u02bc]++(?:(?:[\u0300-\u036f]|[\xad\u200b\u2060]+(?=[^\\W\u02bc]))[^\\W\u02bc]*)*+"
)
_AROUND = re.compile(f"({_WORD.pattern})")

#: What words have in them besides letters and digits, or part them though it counts as such; texts
#: without any of it are split faster.
_IN_WORDS = re.compile("[\u02bc\u0300-\u036f\xad\u200b\u2060]")
_AROUND_PLAIN = re.compile(r"(\w++)")
_UNSEEN = str.maketrans("", "", "\xad\u200b\u2060")

#: What may stand between the words of one name: space, an apostrophe of any kind, a hyphen or dash.
_LIGHT = re.compile("[\\s'`\u2018\u2019\u00b4\u02bc\u2010-\u2015-]+")


class Word(NamedTuple):
    """A word of a text, folded, and its start and end in code points of the text."""

    folded: str
    start: int
    end: int


@lru_cache(maxsize=20_000)
def fold_word(word: str) -> str:
    """The word without accents and letter case.

    >>> fold_word("Équateur")
    'equateur'
    """
    plain = unicodedata.normalize("NFKD", word.translate(_UNSEEN))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each word of a text.

    >>> list(word_spans("a bc"))
    [(0, 1), (2, 4)]
    """
    return map(re.Match.span, _WORD.finditer(text))


def words_written(text: str) -> list[str]:
    """The words of a text as they are written, in the order of their spans.

    >>> words_written("Trinité-et-Tobago")
    ['Trinité', 'et', 'Tobago']
    """
    found: list[str] = _WORD.findall(text)
    return found


def words_and_gaps(text: str) -> list[str]:
    """What stands before, between and after the words of a text, and the words, in turn.

    >>> words_and_gaps("(Trinité)-et")
    ['(', 'Trinité', ')-', 'et', '']
    """
    return (_AROUND if _IN_WORDS.search(text) else _AROUND_PLAIN).split(text)


def words(text: str) -> Iterator[Word]:
    """The words of a text, with what stands between them left out.

    >>> [word.folded for word in words("Trinité-et-Tobago")]
    ['trinite', 'et', 'tobago']
    """
    return (Word(fold_word(found[0]), *found.span()) for found in _WORD.finditer(text))


def words_apart(text: str) -> Iterator[Word]:
    """The words of a text, cut as well where a capital follows a small letter: names run together.

    >>> [word.folded for word in words_apart("Côte d'IvoireGhana")]
    ['cote', 'd', 'ivoire', 'ghana']
    """
    for start, end in word_spans(text):
        capitals = () if text[start + 1 : end].islower() else _capitals(text, start, end)
        cuts = [start, *capitals, end]
        yield from (Word(fold_word(text[a:b]), a, b) for a, b in pairwise(cuts))


def _capitals(text: str, start: int, end: int) -> Iterator[int]:
    """Where a capital follows a small letter, accents on their own left aside."""
    before = ""
    for place in range(start, end):
        if not unicodedata.combining(text[place]):
            if before.islower() and text[place].isupper():
                yield place
            before = text[place]


def mark(gap: str) -> str:
    """What parts two words: nothing where the gap is light (space, apostrophe, hyphen), else its
    signs.

    >>> mark(" - "), mark(" ("), mark(", ")
    ('', '(', ',')
    """
    return _LIGHT.sub("", gap)


def folded(text: str) -> str:
    """The folded words of a text with one space between them: the key under which a name is found.

    >>> folded("Côte d’Ivoire")
    'cote d ivoire'
    """
    return " ".join(map(fold_word, words_written(text)))


def as_person(name: str) -> str:
    """A person's name as it is told from others: whatever the letter case, the spaces, and the way
    in which an accent is encoded.

    >>> as_person("JOS\u00c9  Ruiz") == as_person("Jose\u0301 Ruiz"), as_person("Jose Ruiz")
    (True, 'jose ruiz')
    """
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
