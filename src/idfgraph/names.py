"""How names are compared: without accents, letter case, punctuation or doubled space."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"\w+")


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
    plain = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each word of a text.

    >>> list(word_spans("a bc"))
    [(0, 1), (2, 4)]
    """
    return (found.span() for found in _WORD.finditer(text))


def words(text: str) -> Iterator[Word]:
    """The words of a text, with what stands between them left out.

    >>> [word.folded for word in words("Trinité-et-Tobago")]
    ['trinite', 'et', 'tobago']
    """
    return (Word(fold_word(found[0]), *found.span()) for found in _WORD.finditer(text))


def folded(text: str) -> str:
    """The folded words of a text with one space between them: the key under which a name is found.

    >>> folded("Côte d’Ivoire")
    'cote d ivoire'
    """
    return " ".join(word.folded for word in words(text))
