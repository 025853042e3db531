"""A record's YAML file with other values and sources, with what people said of it, or with another
review: comments and all other bytes stay.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from ...model.errors import BadRecord, Place
from ...model.fields import FORMS
from ...model.judgements import Acceptance, Decision, Review
from ...model.records import Record, Source
from ...model.text import N_
from ..decode import RECORD_LIMIT, read_bytes, record_text
from ..origin import Marks
from .form import Misfit, to_form
from .yaml_edit import edited
from .yaml_read import parse_yaml
from .yaml_record import Inline, misfitting

T = TypeVar("T", Source, Decision, Acceptance)

#: The order of a record's fields, for those that are put in: what people say in different places,
#: so that the work of two seldom meets.
_ORDER = (
    "format",
    "kind",
    "id",
    "reviewed",
    "withdrawn",
    "accepted",
    "values",
    "decisions",
    "sources",
)

#: The order of its values.
_VALUES = [field.encode_name for form in FORMS.values() for field in msgspec.structs.fields(form)]


class RecordEdit(NamedTuple):
    """The text of a record's file, whether it differs from the file, the record in it, and the
    marks of its fields.
    """

    text: str
    differs: bool
    record: Record
    marks: Marks


def rewritten(
    path: Path,
    values: Callable[[Mapping[str, Any]], Mapping[str, Any]],
    sources: Sequence[Source] | None = None,
    *,
    decisions: Sequence[Decision] | None = None,
    accepted: Sequence[Acceptance] | None = None,
) -> RecordEdit:
    """The record's file with its values changed by a function, and with these sources, decisions
    and accepted doubts, where they are given.

    Raises BadInput or BadRecord if it is no record, is written so that it cannot be edited in
    place, or would be no record any more.
    """
    text = record_text(read_bytes(path, RECORD_LIMIT), str(path))
    data, marks = parse_yaml(text, str(path))
    old = _record(data, path, marks)
    meant = {
        **data,
        "values": _ordered(values(data.get("values", {}))),
        "sources": _kept(data.get("sources", []), old.sources, sources),
        "decisions": _kept(data.get("decisions", []), old.decisions, decisions),
        "accepted": _kept(data.get("accepted", []), old.accepted, accepted),
    }
    empty = {name for name in ("decisions", "accepted") if not meant[name]}
    wanted = {name: meant[name] for name in sorted(meant.keys() - empty, key=_ORDER.index)}
    result = record_text(edited(text, wanted, str(path)).encode(), str(path))
    if len(result.encode()) > RECORD_LIMIT:
        raise BadRecord(
            N_("would be larger than {record_limit:,} bytes"),
            Place(str(path)),
            hint=N_("split it"),
            record_limit=RECORD_LIMIT,
        )
    again, marks = parse_yaml(result, str(path))
    return RecordEdit(result, result != text, _record(again, path, marks), marks)


def with_review(path: Path, review: Review) -> str:
    """The text of a record's file with a review in the place of one by the same person.

    Raises BadRecord if it is written so that this cannot be done.
    """
    text = record_text(read_bytes(path, RECORD_LIMIT), str(path))
    said = parse_yaml(text, str(path))[0]
    mine = msgspec.to_builtins(review)
    mine |= {"fields": Inline(review.fields)} if review.fields else {}
    reviews = [mine if one["by"] == review.by else one for one in said["reviewed"]]
    return edited(text, {**said, "reviewed": reviews}, str(path))


def _kept(data: list[Any], old: Sequence[T], new: Sequence[T] | None) -> list[Any]:
    """Items as data: as the file has them where they are the same."""
    if new is None:
        return data
    return [data[old.index(one)] if one in old else _plain(one) for one in new]


def _plain(item: object) -> Any:
    return msgspec.json.decode(msgspec.json.encode(item))


def _ordered(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values in the order of a record, so that each new one has a place of its own among them."""
    return {name: values[name] for name in sorted(values, key=_VALUES.index)}


def _record(data: Any, path: Path, marks: Marks) -> Record:
    form: Any = Record
    try:
        record: Record = to_form(data, form, texts=True)
    except Misfit as error:
        raise misfitting(error, str(path), marks) from error
    return record
