"""What shapes ask of the number of values of a class's property, and which properties closed shapes
allow (https://www.w3.org/TR/shacl/#core-components).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from ...model.vocab import RDF, SH

_Term: TypeAlias = NamedNode | BlankNode | Literal
_Said: TypeAlias = Mapping[_Term, Mapping[str, Sequence[_Term]]]


class AskedCount(NamedTuple):
    """How many values there are at least, and at most (None: no bound); `missed` is the severity
    where one is missed but none is needed.
    """

    least: int = 0
    most: int | None = None
    missed: str = ""


class ShapeCounts(NamedTuple):
    """Class -> its properties that a closed shape allows, in order; class and property -> what is
    asked of their number. All are full IRIs.
    """

    allowed: Mapping[str, Sequence[str]]
    asked: Mapping[tuple[str, str], AskedCount]


def shape_counts(texts: Iterable[str]) -> ShapeCounts:
    """What the shapes of some Turtle texts ask.

    >>> shape_counts([]).allowed
    {}
    """
    allowed: dict[str, Sequence[str]] = {}
    asked: dict[tuple[str, str], AskedCount] = {}
    said = _statements(texts)
    for shape in said.values():
        for target in shape.get(f"{SH}targetClass", ()):
            if f"{SH}closed" in shape:
                (ignored,) = shape[f"{SH}ignoredProperties"]
                allowed[target.value] = [one.value for one in _items(said, ignored)]
            for path, found in _properties(said, shape):
                asked[target.value, path] = _both(
                    asked.get((target.value, path), AskedCount()), found
                )
    return ShapeCounts(allowed, asked)


def _statements(texts: Iterable[str]) -> _Said:
    said: dict[_Term, dict[str, list[_Term]]] = defaultdict(lambda: defaultdict(list))
    for text in texts:
        for quad in parse(text.encode(), format=RdfFormat.TURTLE, rename_blank_nodes=True):
            said[quad.subject][quad.predicate.value].append(quad.object)
    return said


def _properties(
    said: _Said, shape: Mapping[str, Sequence[_Term]]
) -> Iterator[tuple[str, AskedCount]]:
    """The counts that a node shape asks of properties; paths of several are left out."""
    for one in (said[name] for name in shape.get(f"{SH}property", ())):
        (path,) = one[f"{SH}path"]
        if isinstance(path, NamedNode):
            yield path.value, _asked(one)


def _asked(shape: Mapping[str, Sequence[_Term]]) -> AskedCount:
    least, most = (_number(shape, f"{SH}{name}") for name in ("minCount", "maxCount"))
    severity = next(
        (one.value.removeprefix(SH) for one in shape.get(f"{SH}severity", ())), "Violation"
    )
    if severity == "Violation":
        return AskedCount(least or 0, most)
    return AskedCount(missed=severity if least else "")


def _both(one: AskedCount, other: AskedCount) -> AskedCount:
    """What two shapes ask together."""
    bounds = [most for most in (one.most, other.most) if most is not None]
    return AskedCount(
        max(one.least, other.least), min(bounds, default=None), one.missed or other.missed
    )


def _number(shape: Mapping[str, Sequence[_Term]], name: str) -> int | None:
    return next((int(one.value) for one in shape.get(name, ())), None)


def _items(said: _Said, place: _Term) -> Iterator[NamedNode]:
    """The items of an RDF list."""
    while place in said:
        (item,), (place,) = said[place][f"{RDF}first"], said[place][f"{RDF}rest"]
        if isinstance(item, NamedNode):
            yield item
