"""Records in bulk: JSON Lines, one record a line, streamed."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from ..errors import BadRecord, Place
from ..records import Record
from .form import Misfit, to_form
from .origin import Origin, Sourced
from .text import RECORD_LIMIT, unreadable, unsafe_character

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
            for number, line in enumerate(iter(partial(file.readline, RECORD_LIMIT + 1), b""), 1):
                if len(line) > RECORD_LIMIT or line.strip():
                    yield number, _decoded(decoder, line, Place(str(path), number))
    except OSError as error:
        raise unreadable(path, error) from error


def _decoded(decoder: "msgspec.json.Decoder[Any]", line: bytes, place: Place) -> Any:
    if len(line) > RECORD_LIMIT:
        raise BadRecord(f"is longer than {RECORD_LIMIT:,} bytes", place, hint="leave the record out, or split it")
    try:
        value = decoder.decode(line)
        _refuse_unsafe(json.loads(line, object_pairs_hook=partial(_mapping, place)), place)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _misfit(line, decoder.type, place) from None
    return value


def _mapping(place: Place, pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """The pairs of a JSON object as a mapping; BadRecord if a key stands twice, for one of the two would be lost."""
    data = dict(pairs)
    if len(data) < len(pairs):
        keys = [key for key, _ in pairs]
        doubled = next(key for key in keys if keys.count(key) > 1)
        raise BadRecord(f"has the key {doubled!r} twice", place, hint="keep one of the two")
    return data


def _refuse_unsafe(data: Any, place: Place) -> None:
    """Nothing, or BadRecord for a text with a control or bidi character, as it is or as an escape."""
    items: Iterable[tuple[str, Any]] = ()
    if isinstance(data, str) and (character := unsafe_character(data)):
        raise BadRecord(f"holds the control character {character}", place, hint="remove it")
    if isinstance(data, dict):
        items = ((f"{place.field}.{key}".lstrip("."), value) for key, value in data.items())
    elif isinstance(data, list):
        items = ((f"{place.field}[{number}]", value) for number, value in enumerate(data))
    for field, value in items:
        _refuse_unsafe(value, place._replace(field=field))


def _misfit(line: bytes, form: Any, place: Place) -> BadRecord:
    try:
        to_form(msgspec.json.decode(line), form)
    except Misfit as error:
        return BadRecord(error.message, place._replace(field=error.path), hint="see the record's schema")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return BadRecord(f"is not JSON: {error}", place, hint="write one JSON object on the line")
    return BadRecord("does not fit the form of a record", place, hint="see the record's schema")
