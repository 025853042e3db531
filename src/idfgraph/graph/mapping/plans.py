"""Nodes to N-Quads by plans: what the context makes of nodes with the same keys is found out once,
and then all lines of a node are made at once.

What no plan is for, be it a fault or only rare, the plain writer writes, or refuses.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import groupby
from operator import call, itemgetter
from typing import Any, NamedTuple, Self, TypeAlias

import msgspec

from ...model.errors import BadMapping
from ...model.nodes import Json, Node
from ...model.vocab import RDF_TYPE
from ...system.memo import Made
from .literals import quoted, tagged, typed
from .terms import Term, Terms, compile_terms, expand
from .writer import PlainMapper

#: What makes the predicate and object of a value; or of several, with what stands between two, and
#: adds the nodes among them: with this end of a line, to these blocks.
_One: TypeAlias = Callable[[Any], bytes]
_Several: TypeAlias = Callable[[Any, bytes, bytes, list[bytes]], bytes]

#: A part's name that may stand in any IRI.
_PLAIN = re.compile(r"[A-Za-z0-9._~-]+")

_encode = msgspec.json.Encoder().encode


class _Unplanned(Exception):
    """There is no plan for this."""


class _Plan(NamedTuple):
    """How nodes with some keys are written, in the order of predicates: what gives their values
    that are one text each, and what writes each; of others, the place, the key and what writes it.
    """

    values: Callable[[Node], Sequence[Json]]
    ones: Sequence[_One]
    others: Sequence[tuple[int, str, _Several]]


class Mapper(PlainMapper):
    """Writes nodes through one compiled context, all lines of a node at once where it can."""

    def __init__(self, terms: Terms) -> None:
        super().__init__(terms)
        self._plans = Made[tuple[str, ...], _Plan](self._plan)
        self._wholes = Made[str, bytes](lambda iri: f"<{expand(iri, terms.prefixes)}>".encode())
        self._starts = Made[str, bytes](self._start)
        self._parts = Made[str, bytes](_part)
        self._links = Made[str, bytes](self._link)
        self._tags = Made[str, bytes](lambda tag: tagged("", tag)[2:].encode())
        self._values = Made[str, Made[str, bytes]](self._of_type)
        self._ones = {key: self._one(term) for key, term in terms.properties.items()}
        self._ones["type"] = _kept(_head(f"<{RDF_TYPE}>"), self._type)
        self._others = {
            key: self._several(term)
            for key, term in terms.properties.items()
            if term.several or term.kind in {"iri", "texts"}
        }

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
            except (_Unplanned, BadMapping, TypeError, UnicodeEncodeError):
                blocks[whole:] = _plain_blocks(self.quads(node, graph))
        return blocks

    def _block(self, node: Node, end: bytes, blocks: list[bytes]) -> bytes:
        """Adds the block of a node, and those of nodes in it; returns the node as an object."""
        plan = self._plans[(*node,)]
        subject = self._link(node["id"])
        between = end + subject
        values = plan.values(node)
        try:
            said = [*map(call, plan.ones, values)]
        except TypeError:
            # There is a list where the context speaks of one value; types are never listed.
            if type(node.get("type")) is list:
                raise
            listed = zip(plan.ones, values, strict=False)
            said = [_listed(one)(value, between, end, blocks) for one, value in listed]
        for at, key, write in plan.others:
            said.insert(at, write(node[key], between, end, blocks))
        blocks.append(b"".join((subject, between.join(said), end)))
        return subject

    def _plan(self, names: Sequence[str]) -> _Plan:
        """The plan for nodes with these keys; _Unplanned where there is none."""
        keys = {self._predicate(key): key for key in names if key != "id"}
        if not keys or "id" not in names or len(keys) != len(names) - 1:
            raise _Unplanned
        ordered = [keys[predicate] for predicate in sorted(keys)]
        ones = [key for key in ordered if key not in self._others]
        places = {key: at for at, key in enumerate(ordered) if key in self._others}
        return _Plan(
            itemgetter(*ones, "id"),
            [self._ones[key] for key in ones],
            [(at, key, self._others[key]) for key, at in places.items()],
        )

    def _predicate(self, key: str) -> str:
        return f"<{RDF_TYPE}>" if key == "type" else self._term(key).predicate

    def _one(self, term: Term) -> _One:
        """What writes a text under a term."""
        head = _head(term.predicate)
        if term.kind == "text":
            return lambda text: head + _quoted(text)
        return _kept(head, partial(self._object, term))

    def _several(self, term: Term) -> _Several:
        """What writes what may be several values, or none that is a text, under a term."""
        match term.kind:
            case "texts":
                return self._by_language(_head(term.predicate))
            case "iri":
                return self._linked(_head(term.predicate))
        return _listed(self._ones[term.key])

    def _by_language(self, head: bytes) -> _Several:
        """What writes a language map."""
        tags = self._tags

        def write(value: Any, between: bytes, *_: object) -> bytes:
            """The texts of a map, each with its tag."""
            if type(value) is not dict:
                raise _Unplanned
            said: list[bytes] = []
            for tag, texts in value.items():
                if type(texts) is list:
                    said += [head + _quoted(text) + tags[tag] for text in texts]
                else:
                    said.append(head + _quoted(texts) + tags[tag])
            return said[0] if len(said) == 1 else _joined(between, said)

        return write

    def _linked(self, head: bytes) -> _Several:
        """What writes IRIs, literals and nodes."""
        links, object_of = self._links, self._object_of

        def write(value: Any, between: bytes, end: bytes, blocks: list[bytes]) -> bytes:
            """One of these, or each of a list."""
            if type(value) is str:
                return head + links[value]
            if type(value) is not list:
                return head + object_of(value, end, blocks)
            if len(value) == 1:
                return head + object_of(value[0], end, blocks)
            return _joined(between, [head + object_of(item, end, blocks) for item in value])

        return write

    def _object_of(self, item: Json, end: bytes, blocks: list[bytes]) -> bytes:
        """The object that an IRI, a literal or a node is."""
        if type(item) is str:
            return self._links[item]
        if type(item) is not dict:
            raise _Unplanned
        return self._value(item) if "@value" in item else self._block(item, end, blocks)

    def _value(self, item: Mapping[str, Any]) -> bytes:
        """The literal that a value object is."""
        match (*item,):
            case ("@value",):
                return _quoted(item["@value"])
            case ("@value", "@language"):
                return _quoted(item["@value"]) + self._tags[item["@language"]]
            case ("@value", "@type"):
                return self._values[item["@type"]][item["@value"]]
        raise _Unplanned

    def _of_type(self, datatype: str) -> Made[str, bytes]:
        """The literals of a datatype, by their texts."""
        iri = self.iri(datatype)[1:-1]
        return Made(lambda text: typed(text, iri).encode())

    def _link(self, iri: Any) -> bytes:
        """The term of a compact or full IRI; a part's is that of its whole with a plain name."""
        if type(iri) is not str:
            raise _Unplanned
        whole, mark, part = iri.partition("#")
        if mark and (end := self._parts[part]) and (start := self._starts[whole]):
            return start + end
        return self._wholes[iri]

    def _start(self, iri: str) -> bytes:
        """How the terms of the parts of a resource begin; nothing where it is a part itself."""
        whole = self._wholes[iri][:-1]
        return b"" if b"#" in whole else whole + b"#"


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


def _head(predicate: str) -> bytes:
    return f" {predicate} ".encode()


def _kept(head: bytes, write: Callable[[str], str]) -> _One:
    """What writes a text after its predicate, kept for the next time."""
    return Made[str, bytes](lambda text: head + write(text).encode()).__getitem__


def _listed(one: _One) -> _Several:
    """What writes a list of texts, or one text."""

    def write(value: Any, between: bytes, *_: object) -> bytes:
        """The text, or each of a list."""
        if type(value) is not list:
            return one(value)
        return one(value[0]) if len(value) == 1 else _joined(between, [*map(one, value)])

    return write


def _joined(between: bytes, said: Sequence[bytes]) -> bytes:
    """What is said, in order, each once."""
    if not said:
        raise _Unplanned
    return between.join(sorted({*said}))


def _quoted(text: Any) -> bytes:
    """The text as a quoted N-Quads string: a JSON string, but for two kinds of characters."""
    if type(text) is not str:
        raise TypeError
    made = _encode(text)
    return quoted(text).encode() if 127 in made or (92 in made and b"\\u00" in made) else made
