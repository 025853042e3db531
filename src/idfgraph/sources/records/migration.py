"""Files of records of format 1 as they are in format 2: what is not of the format stays, byte for
byte.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ...model.errors import Place, bad_record
from ...model.records import Record
from ..decode import RECORD_LIMIT, read_bytes, record_text
from ..origin import Marks
from ..positions import Positions
from .form import Misfit, to_form
from .format_one import (
    is_old,
    migrated,
    migrated_settings,
    refuse_decided,
    renamed,
    stated_captures,
)
from .json_lines import json_line_data
from .yaml_edit import edited
from .yaml_read import parse_yaml
from .yaml_record import misfitting

#: Ways to write JSON on a line: those that programs use.
_STYLES: tuple[Callable[[object], str], ...] = (
    lambda data: json.dumps(data, ensure_ascii=False, separators=(",", ":")),
    lambda data: json.dumps(data, ensure_ascii=False),
    json.dumps,
    lambda data: json.dumps(data, separators=(",", ":")),
)


def migrated_yaml(path: Path) -> str | None:
    """The text of a YAML record in format 2; None where it is no record of format 1.

    Comments, order and quotes stay. Raises BadInput or BadRecord where it cannot be read, does not
    fit, or is written so that it cannot be edited in place.
    """
    text = record_text(read_bytes(path, RECORD_LIMIT), str(path))
    data, marks = parse_yaml(text, str(path))
    if not is_old(data):
        return None
    refuse_decided(data, str(path), marks)
    wanted = migrated(data)
    _check(wanted, str(path), marks, texts=True)
    return edited(_with_names(text, data, marks), wanted, str(path))


def migrated_lines(path: Path) -> Iterator[tuple[bytes, bool]]:
    """The lines of a file of JSON Lines in format 2, in their order, and whether each was another.

    Raises BadInput or BadRecord for a line that is none, or does not fit.
    """
    for line, data in json_line_data(path):
        if data is None or not is_old(data):
            yield line.data, False
            continue
        refuse_decided(data, str(path), {})
        wanted = migrated(data)
        _check(wanted, str(path), {}, line=line.number)
        yield _like(line.data, data, wanted), True


def migrated_dataset(path: Path) -> str | None:
    """The text of a `dataset.yaml` as format 2 has it; None where it is as it is.

    Raises BadInput or BadRecord where it cannot be read, or edited in place.
    """
    text = record_text(read_bytes(path, RECORD_LIMIT), str(path))
    data, _ = parse_yaml(text, str(path))
    wanted = migrated_settings(data) if isinstance(data, Mapping) else data
    return None if wanted is data else edited(text, wanted, str(path))


class _Change(NamedTuple):
    """Where words of a text begin and end, and what takes their place."""

    start: int
    end: int
    words: str


def _with_names(text: str, data: Mapping[str, object], marks: Marks) -> str:
    """The text with the properties of captures under their names of format 2."""
    lines = Positions(text)
    changes = []
    for path in stated_captures(data):
        mark = marks[path]
        start = lines.offset(mark.line, mark.column)
        end = lines.offset(mark.end_line, mark.end_column)
        changes.append(_Change(start, end, renamed(text[start:end])))
    for change in reversed(changes):
        text = text[: change.start] + change.words + text[change.end :]
    return text


def _check(
    data: Mapping[str, object], file: str, marks: Marks, *, texts: bool = False, line: int = 0
) -> None:
    """Nothing, or BadRecord where what is to be written would be no record."""
    form: Any = Record
    try:
        to_form(data, form, texts=texts)
    except Misfit as error:
        if marks:
            raise misfitting(error, file, marks) from error
        raise bad_record(error.told, Place(file, line, field=error.path)) from error


def _like(line: bytes, data: object, wanted: object) -> bytes:
    """The line with other data, written as it is itself, with its end."""
    text = line.decode()
    body = text.strip("\r\n\ufeff")
    style = next((style for style in _STYLES if style(data) == body), _STYLES[0])
    before, _, after = text.partition(body)
    return f"{before}{style(wanted)}{after}".encode()
