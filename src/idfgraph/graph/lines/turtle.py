"""Sorted N-Quads lines to Turtle and TriG: prefixed, grouped, one value a line
(https://www.w3.org/TR/turtle/).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
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
_SUBJECT, _GRAPH = map(itemgetter, (0, 3))

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
    for subject, said in groupby(map(statement, lines), _SUBJECT):
        yield f"\n{_subject(subject, said, names, '')}"


def render_turtle_document(lines: Iterable[str], prefixes: Mapping[str, str], resource: str) -> str:
    """As render_turtle, for the document of a resource, of N-Triples lines: its IRI comes first,
    its parts have the empty prefix.
    """
    names, first = _OwnNames(_shared(tuple(prefixes.items())), resource), f"<{resource}> "
    ordered = sorted(lines, key=lambda line: not line.startswith(first))
    triples = (line[:-3].split(" ", 2) for line in ordered)
    subjects = [_subject(one, said, names, "") for one, said in groupby(triples, _SUBJECT)]
    return "\n".join([names.header(), *subjects])


def render_trig(lines: Iterable[str], prefixes: Mapping[str, str]) -> Iterator[str]:
    """The lines as pieces of TriG, a block for each run of one graph."""
    names = _Names(prefixes)
    yield names.header(prefixes)
    for graph, run in groupby(map(statement, lines), _GRAPH):
        indent = "    " if graph else ""
        yield f"\n{names[graph]} {{\n" if graph else "\n"
        yield from (_subject(one, said, names, indent) for one, said in groupby(run, _SUBJECT))
        yield "}\n" if graph else ""


class _Names(dict[str, str]):
    """IRIs of N-Quads to prefixed names, by the text up to their last slash or hash."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__()
        self._prefixes = prefixes
        self._by_iri = {iri: name for name, iri in prefixes.items()}

    def __missing__(self, term: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = _PARTS.fullmatch(term)
        name = self._by_iri.get(found[1]) if found else None
        short = self[term] = term if found is None or name is None else f"{name}:{found[2]}"
        return short

    def header(self, names: Iterable[str]) -> str:
        """The declarations of these prefixes."""
        return "".join(f"@prefix {name}: <{self._prefixes[name]}> .\n" for name in sorted(names))


@lru_cache(4)
def _shared(prefixes: tuple[tuple[str, str], ...]) -> _Names:
    """The names that documents with these prefixes share."""
    return _Names(dict(prefixes))


class _OwnNames(dict[str, str]):
    """The names of one document: those that all share, and parts of its resource by the empty
    prefix.
    """

    def __init__(self, shared: _Names, resource: str) -> None:
        super().__init__()
        self._shared, self._own = shared, f"{resource}#"

    def __missing__(self, term: str) -> str:
        found = _PARTS.fullmatch(term) if term.startswith(self._own, 1) else None
        is_own = found is not None and found[1] == self._own
        short = self[term] = f":{found[2]}" if found and is_own else self._shared[term]
        return short

    def header(self) -> str:
        """The declarations of the prefixes that were used."""
        used = {short.partition(":")[0] for short in self.values() if short[0] != "<"}
        own = f"@prefix : <{self._own}> .\n" if "" in used else ""
        return own + self._shared.header(used - {""})


def _subject(
    subject: str, said: Iterable[Sequence[str]], names: dict[str, str], indent: str
) -> str:
    """One subject with its predicates, its types first, one value a line."""
    values: dict[str, list[str]] = {}
    for one in said:
        values.setdefault(one[1], []).append(_object(one[2], names))
    types, by = values.pop(_TYPE, []), f" ,\n{indent}        "
    blocks = [f"a {by.join(types)}"] if types else []
    blocks += [f"{names[key]} {by.join(some)}" for key, some in values.items()]
    return f"{indent}{names[subject]} " + f" ;\n{indent}    ".join(blocks) + " .\n"


def _object(term: str, names: dict[str, str]) -> str:
    """An object with its IRI, or that of its datatype, shortened where a prefix fits."""
    if term[0] != '"':
        return names[term]
    if term[-1] != ">":
        return term
    literal, caret, datatype = term.rpartition("^^")
    return f"{literal}{caret}{names[datatype]}"
