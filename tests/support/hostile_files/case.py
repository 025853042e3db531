"""A hostile input that is no page and no record: what it is, and what is told of it."""

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

#: What stands at a path: bytes, text, what makes them, or no regular file at all.
Content = bytes | str | Callable[[], bytes | str]
Odd = Literal["pipe", "folder", "/dev/zero", "/dev/full", "loop", "nowhere"]


class Hostile(NamedTuple):
    """A command, what it meets, and what it must say.

    `told` is a pattern in what is said, its place first of all; `codes` are the exit codes that may
    come of it. `odd` are paths that hold no regular file. `around` is put around the command in a
    shell, `answer` is what a site gives at `{site}`; `release` asks for a release in `public`.
    """

    name: str
    args: tuple[str, ...]
    told: str = ""
    files: Mapping[str, Content] = {}
    odd: Mapping[str, Odd] = {}
    codes: frozenset[int] = frozenset({2})
    stdin: bytes = b""
    around: str = ""
    env: Mapping[str, str] = {}
    answer: bytes | None = None
    release: bool = False


#: What may come of an input that is odd, but can be used.
USED = frozenset({0, 1, 2})


def made(content: Content) -> bytes:
    """The bytes of a content."""
    data = content() if callable(content) else content
    return data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
