"""Linked records to N-Quads, node by node, through the compiled context: nothing is dropped,
nothing is guessed.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeGuard

from ...model.errors import BadMapping
from ...model.nodes import Json, Node, is_literal, is_node
from ...model.vocab import RDF_TYPE
from ...system.memo import Memo
from .literals import quoted, tagged, typed
from .terms import Term, Terms, expand

#: What each part of a context has.
_ALWAYS = frozenset({"@version", "id", "type"})


class Link(NamedTuple):
    """That a node's value under a key (a code, a compact IRI, a part) leads to a resource."""

    key: str
    value: Json
    target: str


class PlainMapper:
    """Writes nodes through one compiled context, value by value."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._types = {name: f"<{iri}>" for name, iri in terms.classes.items()}
        self._iris = Memo[str, str]()
        self._known = Memo[tuple[str, str], Sequence[str]]()
        self._prefixes = {key: _prefixes_in(value) for key, value in terms.source.items()}

    def quads(self, node: Node, graph: str = "") -> Iterator[str]:
        """The canonical N-Quads lines of a node and its parts; BadMapping for what the context
        cannot express.
        """
        end = f" {self.iri(graph)} .\n" if graph else " .\n"
        lines: list[str] = []
        self._write(node, end, lines)
        return iter(lines)

    def iri(self, iri: Json) -> str:
        """The N-Triples term of a compact or full IRI."""
        if not isinstance(iri, str):
            raise BadMapping(f"{iri!r} stands where an IRI is meant")
        if (known := self._iris.get(iri)) is None:
            known = self._iris.keep(iri, f"<{expand(iri, self.terms.prefixes)}>")
        return known

    def objects(self, key: str, value: Json) -> Sequence[str]:
        """The N-Triples terms of a value under a key, or of each item of it.

        >>> from .terms import compile_terms
        >>> terms = '"id": "@id", "type": "@type", "ex": "http://example.org/", "name": "ex:name"'
        >>> mapper = PlainMapper(compile_terms('{"@context": {' + terms + "}}"))
        >>> mapper.objects("name", ["A", "B"])
        ['"A"', '"B"']
        """
        if isinstance(value, str):
            return self._object_terms(key, value)
        return [one for item in _listed(value) for one in self._object_terms(key, item)]

    def _object_terms(self, key: str, item: Json) -> Sequence[str]:
        """The terms of one item; those of a text are kept."""
        if not isinstance(item, str):
            return self._objects(self._term(key), item, "", [])
        if (known := self._known.get((key, item))) is None:
            known = self._known.keep((key, item), (self._object(self._term(key), item),))
        return known

    def compact(self, iri: str) -> str:
        """The compact form of a full IRI under one of our prefixes; the IRI itself under none."""
        fitting = (
            (base, name) for name, base in self.terms.prefixes.items() if iri.startswith(base)
        )
        base, name = max(fitting, key=lambda pair: len(pair[0]), default=("", ""))
        return f"{name}:{iri[len(base) :]}" if name else iri

    def links(self, node: Node) -> Iterator[Link]:
        """What a node and its parts lead to, by the key of the node itself; a nested node that is
        no part is cut down to what leads there.
        """
        for key, value in node.items():
            for item in _listed(value):
                yield from self._leading(key, item)

    def _leading(self, key: str, item: Json) -> Iterator[Link]:
        term = self.terms.properties.get(key)
        if term is None or term.kind not in {"iri", "code"}:
            return
        if isinstance(item, str):
            yield Link(key, item, item if term.kind == "iri" else term.prefix + item)
        elif term.kind == "iri" and _is_object(item) and not is_literal(item):
            head = {name: item[name] for name in ("id", "type") if name in item}
            is_part = "#" in str(item.get("id"))
            for link in self.links(item):
                shown = item if is_part else {**head, link.key: [link.value]}
                yield Link(key, shown, link.target)

    def _write(self, node: Node, end: str, lines: list[str]) -> None:
        try:
            subject = self.iri(node["id"])
        except KeyError:
            raise BadMapping("a node has no id", hint="name every node: no blank nodes") from None
        for key, value in node.items():
            if key == "type":
                lines.append(f"{subject} <{RDF_TYPE}> {self._type(value)}{end}")
            elif key != "id":
                term = self._term(key)
                if term.kind == "texts" and not isinstance(value, Mapping):
                    raise BadMapping(f"{key!r} needs a text for each language, not {value!r}")
                head = f"{subject} {term.predicate} "
                for item in _listed(value):
                    for written in self._objects(term, item, end, lines):
                        lines.append(f"{head}{written}{end}")

    def _objects(self, term: Term, item: Json, end: str, lines: list[str]) -> Sequence[str]:
        """The N-Triples terms that a value stands for; a node is written on the way."""
        if isinstance(item, str):
            return (self._object(term, item),)
        if term.kind == "texts" and isinstance(item, Mapping):
            return [tagged(text, tag) for tag, texts in item.items() for text in _listed(texts)]
        if term.kind == "iri" and is_literal(item):
            return (self._literal(item),)
        if term.kind == "iri" and _is_object(item):
            self._write(item, end, lines)
            item = item["id"]
        return (self._object(term, item),)

    def _literal(self, item: Node) -> str:
        """The N-Triples term of a value object (https://www.w3.org/TR/json-ld11/#value-objects)."""
        text = item["@value"]
        if item.keys() - {"@value", "@type", "@language"} or len(item) > 2:
            raise BadMapping(f"{dict(item)!r} says more of a value than its type or its language")
        if "@type" in item:
            return typed(text, self.iri(item["@type"])[1:-1])
        if "@language" in item:
            return tagged(text, item["@language"])
        return quoted(text)

    def _object(self, term: Term, item: Json) -> str:
        match term.kind:
            case "text":
                return quoted(item)
            case "typed":
                return typed(item, term.datatype)
            case "code":
                return self._code(term, item)
            case "term":
                return self._term(item).predicate
        return self.iri(item)

    def _term(self, key: Json) -> Term:
        if not isinstance(key, str) or (term := self.terms.properties.get(key)) is None:
            raise BadMapping(f"the key {key!r} is not in the context")
        return term

    def context_for(self, nodes: Sequence[Node]) -> Mapping[str, object]:
        """The part of the context that these nodes use: their keys, types and prefixes."""
        used = set[str]()
        for node in nodes:
            _add_words(node, used)
        keys = self.terms.source.keys() & used
        named = {word.partition(":")[0] for word in used if ":" in word}
        kept = keys.union(named, *(self._prefixes[key] for key in keys), _ALWAYS)
        return {key: value for key, value in self.terms.source.items() if key in kept}

    def _type(self, name: Json) -> str:
        if not isinstance(name, str) or (type_ := self._types.get(name)) is None:
            raise BadMapping(f"the type {name!r} is not in the context")
        return type_

    def _code(self, term: Term, word: Json) -> str:
        if not isinstance(word, str) or ":" in word or word[:1] == "@" or word in self.terms.source:
            raise BadMapping(f"{word!r} cannot be a code of {term.key!r}: it reads as another name")
        return self.iri(term.vocab + word)


def _add_words(node: Node, words: set[str]) -> None:
    """Adds the keys, types and IRIs of a node and its parts."""
    words.update(node)
    for value in node.values():
        for item in value if type(value) is list else (value,):
            if type(item) is str:
                words.add(item)
            elif is_literal(item):
                words.add(str(item.get("@type", "")))
            elif is_node(item):
                _add_words(item, words)


def _prefixes_in(definition: object) -> Sequence[str]:
    """The prefixes that a term's definition names."""
    return [text.partition(":")[0] for text in _strings(definition) if ":" in text]


def _strings(value: object) -> Iterator[str]:
    """The texts in a term's definition."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for item in value.values() for text in _strings(item))


def _is_object(value: Json) -> TypeGuard[Node]:
    """Whether a value is to be written as a node."""
    return isinstance(value, Mapping)


def _listed(value: Json) -> Sequence[Json]:
    return value if isinstance(value, list) else (value,)
