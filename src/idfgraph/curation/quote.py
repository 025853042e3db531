"""A quote is enough: words that stand on a record's page become evidence for a field, and its
value.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from ..graph.resolve import property_of
from ..graph.setting import Setting, linked, prepare, shipped_reference
from ..model.datatypes import Span
from ..model.errors import BadInput, Place
from ..model.fields import FIELDS
from ..model.nodes import NoteNode
from ..model.records import Capture, Record, Source, has_value
from ..model.text import N_
from ..sources.files import desk_of
from ..sources.pages import page_text
from ..sources.records import read_record, read_whole_record, rewritten
from ..system.disk import write_text
from ..system.lock import alone_in
from .filed_pages import digest_of
from .merge import WordMeanings, followed, listed_like, with_fields
from .quotable import refuse_field
from .standing import Standing, pattern_of, standings_on

#: Issue of words that give no value -> what to do about it.
_HINTS = {
    "unresolved-name": N_("quote the name alone; a desk adds names that are missing in reference/"),
    "unreadable-value": N_("quote the words of the value"),
}

#: How words of a document are written.
_BY_HAND = "- {property: startYear, text: '2021', locator: p. 1}"

#: What to do about an error that the words of a quote leave as it was.
_STILL = "It still stands: put these words in the place of those with --instead, or decide."


class Quoted(NamedTuple):
    """What a quote gave: where it stands, the fields that changed with it, what is doubtful about
    its field, and the words that it took the place of.
    """

    standing: Standing
    changes: Mapping[str, object]
    notes: tuple[str, ...]
    dropped: tuple[str, ...] = ()


def standings(file: Path, words: str, shelf: Path) -> tuple[Standing, ...]:
    """The places at which words stand on the pages of a record, source by source, in the order of
    the page.

    White space, dashes and quotation marks need not be those of the page. `shelf` is the folder of
    the pages. Raises BadInput where the record has no page, or one that is not in the folder.

    >>> file, shelf = Path("data/records/V47-805.yaml"), Path("data/pages")
    >>> [place.words for place in standings(file, "49997.00", shelf)]
    ['49997.00']
    """
    return _all_standings(file, read_record(file).record, words, shelf)


def quote(
    file: Path,
    field: str,
    words: str,
    shelf: Path,
    *,
    nth: int = 0,
    instead: bool = False,
    new_code: bool = False,
) -> Quoted:
    """Writes words of a page into a record as evidence for a field, with the value that they give.

    `field` is a property, or a part of one (`budget.value`, `association.funding`); `nth` says
    which place is meant, from 1, where the words stand at several. Of a field that can have several
    values the words add one; with `instead` they take the place of all that the page is quoted with
    for the field. What people edited stays. With `new_code`, a word that no list has becomes a
    provisional code.
    Raises BadInput where the words stand nowhere, at several places, give no value, or are on no
    list.
    """
    with alone_in(file.parent):
        record = read_record(file).record
        setting = prepare(desk_of(file.parent))
        refuse_field(file, record, field, setting)
        place = _chosen(file, words, _all_standings(file, record, words, shelf), nth)
        if FIELDS[property_of(Capture(property=field))].kind == "state":
            pages = _pages(file, record, shelf)
            _refuse_part(file, pages[place.source], place.span, setting)
        sources, dropped = _with_quote(file, record, place, field, instead)
        _refuse_valueless(file, setting, record, place, field, new_code=new_code)
        meanings = WordMeanings(setting.reference, shipped_reference)
        merged = followed(record, replace(record, sources=sources), meanings)
        edit = rewritten(file, lambda said: with_fields(said, merged.changes), sources)
        decided = read_whole_record(file).record.decisions
        sides = (replace(one, decisions=decided) for one in (record, edit.record))
        notes = _new_notes(file, setting, field, *sides)
        write_text(file, edit.text)
    kept = (f"stays as edited: {name}" for name in merged.kept)
    clashing = (f"is edited otherwise: {one.field}" for one in merged.conflicts)
    return Quoted(place, merged.changes, (*notes, *kept, *clashing), dropped)


def carried(known: Source, new: Source, told: Callable[[], str]) -> Source:
    """A new capture of a page, with the words that its record quotes without a label and its
    reading lacks, as far as they stand at one place of its text; `told` gives that text, and is
    asked where there are such words alone.
    """
    quotes = list(_quotes(known, new))
    text = told() if quotes else ""
    for capture in quotes:
        places = [found.span() for found in pattern_of(capture.text or "").finditer(text)]
        if capture.span in places or len(places) == 1:
            span = capture.span if capture.span in places else places[0]
            again = replace(capture, span=span, text=text[slice(*span)])
            has = any((one.property, one.span) == (again.property, span) for one in new.values)
            new = new if has else _with_capture(new, again)
    return new


def _quotes(known: Source, new: Source) -> Iterator[Capture]:
    """The captures of a source that people quoted: without a label, of what its new reading lacks,
    or beside others of what can have several values.
    """
    read = {capture.property for capture in new.values}
    had = [capture.property for capture in known.values if has_value(capture)]
    for capture in known.values:
        is_one_more = not capture.certainty and had.count(capture.property) > 1
        lacks = capture.property not in read or (is_one_more and _adds(capture.property))
        if capture.span and capture.text and not capture.label and lacks:
            yield capture


def _adds(field: str) -> bool:
    """Whether words that are quoted for a field are one of its values beside others; a result has
    one count.
    """
    known = FIELDS.get(field.partition(".")[0])
    return known is not None and known.several and known.kind != "outcome"


def _all_standings(file: Path, record: Record, words: str, shelf: Path) -> tuple[Standing, ...]:
    pages = _pages(file, record, shelf)
    return tuple(
        place for number, text in pages.items() for place in standings_on(number, text, words)
    )


def _pages(file: Path, record: Record, shelf: Path) -> Mapping[int, str]:
    """The text of each page of a record, by the number of its source."""
    wanted = {
        number: source for number, source in enumerate(record.sources) if not source.media_type
    }
    if not wanted and record.sources:
        hint = N_("write their words by hand, below values of a document: {example}")
        said = N_("cites documents, and no page")
        raise BadInput(said, Place(str(file)), hint=hint, example=_BY_HAND)
    if not wanted:
        raise BadInput(N_("names no page"), Place(str(file)), hint=N_("extract its page first"))
    there = {digest_of(path): path for path in sorted(shelf.glob("*")) if path.is_file()}
    for source in wanted.values():
        if source.page not in there:
            message = N_("its page {identifier} ({source}…) is not in {shelf}")
            raise BadInput(
                message,
                Place(str(file)),
                hint=N_("name the folder of pages with --pages"),
                identifier=source.identifier,
                source=source.page[:16],
                shelf=shelf,
            )
    return {
        number: page_text(there[source.page], source.encoding) for number, source in wanted.items()
    }


def _chosen(file: Path, words: str, found: tuple[Standing, ...], nth: int) -> Standing:
    """The place that is meant, or BadInput."""
    if not found:
        hint = N_("copy them from the page as it was captured, a few words are enough")
        raise BadInput(
            N_("none of its pages has the words {words!r}"),
            Place(str(file)),
            hint=hint,
            words=words,
        )
    if not nth and len(found) > 1:
        listed = "; ".join(f"{number} {place}" for number, place in enumerate(found, 1))
        message = N_("{words!r} stands at {number} places: {listed}")
        raise BadInput(
            message,
            Place(str(file)),
            hint=N_("say which is meant with --nth"),
            words=words,
            number=len(found),
            listed=listed,
        )
    if nth > len(found):
        message = N_("there is no place {nth} of {words!r}, but {number}")
        raise BadInput(
            message,
            Place(str(file)),
            hint=N_("say which is meant with --nth"),
            nth=nth,
            words=words,
            number=len(found),
        )
    return found[max(nth, 1) - 1]


def _refuse_part(file: Path, text: str, span: Span, setting: Setting) -> None:
    """Nothing, or BadInput where words are a part of the name of another state."""
    if longer := setting.reference.states.longer(text, span):
        message = N_("these words are a part of {text!r}, another state's name")
        raise BadInput(
            message,
            Place(str(file)),
            hint=N_("quote the whole name"),
            text=text[slice(*longer.span)],
        )


def _with_quote(
    file: Path, record: Record, place: Standing, field: str, instead: bool
) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    """The sources of a record with one capture more, and the words of those that are gone; or
    BadInput where its page is quoted for the field.
    """
    source = record.sources[place.source]
    there = [one for one in source.values if one.property == field and has_value(one)]
    if not instead and _adds(field):
        there = [one for one in there if one.span == place.span]
    if there and not instead:
        message = N_("its page is quoted for {field} already: {text!r}")
        raise BadInput(
            message,
            Place(str(file)),
            hint=N_("put the words in its place with --instead"),
            field=field,
            text=there[0].text,
        )
    values = tuple(one for one in source.values if one not in there)
    capture = Capture(property=field, text=place.words, span=place.span)
    capture = next((one for one in there if one.span == place.span), capture)
    sources = list(record.sources)
    sources[place.source] = _with_capture(replace(source, values=values), capture)
    return tuple(sources), tuple(one.text or "" for one in there)


def _with_capture(source: Source, capture: Capture) -> Source:
    """The source with a capture more, after those that begin before it on the page."""
    before = [one for one in source.values if (one.span or (0, 0)) <= (capture.span or (0, 0))]
    after = [one for one in source.values if one not in before]
    return replace(source, values=(*before, capture, *after))


def _refuse_valueless(
    file: Path, setting: Setting, record: Record, place: Standing, field: str, *, new_code: bool
) -> None:
    """Nothing, or BadInput where words give no value, whatever else is quoted for their field, or
    would be a new code.
    """
    capture = Capture(property=field, text=place.words, span=place.span)
    source = replace(record.sources[place.source], values=(capture,))
    alone = replace(record, sources=(source,), decisions=())
    for note in linked(setting, alone).notes:
        if note.issue_type in _HINTS and note.severity == "Violation":
            raise _valueless(file, note)
        is_code = field in FIELDS and FIELDS[field].kind == "code"
        if note.issue_type == "unknown-code" and is_code and not new_code:
            raise _unlisted(file, setting, place.words, field)


def _unlisted(file: Path, setting: Setting, words: str, field: str) -> BadInput:
    """The error for words that are on no list: tells the words of the list that are like them, or
    all.
    """
    near = ", ".join(map(repr, listed_like(setting.reference, words, FIELDS[field].scheme)))
    hint = N_("quote one that is, as {near}; or make a new code of it with --new-code")
    return BadInput(
        N_("{words!r} is on no list of {field}"),
        Place(str(file)),
        hint=hint,
        words=words,
        field=field,
        near=near,
    )


def _valueless(file: Path, note: NoteNode) -> BadInput:
    """The error for words that give no value."""
    hint = _HINTS.get(note.issue_type, _HINTS["unreadable-value"])
    said = {tag: text.removesuffix(".") for tag, text in note.comment.items()}
    return BadInput(said, Place(str(file)), hint=hint)


def _new_notes(
    file: Path, setting: Setting, field: str, before: Record, after: Record
) -> tuple[str, ...]:
    """What is doubtful since a quote, and what is still wrong with its field, in English; BadInput
    where its words give no value.
    """
    known = {note.id: note.comment["en"] for note in linked(setting, before).notes}
    told = []
    for note in linked(setting, after).notes:
        said, is_wrong = note.comment["en"], note.severity == "Violation"
        if is_wrong and known.get(note.id) != said:
            raise _valueless(file, note)
        is_its = note.about_property == field.partition(".")[0]
        if note.id not in known or (is_wrong and is_its):
            still = f" ({_STILL})" if note.id in known else ""
            told.append(f"{note.about_property}: {said}{still}")
    return tuple(told)
