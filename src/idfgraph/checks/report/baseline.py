"""What is known and accepted, kept in a file, so that only what is new is reported."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from ...model.errors import BadConfig, Place
from ...model.findings import Finding, fingerprint
from ...model.text import N_, Texts, texts
from ...model.visible import whole

#: The version of the form.
FORMAT = 1


class _Known(msgspec.Struct):
    fingerprint: str


class _Baseline(msgspec.Struct):
    format: int
    findings: list[_Known]


class SinceBaseline(NamedTuple):
    """The findings that a baseline does not know, how many it knows, and the fingerprints of what
    is gone.
    """

    new: tuple[Finding, ...]
    known: int
    solved: tuple[str, ...]


def render_baseline(findings: Sequence[Finding]) -> str:
    """The findings as a baseline: JSON, one finding a line, sorted; the same finding twice is two
    lines.

    >>> render_baseline([])
    '{"format": 1, "findings": []}\\n'
    """
    rows = sorted((found.result.rule, found.result.focus, fingerprint(found)) for found in findings)
    lines = (
        json.dumps({"fingerprint": key, "rule": rule, "focus": focus}) for rule, focus, key in rows
    )
    body = ",\n".join(lines)
    return (
        f'{{"format": {FORMAT}, "findings": {f"[{chr(10)}{body}{chr(10)}]" if body else "[]"}}}\n'
    )


def new_since(findings: Sequence[Finding], text: str, file: str = "") -> SinceBaseline:
    """The findings held against the text of a baseline; the first so many of each kind are the
    known ones.

    Raises BadConfig, placed in `file`, for a text that is no baseline of ours.

    >>> new_since([], render_baseline([]))
    SinceBaseline(new=(), known=0, solved=())
    """
    left = Counter(known.fingerprint for known in _read(text, file).findings)
    new: list[Finding] = []
    for found in findings:
        key = fingerprint(found)
        if left[key] > 0:
            left[key] -= 1
        else:
            new.append(found)
    return SinceBaseline(tuple(new), len(findings) - len(new), tuple(sorted(left.elements())))


def _read(text: str, file: str) -> _Baseline:
    try:
        form = msgspec.convert(_json(text, file), _Baseline)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `$")
        raise _refusal(
            texts("is no baseline: {fault}", fault=message),
            Place(file, 1, 0, path.strip("`.") or ""),
        ) from error
    if form.format != FORMAT:
        raise _refusal(
            texts("is a baseline of format {format}, not {ours}", format=form.format, ours=FORMAT),
            Place(file, 1, 0, "format"),
        )
    return form


def _json(text: str, file: str) -> object:
    try:
        return json.loads(whole(text))
    except json.JSONDecodeError as error:
        raise _refusal(
            texts("is not JSON: {fault}", fault=error.msg), Place(file, error.lineno, error.colno)
        ) from error
    except (ValueError, RecursionError) as error:
        raise _refusal(texts("is not JSON that can be read"), Place(file, 1)) from error


def _refusal(said: Texts, place: Place) -> BadConfig:
    return BadConfig(said, place, hint=N_("write it anew with --write-baseline"))
