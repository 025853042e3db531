"""Plain data (texts, lists, mappings) to a typed struct, with the path of what does not fit."""

import re
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
    """The path with each `[...]` replaced by the number, or the key, of the first item that does not fit."""
    while "[...]" in path:
        head, _, tail = path.partition("[...]")
        parts = _parts(_at(data, head))
        failing = (part for part in parts if _fails(_with(data, head, part[1]), form, texts, path))
        step, alone = next(failing, parts[0])
        path = f"{head}{step}{tail}"
        data = _with(data, head, alone if isinstance(alone, dict) else alone * (int(step[1:-1]) + 1))
    return path


def _parts(items: Any) -> list[tuple[str, Any]]:
    """Each item's step in a path, and a collection of it alone."""
    if isinstance(items, dict):
        return [(f".{key}", {key: item}) for key, item in items.items()]
    return [(f"[{number}]", [item]) for number, item in enumerate(items)]


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
