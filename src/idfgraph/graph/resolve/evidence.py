"""Who says so: source records with their source values, and decisions, as nodes of their own
graphs.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence

from ...model import iris, vocab
from ...model.fields import FIELDS, FORMS, PART_FIELDS, VALUES
from ...model.judgements import Decision
from ...model.names import folded
from ...model.nodes import Node, Term, plain
from ...model.records import Project, Record, Source, has_value
from ...model.text import N_, texts
from .case import Case
from .claims import Claims, Key, Rank, rule_iri, steward_iri
from .deciding import NONE, numbered, stands, terms_of
from .languages import language_shown
from .readings import Evidence, Reading, lacks_currency, property_of

#: Texts that are too long to be quoted beside their span.
_SPAN_ALONE = frozenset(field.name for field in VALUES if field.is_long)

#: Controls of direction and of Windows, and ends of lines that programs take for such.
_MOVING = re.compile("[\x80-\x9f\u2028-\u202e\u2066-\u2069]")

_LABELS_FIRST = "rule-labelled-before-unlabelled"

#: Why each rule decides as it does; a note says the same of a title that comes from the text.
_ROLES = N_(
    "IOM reports IDF projects with the Fund as funding and itself as accountable organisation."
)
FROM_TEXT = N_("The page has no title; the programme's name in its text is taken.")
_CURRENCY = N_(
    "The page prints no currency; the Fund's budgets that are printed with one are in US dollars."
)
_LABELLED = N_("Captures differ; those with a label come before those without.")


def source_nodes(
    claims: Claims, pages: Container[str], unread: Container[str]
) -> Iterator[tuple[str, Node]]:
    """The graph and the node of each page of a record, with the values it prints; `pages` are those
    published, `unread` those whose quotes could not be re-read.
    """
    case = claims.case
    for source in case.record.sources:
        values = [*_values(claims, source), *_empty_nodes(source, case.subject)]
        graph = iris.graph("source", source.page[:16])
        node = _source_node(source, values, source.page in pages)
        yield graph, {**node, "evidenceStatus": "unverified"} if source.page in unread else node


def decision_nodes(claims: Claims) -> Iterator[Node]:
    """The decisions that a record's content rests on: of rules, then of people, in order."""
    case = claims.case
    record, subject = case.record, case.subject
    graph = iris.graph("decision", record.id)
    if isinstance(record, Project):
        for slug in ("accountable-iom", "funding-iom-development-fund"):
            about = {"aboutProperty": "association", "aboutValue": [iris.part(subject, slug)]}
            node = _rule(iris.part(graph, slug), subject, "rule-idf-roles", _ROLES)
            yield {**node, **about, "evidence": [vocab.ROLES_EVIDENCE]}
    yield from _title_rule(graph, claims)
    yield from _currency_rule(graph, claims)
    for name, chosen in claims.rules():
        yield _labelled_rule(claims, name, list(chosen))
    for number, decision in numbered(record):
        yield from _steward(case, number, decision)


def value_iri(evidence: Evidence, source: Source) -> str:
    """The compact IRI of the source value that holds this evidence."""
    return _value_iri(source, evidence.resource, evidence.key())


def _value_iri(source: Source, resource: str, *words: str) -> str:
    """The compact IRI of a value of a source; of a document, which several records may cite, with
    the id of the one.
    """
    cited_by = [resource.partition("#")[0].partition(":")[2]] if source.media_type else []
    return iris.part(iris.source(source.page), *cited_by, *words)


def _values(claims: Claims, source: Source) -> Iterator[Node]:
    """The nodes of the values that a page prints, each once."""
    seen: set[str] = set()
    for reading in (reading for reading in claims.case.readings if reading.source is source):
        for evidence in reading.evidence:
            iri = value_iri(evidence, source)
            if iri not in seen:
                seen.add(iri)
                yield {"id": iri, **_value_node(claims, reading, evidence)}


def _value_node(claims: Claims, reading: Reading, evidence: Evidence) -> Node:
    """What is said of a value, but for its id."""
    source = reading.source
    label, language = evidence.capture.label, evidence.capture.label_language or source.language
    about = {} if evidence.resource.startswith("src:") else {"aboutResource": evidence.resource}
    meant = claims.meant(reading, evidence) if about else None
    stated = None if evidence.property in _SPAN_ALONE else meant
    return {
        "type": "SourceValue",
        **about,
        **({"aboutProperty": evidence.property} if evidence.property != "unknown" else {}),
        **({"aboutValue": [plain(stated)]} if stated is not None else {}),
        **_ranked(claims.rank(reading, evidence, meant)),
        "method": evidence.method,
        **({"sourceField": {language: label}} if label else {}),
        **_words(evidence),
        **({"certainty": certainty} if (certainty := evidence.capture.certainty) else {}),
    }


def _words(evidence: Evidence) -> Node:
    """The words of a value and where they stand; of a long text on a page, and of one whose
    characters would move others about, its place alone.
    """
    if locator := evidence.capture.locator:
        return {"sourceText": evidence.text, "locator": locator}
    alone = evidence.property in _SPAN_ALONE or _MOVING.search(evidence.text)
    quoted: Node = {} if alone else {"sourceText": evidence.text}
    start, end = map(str, evidence.span)
    return {**quoted, "spanStart": start, "spanEnd": end}


