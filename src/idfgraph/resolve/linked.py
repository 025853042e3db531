"""A record to its linked record: plain JSON nodes, keys the ontology's local names, ready for the context."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from .. import iris
from ..records import LANGUAGES, Language, Project, Record
from .acceptance import Accepted, accept
from .anomalies import Case, anomalies
from .decisions import FORMS, printed_as, settled
from .evidence import decision_nodes, source_nodes, value_iri
from .issues import KINDS, Issue
from .readings import Reading, readings_of, subject_of
from .reference import Node, Reference
from .withdrawn import tombstone


class Linked(NamedTuple):
    """A linked record: its compact IRI, its node in the default graph, and named graphs with their nodes."""

    id: str
    node: Node
    graphs: tuple[tuple[str, tuple[Node, ...]], ...]


#: Values of a record that stand on the intervention as they are.
_PLAIN = (
    *("primaId", "title", "narrative", "startYear", "endYear", "statedEndYear", "allocationYear", "status"),
    *("projectType", "coverage", "fundRegion", "beneficiary", "otherBeneficiary"),
    *("targetsGovernmentOf", "mentionsState"),
)


#: Issues of values that could not be read: a decision takes their place.
_UNREAD = frozenset({"unreadable-value", "unknown-code", "unresolved-name"})


def resolve(record: Record, reference: Reference, *, year: int, pages: Container[str] = ()) -> Linked:
    """The linked record of a record; what is wrong with the record becomes quality notes.

    Of a withdrawn record, only that it is.

    `year` is the year of the data set's `as_of`, `pages` the SHA-256 of the pages whose text is published.
    """
    if record.withdrawn:
        return Linked(subject_of(record), tombstone(record, record.withdrawn), ())
    readings = tuple(readings_of(record, reference))
    accepted = accept(record, readings)
    case = Case(record, readings, accepted.values, reference, year)
    issues = [*_unsettled(record, readings), *accepted.issues, *anomalies(case)]
    subject = subject_of(record)
    notes = list(_notes(subject, issues, readings, reference))
    graphs: list[tuple[str, tuple[Node, ...]]] = [
        (graph, (node,)) for graph, node in source_nodes(record, readings, pages)
    ]
    if decisions := tuple(decision_nodes(record, accepted)):
        graphs.append((iris.graph("decision", record.id), decisions))
    return Linked(subject, _main_node(record, accepted, notes), tuple(graphs))


def accepted_values(record: Record, reference: Reference) -> Any:
    """The values that a record's captures and decisions give, as the record's struct of values; None for a page."""
    form = FORMS.get(type(record).__name__)
    values = accept(record, tuple(readings_of(record, reference))).values
    return msgspec.convert(values, form) if form else None


def _main_node(record: Record, accepted: Accepted, notes: list[Node]) -> Node:
    subject, kind = subject_of(record), type(record).__name__
    if kind not in FORMS:
        return {"id": subject, **({"qualityNote": notes} if notes else {})}
    values = accepted.values
    return {
        "id": subject,
        "type": kind,
        **({"projectId": record.id} if isinstance(record, Project) else {}),
        **{name: values[name] for name in _PLAIN if values.get(name)},
        **_parts(subject, record, values),
        **({"qualityNote": notes} if notes else {}),
        "source": [iris.source(source.page) for source in record.sources],
    }


def _parts(subject: str, record: Record, values: Mapping[str, Any]) -> Node:
    """The parts of an intervention that are nodes of their own."""
    budget = values.get("budget")
    parts: Node = {
        "budget": budget and {"id": iris.part(subject, "budget"), "type": "MonetaryAmount", **budget},
        "association": [
            {"id": iris.part(subject, role, agent), "type": "Association", "agent": agent, "role": role}
            for agent, role in _partners(record, values)
        ],
        "hasPart": [_phase(subject, number) for number in values.get("hasPart", ())],
        "result": [
            {"id": iris.part(subject, "result", outcome.get("measure")), "type": "Result", **outcome}
            for outcome in values.get("result", ())
        ],
    }
    return {name: part for name, part in parts.items() if part}


def _partners(record: Record, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    if isinstance(record, Project):
        return (("iom", "accountable"), ("iom-development-fund", "funding"))
    return [(partner.get("agent"), partner.get("role")) for partner in values.get("association", ())]


def _phase(subject: str, number: str) -> Node:
    id_ = iris.part(subject, "phase", number)
    return {"id": id_, "type": "Phase", "phaseNumber": number, "isPartOf": [subject]}


def _unsettled(record: Record, readings: Iterable[Reading]) -> Iterator[Issue]:
    """The issues of readings, but for what could not be read where a person has decided."""
    done = {printed_as(name) for name in settled(record)}
    for issue in (issue for reading in readings for issue in reading.issues):
        if issue.code not in _UNREAD or issue.property not in done:
            yield issue


def _notes(subject: str, issues: Iterable[Issue], readings: Sequence[Reading], reference: Reference) -> Iterator[Node]:
    """One note for each issue type and property, in the order of their ids."""
    groups: dict[tuple[str, str], list[Issue]] = defaultdict(list)
    for issue in issues:
        groups[issue.code, issue.property].append(issue)
    for (code, property_), group in sorted(groups.items()):
        issue = _merged(group)
        references = sorted({*issue.references, *_cited(issue, readings)})
        yield {
            "id": iris.part(subject, "note", code, property_),
            "type": "QualityNote",
            "issueType": code,
            "severity": issue.severity or KINDS[code].severity,
            "aboutProperty": property_,
            **({"aboutValue": list(issue.values)} if issue.values else {}),
            **({"references": references} if references else {}),
            "body": {language: _body(issue, language, reference) for language in LANGUAGES},
        }


def _merged(group: Sequence[Issue]) -> Issue:
    """One issue that says what all of a group say."""
    words = (", ".join(dict.fromkeys(column)) for column in zip(*(issue.words for issue in group), strict=True))
    values = tuple(sorted({value for issue in group for value in issue.values}))
    references = tuple(sorted({link for issue in group for link in issue.references}))
    return group[0]._replace(words=tuple(words), values=values, references=references)


def _cited(issue: Issue, readings: Iterable[Reading]) -> Iterator[str]:
    """The source values that print what an issue is about."""
    for reading in readings:
        if printed_as(reading.property) == printed_as(issue.property) and issue.code != "missing-value":
            for evidence in reading.evidence:
                if not issue.values or evidence.value in issue.values:
                    yield value_iri(evidence, reading.source)


def _body(issue: Issue, language: Language, reference: Reference) -> str:
    words = issue.words or (", ".join(reference.label(value, language) for value in issue.values),)
    return KINDS[issue.code].text[language].format(*(reference.label(word, language) for word in words))
