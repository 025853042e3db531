"""Every IRI of ours that a release names, and where each of them is described: by the rules of
docs/serving.md, on files alone.
"""

import csv
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import cache
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import pyoxigraph as ox

from idfgraph.system.packing import unpacked

#: Files of statements, and those that have a form but not its suffix.
RDF = ("ttl", "nt", "nq", "trig", "jsonld")
_UNNAMED = {".well-known/void": ox.RdfFormat.TURTLE}

#: Where a name stands for what begins with it, not for a thing: prefixes of queries and contexts.
_PREFIX = re.compile(r"PREFIX\s+[\w-]*:\s*(?:<|&lt;)\S+", re.IGNORECASE)

#: How a name in a text goes on.
_REST = r"""[^\s"'<>\\|)&;,`\]{}]*"""


def named(release: Path, base: str) -> Mapping[str, set[str]]:
    """The IRIs under a base that the files of a release name, and the files that name them."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in sorted(path for path in release.rglob("*") if path.is_file()):
        path = file.relative_to(release).as_posix()
        if path != "context.jsonld":
            for iri in _named_in(file, path, base):
                found[iri].add(path)
    return found


def undescribed(release: Path, base: str, iris: Iterable[str]) -> list[str]:
    """The IRIs that the document in which they should be has no statement about; a file that is no
    document needs none, and a version of the ontology is one of what is described in its file.
    """
    described = cache(lambda path: subjects(release, path))

    def known(iri: str) -> bool:
        if iri.startswith(f"{base}ontology/"):
            return bool(described(iri.removeprefix(base)))
        paths = [path for path in documents_of(iri.removeprefix(base)) if described(path)]
        if not paths:
            return (release / iri.removeprefix(base)).is_file()
        return any(iri in described(path) for path in paths)

    return sorted(iri for iri in iris if not known(iri))


def documents_of(path: str) -> list[str]:
    """The documents, without suffix, that a path may lead to."""
    whole = path.partition("#")[0]
    if whole.startswith("id/"):
        return [f"doc/{whole[3:]}"]
    if whole.startswith("code/"):
        return [f"doc/{whole}"]
    if whole.startswith("graph/source/"):
        return [f"doc/{whole[6:]}"]
    if whole.startswith("graph/decision/") and whole.count("/") == 3:
        return [f"doc/{whole[15:]}"]
    if whole.startswith("graph/decision/"):
        return [f"doc/{kind}/{whole[15:]}" for kind in ("project", "programme")]
    return [whole]


def subjects(release: Path, path: str) -> frozenset[str]:
    """What a document, given without suffix, has statements about."""
    file = release / f"{path}.ttl"
    quads = ox.parse(path=str(file)) if file.is_file() else ()
    return frozenset(quad.subject.value for quad in quads)


def _named_in(file: Path, path: str, base: str) -> Iterator[str]:
    if file.suffix[1:] in RDF or path in _UNNAMED:
        for quad in ox.parse(path=str(file), format=_UNNAMED.get(path)):
            terms = (quad.subject, quad.predicate, quad.object, quad.graph_name)
            nodes = (term.value for term in terms if isinstance(term, ox.NamedNode))
            yield from (iri for iri in nodes if iri.startswith(base))
        return
    for text in _texts(file):
        for found in re.findall(re.escape(base) + _REST, _PREFIX.sub("", unescape(text))):
            yield found.rstrip(".")


def _texts(file: Path) -> Iterator[str]:
    """The texts in a file: cells of tables, parts of a workbook, the whole of any
    other; none of a program."""
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as rows:
            yield from (cell for row in csv.reader(rows) for cell in row)
    elif file.suffix == ".sqlite":
        with closing(sqlite3.connect(file)) as store:
            yield from store.iterdump()
    elif file.suffix == ".xlsx":
        with ZipFile(file) as book:
            yield from (book.read(name).decode(errors="replace") for name in book.namelist())
    elif file.suffix in {".gz", ".zst"}:
        yield b"".join(unpacked([file.read_bytes()], file.suffix)).decode()
    elif file.suffix != ".wasm":
        yield file.read_text("utf-8")
