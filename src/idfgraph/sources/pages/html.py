"""HTML to rendition: the main content of a page as lines, its language, its address and its
heading.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from ...model.datatypes import is_address
from ...model.errors import BadPage, Place
from ...model.names import folded
from ...model.records import Capture
from ...model.text import LANGUAGES, N_, ours
from ...model.tongues import language_in
from ...model.visible import shortened
from ..charset import charset_of, charset_of_mark
from ..decode import decode, refuse_long, refuse_unreadable
from .fields_first import fields_first
from .html_rows import HtmlRow, HtmlRows
from .marked_words import PageMarkup, markup_of
from .no_page import Clues, refuse_empty, refuse_no_page
from .page_data import PageDatum, descriptions, page_data
from .page_frame import SILENT, surroundings
from .page_names import page_names
from .rendition import LeftOut, Reason, Rendition

_HEAD = 1024
_IS_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*<(?:!--|!doctype\s+html)"
    rb"|<(?:!doctype\s+html|(?:html|head|body|main|article|section|div)[\s>])",
    re.IGNORECASE,
)
_BEGINS = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*</?[a-z][a-z0-9]*(?:\s|/?>)", re.IGNORECASE)

#: What HTML has that gives lines of its own; what has none is HTML if it is one line.
_LINES = re.compile(
    rb"<(?:p|br|h[1-6]|ul|ol|li|dl|dt|dd|table|tr|td|hr|pre|form|nav|header|footer|aside|center"
    rb"|blockquote|address|meta|title|link|style|script)[\s/>]",
    re.IGNORECASE,
)
_CHARSET = re.compile(
    rb"<meta[^>]{1,200}charset\s*=\s*[\"']?\s*([a-z0-9_.:-]{1,40})", re.IGNORECASE
)

#: Encodings that pages declare, and what they are decoded as
#: (https://encoding.spec.whatwg.org/#names-and-labels).
_ENCODINGS = {
    **dict.fromkeys((b"iso-8859-1", b"latin1", b"us-ascii", b"windows-1252", b"cp1252"), "cp1252"),
    **dict.fromkeys((b"iso-8859-15", b"latin9"), "iso-8859-15"),
}

#: A tag with more attributes than any page has: reading them takes time that grows with their
#: square.
_ATTRIBUTES = 250
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_CROWDED = re.compile(rf"<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{{_ATTRIBUTES + 1}}}")

#: How much is told of words that are left out.
_TOLD = 300


def is_html(data: bytes) -> bool:
    """Whether bytes are HTML: they begin with a tag, or one that holds a page stands near their
    beginning. A text may have tags of others in it; its title may begin with what looks as one.

    >>> is_html(b"<!DOCTYPE html><title>T</title>"), is_html("Année\\n<lhd@iom.int>".encode())
    (True, False)
    >>> is_html(b"<b>Bold</b> title\\n-\\nYear\\n2021")
    False
    """
    wide = charset_of_mark(data)
    head = data[: 4 * _HEAD].decode(wide, "ignore").encode() if wide else data
    if _IS_HTML.search(head[:_HEAD]) or not _BEGINS.match(head[:_HEAD]):
        return _IS_HTML.search(head[:_HEAD]) is not None
    return _LINES.search(head) is not None or b"\n" not in head.strip()


def render(data: bytes, file: str, encoding: str | None = None) -> Rendition:
    """The rendition of a page's HTML; BadInput or BadPage if it cannot be decoded, is hostile or
    has no content.
    """
    used = encoding or _encoding(data)
    html = decode(data, file, used or "utf-8").removeprefix("\ufeff")
    root = _parsed(html, file)
    url = _canonical(root)
    described = descriptions(root)
    rows, heading, left = _rows(root, file)
    refuse_no_page(_clues(root, "\n".join(row.text for row in rows)), file)
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row.mark) + len(row.text) + 1)
    text = "".join(f"{row.mark}{row.text}\n" for row in rows)
    stated = page_data(root, described, page_names(root, url, rows))
    told = tuple(_told(stated, rows, len(text)))
    page = Rendition(
        text=text + "".join(f"{one.label}: {one.text}\n" for one in told),
        encoding=used,
        language=ours(str(root.get("lang", "")).strip().casefold()[:2]),
        url=url,
        heading=None if heading is None else starts[heading],
        rows=tuple(zip(starts, (row.line for row in rows), strict=False)),
        labels=frozenset(
            start + len(row.mark) for start, row in zip(starts, rows, strict=False) if row.is_label
        ),
        tongues=tuple(row.language for row in rows),
        left=tuple(left),
        told=told,
    )
    refuse_unreadable(page.text, file, page.position)
    return page


def _encoding(data: bytes) -> str | None:
    """The encoding that a page's mark tells, or that it declares, or that it can only be, where its
    bytes are not UTF-8.
    """
    if marked := charset_of_mark(data):
        return marked
    try:
        data.decode()
    except UnicodeDecodeError:
        found = _CHARSET.search(data[: 4 * _HEAD])
        declared = _ENCODINGS.get(found[1].lower()) if found else None
        return declared or charset_of(data)
    return None


def _parsed(html: str, file: str) -> Any:
    if found := _CROWDED.search(html):
        raise BadPage(
            N_("has a tag with more than {attributes} attributes"),
            Place(file, html.count("\n", 0, found.start()) + 1),
            hint=N_("capture the page again, or give it as text"),
            attributes=_ATTRIBUTES,
        )
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    root = etree.fromstring(html.encode(), parser)
    deep = next((error for error in parser.error_log if "Excessive depth" in error.message), None)
    if deep is not None:
        raise BadPage(
            N_("nests too deeply"),
            Place(file, deep.line),
            hint=N_("capture the page again, or give it as text"),
        )
    if root is None:
        raise BadPage(N_("has no content"), Place(file), hint=N_("capture it again, or remove it"))
    return root


def _clues(root: Any, text: str) -> Clues:
    """What tells whether a page is one, or what a site sends in its place."""
    titles = [
        "".join(element.itertext()).strip()
        for element in root.iter("title", "h1")
        if _words(element)
    ]
    fields = (str(field.get("type", "")).casefold() for field in root.iter("input"))
    has_scripts = next(root.iter("script", "noscript"), None) is not None
    return Clues(text, titles, "password" in fields, has_scripts)


def _canonical(root: Any) -> str | None:
    links = (
        link
        for link in root.iter("link")
        if "canonical" in str(link.get("rel", "")).casefold().split()
    )
    addresses = (str(link.get("href", "")).strip() for link in links)
    return next((address for address in addresses if is_address(address)), None)


def _told(data: Iterable[PageDatum], rows: Iterable[HtmlRow], end: int) -> Iterator[Capture]:
    """What a page tells machines alone, as it stands in lines after its text."""
    shown = {folded(row.text) for row in rows}
    for datum in data:
        if folded(datum.value) not in shown:
            start = end + len(datum.key) + 2
            span = (start, start + len(datum.value))
            yield Capture(property=datum.property, label=datum.key, text=datum.value, span=span)
            end = span[1] + 1


def _rows(root: Any, file: str) -> tuple[Sequence[HtmlRow], int | None, Sequence[LeftOut]]:
    """The lines of the main content, which of them is the heading, and what is left out of them."""
    markup = markup_of(root)
    writer = _Writer(file, markup, _canonical(root))
    main = _main(root, markup)
    rows = writer.written(main)
    if not len(rows):
        refuse_empty(_clues(root, ""), file)
        raise BadPage(N_("has no content"), Place(file), hint=N_("capture it again, or remove it"))
    outside = [heading for heading in root.iter("h1") if _words(heading)]
    if rows.begins_with_label() and len(outside) == 1:
        rows = writer.written(outside[0], main)
    heading = _heading(list(rows), rows.headings, root)
    lines, more = fields_first(list(rows), heading, file)
    return lines, heading, [*writer.left.values(), *more]


def _heading(rows: Sequence[HtmlRow], headings: Sequence[int], root: Any) -> int | None:
    """The line of the page's only heading, or of the only one that its title in the head names."""
    title = folded(root.findtext(".//title") or "")
    named = [number for number in headings if folded(rows[number].text) in title]
    chosen = headings if len(headings) == 1 else named
    return chosen[0] if len(chosen) == 1 else None


