"""A file of the inputs as it was when a run began: what all later steps read, whatever becomes of
the file meanwhile.
"""

import os
from pathlib import Path, PurePath
from typing import BinaryIO, Literal, NamedTuple

from ..system.depot import Depot, fetched


class Kept(NamedTuple):
    """A file, or a folder of files: its path as people know it, where its bytes are kept, and the
    depot that other machines have them from, if they do not see that.

    It reads like a path, so that readers take either.

    >>> page = Kept("data/pages", "/kept/0") / "a.txt"
    >>> str(page), page.name, page.stem, str(page.parent)
    ('data/pages/a.txt', 'a.txt', 'a', 'data/pages')
    """

    shown: str
    at: str
    depot: Depot | None = None

    def __str__(self) -> str:
        return self.shown

    def __truediv__(self, name: str) -> "Kept":
        return self._replace(shown=str(PurePath(self.shown, name)), at=str(PurePath(self.at, name)))

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
        return self._replace(
            shown=str(PurePath(self.shown).parent), at=str(PurePath(self.at).parent)
        )

    @property
    def deposited(self) -> str:
        """The name of the file in a depot: its own and its folder's, as it is kept."""
        return "-".join(PurePath(self.at).parts[-2:])

    def is_file(self) -> bool:
        """Whether there was such a file."""
        try:
            return bool(self.stat())
        except FileNotFoundError:
            return False

    def stat(self) -> os.stat_result:
        """What the system says of what is kept."""
        return self._here().stat()

    def open(self, mode: Literal["rb"]) -> BinaryIO:
        """What is kept, for reading."""
        return self._here().open(mode)

    def _here(self) -> Path:
        """Where this machine has the bytes, if there are any."""
        here = Path(self.at)
        if self.depot and not here.exists():
            return fetched(self.depot, self.deposited) or here
        return here


#: What readers read: a file where it stands, or as it was kept.
File = Path | Kept
