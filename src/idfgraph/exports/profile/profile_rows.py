"""The rows of the profile: each class, and each property that it has."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ...graph.mapping import Mapper, Term
from ...graph.setting import Vocabulary
from ...model import iris
from ...model.labels import CLASSES, PROPERTIES
from ...model.text import N_, Texts, texts
from ...model.vocab import RDF_TYPE, RDFS, SKOS
from ...system import resources
from .counts import AskedCount, shape_counts
from .examples import read_examples
from .profile_form import ClassWords, GraphKind, profile_form

#: What is called that has no class: what is published no more.
GONE = N_("No longer published")
_GONE_MEANING = N_(
    "What was published and is no more: it has no class, and says why and what takes its place."
)

#: How the compact IRIs begin of values -> the class that they are of.
_CLASSES = {"st:": ("State",), "ag:": ("Organization", "OrganizationalUnit")}

#: A name that no key has, for what is gone.
NO_CLASS = ""

_LABEL, _DEFINITION, _RANGE = f"{RDFS}label", f"{SKOS}definition", f"{RDFS}range"


class ProfileRow(NamedTuple):
    """A property of a class: its key and compact IRI, what it is called and means, how many values
    there are, what they are, and in which kind of graph.

    `kind` is that of the context's term; `classes` are those of its values by name, `codes` the
    compact IRI of the list of its codes; `per_language` says that there is one in a language at
    most, `is_open` that literals are among them as well; `example` is a thing and a value of it, as
    Turtle writes them.
    """

    key: str
    predicate: str
    labels: Texts
    meaning: Texts
    asked: AskedCount
    kind: str
    datatype: str
    classes: Sequence[str]
    codes: str
    graph: GraphKind
    per_language: bool
    is_open: bool
    example: tuple[str, str]


class ProfileClass(NamedTuple):
    """A class with its rows; `part` is the compact IRI of the property that leads to it."""

    name: str
    iri: str
    labels: Texts
    meaning: Texts
    graph: GraphKind
    part: str
    rows: Sequence[ProfileRow]


def profile_classes(words: Vocabulary, mapper: Mapper, base: str) -> Sequence[ProfileClass]:
    """The profile under a base, in its order."""
    return _Profile(words, mapper, base).classes()


class _Profile:
    """What rows are made of."""

    def __init__(self, words: Vocabulary, mapper: Mapper, base: str) -> None:
        self._mapper, self._form = mapper, profile_form()
        self._counts = shape_counts(words.shapes.values())
        self._texts, self._ranges = _read_words(words.ontology)
        examples = iris.rebase(resources.PROFILE_EXAMPLES.read_text("utf-8"), base)
        self._examples = read_examples(examples, mapper.compact)
        self._names = {iri: name for name, iri in mapper.terms.classes.items()}

    def classes(self) -> Sequence[ProfileClass]:
        """All classes, then what has none."""
        gone = ClassWords(NO_CLASS, properties=self._form.gone, always=("deprecated",))
        return [self._class(words) for words in (*self._form.classes, gone)]

    def _class(self, words: ClassWords) -> ProfileClass:
        iri = self._mapper.terms.classes.get(words.name, "")
        own = self._texts.get(iri, {})
        other = texts(CLASSES[words.name]) if words.name in CLASSES else {}
        part = self._mapper.terms.properties[words.part].predicate if words.part else ""
        return ProfileClass(
            words.name,
            self._mapper.compact(iri) if iri else "",
            own.get(_LABEL) or words.label or (other if words.name else texts(GONE)),
            own.get(_DEFINITION) or words.meaning or texts(_GONE_MEANING),
            words.graph,
            self._mapper.compact(part[1:-1]) if part else "",
            [self._row(words, iri, term) for term in self._terms(words, iri)],
        )

    def _terms(self, words: ClassWords, iri: str) -> Iterator[Term]:
        """The terms of a class: those that its closed shape allows, or else those of the table."""
        terms = self._mapper.terms.properties
        if words.properties:
            yield from (terms[key] for key in words.properties)
            return
        for predicate in self._counts.allowed[iri]:
            if predicate == RDF_TYPE or self._asked(iri, predicate).most == 0:
                continue
            if (term := self._term(words, predicate)).key not in words.never:
                yield term

    def _term(self, words: ClassWords, predicate: str) -> Term:
        """The term of a property: one that the table names, or else one that has a meaning."""
        found = [
            term
            for term in self._mapper.terms.properties.values()
            if term.predicate == f"<{predicate}>"
        ]
        named = [term for term in found if term.key in words.keys]
        known = [term for term in found if self._meaning(term)]
        return (named or known or found)[0]

    def _row(self, words: ClassWords, iri: str, term: Term) -> ProfileRow:
        predicate = term.predicate[1:-1]
        said = self._texts.get(predicate, {})
        container = self._container(term.key)
        return ProfileRow(
            term.key,
            self._mapper.compact(predicate),
            said.get(_LABEL) or (texts(PROPERTIES[term.key]) if term.key in PROPERTIES else {}),
            self._meaning(term),
            self._number(words, iri, term, container),
            term.kind,
            self._mapper.compact(term.datatype) if term.datatype else "",
            words.to.get(term.key) or self._classes(term),
            f"code:{codes}" if (codes := _codes(term.prefix)) else "",
            "" if term.key in words.facts else words.graph,
            term.kind == "texts" and "@set" not in container,
            term.key in self._form.open,
            self._examples.get((iri, predicate), ("", "")),
        )

    def _meaning(self, term: Term) -> Texts:
        own = self._texts.get(term.predicate[1:-1], {}).get(_DEFINITION)
        other = self._form.properties.get(term.key)
        return own or (other.meaning if other else {})

    def _asked(self, iri: str, predicate: str) -> AskedCount:
        return self._counts.asked.get((iri, predicate), AskedCount())

    def _number(self, words: ClassWords, iri: str, term: Term, container: object) -> AskedCount:
        """How many values there are: what shapes ask, the table says and the context allows."""
        asked = self._asked(iri, term.predicate[1:-1])
        least = max(asked.least, int(term.key in words.always))
        most = asked.most if container else 1
        return AskedCount(least, most, "" if least else asked.missed)

    def _container(self, key: str) -> str | Sequence[str]:
        """How the context says that values come: several, or one in each language."""
        source = self._mapper.terms.source[key]
        found = source.get("@container", "") if isinstance(source, dict) else ""
        return found if isinstance(found, str | list) else ""

    def _classes(self, term: Term) -> Sequence[str]:
        """The classes of its values, by name."""
        words = self._form.properties.get(term.key)
        range_ = self._names.get(self._ranges.get(term.predicate[1:-1], ""), "")
        if term.prefix in _CLASSES:
            return _CLASSES[term.prefix]
        if _codes(term.prefix):
            return ("Concept",)
        known = {one.name for one in self._form.classes}
        return (words.to if words else ()) or ((range_,) if range_ in known else ())


def _codes(prefix: str) -> str:
    """The name of the list whose codes begin so; empty for what is no list of ours.

    >>> _codes("code:status-"), _codes("st:")
    ('status', '')
    """
    return prefix.removeprefix("code:").rstrip("-") if prefix.startswith("code:") else ""


def _read_words(
    ontology: str,
) -> tuple[Mapping[str, Mapping[str, Texts]], Mapping[str, str]]:
    """The texts by language of each term's predicates, and the ranges of terms."""
    said: dict[str, dict[str, dict[str, str]]] = {}
    ranges: dict[str, str] = {}
    for quad in parse(ontology.encode(), format=RdfFormat.TURTLE):
        name, predicate, value = str(quad.subject)[1:-1], quad.predicate.value, quad.object
        if isinstance(value, Literal) and value.language:
            words = said.setdefault(name, {}).setdefault(predicate, {})
            words[value.language] = value.value
        elif predicate == _RANGE and isinstance(value, NamedNode):
            ranges[name] = value.value
    return said, ranges
