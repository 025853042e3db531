"""Sorted N-Quads lines to Turtle and TriG: prefixed, grouped, one value a line
(https://www.w3.org/TR/turtle/).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from ...model.vocab import RDF_TYPE

#: An IRI, up to its last slash or hash, and a local name that needs no escape.
_PARTS = re.compile(r"<(.*[/#])([A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)>")


class Statement(NamedTuple):
    """The terms of an N-Quads line; the graph is empty for the default graph."""

    subject: str
    predicate: str
    object: str
    graph: str


_TYPE = f"<{RDF_TYPE}>"

#: What lines are grouped by.
_SUBJECT, _PREDICATE, _GRAPH = map(itemgetter, (0, 1, 3))

#: How many shortened IRIs are remembered at a time.
_REMEMBERED = 20_000


def statement(line: str) -> Statement:
    """The terms of a canonical N-Quads line.

    >>> statement('<http://e/s> <http://e/p> "a b"@fr <http://e/g> .\\n').object
    '"a b"@fr'
    """
    subject, predicate, rest = line[:-3].split(" ", 2)
    end = rest.rindex('"') if rest[0] == '"' else 0
    cut = rest.find(" ", end)
    return (
        Statement(subject, predicate, rest[:cut], rest[cut + 1 :])
        if cut > 0
        else Statement(subject, predicate, rest, "")
    )


def render_turtle(lines: Iterable[str], prefixes: Mapping[str, str]) -> Iterator[str]:
    """The lines, graphs forgotten, as pieces of Turtle; `prefixes` names IRIs to shorten."""
    names = _Names(prefixes)
    yield names.header(prefixes)
    yield from _subjects(lines, names)


def render_turtle_document(lines: Iterable[str], prefixes: Mapping[str, str], resource: str) -> str:
    """As render_turtle, for the document of a resource: its IRI comes first, its parts have the
    empty prefix.
    """
    names = _Names({**prefixes, "": f"{resource}#"})
    body = "".join(
        _subjects(sorted(lines, key=lambda line: not line.startswith(f"<{resource}> ")), names)
    )
    return names.header(names.used) + body


def render_trig(lines: Iterable[str], prefixes: Mapping[str, str]) -> Iterator[str]:
    """The lines as pieces of TriG, a block for each run of one graph."""
    names = _Names(prefixes)
    yield names.header(prefixes)
    for graph, run in groupby(map(statement, lines), _GRAPH):
        indent = "    " if graph else ""
        yield f"\n{names.short(graph)} {{\n" if graph else "\n"
        subjects = groupby(run, _SUBJECT)
        yield from (_subject(list(group), names, indent) for _, group in subjects)
        yield "}\n" if graph else ""


class _Names:
    """Full IRIs to prefixed names, by the text up to their last slash or hash."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes
        self._by_iri = {iri: name for name, iri in prefixes.items()}
        self._known: dict[str, str] = {}
        self.used: set[str] = set()

    def header(self, names: Iterable[str]) -> str:
        """The declarations of these prefixes."""
        return "".join(
            f"@prefix {name}: <{self._prefixes.get(name)}> .\n" for name in sorted(names)
        )

    def short(self, term: str) -> str:
        """The term with its IRI shortened where a prefix fits."""
        if term[0] == '"':
            literal, caret, datatype = term.rpartition('"^^')
            return (
                f"{literal}{caret}{self.short(datatype)}"
                if caret and datatype.endswith(">")
                else term
            )
        if (known := self._known.get(term)) is not None:
            return known
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        short = self._known[term] = self._shortened(term)
        return short

    def _shortened(self, iri: str) -> str:
        found = _PARTS.fullmatch(iri)
        name = self._by_iri.get(found[1]) if found else None
        if found is None or name is None:
            return iri
        self.used.add(name)
        return f"{name}:{found[2]}"


def _subjects(lines: Iterable[str], names: _Names) -> Iterator[str]:
    for _, group in groupby(map(statement, lines), _SUBJECT):
        yield f"\n{_subject(list(group), names, '')}"


def _subject(statements: list[Statement], names: _Names, indent: str) -> str:
    """One subject with its predicates, its types first, one value a line."""
    short = names.short
    ordered = sorted(statements, key=_is_no_type)
    blocks = []
    for predicate, group in groupby(ordered, _PREDICATE):
        values = f" ,\n{indent}        ".join([short(item[2]) for item in group])
        blocks.append(f"{'a' if predicate == _TYPE else short(predicate)} {values}")
    return f"{indent}{short(statements[0].subject)} " + f" ;\n{indent}    ".join(blocks) + " .\n"


def _is_no_type(item: Statement) -> bool:
    return item[1] != _TYPE