def _main(root: Any, markup: PageMarkup) -> Any:
    """The main element with words in it, or the one article, or the body; also the body where the
    page's fields stand outside.
    """
    articles = list(root.iter("article"))
    found = [
        *root.iter("main"),
        *root.xpath("//*[@role='main']"),
        *(articles if len(articles) == 1 else []),
    ]
    body = root.find("body")
    body = root if body is None else body
    main = next((element for element in found if _words(element)), body)
    inside = any(main in field.iterancestors() for field in markup.fields)
    fields = {field.property for field in markup.fields.values()}
    return main if inside or len(fields) < 2 else body


def _words(element: Any) -> bool:
    """Whether an element holds words; told by the parser, for elements can hold one another
    hundreds deep.
    """
    text: str = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    return bool(text.strip())


def _language_of(element: Any) -> str | None:
    """The language that an element says its words are in; None where it says nothing, as does the
    root that names one of ours: that is often the template's, and the page's.
    """
    said = element.get("lang")
    language = None if said is None else language_in(said)
    return None if element.getparent() is None and language in ("", *LANGUAGES) else language


def _name(element: Any) -> str:
    """The tag of an element with its first class."""
    return f"{element.tag}.{' '.join(str(element.get('class', '')).split()[:1])}"


def _leads_away(address: str, url: str | None) -> bool:
    """Whether a link leads to another page than the one with this address."""
    there = address.strip().partition("#")[0]
    return bool(there) and (url is None or there not in (url, urlsplit(url).path))


