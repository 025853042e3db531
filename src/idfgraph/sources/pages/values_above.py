"""Values that stand above their labels, as figures on cards do: read below their labels they would
be those of others.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from ...model.datatypes import PROJECT_ID
from ...model.names import folded
from .field_blocks import Block, PrintedField
from .page_labels import VALUES
from .page_lines import PageLine

_YEAR = re.compile(r".{0,12}\b[0-9]{4}\b.{0,12}")
_FORMS = {
    **dict.fromkeys(("startYear", "endYear", "allocationYear"), _YEAR),
    "budget.value": re.compile(r"\D{0,5}[0-9][0-9., \xa0\u202f]{2,}\D{0,5}"),
    "projectId": re.compile(PROJECT_ID),
}


def without_values_below(block: Block, lines: Sequence[PageLine]) -> Block:
    """The block without the values of its first fields, where a value stands before the first
    label, the last of them has none, and more values fit the labels below than those above them.
    """
    shifted = list(takewhile(lambda one: one.values and not one.same_line, block.printed))
    shifted += block.printed[len(shifted) : len(shifted) + 1]
    if not block.first or shifted[-1].values:
        return block
    values = [lines[block.first - 1].text, *(one.values[0].text for one in shifted[:-1])]
    above = sum(map(_fits, shifted, values))
    if not _fits(shifted[0], values[0]) or above <= sum(map(_fits, shifted, values[1:])):
        return block
    bare = tuple(one._replace(values=()) for one in shifted)
    return block._replace(first=block.first - 1, printed=(*bare, *block.printed[len(bare) :]))


def _fits(printed: PrintedField, value: str) -> bool:
    """Whether a value has the form of those that a label has."""
    name = printed.field.property if printed.field else ""
    form = _FORMS.get(name)
    return bool(form and form.fullmatch(value)) or folded(value) in VALUES.get(name, {})
