"""A release in the making: what is ours in it is noted beside it, so that what a killed run left
can be removed, and nothing else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from ..system.folder import Folder
from .mark import clear_paths

#: Names of the folder, and of the note beside it.
BUILDING, MAKING = ".building", ".making"

_HEAD = "# idfgraph release in the making\n"


@contextmanager
def building_in(folder: Path) -> Iterator[Folder]:
    """A folder by a name that is free, as is that of its note, to write a release into."""
    with _note_of(folder).open("x", encoding="utf-8") as note:
        note.write(_HEAD)
        note.flush()
        folder.mkdir()
        yield Folder(folder, partial(print, file=note, flush=True))


def sweep(root: Path) -> None:
    """Removes what interrupted runs left, as far as is noted that it is ours, and the notes."""
    for note in root.glob(f"{MAKING}*"):
        if not note.is_symlink() and note.is_file():
            _sweep(note)


def _sweep(note: Path) -> None:
    head, *paths = note.read_text("utf-8", "replace").splitlines(keepends=True) or [""]
    if _HEAD.startswith(head):
        building = note.with_name(note.name.replace(MAKING, BUILDING))
        if building.is_dir() and not building.is_symlink():
            clear_paths(building, {path.rstrip("\n") for path in paths})
        note.unlink()


def _note_of(building: Path) -> Path:
    return building.with_name(building.name.replace(BUILDING, MAKING))
