"""Names to identifiers: runs of names cut, names found in prose."""

from .gazetteer import Cut, Gazetteer
from .mentions import KnownName, Name

__all__ = ["Cut", "Gazetteer", "KnownName", "Name"]
