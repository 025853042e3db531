"""Statements found in the dump of all graphs, whose lines are sorted, without reading all of it."""

import mmap
import re
from collections.abc import Iterator

from pyoxigraph import RdfFormat, parse, serialize

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

#: Bytes of a file of sorted lines.
Dump = bytes | mmap.mmap


def in_graphs(triples: bytes, dump: Dump) -> bytes:
    """Triples as quads: as a document all hold, in no graph, and each besides in the one in which a
    dump has it.

    Who asks a document without naming a graph finds in it what its other forms tell.

    >>> in_graphs(b"<a> <b> <c> .\\n", b"<a> <b> <c> <g> .\\n<a> <b> <d> .\\n")
    b'<a> <b> <c> .\\n<a> <b> <c> <g> .\\n'
    """
    lines = triples.splitlines(keepends=True)
    stand = {quad for line in lines for quad in _beginning(dump, line[:-2])}
    return b"".join(sorted({*lines, *stand}))


def names_of(triples: bytes, dump: Dump) -> bytes:
    """What a dump calls all that triples name, as triples."""
    named = sorted(set(_IRI.findall(triples)))
    found: set[bytes] = set()
    for iri in named:
        told = (list(_beginning(dump, b"%s %s " % (iri, naming))) for naming in NAMING)
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


def _beginning(dump: Dump, start: bytes) -> Iterator[bytes]:
    """The lines of sorted ones that begin so."""
    at = _first(dump, start)
    while dump[at : at + len(start)] == start and start:
        end = dump.find(b"\n", at) + 1 or len(dump)
        yield dump[at:end]
        at = end


def _first(dump: Dump, start: bytes) -> int:
    """Where the first line begins that is not before a text."""
    low, high = 0, len(dump)
    while low < high:
        middle = dump.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = dump.find(b"\n", middle, high) + 1 or high
        if dump[middle : middle + len(start)] < start:
            low = end
        else:
            high = middle
    return low
