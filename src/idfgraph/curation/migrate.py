"""The steward's move to a newer form: files of format 1 become those of format 2, in place, and
nothing that people wrote is lost.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ..model.errors import BadInput
from ..sources.files import find_files
from ..sources.kept import File
from ..sources.records import migrated_dataset, migrated_lines, migrated_yaml
from ..sources.schema import schema
from ..sources.schema_words import RECORD_SCHEMA
from ..system.disk import write_bytes, write_text

#: The file of a data folder's settings.
SETTINGS = "dataset.yaml"


class Migrated(NamedTuple):
    """What became of one file: whether it is of another form now, or why it was left as it was."""

    file: Path
    changed: bool
    refused: BadInput | None = None


def migrate(sources: Sequence[Path], *, dry: bool = False) -> Iterator[Migrated]:
    """Rewrites the records of format 1 among the sources, each file whole or not at all, and yields
    what became of each file.

    A file that cannot be rewritten is told and left as it is. `dry` writes nothing. The settings
    and the schema for editors at the top of a data folder follow. Raises BadInput where there is
    nothing to read, and BadOutput.

    >>> any(done.changed for done in migrate([Path("data")]))
    False
    """
    files = find_files(sources)
    yield from (Migrated(Path(error.place.file), False, error) for error in files.refused)
    yield from _each(map(_path, files.records), _yaml, dry)
    yield from _each(map(_path, files.lines), _lines, dry)
    for name, rewrite in ((SETTINGS, _dataset), (RECORD_SCHEMA, _schema)):
        paths = (source / name for source in sources)
        yield from _each((path for path in paths if path.is_file()), rewrite, dry)


def _path(file: File) -> Path:
    return Path(str(file))


def _each(
    paths: Iterable[Path], rewrite: Callable[[Path, bool], bool], dry: bool
) -> Iterator[Migrated]:
    for path in paths:
        try:
            yield Migrated(path, rewrite(path, dry))
        except BadInput as error:
            yield Migrated(path, False, error)


def _yaml(path: Path, dry: bool) -> bool:
    return _written(path, migrated_yaml(path), dry)


def _dataset(path: Path, dry: bool) -> bool:
    return _written(path, migrated_dataset(path), dry)


def _written(path: Path, text: str | None, dry: bool) -> bool:
    """Whether a file has another text, which is written unless this is dry."""
    if text is not None and not dry:
        write_text(path, text)
    return text is not None


def _lines(path: Path, dry: bool) -> bool:
    """Rewrites a file of lines, once all of it has been read and one of them was another."""
    changed = sum(changed for _, changed in migrated_lines(path)) > 0
    if changed and not dry:
        write_bytes(path, (line for line, _ in migrated_lines(path)))
    return changed


def _schema(path: Path, dry: bool) -> bool:
    """Rewrites the schema for editors that `init` has written."""
    known = path.read_bytes() == schema("record").encode()
    return _written(path, None if known else schema("record"), dry)
