"""Nodes of linked records, and of pages, to rows of the store's tables; IRIs in full."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import convert

from ...model import iris
from ...model.fields import Field
from ...model.labels import PROVISIONAL_NAME
from ...model.nodes import (
    EntryNode,
    EvidenceNode,
    InterventionNode,
    Json,
    LiteralValue,
    Node,
    NoteNode,
    PageNode,
    Term,
    type_of,
)
from ...model.provisional_codes import is_provisional
from ...model.text import LANGUAGES, chosen, gettext
from .column import Value
from .columns import OTHERS

#: A table of the store and the values of a row, in the order of its columns.
Row = tuple[str, tuple[Value, ...]]

_INTERVENTIONS = frozenset({"Project", "Programme"})


class TableRows:
    """Turns nodes into rows; `iri` writes a compact IRI as <...>, `predicates` gives the property
    of a key likewise.
    """

    def __init__(self, iri: Callable[[str], str], predicates: Mapping[str, str]) -> None:
        self._iri = iri
        self._predicates = predicates
        self._entries: Mapping[str, Callable[[EntryNode], Iterator[Row]]] = {
            "State": self._state,
            "Organization": self._organisation,
            "OrganizationalUnit": self._organisation,
            "Concept": self._code,
        }

    def of(self, node: Node) -> Iterator[Row]:
        """The rows of a node of the default graph; none for what no table holds."""
        type_ = type_of(node)
        if type_ in _INTERVENTIONS:
            others = [self._other(field, node.get(field.name)) for field in OTHERS[type_]]
            return self._intervention(convert(node, InterventionNode), others)
        maker = self._entries.get(type_)
        return maker(convert(node, EntryNode)) if maker else iter(())

    def of_page(self, node: Node) -> Iterator[Row]:
        """The rows of a page, of the values that it prints and of the notes on it."""
        page = convert(node, PageNode)
        iri, url, text = self.full(page.id), self.full(page.page_url), self.full(page.content_url)
        file, encoding = "; ".join(page.identifier) or None, page.character_encoding
        when, form = page.captured_on or None, page.format or None
        words = (page.language or None, page.sha256 or None, encoding, file, text)
        if page.sha256:
            yield "pages", (iri, url, when, form, *words, page.evidence_status or None)
        for value in page.source_value:
            yield "sources", self._printed(value, iri)
        yield from (("notes", self._note(note, None, iri)) for note in page.quality_note)

    def of_decision(self, node: Node) -> Row:
        """The row of a decision."""
        made = convert(node, EvidenceNode)
        method = self._coded("method", made.method)
        by = (method, made.decided_by or None, made.decided_on or None)
        why, evidence = _with_others(made.comment), self._all(made.evidence)
        return "decisions", (self.full(made.id), *self._about(made), *by, *why, evidence)

    def full(self, name: str | None) -> str | None:
        """The full IRI of a compact one."""
        return self._iri(name)[1:-1] if name else None

    def _all(self, names: Iterable[str]) -> str | None:
        return "; ".join(self._iri(name)[1:-1] for name in names) or None

    def _stated(self, values: Sequence[Term]) -> tuple[str | None, str | None]:
        """The values of statements: the IRIs of those that are resources, the texts of others."""
        texts = (value.value for value in values if isinstance(value, LiteralValue))
        links = (value for value in values if isinstance(value, str))
        return self._all(links), "; ".join(texts) or None

    def _property(self, key: str | None) -> str | None:
        return self._predicates[key][1:-1] if key else None

    def _coded(self, scheme: str, word: str | None) -> str | None:
        return self.full(f"code:{scheme}-{word}") if word else None

    def _other(self, field: Field, value: "Json | None") -> str | int | None:
        """The cell of a property that no attribute of a node is for."""
        text = str(value) if value else None
        if field.kind == "code":
            return self._coded(field.scheme, text)
        return _number(text) if field.kind == "year" else text

    def _intervention(self, node: InterventionNode, others: Sequence[Value]) -> Iterator[Row]:
        iri = self.full(node.id)
        yield "records", (iri, node.type, _slug(node))
        for page in node.record.source:
            yield "record_pages", (iri, self.full(page))
        for state in node.mentions_state:
            yield "mentions", (iri, self.full(f"st:{state}"))
        for partner in node.association:
            who, role = self.full(f"ag:{partner.agent}"), self._coded("role", partner.role)
            yield "partners", (self.full(partner.id), iri, who, role)
        for result in node.result:
            measure = self._coded("measure", result.measure)
            yield "results", (self.full(result.id), iri, measure, _number(result.count))
        yield from (("notes", self._note(note, iri, None)) for note in node.record.quality_note)
        rows = self._project if node.type == "Project" else self._programme
        yield from rows(node, iri, others)

    def _project(
        self, node: InterventionNode, iri: str | None, others: Sequence[Value]
    ) -> Iterator[Row]:
        ids = (node.project_id, node.prima_id, node.iati_identifier)
        year = _number(node.allocation_year)
        region = self._coded("region", node.fund_region)
        texts, codes, facts = _with_others(node.title), self._codes(node), _facts(node)
        narrative, day = _with_others(node.narrative), node.status_as_of or None
        yield (
            "projects",
            (iri, *ids, *texts, *codes, region, *facts, year, *narrative, day, *others),
        )
        for word in node.project_type:
            yield "project_types", (iri, self._coded("type", word))
        for key, states in (
            ("beneficiary", node.beneficiary),
            ("otherBeneficiary", node.other_beneficiary),
        ):
            for state in states:
                yield "project_states", (iri, self._property(key), self.full(f"st:{state}"))

    def _programme(
        self, node: InterventionNode, iri: str | None, others: Sequence[Value]
    ) -> Iterator[Row]:
        texts, codes, facts = _with_others(node.title), self._codes(node), _facts(node)
        narrative, day = _with_others(node.narrative), node.status_as_of or None
        yield (
            "programmes",
            (iri, _slug(node), *texts, *codes, *facts, *narrative, day, *others),
        )
        for state in node.targets_government_of:
            yield "programme_states", (iri, self.full(f"st:{state}"))
        for phase in node.has_part:
            yield "phases", (self.full(phase.id), iri, _number(phase.phase_number))

    def _codes(self, node: InterventionNode) -> tuple[str | None, ...]:
        """Status and coverage."""
        return self._coded("status", node.status), self._coded("coverage", node.coverage)

    def _note(self, note: NoteNode, record: str | None, page: str | None) -> tuple[Value, ...]:
        kinds = (self._coded("issue", note.issue_type), self.full(f"sh:{note.severity}"))
        about = (self._property(note.about_property), *self._stated(note.about_value))
        evidence = self._all(note.references)
        texts = _in_all(note.comment)
        return self.full(note.id), record, page, *kinds, *about, *texts, evidence

    def _printed(self, value: EvidenceNode, page: str | None) -> tuple[Value, ...]:
        record, about, *what = self._about(value)
        worth = (self._coded("rank", value.rank), self._coded("reason", value.reason))
        ranked_by = self.full(value.ranked_by)
        words = (next(iter(value.source_field.values()), None), value.source_text or None)
        span = (_number(value.span_start), _number(value.span_end))
        method = self._coded("method", value.method)
        where = (*span, value.locator or None, value.certainty or None)
        named = (self.full(value.id), page, record, about or "", *what)
        return *named, *worth, ranked_by, *words, *where, method

    def _about(self, value: EvidenceNode) -> tuple[str | None, ...]:
        """The record that a value or a decision is about; the resource, property and values."""
        about, values = value.about_resource, self._stated(value.about_value or ())
        record = self.full(iris.resource_of(about)) if about.startswith(("prj:", "prg:")) else None
        return record, self.full(about), self._property(value.about_property), *values

    def _state(self, node: EntryNode) -> Iterator[Row]:
        yield "states", (self.full(node.id), node.iso2, node.m49, node.iso3, *labels(node))

    def _organisation(self, node: EntryNode) -> Iterator[Row]:
        yield "organisations", (self.full(node.id), _slug(node), *labels(node))

    def _code(self, node: EntryNode) -> Iterator[Row]:
        slug = _slug(node)
        schemes = (name.removeprefix("code:") for name in node.in_scheme)
        scheme = next((name for name in schemes if slug.startswith(f"{name}-")), "")
        if scheme and node.id.startswith("code:"):
            names = _marked(node) if (new := is_provisional(node.id)) else labels(node)
            yield "codes", (self.full(node.id), scheme, slug[len(scheme) + 1 :], *names, int(new))


def labels(node: EntryNode) -> tuple[str | None, ...]:
    """The label of a node in each language: its name, or else another name that it has there.

    >>> names, others = {"en": "Global", "fr": "Global"}, {"fr": ("Mondial",), "es": ("Mundial",)}
    >>> labels(EntryNode(id="code:coverage-global", pref_label=names, alt_label=others))
    ('Global', 'Global', 'Mundial')
    """
    names, others = node.pref_label, node.alt_label
    return tuple(names.get(tag) or next(iter(others.get(tag, ())), None) for tag in LANGUAGES)


def _marked(node: EntryNode) -> tuple[str, ...]:
    """The name of a provisional code in each language, or else as it is printed in another, with a
    mark.
    """
    return tuple(
        gettext(PROVISIONAL_NAME, tag, name=chosen(node.pref_label, tag)[0]) for tag in LANGUAGES
    )


def _iris(values: Iterable[Term] | None) -> Iterator[str]:
    """The IRIs among the values that a statement is about."""
    return (value for value in values or () if isinstance(value, str))


def _slug(node: InterventionNode | EntryNode) -> str:
    return node.id.partition(":")[2]


def _in_all(texts: Mapping[str, str]) -> Iterator[str | None]:
    """A text in each language."""
    return (texts.get(tag) for tag in LANGUAGES)


def _with_others(texts: Mapping[str, str]) -> Iterator[str | None]:
    """A text in each language, and those in others, each after its code."""
    yield from _in_all(texts)
    others = (f"{tag}: {texts[tag]}" for tag in sorted(texts) if tag not in LANGUAGES)
    yield "; ".join(others) or None


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _facts(node: InterventionNode) -> tuple[Value, ...]:
    """The budget, its currency, and the years of work; the store turns the amount into a number."""
    money = (node.budget.value, node.budget.currency) if node.budget else (None, None)
    return *money, _number(node.start_year), _number(node.end_year)
