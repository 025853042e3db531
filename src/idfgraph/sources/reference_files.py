"""Reference data: states, areas, organisations and concepts, each with the sources of its labels
and ids.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..model.names import folded
from ..model.records import Alias, Entry, ReferenceData, RegionException
from .origin import Origin
from .records import line_ids, line_origin, read_json_lines, read_yaml

#: The file of the names that people add, in each folder of reference data.
OVERRIDES = "overrides.yaml"

_ENTRIES = ("states.jsonl", "areas.jsonl", "organisations.jsonl", "concepts.jsonl")


def read_reference(*folders: Path) -> ReferenceData:
    """The reference data of the first folder that has each file, with the names that people add in
    all of them.

    Of two names that are written alike but say another thing, that of the earlier folder counts.
    Raises BadInput or BadRecord if a file does not fit.
    """
    return ReferenceData(
        entries=tuple(entry for name in _ENTRIES for entry in _rows(_first(name, folders), Entry)),
        aliases=tuple(_aliases(folders)),
        exceptions=tuple(_rows(_first("region-exceptions.jsonl", folders), RegionException)),
    )


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


def _key(alias: Alias) -> tuple[str, str, str]:
    """What a name is looked up by: how it is written, its language, and what is looked for."""
    kind = alias.id.partition("-" if alias.id.startswith("code:") else ":")[0]
    return folded(alias.alias), alias.lang, kind


def _rows(path: Path, form: Any) -> Iterable[Any]:
    return (row for _, row in read_json_lines(path, form))


def _first(name: str, folders: Iterable[Path]) -> Path:
    paths = [folder / name for folder in folders]
    return next((path for path in paths if path.is_file()), paths[-1])
