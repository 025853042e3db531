"""A record's YAML file with other values and sources, or with another review: comments, decisions
and all other bytes stay.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from ...model.errors import BadRecord, Place
from ...model.judgements import Review
from ...model.records import Record, Source
from ..decode import RECORD_LIMIT, decode, read_bytes, refuse_unsafe
from ..origin import Marks, nearest, placed
from .form import Misfit, to_form
from .yaml_edit import edited
from .yaml_read import parse_yaml

#: The order of a record's fields, for those that are put in.
_ORDER = (
    "format",
    "kind",
    "id",
    "reviewed",
    "withdrawn",
    "values",
    "decisions",
    "accepted",
    "sources",
)


class RecordEdit(NamedTuple):
    """The text of a record's file, whether it differs from the file, the record in it, and the
    marks of its fields.
    """

    text: str
    differs: bool
    record: Record
    marks: Marks


def rewritten(
    path: Path, values: Callable[[Mapping[str, Any]], Mapping[str, Any]], sources: Sequence[Source]
) -> RecordEdit:
    """The record's file with its values changed by a function, and with these sources.

    Raises BadInput or BadRecord if it is no record, or is written so that it cannot be edited in
    place.
    """
    text = refuse_unsafe(decode(read_bytes(path, RECORD_LIMIT), str(path)), str(path))
    data, marks = parse_yaml(text, str(path))
    old = _record(data, path, marks)
    meant = {
        **data,
        "values": dict(values(data.get("values", {}))),
        "sources": [*_sources(data.get("sources", []), old.sources, sources)],
    }
    wanted = {name: meant[name] for name in sorted(meant, key=_ORDER.index)}
    result = refuse_unsafe(edited(text, wanted, str(path)), str(path))
    if len(result.encode()) > RECORD_LIMIT:
        raise BadRecord(
            f"would be larger than {RECORD_LIMIT:,} bytes", Place(str(path)), hint="split it"
        )
    again, marks = parse_yaml(result, str(path))
    return RecordEdit(result, result != text, _record(again, path, marks), marks)


def with_review(path: Path, review: Review) -> str:
    """The text of a record's file with one more review, in the place of one by the same person;
    below the id if there was none.

    Raises BadRecord if it is written so that this cannot be done.
    """
    text = decode(read_bytes(path, RECORD_LIMIT), str(path))
    said = parse_yaml(text, str(path))[0]
    mine = msgspec.to_builtins(review)
    reviews = [mine if one["by"] == review.by else one for one in said.get("reviewed", [])]
    wanted = {**said, "reviewed": reviews if mine in reviews else [*reviews, mine]}
    if "reviewed" not in said:
        names = [*said]
        names.insert(names.index("id") + 1, "reviewed")
        wanted = {name: wanted[name] for name in names}
    return edited(text, wanted, str(path))


def _sources(data: Sequence[Any], old: Sequence[Source], new: Sequence[Source]) -> list[Any]:
    """Sources as data: as the file has them where they are the same."""
    kept = zip(data, old, strict=True)
    known = {source: item for item, source in kept}
    return [known.get(source) or msgspec.json.decode(msgspec.json.encode(source)) for source in new]


def _record(data: Any, path: Path, marks: Marks) -> Record:
    form: Any = Record
    try:
        record: Record = to_form(data, form, texts=True)
    except Misfit as error:
        place = placed(str(path), nearest(marks, error.path), error.path)
        raise BadRecord(error.message, place, hint=error.hint) from error
    return record
