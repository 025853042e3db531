"""Shapes in two halves, without their words: what Core says, and what queries say.

Queries cost most of the time of an engine. Held apart, they need only see what they could say
anything of.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from pyoxigraph import BlankNode, RdfFormat, parse, serialize

from ...model.vocab import DCT, RDF_TYPE, RDFS, SH

_SPARQL, _PROPERTY, _PATH = f"{SH}sparql", f"{SH}property", f"{SH}path"

#: What engines need not know of a shape: its words, and what rules are told by.
_WORDS = frozenset(
    {
        *(f"{SH}{name}" for name in ("name", "message", "description")),
        f"{DCT}identifier",
        f"{RDFS}seeAlso",
        f"{RDFS}comment",
    }
)

#: What is kept of a shape that has a query: what it is, its path, how grave, the query.
_OF_QUERY = frozenset({RDF_TYPE, _PATH, f"{SH}severity", f"{SH}deactivated", _SPARQL})


class Halves(NamedTuple):
    """Shapes as N-Triples texts: those of Core alone, and those of queries alone."""

    core: tuple[str, ...]
    queries: tuple[str, ...]


@lru_cache(maxsize=4)
def halves(shapes: tuple[str, ...]) -> Halves:
    """The halves of shapes given as Turtle texts; what both find together is what all find.

    >>> halves(()).queries
    ('',)
    """
    said = [
        quad.triple
        for text in shapes
        for quad in parse(text, format=RdfFormat.TURTLE)
        if quad.predicate.value not in _WORDS
    ]
    queries = {one.object for one in said if one.predicate.value == _SPARQL}
    core = [one for one in said if one.subject not in queries and one.predicate.value != _SPARQL]
    return Halves((_text(core),), (_text(_of_queries(said)),))


def _of_queries(said: list[Any]) -> Iterator[Any]:
    """What is said of queries, of the shapes that have one, and of the targets of those that have
    such a property.
    """
    asking = {one.subject for one in said if one.predicate.value == _SPARQL}
    queries = {one.object for one in said if one.predicate.value == _SPARQL}
    above = {one.subject for one in said if one.object in asking}
    paths = {one.object for one in said if one.subject in asking and _is_blank(one)}
    for one in said:
        name = one.predicate.value
        is_target = one.subject in asking | above and name.startswith(f"{SH}target")
        is_link = name == _PROPERTY and one.object in asking
        is_kept = one.subject in asking and name in _OF_QUERY
        is_type = one.subject in above and name == RDF_TYPE
        if one.subject in queries | paths or is_target or is_link or is_kept or is_type:
            yield one


def _is_blank(one: Any) -> bool:
    return one.predicate.value == _PATH and isinstance(one.object, BlankNode)


def _text(said: Iterable[Any]) -> str:
    return (serialize(said, format=RdfFormat.N_TRIPLES) or b"").decode()
