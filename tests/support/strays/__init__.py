"""Inputs that are foreign, damaged or oddly written: more than 900 of them, the same each time,
each with what becomes of it beside sound pages.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from . import foreign, instead, markup, names, wrapped, written
from .stray import Stray, page, project_id

__all__ = ["STRAYS", "Stray", "page", "project_id", "write"]

STRAYS: tuple[Stray, ...] = tuple(
    stray
    for source in (foreign, instead, wrapped, written, markup, names)
    for stray in source.strays()
)


def write(strays: Iterable[Stray], folder: Path) -> None:
    """Writes inputs into a folder."""
    for stray in strays:
        path = Path(os.fsdecode(os.fsencode(folder) + b"/" + stray.name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(stray.data)
