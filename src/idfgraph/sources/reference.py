"""Reference data: states, areas, organisations and concepts, each with the sources of its labels and ids."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..records import Alias, Entry, ReferenceData, RegionException
from .json_lines import read_json_lines
from .yaml_record import read_yaml

_ENTRIES = ("states.jsonl", "areas.jsonl", "organisations.jsonl", "concepts.jsonl")


def read_reference(*folders: Path) -> ReferenceData:
    """The reference data of the first folder that has each file; BadInput or BadRecord if one does not fit."""

    return ReferenceData(
        entries=tuple(entry for name in _ENTRIES for entry in _rows(_first(name, folders), Entry)),
        aliases=read_yaml(_first("overrides.yaml", folders), tuple[Alias, ...])[0],
        exceptions=tuple(_rows(_first("region-exceptions.jsonl", folders), RegionException)),
    )


def _rows(path: Path, form: Any) -> Iterable[Any]:
    return (row for _, row in read_json_lines(path, form))


def _first(name: str, folders: Iterable[Path]) -> Path:
    paths = [folder / name for folder in folders]
    return next((path for path in paths if path.is_file()), paths[-1])
