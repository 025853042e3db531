"""A file of the inputs as it was when a run began: what all later steps read, whatever becomes of
the file meanwhile.
"""

import os
from pathlib import Path, PurePath
from typing import BinaryIO, Literal, NamedTuple


class Kept(NamedTuple):
    """A file, or a folder of files: its path as people know it, and where its bytes are kept.

    It reads like a path, so that readers take either.

    >>> page = Kept("data/pages", "/kept/0") / "a.txt"
    >>> str(page), page.name, page.stem, str(page.parent)
    ('data/pages/a.txt', 'a.txt', 'a', 'data/pages')
    """

    shown: str
    at: str

    def __str__(self) -> str:
        return self.shown

    def __truediv__(self, name: str) -> "Kept":
        return Kept(str(PurePath(self.shown, name)), str(PurePath(self.at, name)))

    @property
    def name(self) -> str:
        """The last part of its path."""
        return PurePath(self.shown).name

    @property
    def stem(self) -> str:
        """Its name without the suffix."""
        return PurePath(self.shown).stem

    @property
    def suffix(self) -> str:
        """The end of its name, from the last full stop on."""
        return PurePath(self.shown).suffix

    @property
    def parent(self) -> "Kept":
        """The folder that it is in."""
        return Kept(str(PurePath(self.shown).parent), str(PurePath(self.at).parent))

    def is_file(self) -> bool:
        """Whether there was such a file."""
        try:
            return bool(self.stat())
        except FileNotFoundError:
            return False

    def stat(self) -> os.stat_result:
        """What the system says of what is kept."""
        return Path(self.at).stat()

    def open(self, mode: Literal["rb"]) -> BinaryIO:
        """What is kept, for reading."""
        return Path(self.at).open(mode)


#: What readers read: a file where it stands, or as it was kept.
File = Path | Kept
