"""The steward's story: a page becomes a YAML record to look over, or joins the one there; no edit
is overwritten.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from ..graph.resolve import accepted_values
from ..graph.setting import Setting, linked, prepare, shipped_reference
from ..model.datatypes import PROJECT_ID, is_address, is_captured
from ..model.errors import BadInput, BadPage, Place, advice
from ..model.fields import FIELDS
from ..model.mending import mend
from ..model.records import Programme, Project, Record, Source, Unidentified
from ..model.text import N_, Language, Texts, texts
from ..model.visible import told
from ..sources.files import desk_of
from ..sources.lost_fields import lost_fields
from ..sources.origin import Sourced
from ..sources.page_facts import PageFacts, facts_of
from ..sources.pages import page_text, read_page, taught
from ..sources.records import read_whole_record, render_record
from ..sources.refusal import Refuse, tried
from ..sources.schema import schema_line
from ..system.disk import real, write_text
from ..system.lock import alone_in
from .extract_words import told_of_filing, told_of_merge, told_of_notes, told_of_others
from .filed_pages import file_page, is_filed, note_facts
from .known_records import file_of, own_record, pages_of, record_with, refuse_id, unnamed
from .merge import Clash, WordMeanings, former, merge, plain, shortened
from .quote import carried

#: How much of an id is shown that is none; what ids of projects are like; what to do about it.
_SHOWN = 80
_GIVE_ID = N_(
    "if it is misprinted, give the right one with --project, and decide projectId in the record"
)
#: What to do about an id under a label that is not known.
_TEACH = N_(
    "names no project, but {id} stands under {label!r}; add that label to "
    "reference/field-labels.jsonl, or give --project {id}"
)
_NO_ID = N_("prints {name!r} as its Projet ID, which is none")
_OWNED = N_("names no project; {file} has it: give {option} {id}")
_NAMELESS = N_(
    "names no project; give it an id with {option}, or put it into pages/, and it is published as "
    "it is"
)


class Extracted(NamedTuple):
    """What became of one page: the record's file (None: not written), a word for it, notes to look
    at, and conflicts.

    The words are `written`, `merged`, `unchanged`, or a sentence where there is no file.
    """

    page: Path
    file: Path | None
    outcome: str
    notes: tuple[str, ...]
    clashes: tuple[Clash, ...] = ()
    contradictions: tuple[str, ...] = ()

    @property
    def wants_decision(self) -> bool:
        """Whether somebody has to decide: page and edit differ, or two pages do."""
        return bool(self.clashes or self.contradictions)


def extract(
    pages: Sequence[Path],
    into: Path,
    *,
    url: str | None = None,
    captured: str | None = None,
    encoding: str | None = None,
    programme: str | None = None,
    project: str | None = None,
    shelf: Path | None = None,
    refuse: Refuse | None = None,
    lang: Language = "en",
) -> Iterator[Extracted]:
    """Writes a YAML record for each page, or merges the page into the record that is there; yields
    what became of it.

    `programme` or `project` is the id that a person gives to a page that names no project, `url`
    the page's address, `captured` its time, `shelf` a folder that pages with a record are filed in
    with both, so that quotes can be read again, `lang` the language of the notes. A merge keeps
    what people edited; where the page has changed as well, that is among the conflicts.
    Raises BadInput for a page that cannot be read or is of another record than that of the id,
    BadRecord for a record that cannot be edited in place, which is left as it is, and BadOutput
    where another run is at work. With `refuse`, each is handed to it instead, and all other pages
    are extracted.
    """
    _refuse_options(pages, into, (url, captured), programme, project)
    setting = prepare(desk_of(into))

    def written(page: Path) -> Extracted:
        """What becomes of one page."""
        known = _facts(page, url, captured)
        prose = setting.reference.prose.read
        ids = {"programme": programme, "project": project}
        with taught(setting.files.labels):
            read = read_page(page, known, encoding=encoding, prose=prose, **ids)
        _refuse_other_id(page, read.record, project)
        before = pages_of(into, read.record)
        done = _written(setting, page, read, into, lang)
        if not (shelf and done.file):
            return done
        (source,), filed = read.record.sources, None
        if not (source.page in before and is_filed(page, shelf)):
            superseded = frozenset(unnamed(before - pages_of(into, read.record), into))
            filed = file_page(page, source.page, shelf, superseded)
        facts = _noted(filed or page, source, shelf)
        return done._replace(notes=(*done.notes, *told_of_filing(filed, lang, facts)))

    with alone_in(into), alone_in(shelf) if shelf else nullcontext():
        for page in pages:
            yield from tried(partial(written, page), refuse)


def _facts(page: Path, url: str | None, captured: str | None) -> PageFacts:
    """What a person says of a page, or else what stands beside it."""
    known = facts_of(page)
    return replace(known, url=url or known.url, captured=captured or known.captured)


def _noted(page: Path, source: Source, shelf: Path) -> PageFacts:
    """Notes beside a page of a shelf what is known of it, and gives that."""
    facts = PageFacts(url=source.url, captured=source.captured)
    return note_facts(page, facts) if real(page).is_relative_to(real(shelf)) else facts


def _refuse_options(
    pages: Sequence[Path],
    into: Path,
    facts: tuple[str | None, str | None],
    programme: str | None,
    project: str | None,
) -> None:
    """Nothing, or BadInput for what goes with one page alone, or is no address and no id."""
    url, captured = facts
    if len(pages) > 1 and (url or captured or programme or project):
        raise BadInput(
            N_("an address or an id goes with one page"), hint=N_("extract the pages one by one")
        )
    if programme and project:
        raise BadInput(
            N_("a page is of a project or of a programme"), hint=N_("give one of the two ids")
        )
    if programme:
        refuse_id(programme, into)
    if project and not re.fullmatch(PROJECT_ID, project):
        raise BadInput(
            N_("{project!r} is no id of a project"),
            hint=N_("write it like V47-805 or PX.0220"),
            project=project,
        )
    if captured and not is_captured(captured):
        hint = N_("write the day as 2026-11-20, or the moment in UTC as 2026-11-20T09:03:11Z")
        raise BadInput(N_("{captured!r} is no time of capture"), hint=hint, captured=captured)
    if url and not is_address(url):
        raise BadInput(
            N_("{url!r} is no address"),
            hint=N_("give one that begins with http:// or https://"),
            url=url,
        )


def _refuse_other_id(page: Path, record: Record, project: str | None) -> None:
    """Nothing, or BadInput where a page names another project than a person says."""
    if project and record.id != project:
        message = N_("names the project {id}")
        raise BadInput(
            message, Place(str(page)), hint=N_("extract it without --project"), id=record.id
        )


def reviewed_form(setting: Setting, record: Record) -> Record:
    """The record as it stands in YAML: with the values its pages give, long texts once."""
    if isinstance(record, Unidentified):
        return record
    values = accepted_values(record, setting.reference)
    sources = tuple(shortened(record, source, plain(values)) for source in record.sources)
    return replace(record, values=values, sources=sources)


def _written(setting: Setting, page: Path, read: Sourced, into: Path, lang: Language) -> Extracted:
    record = read.record
    if isinstance(record, Programme):
        _refuse_other(page, record, into)
    others = told_of_others(page, record.sources[0].encoding, lang)
    notes = (*told_of_notes(linked(setting, record).notes, lang), *others)
    _refuse_poorer(page, record, into)
    if isinstance(record, Unidentified):
        return Extracted(page, None, _unidentified(record.sources[0], into)[lang], notes)
    file = file_of(record.id, into)
    if not file.exists():
        write_text(file, schema_line(into) + render_record(reviewed_form(setting, record)))
        return Extracted(page, file, N_("written"), notes)
    at_hand = (page.parent, into.parent / "pages")
    known = read_whole_record(file).record
    meanings = WordMeanings(setting.reference, shipped_reference)
    done = merge(file, known, _with_quotes(known, read, page), meanings, at_hand)
    said = (*notes, *told_of_merge(done, lang))
    word = N_("merged") if done.written else N_("unchanged")
    return Extracted(page, file, word, said, done.clashes, done.contradictions)


def _with_quotes(known: Record, read: Sourced, page: Path) -> Sourced:
    """What was read of a page, with the words of it that people quoted in its record."""
    (new,) = read.record.sources
    number = former(known.sources, new)
    if number is None:
        return read
    quoted = carried(known.sources[number], new, partial(page_text, page, new.encoding))
    return read._replace(record=replace(read.record, sources=(quoted,)))


def _refuse_other(page: Path, programme: Programme, into: Path) -> None:
    """Nothing, or BadInput where a page says that it is a project's, or another record has it."""
    (source,) = programme.sources
    own = _of_projects(source)
    said = N_("prints what only projects have: {names}") if own else ""
    if name := _printed(source).get("projectId"):
        is_id = re.fullmatch(PROJECT_ID, mend(name).text)
        said = N_("names the project {name}")
        if not is_id:
            raise BadInput(_NO_ID, Place(str(page)), hint=_GIVE_ID, name=told(name, _SHOWN))
    if said:
        raise BadInput(
            said,
            Place(str(page)),
            hint=N_("extract it without --programme"),
            name=name,
            names=", ".join(own),
        )
    holder = record_with(source, into)
    if holder and holder[1].id != programme.id:
        raise BadInput(
            N_("is a page of {holder}"),
            Place(str(page)),
            hint=N_("give --programme {id}"),
            holder=holder[0],
            id=holder[1].id,
        )


