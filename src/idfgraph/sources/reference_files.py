"""Reference data: states, areas, organisations and concepts, each with the sources of its labels
and ids.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..model.datatypes import Address, is_address
from ..model.entries import Alias, Entry, ReferenceData, ReferenceSource, RegionException
from ..model.errors import BadRecord, Place
from ..model.names import folded
from .origin import Origin
from .records import line_ids, line_origin, read_json_lines, read_yaml

#: The file of the names that people add, in each folder of reference data.
OVERRIDES = "overrides.yaml"

#: The file of what labels, identifiers and memberships were taken from.
_SOURCES = "sources.jsonl"

#: What takes the place of memberOf.
_MEMBERSHIP_HINT = 'write "membership": [{"organization": "ag:eu", "memberFrom": "2004-05-01"}]'

_ENTRIES = ("states.jsonl", "areas.jsonl", "organisations.jsonl", "concepts.jsonl")


def read_reference(*folders: Path) -> ReferenceData:
    """The reference data of the first folder that has each file, with the names that people add and
    the sources that are listed in all of them.

    Of two names that are written alike but say another thing, that of the earlier folder counts.
    Raises BadInput or BadRecord if a file does not fit, or a membership leads nowhere.
    """
    data = ReferenceData(
        entries=tuple(entry for name in _ENTRIES for entry in _rows(_first(name, folders), Entry)),
        aliases=tuple(_aliases(folders)),
        exceptions=tuple(_rows(_first("region-exceptions.jsonl", folders), RegionException)),
        sources=_sources(folders),
    )
    _check_memberships(data, folders)
    return data


def reference_origin(folders: Sequence[Path], id_: str) -> Origin | None:
    """Where the entry with this id (`st:ALB`) was read, or None if no file has it; BadInput if one
    cannot be read.

    >>> reference_origin([Path("data/reference")], "st:ALB").place("iso3").line
    6
    """
    for path in (_first(name, folders) for name in _ENTRIES):
        changed = path.stat().st_mtime_ns if path.is_file() else 0
        if found := _index(path, changed).get(id_):
            return line_origin(path, *found, changed)
    return None


@lru_cache(maxsize=8)
def _index(path: Path, _changed: int) -> Mapping[str, tuple[int, int]]:
    """The line and the offset in bytes of each id of a file, found anew when the file has
    changed.
    """
    return {id_: (number, offset) for id_, number, offset in line_ids(path)}


def _aliases(folders: Iterable[Path]) -> Iterator[Alias]:
    """The names that people added, folder by folder, without those that an earlier folder has for
    another entry.
    """
    taken: set[tuple[str, str, str]] = set()
    for path in dict.fromkeys(folder / OVERRIDES for folder in folders):
        added: tuple[Alias, ...] = read_yaml(path, tuple[Alias, ...])[0] if path.is_file() else ()
        yield from (alias for alias in added if _key(alias) not in taken)
        taken |= set(map(_key, added))


def _sources(folders: Sequence[Path]) -> Mapping[str, Address]:
    """The addresses of sources by their keys; those of an earlier folder come before others."""
    paths = [folder / _SOURCES for folder in reversed(folders)]
    rows = (row for path in paths if path.is_file() for row in _rows(path, ReferenceSource))
    return {row.key: row.url for row in rows}


def _check_memberships(data: ReferenceData, folders: Sequence[Path]) -> None:
    """Nothing, or BadRecord at the first membership in what is no entry, or with a source that is
    not listed.
    """
    ids = {entry.id for entry in data.entries}
    for entry in data.entries:
        for number, each in enumerate(entry.membership):
            unknown = [key for key in each.sources if key not in data.sources]
            if each.organization not in ids:
                fault = f"is {each.organization}, which is no entry of the reference data"
                raise _at(folders, entry.id, f"membership[{number}].organization", fault)
            if wrong := next((key for key in unknown if not is_address(key)), None):
                fault = f"names the source {wrong!r}, which is no key of {_SOURCES} and no address"
                raise _at(folders, entry.id, f"membership[{number}].sources", fault)


def _at(folders: Sequence[Path], id_: str, field: str, fault: str) -> BadRecord:
    """What is wrong with a field of an entry, at its place."""
    origin = reference_origin(folders, id_)
    place = origin.place(field) if origin else Place()
    return BadRecord(fault, place._replace(field=field))


def _key(alias: Alias) -> tuple[str, str, str]:
    """What a name is looked up by: how it is written, its language, and what is looked for."""
    kind = alias.id.partition("-" if alias.id.startswith("code:") else ":")[0]
    return folded(alias.alias), alias.lang, kind


def _rows(path: Path, form: Any) -> Iterator[Any]:
    """The lines of a file; of an entry in the old form, BadRecord says what the new one is."""
    try:
        yield from (row for _, row in read_json_lines(path, form))
    except BadRecord as error:
        if error.place.field != "memberOf":
            raise
        raise BadRecord("has no days", error.place, hint=_MEMBERSHIP_HINT) from error


def _first(name: str, folders: Iterable[Path]) -> Path:
    paths = [folder / name for folder in folders]
    return next((path for path in paths if path.is_file()), paths[-1])
