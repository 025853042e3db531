"""Printed values to meanings: what the words of a capture stand for, and what is wrong with
them.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...model import iris
from ...model.datatypes import PROJECT_ID, Span
from ...model.fields import FIELDS, PART_FIELDS, Kind
from ...model.nodes import LiteralValue, Term
from ...model.provisional_codes import PROVISIONAL, label_of
from ...model.records import Capture
from ...model.text import Language
from .amounts import amount, currency
from .dates import years
from .issues import SPAN, Issue
from .names import Cut, Gazetteer, Name
from .reference import Reference
from .values import Value


class PrintedCapture(NamedTuple):
    """A capture on its way to a meaning: `language` is that of the page, in which values are
    written; `tag` that of its own words.
    """

    text: str
    capture: Capture
    part: str
    language: Language
    subject: str
    reference: Reference
    tag: str


class Meaning(NamedTuple):
    """The value of a capture, its parts as (value in a statement, words' span), and issues."""

    value: Value | None
    parts: tuple[tuple[Term | None, Span | None], ...] = ((None, None),)
    issues: tuple[Issue, ...] = ()
    method: str = "read"


_ORDINALS = ("première", "deuxième", "troisième", "quatrième", "cinquième", "sixième")

#: Property -> the end of a span of time that it is about; others need one year alone.
_ENDS: Mapping[str, slice] = {"startYear": slice(1), "endYear": slice(1, None)}


def meaning_of(property_: str, words: str, language: Language, reference: Reference) -> Meaning:
    """What words mean as a value of a property, whoever wrote them."""
    name, _, part = property_.partition(".")
    kind, capture = FIELDS[name].kind, Capture(property=property_, text=words)
    return _BY_KIND[kind](PrintedCapture(words, capture, part, language, "", reference, language))


def _text(printed: PrintedCapture) -> Meaning:
    text, language = _lines(printed.text), printed.tag
    return _literal({language: text}, LiteralValue(text, "", language)) if text else Meaning(None)


def _lines(text: str) -> str:
    """A text with plain ends of lines, without the spaces before them that nobody sees."""
    *lines, last = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join((*(line.rstrip(" \t") for line in lines), last))


def _literal(value: Value, term: Term) -> Meaning:
    """The meaning of a capture whose words, all of them, stand for one literal."""
    return Meaning(value, ((term, None),))


def _verbatim(printed: PrintedCapture) -> Meaning:
    return _literal(printed.text, LiteralValue(printed.text)) if printed.text else Meaning("")


def _project_id(printed: PrintedCapture) -> Meaning:
    is_id = re.fullmatch(PROJECT_ID, printed.text)
    return _literal(printed.text, LiteralValue(printed.text)) if is_id else _unreadable(printed)


def _year(printed: PrintedCapture) -> Meaning:
    """The year of a date; of a span of time, where the field is about one end of it, of that."""
    property_ = printed.capture.property
    if re.fullmatch("[0-9]{4}", printed.text):
        return _literal(printed.text, FIELDS[property_].term(printed.text))
    end = _ENDS.get(property_, slice(None))
    spans = years(printed.text)
    found = sorted({year for span in spans for year in span[end]})
    term = FIELDS[property_].term(found[0]) if found else None
    meaning = _only(printed, found, term)
    is_span = meaning.value and all(span.first != span.last for span in spans)
    if not is_span:
        return meaning
    said = Issue("ambiguous-value", property_, words=(printed.text, found[0]), message=SPAN)
    return meaning._replace(issues=(said,))


def _only(printed: PrintedCapture, readings: Sequence[str], term: Term | None) -> Meaning:
    """The meaning of a capture that can be read as these: the one, or none and why not."""
    if len(readings) == 1 and term is not None:
        return _literal(readings[0], term)
    if not readings:
        return _unreadable(printed)
    return _noted(printed, "ambiguous-value", printed.text, " / ".join(readings))


def _budget(printed: PrintedCapture) -> Meaning:
    if printed.capture.certainty:
        return _told_budget(printed)
    if printed.part == "currency":
        return _currency(printed)
    found = amount(printed.text, printed.language)
    if found.fault:
        return _noted(printed, found.fault, printed.text)
    first = found.readings[0] if found.readings else ""
    return _only(printed, found.readings, PART_FIELDS[printed.part].term(first))


def _currency(printed: PrintedCapture) -> Meaning:
    said = currency(printed.text)
    if said == "dollars":
        return _literal("USD", PART_FIELDS[printed.part].term("USD"))
    return _noted(printed, "other-currency", printed.text) if said else _unreadable(printed)


def _noted(printed: PrintedCapture, code: str, *words: str) -> Meaning:
    property_ = printed.capture.property.partition(".")[0]
    return Meaning(None, issues=(Issue(code, property_, words=words),))


def _told_budget(printed: PrintedCapture) -> Meaning:
    """A part of an amount that prose gives; none that has no one reading, or is not in dollars,
    which is noted.
    """
    prose, is_code = printed.reference.prose, printed.part == "currency"
    told = prose.currency(printed.text) if is_code else prose.amount(printed.text, printed.language)
    if told and is_code and told != "USD":
        return _noted(printed, "other-currency", printed.text)
    return _literal(told, PART_FIELDS[printed.part].term(told)) if told else Meaning(None)


def _unreadable(printed: PrintedCapture) -> Meaning:
    return _noted(printed, "unreadable-value", printed.text)


def _coded(printed: PrintedCapture) -> Meaning:
    property_ = printed.capture.property
    field = FIELDS[property_]
    code = printed.reference.code(field.scheme, printed.text)
    if printed.capture.certainty:
        code = printed.reference.prose.phrases.code(property_, printed.text) or code
    if not code:
        said = Issue("unreadable-value", property_, words=(printed.text,), severity="Warning")
        return Meaning(None, issues=(said,), method="coded")
    term = f"{field.prefix}{code}"
    value: Value = [code] if field.several else code
    return Meaning(value, ((term, None),), _unlisted(printed, term, printed.text), "coded")


def _unlisted(printed: PrintedCapture, code: str, word: str) -> tuple[Issue, ...]:
    """An issue for a word that no list has."""
    property_ = printed.capture.property.partition(".")[0]
    if printed.reference.lists(code):
        return ()
    return (Issue("unknown-code", property_, values=(code,), words=(label_of(word),)),)


def _states(printed: PrintedCapture) -> Meaning:
    if printed.capture.certainty:
        told = list(once(printed.reference.prose.states_in(printed.text)))
        named = sorted(name.id.removeprefix("st:") for name in told)
        return Meaning(named or None, tuple((name.id, name.span) for name in told), (), "segmented")
    cut = printed.reference.states.cut(printed.text)
    found = list(once(cut.names))
    issues = (*_residue(printed, cut, printed.reference.states), *_doubled(printed, cut))
    value = sorted(name.id.removeprefix("st:") for name in found)
    return Meaning(
        value or None, tuple((name.id, name.span) for name in found), issues, "segmented"
    )


def _association(printed: PrintedCapture) -> Meaning:
    cut = _partners(printed)
    agents = [name.id.removeprefix("ag:") for name in once(cut.names)]
    parts = (iris.part(printed.subject, printed.part, agent) for agent in agents)
    value = [{"agent": agent, "role": printed.part} for agent in agents]
    spans = (name.span for name in once(cut.names))
    issues = _residue(printed, cut, printed.reference.organisations)
    if not agents and printed.capture.certainty:
        issues = (_stranger(printed),)
    return Meaning(value or None, tuple(zip(parts, spans, strict=True)), issues, "segmented")


def _stranger(printed: PrintedCapture) -> Issue:
    """That prose names a partner that nobody knows, with the known name most like it."""
    words = (printed.text, printed.reference.organisations.suggest(printed.text) or "")
    return Issue("unresolved-name", "association", words=words, severity="Warning")


def _partners(printed: PrintedCapture) -> Cut:
    """The organisations of a capture, governments by their states where prose has them so; of one
    from prose those that are known, and no residue.
    """
    prose = printed.reference.prose
    if printed.capture.certainty:
        return Cut(prose.partners_in(printed.text), ())
    cut = printed.reference.organisations.cut(printed.text)
    told = prose.partners_in(printed.text, whole=True) if cut.residue else ()
    return Cut(told, ()) if told else cut


def _phase(printed: PrintedCapture) -> Meaning:
    told = printed.reference.prose.phase(printed.text) if printed.reference.prose.phrases else None
    if told is None and printed.text not in _ORDINALS:
        return _unreadable(printed)
    number = str(told or _ORDINALS.index(printed.text) + 1)
    return Meaning([number], ((iris.part(printed.subject, "phase", number), None),), method="coded")


def _result(printed: PrintedCapture) -> Meaning:
    count = printed.reference.prose.phrases.number(printed.text)
    if count is None:
        return _unreadable(printed)
    value = [{"count": str(count), "measure": printed.part}]
    part = iris.part(printed.subject, "result", printed.part)
    word = printed.part.removeprefix(PROVISIONAL)
    return Meaning(value, ((part, None),), _unlisted(printed, f"code:measure-{printed.part}", word))


def _unknown(printed: PrintedCapture) -> Meaning:
    label = printed.capture.label or printed.capture.property
    words = (label, printed.reference.label_like(label))
    return Meaning(None, issues=(Issue("unknown-field", "sourceField", words=words),))


def once(names: Iterable[Name]) -> Iterator[Name]:
    """The first name of each identifier."""
    seen: set[str] = set()
    for name in names:
        if name.id not in seen:
            seen.add(name.id)
            yield name


def _residue(printed: PrintedCapture, cut: Cut, known: Gazetteer) -> tuple[Issue, ...]:
    """An issue for words that are no name, with the known name most like them: to be shown, never
    taken.
    """
    property_ = printed.capture.property.partition(".")[0]
    left = " ".join(printed.text[slice(*span)] for span in cut.residue)
    return (
        (Issue("unresolved-name", property_, words=(left, known.suggest(left) or "")),)
        if left
        else ()
    )


def _doubled(printed: PrintedCapture, cut: Cut) -> tuple[Issue, ...]:
    counted = Counter(name.id for name in cut.names)
    doubled = tuple(sorted(id_ for id_, times in counted.items() if times > 1))
    return (Issue("duplicate-name", printed.capture.property, doubled),) if doubled else ()


_BY_KIND: Mapping[Kind, Callable[[PrintedCapture], Meaning]] = {
    "id": _project_id,
    "text": _verbatim,
    "texts": _text,
    "year": _year,
    "code": _coded,
    "state": _states,
    "money": _budget,
    "partner": _association,
    "phase": _phase,
    "outcome": _result,
}

#: Property -> what gives its captures a meaning, for all that pages print.
MEANINGS: Mapping[str, Callable[[PrintedCapture], Meaning]] = {
    **{
        field.name: _BY_KIND[field.kind]
        for field in FIELDS.values()
        if field.kind in _BY_KIND and not field.read_from
    },
    "unknown": _unknown,
}
