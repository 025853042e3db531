"""The layouts of pages: which words of a page are its title, its values and its narrative, decided
by what it holds.

The page's own words are kept as captures: text verbatim, label, span. What they mean is not decided
here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from msgspec.structs import replace

from ...model.datatypes import Span
from ...model.errors import BadPage, Place
from ...model.mending import Mended, mend
from ...model.names import folded
from ...model.records import Capture, Remark
from ...model.text import N_
from ..decode import refuse_unreadable
from .field_blocks import Block, PrintedField, field_block
from .line_ends import with_line_ends
from .narrative import ReadProse, is_cut, narrative_span
from .old_site import old_page
from .page_labels import FOOTERS, LABELS, PREAMBLE_END
from .page_lines import PageLine, hull, lines_of, stripped
from .rendition import LeftOut, Rendition
from .twice import beyond, refuse_twice
from .values_above import without_values_below

#: A currency that a label gives, as "Budget Amount (USD)" does.
_CURRENCY = re.compile(r"\(([A-Z]{3}|usd)\)")


class PageLayout(NamedTuple):
    """What a page prints, in its order, what was noticed about it, and what in its text is perhaps
    another project's.
    """

    captures: tuple[Capture, ...]
    remarks: tuple[Remark, ...]
    left: tuple[LeftOut, ...] = ()


def layout_of(page: Rendition, file: str, prose: ReadProse | None = None) -> PageLayout:
    """The captures of a page, whatever its layout; BadPage if blank, or with a label twice.

    A page is laid out as people see it; what is captured are the words that it has there. `prose`
    reads what a page without the fields of a project says in words.
    """
    layout = _seen(page, file, prose)
    printed = {capture.property for capture in layout.captures if capture.span}
    told = [capture for capture in page.told if capture.property not in printed]
    named = any(capture.property == "title" for capture in told)
    remarks = (one for one in layout.remarks if not (named and one.issue == "missing-value"))
    return PageLayout((*layout.captures, *told), tuple(remarks), layout.left)


def _seen(page: Rendition, file: str, prose: ReadProse | None) -> PageLayout:
    """The captures of what people are shown of a page, read as they see it."""
    mended = with_line_ends(page.shown, mend(page.shown))
    layout = _layout(page.seen(mended), file, prose)
    if mended.text == page.shown:
        return layout
    captures = tuple(_verbatim(page, mended, capture, file) for capture in layout.captures)
    return PageLayout(captures, tuple(_remarks(captures, layout.remarks)), layout.left)


def as_seen(capture: Capture) -> Capture:
    """A capture with its words as people see them.

    >>> as_seen(Capture(property="status", text="Ac\\xadtif")).text
    'Actif'
    """
    text, label = (part and mend(part).text for part in (capture.text, capture.label))
    same = (text, label) == (capture.text, capture.label)
    return capture if same else replace(capture, text=text, label=label)


def _verbatim(page: Rendition, mended: Mended, capture: Capture, file: str) -> Capture:
    """A capture of the mended text as what the page has there; BadPage where that alone cannot be
    read so.
    """
    span = capture.span and stripped(page.text, mended.span(capture.span))
    label, end = capture.label, capture.span[0] if capture.span else len(mended.text)
    if label and (at := mended.text.rfind(label, 0, end)) >= 0:
        label = page.text[slice(*mended.span((at, at + len(label))))]
    text = capture.text if span is None else page.text[slice(*span)]
    for words in filter(None, (label, text)):
        refuse_unreadable(words, file, lambda _: page.position(span[0] if span else 0))
    return replace(capture, text=text, label=label, span=span)


def _remarks(captures: Iterable[Capture], remarks: Iterable[Remark]) -> Iterator[Remark]:
    """The remarks on a page, that on a title which is cut off by its words as they are."""
    if any(one.property == "title" and is_cut(one.text or "") for one in captures):
        yield Remark(issue="truncated-title", property="title")
    yield from (remark for remark in remarks if remark.issue != "truncated-title")


def _layout(page: Rendition, file: str, prose: ReadProse | None) -> PageLayout:
    """The captures of a page, in its text."""
    lines = lines_of(page.text, page.labels)
    if not lines:
        raise BadPage(N_("has no content"), Place(file), hint=N_("capture it again, or remove it"))
    block, old = field_block(lines), old_page(page.text, lines)
    if old and not (block and block.known() >= len(old.values)):
        return _laid_out(page, old.title, old.values, old.rest)
    if block:
        laid = _labelled(page, lines, block, file)
        return _with_prose(page, lines, laid, prose) if prose else laid
    if (number := _inset(lines)) is not None:
        return _with_countries(page, lines, number)
    return _prose_alone(page, lines, prose or _nothing)


def _laid_out(
    page: Rendition, title: PageLine | None, values: Iterable[Capture], body: Sequence[PageLine]
) -> PageLayout:
    """A page with its title, or the remark that it gives none."""
    if title is None:
        narrative, remarks = _narrative(page.text, body)
        untitled = Remark(issue="missing-value", property="title")
        return PageLayout((*values, *narrative), (untitled, *remarks))
    named = Capture(property="title", text=title.text, span=title.span)
    cut = (Remark(issue="truncated-title", property="title"),) if is_cut(title.text) else ()
    narrative, remarks = _narrative(page.text, body)
    return PageLayout((named, *values, *narrative), (*cut, *remarks))


def _labelled(page: Rendition, lines: Sequence[PageLine], block: Block, file: str) -> PageLayout:
    """Layouts A to C: values with labels."""
    refuse_twice(page, block, lines, file)
    left = tuple(beyond(page, block, lines))
    block = without_values_below(block, lines)
    before = lines[: block.first]
    title = _title(page, before, bulleted=block.printed[0].mark == "bullet")
    between = before[before.index(title) + 1 if title else (_preambles(before) or [-1])[-1] + 1 :]
    fields = (*_apart(between, block), *block.printed)
    captures = [one for printed in fields for one in _captures(page.text, printed)]
    headed = title is None or page.heading == title.start
    stop = min((one.start for one in left if one.start > lines[block.first].start), default=None)
    rest = [line for line in lines[block.end :] if stop is None or line.start < stop]
    laid = _laid_out(page, title, captures, rest or (between if headed else ()))
    return laid._replace(left=left)


def _title(page: Rendition, before: Sequence[PageLine], *, bulleted: bool) -> PageLine | None:
    """The page's heading, or the last line before its fields; the first before bullets without site
    matter; None where there is none.
    """
    ends = _preambles(before[:-1])
    heading = next((line for line in before if line.start == page.heading), None)
    heading = heading or (before[ends[-1] + 1] if ends else None)
    first = bulleted and not any(line.marked for line in before)
    title = heading or (before[0 if first else -1] if before else None)
    return None if title is None or title.marked else title


def _preambles(lines: Sequence[PageLine]) -> Sequence[int]:
    """The lines that end the site's own matter before a page's content."""
    return [at for at, line in enumerate(lines) if folded(line.text[:80]) == PREAMBLE_END]


def _apart(lines: Sequence[PageLine], block: Block) -> Iterator[PrintedField]:
    """Fields between the title and the block, which has none of their properties: a dash, a label,
    a value.
    """
    known = {printed.field.property for printed in block.printed if printed.field}
    for dash, label, value in zip(lines, lines[1:], lines[2:], strict=False):
        field = LABELS.get(folded(label.text))
        if dash.lone and not (label.lone or value.lone) and not (field and field.property in known):
            known.update([field.property] if field else ())
            yield PrintedField(label, field, (value,), "dash")


def _captures(page: str, printed: PrintedField) -> Iterator[Capture]:
    label, field, values = printed.label, printed.field, printed.values
    span = hull(values) if values else None
    property_ = field.property if field else "unknown"
    yield Capture(
        property=property_,
        label=label.text,
        label_language=field.language if field else None,
        text=page[slice(*span)] if span else None,
        span=span,
    )
    if property_ == "budget.value" and values and (found := _CURRENCY.search(label.text)):
        start, end = (label.start + offset for offset in found.span(1))
        yield Capture(property="budget.currency", text=found[1], span=(start, end))


def _inset(lines: Sequence[PageLine]) -> int | None:
    """The line, right below a title, of the only run of lines that are indented: countries without
    a label.
    """
    inset = [number for number, line in enumerate(lines) if line.indent > 1 and not line.marked]
    first = inset[0] if inset else 0
    title = lines[first - 1] if first else None
    together = inset == list(range(first, first + len(inset)))
    fits = (
        together
        and title
        and not title.prose
        and not title.marked
        and not any(lines[n].prose for n in inset)
    )
    return first if fits else None


def _with_countries(page: Rendition, lines: Sequence[PageLine], first: int) -> PageLayout:
    """Layout E: a title, and below it countries without a label."""
    names = list(takewhile(lambda line: line.indent > 1, lines[first:]))
    span = hull(names)
    countries = Capture(property="beneficiary", text=page.text[slice(*span)], span=span)
    return _laid_out(page, lines[first - 1], [countries], lines[first + len(names) :])


def _prose_alone(page: Rendition, lines: Sequence[PageLine], prose: ReadProse) -> PageLayout:
    """A page that is all narrative, such as a programme's: what it says in words is captured."""
    ends = [
        i
        for i, line in enumerate(lines)
        if line.start == page.heading or folded(line.text[:80]) == PREAMBLE_END
    ]
    headed = bool(ends) and lines[ends[-1]].start == page.heading
    body = _body(lines[ends[-1] + 1 :] if ends else lines)
    heading = lines[ends[-1]] if headed else None
    facts = prose(page.text, [line.span for line in body], heading.span if heading else None)
    named = next((one for one in facts if one.property == "title" and not one.certainty), None)
    first = next((line for line in body if named and line.span == named.span), None)
    if title := heading or first:
        told = [fact for fact in facts if fact.property != "title"]
        return _laid_out(page, title, told, body if heading else body[body.index(title) + 1 :])
    narrative, remarks = _narrative(page.text, body)
    untitled = Remark(issue="missing-value", property="title")
    return PageLayout((*narrative, *facts), (*remarks, untitled))


