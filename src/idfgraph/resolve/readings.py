"""Captures to readings: what each printed value means, which words of the page say so, and what is wrong with it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from .. import iris
from ..names import folded
from ..records import PROJECT_ID, Capture, Record, Source, Span
from .gazetteer import Cut, Name
from .issues import Issue
from .reference import Reference


class Evidence(NamedTuple):
    """Words of a page that support a statement: the resource and property it is about, and its value if an IRI."""

    resource: str
    property: str
    value: str | None
    text: str
    span: Span
    method: str
    capture: Capture

    def key(self) -> str:
        """The words that name the source value in its page: property, and value where there can be several."""
        if self.property == "unknown":
            return "-".join(("field", *folded(self.capture.label or "").split()))
        part = self.resource.partition("#")[2]
        shown = f"{part}-{self.property}" if part else self.property
        several = self.property in _SEVERAL and self.value
        return f"{shown}-{re.split('[:#]', self.value or '')[-1]}" if several else shown


class Reading(NamedTuple):
    """What a capture means: a property, its value in the record's form (None: cannot be read), evidence, issues."""

    property: str
    value: Any
    evidence: tuple[Evidence, ...]
    issues: tuple[Issue, ...]
    source: Source
    labelled: bool


class _Meaning(NamedTuple):
    """The value of a capture, its parts as (value IRI, words' span), and issues."""

    value: Any
    parts: tuple[tuple[str | None, Span | None], ...] = ((None, None),)
    issues: tuple[Issue, ...] = ()
    method: str = "read"


#: Properties with several values, each with evidence of its own.
_SEVERAL = frozenset(
    {"beneficiary", "targetsGovernmentOf", "mentionsState", "association", "result", "hasPart", "projectType"}
)

_ORDINALS = ("première", "deuxième", "troisième", "quatrième", "cinquième", "sixième")

#: Properties whose value is a code, and the scheme it is in.
_SCHEMES = {"status": "status", "projectType": "type", "coverage": "coverage", "fundRegion": "region"}

_MONEY = re.compile(r"(?!0+(\.0+)?$)[0-9]{1,12}(\.[0-9]{1,2})?")


def readings_of(record: Record, reference: Reference) -> Iterator[Reading]:
    """The readings of all captures of a record, source by source, in the order of the page."""
    for source in record.sources:
        for capture in source.values:
            if capture.span is not None:
                yield from _readings(record, source, capture, reference)


def _readings(record: Record, source: Source, capture: Capture, reference: Reference) -> Iterator[Reading]:
    property_, _, part = capture.property.partition(".")
    property_ = property_ if property_ in _MEANINGS else "unknown"
    subject = subject_of(record)
    text = capture.text if capture.text is not None else _stored(record, property_, source)
    meaning = _MEANINGS[property_](_Printed(text, capture, part, source, subject, reference))
    resource = iris.part(subject, "budget") if property_ == "budget" else subject
    about = part if property_ == "budget" else property_
    evidence = (
        Evidence(resource, about, value, *_words(text, capture, span), meaning.method, capture)
        for value, span in meaning.parts
    )
    labelled = capture.label is not None
    yield Reading(capture.property, meaning.value, tuple(evidence), meaning.issues, source, labelled)
    if property_ == "narrative" and meaning.value:
        yield _mentions(text, capture, source, subject, reference)


def subject_of(record: Record) -> str:
    """The compact IRI of what a record is about."""
    prefix = {"Project": "prj", "Programme": "prg"}.get(type(record).__name__, "src")
    return iris.compact(prefix, record.id)


class _Printed(NamedTuple):
    """A capture on its way to a meaning."""

    text: str
    capture: Capture
    part: str
    source: Source
    subject: str
    reference: Reference


def _stored(record: Record, property_: str, source: Source) -> str:
    texts = getattr(getattr(record, "values", None), property_, {})
    return texts.get(source.language, "") if isinstance(texts, Mapping) else ""


def _words(text: str, capture: Capture, span: Span | None) -> tuple[str, Span]:
    start, end = capture.span or (0, 0)
    return (text[slice(*span)], (start + span[0], start + span[1])) if span else (text, (start, end))


def _text(printed: _Printed) -> _Meaning:
    return _Meaning({printed.source.language: printed.text} if printed.text else None)


def _verbatim(printed: _Printed) -> _Meaning:
    return _Meaning(printed.text)


def _project_id(printed: _Printed) -> _Meaning:
    return _Meaning(printed.text) if re.fullmatch(PROJECT_ID, printed.text) else _unreadable(printed)


def _year(printed: _Printed) -> _Meaning:
    return _Meaning(printed.text) if re.fullmatch("[0-9]{4}", printed.text) else _unreadable(printed)


