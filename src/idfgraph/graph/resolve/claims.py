"""What each printed value is worth: accepted, set aside, or printed by a template, and why.

The one place where ranks are given. A value is accepted if it is content: what is ranked is held
against the node of the record.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from ...model import iris
from ...model.fields import FIELDS, PART_FIELDS
from ...model.judgements import Decision
from ...model.nodes import LiteralValue, Node, Term, id_of, is_node
from .case import Case
from .deciding import NONE, names_of, numbered, stands
from .decisions import same
from .issues import Issue
from .readings import Evidence, Reading, is_suggested, whole_of
from .rivals import Rivals, name_of

#: A statement without its value: the resource that it is about, and the property.
Key = tuple[str, str]


class Rank(NamedTuple):
    """The rank of a value that a page states, why it has it, and the decision or note that says
    so.
    """

    rank: Literal["accepted", "set-aside", "template"]
    reason: Literal["unopposed", "rule", "decided", "contradicted", "doubted", "template"]
    by: str = ""


class Claims(NamedTuple):
    """What the pages of a record claim, held against what is accepted of it."""

    case: Case
    content: Mapping[Key, tuple[Term, ...]]
    rivals: Mapping[str, Rivals]

    def meant(self, reading: Reading, evidence: Evidence) -> Term | None:
        """The value that a page states: the accepted one where it means the same."""
        value = evidence.value
        if not isinstance(value, LiteralValue):
            return value
        alike = (
            known
            for known in self.content.get((evidence.resource, evidence.property), ())
            if isinstance(known, LiteralValue) and known.language == value.language
        )
        means_it = (known for known in alike if same(reading.property, known.value, value.value))
        return next(means_it, value)

    def rank(self, reading: Reading, evidence: Evidence, meant: Term | None) -> Rank | None:
        """The rank of the value that a page states, which is `meant`; None where it states none, or
        about nothing known.
        """
        if evidence.value is None or evidence.resource.startswith("src:"):
            return None
        if self.case.is_template(reading):
            return Rank("template", "template", self._doubt(reading))
        name = self._name(reading)
        if meant in self.content.get((evidence.resource, evidence.property), ()):
            return self._accepted(name)
        return self._set_aside(name, reading)

    def rules(self) -> Iterator[tuple[str, Iterable[Reading]]]:
        """The properties (of texts, without the language) of which a rule chose a value, with the
        readings that give it.
        """
        chosen: dict[str, list[Reading]] = defaultdict(list)
        for name, group in self.rivals.items():
            if group.is_ruled and not self._is_decided(name) and group.chosen:
                chosen[name.partition("@")[0]].append(group.chosen)
        yield from chosen.items()

    def _accepted(self, name: str) -> Rank:
        if decision := self._decision(name):
            return Rank("accepted", "decided", decision)
        group = self.rivals.get(name)
        if group and group.is_ruled:
            return Rank("accepted", "rule", rule_iri(self.case, name))
        return Rank("accepted", "unopposed")

    def _set_aside(self, name: str, reading: Reading) -> Rank:
        if decision := self._decision(name):
            return Rank("set-aside", "decided", decision)
        if self.case.doubt_of(reading):
            return Rank("set-aside", "doubted", self._doubt(reading))
        if is_suggested(reading):
            note = Issue("suggested-value", whole_of(reading.property)).note(self.case.subject)
            return Rank("set-aside", "doubted", note)
        group = self.rivals.get(name)
        if group and group.is_ruled:
            return Rank("set-aside", "rule", rule_iri(self.case, name))
        whole = whole_of(name).partition("@")[0]
        alike = (group for other, group in self.rivals.items() if other.startswith(whole))
        if any(group.chosen is None for group in alike):
            note = Issue("contradiction", whole).note(self.case.subject)
            return Rank("set-aside", "contradicted", note)
        return Rank("set-aside", "rule")

    def _name(self, reading: Reading) -> str:
        """What a reading competes under; a state that a narrative names is worth what that is."""
        if reading.property != "mentionsState" or "mentionsState" in self.case.decided:
            return name_of(reading)
        told = (
            other
            for other in self.case.readings
            if other.source is reading.source and other.property == "narrative" and other.value
        )
        return next(map(name_of, told), reading.property)

    def _doubt(self, reading: Reading) -> str:
        """The note that doubts what a reading gives; none where a person has decided."""
        doubt = self.case.doubt_of(reading)
        return doubt.note(self.case.subject) if doubt and not self._is_decided("endYear") else ""

    def _is_decided(self, name: str) -> bool:
        return bool(self.case.decided & {name, whole_of(name)})

    def _decision(self, name: str) -> str:
        """The decision of a person on what readings compete under; the last one, as that wins."""
        record = self.case.record
        for number, decision in reversed(numbered(record)):
            if {name, whole_of(name)}.intersection(names_of(decision)) and stands(record, decision):
                return steward_iri(self.case, decision, number, name)
        return ""


def claims_of(case: Case, rivals: Mapping[str, Rivals], node: Node) -> Claims:
    """The claims of a record's pages, given its rivals and the node of its content."""
    content: dict[Key, list[Term]] = defaultdict(list)
    for key, term in _statements(node):
        content[key].append(term)
    return Claims(case, {key: tuple(terms) for key, terms in content.items()}, rivals)


def rule_iri(case: Case, name: str) -> str:
    """The compact IRI of the decision of a rule on a property, or on a part of it."""
    graph = iris.graph("decision", case.record.id)
    return iris.part(graph, name.partition("@")[0].replace(".", "-"))


def steward_iri(case: Case, decision: Decision, number: int, name: str = "") -> str:
    """The compact IRI of a person's decision, by its number among those on its property; of
    one on an amount, that on a part of it.
    """
    graph = iris.graph("decision", case.record.id)
    part = name.partition(".")[2] if decision.value != NONE else ""
    words = filter(None, ("steward", decision.property, part, str(number)))
    return iris.part(graph, *words)


def _statements(node: Node) -> Iterator[tuple[Key, Term]]:
    """What a node and its parts state by properties of records."""
    for name, value in node.items():
        field = FIELDS.get(name) or PART_FIELDS.get(name)
        for item in value if field and isinstance(value, list) else [value] if field else ():
            key = (id_of(node), name)
            if is_node(item):
                yield key, id_of(item)
                yield from _statements(item)
            elif isinstance(item, str) and field:
                yield key, field.term(item)
            elif isinstance(item, Mapping):
                yield from ((key, LiteralValue(str(text), "", tag)) for tag, text in item.items())