def _language_above(element: Any) -> str:
    """The language that the elements around one say its words are in."""
    said = map(_language_of, element.iterancestors())
    return next((language for language in said if language is not None), "")


class _Writer:
    """What writes elements of a page as lines, and remembers which it left out."""

    def __init__(self, file: str, markup: PageMarkup, url: str | None) -> None:
        self.left: dict[Any, LeftOut] = {}
        self._file, self._markup, self._url = file, markup, url

    def written(self, *elements: Any) -> HtmlRows:
        """The lines of elements, without what is not the page's matter in them."""
        rows = HtmlRows()
        for element in elements:
            rows.begin(_language_above(element))
            self._write(rows, element, surroundings(element, self._markup))
        return rows

    def _write(self, rows: HtmlRows, top: Any, around: Mapping[Any, Reason]) -> None:
        walk = etree.iterwalk(top, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                is_label, language = element in self._markup.labels, _language_of(element)
                leads_away = element.tag == "a" and _leads_away(
                    str(element.get("href", "")), self._url
                )
                rows.open(
                    _name(element), is_label=is_label, language=language, leads_away=leads_away
                )
                if element in around or element.tag in SILENT:
                    self._leave(element, around)
                    walk.skip_subtree()
                else:
                    rows.write(element.text or "", element.sourceline)
            else:
                rows.close()
                refuse_long(len(rows), self._file)
                if element is not top:
                    rows.write(element.tail or "", element.sourceline)

    def _leave(self, element: Any, around: Mapping[Any, Reason]) -> None:
        """Remembers what is left out, unless it has no words for people."""
        if element in around and element not in self.left:
            text = shortened(" ".join(" ".join(element.itertext()).split()), _TOLD)
            if text:
                self.left[element] = LeftOut(around[element], text, element.sourceline)
