"""Labels that a page prints twice, in one place or in several."""

from collections.abc import Sequence

from ...model.errors import BadPage, Place
from ...model.names import folded
from ...model.visible import shortened
from .blocks import Block, PrintedField, all_blocks
from .page_lines import PageLine
from .rendition import Rendition

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
            raise BadPage(
                f"prints the label {printed.label.text!r} twice, first on line {before}"
                + (
                    ""
                    if folded(first.text) == folded(printed.label.text)
                    else f" as {first.text!r}"
                ),
                Place(file, line, column),
                hint=_way_out(fields),
            )


def _way_out(fields: Sequence[PrintedField]) -> str:
    """What to do about a page that prints labels twice, which may be one of several projects."""
    printed = (one for one in fields if one.field and one.field.property == "projectId")
    ids = list(dict.fromkeys(one.values[0].text for one in printed if one.values))
    if len(ids) < 2:
        return "decide which one is the page's and capture it again"
    several = ", ".join(shortened(one, _TOLD) for one in ids[:_TOLD_IDS])
    return f"it is a page of several projects, {several}: capture the page of one of them"


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
