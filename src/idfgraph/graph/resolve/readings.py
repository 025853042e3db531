"""Captures to readings: what each printed value means, which words of the page say so, and what is
wrong with it.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from ...model import iris
from ...model.datatypes import Span
from ...model.fields import PART_FIELDS, PARTS, VALUES
from ...model.mending import Mended, mend, mending
from ...model.names import folded
from ...model.nodes import Term
from ...model.records import Capture, Record, Source, has_value
from ...model.text import Language, ours
from .amounts import amount
from .issues import Issue
from .languages import TEXTS, in_other_words, language_of, language_of_text
from .meanings import MEANINGS, Meaning, PrintedCapture, once
from .prose import ACCEPTED
from .reference import Reference
from .values import Value, parts_of, words_of


class Evidence(NamedTuple):
    """Words of a page that support a statement: the resource and property it is about, and its
    value; None where the words give none.
    """

    resource: str
    property: str
    value: Term | None
    text: str
    span: Span
    method: str
    capture: Capture

    def key(self) -> str:
        """The words that name the source value in its page: property, and value where there can be
        several.
        """
        if self.property == "unknown":
            return "-".join(("field", *folded(self.capture.label or "").split()))
        part = self.resource.partition("#")[2]
        shown = f"{part}-{self.property}" if part else self.property
        if self.property in _SEVERAL and isinstance(self.value, str):
            return f"{shown}-{self.value.rpartition('#')[2].rpartition(':')[2]}"
        return shown


class Reading(NamedTuple):
    """What a capture means: a property, its value in the record's form (None: cannot be read),
    evidence, issues.
    """

    property: str
    value: Value | None
    evidence: tuple[Evidence, ...]
    issues: tuple[Issue, ...]
    source: Source
    labelled: bool


#: Properties with several values, each a resource with evidence of its own.
_SEVERAL = frozenset(field.name for field in VALUES if field.several)

#: The parts of a budget; the properties that are captured part by part, whatever the parts are.
_PARTS = frozenset(field.name for field in PART_FIELDS.values() if field.part_of == "budget")
_IN_PARTS = frozenset(field.name for field in VALUES if field.kind in PARTS - {"money"})


def readings_of(record: Record, subject: str, reference: Reference) -> Iterator[Reading]:
    """The readings of all captures of a record, source by source, in the order of the page; what a
    page says in several places of a property that can have several values is one reading.

    `subject` is the compact IRI of what the record is about.
    """
    return iter(_together(list(_all_of(record, subject, reference))))


def _together(read: Sequence[tuple[Capture | None, Reading]]) -> list[Reading]:
    """The readings, with those of one page about several values made one: what people quoted joins
    what has a label, or else what prose gives.
    """
    labelled = {
        (one.source.page, one.property)
        for capture, one in read
        if one.labelled and capture and not capture.certainty
    }
    found: dict[object, Reading] = {}
    for number, (capture, reading) in enumerate(read):
        several = isinstance(reading.value, list) and whole_of(reading.property) in _SEVERAL
        key: object = number
        if several and capture and capture.property != "unknown":
            about = (reading.source.page, reading.property)
            apart = capture.certainty is not None and about in labelled
            key = (*about, is_suggested(reading), apart)
        known = found.get(key)
        found[key] = _joined(known, reading) if known else reading
    return list(found.values())


def _joined(one: Reading, other: Reading) -> Reading:
    """Two readings of a property as one, each value once."""
    values = [*parts_of(one.value), *parts_of(other.value)]
    words = sorted({*words_of(one.value), *words_of(other.value)})
    parts = [value for number, value in enumerate(values) if value not in values[:number]]
    return one._replace(
        value=words or sorted(parts, key=str),
        evidence=(*one.evidence, *other.evidence),
        issues=(*one.issues, *other.issues),
        labelled=one.labelled or other.labelled,
    )


def _all_of(
    record: Record, subject: str, reference: Reference
) -> Iterator[tuple[Capture | None, Reading]]:
    """The readings of all captures, each for itself, with the capture."""
    unpriced = lacks_currency(record)
    for source in record.sources:
        for capture in source.values:
            if has_value(capture):
                printed = _printed(record, source, capture, subject, reference)
                yield from ((capture, reading) for reading in _readings(printed, source))
        if unpriced and any(capture.property == "budget.value" for capture in source.values):
            yield None, Reading("budget.currency", "USD", (), (), source, labelled=False)


def _printed(
    record: Record, source: Source, capture: Capture, subject: str, reference: Reference
) -> PrintedCapture:
    """A capture on its way to a meaning: a text in its own language, where that is told and nobody
    has decided it.
    """
    language = language_of(record, source)
    text = _text(record, capture, language)
    capture = as_meant(capture, reference)
    is_text = property_of(capture) in TEXTS
    tag = language_of_text(mend(text).text, capture, record, source) if is_text else language
    part = capture.property.partition(".")[2]
    return PrintedCapture(text, capture, part, language, subject, reference, tag)


def as_meant(capture: Capture, reference: Reference) -> Capture:
    """A capture that stands without a label, and whose place does not tell what it is, as that of a
    beneficiary, where it is a state's name and nothing else; any other as it is.
    """
    if capture.property != "unknown" or capture.label or not capture.text:
        return capture
    cut = reference.states.cut(capture.text)
    is_state = bool(cut.names) and not cut.residue
    return replace(capture, property="beneficiary") if is_state else capture


def lacks_currency(record: Record) -> bool:
    """Whether a record's pages print a budget without a label, and none of them a currency."""
    captures = [
        capture for source in record.sources for capture in source.values if has_value(capture)
    ]
    bare = any(capture.property == "budget.value" and capture.label is None for capture in captures)
    return bare and not any(map(_tells_currency, captures))


