"""A part of a body (https://www.rfc-editor.org/rfc/rfc9110#section-14)."""

import re
from typing import Literal, NamedTuple

_ONE = re.compile(r"bytes=\s*([0-9]{0,99})-([0-9]{0,99})\s*", re.ASCII | re.IGNORECASE)


class Part(NamedTuple):
    """Bytes of a body from the first to before the last."""

    start: int
    stop: int


def part(asked: str | None, size: int) -> Part | Literal["whole", "none"]:
    """The part of a body that is asked for; the whole where no one part is asked for in words that
    are known; none where it has no such part.

    >>> part("bytes=2-4", 10), part("bytes=-3", 10)
    (Part(start=2, stop=5), Part(start=7, stop=10))
    >>> part("bytes=0-0,2-3", 10), part("bytes=10-", 10)
    ('whole', 'none')
    >>> part("bytes=99999999999999999999-", 10)
    'none'
    """
    match = _ONE.fullmatch(asked) if asked else None
    if not match or not any(match.groups()):
        return "whole"
    if not match[1]:
        start, stop = max(0, size - int(match[2])), size
    else:
        start, stop = int(match[1]), min(size, int(match[2]) + 1 if match[2] else size)
        if match[2] and int(match[2]) < start:
            return "whole"
    return Part(start, stop) if start < min(size, stop) else "none"
