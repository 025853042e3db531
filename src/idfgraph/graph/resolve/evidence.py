"""Who says so: source records with their source values, and decisions, as nodes of their own
graphs.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence

from ...model import iris, vocab
from ...model.fields import FIELDS, VALUES
from ...model.judgements import Decision
from ...model.names import folded
from ...model.nodes import Node
from ...model.records import Project, Source, has_value
from ...model.text import N_, texts
from .case import Case
from .decisions import NONE
from .readings import Evidence, lacks_currency, property_of

#: Texts that are too long to be quoted beside their span.
_SPAN_ALONE = frozenset(field.name for field in VALUES if field.is_long)

#: Why each rule decides as it does.
_ROLES = N_(
    "IOM reports IDF projects with the Fund as funding and itself as accountable organisation."
)
_TITLE = N_("The page has no title; the programme's name in its text is taken.")
_CURRENCY = N_(
    "The page prints no currency; the Fund's budgets that are printed with one are in US dollars."
)
_LABELLED = N_("Captures differ; those with a label come before those without.")


def source_nodes(case: Case, pages: Container[str]) -> Iterator[tuple[str, Node]]:
    """The graph and the node of each page of a record, with the values it prints; `pages` are those
    published.
    """
    for source in case.record.sources:
        values = [*_values(case, source), *_empty_nodes(source, case.subject)]
        graph = iris.graph("source", source.page[:16])
        yield graph, _source_node(source, values, source.page in pages)


def decision_nodes(case: Case) -> Iterator[Node]:
    """The decisions that a record's content rests on: of rules, then of people, in order."""
    record, subject = case.record, case.subject
    graph = iris.graph("decision", record.id)
    if isinstance(record, Project):
        for slug in ("accountable-iom", "funding-iom-development-fund"):
            about = {"aboutProperty": "association", "aboutValue": [iris.part(subject, slug)]}
            node = _rule(graph, subject, slug, "rule-idf-roles", _ROLES)
            yield {**node, **about, "evidence": [vocab.ROLES_EVIDENCE]}
    yield from _title_rule(graph, case)
    yield from _currency_rule(graph, case)
    for name in case.accepted.by_rule:
        node = _rule(graph, subject, name, "rule-labelled-before-unlabelled", _LABELLED)
        yield {**node, "aboutProperty": name.partition(".")[0], **_evidence(record.sources)}
    for number, decision in enumerate(record.decisions, 1):
        yield _steward(graph, subject, number, decision)


def value_iri(evidence: Evidence, source: Source) -> str:
    """The compact IRI of the source value that holds this evidence."""
    return iris.part(iris.source(source.page), evidence.key())


def _values(case: Case, source: Source) -> Iterator[Node]:
    """The nodes of the values that a page prints, each once."""
    seen: set[str] = set()
    template = source.page in case.template
    for reading in (reading for reading in case.readings if reading.source is source):
        for evidence in reading.evidence:
            iri = value_iri(evidence, source)
            if iri not in seen:
                seen.add(iri)
                yield _value_node(evidence, source)
        if reading.property == "statedEndYear" and reading.value and not template:
            yield _value_node(reading.evidence[0]._replace(property="endYear"), source)


def _value_node(evidence: Evidence, source: Source) -> Node:
    label, language = evidence.capture.label, evidence.capture.label_language or source.language
    about = {} if evidence.resource.startswith("src:") else {"aboutResource": evidence.resource}
    return {
        "id": value_iri(evidence, source),
        "type": "SourceValue",
        **about,
        **({"aboutProperty": evidence.property} if evidence.property != "unknown" else {}),
        **({"aboutValue": [evidence.value]} if evidence.value and about else {}),
        "method": evidence.method,
        **({"sourceField": {language: label}} if label else {}),
        **_words(evidence),
        **({"certainty": certainty} if (certainty := evidence.capture.certainty) else {}),
    }


def _words(evidence: Evidence) -> Node:
    """The words of a value and where they stand; of a long text on a page, its place alone."""
    if locator := evidence.capture.locator:
        return {"sourceText": evidence.text, "locator": locator}
    quoted: Node = {} if evidence.property in _SPAN_ALONE else {"sourceText": evidence.text}
    start, end = map(str, evidence.span)
    return {**quoted, "spanStart": start, "spanEnd": end}


def _empty_nodes(source: Source, subject: str) -> Iterator[Node]:
    """A node for each label that the page prints without a value."""
    for capture in source.values:
        if not has_value(capture) and capture.label:
            name = property_of(capture)
            about = {} if subject.startswith("src:") else {"aboutResource": subject}
            yield {
                "id": iris.part(iris.source(source.page), "empty", *folded(capture.label).split()),
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
        "sha256": source.page,
        "language": source.language,
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


def _rule(graph: str, subject: str, name: str, rule: str, why: str) -> Node:
    node = {
        "id": iris.part(graph, name.replace(".", "-")),
        "type": "Decision",
        "aboutResource": subject,
    }
    return {**node, "method": rule, "comment": texts(why)}


def _title_rule(graph: str, case: Case) -> Iterator[Node]:
    sources = case.record.sources
    untitled = any(
        remark.issue == "missing-value" for source in sources for remark in source.remarks
    )
    if case.kind == "Programme" and untitled and "title" in case.values:
        node = _rule(graph, case.subject, "title", "rule-title-from-narrative", _TITLE)
        yield {**node, "aboutProperty": "title", **_evidence(sources)}


def _currency_rule(graph: str, case: Case) -> Iterator[Node]:
    if lacks_currency(case.record) and "budget" in case.values:
        node = _rule(graph, case.subject, "currency", "rule-budget-in-usd", _CURRENCY)
        about = {"aboutResource": iris.part(case.subject, "budget"), "aboutProperty": "currency"}
        yield {**node, **about, "evidence": [vocab.CURRENCY_EVIDENCE]}


def _evidence(sources: Iterable[Source]) -> Node:
    return {"evidence": [iris.source(source.page) for source in sources]}


def _steward(graph: str, subject: str, number: int, decision: Decision) -> Node:
    values = (
        [iris.part(subject, "budget")] if decision.property == "budget" else _iri_values(decision)
    )
    return {
        "id": iris.part(graph, "steward", decision.property, str(number)),
        "type": "Decision",
        "aboutResource": subject,
        "aboutProperty": decision.property,
        **({"aboutValue": values} if values else {}),
        "method": "steward",
        "evidence": list(decision.evidence),
        "comment": dict(decision.why),
        "decidedBy": decision.by,
        "decidedOn": decision.on,
    }


def _iri_values(decision: Decision) -> list[str]:
    prefix = FIELDS[decision.property].prefix
    given = decision.value if isinstance(decision.value, tuple) else [decision.value]
    slugs = [slug for slug in given if isinstance(slug, str) and re.fullmatch(iris.SLUG, slug)]
    return [f"{prefix}{slug}" for slug in slugs] if prefix and decision.value != NONE else []