def _with_prose(
    page: Rendition, lines: Sequence[PageLine], laid: PageLayout, prose: ReadProse
) -> PageLayout:
    """A page with fields that are no project's, and what it says besides in words."""
    known = {one.property.partition(".")[0] for one in laid.captures}
    span = next((one.span for one in laid.captures if one.property == "title"), None)
    if "projectId" in known:
        return laid
    body = [line.span for line in _body(lines) if not span or line.start >= span[1]]
    told = prose(page.text, body, span)
    further = (one for one in told if one.property.partition(".")[0] not in known)
    return laid._replace(captures=(*laid.captures, *further))


def _nothing(_page: str, _lines: Sequence[Span], _heading: Span | None) -> tuple[Capture, ...]:
    """What is read of prose where nothing reads it."""
    return ()


def _body(lines: Sequence[PageLine]) -> Sequence[PageLine]:
    """The lines before the site's own matter begins again."""
    return list(takewhile(lambda line: folded(line.text[:80]) not in FOOTERS, lines))


def _narrative(
    page: str, lines: Sequence[PageLine]
) -> tuple[tuple[Capture, ...], tuple[Remark, ...]]:
    """The narrative, which ends where the site's own matter begins again."""
    told = _body(lines)
    if not told:
        return (), ()
    span = narrative_span(page, whole := hull(told))
    remarks = (Remark(issue="quoted-narrative", property="narrative"),) if span != whole else ()
    return (Capture(property="narrative", text=page[slice(*span)], span=span),), remarks
