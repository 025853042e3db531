"""Plain data (texts, lists, mappings) to a typed struct, with the path of what does not fit."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_AT = re.compile(r" - at `(?:key` in `)?\$(.*)`$")
_KEY = re.compile(r"\.([^.\[]+)|\[(\d+)\]")


class Misfit(ValueError):
    """Data that does not fit a form: what is wrong, and the dotted path of where."""

    def __init__(self, message: str, path: str) -> None:
        super().__init__(message)
        self.message, self.path = message, path


def to_form(data: Any, form: type[T], *, texts: bool = False) -> T:
    """The data as the form; `texts` says that all scalars came as text (YAML). Raises Misfit.

    >>> from idfgraph.records import Money
    >>> to_form({"value": "1.50", "currency": "USD"}, Money).value
    '1.50'
    """
    try:
        return msgspec.convert(data, form, strict=not texts)
    except msgspec.ValidationError as error:
        message, path = _parted(str(error))
        raise Misfit(message, _numbered(data, form, texts, path).lstrip(".")) from error


def _parted(error: str) -> tuple[str, str]:
    found = _AT.search(error)
    return (error[: found.start()], found[1]) if found else (error, "")


def _numbered(data: Any, form: type[T], texts: bool, path: str) -> str:
    """The path with each `[...]` replaced by the number of the first item that does not fit."""
    if path.startswith("[...]") and isinstance(data, Mapping):
        return next((f".{key}{path[5:]}" for key, value in data.items() if _fails({key: value}, form, texts, path)), "")
    while "[...]" in path:
        head, _, tail = path.partition("[...]")
        items = _at(data, head)
        failing = (i for i, item in enumerate(items) if _fails(_with(data, head, [item]), form, texts, path))
        number = next(failing, 0)
        path = f"{head}[{number}]{tail}"
        if "[...]" in tail:
            data = _with(data, head, [items[number]] * (number + 1))
    return path


def _fails(data: Any, form: type[T], texts: bool, path: str) -> bool:
    try:
        msgspec.convert(data, form, strict=not texts)
    except msgspec.ValidationError as error:
        return _parted(str(error))[1].count("[...]") >= path.count("[...]")
    return False


def _at(data: Any, path: str) -> Any:
    for key, number in _KEY.findall(path):
        data = data[key] if key else data[int(number)]
    return data


def _with(data: Any, path: str, value: Any) -> Any:
    """A copy of the data in which the value stands at the path."""
    found = _KEY.match(path)
    if found is None:
        return value
    rest = path[found.end() :]
    if found[1]:
        return {**data, found[1]: _with(data[found[1]], rest, value)}
    number = int(found[2])
    return [*data[:number], _with(data[number], rest, value), *data[number + 1 :]]
