"""HTML elements to lines of text: which words stand on one line, and which are set in as a label's
value.

A label is a known label, or what the page's own class calls one. The rest of the element that a
label is the first part of is its value, and is indented; so are `dd` and table cells after the
first. Items of lists begin with a dash.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from .marked_words import LABEL_LIMIT
from .page_labels import field_of

_SPACE = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")

#: Elements that stand on lines of their own.
_NAMES = (
    "address article aside blockquote body br caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li "
    "main menu nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_NAMES.split())

#: Headings that begin sections of a page.
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class HtmlElement:
    """An element that is open: what it is called, what it stands in, where its lines begin, whether
    it is a label, whether labels stand directly in it, and in which language its words are said to
    be; the section of the page that stands in it, by the line of its heading.
    """

    def __init__(
        self,
        name: str,
        parent: "HtmlElement | None",
        start: int,
        language: str,
        *,
        is_label: bool,
        begins_line: bool,
    ) -> None:
        self.name, self.tag = name, name.partition(".")[0]
        self.start, self.begins_line = start, begins_line
        self.parent = parent
        self.section: int = parent.section if parent else 0
        self.language = language
        self.is_label = is_label
        self.is_flat = self.is_inset = self.leads_away = False


class HtmlRow(NamedTuple):
    """A line: its text, its line in the file, what sets it in, whether it begins an item, is a
    label, is all links, and these to other pages; the language that all its words are said to be in
    (empty: none); the innermost element that it ends in, and the section of the page.
    """

    text: str
    line: int
    owner: HtmlElement | None
    inset: bool
    item: bool
    is_label: bool
    linked: bool
    language: str = ""
    element: HtmlElement | None = None
    section: int = 0
    leads_away: bool = False

    @property
    def rank(self) -> int:
        """The rank of the heading that it is, from 1 on; 0 if it is none."""
        element = self.element
        while element and element.tag not in _HEADINGS:
            element = element.parent
        return int(element.tag[1]) if element else 0

    @property
    def path(self) -> Sequence[HtmlElement]:
        """The elements that it stands in, the outermost first."""
        found: list[HtmlElement] = []
        element = self.element
        while element:
            found.insert(0, element)
            element = element.parent
        return found

    @property
    def owned(self) -> bool:
        """Whether it is set in, as the value of a label."""
        return self.inset or (self.owner is not None and not self.owner.is_flat)

    @property
    def mark(self) -> str:
        """Its indentation and dash."""
        return f"{'  ' * self.owned}{'- ' * self.item}"


class HtmlRows:
    """The lines of a page, written as its elements open and close."""

    def __init__(self) -> None:
        self._language, self._languages = "", set[str]()
        self.headings: list[int] = []
        self._rows: list[HtmlRow] = []
        self._open: list[HtmlElement] = []
        self._awaiting: list[HtmlElement] = []
        self._owners: list[HtmlElement] = []
        self._words: list[str] = []
        self._length = 0
        self._line = 0
        self._insets = self._links = self._labels = self._ways = 0
        self._item, self._linked, self._away = False, True, True

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[HtmlRow]:
        """The lines, in their order."""
        return iter(self._rows)

    def begin(self, language: str) -> None:
        """What is around the next elements says that their words are in this language."""
        self._language = language

    def begins_with_label(self) -> bool:
        """Whether the first line is a known label."""
        first = self._rows[0].text[:LABEL_LIMIT] if self._rows else ""
        return field_of(first.partition(":")[0]) is not None

    def open(
        self,
        name: str,
        *,
        is_label: bool = False,
        language: str | None = None,
        leads_away: bool = False,
    ) -> None:
        """An element begins, its tag with a dot and its class; `language` is what it says of its
        words, None that it says nothing; `leads_away` that it is a link to another page.
        """
        tag = name.partition(".")[0]
        if tag in _BLOCKS:
            self._end_line()
        begins = self._length == 0
        said = self._said() if language is None else language
        parent = self._open[-1] if self._open else None
        element = HtmlElement(
            name, parent, len(self._rows), said, is_label=is_label, begins_line=begins
        )
        if tag == "article":
            element.section = len(self._rows) + 1
        first = parent.start if parent else 0
        element.is_inset = tag == "dd" or (tag in ("td", "th") and len(self._rows) > first)
        self._insets += element.is_inset
        self._item = self._item or tag == "li"
        self._links += tag == "a"
        self._labels += is_label
        element.leads_away = leads_away
        self._ways += leads_away
        self._open.append(element)

    def write(self, text: str, line: int) -> None:
        """Words inside the innermost element."""
        if not text.strip() and not self._length:
            return
        self._line = self._line if self._length else line
        self._length += len(text)
        self._words.append(text)
        if text.strip():
            self._languages.add(self._said())
        if text.strip():
            self._linked, self._away = (
                self._linked and self._links > 0,
                self._away and self._ways > 0,
            )

    def close(self) -> None:
        """The innermost element ends."""
        element = self._open[-1]
        if element.tag in _BLOCKS or (element.begins_line and self._is_label_so_far(element)):
            self._end_line()
        self._begin_section(element)
        self._open.pop()
        self._insets -= element.is_inset
        self._links -= element.tag == "a"
        self._ways -= element.leads_away
        self._labels -= element.is_label
        self._item = self._item and element.tag != "li"
        if self._owners and self._owners[-1] is element:
            self._owners.pop()

    def _begin_section(self, element: HtmlElement) -> None:
        """A heading begins a section of what it stands in, the first of the highest rank the page;
        what holds nothing else is as the heading itself.
        """
        lines = self._rows[element.start :]
        is_first = element.tag == "h1" and not self.headings
        if element.tag == "h1" and lines:
            self.headings.append(element.start)
        if is_first and lines:
            for one in self._open:
                one.section = 0
        elif element.tag in _HEADINGS and lines and not lines[0].is_label:
            element.section = element.start + 1
        is_alone = len(lines) == 1 and element.section == element.start + 1
        if element.parent and (element.tag in _HEADINGS or is_alone) and lines and not is_first:
            element.parent.section = element.section

    def _said(self) -> str:
        """The language that words here are said to be in."""
        return self._open[-1].language if self._open else self._language

    def _is_label_so_far(self, element: HtmlElement) -> bool:
        """Whether a label ends with an element: no other that is one as a whole is still open."""
        if self._length > 2 * LABEL_LIMIT or not self._is_label(self._text()):
            return False
        start = len(self._rows)
        return not any(
            one.is_label and one.start == start for one in self._open if one is not element
        )

    def _text(self) -> str:
        text = _SPACE.sub(" ", "".join(self._words)).strip(" ")
        return text.removeprefix(":").lstrip(" ") if self._awaiting else text

    def _is_label(self, text: str) -> bool:
        if not 0 < len(text) <= LABEL_LIMIT:
            return False
        return field_of(text) is not None or self._is_marked()

    def _is_marked(self) -> bool:
        """Whether this line is the first of an element that is a label."""
        start = len(self._rows)
        return self._labels > 0 and any(one.is_label and one.start == start for one in self._open)

    def _end_line(self) -> None:
        text, linked, away = self._text(), self._linked, self._away
        languages = self._languages
        self._words.clear()
        self._languages = set()
        self._length, self._linked, self._away = 0, True, True
        if not text:
            return
        is_label = self._is_label(text)
        if is_label:
            self._begin_value()
        elif self._awaiting:
            self._own()
        owner = self._owners[-1] if self._owners else None
        inset = self._insets > 0
        row = HtmlRow(
            text,
            self._line,
            owner,
            inset,
            self._item,
            is_label,
            linked,
            _only(languages),
            self._open[-1] if self._open else None,
            self._open[-1].section if self._open else 0,
            away,
        )
        self._rows.append(row)
        self._item = False

    def _begin_value(self) -> None:
        """A label stands here: what follows in an element that it begins is its value; others hold
        several labels.
        """
        for owner in self._owners:
            owner.is_flat = True
        self._owners.clear()
        self._awaiting = [element for element in self._open if element.start == len(self._rows)]

    def _own(self) -> None:
        """The innermost open element that begins with the label holds its value."""
        waiting: Sequence[HtmlElement] = self._awaiting
        self._owners += [element for element in self._open if element in waiting][-1:]
        self._awaiting = []


def _only(languages: Collection[str]) -> str:
    """The one language, or none."""
    return next(iter(languages)) if len(languages) == 1 else ""
