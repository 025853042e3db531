"""The codes of a record as the reference data has them by now: those that another took the place of
give way to it, and those that no list has are provisional.
"""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from ...model.codes import OPEN_SCHEMES
from ...model.fields import FIELDS, VALUES, ProgrammeValues, ProjectValues
from ...model.judgements import Decision
from ...model.records import Capture, Record, Source
from .deciding import NONE
from .reference import Reference

#: Code properties whose words are open -> the name of their attribute.
_CODED: Mapping[str, str] = {
    field.name: "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in field.name)
    for field in VALUES
    if field.scheme in OPEN_SCHEMES
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
