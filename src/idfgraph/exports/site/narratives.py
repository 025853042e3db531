"""Narratives for the script that finds words in them: an index in parts, each loaded when a word of
it is asked for, and the texts of each project.
"""

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from ...model import names
from ...model.text import Texts
from .markup import data_block, shown

#: How many characters a part of the index has at least, but for the last: two are loaded at most
#: for a word that few others begin with.
_PART = 12_000


class NarrativeWords(NamedTuple):
    """A part of the index: its first word, and lines of a word with the places of the projects that
    have it, each told by how far it is from the one before.
    """

    first: str
    lines: Sequence[str]


class _ToldProject(msgspec.Struct):
    """What is read of a project."""

    type: str = ""
    narrative: dict[str, str] = {}


def narratives_of(entries: Iterable[str]) -> Iterator[tuple[str, Texts]]:
    """The narratives of each project that has some, from sorted spool lines.

    >>> node = '{"id": "prj:A", "type": "Project", "narrative": {"fr": "Un texte"}}'
    >>> list(narratives_of([f"prj:A\\t0\\tprj:A\\t{node}\\n"]))
    [('prj:A', {'fr': 'Un texte'})]
    """
    decoder = msgspec.json.Decoder(_ToldProject)
    for line in entries:
        resource, rank, node, text = line.split("\t", 3)
        if rank == "0" and node == resource and resource.startswith("prj:"):
            told = decoder.decode(text)
            if told.type == "Project" and told.narrative:
                yield resource, shown(told.narrative)


class WordIndex:
    """The words of texts, each with the places of the projects that have it.

    >>> index = WordIndex()
    >>> index.add(0, ["Été, été"])
    >>> index.add(3, ["un été"])
    >>> [part.lines for part in index.parts()]
    [['ete 1 3', 'un 4']]
    """

    def __init__(self) -> None:
        self._places: dict[str, array[int]] = defaultdict(lambda: array("l"))

    def add(self, place: int, texts: Iterable[str]) -> None:
        """Takes the texts of a project, which comes after those taken before."""
        for word in {word for text in texts for word in names.folded(text).split()}:
            self._places[word].append(place)

    def parts(self) -> Sequence[NarrativeWords]:
        """All words in parts, in the order of scripts."""
        parts: list[NarrativeWords] = []
        size, lines = _PART, list[str]()
        for word in sorted(self._places, key=_as_scripts_order):
            if size >= _PART:
                size, lines = 0, []
                parts.append(NarrativeWords(word, lines))
            lines.append(_line(word, self._places[word]))
            size += len(lines[-1]) + 1
        return parts


def words_data(number: int, part: NarrativeWords) -> str:
    """A part of the index as the script takes it."""
    return _call("idfWords", number, "\n".join(part.lines))


def texts_data(project: str, texts: Texts) -> str:
    """The texts of a project, by its id, as the script takes them."""
    return _call("idfTexts", project, sorted(texts.items()))


def _line(word: str, places: Sequence[int]) -> str:
    steps = (place - before for before, place in zip([-1, *places], places, strict=False))
    return " ".join([word, *map(str, steps)])


def _as_scripts_order(word: str) -> bytes:
    """What orders words as scripts do, by halves of characters."""
    return word.encode("utf-16-be")


def _call(name: str, *values: object) -> str:
    told = (json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
    return data_block(f"window.{name}({','.join(told)});\n")