def _budget(printed: _Printed) -> _Meaning:
    if printed.part not in {"value", "currency"}:
        return _unknown(printed)
    readable = printed.text == "USD" if printed.part == "currency" else _MONEY.fullmatch(printed.text)
    return _Meaning(printed.text) if readable else _unreadable(printed)


def _unreadable(printed: _Printed) -> _Meaning:
    property_ = printed.capture.property.partition(".")[0]
    return _Meaning(None, issues=(Issue("unreadable-value", property_, words=(printed.text,)),))


def _coded(printed: _Printed) -> _Meaning:
    property_ = printed.capture.property
    scheme = _SCHEMES[property_]
    code = printed.reference.code(scheme, printed.text)
    if code is None:
        return _Meaning(None, issues=(Issue("unknown-code", property_, words=(printed.text,)),), method="coded")
    value = [code] if property_ == "projectType" else code
    return _Meaning(value, ((f"code:{scheme}-{code}", None),), method="coded")


def _states(printed: _Printed) -> _Meaning:
    cut = printed.reference.states.cut(printed.text)
    found = list(_once(cut.names))
    issues = (*_residue(printed, cut), *_doubled(printed, cut))
    value = sorted(name.id.removeprefix("st:") for name in found)
    return _Meaning(value or None, tuple((name.id, name.span) for name in found), issues, "segmented")


def _association(printed: _Printed) -> _Meaning:
    cut = printed.reference.organisations.cut(printed.text)
    agents = [name.id.removeprefix("ag:") for name in _once(cut.names)]
    parts = (iris.part(printed.subject, printed.part, agent) for agent in agents)
    value = [{"agent": agent, "role": printed.part} for agent in agents]
    spans = (name.span for name in _once(cut.names))
    return _Meaning(value or None, tuple(zip(parts, spans, strict=True)), _residue(printed, cut), "segmented")


def _phase(printed: _Printed) -> _Meaning:
    if printed.text not in _ORDINALS:
        return _unreadable(printed)
    number = str(_ORDINALS.index(printed.text) + 1)
    return _Meaning([number], ((iris.part(printed.subject, "phase", number), None),), method="coded")


def _result(printed: _Printed) -> _Meaning:
    if not re.fullmatch("[0-9]{1,9}", printed.text):
        return _unreadable(printed)
    value = [{"count": str(int(printed.text)), "measure": printed.part}]
    return _Meaning(value, ((iris.part(printed.subject, "result", printed.part), None),))


def _unknown(printed: _Printed) -> _Meaning:
    label = printed.capture.label or printed.capture.property
    return _Meaning(None, issues=(Issue("unknown-field", "sourceField", words=(label,)),))


def _mentions(text: str, capture: Capture, source: Source, subject: str, reference: Reference) -> Reading:
    names = list(_once(reference.states.mentions(text, source.language)))
    evidence = (
        Evidence(subject, "mentionsState", name.id, *_words(text, capture, name.span), "segmented", capture)
        for name in names
    )
    value = sorted(name.id.removeprefix("st:") for name in names)
    return Reading("mentionsState", value, tuple(evidence), (), source, labelled=False)


def _once(names: Iterable[Name]) -> Iterator[Name]:
    """The first name of each identifier."""
    seen: set[str] = set()
    for name in names:
        if name.id not in seen:
            seen.add(name.id)
            yield name


def _residue(printed: _Printed, cut: Cut) -> tuple[Issue, ...]:
    property_ = printed.capture.property.partition(".")[0]
    left = tuple(printed.text[slice(*span)] for span in cut.residue)
    return (Issue("unresolved-name", property_, words=(" ".join(left),)),) if left else ()


def _doubled(printed: _Printed, cut: Cut) -> tuple[Issue, ...]:
    ids = [name.id for name in cut.names]
    doubled = tuple(sorted({id_ for id_ in ids if ids.count(id_) > 1}))
    return (Issue("duplicate-name", printed.capture.property, doubled),) if doubled else ()


_MEANINGS: Mapping[str, Callable[[_Printed], _Meaning]] = {
    "title": _text,
    "narrative": _text,
    "projectId": _project_id,
    "primaId": _verbatim,
    "startYear": _year,
    "statedEndYear": _year,
    "allocationYear": _year,
    "budget": _budget,
    "status": _coded,
    "projectType": _coded,
    "coverage": _coded,
    "fundRegion": _coded,
    "beneficiary": _states,
    "targetsGovernmentOf": _states,
    "association": _association,
    "hasPart": _phase,
    "result": _result,
    "unknown": _unknown,
}
