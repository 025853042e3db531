"""What is not published: how many projects lack each value, and where these are listed."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from ..figures import Overview
from .page_voice import PageVoice
from .selections import GAPS, missing


class GapRow(NamedTuple):
    """A property: how many projects lack it, where these are listed, and the share of those that
    have it, of 100.
    """

    name: Markup
    missing: int
    href: str
    share: str


def share_of(part: Decimal, whole: Decimal, of: int = 100) -> str:
    """A part of a whole, of so many, with one decimal.

    >>> share_of(Decimal(1), Decimal(3))
    '33.3'
    """
    return f"{part * of / whole if whole else Decimal(0):.1f}"


def gap_rows(voice: PageVoice, overview: Overview) -> Sequence[GapRow]:
    """A row for each value that a project can lack."""
    return list(_rows(voice, overview))


def _rows(voice: PageVoice, overview: Overview) -> Iterator[GapRow]:
    number = len(overview.all.projects)
    for key, name in GAPS.items():
        lacking = len(overview.lacking[name].projects)
        share = share_of(Decimal(number - lacking), Decimal(number))
        yield GapRow(voice.property(key), lacking, voice.list_address(missing(key)), share)
