"""What the prose of a page says, by role: who pays, who carries out, for whom, when, how much."""

from .holders import Holders
from .phrasebook import ACCEPTED, Phrasebook
from .reader import ProseReader

__all__ = ["ACCEPTED", "Holders", "Phrasebook", "ProseReader"]
