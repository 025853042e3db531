"""The codes of a record as the reference data has them by now: those that another took the place of
give way to it, and those that no list has are provisional.
"""

from collections.abc import Iterator, Mapping

from msgspec.structs import fields, replace

from ...model.fields import FIELDS, FORMS, ProgrammeValues, ProjectValues
from ...model.judgements import Decision, SignedDecision
from ...model.provisional_codes import OPEN_SCHEMES
from ...model.records import Capture, Record, Source
from .deciding import NONE
from .reference import Reference

#: Code properties whose words are open -> the name of their attribute.
_CODED: Mapping[str, str] = {
    each.encode_name: each.name
    for form in FORMS.values()
    for each in fields(form)
    if FIELDS[each.encode_name].scheme in OPEN_SCHEMES
}

#: How the captures of results begin: what they count stands behind.
_RESULT = "result."


def settled(record: Record, reference: Reference) -> Record:
    """The record, with codes of its values, decisions and captures as the reference data has them.

    >>> from idfgraph.model.entries import ReferenceData
    >>> from idfgraph.model.records import Project
    >>> record = Project(id="V47-805", values=ProjectValues(status="on-hold"))
    >>> settled(record, Reference(ReferenceData(entries=()))).values.status
    'provisional-on-hold'
    """
    sources = tuple(_source(source, reference) for source in record.sources)
    decisions = tuple(_decision(decision, reference) for decision in record.decisions)
    record = replace(record, sources=sources, decisions=decisions)
    values: ProjectValues | ProgrammeValues | None = getattr(record, "values", None)
    if values is None or not (changes := dict(_changes(values, reference))):
        return record
    return replace(record, values=replace(values, **changes))


def unsigned(record: Record) -> Record:
    """The record without the decisions that stand in files of their own, as its own file has it.

    >>> from idfgraph.model.records import Project
    >>> unsigned(Project(id="V47-805")).decisions
    ()
    """
    own = tuple(one for one in record.decisions if not isinstance(one, SignedDecision))
    return record if len(own) == len(record.decisions) else replace(record, decisions=own)


def _changes(
    values: ProjectValues | ProgrammeValues, reference: Reference
) -> Iterator[tuple[str, object]]:
    """The attributes of values that say another code by now, with what they say."""
    for name, attribute in _CODED.items():
        said: str | tuple[str, ...] | None = getattr(values, attribute, None)
        if said and (now := _codes(name, said, reference)) != said:
            yield attribute, now
    if isinstance(values, ProgrammeValues) and values.result:
        yield (
            "result",
            tuple(
                replace(each, measure=reference.settled("measure", each.measure))
                for each in values.result
            ),
        )


def _codes(name: str, said: str | tuple[str, ...], reference: Reference) -> str | tuple[str, ...]:
    """The codes of a property as the reference data has them, each once."""
    scheme = FIELDS[name].scheme
    if isinstance(said, str):
        return reference.settled(scheme, said)
    return tuple(dict.fromkeys(reference.settled(scheme, code) for code in said))


def _decision(decision: Decision, reference: Reference) -> Decision:
    name, value = decision.property, decision.value
    if name not in _CODED or value == NONE or isinstance(value, dict):
        return decision
    return replace(decision, value=_codes(name, value, reference))


def _source(source: Source, reference: Reference) -> Source:
    """A source whose captures of results name what these count as the reference data has it, each
    once.
    """
    if not any(capture.property.startswith(_RESULT) for capture in source.values):
        return source
    kept: list[Capture] = []
    for capture in (_capture(capture, reference) for capture in source.values):
        known = any(one.property == capture.property for one in kept)
        if not known or not capture.property.startswith(_RESULT):
            kept.append(capture)
    return replace(source, values=tuple(kept))


def _capture(capture: Capture, reference: Reference) -> Capture:
    property_, _, measure = capture.property.partition(".")
    if not capture.property.startswith(_RESULT) or not measure:
        return capture
    return replace(capture, property=f"{property_}.{reference.settled('measure', measure)}")
