"""Slips of people in YAML, in plain words and on their own lines: what is wrong with a line, and
the line as it was meant.

A slip counts where the text can be read further once its line is as it was meant. What follows the
first one may follow from it: that one alone is told.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import yaml

from ...model.errors import Advice, advice
from ...model.text import N_
from .misfit_words import either
from .slip_looks import LIKE_KEY, LOOKS, LineSlip, depth_of

#: How many slips of one file are mended, how many lines before the place where reading ends are
#: looked at, and how long a text may be for that.
_MOST, _BEFORE, _LONGEST = 30, 40, 200_000

#: How many spaces a step in is.
_STEP = 2

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_MARGIN = re.compile(r"([A-Za-z]\w*):")
_MERGE = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: .*)?")
_BLOCK = re.compile(r"(?:[^#'\"]*:|\s*-)\s+[|>][-+0-9]*\s*(?:#.*)?")


class Slip(NamedTuple):
    """A slip: its line and column from 1, what is said of it, the line as it was meant, and whether
    it cannot be meant otherwise.
    """

    line: int
    column: int
    told: Advice
    meant: str
    sure: bool


class _Fault(NamedTuple):
    """Where a text cannot be read further: a line and a column from 1; and where the quote or the
    bracket begins within which that is, if it is within one, and whether the text ends there.
    """

    line: int = 1
    column: int = 1
    begun: tuple[int, int] | None = None
    ended: bool = False


def with_slips_mended(text: str) -> tuple[str, tuple[Slip, ...]]:
    """A text with the slips in it mended, line by line, up to the first that can be meant
    otherwise; and the slips. It can be read if they all are sure.

    >>> mended, slips = with_slips_mended("title: Aid: a start\\nid:x\\n")
    >>> mended, [slip.line for slip in slips]
    ("title: 'Aid: a start'\\nid: x\\n", [1, 2])
    """
    lines = text.split("\n")
    slips: list[Slip] = []
    while fault := _fault("\n".join(lines)):
        known = len(slips) < _MOST and len(text) <= _LONGEST
        slip = (known and _found(lines, fault)) or _unknown(lines, fault)
        slips.append(slip)
        if not slip.sure:
            break
        lines[slip.line - 1] = slip.meant
    return "\n".join(lines), tuple(slips)


def _fault(text: str) -> _Fault | None:
    """Where a text cannot be read further; None where it can."""
    try:
        for _ in yaml.parse(text, Loader=_LOADER):
            pass
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        begun: Any = error.context_mark
        within = begun and re.search("flow|quoted", error.context or "")
        return _Fault(
            mark.line + 1 if mark else 1,
            mark.column + 1 if mark else 1,
            (begun.line + 1, begun.column + 1) if within else None,
            "end of stream" in (error.problem or ""),
        )
    except (yaml.YAMLError, ValueError):
        return _Fault()
    return None


def _found(lines: list[str], fault: _Fault) -> Slip | None:
    """The slip that keeps a text from being read further, of those that say most; of equal ones the
    one nearest to the fault.
    """
    near = list(_near(lines, fault))
    if merges := [number for number in near if _MERGE.fullmatch(lines[number].rstrip("\r"))]:
        hint = _MERGES.get(_block(lines, min(merges)), _KEEP_ONE)
        if hint == _KEEP_ALL and _is_in_item(lines, min(merges)):
            hint = _KEEP_ONE
        return Slip(min(merges) + 1, 1, advice(_MERGED, hint), "", sure=False)
    for look in LOOKS:
        helping = [
            (reached, number, one)
            for number in near
            for one in look(lines[number].rstrip("\r"), lines, number)
            if (reached := _reached(lines, number, one.meant, one.more)) > fault.line
        ]
        if helping:
            _, number, slip = max(helping, key=lambda one: one[0])
            return _slip(lines, number, slip)
    here = lines[fault.line - 1] if fault.line <= len(lines) else ""
    if "\t" in (indent := here[: len(here) - len(here.lstrip())]):
        return Slip(fault.line, indent.index("\t") + 1, advice(_TAB, _SPACES), here, sure=False)
    return _indented(lines, near, fault)


def _is_in_item(lines: Sequence[str], number: int) -> bool:
    """Whether what a merge left below a line (from 0) is a part of one item of a list."""
    inner = "".join(lines[number + 1 : number + 2])
    return inner.startswith(" ") and not inner.lstrip().startswith("-")


def _block(lines: Sequence[str], number: int) -> str:
    """The field at the left margin that a line (from 0) belongs to, or that begins below it."""
    keys = [*reversed(lines[:number]), *lines[number:]]
    inner = lines[number + 1 : number + 2]
    near = inner if inner and not inner[0].startswith((" ", "-")) else keys
    return next((found[1] for line in near if (found := _MARGIN.match(line))), "")


def _near(lines: Sequence[str], fault: _Fault) -> Iterator[int]:
    """The numbers (from 0) of the lines on which a slip can stand, nearest to the fault first."""
    last = min(fault.line, len(lines))
    outside = set(_outside_blocks(lines))
    begun = [fault.begun[0] - 1] if fault.begun else []
    for number in dict.fromkeys([*range(last - 1, max(last - _BEFORE, 0) - 1, -1), *begun]):
        if number in outside and lines[number].strip() and lines[number].strip()[0] != "#":
            yield number


def _slip(lines: Sequence[str], number: int, slip: LineSlip) -> Slip:
    """A slip on a line, as one of the text."""
    return Slip(number + 1, slip.column, slip.told, _ended(slip.meant, lines[number]), slip.sure)


def _reached(lines: Sequence[str], number: int, meant: str, more: int = 0) -> float:
    """The line to which a text can be read with another line in place of one, and of some more."""
    line = _ended(meant, lines[number])
    if line == lines[number]:
        return 0
    made = [*lines[:number], line, *[""] * more, *lines[number + 1 + more :]]
    after = _fault("\n".join(made))
    return after.line if after else float("inf")


def _indented(lines: list[str], near: Sequence[int], fault: _Fault) -> Slip | None:
    """A line of a field that stands further in or out than those around it."""
    found: dict[tuple[float, bool, int], list[int]] = {}
    for number in near:
        line = lines[number]
        for depth in _depths(lines, number) if LIKE_KEY.match(line.strip()) else ():
            reached = _reached(lines, number, " " * depth + line.lstrip(" "))
            if reached > fault.line:
                found.setdefault((reached, depth_of(line) % 2 == 1, number), []).append(depth)
    if not found:
        return None
    best = max(found)
    line, now = lines[best[2]], depth_of(lines[best[2]])
    close = [depth for depth in found[best] if abs(depth - now) <= _STEP] or found[best]
    told = advice(_INDENTATION, _SPACES_TO, now=now, number=either(map(str, close)))
    return Slip(best[2] + 1, now + 1, told, line, sure=False)


def _depths(lines: Sequence[str], number: int) -> list[int]:
    """How far in a line can stand, by the lines around it."""
    around = [*lines[max(number - _BEFORE, 0) : number], *lines[number + 1 : number + 2]]
    known = {depth_of(one) for one in around if one.strip()}
    now = depth_of(lines[number])
    return sorted(one for one in known | {one + _STEP for one in known} if one != now)


def _outside_blocks(lines: Sequence[str]) -> Iterator[int]:
    """The numbers of the lines (from 0) that are no part of a text in a block (`|`)."""
    block: int | None = None
    for number, line in enumerate(lines):
        if block is not None and (not line.strip() or depth_of(line) > block):
            continue
        block = depth_of(line) if _BLOCK.fullmatch(line.rstrip("\r")) else None
        yield number


def _ended(meant: str, line: str) -> str:
    return f"{meant}\r" if line.endswith("\r") and not meant.endswith("\r") else meant


def _unknown(lines: Sequence[str], fault: _Fault) -> Slip:
    """What is said where no slip is known."""
    if fault.begun and fault.begun[0] <= len(lines):
        line, column = fault.begun
        sign = lines[line - 1][column - 1 : column]
        if closing := {"[": "]", "{": "}"}.get(sign):
            return Slip(line, column, advice(_IN_BRACKET, _COMMAS, sign=closing), "", sure=False)
        if fault.ended and sign in "'\"":
            return Slip(line, column, advice(_IN_QUOTE, _END_QUOTE, sign=sign), "", sure=False)
    line = min(fault.line, len(lines))
    while line > 1 and not lines[line - 1].strip():
        line -= 1
    column = fault.column if line == fault.line else len(lines[line - 1]) + 1
    return Slip(line, column, advice(_UNREADABLE, _FORM), "", sure=False)


_MERGED = N_("git left both sides of a merge here")
_KEEP_ONE = N_("keep one side, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>")
_KEEP_ALL = N_(
    "keep the lines of both sides, each item whole and the name of the list once, and remove the "
    "lines that begin with <<<<<<<, ======= and >>>>>>>"
)
_REVIEW_AGAIN = N_(
    "keep one side, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>; whose "
    "review is on the other writes it again: idfgraph review"
)

#: What to do about both sides of a merge in a list of what people said.
_MERGES = {"decisions": _KEEP_ALL, "accepted": _KEEP_ALL, "reviewed": _REVIEW_AGAIN}

_TAB = N_("begins with a tab")
_SPACES = N_("write spaces before the first word of a line, two for each step in")
_INDENTATION = N_("is not indented as the lines around it")
_SPACES_TO = N_("begin it with {number} spaces, not {now}")
_IN_BRACKET = N_("what stands in the bracket that begins here cannot be read to its end")
_COMMAS = N_("write a comma between its items, {sign} after the last, and texts in quotes")
_IN_QUOTE = N_("the quote that begins here does not end")
_END_QUOTE = N_("write {sign} after its last word")
_UNREADABLE = N_("cannot be read from here on")
_FORM = N_(
    "write a name, a colon, a space and a value on each line; a text with other signs in quotes"
)
