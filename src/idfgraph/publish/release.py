"""All files of a release from sorted lines: dumps, a document for each resource, vocabulary, shapes, report."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from pyoxigraph import RdfFormat, parse

from ..errors import BadOutput, Place
from . import jsonld, turtle
from .documents import Document
from .folder import Folder
from .metadata import document_node
from .turtle import statement
from .vocabulary import prefixes_of, render_vocabulary

#: The dump that all others are made from: every graph, lines sorted, so that its SHA-256 is that of the
#: data set's canonical form (https://www.w3.org/TR/rdf-canon/; there are no blank nodes to name).
QUADS = "data/idf.nq"

#: Dumps that are checked by parsing them, and whether they hold all graphs or the default graph alone.
_DUMPS: Mapping[str, tuple[RdfFormat, bool]] = {
    QUADS: (RdfFormat.N_QUADS, True),
    "data/idf.trig": (RdfFormat.TRIG, True),
    "data/idf.nt": (RdfFormat.N_TRIPLES, False),
    "data/idf.ttl": (RdfFormat.TURTLE, False),
    "data/idf.jsonld": (RdfFormat.JSON_LD, False),
}


#: Takes the path of a file in the release and its pieces.
Write = Callable[[str, Iterable[str]], None]


class Words(NamedTuple):
    """The texts that a release is published with: context, ontology and shapes by file name, all under its base."""

    context: Mapping[str, Any]
    context_text: str
    ontology: str
    shapes: Mapping[str, str]
    prefixes: Mapping[str, str]


class Writing(Protocol):
    """What turns nodes into N-Quads lines, and knows the part of the context that they use."""

    def quads(self, node: Mapping[str, Any], graph: str = "") -> Iterator[str]:
        """The lines of a node."""

    def iri(self, iri: str) -> str:
        """The N-Triples term of a compact IRI."""

    def context_for(self, nodes: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """The part of the context that nodes use."""


def write_dumps(folder: Folder, quads: Iterable[str], nodes: Iterable[str], words: Words) -> None:
    """Writes the five dumps from sorted N-Quads lines and the default graph's nodes as lines of JSON."""
    folder.write(QUADS, quads)
    folder.write("data/idf.nt", _default(folder))
    folder.write("data/idf.ttl", turtle.render_turtle(_default(folder), words.prefixes))
    folder.write("data/idf.trig", turtle.render_trig(folder.read(QUADS), words.prefixes))
    folder.write("data/idf.jsonld", jsonld.render_dump(nodes, words.context))


def write_document(write: Write, document: Document, writing: Writing, prefixes: Mapping[str, str]) -> None:
    """Writes the Turtle and the JSON-LD document of a resource."""
    nodes = [*document.nodes, document_node(document.resource, document.path)]
    write_nodes(write, document.path, nodes, writing, prefixes, topic=document.resource)


def write_nodes(
    write: Write,
    path: str,
    nodes: Sequence[Mapping[str, Any]],
    writing: Writing,
    prefixes: Mapping[str, str],
    *,
    topic: str,
) -> None:
    """Writes nodes (and graphs of nodes) as a Turtle and a JSON-LD document; its topic, a compact IRI, comes first."""
    plain = [node for item in nodes for node in item.get("@graph", [item])]
    lines = sorted({line for node in plain for line in writing.quads(node)})
    write(f"{path}.ttl", [turtle.render_document(lines, prefixes, writing.iri(topic)[1:-1])])
    write(f"{path}.jsonld", jsonld.render_document(nodes, writing.context_for(nodes)))


def write_words(folder: Folder, words: Words, report: Iterable[str]) -> None:
    """Writes the vocabulary, the context, the shapes and the report on this release."""
    folder.write("def.ttl", [words.ontology])
    folder.write("def.jsonld", [json.dumps(render_vocabulary(words.ontology), ensure_ascii=False, indent=2) + "\n"])
    folder.write("context.jsonld", [words.context_text])
    for name, text in sorted(words.shapes.items()):
        folder.write(f"shapes/{name}", [text])
    folder.write("report.ttl", turtle.render_turtle(report, {**words.prefixes, **_shape_prefixes(words)}))


def check_dumps(folder: Folder) -> int:
    """The number of statements of all graphs; BadOutput where a dump does not parse, or holds other statements."""
    held = {path: _parsed(folder.root / path, form) for path, (form, _) in _DUMPS.items()}
    for path, (_, whole) in _DUMPS.items():
        expected = held[QUADS] if whole else held["data/idf.nt"]
        if held[path] != expected:
            raise BadOutput(f"holds other statements than {QUADS}", Place(path))
    return held[QUADS].statements


def _shape_prefixes(words: Words) -> Mapping[str, str]:
    declared = (prefixes_of(text) for text in words.shapes.values())
    return {name: iri for prefixes in declared for name, iri in prefixes.items() if "/shapes/" in iri}


class _Held(NamedTuple):
    """What a dump holds: how many statements, and the sum of their hashes, which their order does not change."""

    statements: int
    hashes: int


def _parsed(path: Path, form: RdfFormat) -> _Held:
    count = hashes = 0
    try:
        for quad in parse(path=str(path), format=form):
            count, hashes = count + 1, hashes + hash(quad)
    except (SyntaxError, ValueError) as error:
        raise BadOutput(f"does not parse: {error}", Place(str(path))) from error
    return _Held(count, hashes)


def _default(folder: Folder) -> Iterator[str]:
    return (line for line in folder.read(QUADS) if not statement(line).graph)
