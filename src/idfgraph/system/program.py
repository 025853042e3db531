"""What this program is: its own files, and what is installed beside it, as one hash."""

import sys
from functools import cache
from hashlib import sha256
from importlib.metadata import Distribution, distributions
from pathlib import Path

#: Where the program's files are.
_PACKAGE = Path(__file__).parents[1]


@cache
def program() -> str:
    """A hash of all that could make two runs over the same input write other bytes: files of the
    program, versions of Python and of what is installed.

    >>> len(program())
    64
    """
    digest = sha256(sys.version.encode())
    for named in sorted(map(_named, distributions())):
        digest.update(f"{named}\n".encode())
    for file in sorted(_PACKAGE.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(f"{file.relative_to(_PACKAGE).as_posix()}\n".encode())
            digest.update(sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _named(distribution: Distribution) -> str:
    """The name and version of what is installed; its text, which has both, is read once."""
    text = distribution.metadata
    return f"{text['Name']} {text['Version']}"
