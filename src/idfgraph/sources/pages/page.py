"""Captured pages to records, from text or HTML; how pages are laid out is `layouts`' matter."""

import re
from collections.abc import Iterable
from functools import lru_cache, partial
from hashlib import sha256

from msgspec.structs import replace

from ...model.datatypes import PROJECT_ID, Span
from ...model.errors import BadPage, NoPage, Place
from ...model.mending import mend
from ...model.records import Capture, Programme, Project, Record, Source, Unidentified
from ...model.text import Language
from ..charset import charset_of
from ..decode import decode, position, refuse_long, refuse_unreadable
from ..file_names import page_identifier
from ..kept import File
from ..origin import Marks, Origin, Sourced, reading
from ..page_bytes import PageBytes, read_page_bytes, unwrapped
from ..page_facts import PageFacts
from ..positions import Mark
from .html import is_html, render
from .language import language_of
from .layouts import as_seen, layout_of
from .narrative import ReadProse
from .no_page import Clues, refuse_no_page
from .rendition import LeftOut, Rendition


def read_page(
    path: File,
    known: PageFacts = PageFacts(),
    *,
    encoding: str | None = None,
    programme: str | None = None,
    project: str | None = None,
    prose: ReadProse | None = None,
) -> Sourced:
    """The record of one captured page; `known` is what stands beside it, `programme` and `project`
    are the ids that a person gives to a page that names no project, `prose` reads what it says in
    words.

    Raises BadInput or BadPage, with file and line, when the page cannot be read.
    """
    data = read_page_bytes(path)
    page = _rendition(unwrapped(data, str(path)), str(path), encoding)
    captures, remarks, _ = layout_of(page, str(path), prose)
    language = language_of([*map(as_seen, captures)], page.language)
    captures = tuple(_spoken(page, capture, language) for capture in captures)
    source = Source(
        page=sha256(data).hexdigest(),
        identifier=page_identifier(path.stem),
        language=language,
        url=known.url or page.url,
        captured=known.captured,
        encoding=page.encoding,
        values=captures,
        remarks=remarks,
    )
    return Sourced(
        _record(source, programme, project),
        Origin(str(path), 1, partial(_marks, path, encoding, _places(captures), reading())),
    )


def page_text(path: File, encoding: str | None = None) -> str:
    """The text of a page, decoded strictly; of HTML its rendition. Spans count its code points."""
    return _rendered(path, encoding).text


def left_out(path: File, encoding: str | None = None) -> tuple[LeftOut, ...]:
    """What the text of a page leaves out of its HTML, and what of its text is perhaps another
    project's.
    """
    page = _rendered(path, encoding)
    return (*page.left, *layout_of(page, str(path)).left)


def published_bytes(path: File, encoding: str | None = None) -> bytes:
    """What is published of a page: its bytes as captured; of HTML, and of what was wrapped, its
    rendition in UTF-8.
    """
    data = read_page_bytes(path)
    inner = unwrapped(data, str(path))
    is_plain = not inner.wrapped and not is_html(data)
    return data if is_plain else _rendition(inner, str(path), encoding).text.encode()


def _rendered(path: File, encoding: str | None) -> Rendition:
    """The rendition of a page's file."""
    return _rendition(unwrapped(read_page_bytes(path), str(path)), str(path), encoding)


def _rendition(inner: PageBytes, file: str, encoding: str | None) -> Rendition:
    """The rendition of a page; of one that was wrapped, lines are not known."""
    if not inner.wrapped:
        return _of_page(inner, file, encoding)
    try:
        page = _of_page(inner, file, encoding)
    except NoPage:
        raise
    except BadPage as error:
        raise BadPage(error.about.message, Place(file), hint=error.about.hint) from error
    return page._replace(wrapped=True, url=page.url or inner.url)


def _of_page(inner: PageBytes, file: str, encoding: str | None) -> Rendition:
    data, used = inner.data, encoding or inner.charset
    if is_html(data):
        return render(data, file, used)
    refuse_long(data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n"), file)
    used = used or charset_of(data)
    text = decode(data, file, used or "utf-8")
    refuse_no_page(Clues(text), file)
    return Rendition(refuse_unreadable(text, file, partial(position, text)), used)


def _spoken(page: Rendition, capture: Capture, language: Language) -> Capture:
    """A title or narrative with the language that the page gives to its words, if that is not the
    page's own.
    """
    if capture.property not in ("title", "narrative") or capture.label or not capture.span:
        return capture
    said = page.tongue(capture.span)
    return replace(capture, label_language=said) if said not in ("", language) else capture


def _record(source: Source, programme: str | None, project: str | None) -> Record:
    if programme:
        return Programme(id=programme, sources=(source,))
    identifiers = [
        mend(capture.text).text
        for capture in source.values
        if capture.property == "projectId" and capture.text
    ]
    if identifiers and re.fullmatch(PROJECT_ID, identifiers[0]):
        return Project(id=identifiers[0], sources=(source,))
    if project:
        return Project(id=project, sources=(source,))
    return Unidentified(id=source.page[:16], sources=(source,))


def _places(captures: Iterable[Capture]) -> tuple[tuple[str, Span], ...]:
    """The properties that a page captures, with their spans."""
    return tuple((one.property, one.span) for one in captures if one.span)


@lru_cache(maxsize=8)
def _marks(
    path: File, encoding: str | None, places: tuple[tuple[str, Span], ...], _this: int
) -> Marks:
    """The marks of a page that has been read before, found again rather than kept: of its values,
    by property; `places` are these with their spans.

    Of HTML they are the lines of the elements that begin and end a value in the page's source,
    without columns.
    """
    mark = _rendered(path, encoding).marker()
    marks = {"": Mark(1, 1)}
    for name, span in places:
        found = mark(span)
        marks.setdefault(name, found)
        marks.setdefault(name.partition(".")[0], found)
    return marks
