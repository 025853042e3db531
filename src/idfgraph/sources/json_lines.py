"""Records in bulk: JSON Lines, one record a line, streamed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from ..errors import BadInput, BadRecord, Place
from ..records import Record
from .form import Misfit, to_form
from .origin import Origin, Sourced
from .text import RECORD_LIMIT

T = TypeVar("T")


def read_records(path: Path) -> Iterator[Sourced]:
    """The records of a JSON Lines file, in its order; BadRecord names line and field of one that is none."""
    for number, record in read_json_lines(path, Record):
        yield Sourced(record, Origin(str(path), number, dict))


def read_json_lines(path: Path, form: Any) -> Iterator[tuple[int, Any]]:
    """Line number and typed value of each line that is not blank; BadInput or BadRecord if one does not fit."""
    decoder = msgspec.json.Decoder(form)
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, _decoded(decoder, line, Place(str(path), number))
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", Place(str(path))) from error


def _decoded(decoder: "msgspec.json.Decoder[Any]", line: bytes, place: Place) -> Any:
    if len(line) > RECORD_LIMIT:
        raise BadRecord(f"is longer than {RECORD_LIMIT:,} bytes", place, hint="leave the record out, or split it")
    try:
        return decoder.decode(line)
    except msgspec.ValidationError:
        raise _misfit(line, decoder.type, place) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadRecord(f"is not JSON: {error}", place, hint="write one JSON object on the line") from error


def _misfit(line: bytes, form: Any, place: Place) -> BadRecord:
    try:
        to_form(msgspec.json.decode(line), form)
    except Misfit as error:
        return BadRecord(error.message, place._replace(field=error.path), hint="see the record's schema")
    return BadRecord("does not fit the form of a record", place, hint="see the record's schema")
