"""The labelled fields of a page: one contiguous block of labels, each with the lines of its value,
if it has one.

A label stands after a line with a dash, behind a bullet, or alone; its value on the lines below, or
after a colon; a dash in its place is no value. Whether what follows the last label is its value is
told by how the block indents, or else by how it reads.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import Literal, NamedTuple

from ...model.names import folded
from .page_labels import LABELS, SEVERAL, STATUS_IN_SPANISH, TWICE, VALUES, PageField
from .page_lines import PageLine

#: How many lines a value can have.
_LINES = 300

#: How many lines with a dash alone can stand before a label: an empty value, and what parts fields.
_DASHES = 5

#: How many of the fields before a line tell how the block is laid out.
_RECENT = 30

#: How long the label of an unknown field can be, and a line with its value.
_LONGEST = 80
#: How long a value can be that reads as a text.
_SHORT_VALUE = 120

_SAME_LINE = re.compile(r"[^\W\d_][^:.!?]{0,79}:\s*\S.{0,120}$")


class PrintedField(NamedTuple):
    """A label as printed, how it is marked, the field it stands for (None: unknown), and the lines
    of its value.
    """

    label: PageLine
    field: PageField | None
    values: tuple[PageLine, ...]
    mark: Literal["", "bullet", "dash"]
    same_line: bool = False
    colon: bool = False

    @property
    def deeper(self) -> bool:
        """Whether its value is indented deeper than its label."""
        return (
            not self.same_line and bool(self.values) and self.values[0].indent > self.label.indent
        )


class Block(NamedTuple):
    """The lines of a page from `first` to `end` (not included), read as fields."""

    first: int
    end: int
    printed: tuple[PrintedField, ...]

    def known(self) -> int:
        """How many of its labels are known."""
        return sum(printed.field is not None for printed in self.printed)

    def weight(self) -> int:
        """How much speaks for it: its known labels, and those of them that have values."""
        return self.known() + sum(
            printed.field is not None and bool(printed.values) for printed in self.printed
        )

    def is_certain(self) -> bool:
        """Whether it is more than a line of prose that happens to read as a label."""
        return self.known() > 1 or any(one.mark or one.deeper for one in self.printed)


def field_block(lines: Sequence[PageLine]) -> Block | None:
    """The block with the most fields and values (the first of equals), or None if the page has no
    field.
    """
    best = max(all_blocks(lines), key=Block.weight, default=None)
    return _ended(best, lines) if best and best.is_certain() else None


def all_blocks(lines: Sequence[PageLine]) -> Iterator[Block]:
    """The blocks of a page that have known fields."""
    blocks = (block for block in _blocks(lines) if block.known())
    return (block._replace(printed=_in_spanish(block.printed)) for block in blocks)


def _ended(block: Block, lines: Sequence[PageLine]) -> Block:
    """The block without labels at its end that are not known and have no value: they begin what
    comes after.
    """
    printed = list(block.printed)
    while printed[-1].label.is_label and not (printed[-1].field or printed[-1].values):
        printed.pop()
    if len(printed) == len(block.printed):
        return block
    end = lines.index(next(one for one in lines if one.start >= _end_of(printed[-1])))
    return block._replace(printed=tuple(printed), end=end)


def _end_of(printed: PrintedField) -> int:
    """Where a field ends."""
    return (printed.values[-1] if printed.values else printed.label).span[1]


def _blocks(lines: Sequence[PageLine]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        block = _block(lines, _before_dashes(lines, at)) if lines[at].known else None
        at = block.end if block else at + 1
        if block:
            yield block


def _block(lines: Sequence[PageLine], first: int) -> Block:
    printed: list[PrintedField] = []
    at = first
    while found := _field(lines, at, printed):
        printed.append(found)
        at = _after_dashes(lines, at) + 1 + (0 if found.same_line else len(found.values))
    end = at if printed[-1].values else _after_dashes(lines, at)
    return Block(first, end, tuple(printed))


def _before_dashes(lines: Sequence[PageLine], at: int) -> int:
    """The first of the lines with a dash alone that stand right before a line, or that line."""
    near = reversed(lines[max(0, at - _DASHES) : at])
    return at - sum(1 for _ in takewhile(lambda line: line.lone, near))


def _after_dashes(lines: Sequence[PageLine], at: int) -> int:
    """The line after those with a dash alone that begin at a line, or that line."""
    return at + sum(1 for _ in takewhile(lambda line: line.lone, lines[at : at + _DASHES]))


def _field(
    lines: Sequence[PageLine], at: int, before: Sequence[PrintedField]
) -> PrintedField | None:
    """The field that begins at this line, or None."""
    label_at = _after_dashes(lines, at)
    if label_at >= len(lines):
        return None
    line = lines[label_at]
    mark: Literal["", "bullet", "dash"] = (
        "dash" if label_at > at else "bullet" if line.marked else ""
    )
    if not line.known and not _is_unknown_label(lines, label_at, mark, before):
        return None
    label, value = _parted(line)
    field = LABELS.get(folded(label.text))
    if value:
        return PrintedField(label, field, () if value.lone else (value,), mark, same_line=True)
    bare = PrintedField(label, field, (), mark, colon=line.text.endswith(":"))
    text = () if field else _text_of(lines, label_at, mark)
    return bare._replace(values=tuple(text or _values(lines, label_at, bare, before)))


def _parted(line: PageLine) -> tuple[PageLine, PageLine | None]:
    """The label on a line, and the value after its colon."""
    bare = line.bare
    if line.is_label:
        return bare._replace(text=bare.text.rstrip(": \xa0\u202f")), None
    head, _, tail = bare.text.partition(":")
    label, value = bare._replace(text=head.rstrip()), tail.strip()
    start = bare.start + len(bare.text) - len(value)
    return label, bare._replace(text=value, start=start) if value else None


def _values(
    lines: Sequence[PageLine], at: int, label: PrintedField, before: Sequence[PrintedField]
) -> Sequence[PageLine]:
    """The lines of the value of the label on line `at`: none where what follows is another label or
    the narrative.
    """
    room = list(
        takewhile(lambda line: not _stops(line, lines[at]), lines[at + 1 : at + 1 + _LINES])
    )
    first = room[:1] if room and _is_short_value(lines, at) else []
    room = [*first, *takewhile(lambda line: not line.prose, room[len(first) :])]
    if label.field and label.field.property not in SEVERAL and room and not room[0].gap:
        room = [room[0], *takewhile(lambda line: not line.gap, room[1:])]
    if not room:
        return []
    if room[0].indent > lines[at].indent:
        deeper = takewhile(lambda line: line.indent > lines[at].indent, room)
        return [line.bare for line in deeper]
    if _is_label(lines, at + 1 + len(room)) and (len(room) == 1 or _can_be_long(label)):
        return room
    return room[:1] if _is_label(lines, at + 2) or _can_follow(room[0], lines[at], before) else []


def _text_of(lines: Sequence[PageLine], at: int, mark: str) -> Sequence[PageLine]:
    """The value of a label on line `at` that is not known, texts among it: what is deeper, or goes
    on to the next dash; none where no known label follows, for it may be the narrative then.
    """
    near = lines[at + 1 : at + 1 + _LINES]
    deeper = list(takewhile(lambda line: line.indent > lines[at].indent, near))
    if deeper:
        return deeper if _is_label(lines, at + 1 + len(deeper)) else []
    room = list(takewhile(lambda line: not (line.lone or line.known), near))
    after = range(at + 1 + len(room), at + 1 + len(near)) if mark == "dash" else range(0)
    leads = any(lines[place].lone and _is_label(lines, place) for place in after)
    return room if leads and lines[after[0]].lone else []


def _is_short_value(lines: Sequence[PageLine], at: int) -> bool:
    """Whether the line after the label on line `at` is its value, though it reads as a text: it is
    short, and deeper than the label or right before the next.
    """
    value = lines[at + 1]
    return len(value.text) <= _SHORT_VALUE and (
        value.indent > lines[at].indent or _is_label(lines, at + 2)
    )


def _can_be_long(label: PrintedField) -> bool:
    """Whether a value may have lines that are not indented: its end is marked, or it can be several
    names.
    """
    return bool(label.mark) or (label.field is not None and label.field.property in SEVERAL)


def _stops(line: PageLine, label: PageLine) -> bool:
    """Whether a line cannot be part of the label's value."""
    return line.known or line.lone or (line.marked and line.indent <= label.indent)


