"""Names to identifiers: runs of names cut, names found in prose."""

from .forms import loose
from .gazetteer import Gazetteer
from .mentions import KnownName, Name
from .runs import Cut, signed
from .states import States

__all__ = ["Cut", "Gazetteer", "KnownName", "Name", "States", "loose", "signed"]
