"""Plain data (texts, lists, mappings) to a typed struct, with the path of what does not fit."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

import msgspec
from msgspec.inspect import (
    DictType,
    ListType,
    LiteralType,
    Metadata,
    StructType,
    Type,
    UnionType,
    VarTupleType,
    type_info,
)

T = TypeVar("T")

_AT = re.compile(r" - at `(key` in `)?\$([^`]*)`$")
_STEP = re.compile(r"\.(\w+)|\[(\d+|\.\.\.)\]")
_FIELD = re.compile(r"(?:unknown|required) field `(.{1,200})`$", re.DOTALL)
_VALUE = re.compile(r"'(.{1,200})'$", re.DOTALL)

#: What is said of a key that has not the form of one, and what is told: keys of form are languages.
_PATTERN, _NO_TAG = "matching regex", "Expected the code of a language, such as fr or ru"

#: How much of a message and of a path is told: they can quote what does not fit.
_TOLD = 300

#: A step into data: the key of a mapping, the number of an item; `...` is one of the two, not known
#: which.
Step = str | int


#: What can be done where nothing better is known.
FORM_HINT = "see its form in the documentation, or idfgraph schema"


class Misfit(ValueError):
    """Data that does not fit a form: what is wrong, the dotted path of where, and what to do."""

    def __init__(self, message: str, path: str, hint: str = FORM_HINT) -> None:
        super().__init__(message)
        self.message, self.path, self.hint = message, path, hint


def to_form(data: Any, form: type[T], *, texts: bool = False) -> T:
    """The data as the form; `texts` says that all scalars came as text (YAML). Raises Misfit.

    >>> from idfgraph.model.fields import Money
    >>> to_form({"value": "1.50", "currency": "USD"}, Money).value
    '1.50'
    """
    try:
        return msgspec.convert(data, form, strict=not texts)
    except msgspec.ValidationError as error:
        message, steps, key = _parted(str(error))
        found = _found(data, steps, partial(_fails, form, texts, str(error)))
        words = (
            allowed(form, found, keys=bool(key)) if message.startswith("Invalid enum value") else []
        )
        hint = f"use {', '.join(words)}" if words else FORM_HINT
        raise Misfit(message[:_TOLD], _dotted([*found, *key])[:_TOLD], hint) from error


def allowed(form: Any, steps: Sequence[Step], *, keys: bool = False) -> list[str]:
    """The words that may stand at the end of the steps into a form, as a value or as a key, in
    alphabetical order.

    >>> from idfgraph.model.records import Project
    >>> allowed(Project, ["sources", 0, "language"]), allowed(Project, ["id"])
    (['en', 'es', 'fr'], [])
    """
    types = _members(type_info(form))
    for step in steps:
        types = [inner for type_ in types for inner in _members(_inside(type_, step))]
    if keys:
        types = [
            inner
            for type_ in types
            if isinstance(type_, DictType)
            for inner in _members(type_.key_type)
        ]
    return sorted(
        {str(word) for type_ in types if isinstance(type_, LiteralType) for word in type_.values}
    )


def _members(type_: Type | None) -> list[Type]:
    """The types that a type is one of."""
    if isinstance(type_, Metadata):
        return _members(type_.type)
    return list(type_.types) if isinstance(type_, UnionType) else [type_] if type_ else []


def _inside(type_: Type, step: Step) -> Type | None:
    """The type of what is at a step into a type; None where there is nothing."""
    if isinstance(type_, StructType):
        return next((field.type for field in type_.fields if field.encode_name == step), None)
    if isinstance(type_, ListType | VarTupleType):
        return type_.item_type
    return type_.value_type if isinstance(type_, DictType) else None


def _parted(error: str) -> tuple[str, list[str], list[str]]:
    """The message, the steps to where it is, and the key of a mapping there that it is about, if it
    is about one.
    """
    at = _AT.search(error)
    message = error[: at.start()] if at else error
    steps = [name or number for name, number in _STEP.findall(at[2] if at else "")]
    if at and at[1] and _PATTERN in message:
        return _NO_TAG, [*steps, "..."], []
    key = (_VALUE if at and at[1] else _FIELD).search(message)
    return message, steps, [key[1]] if key else []


def _fails(form: Any, texts: bool, message: str, data: Any) -> bool:
    """Whether data does not fit the form, with this message."""
    try:
        msgspec.convert(data, form, strict=not texts)
    except msgspec.ValidationError as error:
        return str(error) == message
    return False


def _found(data: Any, steps: Sequence[str], fails: Callable[[Any], bool]) -> list[Step]:
    """The steps with each `...` replaced by the key or number of the first item that fails."""
    found: list[Step] = []
    inside: list[Step] = []
    for step in steps:
        items = _at(data, inside)
        if step == "...":
            key = _first(
                list(items) if isinstance(items, dict) else range(len(items)), data, inside, fails
            )
            data = _with(data, inside, _part(items, [key]))
        else:
            key = step if isinstance(items, dict) else int(step)
        found.append(key)
        inside.append(0 if step == "..." and isinstance(key, int) else key)
    return found


def _first(
    keys: Sequence[Step], data: Any, inside: Sequence[Step], fails: Callable[[Any], bool]
) -> Step:
    """The first of the keys of the collection inside the data whose item fails: halved until one is
    left.
    """
    items = _at(data, inside)
    while len(keys) > 1:
        half = keys[: len(keys) // 2]
        keys = half if fails(_with(data, inside, _part(items, half))) else keys[len(half) :]
    return keys[0]


def _part(items: Any, keys: Sequence[Step]) -> Any:
    """Some of the items of a collection."""
    return (
        {key: items[key] for key in keys}
        if isinstance(items, dict)
        else [items[key] for key in keys]
    )


def _at(data: Any, steps: Sequence[Step]) -> Any:
    for step in steps:
        data = data[step]
    return data


def _with(data: Any, steps: Sequence[Step], value: Any) -> Any:
    """A copy of the data in which the value stands at the end of the steps."""
    if not steps:
        return value
    inner = _with(data[steps[0]], steps[1:], value)
    if isinstance(data, dict):
        return {**data, steps[0]: inner}
    number = int(steps[0])
    return [*data[:number], inner, *data[number + 1 :]]


def _dotted(steps: Sequence[Step]) -> str:
    """Steps as records write them.

    >>> _dotted(["sources", 0, "values", 3])
    'sources[0].values[3]'
    """
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(
        "."
    )