def _is_label(lines: Sequence[PageLine], at: int) -> bool:
    """Whether a known label, or a dash before one, stands on a line."""
    at = _after_dashes(lines, at)
    return at < len(lines) and lines[at].known


def _can_follow(value: PageLine, label: PageLine, before: Sequence[PrintedField]) -> bool:
    """Whether a line that is not indented can be the value of the block's last label: as its other
    values stand.
    """
    others = [printed for printed in before[-_RECENT:] if printed.values and not printed.same_line]
    if _indents(others) or (label.marked and label.indent and not others):
        return False
    return not value.gap or any(printed.values[0].gap for printed in others)


def _indents(before: Sequence[PrintedField]) -> bool:
    """Whether most values are indented deeper than their labels."""
    return sum(printed.deeper for printed in before) * 2 > sum(
        bool(printed.values) for printed in before
    )


def _is_unknown_label(
    lines: Sequence[PageLine], at: int, mark: str, before: Sequence[PrintedField]
) -> bool:
    """Whether a line inside a block stands as its labels do, with a value or right before a known
    label.
    """
    line, text = _without_colon(lines[at]), lines[at].bare.text
    if not before or not text[:1].isalpha() or line.prose or len(text) > _LONGEST:
        return False
    last = before[-1]
    if last.same_line and ":" in text.rstrip(": "):
        return _leads_to_label(lines, at + 1)
    mark = mark or ":" * (line is not lines[at] and last.colon)
    value = lines[at + 1] if at + 1 < len(lines) and not _stops(lines[at + 1], line) else None
    deeper = value is not None and not value.prose and value.indent > line.indent
    if mark.strip(":") != last.mark or line.indent != last.label.indent or not (mark or deeper):
        return False
    has_value = value is not None and not value.prose and deeper == _indents(before[-_RECENT:])
    has_value = has_value or _after_dashes(lines, at + 1) > at + 2
    return has_value or _is_label(lines, at + 1) or bool(_text_of(lines, at, mark))


def _without_colon(line: PageLine) -> PageLine:
    """A line without the colon that ends it."""
    return line._replace(text=line.text[:-1].rstrip()) if line.text.endswith(":") else line


def _leads_to_label(lines: Sequence[PageLine], at: int) -> bool:
    """Whether a known label stands on a line, or after lines that have the form of a label with its
    value.
    """
    form = takewhile(lambda line: not line.known and _SAME_LINE.match(line.text), lines[at:])
    return _is_label(lines, at + sum(1 for _ in islice(form, _RECENT)))


def _in_spanish(printed: Sequence[PrintedField]) -> tuple[PrintedField, ...]:
    """The fields with the first of two Spanish labels of the type read as that of the status, as
    its value tells.
    """
    twice = [number for number, one in enumerate(printed) if folded(one.label.text) == TWICE]
    told = [number for number in twice if _is_status(printed[number])]
    status = (told or (twice if len(twice) > 1 else []))[:1]
    return tuple(
        one._replace(field=STATUS_IN_SPANISH) if number in status else one
        for number, one in enumerate(printed)
    )


def _is_status(printed: PrintedField) -> bool:
    return len(printed.values) == 1 and folded(printed.values[0].text) in VALUES["status"]
