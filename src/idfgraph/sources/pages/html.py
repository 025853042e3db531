"""HTML to rendition: the main content of a page as lines, its language, its address and its
heading.
"""

import re
from typing import Any

from lxml import etree

from ...model.datatypes import is_address
from ...model.errors import BadPage, Place
from ...model.names import folded
from ...model.text import LANGUAGES, Language
from ..charset import charset_of, charset_of_mark
from ..decode import decode, refuse_long, refuse_unreadable
from .html_rows import HtmlRows
from .labels import LABELS
from .no_page import Clues, refuse_empty, refuse_no_page
from .rendition import Rendition

_HEAD = 1024
_IS_HTML = re.compile(
    rb"<(?:!doctype\s+html|!--|(?:html|head|body|main|article|section|div|p)\s|/?[a-z][a-z0-9]*(?:\s[^<>@]*)?/?>)",
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

_LANGUAGES: dict[str, Language] = {language: language for language in LANGUAGES}

#: Elements that hold nothing of a page's content: on any page, and besides where no main element
#: says what is content.
_NO_CONTENT = frozenset(
    [
        *(
            "audio",
            "button",
            "canvas",
            "footer",
            "iframe",
            "map",
            "nav",
            "noscript",
            "object",
            "script",
            "select",
        ),
        *("style", "svg", "template", "textarea", "title", "video"),
    ]
)
_AROUND = frozenset({"header"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def is_html(data: bytes) -> bool:
    """Whether bytes are HTML, by a doctype, comment or tag near their beginning.

    >>> is_html(b"<!DOCTYPE html><title>T</title>"), is_html("Année\\n<lhd@iom.int>".encode())
    (True, False)
    """
    wide = charset_of_mark(data)
    head = data[: 4 * _HEAD].decode(wide, "ignore").encode() if wide else data
    return _IS_HTML.search(head[:_HEAD]) is not None


def render(data: bytes, file: str, encoding: str | None = None) -> Rendition:
    """The rendition of a page's HTML; BadInput or BadPage if it cannot be decoded, is hostile or
    has no content.
    """
    used = encoding or _encoding(data)
    html = decode(data, file, used or "utf-8").removeprefix("\ufeff")
    root = _parsed(html, file)
    rows = _rows(root, file)
    refuse_no_page(_clues(root, "\n".join(text for text, _ in rows)), file)
    lines = [(f"{text}\n", line) for text, line in rows]
    starts = [0]
    for text, _ in lines:
        starts.append(starts[-1] + len(text))
    heading = rows.headings[0] if len(rows.headings) == 1 else None
    page = Rendition(
        text="".join(text for text, _ in lines),
        encoding=used,
        language=_LANGUAGES.get(str(root.get("lang", "")).strip().casefold()[:2]),
        url=_canonical(root),
        heading=None if heading is None else starts[heading],
        rows=tuple(zip(starts, (line for _, line in lines), strict=False)),
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
            f"has a tag with more than {_ATTRIBUTES} attributes",
            Place(file, html.count("\n", 0, found.start()) + 1),
            hint="capture the page again, or give it as text",
        )
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    root = etree.fromstring(html.encode(), parser)
    deep = next((error for error in parser.error_log if "Excessive depth" in error.message), None)
    if deep is not None:
        raise BadPage(
            "nests too deeply",
            Place(file, deep.line),
            hint="capture the page again, or give it as text",
        )
    if root is None:
        raise BadPage("has no content", Place(file), hint="capture it again, or remove it")
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


def _rows(root: Any, file: str) -> HtmlRows:
    """The lines of the main content; the page's one heading first, if it stands outside and no
    title is inside.
    """
    main = _main(root)
    around = _AROUND if main.tag == "body" else frozenset()
    rows = _written(file, around, main)
    if not len(rows):
        refuse_empty(_clues(root, ""), file)
        raise BadPage("has no content", Place(file), hint="capture it again, or remove it")
    outside = [heading for heading in root.iter("h1") if _words(heading)]
    if rows.begins_with_label() and len(outside) == 1:
        return _written(file, around, outside[0], main)
    return rows


def _main(root: Any) -> Any:
    """The main element with words in it, or the one article, or the body."""
    articles = list(root.iter("article"))
    found = [
        *root.iter("main"),
        *root.xpath("//*[@role='main']"),
        *(articles if len(articles) == 1 else []),
    ]
    body = root.find("body")
    return next((element for element in found if _words(element)), root if body is None else body)


def _words(element: Any) -> bool:
    """Whether an element holds words; told by the parser, for elements can hold one another
    hundreds deep.
    """
    text: str = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    return bool(text.strip())


def _written(file: str, around: frozenset[str], *elements: Any) -> HtmlRows:
    rows = HtmlRows()
    for element in elements:
        _write(rows, element, around, file)
    return rows


def _write(rows: HtmlRows, top: Any, around: frozenset[str], file: str) -> None:
    walk = etree.iterwalk(top, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            rows.open(element.tag, str(element.get("class", "")))
            if _is_shown(element, around):
                rows.write(element.text or "", element.sourceline)
            else:
                walk.skip_subtree()
        else:
            rows.close()
            refuse_long(len(rows), file)
            if element is not top:
                rows.write(element.tail or "", element.sourceline)


def _is_shown(element: Any, around: frozenset[str]) -> bool:
    if element.tag in _NO_CONTENT or element.tag in around:
        return False
    if "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return False
    if element.tag == "aside" and next(element.iterancestors("aside"), None) is None:
        return any(folded(text[:120]) in LABELS for text in element.itertext())
    return not _HIDDEN.search(str(element.get("style", "")))
