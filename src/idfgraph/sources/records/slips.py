"""Slips of people in YAML, in plain words and on their own lines: what is wrong with a line, and
the line as it was meant.

A slip counts where the text can be read further once its line is as it was meant.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import yaml

from ...model.errors import Advice, advice
from ...model.text import N_
from .slip_looks import LOOKS, WIDE_SPACES, WRITE, LineSlip, closed, shown, value_of

#: How many slips of one file are told, how many lines before the place where reading ends are
#: looked at, and how long a text may be for that.
_MOST, _BEFORE, LONGEST = 30, 40, 200_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_MERGE = re.compile(r"(<{7}|={7}|>{7}|\|{7})(?: .*)?")
_INDENT = re.compile(f"[ \t{WIDE_SPACES}]*")
_BLOCK = re.compile(r"(?:[^#'\"]*:|\s*-)\s+[|>][-+0-9]*\s*(?:#.*)?")
_LIKE_KEY = re.compile(r"(?:- +)*[A-Za-z][\w.-]*:(?:\s|$)|- ")


class Slip(NamedTuple):
    """A slip: its line and column from 1, what is said of it, the line as it was meant, and whether
    it can be meant otherwise.
    """

    line: int
    column: int
    told: Advice
    meant: str
    sure: bool


class _Fault(NamedTuple):
    """Where a text cannot be read further: a line and a column from 1."""

    line: int
    column: int


def with_slips_mended(text: str) -> tuple[str, tuple[Slip, ...], bool]:
    """A text with the slips in it mended, line by line, the slips, and whether it can be read now.

    >>> mended, slips, _ = with_slips_mended("title: Aid: a start\\nid:x\\n")
    >>> mended, [slip.line for slip in slips]
    ("title: 'Aid: a start'\\nid: x\\n", [1, 2])
    """
    lines = text.split("\n")
    slips = list(_plain_to_see(lines)) if len(text) <= LONGEST else []
    fault = _fault("\n".join(lines))
    while fault and len(slips) < _MOST and len(text) <= LONGEST:
        slip = _tried(lines, fault)
        if slip is None:
            break
        lines[slip.line - 1] = slip.meant
        slips.append(slip)
        fault = _fault("\n".join(lines))
    if fault:
        slips.append(_unknown(lines, fault))
    ordered = sorted(slips, key=lambda slip: slip[:2])
    return "\n".join(lines), tuple(ordered), fault is None


def _fault(text: str) -> _Fault | None:
    """Where a text cannot be read further; None where it can."""
    try:
        for _ in yaml.parse(text, Loader=_LOADER):
            pass
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        return _Fault(mark.line + 1, mark.column + 1) if mark else _Fault(1, 1)
    except (yaml.YAMLError, ValueError):
        return _Fault(1, 1)
    return None


def _plain_to_see(lines: list[str]) -> Iterator[Slip]:
    """The slips that need no trial, their lines mended on the way."""
    theirs = False
    for number in _outside_blocks(lines):
        line = lines[number]
        if found := _MERGE.fullmatch(line.rstrip("\r")):
            theirs = found[1][0] in "=|" or (theirs and found[1][0] != ">")
            if found[1][0] == "<":
                yield Slip(number + 1, 1, advice(_MERGED, _KEEP_ONE), "", sure=False)
            lines[number] = "\r" if line.endswith("\r") else ""
        elif theirs:
            lines[number] = "\r" if line.endswith("\r") else ""
        elif (slip := _in_front(line, number)) or (slip := _not_closed(lines, number)):
            lines[number] = slip.meant
            yield slip


def _in_front(line: str, number: int) -> Slip | None:
    """What stands before the first word of a line and is no space."""
    begun = _INDENT.match(line)
    indent = begun[0] if begun else ""
    if not indent.strip(" ") or not line.strip():
        return None
    tab = "\t" in indent
    told = advice(_TAB, _SPACES) if tab else advice(_NO_BREAK, _USUAL)
    meant = re.sub("[^ \t]", " ", indent).replace("\t", "  ") + line[len(indent) :]
    column = next(at for at, sign in enumerate(indent, 1) if sign != " ")
    return Slip(number + 1, column, told, meant, sure=not tab)


def _not_closed(lines: Sequence[str], number: int) -> Slip | None:
    """A quote or bracket that is not closed on its line, where the next line begins a field."""
    line = lines[number].rstrip("\r")
    _, value, column = value_of(line)
    following = next((one for one in lines[number + 1 :] if one.strip()), "")
    if not value or (following and not _LIKE_KEY.match(following.strip())):
        return None
    sign = value[0]
    if sign in "'\"" and not closed(value):
        told = advice(_NO_END_QUOTE, WRITE, line=shown(meant := f"{line}{sign}"))
        return Slip(number + 1, column, told, _ended(meant, lines[number]), sure=False)
    closing = {"[": "]", "{": "}"}.get(sign, "")
    if (
        closing
        and value.count(sign) > value.count(closing)
        and "'" not in value
        and '"' not in value
    ):
        told = advice(_NO_END, WRITE, sign=closing, line=shown(meant := f"{line}{closing}"))
        return Slip(number + 1, column, told, _ended(meant, lines[number]), sure=False)
    return None


def _tried(lines: list[str], fault: _Fault) -> Slip | None:
    """The slip without which a text can be read furthest, of those that say most; of equal ones the
    one nearest to the fault.
    """
    last = min(fault.line, len(lines))
    outside = set(_outside_blocks(lines))
    near = [
        number
        for number in range(last - 1, max(last - _BEFORE, 0) - 1, -1)
        if number in outside and lines[number].strip() and lines[number].strip()[0] != "#"
    ]
    for look in LOOKS:
        found = (
            (_reached(lines, number, _ended(one.meant, lines[number])), number, one)
            for number in near
            for one in look(lines[number].rstrip("\r"), lines, number)
        )
        helping = [one for one in found if one[0] > fault.line]
        if helping:
            _, number, slip = max(helping, key=lambda one: one[0])
            return _slip(lines, number, slip)
    return None


def _slip(lines: Sequence[str], number: int, slip: LineSlip) -> Slip:
    """A slip on a line, as one of the text."""
    return Slip(number + 1, slip.column, slip.told, _ended(slip.meant, lines[number]), slip.sure)


def _reached(lines: list[str], number: int, meant: str) -> float:
    """The line to which a text can be read with another line."""
    if meant == lines[number]:
        return 0
    after = _fault("\n".join([*lines[:number], meant, *lines[number + 1 :]]))
    return after.line if after else float("inf")


def _outside_blocks(lines: Sequence[str]) -> Iterator[int]:
    """The numbers of the lines (from 0) that are no part of a text in a block (`|`)."""
    block: int | None = None
    for number, line in enumerate(lines):
        depth = len(line) - len(line.lstrip(" "))
        if block is not None and (not line.strip() or depth > block):
            continue
        block = depth if _BLOCK.fullmatch(line.rstrip("\r")) else None
        yield number


def _ended(meant: str, line: str) -> str:
    return f"{meant}\r" if line.endswith("\r") and not meant.endswith("\r") else meant


def _unknown(lines: Sequence[str], fault: _Fault) -> Slip:
    """What is said where no slip is known."""
    line = min(fault.line, len(lines))
    while line > 1 and not lines[line - 1].strip():
        line -= 1
    column = fault.column if line == fault.line else len(lines[line - 1]) + 1
    return Slip(line, column, advice(_UNREADABLE, _FORM), lines[line - 1], sure=False)


_MERGED = N_("git left both sides of a merge here")
_KEEP_ONE = N_("keep one side, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>")
_TAB = N_("begins with a tab")
_SPACES = N_("write spaces before the first word of a line, two for each step in")
_NO_BREAK = N_("has a no-break space where a space should be")
_USUAL = N_("write usual spaces in its place")
_NO_END_QUOTE = N_("the quote that begins here does not end")
_NO_END = N_("the bracket that begins here does not end: {sign} is missing")
_UNREADABLE = N_("cannot be read from here on")
_FORM = N_(
    "write a name, a colon, a space and a value on each line; a text with other signs in quotes"
)
