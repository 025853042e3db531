"""A file of the inputs as it was when a run began: what all later steps read, whatever becomes of
the file meanwhile.
"""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path, PurePath
from typing import BinaryIO, Literal, NamedTuple

from ..system.depot import Depot, fetched


class Kept(NamedTuple):
    """A file, or a folder of files: its path or address as people know it, where its bytes are
    kept, and the depot that other machines have them from, if they do not see that.

    It reads like a path, so that readers take either.

    >>> page = Kept("data/pages", "/kept/0") / "a.txt"
    >>> str(page), page.name, page.stem, str(page.parent)
    ('data/pages/a.txt', 'a.txt', 'a', 'data/pages')
    >>> page = Kept("s3://desk", "/kept/0") / "a.txt"
    >>> str(page), str(page.parent)
    ('s3://desk/a.txt', 's3://desk')
    """

    shown: str
    at: str
    depot: Depot | None = None

    def __str__(self) -> str:
        return self.shown

    def __fspath__(self) -> str:
        return self.at

    def __truediv__(self, name: str) -> "Kept":
        shown = f"{self.shown}/{name}" if self._is_far else str(PurePath(self.shown, name))
        return self._replace(shown=shown, at=str(PurePath(self.at, name)))

    @property
    def _is_far(self) -> bool:
        """Whether people know it by an address."""
        return "://" in self.shown

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
        above = self.shown.rpartition("/")[0]
        shown = above if self._is_far else str(PurePath(self.shown).parent)
        return self._replace(shown=shown, at=str(PurePath(self.at).parent))

    @property
    def deposited(self) -> str:
        """The name of the file in a depot: its own, after a sum of its folder's, as it is kept."""
        at = PurePath(self.at)
        return f"{sha256(os.fsencode(at.parent)).hexdigest()[:16]}-{at.name}"

    def is_file(self) -> bool:
        """Whether there was such a file."""
        try:
            return bool(self.stat())
        except FileNotFoundError:
            return False

    def is_dir(self) -> bool:
        """Whether it is a folder."""
        return Path(self.at).is_dir()

    def iterdir(self) -> Iterator["Kept"]:
        """What is in the folder; OSError if it cannot be listed."""
        return (self / path.name for path in Path(self.at).iterdir())

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