def _ranked(ranked: Rank | None) -> Node:
    if ranked is None:
        return {}
    by = {"rankedBy": ranked.by} if ranked.by else {}
    return {"rank": ranked.rank, "reason": ranked.reason, **by}


def _empty_nodes(source: Source, subject: str) -> Iterator[Node]:
    """A node for each label that the page prints without a value."""
    for capture in source.values:
        if not has_value(capture) and capture.label:
            name = property_of(capture)
            about = {} if subject.startswith("src:") else {"aboutResource": subject}
            yield {
                "id": _value_iri(source, subject, "empty", *folded(capture.label).split()),
                "type": "SourceValue",
                **about,
                **({"aboutProperty": name} if name != "unknown" else {}),
                "method": "read",
                "sourceField": {capture.label_language or source.language: capture.label},
            }


def _source_node(source: Source, values: Sequence[Node], published: bool) -> Node:
    return {
        "id": iris.source(source.page),
        "type": "SourceRecord",
        "identifier": [source.identifier],
        "citationSha256" if source.is_cited_alone else "sha256": source.page,
        "language": language_shown(source),
        **_capture_time(source),
        **({"format": source.media_type} if source.media_type else {}),
        **({"characterEncoding": source.encoding} if source.encoding else {}),
        **({"pageUrl": source.url} if source.url else {}),
        **({"contentUrl": f"page:{source.page}.txt"} if published else {}),
        **({"sourceValue": values} if values else {}),
    }


def _capture_time(source: Source) -> Node:
    """The day on which a page was captured, and the moment where that is known."""
    if not source.captured:
        return {}
    moment = {"generatedAtTime": source.captured} if "T" in source.captured else {}
    return {"capturedOn": source.captured_on, **moment}


def _rule(iri: str, subject: str, rule: str, why: str) -> Node:
    node = {"id": iri, "type": "Decision", "aboutResource": subject}
    return {**node, "method": rule, "comment": texts(why)}


def _title_rule(graph: str, claims: Claims) -> Iterator[Node]:
    case, sources = claims.case, claims.case.record.sources
    untitled = any(
        remark.issue == "missing-value" for source in sources for remark in source.remarks
    )
    if case.kind == "Programme" and untitled and "title" in case.values:
        node = _rule(
            iris.part(graph, "title"), case.subject, "rule-title-from-narrative", FROM_TEXT
        )
        titles = _about_values(claims.content.get((case.subject, "title"), ()))
        yield {**node, "aboutProperty": "title", **titles, **_evidence(sources)}


def _currency_rule(graph: str, claims: Claims) -> Iterator[Node]:
    case, budget = claims.case, iris.part(claims.case.subject, "budget")
    if lacks_currency(case.record) and "budget" in case.values:
        node = _rule(iris.part(graph, "currency"), budget, "rule-budget-in-usd", _CURRENCY)
        values = _about_values(claims.content.get((budget, "currency"), ()))
        about = {"aboutProperty": "currency", **values}
        yield {**node, **about, "evidence": [vocab.CURRENCY_EVIDENCE]}


def _labelled_rule(claims: Claims, name: str, chosen: Sequence[Reading]) -> Node:
    """That captures of a property differ, and which value a rule has chosen."""
    case = claims.case
    about = chosen[0].evidence[-1]
    values = [
        claims.meant(reading, evidence)
        for reading in chosen
        for evidence in reading.evidence
        if (evidence.resource, evidence.property) == (about.resource, about.property)
    ]
    return {
        **_rule(rule_iri(case, name), about.resource, _LABELS_FIRST, _LABELLED),
        "aboutProperty": about.property,
        **({} if about.property in _SPAN_ALONE else _about_values(values)),
        **_evidence(case.record.sources),
    }


def _about_values(values: Iterable[Term | None]) -> Node:
    stated = [plain(value) for value in dict.fromkeys(values) if value is not None]
    return {"aboutValue": stated} if stated else {}


def _evidence(sources: Iterable[Source]) -> Node:
    return {"evidence": [iris.source(source.page) for source in sources]}


def _steward(case: Case, number: int, decision: Decision) -> Iterator[Node]:
    """A person's decision; one on an amount decides its currency too."""
    name, budget = decision.property, iris.part(case.subject, "budget")
    has_form = case.kind in FORMS or not FIELDS[name].of
    is_read = has_form and stands(case.record, decision)
    amount = decision.value if name == "budget" and is_read else None
    if isinstance(amount, str) and amount not in ("", NONE):
        for part, word in (("value", amount), ("currency", "USD")):
            iri = steward_iri(case, decision, number, f"budget.{part}")
            said = [PART_FIELDS[part].term(word)]
            yield _decided(case.record, iri, (budget, part), said, decision)
        return
    values = terms_of(decision) if is_read and name not in _SPAN_ALONE else []
    iri = steward_iri(case, decision, number)
    yield _decided(case.record, iri, (case.subject, name), values, decision)


def _decided(
    record: Record, iri: str, about: Key, values: Sequence[Term], decision: Decision
) -> Node:
    cited = record.documents
    return {
        "id": iri,
        "type": "Decision",
        "aboutResource": about[0],
        "aboutProperty": about[1],
        **_about_values(values),
        "method": "steward",
        "evidence": [
            one if isinstance(one, str) else iris.source(cited[one.document].page)
            for one in decision.evidence
        ],
        "comment": dict(decision.why),
        "decidedBy": decision.by,
        "decidedOn": decision.on,
    }
