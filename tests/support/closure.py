"""What follows from statements under RDFS and OWL 2 RL (https://www.w3.org/TR/owl2-profiles/), with
the vocabularies that they use.

Each literal gives way to an IRI that stands for it: the reasoner compares all literals with one
another, and says nothing of an IRI that is taken for a text, or a text that is taken for a thing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import owlrl
import pyoxigraph as ox
from owlrl.Namespaces import ERRNS
from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from idfgraph.model.iris import BASE

ROOT = Path(__file__).parents[2]
VOCABULARIES = ROOT / "tests" / "data" / "vocabularies"

#: Namespace -> its prefix in the table of expected types.
PREFIXES = {
    f"{BASE}def#": "idf",
    str(OWL): "owl",
    str(RDF): "rdf",
    str(RDFS): "rdfs",
    str(SKOS): "skos",
    str(XSD): "xsd",
    "http://purl.org/dc/terms/": "dct",
    "http://purl.org/linked-data/cube#": "qb",
    "http://rdfs.org/ns/void#": "void",
    "http://schema.org/": "schema-http",
    "http://spdx.org/rdf/terms#": "spdx",
    "http://www.w3.org/ns/adms#": "adms",
    "http://www.w3.org/ns/dcat#": "dcat",
    "http://www.w3.org/ns/dqv#": "dqv",
    "http://www.w3.org/ns/dx/prof/": "prof",
    "http://www.w3.org/ns/oa#": "oa",
    "http://www.w3.org/ns/org#": "org",
    "http://www.w3.org/ns/prov#": "prov",
    "http://www.w3.org/ns/shacl#": "sh",
    "http://www.w3.org/2006/vcard/ns#": "vcard",
    "http://xmlns.com/foaf/0.1/": "foaf",
    "https://schema.org/": "schema",
}

#: Types that everything has.
_COMMON = {OWL.Thing, RDFS.Resource}

DOMAIN = URIRef("https://schema.org/domainIncludes")
_LITERAL = "urn:literal:"

Triple = tuple[Node, Node, Node]


class KindType(NamedTuple):
    """That resources of a kind have a type; `how` is `stated` or `inferred`."""

    kind: str
    how: str
    type: str


class _Semantics(owlrl.OWLRL_Semantics):  # type: ignore[misc]
    """The rules of OWL 2 RL, but that each thing is the same as itself, which doubles the work."""

    def _equality(self, triple: Triple, cycle_num: int) -> None:
        subject, predicate, value = triple
        if value == OWL.AllDifferent or (
            predicate in {OWL.sameAs, OWL.differentFrom} and subject != value
        ):
            super()._equality(triple, cycle_num)


class Closure:
    """Statements, our vocabulary among them, and all that follows with those of others."""

    def __init__(self, statements: Iterable[Triple]) -> None:
        self.statements = {*statements, *of_file(ROOT / "ontology" / "idf.ttl")}
        self._literals: dict[Node, Literal] = {}
        self._stated = Graph()
        for subject, predicate, value in self.statements:
            self._stated.add((subject, predicate, self._stand_in(value)))
        self._all = axioms() + self._stated
        owlrl.DeductiveClosure(_Semantics, rdfs_closure=True).expand(self._all)

    def contradictions(self) -> list[str]:
        """What cannot be true together, and what would be one and the same."""
        said = {str(message) for message in self._all.objects(None, ERRNS.error)}
        one = (f"{one} would be {other}" for one, other in self._same())
        return sorted([*map(self._readable, said), *map(self._readable, one), *self._labels()])

    def misplaced(self) -> list[str]:
        """What properties of ours are said of, though they are meant for other things: what
        schema:domainIncludes says, which entails nothing.
        """
        return sorted(
            f"{short(predicate)} is said of {subject}"
            for predicate in set(self._stated.subjects(DOMAIN))
            for subject in set(self._stated.subjects(predicate))
            if not set(self._stated.objects(predicate, DOMAIN))
            & set(self._all.objects(subject, RDF.type))
        )

    def types(self) -> Counter[KindType]:
        """The types of resources, by kind, and how many resources have them."""
        found: Counter[KindType] = Counter()
        for node, type_ in self._all.subject_objects(RDF.type):
            if isinstance(type_, URIRef) and type_ not in _COMMON and not _is_known(node):
                stated = (node, RDF.type, type_) in self._stated
                how = "stated" if stated else "inferred"
                found[KindType(self.kind(node), how, short(type_))] += 1
        return found

    def kind(self, node: Node) -> str:
        """What a resource is by what is stated of it, or else by where it is."""
        if node in self._literals:
            literal = self._literals[node]
            return "a text in a language" if literal.language else f"a literal {_datatype(literal)}"
        if types := sorted(map(short, self._stated_types.get(node, ()))):
            return " + ".join(types)
        if str(node).startswith(BASE):
            steps = str(node).removeprefix(BASE).partition("#")[0].split("/")
            return f"untyped in {'/'.join(steps[:-1][:2]) or 'the base'}"
        return "a term elsewhere" if short(node) != str(node) else "elsewhere"

    @cached_property
    def _stated_types(self) -> dict[Node, set[Node]]:
        types: dict[Node, set[Node]] = defaultdict(set)
        for node, type_ in self._stated.subject_objects(RDF.type):
            types[node].add(type_)
        return types

    def _stand_in(self, value: Node) -> Node:
        if not isinstance(value, Literal):
            return value
        node = URIRef(_LITERAL + sha256(value.n3().encode()).hexdigest()[:16])
        self._literals[node] = value
        return node

    def _same(self) -> Iterator[tuple[str, str]]:
        """Different names that would be of one thing."""
        for one, other in self._all.subject_objects(OWL.sameAs):
            if str(one) < str(other) and not isinstance(one, BNode) and not _is_known(one):
                yield str(one), str(other)

    def _labels(self) -> Iterator[str]:
        """Resources with two preferred labels in one language (SKOS S14)."""
        seen = Counter(
            (str(subject), value.language)
            for subject, predicate, value in self.statements
            if predicate == SKOS.prefLabel and isinstance(value, Literal)
        )
        for (subject, language), number in seen.items():
            if number > 1:
                yield f"{subject} has {number} preferred labels in {language}"

    def _readable(self, message: str) -> str:
        """A message with the literals that stand-ins are for."""
        for node, literal in self._literals.items() if _LITERAL in message else ():
            message = message.replace(str(node), literal.n3())
        return message


@cache
def axioms() -> Graph:
    """The vocabularies of others, and the integrity conditions of SKOS."""
    graph = Graph()
    for file in sorted(VOCABULARIES.iterdir()):
        if file.suffix in {".nt", ".ttl"}:
            graph += Graph().parse(file)
    return graph


@cache
def _known() -> frozenset[Node]:
    """What the vocabularies of others speak of."""
    return frozenset(axioms().subjects()) | frozenset(axioms().objects())


def _is_known(node: Node) -> bool:
    builtin = str(node).startswith((str(OWL), str(RDF), str(RDFS), str(XSD)))
    return builtin or node in _known() or isinstance(node, BNode)


def short(iri: Node) -> str:
    """An IRI with its prefix, if it has one."""
    text = str(iri)
    found = (space for space in PREFIXES if text.startswith(space))
    space = max(found, key=len, default="")
    return f"{PREFIXES[space]}:{text.removeprefix(space)}" if space else text


def _datatype(literal: Literal) -> str:
    return short(literal.datatype or XSD.string)


def triples(lines: Iterable[str]) -> Iterator[Triple]:
    """The triples of N-Quads lines, graphs forgotten."""
    for quad in ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_QUADS):
        yield term(quad.subject), term(quad.predicate), term(quad.object)


def term(found: object) -> Node:
    """A term of pyoxigraph as one of rdflib."""
    if isinstance(found, ox.Literal):
        datatype = None if found.language else URIRef(found.datatype.value)
        plain = None if datatype in {XSD.string, None} else datatype
        return Literal(found.value, lang=found.language, datatype=plain, normalize=False)
    if isinstance(found, ox.NamedNode):
        return URIRef(found.value)
    raise TypeError(f"{found} is no term of ours")


def of_dump(release: Path) -> Iterator[Triple]:
    """All that the dump of a release states."""
    yield from triples([(release / "data" / "idf.nq").read_text("utf-8")])


def of_release(release: Path) -> Iterator[Triple]:
    """All that a release states: its dump, and its Turtle files but for the shapes."""
    yield from of_dump(release)
    for file in sorted(release.rglob("*.ttl")):
        if not {"shapes", "archive"} & set(file.relative_to(release).parts):
            yield from of_file(file)


def of_file(file: Path) -> Iterator[Triple]:
    """All that a file states."""
    for quad in ox.parse(path=file):
        yield term(quad.subject), term(quad.predicate), term(quad.object)
