"""What the prose of a page says, by role: who pays, who carries out, for whom, when, how much."""

from .phrasebook import ACCEPTED
from .reader import ProseReader

__all__ = ["ACCEPTED", "ProseReader"]
