"""What was published stays described: what the release before told of and this one does not is
deprecated.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from itertools import groupby, islice
from typing import NamedTuple

from ..exports.earlier import subjects_of
from ..exports.metadata import ACTIVITY
from ..graph.lines import (
    SUCCESSOR,
    Spool,
    Spools,
    are_stub,
    statement,
    subject_of,
    weave_stub,
)
from ..graph.mapping import Mapper
from ..graph.setting import Setting
from ..model import iris
from ..model.layout import QUADS, RELEASES, VOID
from ..model.nodes import Node, id_of
from .losses import PreviousRelease
from .record_values import RecordLines

#: What takes the place of names that have changed, where there is something of the new name.
_RENAMED = ((re.compile(r"(/id/source/[^#]+#)statedEndYear>"), r"\1endYear>"),)

#: Prefixes of the reference data.
_REFERENCE = ("st:", "ag:", "code:")

#: How many stubs are written at a time.
_CHUNK = 1000


class Past(NamedTuple):
    """What the release before described: a line for each IRI of ours, with what took its place by
    then.

    `values` are rows of what it said of records, `entries` the entries of reference data among
    what it described, `programmes` the programmes, all as compact IRIs. `moved` are codes that
    others took the place of, with these, as terms.
    """

    rows: Spool
    values: Spool
    entries: set[str]
    programmes: set[str]
    moved: Mapping[str, str]


class EarlierDocuments(NamedTuple):
    """The documents of the release before, those of resources apart."""

    before: PreviousRelease | None
    base: str

    def iris(self, path: str) -> set[str]:
        """The IRIs of ours, in full, that the document of a path told of.

        Figures of a release that VoID alone told of, as releases of format 1 did, are its own.
        """
        told, own = self._told(path), f"{self.base}{path}"
        found = {iri for iri in told if iri.partition("#")[0] == own}
        if path == VOID:
            figures = {iri for iri in told if iri.startswith(f"{self.base}{RELEASES}")}
            paths = {iri.removeprefix(self.base).partition("#")[0] for iri in figures}
            found |= figures.difference(*map(self._told, paths))
        return found

    def _told(self, path: str) -> Set[str]:
        """All IRIs that the document of a path told of."""
        return set(subjects_of(self.before.read(f"{path}.ttl") or b"" if self.before else b""))

    def paths(self, folder: str) -> list[str]:
        """The paths, without suffix, of the documents in a folder."""
        sums = self.before.sums if self.before else ()
        files = (path for path in sums if path.startswith(folder) and path.endswith(".ttl"))
        return [path.removesuffix(".ttl") for path in files]


@contextmanager
def past_of(before: PreviousRelease | None, setting: Setting) -> Iterator[Past]:
    """What the release before described, removed from disk when the block ends; BadOutput if its
    dump has changed since.
    """
    with Spool() as rows, Spool() as values:
        moved, iri = setting.reference.moved, setting.mapper.iri
        terms = {iri(old): iri(new) for old, new in moved.items()}
        past = Past(rows, values, set(), set(), terms)
        records, base = RecordLines(setting.mapper, moved), before.base if before else ""
        for _, group in groupby(before.lines(QUADS) if before else (), subject_of):
            lines = list(group)
            _remember(past, lines, setting)
            values.add(records.rows(_under(setting.base, base, lines)))
        past.entries.update(moved[code] for code in past.entries & moved.keys())
        yield past


def _under(base: str, was: str, lines: list[str]) -> list[str]:
    """Lines under another base than that which they were published under."""
    if was in ("", base):
        return lines
    return [line.replace(f"<{was}", f"<{base}") for line in lines]


def deprecate(past: Past, spools: Spools, setting: Setting) -> set[str]:
    """Adds to the spools what was described before and is no more, each with what takes its place;
    returns the whole resources among them.
    """
    mapper, resources = setting.mapper, set[str]()
    with Spool() as gone:
        _find(past, spools, gone)
        stubs = (_stub(mapper, group) for _, group in groupby(gone.sorted(), _term))
        while some := list(islice(stubs, _CHUNK)):
            for node in some:
                home = _home(id_of(node), past)
                spools.take(weave_stub(mapper, node, home))
                if home == id_of(node):
                    resources.add(home)
    return resources


def _remember(past: Past, lines: list[str], setting: Setting) -> None:
    """Takes a subject of the release before, and the named graphs that its statements stand in."""
    own = f"<{setting.base}"
    graphs = {graph for line in lines if (graph := statement(line).graph).startswith(own)}
    past.rows.add(f"{graph}\t\n" for graph in graphs)
    if not (term := subject_of(lines[0])).startswith(own) or term.startswith(_run(setting)):
        return
    stub = are_stub(lines)
    successors = [line.split(" ", 2)[2][:-3] for line in lines if f" {SUCCESSOR} " in line]
    successor = successors[0] if stub and successors else ""
    past.rows.add([f"{term}\t{past.moved.get(successor, successor)}\n"])
    id_ = setting.mapper.compact(term[1:-1])
    if id_.startswith(_REFERENCE) and "#" not in id_:
        past.entries.add(id_)
    if id_.startswith("prg:"):
        past.programmes.add(iris.resource_of(id_))


def _run(setting: Setting) -> str:
    """How the terms of runs begin: of earlier ones their document tells, and no statement of this
    release, or the same data would not make the same release.
    """
    return setting.mapper.iri(ACTIVITY)[:-1]


def _find(past: Past, spools: Spools, gone: Spool) -> None:
    """Adds to `gone` the rows of what is no more, and of what takes its place under a new name."""
    with Spool() as renamed:
        for row in _apart(past.rows.sorted(), spools, there=False):
            gone.add([row])
            renamed.add(f"{new}\t{_term(row)}\n" for new in _new_names(_term(row), past.moved))
        for row in _apart(renamed.sorted(), spools, there=True):
            new, _, old = row[:-1].partition("\t")
            gone.add([f"{old}\t{new}\n"])


def _apart(rows: Iterable[str], spools: Spools, *, there: bool) -> Iterator[str]:
    """The sorted rows whose term this release has as a subject, or those whose term it has not."""
    subjects = (term for term, _ in groupby(spools.quads.lines(), subject_of))
    now = next(subjects, "")
    for row in rows:
        term = _term(row)
        while now and now < term:
            now = next(subjects, "")
        if (now == term) == there:
            yield row


def _new_names(term: str, moved: Mapping[str, str] = {}) -> Iterator[str]:
    """The names that took the place of a term: by rule, and of a code by the reference data."""
    yield from (old.sub(new, term) for old, new in _RENAMED if old.search(term))
    if term in moved:
        yield moved[term]


def _stub(mapper: Mapper, rows: Iterable[str]) -> Node:
    """The node of what is no more, from its sorted rows; what is known of its successor by now
    counts more than what was.
    """
    pairs = [row[:-1].split("\t") for row in rows]
    successor = pairs[-1][1]
    node = {"id": mapper.compact(pairs[0][0][1:-1]), "deprecated": "true"}
    return {**node, **({"isReplacedBy": mapper.compact(successor[1:-1])} if successor else {})}


def _home(id_: str, past: Past) -> str:
    """The resource in whose document a compact IRI is told of; empty where it is another
    document.
    """
    whole = iris.resource_of(id_)
    kind, _, name = whole.partition("/")
    if kind == "graph:decision" and "/" in name:
        return iris.documented(f"base:doc/{name}")
    if kind == "graph:decision":
        return f"prg:{name}" if f"prg:{name}" in past.programmes else f"prj:{name}"
    return whole if iris.document(whole) else iris.source_of(whole) or iris.documented(whole)


def _term(row: str) -> str:
    return row.partition("\t")[0]
