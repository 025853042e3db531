"""What documents of the release before told of and those of this one do not: they go on to say that
it is no more.
"""

from collections.abc import Collection, Iterable, Iterator, Set
from typing import NamedTuple, Protocol

from pyoxigraph import NamedNode, RdfFormat, parse

from ..graph.lines import subject_of
from ..graph.mapping import Mapper
from ..model.nodes import Node
from ..model.vocab import OWL, XSD

_TRUE = f'<{OWL}deprecated> "true"^^<{XSD}boolean>'


class Earlier(Protocol):
    """The documents of the release before."""

    def iris(self, path: str) -> Collection[str]:
        """The IRIs of ours, in full, that the document of a path told of."""

    def paths(self, folder: str) -> Iterable[str]:
        """The paths, without suffix, of the documents in a folder."""


class Nothing(NamedTuple):
    """No release before."""

    def iris(self, _: str) -> Collection[str]:
        """None."""
        return ()

    def paths(self, _: str) -> Iterable[str]:
        """None."""
        return ()


def stub_nodes(earlier: Earlier, path: str, nodes: Iterable[Node], mapper: Mapper) -> list[Node]:
    """The nodes of what a document told of before and these nodes do not."""
    now = {subject_of(line)[1:-1] for node in nodes for line in mapper.quads(node)}
    gone = sorted(set(earlier.iris(path)) - now)
    return [{"id": mapper.compact(iri), "deprecated": "true"} for iri in gone]


def stub_lines(earlier: Earlier, path: str, now: Set[str]) -> list[str]:
    """The N-Triples lines on what a document told of before and now does not; `now` are full
    IRIs.
    """
    return [f"<{iri}> {_TRUE} .\n" for iri in sorted(set(earlier.iris(path)) - now)]


def with_stubs(earlier: Earlier, path: str, turtle: str) -> str:
    """The Turtle text of a document with what it told of before added."""
    lines = stub_lines(earlier, path, set(subjects_of(turtle.encode())))
    return "\n".join([turtle, "".join(lines)]) if lines else turtle


def subjects_of(turtle: bytes) -> Iterator[str]:
    """The IRIs that a Turtle text tells of.

    >>> list(subjects_of(b"<http://e/s> a <http://e/C> ."))
    ['http://e/s']
    """
    for quad in parse(turtle, format=RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject.value
