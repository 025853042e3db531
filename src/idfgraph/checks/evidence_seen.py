"""What says so, as shapes are to see it: source records, values and decisions of linked records.

Most values of pages, and most decisions of rules, differ in their words alone, which no shape looks
at. Of those that are alike one is held against the shapes; of the others is told what they state.
"""

from collections.abc import Container, Iterable, Iterator, Set
from functools import cached_property
from itertools import chain, product
from typing import NamedTuple

from ..graph.lines import lines_of
from ..graph.mapping import Mapper
from ..graph.resolve import Linked
from ..model.nodes import Json, Node, id_of, is_node, parts_of, type_of
from .suspects import Claim

#: What a value states: of what, with which property, which value.
_STATED = ("aboutResource", "aboutProperty", "aboutValue")
_STATING = frozenset(_STATED)

#: Words of pages, and values: shapes ask of them whether they are there.
_WORDS = frozenset({"id", "sourceText", "aboutValue"})

#: Links: shapes ask of them whether what they lead to is described.
_LINKS = frozenset({"aboutResource", "rankedBy"})

_SPAN = ("spanStart", "spanEnd")

#: What shapes read as it is; looked up first, for most of what values say is of this kind.
_AS_IT_IS = frozenset({"type", "aboutProperty", "rank", "reason", "method"})


class Told(NamedTuple):
    """The evidence of a linked record: N-Triples lines, and the claims of what these leave out."""

    lines: list[str]
    claims: list[Claim]


class AbridgedEvidence(NamedTuple):
    """What is told of each linked record, and the compact IRIs of the values that stand for others
    too.
    """

    told: list[Told]
    standing: frozenset[str]

    @property
    def lines(self) -> list[str]:
        """The lines of all records."""
        return list(chain.from_iterable(one.lines for one in self.told))


def evidence(
    mapper: Mapper, items: Iterable[Linked], whole: Set[str] = frozenset()
) -> AbridgedEvidence:
    """The evidence of linked records, with all that is said by values which one of `whole` stands
    for.

    >>> from ..graph.setting import prepare
    >>> evidence(prepare([]).mapper, [])
    AbridgedEvidence(told=[], standing=frozenset())
    """
    forms: dict[object, str] = {}
    return AbridgedEvidence(
        [_told(mapper, item, forms, whole) for item in items], frozenset(forms.values())
    )


def evidence_lines(mapper: Mapper, item: Linked) -> list[str]:
    """All evidence of a linked record, as N-Triples lines."""
    return [*lines_of(mapper.blocks(node for _, nodes in item.graphs for node in nodes))]


def _told(mapper: Mapper, item: Linked, forms: dict[object, str], whole: Set[str]) -> Told:
    nodes = [node for _, inner in item.graphs for node in inner]
    known = _Described(item.node, nodes)
    ranking = {value.get("rankedBy") for node in nodes for value in parts_of(node, "sourceValue")}
    told = Told([], [])

    def is_told(node: Node) -> bool:
        """Whether a node is told as it is; what another that is stands for is noted as a claim."""
        id_ = id_of(node)
        stands = forms.setdefault(_form(node, known), id_)
        if stands == id_ or stands in whole or id_ in ranking:
            return True
        told.claims.extend(_claims(mapper, node))
        return False

    for node in nodes:
        if "sourceValue" in node:
            kept = [value for value in parts_of(node, "sourceValue") if is_told(value)]
            told.lines.extend(lines_of(mapper.blocks([{**node, "sourceValue": kept}])))
        elif type_of(node) != "Decision" or is_told(node):
            told.lines.extend(lines_of(mapper.blocks([node])))
    return told


class _Described:
    """The ids that a record or its evidence describes: most that are asked for are the record's."""

    def __init__(self, node: Node, evidence: Iterable[Node]) -> None:
        self._near, self._evidence = frozenset(_described([node])), evidence

    def __contains__(self, id_: object) -> bool:
        return id_ in self._near or id_ in self._far

    @cached_property
    def _far(self) -> frozenset[str]:
        return frozenset(_described(self._evidence))


def _described(nodes: Iterable[Json]) -> Iterator[str]:
    """The ids of nodes that have a type, and of their parts."""
    rest = list(nodes)
    while rest:
        one = rest.pop()
        if isinstance(one, list | tuple):
            rest.extend(item for item in one if not isinstance(item, str))
        elif is_node(one):
            if "type" in one:
                yield id_of(one)
            rest.extend(value for value in one.values() if not isinstance(value, str))


def _claims(mapper: Mapper, value: Node) -> Iterator[Claim]:
    """What a value states."""
    if value.keys() >= _STATING:
        is_accepted = "accepted" in value.get("rank", ())
        for of, by, object_ in product(*(mapper.objects(key, value[key]) for key in _STATED)):
            yield Claim(of, by, object_, is_accepted)


def _form(value: Node, known: Container[str]) -> object:
    """All that a shape can see of a value: two of one form break the same shapes."""
    start, end = map(value.get, _SPAN)
    span: object = (start, end)
    if isinstance(start, str) and isinstance(end, str) and start.isdecimal() and end.isdecimal():
        span = int(start) < int(end)
    traits = [
        (key, item if key in _AS_IT_IS and isinstance(item, str) else _trait(key, item, known))
        for key, item in value.items()
        if key not in _SPAN
    ]
    return span, tuple(traits)


def _trait(key: str, item: Json, known: Container[str]) -> object:
    if key in _WORDS:
        return type(item), len(item) if isinstance(item, list | tuple) else 0
    if key in _LINKS:
        return item in known if isinstance(item, str) else repr(item)
    if key == "sourceField" and isinstance(item, dict):
        return tuple(item)
    return item if isinstance(item, str) else repr(item)
