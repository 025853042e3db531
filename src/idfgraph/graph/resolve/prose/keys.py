"""Keys under which names of organisations are looked up: their words, however they are spelled."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from ....model.names import Word

#: Spellings that are alike in the names of organisations.
_SPELLINGS = (
    ("organisation", "organization"),
    ("programme", "program"),
    ("co operation", "cooperation"),
)

#: The longest name, in words.
_LONGEST = 22

#: What goes on behind a name with which it is another one: its members, its agencies.
TAIL = re.compile(
    r"'s\b|-(?=[a-zà-ÿ])|[ ](?:member|members|agenc(?:y|ies)|system|trust|funds?|states"
    r"|delegations?|country|pays|membres?|agences?|fonds|agencias?|fondos?|sistema|and its)\b",
)


def as_written(name: str, written: str) -> bool:
    """Whether letters are as they must be: those of an acronym all, of others the first."""
    if not any(letter.islower() for letter in name):
        return written == name
    return written[0].isupper() or name[0].islower() or len(name.split()) > 2


def key_of(found: list[Word], text: str) -> str:
    """The words of a name with the commas between them, spellings that are alike made one."""
    parts = [
        word.folded
        + ("," if index + 1 < len(found) and "," in text[word.end : found[index + 1].start] else "")
        for index, word in enumerate(found)
    ]
    key = " ".join(parts)
    for one, other in _SPELLINGS:
        key = key.replace(one, other)
    return key


def widest(keys: Iterable[str]) -> Mapping[str, int]:
    """For each first word, how many words the longest name that begins with it has."""
    found: dict[str, int] = defaultdict(int)
    for key in keys:
        for first in _spelled(key.partition(" ")[0]):
            word = first.partition(" ")[0]
            found[word] = max(found[word], min(len(key.split()) + 3, _LONGEST))
    return found


def beginnings(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The first two words of names that have so many, however they are spelled."""
    for key in keys:
        for spelling in product(*map(_spelled, key.split()[:2])):
            first, *rest = " ".join(spelling).split()
            if rest:
                yield first, rest[0]


def _spelled(word: str) -> Sequence[str]:
    """The spellings of a word of a key."""
    plain = word.rstrip(",")
    return (plain, *(one for one, other in _SPELLINGS if other == plain))
