"""Files of what people sign, one for each act, in a folder beside their record: what two people say
of one record stands in two files, so that git joins it without a conflict.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from ...model.datatypes import Incoherent
from ...model.errors import Place, advice, bad_record
from ...model.judgements import Acceptance, Judgements, Review, SignedDecision
from ...model.names import as_person, folded
from ...model.records import Record
from ...model.text import N_
from ..decode import RECORD_LIMIT, read_bytes, record_text
from ..kept import File
from ..origin import Marks, Origin, Sourced, nearest, placed, reading
from ..parts import SIGNED, signed_around, signed_for
from .yaml_edit import edited
from .yaml_read import parse_yaml
from .yaml_record import Inline, dumped, read_record, read_yaml

#: What people sign, as the lists of a record that it joins.
_LISTS = ("reviewed", "accepted", "decisions")

#: How much of a person's name is in the name of a file.
_NAME = 30

_UNLIKE = N_("is signed for {kind} {id}, but stands beside {other_kind} {other}")
_NAMED = N_("is signed for {id}, but is not named after it")
_CALL = N_("let its name begin with {name}")
_NOTHING = N_("signs nothing")
_FILL = N_("write what belongs in it, or remove it")
_RIVAL = N_("decides otherwise than {other}")
_KEEP_ONE = N_("keep the one that stands, and remove the other file")
_SAME = N_("write the kind and the id of the record that it is about")


#: What a person signs.
Signature = Review | Acceptance | SignedDecision


class SignedFile(NamedTuple):
    """A file of what a person signed, and what that is."""

    file: File
    said: Judgements


def read_signed(file: File) -> SignedFile:
    """What is signed in a file; BadInput or BadRecord where it cannot be read, or is named after
    another record.
    """
    said, marks = read_yaml(file, Judgements)
    if signed_for(file.name) != said.id.casefold():
        told = advice(_NAMED, _CALL, id=said.id, name=f"{said.id}_")
        raise bad_record(told, placed(str(file), marks["id"], "id"))
    if not any(getattr(said, name) for name in _LISTS):
        raise bad_record(advice(_NOTHING, _FILL), Place(str(file), 1))
    return SignedFile(file, said)


def signed_beside(file: Path, id_: str) -> tuple[SignedFile, ...]:
    """What is signed beside the file of a record, in the order of names."""
    named = (one for one in signed_around(file) if signed_for(one.name) == id_.casefold())
    return tuple(map(read_signed, named))


def read_whole_record(file: Path) -> Sourced:
    """The record in a YAML file, with what is signed beside it."""
    sourced = read_record(file)
    return with_signed(sourced, signed_beside(file, sourced.record.id))


def with_signed(sourced: Sourced, signed: Iterable[SignedFile]) -> Sourced:
    """A record with what people signed in files of their own; BadRecord where that is about one of
    another kind.
    """
    record, origin = sourced
    others, decided = list(origin.others), dict[str, tuple[object, File]]()
    for file, said in signed:
        _refuse_rival(file, said, decided)
        if (said.kind, said.id) != (kind := record.__struct_config__.tag, record.id):
            told = advice(
                _UNLIKE, _SAME, kind=said.kind, id=said.id, other_kind=kind, other=record.id
            )
            raise bad_record(told, Place(str(file), 1))
        before = {name: len(getattr(record, name)) for name in _LISTS}
        marks = partial(_marks, file, before, reading())
        others.append(Origin(str(file), 1, marks))
        more = {name: (*getattr(record, name), *getattr(said, name)) for name in _LISTS}
        try:
            record = replace(record, **more)
        except Incoherent as error:
            raise bad_record(error.told, Place(str(file), 1)) from error
    return Sourced(record, origin._replace(others=tuple(others)))


def _refuse_rival(file: File, said: Judgements, before: dict[str, tuple[object, File]]) -> None:
    """Notes what a file decides of each field, of a text in each language; BadRecord where another
    of `before` decides otherwise, as a copy may: which stands, nobody could see.
    """
    own = dict[str, tuple[object, File]]()
    for number, one in enumerate(said.decisions):
        texts = one.value if isinstance(one.value, Mapping) else {"": one.value}
        for language, value in texts.items():
            field = f"{one.property}.{language}" if language else one.property
            own[field] = (value, file)
            other, place = before.get(field, own[field])
            if other != value:
                mark = nearest(read_yaml(file, Judgements)[1], f"decisions[{number}].value")
                told = advice(_RIVAL, _KEEP_ONE, other=place.name)
                raise bad_record(told, placed(str(file), mark, field))
    before.update(own)


def _marks(file: File, before: Mapping[str, int], _this: int) -> Marks:
    """The marks of a file, its items by their numbers in it, and by those in the whole record."""
    marks = read_yaml(file, Judgements)[1]
    return {**marks, **{_renumbered(path, before): mark for path, mark in marks.items()}}


def _renumbered(path: str, before: Mapping[str, int]) -> str:
    name, bracket, rest = path.partition("[")
    number, end, more = rest.partition("]")
    if name not in before or not bracket:
        return path
    return f"{name}[{int(number) + before[name]}{end}{more}"


def signed_place(file: Path, id_: str, *words: str, by: str = "") -> Path:
    """The file of what is signed for a record in a folder: named after it and what it is about; and
    after who signs it, where several may.

    >>> signed_place(Path("records/V47-805.yaml"), "V47-805", "title.fr").as_posix()
    'records/signed/V47-805_title.fr.yaml'
    >>> signed_place(Path("V47-805.yaml"), "V47-805", "reviewed", by="A. Steward").name
    'V47-805_reviewed_a-steward-507c.yaml'
    """
    who = [_named_after(by)] if by else []
    return file.parent / SIGNED / f"{'_'.join((id_, *words, *who))}.yaml"


def _named_after(person: str) -> str:
    """What of a person's name can stand in the name of a file, and what tells it from others."""
    plain = re.sub("[^a-z0-9]+", "-", folded(person))[:_NAME].strip("-")
    return "-".join(filter(None, (plain, sha256(as_person(person).encode()).hexdigest()[:4])))


def signed_text(file: Path, record: Record, name: str, items: Sequence[Signature]) -> str:
    """The text of a file of what is signed for a record, whose list of a name has these items;
    empty where nothing is left in it. What else it says stays, and comments.

    Raises BadRecord if it is written so that this cannot be done.
    """
    known = record_text(read_bytes(file, RECORD_LIMIT), str(file)) if file.is_file() else ""
    said: dict[str, Any] = parse_yaml(known, str(file))[0] if known else {}
    head = {"kind": record.__struct_config__.tag, "id": record.id}
    meant = {**head, **said, name: [_plain(one) for one in items]}
    wanted = {key: value for key, value in meant.items() if value}
    if not any(key in wanted for key in _LISTS):
        return ""
    return edited(known, wanted, str(file)) if known else dumped(wanted)


def _plain(item: object) -> Any:
    data = msgspec.json.decode(msgspec.json.encode(item))
    if isinstance(item, Review) and item.fields:
        data["fields"] = Inline(data["fields"])
    return data
