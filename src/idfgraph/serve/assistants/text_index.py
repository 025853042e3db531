"""Things of a release by the words of what is told of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ...model.names import folded, words
from ..reconcile import KnownThing

#: The texts of a node that are searched.
_TEXTS = ("title", "narrative", "prefLabel", "altLabel", "definition")

#: Characters that are told around a word that was found.
_AROUND = 150


class TextIndex:
    """Things by words, folded, that their texts hold."""

    def __init__(self, things: Iterable[KnownThing]) -> None:
        self._known = [
            (thing, f" {' '.join(map(folded, texts_of(thing.node)))}") for thing in things
        ]

    def holding(self, wanted: Sequence[str]) -> Iterator[KnownThing]:
        """The things in whose texts words begin so, all of them."""
        for thing, known in self._known if wanted else ():
            if all(f" {word}" in known for word in wanted):
                yield thing


def passage(thing: KnownThing, wanted: Sequence[str]) -> str:
    """Some text around where most of the words that are wanted stand; empty where none does.

    >>> thing = KnownThing("id/x", "Project", (), {}, (), (), {"title": {"en": "Of borders"}})
    >>> passage(thing, ["border"])
    'Of borders'
    """
    most, around = 0, ""
    for text in texts_of(thing.node):
        hits = [word for word in words(text) if word.folded.startswith(tuple(wanted))]
        for place, first in enumerate(hits):
            start, end = max(0, first.start - _AROUND), first.end + _AROUND
            near = [word.folded for word in hits[place : place + _AROUND] if word.end <= end]
            held = sum(any(one.startswith(word) for one in near) for word in wanted)
            if held > most:
                most, before, after = held, "…" * (start > 0), "…" * (end < len(text))
                around = f"{before}{text[start:end]}{after}"
    return around


def texts_of(node: Mapping[str, Any]) -> Iterator[str]:
    """The texts of a node that are searched."""
    for key in _TEXTS:
        for text in node.get(key, {}).values():
            yield from [text] if isinstance(text, str) else text
