"""The form of a malformed input."""

from collections.abc import Callable
from typing import NamedTuple

#: What is said of what is no YAML, and of what does not fit a form.
NOT_YAML = (
    "cannot be read from here|in quotes|not indented|does not end|begins with a tab|is missing"
    "|of its own"
)
MISFIT = (
    "is not |is a list|is one value|has names|is empty|has nothing in it|does not say|cannot stand"
    "|is a number"
)


class Case(NamedTuple):
    """A name, the bytes or what builds them, a word of the message, where (`line[:column]
    [field]`), and the error.
    """

    name: str
    data: bytes | str | Callable[[], bytes | str]
    words: str
    where: str = ""
    error: str = "BadRecord"

    def content(self) -> bytes:
        """The bytes of the input."""
        data = self.data if isinstance(self.data, bytes | str) else self.data()
        return data.encode() if isinstance(data, str) else data


def unusable(
    name: str, data: bytes | str | Callable[[], bytes | str], words: str, where: str = ""
) -> Case:
    """A file whose bytes cannot be used at all."""
    return Case(name, data, words, where, "BadInput")
