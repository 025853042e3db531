"""A difference as titled tables of plain text, which Markdown and HTML then escape."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import Literal

from ...model.text import LANGUAGES
from ...model.vocab import DCT, PROV, RDF_TYPE, RDFS
from .difference import Difference, EvidenceChange, FieldChange, Item, Names, Resource, Value
from .words import TERMS, kind, word

#: Literals with more characters are told by their length.
_LONG = 300

#: What says when, why and for what a resource was withdrawn.
_WITHDRAWAL = (f"{PROV}invalidatedAtTime", f"{RDFS}comment", f"{DCT}isReplacedBy")


class ChangeVoice(NamedTuple):
    """How things are called: IRIs made short and long again, labels of the ontology's words, names
    from dumps.
    """

    compact: Callable[[str], str]
    expand: Callable[[str], str]
    terms: Mapping[str, Mapping[str, str]]
    names: Names

    def term(self, iri: str, language: str) -> str:
        """What a class or property is called: the ontology's label, or our word for it, or its
        short IRI.
        """
        short = self.compact(iri)
        if short in TERMS:
            return TERMS[short][LANGUAGES.index(language)]
        return self.terms.get(iri, {}).get(language, short)

    def label(self, iri: str, language: str) -> str:
        """What a resource is called in a language, or else in any; nothing if it has no name."""
        labels = self.names.labels.get(iri) or self.terms.get(iri) or {}
        return next(
            (labels[name] for name in (language, *LANGUAGES, *sorted(labels)) if name in labels), ""
        )

    def value(self, value: Value, language: str) -> str:
        """A value in words, with the language of a text."""
        if isinstance(value, Literal):
            text = value.value
            said = text if len(text) <= _LONG else word("characters", language).format(len(text))
            return f"{said} ({value.language})" if value.language else said
        return self.label(value.value, language) or self.compact(value.value)


class ChangeTable(NamedTuple):
    """A titled table: a number of things in it, its heads, its rows."""

    title: str
    number: int
    heads: Sequence[str]
    rows: Iterator[Sequence[str]]


def tables(found: Difference, voice: ChangeVoice, language: str) -> Iterator[ChangeTable]:
    """The tables of a difference, those with something in them."""
    added, changed, withdrawn = (found.of(state) for state in ("added", "changed", "withdrawn"))
    teller = _Teller(voice, language)
    evidence = sorted(teller.evidence(found.evidence).items())
    for name, things, heads, rows in (
        ("added", added, "resource kind title", map(teller.named, added)),
        ("changed", changed, "resource title field before after", teller.changes(changed)),
        (
            "withdrawn",
            withdrawn,
            "resource kind title since reason instead",
            map(teller.withdrawn, withdrawn),
        ),
        (
            "evidence",
            evidence,
            "of gone new",
            ([key, *map(str, numbers)] for key, numbers in evidence),
        ),
    ):
        if things:
            yield ChangeTable(
                word(name, language),
                len(things),
                [word(head, language) for head in heads.split()],
                rows,
            )


def subjects(one: EvidenceChange, voice: ChangeVoice) -> list[str]:
    """What evidence is about (compact IRIs): records, or else its own graph."""
    group, _, name = one.graph.partition("/")
    if group == "graph:source":
        return sorted(
            map(voice.compact, voice.names.records.get(voice.expand(f"src:{name}"), ()))
        ) or [one.graph]
    known = (
        id_ for id_ in (f"prj:{name}", f"prg:{name}") if voice.expand(id_) in voice.names.labels
    )
    return [next(known, one.graph)]


class _Teller:
    """What puts things into words of one language."""

    def __init__(self, voice: ChangeVoice, language: str) -> None:
        self._voice, self._language = voice, language

    def named(self, resource: Resource) -> list[str]:
        """A resource with its kind and title."""
        return [resource.id, kind(resource.id, self._language), self._title(resource)]

    def withdrawn(self, resource: Resource) -> list[str]:
        """A resource that is gone, with what is said of that."""
        own = {field.property: field for item in resource.items[:1] for field in item.fields}
        since, reason, instead = (
            self._one(own[key].added) if key in own else "" for key in _WITHDRAWAL
        )
        return [*self.named(resource), since.partition("T")[0], reason, instead]

    def changes(self, resources: Sequence[Resource]) -> Iterator[list[str]]:
        """A row for each field that changed, and for each part that is new or gone."""
        for resource in resources:
            for row in self._rows(resource):
                yield [resource.id, self._title(resource), *row]

    def evidence(self, several: Sequence[EvidenceChange]) -> Mapping[str, tuple[int, int]]:
        """How many statements are gone and new, by what they are about; a page of two records
        counts for both.
        """
        counts: dict[str, tuple[int, int]] = {}
        for one in several:
            for id_ in subjects(one, self._voice):
                shown = word("run", self._language) if id_ == "graph:run" else id_
                removed, added = counts.get(shown, (0, 0))
                counts[shown] = (removed + one.removed, added + one.added)
        return counts

    def _rows(self, resource: Resource) -> Iterator[list[str]]:
        told = {item.id for item in resource.items if item.id != resource.id}
        for item in resource.items:
            name = self._part(item) if item.id in told else ""
            if name and item.was != item.now:
                said = self._summary(item)
                yield [name, said, ""] if item.was else [name, "", said]
                continue
            for field in item.fields:
                sides = [
                    self._one(values) if name else self._side(values, told) for values in field[1:]
                ]
                said = self._voice.term(field.property, self._language)
                if any(sides):
                    yield [
                        word("named", self._language).format(name, said) if name else said,
                        *sides,
                    ]

    def _part(self, item: Item) -> str:
        """The name of a part: what it is, and its own name in the resource."""
        fragment = item.id.partition("#")[2]
        return (
            f"{self._voice.term(item.type, self._language)} ({fragment})" if item.type else fragment
        )

    def _side(self, values: Sequence[Value], told: set[str]) -> str:
        """Values in words, but not those that are parts with rows of their own."""
        some = (value for value in values if self._voice.compact(value.value) not in told)
        return "; ".join(self._voice.value(value, self._language) for value in some)

    def _summary(self, item: Item) -> str:
        """A whole part: its values that have words, its texts in one language."""
        fields = [field for field in item.fields if field.property != RDF_TYPE]
        return " · ".join(filter(None, map(self._brief, fields)))

    def _brief(self, field: FieldChange) -> str:
        values = field.added or field.removed
        if any(isinstance(value, Literal) for value in values):
            return self._one(values)
        return "; ".join(
            filter(None, (self._voice.label(value.value, self._language) for value in values))
        )

    def _one(self, values: Sequence[Value]) -> str:
        """One text of several languages, without saying which; other values as they are."""
        texts = {
            value.language: value
            for value in values
            if isinstance(value, Literal) and value.language
        }
        if not texts:
            return "; ".join(self._voice.value(value, self._language) for value in values)
        text = next(
            texts[name] for name in (self._language, *LANGUAGES, *sorted(texts)) if name in texts
        )
        return self._voice.value(Literal(text.value), self._language)

    def _title(self, resource: Resource) -> str:
        return self._voice.label(self._voice.expand(resource.id), self._language)
