"""What became of each resource between two dumps, and the names that telling it needs."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby, takewhile
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from ...graph.lines import subject_of
from ...model.iris import resource_of
from ...model.vocab import DCT, OWL, PROV, RDF_TYPE, SKOS
from .two_dumps import DumpLine, Sides

#: A value: an IRI, or a literal.
Value = NamedNode | Literal

#: What says that a resource was withdrawn, how it is called, and which page a record stands on.
DEPRECATED = f"{OWL}deprecated"
_NAMES = (f"{SKOS}prefLabel", f"{DCT}title")
_SOURCE = f"{PROV}hadPrimarySource"

#: What a part is called by, whether it differs or not: its type, and the property or measure that
#: it is about.
_ABOUT = ("#aboutProperty", "#measure")
_NAMING = re.compile(f"[^ ]+ <(?:{re.escape(RDF_TYPE)}|[^>]*(?:{'|'.join(_ABOUT)}))> ")


class FieldChange(NamedTuple):
    """A property (full IRI) of a resource or a part, with the values that it lost and those that it
    got.
    """

    property: str
    removed: tuple[Value, ...]
    added: tuple[Value, ...]


class Item(NamedTuple):
    """A resource itself, its record or a part of it (compact IRI), its type (full IRI), whether it
    was and is, what differs; the property or code that a part is about (full IRI), if it is one's.
    """

    id: str
    type: str
    was: bool
    now: bool
    fields: tuple[FieldChange, ...]
    about: str = ""

    @property
    def is_part(self) -> bool:
        """Whether it is a part of a resource."""
        return "#" in self.id

    @property
    def is_record(self) -> bool:
        """Whether it is the record of a resource."""
        return resource_of(self.id) != self.id and not self.is_part


class Resource(NamedTuple):
    """A resource (compact IRI) with what differs of it, its record and its parts, in this order."""

    id: str
    items: tuple[Item, ...]

    @property
    def state(self) -> str:
        """What became of it: `added`, `changed` or `withdrawn`."""
        own = next((item for item in self.items if item.id == self.id), None)
        if own is None:
            return "changed"
        marked = any(field.property == DEPRECATED and field.added for field in own.fields)
        return "withdrawn" if marked or not own.now else "changed" if own.was else "added"


class EvidenceChange(NamedTuple):
    """A named graph (compact IRI), and how many of its statements are gone and new."""

    graph: str
    removed: int
    added: int


class Difference(NamedTuple):
    """All that differs between two releases, each told by its name; resources and graphs by compact
    IRI.
    """

    old: str
    new: str
    resources: tuple[Resource, ...]
    evidence: tuple[EvidenceChange, ...]

    def of(self, state: str) -> list[Resource]:
        """The resources that this became of."""
        return [resource for resource in self.resources if resource.state == state]


class Names(NamedTuple):
    """What dumps call things: labels by IRI and language, and the IRIs of records by that of their
    page.
    """

    labels: dict[str, dict[str, str]]
    records: dict[str, set[str]]


def difference(
    lines: Iterable[DumpLine], compact: Callable[[str], str], sides: tuple[str, str]
) -> Difference:
    """The difference that merged lines show; `compact` shortens IRIs, `sides` are the names of both
    releases.

    >>> line = DumpLine("<x:s> <x:p> <x:o> .\\n", False, True)
    >>> [resource.state for resource in difference([line], str, ("old", "new")).resources]
    ['added']
    """
    items: dict[str, list[Item]] = defaultdict(list)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for subject, group in groupby(lines, lambda line: line.text.partition(" ")[0]):
        if item := _item(group, counts):
            short = compact(subject[1:-1])
            items[resource_of(short)].append(item._replace(id=short))
    resources = (
        Resource(id_, tuple(sorted(some, key=lambda item: (item.is_part, item.is_record, item.id))))
        for id_, some in sorted(items.items())
    )
    evidence = (
        EvidenceChange(compact(graph), *numbers) for graph, numbers in sorted(counts.items())
    )
    return Difference(*sides, tuple(resources), tuple(evidence))


def names_of(found: Difference, both: Iterable[Sides], expand: Callable[[str], str]) -> Names:
    """The names in two dumps of what a difference tells; those of the new one count before those of
    the old one.
    """
    names = Names({}, defaultdict(set))
    wanted = sorted({f"<{iri}> " for iri in _wanted(found, expand)})
    pages = {expand(f"src:{one.graph.partition('/')[2]}") for one in found.evidence}
    for was, now in both:
        for lines in (was, now):
            for line in _said_of(wanted, lines):
                _name(names.labels, line, is_new=lines is now)
            for line in lines if pages else ():
                if _SOURCE in line:
                    _note(names.records, line, pages)
    return names


def _said_of(wanted: Sequence[str], lines: Sequence[str]) -> Iterator[str]:
    """The lines, of some in order, that begin as one of some that are in order, too."""
    if not lines:
        return
    first = bisect_left(wanted, f"{subject_of(lines[0])} ")
    last = bisect_left(wanted, lines[-1])
    for start in wanted[first:last]:
        at = bisect_left(lines, start)
        rest = map(lines.__getitem__, range(at, len(lines)))
        yield from takewhile(partial(_begins, start), rest)


def _begins(start: str, line: str) -> bool:
    return line.startswith(start)


def _item(lines: Iterable[DumpLine], counts: Mapping[str, list[int]]) -> Item | None:
    """What differs of a subject, yet to be named, in the default graph; lines of other graphs are
    counted.
    """
    was = now = False
    type_, about, fields = "", "", dict[str, tuple[list[Value], list[Value]]]()
    for line in lines:
        was, now = was or line.was, now or line.now
        if line.was == line.now and not _NAMING.match(line.text):
            continue
        quad = _parsed(line.text)
        if quad.predicate.value == RDF_TYPE and (not type_ or line.now):
            type_ = quad.object.value if isinstance(quad.object, NamedNode) else ""
        if quad.predicate.value.endswith(_ABOUT) and isinstance(quad.object, NamedNode):
            about = quad.object.value
        if line.was == line.now:
            continue
        if isinstance(quad.graph_name, NamedNode):
            counts[quad.graph_name.value][line.now] += 1
        elif isinstance(quad.object, NamedNode | Literal):
            fields.setdefault(quad.predicate.value, ([], []))[line.now].append(quad.object)
    told = tuple(
        FieldChange(key, tuple(gone), tuple(new)) for key, (gone, new) in sorted(fields.items())
    )
    return Item("", type_, was, now, told, about) if told else None


def _parsed(line: str) -> Quad:
    quad: Quad = next(iter(parse(line.encode(), format=RdfFormat.N_QUADS)))
    return quad


def _wanted(found: Difference, expand: Callable[[str], str]) -> Iterator[str]:
    """The IRIs whose names are needed: of resources, of what parts are about, of values, of
    records that decisions are on.
    """
    for resource in found.resources:
        yield expand(resource.id)
        yield from (item.about for item in resource.items if item.about)
        for field in (field for item in resource.items for field in item.fields):
            yield from (
                value.value
                for value in (*field.removed, *field.added)
                if isinstance(value, NamedNode)
            )
    for one in found.evidence:
        kind, _, name = one.graph.partition("/")
        if kind == "graph:decision":
            yield from (expand(f"{prefix}:{name}") for prefix in ("prj", "prg"))


def _name(labels: dict[str, dict[str, str]], line: str, *, is_new: bool) -> None:
    """Takes a label; one that only the old dump has does not replace one that the new dump has."""
    subject, predicate, _ = line.split(" ", 2)
    value = _parsed(line).object if predicate[1:-1] in _NAMES else None
    if isinstance(value, Literal):
        known, language = labels.setdefault(subject[1:-1], {}), value.language or ""
        if is_new or language not in known:
            known[language] = value.value


def _note(records: dict[str, set[str]], line: str, pages: Container[str]) -> None:
    """Takes the record that stands on a page."""
    subject, predicate, rest = line.split(" ", 2)
    page = rest.partition(">")[0][1:]
    if predicate[1:-1] == _SOURCE and page in pages:
        records[page].add(subject[1:-1])
