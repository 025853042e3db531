"""Plain data (texts, lists, mappings) to a typed struct, with all that does not fit: where, what is
asked, and what to write.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec.inspect import (
    DictType,
    IntType,
    ListType,
    LiteralType,
    Metadata,
    NoneType,
    StrType,
    StructType,
    TupleType,
    Type,
    UnionType,
    VarTupleType,
    type_info,
)

from . import misfit_kinds as kinds
from .misfits import Misfit, Spot, is_no_day, leaf

__all__ = ["Misfit", "to_form"]

T = TypeVar("T")

#: How many mistakes of one input are told.
_MOST = 100

_LISTS = (ListType, VarTupleType, TupleType)
_MAPPINGS = (StructType, DictType)


def to_form(data: Any, form: type[T], *, texts: bool = False) -> T:
    """The data as the form; `texts` says that all scalars came as text (YAML). Raises Misfit, with
    all others that there are.

    >>> from idfgraph.model.fields import Money
    >>> to_form({"value": "1.50", "currency": "USD"}, Money).value
    '1.50'
    """
    try:
        return msgspec.convert(data, form, strict=not texts)
    except msgspec.ValidationError as error:
        walk = _Walk(texts)
        found = list(islice(walk.faults(data, type_info(form), Spot()), _MOST))
        first, *others = found or [kinds.unfit(Spot(), error)]
        first.others = tuple(others)
        raise first from error


def _form(type_: Type) -> Any:
    """What msgspec takes for a type that it told of."""
    if isinstance(type_, StructType):
        return type_.cls
    if isinstance(type_, LiteralType):
        return Literal[type_.values]
    if isinstance(type_, StrType):
        meta = msgspec.Meta(
            pattern=type_.pattern, min_length=type_.min_length, max_length=type_.max_length
        )
        return Annotated[str, meta]
    if isinstance(type_, IntType):
        return Annotated[int, msgspec.Meta(ge=type_.ge, le=type_.le)]
    return bool


class _Walk:
    """A walk over data and the form that it should have."""

    def __init__(self, texts: bool) -> None:
        self._texts = texts
        self._forms = dict[int, Any]()

    def faults(self, data: Any, type_: Type, at: Spot) -> Iterator[Misfit]:
        """All that does not fit, in the order of the data."""
        members = _members(type_)
        kind = _kind(data)
        fitting = [one for one in members if isinstance(one, kind)] if kind else _scalars(members)
        if data is None and any(isinstance(one, NoneType) for one in members):
            return
        if not fitting:
            yield kinds.other_kind(at, data, members)
        elif isinstance(data, dict):
            yield from self._mapping(data, fitting, at)
        elif isinstance(data, list):
            yield from self._list(data, fitting[0], at)
        elif not any(self._fits(data, one) for one in fitting):
            yield leaf(at, data, fitting[0])

    def _mapping(
        self, data: Mapping[str, Any], types: Sequence[Type], at: Spot
    ) -> Iterator[Misfit]:
        type_ = types[0]
        if isinstance(type_, DictType):
            yield from self._dict(data, type_, at)
        elif isinstance(type_, StructType):
            tagged = [one for one in types if isinstance(one, StructType) and one.tag]
            if tagged:
                named = {str(one.tag): one for one in tagged}
                tag = data.get(field := str(tagged[0].tag_field))
                if not isinstance(tag, str) or tag not in named:
                    yield kinds.no_tag(at, field, tag, named, given=field in data)
                    return
                type_ = named[tag]
            yield from self._struct(data, type_, at)

    def _struct(self, data: Mapping[str, Any], type_: StructType, at: Spot) -> Iterator[Misfit]:
        fields = {field.encode_name: field for field in type_.fields}
        names = [*fields, *([type_.tag_field] if type_.tag_field else [])]
        beside = self._beside(data, type_)
        below = {key for keys in beside.values() for key in keys}
        found = False
        for key, value in data.items():
            inside = at.step(key, data)
            some: Iterable[Misfit] = ()
            if key in beside:
                some = (kinds.beside(inside, beside[key]),)
            elif key in fields:
                some = self.faults(value, fields[key].type, inside)
            elif key not in names and key not in below:
                some = (kinds.unknown(inside, key, names, data),)
            for one in some:
                found = True
                yield one
        for name, field in fields.items():
            if field.required and name not in data and not kinds.is_near(name, data, names):
                found = True
                yield kinds.missing(at.step(name, data), name, field.type)
        if not found and (error := self._refusal(data, type_)):
            yield kinds.unfit(at, error)

    def _beside(self, data: Mapping[str, Any], type_: StructType) -> Mapping[str, list[str]]:
        """Fields without a value, and the names after each that are none here, and are below it."""
        fields = {field.encode_name: field for field in type_.fields}
        found: dict[str, list[str]] = {}
        begun = ""
        for key, value in data.items():
            if key in fields or not begun:
                begun = key if key in fields and value == "" else ""
            elif self._has(fields[begun].type, key):
                found.setdefault(begun, []).append(key)
        return found

    def _has(self, type_: Type, key: str) -> bool:
        """Whether a key can stand in data of a type."""
        return any(
            key in {field.encode_name for field in one.fields}
            if isinstance(one, StructType)
            else isinstance(one, DictType)
            and any(self._fits(key, inner) for inner in _scalars(_members(one.key_type)))
            for one in _members(type_)
        )

    def _dict(self, data: Mapping[str, Any], type_: DictType, at: Spot) -> Iterator[Misfit]:
        if len(data) < (type_.min_length or 0):
            yield kinds.empty(at)
        for key, value in data.items():
            inside = at.step(key, data, named=False)
            if any(self._fits(key, one) for one in _scalars(_members(type_.key_type))):
                yield from self.faults(value, type_.value_type, inside)
            else:
                yield kinds.key(inside, key, _members(type_.key_type)[0], data)

    def _list(self, data: Sequence[Any], type_: Type, at: Spot) -> Iterator[Misfit]:
        if isinstance(type_, TupleType):
            if len(data) != len(type_.item_types):
                yield kinds.length(at, data, len(type_.item_types))
                return
            pairs = zip(data, type_.item_types, strict=True)
        elif isinstance(type_, ListType | VarTupleType):
            if len(data) < (type_.min_length or 0):
                yield kinds.empty(at)
            pairs = ((item, type_.item_type) for item in data)  # type: ignore[assignment]
        for number, (item, inner) in enumerate(pairs):
            yield from self.faults(item, inner, at.step(number, data))

    def _fits(self, data: Any, type_: Type) -> bool:
        return self._refusal(data, type_) is None and not is_no_day(data, type_)

    def _refusal(self, data: Any, type_: Type) -> msgspec.ValidationError | None:
        """Why msgspec refuses data of a simple type, or of a struct; None where it takes it."""
        try:
            form = self._forms.get(id(type_)) or self._forms.setdefault(id(type_), _form(type_))
            msgspec.convert(data, form, strict=not self._texts)
        except msgspec.ValidationError as error:
            return error
        return None


def _members(type_: Type) -> list[Type]:
    """The types that a type is one of."""
    if isinstance(type_, Metadata):
        return _members(type_.type)
    if isinstance(type_, UnionType):
        return [inner for one in type_.types for inner in _members(one)]
    return [type_]


def _kind(data: Any) -> tuple[type[Type], ...]:
    """The types that data of this kind can have; none for what is simple."""
    return _MAPPINGS if isinstance(data, dict) else _LISTS if isinstance(data, list) else ()


def _scalars(types: Sequence[Type]) -> list[Type]:
    known = (*_MAPPINGS, *_LISTS, NoneType)
    return [one for one in types if not isinstance(one, known)]
