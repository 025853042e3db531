"""A record to its linked record: plain JSON nodes, keys the ontology's local names, ready for the
context.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from ...model import iris
from ...model.fields import (
    DERIVED,
    FIELDS,
    FORMS,
    PARTS,
    VALUES,
    ProgrammeValues,
    ProjectValues,
)
from ...model.judgements import Acceptance, Withdrawal
from ...model.nodes import Json, Node, NoteNode, quality_notes
from ...model.records import Record
from .acceptance import accept
from .anomalies import anomalies
from .case import Case, case_of
from .claims import claims_of
from .doubts import doubts_of
from .evidence import decision_nodes, source_nodes
from .issues import KINDS, Issue
from .notes import notes_of
from .readings import subject_of, whole_of
from .reference import Reference
from .rivals import Rivals, rivals_of
from .seen import in_doubt, with_seen
from .settled import settled, unsigned


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
        return quality_notes(self.node)


#: Values of a record that stand on the intervention as they are.
_PLAIN = tuple(field.name for field in VALUES if field.kind not in PARTS)

#: Who reports projects to IATI.
_IOM = "ag:iom"

#: Issues of values that could not be read: a decision takes their place.
_UNREAD = frozenset(
    {
        "ambiguous-value",
        "leading-zeros",
        "other-currency",
        "unknown-code",
        "unreadable-value",
        "unresolved-name",
    }
)


def resolve(
    record: Record,
    reference: Reference,
    *,
    as_of: str,
    pages: Container[str] = (),
    unread: Container[str] = (),
) -> Linked:
    """The linked record of a record; what is wrong with the record becomes quality notes.

    Of a withdrawn record, only that it is.

    `as_of` is the day of the data (YYYY-MM-DD), `pages` the SHA-256 of the pages whose text is
    published, `unread` that of those whose quotes could not be re-read.
    """
    if record.withdrawn:
        subject = subject_of(record)
        return Linked(subject, _tombstone(subject, record.withdrawn), ())
    case, rivals = _accepted(record, reference)
    found = [*_unsettled(case), *case.accepted.issues, *anomalies(case, as_of)]
    issues = with_seen(case, found)
    content = _content(case)
    claims = claims_of(case, rivals, content)
    graphs: list[tuple[str, tuple[Node, ...]]] = [
        (graph, (node,)) for graph, node in source_nodes(claims, pages, unread)
    ]
    if decisions := tuple(decision_nodes(claims)):
        graphs.append((iris.graph("decision", record.id), decisions))
    node = _main_node(case, content, list(notes_of(case, issues)))
    return Linked(case.subject, node, tuple(graphs))


class Doubted(NamedTuple):
    """What is in doubt about a record: the issue, its severity, the property, the words or values
    that are doubted, and the acceptances of those who have seen it.
    """

    code: str
    severity: str
    property: str
    words: tuple[str, ...]
    seen: tuple[Acceptance, ...] = ()


def all_doubted(record: Record, reference: Reference, *, as_of: str) -> tuple[Doubted, ...]:
    """All that is in doubt about a record on a day (YYYY-MM-DD), in no order."""
    case, _ = _accepted(record, reference)
    found = [*_unsettled(case), *case.accepted.issues, *anomalies(case, as_of)]
    return tuple(
        Doubted(
            one.code,
            one.severity or KINDS[one.code].severity,
            whole_of(one.property),
            in_doubt(one),
            one.seen,
        )
        for one in with_seen(case, found)
    )


def contested(record: Record, reference: Reference) -> frozenset[str]:
    """The fields (`budget`, `title.fr`) on which the pages of a record differ, so that no value is
    accepted.
    """
    case, rivals = _accepted(record, reference)
    return frozenset(
        name.replace("@", ".") if "@" in name else whole_of(name)
        for name, group in rivals.items()
        if not group.chosen and not case.decided & {name, whole_of(name.partition("@")[0])}
    )


def accepted_values(record: Record, reference: Reference) -> ProjectValues | ProgrammeValues | None:
    """The values that a record's captures and decisions give; None for a page that names no
    project.
    """
    case, _ = _accepted(record, reference)
    form = FORMS.get(case.kind)
    own = {name: case.values[name] for name in case.values if case.kind in FIELDS[name].of}
    return msgspec.convert(own, form) if form else None


def stated_values(record: Record, reference: Reference) -> ProjectValues | ProgrammeValues | None:
    """The values that a record states, their codes as they are called by now; None where it has
    none.
    """
    return getattr(settled(record, reference), "values", None)


def _accepted(record: Record, reference: Reference) -> tuple[Case, Mapping[str, Rivals]]:
    """The case of a record, with what is accepted of it, and its rivals."""
    case = case_of(record, reference)
    case = case._replace(doubts=tuple(doubts_of(case)))
    rivals, own = rivals_of(case), unsigned(record)
    printed = None if own is record else _accepted(own, reference)[0].values
    return case._replace(accepted=accept(case, rivals, printed)), rivals


def _content(case: Case) -> Node:
    """What is accepted of a record, as the node of what it is about."""
    if case.kind not in FORMS:
        return {"id": case.subject}
    own: Node = {"projectId": case.record.id} if case.kind == "Project" else {}
    plain = {name: case.values[name] for name in _PLAIN if case.values.get(name)}
    return {
        "id": case.subject,
        "type": case.kind,
        **own,
        **plain,
        **derived(plain),
        **_iati_identifier(case),
        **_status_day(case),
        **_parts(case),
    }


def derived(node: Node) -> Node:
    """What follows from the properties of a node, and is stated beside them.

    >>> derived({"beneficiary": ["MDA", "ALB"], "otherBeneficiary": ["ALB"]})
    {'benefitingState': ['ALB', 'MDA']}
    """
    found = {
        name: sorted({str(value) for part in parts for value in node.get(part, ())})
        for name, parts in DERIVED.items()
    }
    return {name: values for name, values in found.items() if values}


def _iati_identifier(case: Case) -> Node:
    """The identifier under which IOM reports a project to IATI: its own, and the project's, as far
    as that was seen, which is in ids with a dot.
    """
    iom = case.reference.entry(_IOM)
    if case.kind != "Project" or "." not in case.record.id or not iom or not iom.identifier:
        return {}
    return {"iatiIdentifier": f"{iom.identifier[0]}-{case.record.id}"}


def _status_day(case: Case) -> Node:
    """The last day on which a page was captured that prints the accepted status; nothing where that
    is not known.
    """
    status = case.values.get("status")
    days = (
        reading.source.captured_on
        for reading in case.readings
        if reading.property == "status" and reading.value == status
    )
    last = max(days, default="")
    return {"statusAsOf": last} if last and status else {}


def _main_node(case: Case, content: Node, notes: Sequence[Node]) -> Node:
    """The node of what a record is about; of a page that names no project, its notes alone."""
    noted: Node = {"qualityNote": notes} if notes else {}
    if case.kind not in FORMS:
        return {**content, **noted}
    pages = [iris.source(source.page) for source in case.record.sources]
    return {**content, "record": _record(case.subject, {"source": pages, **noted})}


def _record(subject: str, said: Node) -> Node:
    """The node of the record of a subject, with what is said of it."""
    return {"id": iris.record(subject), "type": "Record", "primaryTopic": subject, **said}


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
    """The node of a thing that is withdrawn: why, what takes its place, and since when its record
    is; nothing else is said of it.
    """
    successor = withdrawn.replaced_by
    if successor and "/" not in successor:
        successor = iris.compact(subject.partition(":")[0], successor)
    return {
        "id": subject,
        "deprecated": "true",
        "comment": dict(withdrawn.reason),
        **({"isReplacedBy": successor} if successor else {}),
        "record": _record(subject, {"invalidatedAtTime": f"{withdrawn.date}T00:00:00Z"}),
    }
