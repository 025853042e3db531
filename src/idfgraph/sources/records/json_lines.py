"""Records in bulk: JSON Lines, one record a line, streamed."""

import json
import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from ...model.errors import BadRecord, Place, advice, bad_record
from ...model.records import Record
from ...model.text import N_, texts
from ...system.reading import unreadable
from ..decode import RECORD_LIMIT, unsafe_character, unsafe_in
from ..foreign import JSON, foreign
from ..kept import File
from ..origin import Sourced, nearest, placed, reading
from ..refusal import Refuse, tried
from .form import Misfit, to_form
from .format_one import refuse_old
from .json_marks import json_places, too_deep
from .json_origin import line_marks, line_origin

T = TypeVar("T")

#: How deep lists and objects may nest.
DEPTH_LIMIT = 50

#: An escape that may stand for a control or bidi character.
_ESCAPED = re.compile(r"\\[bfu]")

_BYTE = re.compile(r"\(byte (\d+)\)")

#: What parts the cells of a table in a text.
_TABLE = re.compile(rb"[;\t]|,.*,")

#: How much of a file tells what it is.
_HEAD = 4_096

_CELLS = N_("a table")
_OTHER = N_("is {what}, no JSON Lines")
_AS_JSON = N_("make a record of each of its rows or pages, and put the file itself elsewhere")
_NO_JSON = N_("is not JSON from here on")
_NO_FORM = N_("does not fit the form of a record")
_ONE_OBJECT = N_("write one JSON object on the line")


class JsonLine(NamedTuple):
    """A line of a file: its number, its offset in bytes, and its bytes, of which one too long has
    more than allowed.
    """

    number: int
    offset: int
    data: bytes


def read_records(path: File, refuse: Refuse | None = None) -> Iterator[Sourced]:
    """The records of a JSON Lines file, in its order; BadRecord names line, column and field of one
    that is none.

    With `refuse`, such a line is handed to it, and the others are read.
    """
    decoder = msgspec.json.Decoder(Record)
    this = reading()
    for line in _lines(path):
        for record in tried(partial(_decoded, decoder, line, path), refuse):
            yield Sourced(record, line_origin(path, line.number, line.offset, this))


def read_json_lines(path: File, form: Any) -> Iterator[tuple[int, Any]]:
    """Line number and typed value of each line that is not blank; BadInput or BadRecord if one does
    not fit.
    """
    decoder = msgspec.json.Decoder(form)
    for line in _lines(path):
        yield line.number, _decoded(decoder, line, path)


def read_json_line(text: str, form: Any, path: File, number: int) -> Any:
    """The typed value of a line that is to stand in a file; BadRecord if it does not fit."""
    line = JsonLine(number, 0, text.encode("utf-8", "surrogatepass"))
    return _decoded(msgspec.json.Decoder(form), line, path)


def line_ids(path: File) -> Iterator[tuple[str, int, int]]:
    """The `id` of each line that has one, its line number and its offset in bytes; BadInput if it
    cannot be read.
    """
    for line in _lines(path):
        named = msgspec.json.decode(line.data)
        if isinstance(named, dict) and isinstance(named.get("id"), str):
            yield named["id"], line.number, line.offset


def json_line_data(path: Path) -> Iterator[tuple[JsonLine, Any]]:
    """Each line of a file and its data, as JSON alone (None for a blank line); BadInput or
    BadRecord if it is none.
    """
    decoder = msgspec.json.Decoder()
    for line in _lines(path, blank=True):
        yield line, _decoded(decoder, line, path) if line.data.strip() else None


