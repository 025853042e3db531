"""A difference as titled tables of plain text in one language."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import Literal

from ...model.iris import resource_of
from ...model.labels import KINDS
from ...model.text import N_, Texts, chosen, decimal, gettext, pgettext, texts
from ...model.vocab import DCT, PROV, RDF_TYPE, RDFS, XSD
from ..changelog import LONG, Changelog, ChangeTable, change_heads, named, text_length
from .difference import Difference, EvidenceChange, FieldChange, Item, Names, Resource, Value

#: The datatype of amounts.
_DECIMAL = f"{XSD}decimal"

#: What says when, why and for what a resource was withdrawn.
_WITHDRAWAL = (f"{PROV}invalidatedAtTime", f"{RDFS}comment", f"{DCT}isReplacedBy")


class ReleaseVoice(NamedTuple):
    """How things are called: IRIs made short and long again, labels of the ontology's terms and
    messages for those of others by full IRI, names from dumps.
    """

    compact: Callable[[str], str]
    expand: Callable[[str], str]
    terms: Mapping[str, Texts]
    others: Mapping[str, str]
    names: Names

    def term(self, iri: str, language: str) -> str:
        """What a class or property is called; its short IRI if it has no name."""
        if iri in self.others:
            return gettext(self.others[iri], language)
        return self.terms.get(iri, {}).get(language) or self.compact(iri)

    def kind(self, id_: str, language: str) -> str:
        """What a resource is, by its compact IRI; nothing if that does not tell."""
        prefix = id_.partition(":")[0]
        return gettext(KINDS[prefix], language) if prefix in KINDS else ""

    def labels(self, iri: str) -> Texts:
        """What a resource or a term is called, by language."""
        others = texts(self.others[iri]) if iri in self.others else {}
        return self.names.labels.get(iri) or self.terms.get(iri) or others

    def label(self, iri: str, language: str) -> str:
        """What a resource is called in a language, or else in any; nothing if it has no name."""
        return chosen(self.labels(iri), language)[0]

    def value(self, value: Value, language: str) -> str:
        """A value in words, an amount as the language writes it, with the language of a text."""
        if not isinstance(value, Literal):
            return self.label(value.value, language) or self._unlabelled(value.value, language)
        if value.datatype.value == _DECIMAL:
            return decimal(value.value, language)
        size = len(value.value)
        text = value.value if size <= LONG else text_length(size, language)
        return f"{text} ({value.language})" if value.language else text

    def _unlabelled(self, iri: str, language: str) -> str:
        """What stands for a resource without a label: what it is, and its id."""
        whole = resource_of(self.compact(iri))
        kind = self.kind(whole, language)
        return f"{kind} {_id(whole)}" if kind else self.compact(iri)

    def has_term(self, iri: str) -> bool:
        """Whether people have a word for a property; others are for programs."""
        return iri in self.others or iri in self.terms

    def subjects(self, one: EvidenceChange) -> list[str]:
        """What evidence is about (compact IRIs): records, or else its own graph."""
        group, _, name = one.graph.partition("/")
        if group == "graph:source":
            records = self.names.records.get(self.expand(f"src:{name}"), ())
            return sorted({resource_of(self.compact(one)) for one in records}) or [one.graph]
        ids = (f"prj:{name}", f"prg:{name}")
        return [next((id_ for id_ in ids if self.expand(id_) in self.names.labels), one.graph)]


def _id(resource: str) -> str:
    """The id that a compact IRI ends with."""
    return resource.partition(":")[2]


def difference_log(
    found: Difference, voice: ReleaseVoice, language: str, name: Callable[[str], str] = _id
) -> Changelog:
    """The changelog of a difference in a language; `name` makes of the compact IRI of a resource
    what its rows begin with.

    >>> same = Difference("1f", "1f", (), ())
    >>> difference_log(same, ReleaseVoice(str, str, {}, {}, Names({}, {})), "en").paragraphs[1]
    'Nothing changed: both releases make the same statements.'
    """
    sides = gettext("From release {old} to {new}", language, old=found.old, new=found.new)
    same = gettext("Nothing changed: both releases make the same statements.", language)
    return Changelog(
        language,
        gettext("What changed", language),
        [sides] if found.resources or found.evidence else [sides, same],
        (table for table in _DifferenceTables(voice, language, name).of(found) if table.number),
    )


class _DifferenceTables:
    """The tables of a difference in one language."""

    def __init__(self, voice: ReleaseVoice, language: str, name: Callable[[str], str]) -> None:
        self._voice, self._language, self._name = voice, language, name

    def of(self, found: Difference) -> Iterator[ChangeTable]:
        """All tables, those with nothing in them, too."""
        added, changed, withdrawn = (found.of(state) for state in ("added", "changed", "withdrawn"))
        evidence = sorted(self._evidence(found.evidence).items())
        language = self._language
        resource, kind, title = (
            gettext(head, language) for head in (N_("Resource"), N_("Kind"), N_("Title"))
        )
        withdrawal = [
            gettext(head, language) for head in (N_("Since"), N_("Reason"), N_("In its place"))
        ]
        yield ChangeTable(
            pgettext("what became of resources", "Added", language),
            len(added),
            [resource, kind, title],
            map(self._named, added),
        )
        yield ChangeTable(
            pgettext("what became of resources", "Changed", language),
            len(changed),
            [resource, title, *change_heads(language)],
            self._changes(changed),
        )
        yield ChangeTable(
            gettext("Withdrawn or no longer there", language),
            len(withdrawn),
            [resource, kind, title, *withdrawal],
            map(self._withdrawn, withdrawn),
        )
        yield ChangeTable(
            gettext("Evidence: statements on what pages say and on decisions", language),
            len(evidence),
            [
                gettext("About", language),
                pgettext("of statements", "Gone", language),
                pgettext("of statements", "New", language),
            ],
            ([name, *map(str, numbers)] for name, numbers in evidence),
        )

    def _named(self, resource: Resource) -> list[str]:
        """A resource with its kind and title."""
        return [
            self._name(resource.id),
            self._voice.kind(resource.id, self._language),
            self._title(resource),
        ]

    def _withdrawn(self, resource: Resource) -> list[str]:
        """A resource that is gone, with what is said of that."""
        items = [item for item in resource.items if not item.is_part]
        own = {field.property: field for item in items for field in item.fields}
        since, reason, instead = (
            self._one(own[key].added) if key in own else "" for key in _WITHDRAWAL
        )
        return [*self._named(resource), since.partition("T")[0], reason, instead]

    def _changes(self, resources: Sequence[Resource]) -> Iterator[list[str]]:
        """A row for each field that changed, and for each part that is new or gone."""
        for resource in resources:
            for row in self._rows(resource):
                yield [self._name(resource.id), self._title(resource), *row]

    def _evidence(self, several: Sequence[EvidenceChange]) -> Mapping[str, tuple[int, int]]:
        """How many statements are gone and new, by what they are about; a page of two records
        counts for both.
        """
        run = gettext("the run and the data set", self._language)
        counts: dict[str, tuple[int, int]] = {}
        for one in several:
            for id_ in self._voice.subjects(one):
                name = run if id_ == "graph:run" else self._name(id_)
                removed, added = counts.get(name, (0, 0))
                counts[name] = (removed + one.removed, added + one.added)
        return counts

    def _rows(self, resource: Resource) -> Iterator[list[str]]:
        told = {item.id for item in resource.items}
        for item in resource.items:
            name = self._part(item) if item.is_part else ""
            if name and item.was != item.now:
                summary = self._summary(item)
                yield [name, summary, ""] if item.was else [name, "", summary]
                continue
            for field in item.fields:
                sides = [
                    self._one(values) if name else self._side(values, told)
                    for values in (field.removed, field.added)
                ]
                term = self._voice.term(field.property, self._language)
                is_told = self._voice.has_term(field.property) or not name
                if is_told and any(sides) and not (item.is_record and field.property == RDF_TYPE):
                    yield [named(name, term, self._language) if name else term, *sides]

    def _part(self, item: Item) -> str:
        """The name of a part: what it is, and what it is about, or else its own name in the
        resource.
        """
        fragment = item.id.partition("#")[2]
        about = item.about or self._voice.expand(f"idf:{fragment}")
        name = self._voice.label(about, self._language) or fragment
        return f"{self._voice.term(item.type, self._language)} ({name})" if item.type else name

    def _side(self, values: Sequence[Value], told: set[str]) -> str:
        """Values in words, but not those that have rows of their own."""
        return self._said([one for one in values if self._voice.compact(one.value) not in told])

    def _summary(self, item: Item) -> str:
        """A whole part: its values that have words, its texts in one language."""
        fields = [field for field in item.fields if field.property != RDF_TYPE]
        return " · ".join(filter(None, map(self._brief, fields)))

    def _brief(self, field: FieldChange) -> str:
        values = field.added or field.removed
        if any(isinstance(value, Literal) for value in values):
            return self._one(values)
        labels = (self._voice.label(value.value, self._language) for value in values)
        return "; ".join(filter(None, labels))

    def _one(self, values: Sequence[Value]) -> str:
        """One text of several languages, without saying which; other values as they are."""
        texts = {
            value.language: value.value
            for value in values
            if isinstance(value, Literal) and value.language
        }
        shown = [Literal(chosen(texts, self._language)[0])] if texts else values
        return self._said(shown)

    def _said(self, values: Sequence[Value]) -> str:
        """Values in words, each once."""
        words = (self._voice.value(value, self._language) for value in values)
        return "; ".join(dict.fromkeys(words))

    def _title(self, resource: Resource) -> str:
        return self._voice.label(self._voice.expand(resource.id), self._language)
