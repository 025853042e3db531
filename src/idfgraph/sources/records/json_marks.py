"""Where the fields of a line of JSON stand: scanned once more, in linear time, only when something
is to be told.
"""

import json
import re
from collections.abc import Iterator

from ..positions import Mark

_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?'
_TOKEN = re.compile(_STRING + r'|[{}\[\]]|[^\s"{}\[\],:]++', re.DOTALL)
_TO_BRACKET = re.compile(r'(?:[^"{}\[\]]++|' + _STRING + r")*+[{}\[\]]", re.DOTALL)
_STRINGS = re.compile(_STRING.encode(), re.DOTALL)
_NO_BRACKET = bytes(byte for byte in range(256) if byte not in b"{}[]")
_OPENING = b"{["
_OPENED, _CLOSING = frozenset("{["), frozenset("}]")

#: A string longer than this is not told with its mark: nobody looks for it.
_TOLD = 200


def too_deep(line: bytes, limit: int) -> int | None:
    """The offset in bytes of the first bracket of a line of JSON that opens one level too many, or
    None.

    >>> too_deep(b'[{"a[[": [1]}]', 3), too_deep(b'[{"a[[": [1]}]', 2)
    (None, 9)
    """
    if line.count(b"[") + line.count(b"{") <= limit or _depth(line) <= limit:
        return None
    depth = 0
    for found in re.finditer(rb"[{}\[\]]", _STRINGS.sub(lambda text: b" " * len(text[0]), line)):
        depth += 1 if found[0] in (b"{", b"[") else -1
        if depth > limit:
            return found.start()
    return None


def _depth(line: bytes) -> int:
    """How deep the brackets outside strings nest."""
    depth = deepest = 0
    for bracket in _STRINGS.sub(b"", line).translate(None, _NO_BRACKET):
        depth += 1 if bracket in _OPENING else -1
        deepest = max(deepest, depth)
    return deepest


class _Open:
    """An object or list that has begun: its path, where it began, and the number or key of what
    comes next in it.
    """

    def __init__(self, path: str, start: int, is_list: bool) -> None:
        self.path, self.start, self.number = path, start, 0 if is_list else -1
        self.key: tuple[str, int] | None = None

    def awaits_key(self) -> bool:
        """Whether a key comes next."""
        return self.number < 0 and self.key is None

    def child(self, start: int) -> tuple[str, int]:
        """The path of the value that begins here, and where its key begins, or else it itself."""
        if self.key is None:
            self.number += 1
            return f"{self.path}[{self.number - 1}]", start
        (name, start), self.key = self.key, None
        return f"{self.path}.{name}".lstrip("."), start


def json_places(
    text: str, line: int = 1, *, closed: str | None = None
) -> Iterator[tuple[str, Mark]]:
    """The path and mark of each field and item of JSON that stands on one line, each when it ends.

    A key that stands twice comes twice; the walk ends where a bracket closes nothing. What is in
    the field `closed` is passed over.

    >>> dict(json_places('{"a": [1, "x"]}'))["a[1]"]
    Mark(line=1, column=11, end_line=1, end_column=14, text='x')
    """
    stack: list[_Open] = []
    tokens = _TOKEN.finditer(text)
    while found := next(tokens, None):
        word, start, end = found[0], found.start(), found.end()
        if word in _CLOSING:
            if not stack:
                return
            done = stack.pop()
            yield done.path, Mark(line, done.start + 1, line, end + 1)
        elif stack and stack[-1].awaits_key():
            stack[-1].key = _string(word), start
        else:
            path, start = stack[-1].child(start) if stack else ("", start)
            if word in _OPENED and path == closed:
                end = _end(text, end)
                tokens = _TOKEN.finditer(text, end)
                yield path, Mark(line, start + 1, line, end + 1)
            elif word in _OPENED:
                stack.append(_Open(path, start, word == "["))
            else:
                yield path, Mark(line, start + 1, line, end + 1, _string(word))


def _end(text: str, start: int) -> int:
    """Where the bracket is closed that opened before a place."""
    depth, end = 1, start
    while depth and (found := _TO_BRACKET.match(text, end)):
        end = found.end()
        depth += 1 if text[end - 1] in _OPENED else -1
    return len(text) if depth else end


def _string(token: str) -> str:
    """What a short string says; a number or name as it is."""
    if not token.startswith('"'):
        return token
    if len(token) > _TOLD:
        return ""
    try:
        return token[1:-1] if "\\" not in token else str(json.loads(token))
    except ValueError:
        return token
