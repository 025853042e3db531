"""What the markup of a page says of its words: which elements are labels, and how the cells of
tables belong together.

An element is a label where its own class says so, where it is a term of a list or the head of a
row, and where it stands as known labels of the page do and their values do not.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from lxml import etree

from .page_labels import PageField, field_of

#: No label is longer.
LABEL_LIMIT = 120

_SPACE = re.compile(r"\s+")
_LABEL_CLASS = re.compile(r"(?:\S__|\S-|\S_)label(?=\s|$)")

_YEAR = re.compile(r"[0-9]{4}")
_MOMENT = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?(?=[T ]|$)")

#: Elements that can be labels only by their words or by their class.
_PLAIN = frozenset({"a", "html", "body", "main", "article", "section", "ul", "ol", "table", "tr"})

Element = Any


class PageMarkup(NamedTuple):
    """Words of the elements that hold few, which of them are known labels, and which are labels of
    any kind; tables that have several things, one in a row, under labels.
    """

    words: Mapping[Element, str]
    fields: Mapping[Element, PageField]
    labels: frozenset[Element]
    lists: frozenset[Element] = frozenset()


def markup_of(root: Element) -> PageMarkup:
    """The labels of a page, after its tables have been laid out with one label a row.

    >>> page = etree.fromstring("<dl><dt>Year</dt><dd>2021</dd><dt>Donor:</dt><dd>A</dd></dl>")
    >>> sorted(markup_of(page).words[label] for label in markup_of(page).labels)
    ['Donor:', 'Year']
    """
    lists = frozenset(table for table in list(root.iter("table")) if _lay_out(table))
    listed = {element for table in lists for element in table.iter()}
    for time in root.iter("time"):
        _tell(time)
    words = dict(_short(root))
    known = {
        one: field for one, text in words.items() if one not in listed and (field := field_of(text))
    }
    common = Counter(_place(one) for one in known if _parts_label(one))
    after = (one.getnext() for one in known)
    shared = {_place(one) for one in after if one is not None and one not in known}
    tells = {place for place, count in common.items() if count > 1} - shared
    alike = {one for one in words if _parts_label(one) and _place(one) in tells}
    marked = {one for one in words if _is_marked(one)}
    return PageMarkup(words, known, frozenset(alike | marked) - listed, lists)


def _short(root: Element) -> Iterator[tuple[Element, str]]:
    """The words of each element that holds as few as a label does, in one walk."""
    open_: list[list[str]] = []
    lengths: list[int] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            open_.append([element.text or ""])
            lengths.append(len(element.text or ""))
            continue
        parts, length = open_.pop(), lengths.pop()
        if length <= 4 * LABEL_LIMIT:
            text = _SPACE.sub(" ", "".join(parts)).strip()
            if 0 < len(text) <= LABEL_LIMIT:
                yield element, text
        else:
            parts = []
        if open_:
            open_[-1] += (*parts, element.tail or "")
            lengths[-1] += length + len(element.tail or "")


def _parts_label(element: Element) -> bool:
    """Whether something stands beside an element that can be a label's value."""
    if element.tag in _PLAIN or element.getparent() is None:
        return False
    return bool((element.tail or "").strip(" :\t\r\n")) or element.getnext() is not None


def _place(element: Element) -> tuple[object, ...]:
    """Where an element stands: what it is, what it is in, and whether it is the first there."""
    parent = element.getparent()
    around = None if parent is None else parent.getparent()
    return (
        element.tag,
        *_first_class(element),
        *_first_class(parent),
        None if parent is None else parent.tag,
        None if around is None else around.tag,
        element.getprevious() is None,
    )


def _first_class(element: Element | None) -> Sequence[str]:
    return () if element is None else str(element.get("class", "")).split()[:1] or ("",)


def _is_marked(element: Element) -> bool:
    """Whether an element is a label by its class, as a term, or as the head of its row."""
    if element.tag == "th":
        after = element.getnext()
        return element.getprevious() is None and after is not None and after.tag == "td"
    return element.tag == "dt" or bool(_LABEL_CLASS.search(str(element.get("class", ""))))


def is_alone(element: Element) -> bool:
    """Whether an element has no other beside it."""
    return element.getprevious() is None and element.getnext() is None


def _tell(time: Element) -> None:
    """Gives a time that stands alone, and whose words have no year, the words of its figures."""
    words, parent = "".join(time.itertext()), time.getparent()
    around = (parent.text or "") + (time.tail or "") if parent is not None else ""
    alone = parent is not None and is_alone(time) and not around.strip()
    found = _MOMENT.match(str(time.get("datetime", "")).strip())
    if found and alone and not _YEAR.search(words):
        del time[:]
        time.text = found[0]


def _lay_out(table: Element) -> bool:
    """Gives each label of a table a row of its own with its value, whether labels stand above their
    values or several beside theirs; tells whether labels have several rows of values instead.
    """
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    for above, below in _pairs(rows):
        _part(above, zip(list(above), list(below), strict=True))
        below.getparent().remove(below)
    for row in rows:
        cells = list(row)
        beside = len(cells) > 3 and len(cells) % 2 == 0
        if beside and _labels(cells[::2]) > 1 and not _labels(cells[1::2]):
            _part(row, zip(cells[::2], cells[1::2], strict=True))
    return any(_heads(one) and len(one) == len(a) == len(b) for one, a, b in _threes(rows))


def _threes(rows: Sequence[Element]) -> Iterator[tuple[Element, Element, Element]]:
    """Rows with the two below each."""
    return zip(rows, rows[1:], rows[2:], strict=False)


def _pairs(rows: Sequence[Element]) -> Iterator[tuple[Element, Element]]:
    """Rows of labels, each with the only row of values below it."""
    heads = [number for number, row in enumerate(rows) if _heads(row)]
    for head, after in pairwise([*heads, len(rows)]):
        if after - head == 2 and len(rows[head]) == len(rows[head + 1]):
            yield rows[head], rows[head + 1]


def _heads(row: Element) -> bool:
    """Whether the cells of a row are labels: most of them known, or known ones among heads."""
    cells = list(row)
    known = _labels(cells)
    if known < 2:
        return False
    return known * 2 > len(cells) or all(cell.tag == "th" for cell in cells)


def _labels(cells: Sequence[Element]) -> int:
    """How many cells hold a known label."""
    texts = ("".join(cell.itertext())[: 4 * LABEL_LIMIT] for cell in cells)
    return sum(field_of(text) is not None for text in texts)


def _part(row: Element, pairs: Iterator[tuple[Element, Element]]) -> None:
    """Puts each label and its value into a row of their own, in place of a row."""
    parent, at = row.getparent(), row.getparent().index(row)
    made = []
    for label, value in pairs:
        label.tag, value.tag = "th", "td"
        one = etree.Element("tr")
        one.extend([label, value])
        made.append(one)
    parent[at : at + 1] = made
