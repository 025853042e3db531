"""The ontology and the shapes as they are told to people: labels, what things mean, what must
hold.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ...model.layout import ONTOLOGY
from ...model.text import Texts
from ...model.vocab import DCT, OWL, RDF_TYPE, RDFS, SCHEMA, SEVERITIES, SH, SKOS

_KINDS = {
    f"{OWL}Class": "classes",
    f"{OWL}ObjectProperty": "properties",
    f"{OWL}DatatypeProperty": "properties",
    f"{OWL}AnnotationProperty": "properties",
}
#: The objects of a subject by predicate.
_Objects = Mapping[str, Sequence[NamedNode | Literal]]

_PARENTS = (f"{RDFS}subClassOf", f"{RDFS}subPropertyOf")
_DOMAINS = (f"{RDFS}domain", f"{SCHEMA}domainIncludes")
_RANGES = (f"{RDFS}range", f"{SCHEMA}rangeIncludes")

#: What the name of a term of ours stands after; terms of others are only named.
_OURS = f"/{ONTOLOGY}#"


class OntologyTerm(NamedTuple):
    """A class or property of ours: its full IRI and local name, its texts, and the IRIs that it is
    tied to.
    """

    iri: str
    name: str
    kind: str
    labels: Texts
    meaning: Texts
    parents: Sequence[str]
    domains: Sequence[str]
    ranges: Sequence[str]
    alike: Sequence[str]


class RuleTexts(NamedTuple):
    """A shape that reports name: its IRI, the last part of it, its severity, constraints, and
    texts.
    """

    iri: str
    name: str
    severity: str
    numbers: Sequence[str]
    titles: Texts
    messages: Texts
    why: Texts


def read_ontology(turtle: str) -> tuple[OntologyTerm, ...]:
    """The classes and properties that an ontology defines, by local name.

    >>> text = '<http://e/def#Project> a <http://www.w3.org/2002/07/owl#Class> .'
    >>> [(word.name, word.kind) for word in read_ontology(text)]
    [('Project', 'classes')]
    """
    words = (
        _word(subject, said) for subject, said in _statements(turtle).items() if _OURS in subject
    )
    return tuple(
        sorted(
            (word for word in words if word.kind),
            key=lambda word: (word.name.casefold(), word.name),
        )
    )


def read_rules(turtle: str) -> tuple[RuleTexts, ...]:
    """The rules of a file of shapes, gravest first.

    >>> read_rules("")
    ()
    """
    rules = [
        _rule(subject, said)
        for subject, said in _statements(turtle).items()
        if f"{SH}message" in said
    ]
    return tuple(sorted(rules, key=lambda rule: (SEVERITIES.index(rule.severity), rule.iri)))


def _statements(turtle: str) -> Mapping[str, _Objects]:
    """The objects of each subject by predicate; blank nodes are left out."""
    said: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    for quad in parse(turtle.encode(), format=RdfFormat.TURTLE):
        subject, object_ = quad.subject, quad.object
        if isinstance(subject, NamedNode) and isinstance(object_, NamedNode | Literal):
            said[subject.value][quad.predicate.value].append(object_)
    return said


def _word(iri: str, said: _Objects) -> OntologyTerm:
    kinds = (_KINDS.get(type_.value, "") for type_ in said.get(RDF_TYPE, ()))
    return OntologyTerm(
        iri=iri,
        name=iri.rpartition("#")[2],
        kind=next(filter(None, kinds), ""),
        labels=_texts(said, f"{RDFS}label"),
        meaning=_texts(said, f"{SKOS}definition") or _texts(said, f"{RDFS}comment"),
        parents=_iris(said, *_PARENTS),
        domains=_iris(said, *_DOMAINS),
        ranges=_iris(said, *_RANGES),
        alike=_iris(said, f"{RDFS}seeAlso"),
    )


def _rule(iri: str, said: _Objects) -> RuleTexts:
    severities = _iris(said, f"{SH}severity") or (f"{SH}Violation",)
    return RuleTexts(
        iri=iri,
        name=iri.partition("/shapes/")[2].replace("#", "/") or iri,
        severity=severities[0].removeprefix(SH),
        numbers=sorted(number.value for number in said.get(f"{DCT}identifier", ())),
        titles=_texts(said, f"{SH}name"),
        messages=_texts(said, f"{SH}message"),
        why=_texts(said, f"{SH}description"),
    )


def _texts(said: _Objects, predicate: str) -> Texts:
    return {
        text.language or "": text.value
        for text in said.get(predicate, ())
        if isinstance(text, Literal)
    }


def _iris(said: _Objects, *predicates: str) -> Sequence[str]:
    return tuple(_ordered(said, predicates))


def _ordered(said: _Objects, predicates: tuple[str, ...]) -> Iterator[str]:
    for predicate in predicates:
        yield from sorted(
            thing.value for thing in said.get(predicate, ()) if isinstance(thing, NamedNode)
        )