def _tells_currency(capture: Capture) -> bool:
    """Whether a capture is a currency, or an amount with one beside it."""
    said = capture.property == "budget.value" and amount(capture.text or "", "en")
    return capture.property == "budget.currency" or bool(said and said.dollars)


def _readings(printed: PrintedCapture, source: Source) -> Iterator[Reading]:
    """The reading of a capture, by its words as people see them; of a narrative, that of the states
    that it names too, where its language can be read.
    """
    text, capture, part, _, subject, *_ = printed
    property_ = property_of(capture)
    mended = mend(text)
    odd = mended.text != text
    seen = printed._replace(text=mended.text) if odd else printed
    meaning = MEANINGS[property_](seen)
    resource = iris.part(subject, "budget") if property_ == "budget" else subject
    about = part if property_ == "budget" else property_
    evidence = tuple(
        Evidence(
            resource,
            about,
            value,
            *_words(text, capture, span and mended.span(span)),
            meaning.method,
            capture,
        )
        for value, span in meaning.parts
    )
    if property_ == "result" and meaning.value:
        evidence = (*evidence, _count(printed, meaning))
    issues = (*meaning.issues, *(_mended(text, whole_of(property_)) if odd else ()))
    labelled, known = capture.label is not None, property_ != "unknown"
    yield Reading(
        capture.property if known else property_,
        meaning.value,
        evidence,
        (*issues, *in_other_words(seen, property_, source)) if known else meaning.issues,
        source,
        labelled,
    )
    if property_ == "narrative" and meaning.value and (language := ours(printed.tag)):
        yield _mentions(printed, mended, source, language)
    if capture.property == "budget.value" and meaning.value:
        yield from _dollars(printed, mended, source)


def _mended(text: str, property_: str) -> tuple[Issue, ...]:
    """An issue where the words of a page are not read as they are there, but as people see them."""
    done = mending(text)
    return (Issue("mended-text", property_, words=(done.read, done.printed)),) if done else ()


def _dollars(printed: PrintedCapture, mended: Mended, source: Source) -> Iterator[Reading]:
    """The currency beside an amount, where the page gives it nowhere else."""
    text, capture, *_ = printed
    span = amount(mended.text, printed.language).dollars
    if span and all(one.property != "budget.currency" for one in source.values):
        budget, usd = iris.part(printed.subject, "budget"), PART_FIELDS["currency"].term("USD")
        words = _words(text, capture, mended.span(span))
        evidence = Evidence(budget, "currency", usd, *words, "read", capture)
        labelled = capture.label is not None
        yield Reading("budget.currency", "USD", (evidence,), (), source, labelled)


def _count(printed: PrintedCapture, meaning: Meaning) -> Evidence:
    """How many a result counts, as evidence about the part that it is."""
    text, capture, measure, *_ = printed
    count = parts_of(meaning.value)[0]["count"]
    part = iris.part(printed.subject, "result", measure)
    words = _words(text, capture, None)
    return Evidence(part, "count", PART_FIELDS["count"].term(count), *words, "read", capture)


def is_suggested(reading: Reading) -> bool:
    """Whether a reading is of prose, less sure than content must be."""
    return any(
        evidence.capture.certainty and Decimal(evidence.capture.certainty) < ACCEPTED
        for evidence in reading.evidence
    )


def property_of(capture: Capture) -> str:
    """The property that a capture is about, without its part; `unknown` for one that means nothing
    here.
    """
    return _known_property(capture.property)


@lru_cache(maxsize=1024)
def _known_property(property_: str) -> str:
    name, _, part = property_.partition(".")
    fits = part in _PARTS if name == "budget" else bool(part) == (name in _IN_PARTS)
    return name if name in MEANINGS and fits else "unknown"


def whole_of(property_: str) -> str:
    """The property whose part a property is, or itself.

    >>> whole_of("endYear"), whole_of("budget.value")
    ('endYear', 'budget')
    """
    return property_.partition(".")[0]


def subject_of(record: Record) -> str:
    """The compact IRI of what a record is about."""
    prefix = {"Project": "prj", "Programme": "prg"}.get(type(record).__name__, "src")
    return iris.compact(prefix, record.id)


def _text(record: Record, capture: Capture, language: Language) -> str:
    """The text of a capture; where only its span is kept, the value that the record has."""
    if capture.text is not None:
        return capture.text
    texts = getattr(getattr(record, "values", None), property_of(capture), {})
    if not isinstance(texts, Mapping):
        return ""
    only = next(iter(texts.values())) if len(texts) == 1 else ""
    return str(texts.get(language, only))


def _words(text: str, capture: Capture, span: Span | None) -> tuple[str, Span]:
    start, end = capture.span or (0, 0)
    return (
        (text[slice(*span)], (start + span[0], start + span[1])) if span else (text, (start, end))
    )


def _mentions(
    printed: PrintedCapture, mended: Mended, source: Source, language: Language
) -> Reading:
    text, capture = printed.text, printed.capture
    found = list(printed.reference.states.mentions(mended.text, language))
    places = [name.span for name in found]
    within = [one.span for one in printed.reference.prose.organisations(mended.text, places)]
    names = list(
        once(
            name
            for name in found
            if not any(start <= name.span[0] and name.span[1] <= end for start, end in within)
        )
    )
    evidence = (
        Evidence(
            printed.subject,
            "mentionsState",
            name.id,
            *_words(text, capture, mended.span(name.span)),
            "segmented",
            capture,
        )
        for name in names
    )
    value = sorted(name.id.removeprefix("st:") for name in names)
    return Reading("mentionsState", value, tuple(evidence), (), source, labelled=False)
