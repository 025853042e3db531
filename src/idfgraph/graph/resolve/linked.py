"""A record to its linked record: plain JSON nodes, keys the ontology's local names, ready for the
context.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from ...model import iris
from ...model.fields import FORMS, PARTS, VALUES
from ...model.records import Project, Record
from .acceptance import Accepted, accept
from .anomalies import Case, anomalies
from .decisions import printed_as, settled
from .evidence import decision_nodes, source_nodes
from .issues import Issue
from .notes import notes_of
from .readings import Reading, readings_of, subject_of
from .reference import Node, Reference
from .withdrawn import tombstone


class Linked(NamedTuple):
    """A linked record: its compact IRI, its node in the default graph, and named graphs with their
    nodes.
    """

    id: str
    node: Node
    graphs: tuple[tuple[str, tuple[Node, ...]], ...]


#: Values of a record that stand on the intervention as they are.
_PLAIN = tuple(field.name for field in VALUES if field.kind not in PARTS)

#: Issues of values that could not be read: a decision takes their place.
_UNREAD = frozenset({"unreadable-value", "unknown-code", "unresolved-name"})


def resolve(
    record: Record, reference: Reference, *, year: int, pages: Container[str] = ()
) -> Linked:
    """The linked record of a record; what is wrong with the record becomes quality notes.

    Of a withdrawn record, only that it is.

    `year` is the year of the data set's `as_of`, `pages` the SHA-256 of the pages whose text is
    published.
    """
    if record.withdrawn:
        return Linked(subject_of(record), tombstone(record, record.withdrawn), ())
    readings = tuple(readings_of(record, reference))
    accepted = accept(record, readings)
    case = Case(record, readings, accepted.values, reference, year)
    issues = [*_unsettled(record, readings), *accepted.issues, *anomalies(case)]
    subject = subject_of(record)
    notes = list(notes_of(subject, issues, readings, reference))
    graphs: list[tuple[str, tuple[Node, ...]]] = [
        (graph, (node,)) for graph, node in source_nodes(record, readings, pages)
    ]
    if decisions := tuple(decision_nodes(record, accepted)):
        graphs.append((iris.graph("decision", record.id), decisions))
    return Linked(subject, _main_node(record, accepted, notes), tuple(graphs))


def accepted_values(record: Record, reference: Reference) -> Any:
    """The values that a record's captures and decisions give, as the record's struct of values;
    None for a page.
    """
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
        "budget": budget
        and {"id": iris.part(subject, "budget"), "type": "MonetaryAmount", **budget},
        "association": [
            {
                "id": iris.part(subject, role, agent),
                "type": "Association",
                "agent": agent,
                "role": role,
            }
            for agent, role in _partners(record, values)
        ],
        "hasPart": [_phase(subject, number) for number in values.get("hasPart", ())],
        "result": [
            {
                "id": iris.part(subject, "result", outcome.get("measure")),
                "type": "Result",
                **outcome,
            }
            for outcome in values.get("result", ())
        ],
    }
    return {name: part for name, part in parts.items() if part}


def _partners(record: Record, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    if isinstance(record, Project):
        return (("iom", "accountable"), ("iom-development-fund", "funding"))
    return [
        (partner.get("agent"), partner.get("role")) for partner in values.get("association", ())
    ]


def _phase(subject: str, number: str) -> Node:
    id_ = iris.part(subject, "phase", number)
    return {"id": id_, "type": "Phase", "phaseNumber": number, "isPartOf": [subject]}


def _unsettled(record: Record, readings: Iterable[Reading]) -> Iterator[Issue]:
    """The issues of readings, but for what could not be read where a person has decided."""
    done = {printed_as(name) for name in settled(record)}
    for issue in (issue for reading in readings for issue in reading.issues):
        if issue.code not in _UNREAD or issue.property not in done:
            yield issue