def _printed(source: Source) -> Mapping[str, str | None]:
    """The properties that a page prints, with its words."""
    return {one.property.partition(".")[0]: one.text for one in source.values}


def _of_projects(source: Source) -> list[str]:
    """The properties that a page prints, its id aside, and only projects have."""
    fields = ((name, FIELDS.get(name)) for name in _printed(source))
    return [name for name, field in fields if field and field.of == ("Project",)]


def _refuse_poorer(page: Path, record: Record, into: Path) -> None:
    """Nothing, or BadPage where a new capture lost so much that the record stays as it is."""
    (now,) = record.sources
    holder = own_record(record, into)
    number = former(holder[1].sources, now, any_language=True) if holder else None
    if holder and number is not None and (lost := lost_fields(holder[1].sources[number], now)):
        said = N_("is held aside: it lost {names}, which {holder} has from it")
        hint = N_("look at the page and capture it again; the record stays as it is")
        raise BadPage(said, Place(str(page)), hint=hint, names=", ".join(lost), holder=holder[0])


def _unidentified(source: Source, into: Path) -> Texts:
    """What to do about a page that names no project."""
    if holder := record_with(source, into, (Project, Programme)):
        option = "--project" if isinstance(holder[1], Project) else "--programme"
        return texts(_OWNED, file=holder[0], option=option, id=holder[1].id)
    printed = (one.text for one in source.values if one.property == "projectId" and one.text)
    if name := next(printed, None):
        return advice(_NO_ID, _GIVE_ID, name=told(name, _SHOWN)).said
    for one in source.values:
        if one.property == "unknown" and one.label and re.fullmatch(PROJECT_ID, one.text or ""):
            return texts(_TEACH, id=one.text, label=one.label)
    of_project = _of_projects(source) or "projectId" in _printed(source)
    option = "--project" if of_project else "--programme"
    return texts(_NAMELESS, option=option)
