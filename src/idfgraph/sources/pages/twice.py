"""Labels that a page prints twice, in one place or in several, and fields in other places that are
perhaps another project's.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ...model.datatypes import PROJECT_ID
from ...model.errors import BadPage, Place
from ...model.names import folded
from ...model.text import N_, Texts, texts
from ...model.visible import shortened
from .field_blocks import Block, PrintedField, all_blocks
from .page_lines import PageLine
from .rendition import LeftOut, Reason, Rendition

#: How many ids of a page of several projects are told, and how much of each.
_TOLD_IDS, _TOLD = 3, 40


def refuse_twice(page: Rendition, block: Block, lines: Sequence[PageLine], file: str) -> None:
    """Nothing, or BadPage for a page that prints a label twice: in its fields, or in others that
    say something else.
    """
    fields = (*block.printed, *_said_again(block, lines))
    seen: dict[str, PageLine] = {}
    for printed in fields:
        key = printed.field.property if printed.field else folded(printed.label.text)
        first = seen.setdefault(key, printed.label)
        if first is not printed.label:
            line, column = page.position(printed.label.start)
            before = page.position(first.start)[0]
            said = N_("prints the label {label!r} twice, first on line {number}")
            if folded(first.text) != folded(printed.label.text):
                said = N_("prints the label {label!r} twice, first on line {number} as {first!r}")
            raise BadPage(
                said,
                Place(file, line, column),
                hint=_way_out(fields),
                label=printed.label.text,
                number=before,
                first=first.text,
            )


def beyond(page: Rendition, block: Block, lines: Sequence[PageLine]) -> Sequence[LeftOut]:
    """What stands in other blocks of fields than the page's, each from the title over it on: with
    it the page's own text ends.
    """
    ours = {one.field.property: one for one in block.printed if one.field and one.values}
    others = [one for one in all_blocks(lines) if _is_apart(one, block, ours)]
    starts = [_titled(one, block, lines) for one in others]
    found = zip(others, pairwise([*starts, len(lines)]), strict=True)
    return [_left(page, other, lines[start:end]) for other, (start, end) in found]


def _left(page: Rendition, other: Block, lines: Sequence[PageLine]) -> LeftOut:
    text = " ".join(line.text for line in lines)
    start = lines[0].start
    reason: Reason = "other-project" if _ids(other) else "apart"
    return LeftOut(reason, text, page.position(start)[0], start)


def _is_apart(other: Block, block: Block, ours: Mapping[str, PrintedField]) -> bool:
    """Whether a block is another one than the page's, more than a line that reads as a label, and
    says something else.
    """
    told = [one for one in other.printed if one.field and one.values]
    said = any(ours.get(one.field.property) is None for one in told if one.field)
    said = said or any(one.field and _differs(one, ours[one.field.property]) for one in told)
    certain = other.is_certain() or bool(_ids(other))
    return not block.first <= other.first < block.end and certain and said


def _titled(other: Block, block: Block, lines: Sequence[PageLine]) -> int:
    """The line at which a block begins, with the title over it."""
    above = other.first - 1
    is_title = above >= 0 and not (lines[above].prose or lines[above].marked)
    return above if is_title and not block.first <= above < block.end else other.first


def _ids(block: Block) -> Sequence[str]:
    """The ids of projects that a block prints."""
    printed = (one for one in block.printed if one.field and one.field.property == "projectId")
    told = (one.values[0].text for one in printed if one.values)
    return [id_ for id_ in told if re.fullmatch(PROJECT_ID, id_)]


def _way_out(fields: Sequence[PrintedField]) -> Texts:
    """What to do about a page that prints labels twice, which may be one of several projects."""
    printed = (one for one in fields if one.field and one.field.property == "projectId")
    ids = list(dict.fromkeys(one.values[0].text for one in printed if one.values))
    if len(ids) < 2:
        return texts("decide which one is the page's and capture it again")
    several = ", ".join(shortened(one, _TOLD) for one in ids[:_TOLD_IDS])
    return texts(
        "it is a page of several projects, {several}: capture the page of one of them",
        several=several,
    )


def _said_again(block: Block, lines: Sequence[PageLine]) -> tuple[PrintedField, ...]:
    """The fields of the page's other blocks that say something else than the block does, where
    these have several known labels with values.
    """
    ours = {one.field.property: one for one in block.printed if one.field and one.values}
    blocks = (one for one in all_blocks(lines) if not block.first <= one.first < block.end)
    return tuple(
        one
        for other in blocks
        for one in other.printed
        if other.weight() > other.known() + 1
        if one.field and one.values and _differs(one, ours.get(one.field.property))
    )


def _differs(one: PrintedField, other: PrintedField | None) -> bool:
    said = (folded(" ".join(line.text for line in field.values)) for field in (one, other) if field)
    return len(set(said)) > 1