def _lines(path: File, *, blank: bool = False) -> Iterator[JsonLine]:
    """The lines that are not blank, or all, without a byte order mark; BadInput if the file cannot
    be read, or is plainly another thing.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            _refuse_other(head, path)
            offset = len(BOM_UTF8) if head.startswith(BOM_UTF8) else 0
            file.seek(offset)
            for number, data in enumerate(iter(partial(file.readline, RECORD_LIMIT + 1), b""), 1):
                length = len(data)
                if blank or length > RECORD_LIMIT or data.strip():
                    yield JsonLine(number, offset, data)
                while (
                    length > RECORD_LIMIT
                    and not data.endswith(b"\n")
                    and (data := file.readline(RECORD_LIMIT))
                ):
                    length += len(data)
                offset += length
    except OSError as error:
        raise unreadable(path, error) from error


def _refuse_other(head: bytes, path: File) -> None:
    """Nothing, or BadRecord for a file that begins as no JSON Lines do, told once for all of it."""
    if (kind := foreign(head)) and kind is not JSON:
        told = advice(_OTHER, _AS_JSON, what=texts(kind.what))
        raise bad_record(told, Place(str(path), 1))


def _decoded(decoder: "msgspec.json.Decoder[Any]", line: JsonLine, path: File) -> Any:
    place = Place(str(path), line.number)
    if len(line.data) > RECORD_LIMIT:
        raise BadRecord(
            N_("is longer than {record_limit:,} bytes"),
            place,
            hint=N_("leave the record out, or split it"),
            record_limit=RECORD_LIMIT,
        )
    if (at := too_deep(line.data, DEPTH_LIMIT)) is not None:
        raise BadRecord(
            N_("is nested deeper than {depth_limit}"),
            _at_byte(line, place, at),
            hint=N_("write it flatter"),
            depth_limit=DEPTH_LIMIT,
        )
    try:
        value, text = decoder.decode(line.data), line.data.decode()
        data = json.loads(text, object_pairs_hook=partial(_mapping, line, place))
        if unsafe_character(text) or _ESCAPED.search(text):
            _refuse_unsafe(data, line, place)
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise _misfit(line, decoder.type, place) from None
    _refuse_old(decoder.type, data, place)
    return value


def _mapping(line: JsonLine, place: Place, pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """The pairs of a JSON object as a mapping; BadRecord if a key stands twice, for one of the two
    would be lost.
    """
    data = dict(pairs)
    if len(data) < len(pairs):
        doubled = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise BadRecord(
            N_("has the key {doubled!r} twice"),
            _second(line, place),
            hint=N_("keep one of the two"),
            doubled=doubled,
        )
    return data


def _second(line: JsonLine, place: Place) -> Place:
    """The place of the first key of a line that stands twice, where it stands for the second
    time.
    """
    seen: set[str] = set()
    for path, mark in json_places(line.data.decode("utf-8", "replace"), line.number):
        if path in seen:
            return placed(place.file, mark, path)
        seen.add(path)
    return place


def _refuse_unsafe(data: Any, line: JsonLine, place: Place, steps: tuple[str, ...] = ()) -> None:
    """Nothing, or BadRecord for a text with a control or bidi character, as it is or as an
    escape.
    """
    items: Iterable[tuple[str, Any]] = ()
    field = "".join(steps).lstrip(".")
    if isinstance(data, str) and (character := unsafe_in(field, data)):
        where = _of(line, place, field)
        raise BadRecord(N_("holds {character}"), where, hint=N_("remove it"), character=character)
    if isinstance(data, dict):
        items = ((f".{key}", value) for key, value in data.items())
    elif isinstance(data, list):
        items = ((f"[{number}]", value) for number, value in enumerate(data))
    for step, value in items:
        _refuse_unsafe(value, line, place, (*steps, step))


def _misfit(line: JsonLine, form: Any, place: Place) -> BadRecord:
    try:
        data = msgspec.json.decode(line.data)
        _refuse_old(form, data, place)
        to_form(data, form)
    except Misfit as error:
        marks = line_marks(line.data, line.number)
        first, *others = (
            bad_record(one.told, placed(place.file, nearest(marks, one.path), one.path))
            for one in (error, *error.others)
        )
        first.others = tuple(others)
        return first
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        if what := _else(line):
            return bad_record(advice(_OTHER, _AS_JSON, what=texts(what)), place)
        where = _at_byte(line, place, _broken(line, str(error)))
        return bad_record(advice(_NO_JSON, _ONE_OBJECT), where)
    return bad_record(advice(_NO_FORM, _ONE_OBJECT), place)


def _else(line: JsonLine) -> str:
    """What the first line of a file is of, in English, where that is plainly no JSON."""
    if line.number > 1:
        return ""
    is_object = line.data.lstrip().startswith(b"{")
    return _CELLS if not is_object and _TABLE.search(line.data) else ""


def _refuse_old(form: object, data: object, place: Place) -> None:
    """Nothing, or OldFormat where a record of format 1 is read as a record."""
    if form is Record:
        refuse_old(data, Path(place.file), place)


def _broken(line: JsonLine, error: str) -> int:
    """The offset in bytes of what is no UTF-8 or no JSON: the end of the line if the error does not
    say.
    """
    try:
        line.data.decode()
    except UnicodeDecodeError as bad:
        return bad.start
    found = _BYTE.search(error)
    return int(found[1]) if found else len(line.data.rstrip())


def _of(line: JsonLine, place: Place, field: str) -> Place:
    """The place of a field of a line, or of what would hold it."""
    return placed(place.file, nearest(line_marks(line.data, line.number), field), field)


def _at_byte(line: JsonLine, place: Place, offset: int) -> Place:
    """The place of a byte of a line, its column counted in code points."""
    column = len(line.data[:offset].decode("utf-8", "replace")) + 1
    return place._replace(column=column, end_line=line.number, end_column=column + 1)


def count_lines(path: File) -> int:
    """The number of lines of a file, to tell how much there is to do; BadInput if it cannot be
    read.
    """
    try:
        with path.open("rb") as file:
            return sum(chunk.count(b"\n") for chunk in iter(partial(file.read, RECORD_LIMIT), b""))
    except OSError as error:
        raise unreadable(path, error) from error
