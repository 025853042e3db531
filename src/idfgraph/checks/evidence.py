"""What says so, as shapes are to see it: source records, values and decisions of linked records.

Most values of pages differ in their words alone, which no shape looks at. Of such values one is
held against the shapes, and the rest is told as claims: what they are about, and their rank.
"""

from collections.abc import Iterable, Iterator, Set
from typing import NamedTuple

from ..graph.mapping import Mapper
from ..graph.resolve import Linked
from ..model.nodes import Json, Node, id_of, is_node, parts_of

#: What shapes read of a claim that is like another.
_CLAIM = ("id", "aboutResource", "aboutProperty", "aboutValue", "rank")

#: Words of pages, and values: shapes ask of them whether they are there.
_WORDS = frozenset({"id", "sourceText", "aboutValue"})

#: Links: shapes ask of them whether what they lead to is described.
_LINKS = frozenset({"aboutResource", "rankedBy"})

_SPAN = ("spanStart", "spanEnd")


class AbridgedEvidence(NamedTuple):
    """N-Triples lines of evidence, and the compact IRIs of the values that stand for others too."""

    lines: list[str]
    standing: frozenset[str]


def evidence(
    mapper: Mapper, items: Iterable[Linked], whole: Set[str] = frozenset()
) -> AbridgedEvidence:
    """The evidence of linked records, with all that is said by values which one of `whole` stands
    for.

    >>> from ..graph.setting import prepare
    >>> evidence(prepare([]).mapper, [])
    AbridgedEvidence(lines=[], standing=frozenset())
    """
    forms: dict[object, str] = {}
    lines: list[str] = []
    for item in items:
        nodes = [node for _, inner in item.graphs for node in inner]
        known = frozenset(_described([item.node, *nodes]))
        for node in nodes:
            for part in _abridged(node, forms, known, whole):
                lines.extend(mapper.quads(part))
    return AbridgedEvidence(lines, frozenset(forms.values()))


def _described(nodes: Iterable[Json]) -> Iterator[str]:
    """The ids of nodes that have a type, and of their parts."""
    for node in nodes:
        if is_node(node):
            if "type" in node:
                yield id_of(node)
            for value in node.values():
                if isinstance(value, list | tuple):
                    yield from _described(value)
                elif is_node(value):
                    yield from _described([value])


def _abridged(
    node: Node, forms: dict[object, str], known: Set[str], whole: Set[str]
) -> Iterator[Node]:
    """A node with those of its values whose form is new, and the claims of the others."""
    kept: list[Node] = []
    others: list[Node] = []
    for value in parts_of(node, "sourceValue"):
        id_ = id_of(value)
        stands = forms.setdefault(_form(value, known), id_)
        (kept if stands == id_ or stands in whole else others).append(value)
    yield {**node, "sourceValue": kept} if kept or others else node
    yield from (claim for claim in map(_claim, others) if len(claim) > 1)


def _claim(value: Node) -> Node:
    return {key: value[key] for key in _CLAIM if key in value}


def _form(value: Node, known: Set[str]) -> object:
    """All that a shape can see of a value: two of one form break the same shapes."""
    start, end = map(value.get, _SPAN)
    span: object = (start, end)
    if isinstance(start, str) and isinstance(end, str) and start.isdecimal() and end.isdecimal():
        span = int(start) < int(end)
    return span, tuple(
        (key, _trait(key, item, known)) for key, item in value.items() if key not in _SPAN
    )


def _trait(key: str, item: Json, known: Set[str]) -> object:
    if key in _WORDS:
        return type(item), len(item) if isinstance(item, list | tuple) else 0
    if key in _LINKS:
        return item in known if isinstance(item, str) else repr(item)
    if key == "sourceField" and isinstance(item, dict):
        return tuple(item)
    return item if isinstance(item, str) else repr(item)
