"""Provisional codes in linked records: who has them, how pages print them, and what they are called
from all that print them.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from msgspec import convert

from ...model.nodes import EvidenceNode, Node, parts_of
from ...model.provisional_codes import PROVISIONAL, PROVISIONAL_SCHEME, label_of, scheme_and_code
from .linked import Linked

#: The issue of a word that no list has; the severity that its note has until a person has seen it.
_ISSUE, _DOUBTED = "unknown-code", "Warning"

#: How many spellings of a word are names of its code in a language.
_SPELLINGS = 10


class Coined(NamedTuple):
    """That a record has a provisional code: compact IRIs of both, how its pages print it (language
    and text), and the property that is doubted (empty: people have seen to it).
    """

    code: str
    record: str
    words: tuple[tuple[str, str], ...] = ()
    doubted: str = ""


def coined(item: Linked, codes: Container[str]) -> Iterator[Coined]:
    """The codes among `codes` that a linked record has, as values or on its pages."""
    words: dict[str, list[tuple[str, str]]] = defaultdict(list)
    doubted: dict[str, str] = {}
    for note in item.notes:
        if note.issue_type == _ISSUE:
            for code in _linked(note.about_value, codes):
                words[code] += ()
                if note.severity == _DOUBTED:
                    doubted[code] = note.about_property
    for node in (node for _, nodes in item.graphs for node in nodes):
        language = str(node.get("language", ""))
        for value in (node, *parts_of(node, "sourceValue")):
            for code in _linked(value.get("aboutValue", ()), codes):
                text = convert(value, EvidenceNode).source_text
                words[code] += [(language, text)] if text else []
    for code in sorted(words):
        yield Coined(code, item.id, tuple(words[code]), doubted.get(code, ""))


class CodeNames:
    """How provisional codes are printed, counted by language and text."""

    def __init__(self) -> None:
        self._printed: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)

    def add(self, found: Iterable[Coined]) -> None:
        """Counts how records print their codes."""
        for one in found:
            self._printed[one.code].update(one.words)

    def names(self, code: str) -> dict[str, list[str]]:
        """What a code is called by language, as most pages print it first; in English by its own
        letters where no page prints it.

        >>> names = CodeNames()
        >>> names.add([Coined("code:type-provisional-on-hold", "prj:X")])
        >>> names.names("code:type-provisional-on-hold")
        {'en': ['on hold']}
        """
        found: dict[str, list[str]] = {}
        printed = self._printed.get(code, Counter())
        for language, text in sorted(printed, key=lambda one: (-printed[one], one)):
            label = label_of(text)
            known = found.setdefault(language, [])
            if label not in known and len(known) < _SPELLINGS:
                known.append(label)
        own = scheme_and_code(code)[1].removeprefix(PROVISIONAL)
        return dict(sorted(found.items())) or {"en": [own.replace("-", " ").strip()]}

    def entries(self) -> Iterator[Linked]:
        """The codes as linked records, in order of their ids."""
        for code in sorted(self._printed):
            yield Linked(code, self._node(code), ())

    def _node(self, code: str) -> Node:
        names = self.names(code)
        others = {language: forms[1:] for language, forms in names.items() if forms[1:]}
        return {
            "id": code,
            "type": "Concept",
            "prefLabel": {language: forms[0] for language, forms in names.items()},
            **({"altLabel": others} if others else {}),
            "inScheme": [f"code:{scheme_and_code(code)[0]}", PROVISIONAL_SCHEME],
        }


def _linked(values: Iterable[object], codes: Container[str]) -> Iterator[str]:
    """The codes among these that are values."""
    return (value for value in values if isinstance(value, str) and value in codes)
