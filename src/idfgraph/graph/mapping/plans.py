"""Nodes to N-Quads by plans: what the context makes of a shape of node - its keys, and whether each
has a text, a list or an object - is found out once, and then all lines of a node are made at once.

What no plan is for, be it a fault or only rare, the plain writer writes, or refuses.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from operator import add
from typing import Any, NamedTuple, Self, TypeAlias

import msgspec

from ...model.errors import BadMapping
from ...model.nodes import Json, Node, id_of
from ...model.vocab import RDF_TYPE
from ...system.memo import Made, Memo
from .literals import quoted, tagged
from .terms import Term, Terms, compile_terms
from .writer import PlainMapper

#: The object that a text stands for; those of other values, whose nodes are written on the way:
#: with this end of a line, to these blocks.
_One: TypeAlias = Callable[[Any], bytes]
_Several: TypeAlias = Callable[[Any, bytes, list[bytes]], Sequence[bytes]]

#: A part's name that may stand in any IRI.
_PLAIN = re.compile(r"[A-Za-z0-9._~-]+")

_encode = msgspec.json.Encoder().encode


class _Unplanned(Exception):
    """There is no plan for this."""


class _Plan(NamedTuple):
    """How a shape of node is written: predicates in order, keys that have one text, and the others
    with their places among them.
    """

    heads: Sequence[bytes]
    texts: Sequence[tuple[str, _One]]
    others: Sequence[tuple[int, str, _Several]]


class Mapper(PlainMapper):
    """Writes nodes through one compiled context, all lines of a node at once where it can."""

    def __init__(self, terms: Terms) -> None:
        super().__init__(terms)
        self._plans = Memo[tuple[object, ...], _Plan]()
        self._wholes = Made[str, bytes](lambda iri: self.iri(iri).encode())
        self._starts = Made[str, bytes](self._start)
        self._parts = Made[str, bytes](_part)
        self._literals = Made[tuple[tuple[str, Json], ...], bytes](
            lambda said: self._literal(dict(said)).encode()
        )
        self._tags = Made[str, bytes](lambda tag: tagged("", tag)[2:].encode())
        self._ones = {key: self._one(term) for key, term in terms.properties.items()}
        self._named = Made[str, bytes](lambda name: self._type(name).encode())

    def __reduce__(self) -> tuple[type[Self], tuple[Terms]]:
        return type(self), (self.terms,)

    def blocks(self, nodes: Iterable[Node], graph: str = "") -> list[bytes]:
        """The canonical N-Quads lines of nodes and their parts: for each of them a block of its
        lines in order, each once; BadMapping for what the context cannot express.

        >>> terms = '"id": "@id", "type": "@type", "ex": "http://example.org/", "name": "ex:name"'
        >>> mapper = compile_context('{"@context": {' + terms + "}}")
        >>> mapper.blocks([{"id": "ex:a", "name": "A"}])
        [b'<http://example.org/a> <http://example.org/name> "A" .\\n']
        """
        end = b" %b .\n" % self.iri(graph).encode() if graph else b" .\n"
        blocks: list[bytes] = []
        for node in nodes:
            whole = len(blocks)
            try:
                self._block(node, end, blocks)
            except (_Unplanned, BadMapping, UnicodeEncodeError):
                blocks[whole:] = _plain_blocks(self.quads(node, graph))
        return blocks

    def _block(self, node: Node, end: bytes, blocks: list[bytes]) -> bytes:
        """Adds the block of a node, and those of nodes in it; returns the node as an object."""
        shape = (*node, *map(type, node.values()))
        plan = self._plans.get(shape) or self._plans.keep(shape, self._plan(node))
        subject = self._link(id_of(node))
        between = end + subject
        objects = [write(node[key]) for key, write in plan.texts]
        for at, key, several in plan.others:
            found = several(node[key], end, blocks)
            if not found:
                raise _Unplanned
            if len(found) > 1:
                found = [(between + plan.heads[at]).join(sorted({*found}))]
            objects.insert(at, found[0])
        blocks.append(b"".join((subject, between.join(map(add, plan.heads, objects)), end)))
        return subject

    def _plan(self, node: Node) -> _Plan:
        """The plan of a node's shape; _Unplanned where there is none."""
        keys = {self._predicate(key): key for key in node if key != "id"}
        if not keys or len(keys) != len(node) - 1 or not isinstance(node.get("id"), str):
            raise _Unplanned
        texts, others = [], []
        for at, (_, key) in enumerate(sorted(keys.items())):
            if type(node[key]) is str:
                texts.append((key, self._named.__getitem__ if key == "type" else self._ones[key]))
            else:
                others.append((at, key, self._several(key, node[key])))
        return _Plan([f" {predicate} ".encode() for predicate in sorted(keys)], texts, others)

    def _predicate(self, key: str) -> str:
        return f"<{RDF_TYPE}>" if key == "type" else self._term(key).predicate

    def _one(self, term: Term) -> _One:
        """What makes the object of a text under a term."""
        match term.kind:
            case "text":
                return _quoted
            case "iri":
                return self._link
            case "texts":
                return _refused
        return Made[str, bytes](lambda text: self._object(term, text).encode()).__getitem__

    def _several(self, key: str, value: Json) -> _Several:
        """What makes the objects of a value under a key that is no text."""
        kind, one = "" if key == "type" else self._term(key).kind, self._ones.get(key)
        match kind, value:
            case "texts", dict():
                return self._by_language
            case "iri", dict():
                return lambda item, end, blocks: [self._object_of(item, end, blocks)]
            case "iri", list():
                return lambda items, end, blocks: [
                    self._object_of(item, end, blocks) for item in items
                ]
            case _, list() if one:
                return lambda items, *_: [*map(one, _texts(items))]
        raise _Unplanned

    def _by_language(self, value: Mapping[str, Json], *_: object) -> list[bytes]:
        """The literals of a language map."""
        found: list[bytes] = []
        for tag, said in value.items():
            texts = _texts(said) if type(said) is list else _texts((said,))
            found += [_quoted(text) + self._tags[tag] for text in texts]
        return found

    def _object_of(self, item: Json, end: bytes, blocks: list[bytes]) -> bytes:
        """The object that an IRI, a literal or a node is."""
        if type(item) is str:
            return self._link(item)
        if type(item) is not dict:
            raise _Unplanned
        if "@value" not in item:
            return self._block(item, end, blocks)
        if {*map(type, item.values())} != {str}:
            raise _Unplanned
        return self._literals[(*item.items(),)]

    def _link(self, iri: str) -> bytes:
        """The term of a compact or full IRI; a part's is that of its whole with a plain name."""
        whole, mark, part = iri.partition("#")
        if mark and (end := self._parts[part]) and (start := self._starts[whole]):
            return start + end
        return self._wholes[iri]

    def _start(self, iri: str) -> bytes:
        """How the terms of the parts of a resource begin; nothing where it is a part itself."""
        whole = self.iri(iri)[:-1]
        return b"" if "#" in whole else f"{whole}#".encode()


def compile_context(context: str) -> Mapper:
    """A mapper for a JSON-LD context given as text; BadMapping for what is not supported."""
    return Mapper(compile_terms(context))


def _plain_blocks(lines: Iterable[str]) -> list[bytes]:
    """The blocks of lines in any order."""
    groups = groupby(sorted({*lines}), lambda line: line.partition(" ")[0])
    return ["".join(group).encode() for _, group in groups]


def _part(name: str) -> bytes:
    """How the IRI of a part ends after its whole; nothing where its name is none, or is rare."""
    return f"{name}>".encode() if _PLAIN.fullmatch(name) else b""


def _quoted(text: str) -> bytes:
    """The text as a quoted N-Quads string: a JSON string, but for two kinds of characters."""
    made = _encode(text)
    return quoted(text).encode() if b"\\u" in made or b"\x7f" in made else made


def _refused(_: str) -> bytes:
    raise _Unplanned


def _texts(items: Sequence[Any]) -> Sequence[str]:
    """The items, if they are texts."""
    if {*map(type, items)} != {str}:
        raise _Unplanned
    return items
