"""Statements found in the dump of all graphs, whose lines are sorted, without reading all of it."""

import re

from pyoxigraph import RdfFormat, parse, serialize

from ...graph.lines import SortedLines, beginning
from ...model.vocab import DCT, FOAF, RDFS, SKOS

#: What a name is told with, of several the first that is there.
NAMING = tuple(
    f"<{name}>".encode()
    for name in (f"{SKOS}prefLabel", f"{RDFS}label", f"{DCT}title", f"{FOAF}name")
)

FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
}
_IRI = re.compile(rb"<[^<>\"\s]+>")
_PREFIX = re.compile(r"^@prefix ([\w.-]*): <([^>]*)> \.$", re.MULTILINE)


def in_graphs(triples: bytes, dump: SortedLines) -> bytes:
    """Triples as quads: as a document all hold, in no graph, and each besides in the one in which a
    dump has it.

    Who asks a document without naming a graph finds in it what its other forms tell.

    >>> in_graphs(b"<a> <b> <c> .\\n", b"<a> <b> <c> <g> .\\n<a> <b> <d> .\\n")
    b'<a> <b> <c> .\\n<a> <b> <c> <g> .\\n'
    """
    lines = triples.splitlines(keepends=True)
    stand = {quad for line in lines for quad in beginning(dump, line[:-2])}
    return b"".join(sorted({*lines, *stand}))


def names_of(triples: bytes, dump: SortedLines) -> bytes:
    """What a dump calls all that triples name, as triples."""
    named = sorted(set(_IRI.findall(triples)))
    found: set[bytes] = set()
    for iri in named:
        told = (list(beginning(dump, b"%s %s " % (iri, naming))) for naming in NAMING)
        found.update(next((lines for lines in told if lines), ()))
    quads = parse(b"".join(found), RdfFormat.N_QUADS)
    return serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b""


def rendered(data: bytes, source: str, form: str, prefixes: str = "") -> bytes:
    """Statements of one form in another; prefixes are those of a text in Turtle."""
    quads = parse(data, FORMATS[source])
    known = dict(_PREFIX.findall(prefixes))
    if form in ("ttl", "nt"):
        triples = (quad.triple for quad in quads)
        return serialize(triples, format=FORMATS[form], prefixes=known) or b""
    return serialize(quads, format=FORMATS[form], prefixes=known) or b""
