"""Governments as prose names them: by their state, behind words such as "the Government of", and
several at once: the Danish and Swedish Governments.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from ....model.names import folded, words
from ..names import KnownName, Name
from .keys import key_of
from .phrasebook import Phrasebook

#: How the ids of governments begin; how far before a place the word for them is.
_GOVERNMENT, _NEAR = "ag:government-", 20


class Governments:
    """What stands for governments, by the names of organisations and in the words of a phrasebook.

    Adjectives are those of the names that are known: "Danish Government", "gobierno danés".
    """

    def __init__(self, known: Iterable[KnownName], phrases: Phrasebook) -> None:
        noun = rf"(?:{phrases.words('governments')})"
        governments = [name for name in known if name.id.startswith(_GOVERNMENT)]
        self._known = {name.id for name in governments}
        named = dict(_adjectives(governments, noun))
        self._ids = {folded(adjective): id_ for adjective, id_ in named.items()}
        self._led = re.compile(
            rf"(?i:{phrases.words('government')})(?:\s+|(?<='))|(?=[A-Z])[^,;:()\n]{{0,40}}?"
            rf"(?<![^\W_])(?i:{phrases.words('holder')})(?:\s[^,;:()\n]{{1,40}}?)?'s\s(?=[A-Z])"
        )
        adjective = "|".join(map(re.escape, sorted(named, key=len, reverse=True))) or "(?!)"
        self._adjective = re.compile(rf"(?<![^\W_])(?:{adjective})(?![^\W_])", re.IGNORECASE)
        joint = rf"(?:,\s|,?\s(?:{phrases.words('and')})\s)"
        listed = rf"(?:{adjective})(?:{joint}(?:{adjective}))+(?![^\W_])"
        self._before = re.compile(rf"{noun}\s$", re.IGNORECASE)
        theirs = rf"[^\W_]|'|\s(?:{phrases.words('group')})(?![^\W_])"
        self._listed = re.compile(
            rf"(?P<list>{listed})(?P<noun>\s{noun}(?!{theirs}))?", re.IGNORECASE
        )

    def of(self, states: Iterable[KnownName]) -> Iterator[tuple[str, str]]:
        """The keys of the names of states, and the government of each, empty for one that is not
        known.
        """
        for name in states:
            id_ = f"{_GOVERNMENT}{name.id.partition(':')[2].lower()}"
            yield key_of(list(words(name.name)), name.name), id_ if id_ in self._known else ""

    def lead(self, text: str, place: int, end: int) -> int | None:
        """Where words end that stand at a place such as "the Government of", or that say whose a
        bureau is: the Department of State's.
        """
        found = self._led.match(text, place, end)
        return found.end() if found else None

    def joined(self, text: str, place: int, end: int) -> Sequence[Name]:
        """The governments that adjectives at a place name, behind their noun or before it: each
        named by all these words.
        """
        found = self._listed.match(text, place, end)
        before = self._before.search(text, max(0, place - _NEAR), place) if found else None
        if not found or not (before or found["noun"]):
            return ()
        span = (before.start() if before else place, found.end())
        adjectives = self._adjective.findall(found["list"])
        return [Name(self._ids[folded(adjective)], span) for adjective in adjectives]


def _adjectives(known: Iterable[KnownName], noun: str) -> Iterator[tuple[str, str]]:
    """The adjectives in the names of governments, and which government each means."""
    form = re.compile(rf"(?i:{noun})\s([a-zà-ÿ-]+)|([A-Z][a-zA-Z ]+)\s(?i:{noun})")
    for name in known:
        if found := form.fullmatch(name.name):
            yield found[1] or found[2], name.id
