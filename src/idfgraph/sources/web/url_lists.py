"""Addresses as people list them: a text file, one a line."""

import re
from collections.abc import Iterator
from pathlib import Path

from ...system.reading import read_text

#: The largest list, in bytes.
LIMIT = 10_000_000

_COMMENT = re.compile(r"(?:^|\s)#.*")


def read_list(path: Path) -> Iterator[str]:
    """The addresses in a file, one a line; what follows `#`, first on its line or after a space, is
    a comment.

    Raises BadInput if the file cannot be read.
    """
    lines = (_COMMENT.sub("", line).strip() for line in read_text(path, LIMIT).splitlines())
    return (line for line in lines if line)
