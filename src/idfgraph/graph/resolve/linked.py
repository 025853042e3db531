"""A record to its linked record: plain JSON nodes, keys the ontology's local names, ready for the
context.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from ...model import iris
from ...model.fields import FIELDS, FORMS, PARTS, VALUES, ProgrammeValues, ProjectValues
from ...model.nodes import Json, Node, NoteNode
from ...model.records import Record, Withdrawal
from .acceptance import accept
from .anomalies import anomalies
from .case import Case, case_of
from .evidence import decision_nodes, source_nodes
from .issues import Issue
from .notes import notes_of
from .readings import subject_of
from .reference import Reference


class Linked(NamedTuple):
    """A linked record: its compact IRI, its node in the default graph, and named graphs with their
    nodes.
    """

    id: str
    node: Node
    graphs: tuple[tuple[str, tuple[Node, ...]], ...]

    @property
    def notes(self) -> tuple[NoteNode, ...]:
        """Its quality notes."""
        return msgspec.convert(self.node.get("qualityNote", ()), tuple[NoteNode, ...])


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
        subject = subject_of(record)
        return Linked(subject, _tombstone(subject, record.withdrawn), ())
    case = _accepted(record, reference)
    issues = [*_unsettled(case), *case.accepted.issues, *anomalies(case, year)]
    graphs: list[tuple[str, tuple[Node, ...]]] = [
        (graph, (node,)) for graph, node in source_nodes(case, pages)
    ]
    if decisions := tuple(decision_nodes(case)):
        graphs.append((iris.graph("decision", record.id), decisions))
    return Linked(case.subject, _main_node(case, list(notes_of(case, issues))), tuple(graphs))


def accepted_values(record: Record, reference: Reference) -> ProjectValues | ProgrammeValues | None:
    """The values that a record's captures and decisions give; None for a page that names no
    project.
    """
    case = _accepted(record, reference)
    form = FORMS.get(case.kind)
    own = {name: case.values[name] for name in case.values if case.kind in FIELDS[name].of}
    return msgspec.convert(own, form) if form else None


def _accepted(record: Record, reference: Reference) -> Case:
    """The case of a record, with what is accepted of it."""
    case = case_of(record, reference)
    return case._replace(accepted=accept(case))


def _main_node(case: Case, notes: Sequence[Node]) -> Node:
    """The node of what a record is about; of a page that names no project, its notes alone."""
    noted: Node = {"qualityNote": notes} if notes else {}
    if case.kind not in FORMS:
        return {"id": case.subject, **noted}
    own: Node = {"projectId": case.record.id} if case.kind == "Project" else {}
    return {
        "id": case.subject,
        "type": case.kind,
        **own,
        **{name: case.values[name] for name in _PLAIN if case.values.get(name)},
        **_parts(case),
        **noted,
        "source": [iris.source(source.page) for source in case.record.sources],
    }


def _parts(case: Case) -> Node:
    """The parts of an intervention that are nodes of their own."""
    subject, values, budget = case.subject, case.values, case.values.texts_of("budget")
    parts: dict[str, Json] = {
        "budget": _part(subject, "MonetaryAmount", budget, "budget") if budget else {},
        "association": [
            _part(subject, "Association", {"agent": agent, "role": role}, role, agent)
            for agent, role in _partners(case)
        ],
        "hasPart": [_phase(subject, number) for number in values.words("hasPart")],
        "result": [
            _part(subject, "Result", outcome, "result", outcome["measure"])
            for outcome in values.parts("result")
        ],
    }
    return {name: part for name, part in parts.items() if part}


def _part(subject: str, kind: str, values: Mapping[str, str], *words: str) -> Node:
    """The node of a part of a subject, named by words."""
    return {"id": iris.part(subject, *words), "type": kind, **values}


def _phase(subject: str, number: str) -> Node:
    id_ = iris.part(subject, "phase", number)
    return {"id": id_, "type": "Phase", "phaseNumber": number, "isPartOf": [subject]}


def _partners(case: Case) -> Iterable[tuple[str, str]]:
    """Who takes part, and in what role: in projects always the same two."""
    if case.kind == "Project":
        return (("iom", "accountable"), ("iom-development-fund", "funding"))
    return [(partner["agent"], partner["role"]) for partner in case.values.parts("association")]


def _unsettled(case: Case) -> Iterator[Issue]:
    """The issues of readings, but for what could not be read where a person has decided."""
    for issue in (issue for reading in case.readings for issue in reading.issues):
        if issue.code not in _UNREAD or issue.property not in case.decided:
            yield issue


def _tombstone(subject: str, withdrawn: Withdrawal) -> Node:
    """The node of a withdrawn record: since when, why, and what takes its place; nothing else is
    said of it.
    """
    successor = withdrawn.replaced_by
    if successor and "/" not in successor:
        successor = iris.compact(subject.partition(":")[0], successor)
    return {
        "id": subject,
        "type": "Entity",
        "deprecated": "true",
        "invalidatedAtTime": f"{withdrawn.date}T00:00:00Z",
        "comment": dict(withdrawn.reason),
        **({"isReplacedBy": successor} if successor else {}),
    }
