"""The records of a folder by what a page knows of its own: its id, its address, an old capture."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from ..model.errors import BadConfig, Place
from ..model.records import Programme, Project, Record, Source, Unidentified
from ..model.text import N_
from ..sources.file_names import RECORD_SUFFIXES, is_everywhere
from ..sources.records import read_record
from ..system.reading import read_whole
from .merge import former


def file_of(id_: str, into: Path) -> Path:
    """The file of a record by its id, whichever way its ending is written; where there is none, the
    one to make.
    """
    files = [into / f"{id_}{suffix}" for suffix in RECORD_SUFFIXES]
    return next(filter(Path.exists, files), files[0])


def refuse_id(id_: str, into: Path) -> None:
    """Nothing, or BadConfig for an id whose file some system cannot have: its name is one that
    Windows has not, or another record's but for the case of letters.
    """
    if not is_everywhere(id_):
        raise BadConfig(
            N_("Windows has no file that is called {id!r}"), hint=N_("take another id"), id=id_
        )
    files = (path for path in into.glob("*") if path.suffix.casefold() in RECORD_SUFFIXES)
    if other := next((one for one in files if _differs_in_case(one.stem, id_)), None):
        hint = N_("give {id}, or take another id")
        raise BadConfig(
            N_("differs in the case of letters alone from the id that is given"),
            Place(str(other)),
            hint=hint,
            id=other.stem,
        )


def _differs_in_case(one: str, other: str) -> bool:
    return one != other and one.casefold() == other.casefold()


def pages_of(into: Path, record: Record) -> set[str]:
    """The pages that the file of a record names; none where there is no file."""
    file = file_of(record.id, into)
    known = file.exists() and not isinstance(record, Unidentified)
    return {source.page for source in read_record(file).record.sources} if known else set()


def unnamed(pages: Iterable[str], into: Path) -> Iterator[str]:
    """The pages among these that no record of a folder names."""
    for page in pages:
        if not any(page.encode() in read_whole(file) for file in into.glob("*.y*ml")):
            yield page


def own_record(record: Record, into: Path) -> tuple[Path, Record] | None:
    """The record, of its kind, that a page is of: of one that names none, that which has an earlier
    capture.
    """
    if isinstance(record, Unidentified):
        return record_with(record.sources[0], into, (Project, Programme))
    file = file_of(record.id, into)
    known = read_record(file).record if file.exists() else None
    return (file, known) if known and type(known) is type(record) else None


def record_with(
    source: Source, into: Path, kinds: tuple[type[Record], ...] = (Programme,)
) -> tuple[Path, Record] | None:
    """The record (a programme, unless other kinds are named) among those of a folder that has a
    page, or an earlier capture of it.
    """
    marks = [text.encode() for text in (source.page, source.identifier, source.url) if text]
    for file in sorted(into.glob("*.y*ml")):
        if any(mark in read_whole(file) for mark in marks):
            record = read_record(file).record
            lost = Project in kinds  # a page that lost its id may have lost its language, too
            if isinstance(record, kinds) and (
                former(record.sources, source, any_language=lost) is not None
            ):
                return file, record
    return None
