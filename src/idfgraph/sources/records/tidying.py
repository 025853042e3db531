"""A record's YAML file as `extract` would have written it: values that can be meant in one way
alone in their form, keys in order, comments where they were.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ...model.errors import Place, advice, bad_record
from ...model.records import Record
from ...model.text import N_, Texts, texts
from ...model.visible import shortened
from ..decode import RECORD_LIMIT, read_bytes, record_text
from ..origin import Marks, nearest, placed
from .form import Misfit, to_form
from .format_one import refuse_old
from .misfits import NOTHING, Step, mistaken_words
from .slips import Slip, with_slips_mended
from .yaml_nodes import Places
from .yaml_read import is_words, parse_yaml, parsed_yaml
from .yaml_record import misfitting, render_record

#: How often values are looked at again once others are in their form.
_ROUNDS = 8

#: How much of a value is told.
_TOLD = 80

_COMMENT = re.compile("#[^\n]*")

_WRITTEN = N_("“{old}” is written as {new}")
_CALLED = N_("{old} is called {new}")
_SORTED = N_("keys stand in the order in which extract writes them")
_LAID_OUT = N_("is laid out as extract writes it")
_NO_MARK = N_("has no byte order mark any more")
_CANNOT = N_("cannot be tidied without a change of what it says")
_BY_HAND = N_("mend by hand what idfgraph validate tells of it")


class Tidying(NamedTuple):
    """One thing that was tidied: where it stood, and what was done, in three languages."""

    place: Place
    said: Texts


class Tidied(NamedTuple):
    """The text of a tidied record, whether it differs from the file, and what was done."""

    text: str
    differs: bool
    done: tuple[Tidying, ...]


def tidied(path: Path) -> Tidied:
    """A record's file, tidied; it says what it said before, but for what is told.

    Raises BadInput or BadRecord where it cannot be read, or something in it can be meant in several
    ways.
    """
    file = str(path)
    given = record_text(read_bytes(path, RECORD_LIMIT), file)
    newline = "\r\n" if given.count("\r\n") * 2 > given.count("\n") else "\n"
    plain = re.sub("\r\n?", "\n", given.removeprefix("\ufeff"))
    mended, slips = _mended(plain, file)
    data, marks = parse_yaml(mended, file)
    refuse_old(data, path, placed(file, nearest(marks, "format"), "format"))
    values = _TidiedValues(data, marks, file)
    record = values.record()
    bare = render_record(record)
    comments = list(_comments(mended, values.marks))
    made = with_comments(bare, parse_yaml(bare, file)[1], comments)
    if to_form(parse_yaml(made, file)[0], _RECORD, texts=True) != record:
        raise bad_record(advice(_CANNOT, _BY_HAND), Place(file))
    done = [*_slips(slips, file), *values.done]
    done += _layout(values.data, plain, made, Place(file), told=bool(done))
    if given.startswith("\ufeff"):
        done.append(Tidying(Place(file, 1), texts(_NO_MARK)))
    text = made.replace("\n", newline)
    return Tidied(text, text != given, tuple(done))


_RECORD: Any = Record


def _mended(text: str, file: str) -> tuple[str, tuple[Slip, ...]]:
    """A text with its slips mended; BadRecord for one that can be meant in several ways."""
    if not parsed_yaml(text, file).faults:
        return text, ()
    mended, slips = with_slips_mended(text)
    for slip in slips:
        if not slip.sure:
            raise bad_record(slip.told, Place(file, slip.line, slip.column))
    return mended, slips


class _TidiedValues:
    """The data of a record while its values are brought into their form."""

    def __init__(self, data: Any, marks: Marks, file: str) -> None:
        self.data, self.marks, self._file = data, marks, file
        self.done: list[Tidying] = []

    def record(self) -> Record:
        """The record; BadRecord where a value can be meant in several ways."""
        for _ in range(_ROUNDS):
            try:
                record: Record = to_form(self.data, _RECORD, texts=True)
            except Misfit as error:
                self._take((error, *error.others), error)
                continue
            if mistaken := list(mistaken_words(self.data.get("values"))):
                self._take(mistaken, mistaken[0])
                continue
            return record
        raise bad_record(advice(_CANNOT, _BY_HAND), Place(self._file))

    def _take(self, found: Sequence[Misfit], error: Misfit) -> None:
        """Brings values into their form; BadRecord with those that cannot be."""
        left = [one for one in found if one.value is NOTHING and not one.key]
        if left:
            left[0].others = tuple(left[1:])
            raise misfitting(left[0], self._file, self.marks) from error
        for one in found:
            place = placed(self._file, nearest(self.marks, one.path), one.path)
            old = one.steps[-1] if one.key else _at(self.data, one.steps)
            said = texts(
                _CALLED if one.key else _WRITTEN,
                old=_shown(old),
                new=_shown(one.key or one.value),
            )
            self.done.append(Tidying(place, said))
            if one.key:
                self.marks = _renamed(self.marks, one.path, str(old), one.key)
            self.data = _with(self.data, one.steps, one)


def _at(data: Any, steps: Sequence[Step]) -> Any:
    for step in steps:
        data = data[step]
    return data


def _with(data: Any, steps: Sequence[Step], one: Misfit) -> Any:
    """A copy of data with what a misfit should be at the end of steps."""
    if not steps:
        return one.value
    step, *rest = steps
    if isinstance(data, list):
        return [_with(item, rest, one) if at == step else item for at, item in enumerate(data)]
    renamed = one.key if one.key and not rest else step
    inner = data[step] if renamed != step else _with(data[step], rest, one)
    return {
        renamed if key == step else key: inner if key == step else value
        for key, value in data.items()
    }


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return shortened(f"{{{', '.join(f'{key}: {one}' for key, one in value.items())}}}", _TOLD)
    if isinstance(value, list):
        return shortened(f"[{', '.join(map(str, value))}]", _TOLD)
    return shortened(str(value), _TOLD)


def _slips(slips: Sequence[Slip], file: str) -> Iterator[Tidying]:
    """What was done about slips."""
    for slip in slips:
        yield Tidying(Place(file, slip.line, slip.column), slip.told.said)


def _layout(data: Any, before: str, after: str, place: Place, *, told: bool) -> Iterator[Tidying]:
    """What is told of keys that were sorted and of lines that look otherwise."""
    if _keys(data) != _keys(parse_yaml(after, place.file)[0]):
        yield Tidying(place, texts(_SORTED))
    elif before != after and not told:
        yield Tidying(place, texts(_LAID_OUT))


def _keys(data: Any) -> list[Any]:
    """The keys of data in their order."""
    if isinstance(data, dict):
        return [(key, _keys(value)) for key, value in data.items() if value not in ([], {})]
    return [_keys(item) for item in data] if isinstance(data, list) else []


class _Comment(NamedTuple):
    """A comment: its words, and the paths of the fields that it stands with, likeliest first; none
    where it begins the file.
    """

    words: str
    paths: tuple[str, ...]
    above: bool
    first: bool = False


def _comments(text: str, marks: Marks) -> Iterator[_Comment]:
    """The comments of a text, in its order, by the marks of its fields."""
    places = Places(text)
    fields = sorted(
        (mark.line, mark.column, len(path), path) for path, mark in marks.items() if path
    )
    for found in _COMMENT.finditer(places.bare):
        words = text[slice(*found.span())].rstrip()
        line = text.count("\n", 0, found.start()) + 1
        start = places.line_start(found.start())
        if not text[start : found.start()].strip():
            below = (path for number, _, _, path in fields if number > line)
            yield _Comment(words, tuple(below), above=True, first=line < fields[0][0])
        else:
            here = (line, found.start() - start + 1)
            before = [path for *at, _, path in fields if tuple(at) < here]
            yield _Comment(words, tuple(reversed(before)), above=False)


def _renamed(marks: Marks, path: str, old: str, new: str) -> Marks:
    """Marks by the paths that they have once a field is called otherwise."""
    now = f"{path.removesuffix(old)}{new}"
    inside = (f"{path}.", f"{path}[")
    return {
        now + one[len(path) :] if one == path or one.startswith(inside) else one: mark
        for one, mark in marks.items()
    }


def with_comments(text: str, marks: Marks, comments: Sequence[_Comment]) -> str:
    """A text with comments above its fields, or on their lines."""
    lines = text.split("\n")
    above: dict[int, list[str]] = {}
    for one in comments:
        field = next((path for path in one.paths if path in marks), "")
        at = marks[field].line if field else len(lines)
        if one.first:
            above.setdefault(0, []).append(one.words)
        elif one.above or at == len(lines) or is_words(field):
            line = lines[at - 1]
            indent = line[: len(line) - len(line.lstrip())]
            above.setdefault(at, []).append(f"{indent}{one.words}")
        else:
            lines[at - 1] += f"  {one.words}"
    made = [*above.get(0, ())]
    for number, line in enumerate(lines, 1):
        made += above.get(number, ())
        made.append(line)
    return "\n".join(made)
