"""What a change of the desk's lists makes doubtful: the records that have a doubt since, which they
had not before.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from ..graph.setting import linked, prepared
from ..model.errors import BadInput, Place
from ..model.text import Texts
from ..sources.stream import read_files

T = TypeVar("T")


class Doubt(NamedTuple):
    """What is doubtful about a record, and where."""

    record: str
    place: Place
    words: Texts


def with_doubts(folder: Path, change: Callable[[], T]) -> tuple[T, tuple[Doubt, ...]]:
    """What a change of a data folder's lists gives, and what is doubtful in its records since."""
    before = {note for note, _ in _doubts(folder)}
    changed = change()
    return changed, tuple(doubt for note, doubt in _doubts(folder) if note not in before)


def _doubts(folder: Path) -> Iterator[tuple[str, Doubt]]:
    """What is doubtful in the records of a folder, by the ids of the notes that say so."""
    with prepared([folder]) as setting:
        prose = setting.reference.prose.read
        for record, origin in read_files(setting.files, refuse=_passed_over, prose=prose):
            for note in linked(setting, record).notes:
                if note.severity != "Info":
                    place = origin.place(note.about_property)
                    yield note.id, Doubt(record.id, place, note.comment)


def _passed_over(_error: BadInput) -> None:
    """Leaves an input that cannot be read to those who tell of it."""
