"""The mark in the folder of a release: that it is ours, as which one it was made, and which of its
files are.

What the mark does not list is never removed. It repeats the list of sums, so that each of the two
can be mended from the other; the name of the folder says which of them is right.
"""

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ..model.errors import BadOutput, Place
from ..model.layout import BESIDE, MARK, SUMS
from ..model.text import N_
from .sums import digest_of, files_of, named, parse_sums

#: The end of the name of a release of which only dumps and tombstones are left.
PRUNED = ".pruned"

_HEAD = re.compile(r"# idfgraph release 1, number ([0-9]{1,9})")


class ReleaseMark(NamedTuple):
    """As which release of its folder one was made, counted from 1, and its list of sums."""

    number: int
    sums: str

    @property
    def text(self) -> str:
        """What stands in the file.

        >>> ReleaseMark(7, "").text
        '# idfgraph release 1, number 7\\n'
        """
        return f"# idfgraph release 1, number {self.number}\n{self.sums}"


def read_mark(release: Path) -> ReleaseMark | None:
    """The mark of a release; None for what has none that can be read."""
    try:
        file = release / MARK
        if release.is_symlink() or file.is_symlink() or not file.is_file():  # a pipe never ends
            return None
        head, _, sums = file.read_bytes().decode("utf-8", "replace").partition("\n")
    except OSError:
        return None
    found = _HEAD.fullmatch(head)
    return ReleaseMark(int(found[1]), sums) if found else None


def number_of(release: Path) -> int:
    """As which release of its folder one was made; 0 if that is not recorded."""
    mark = read_mark(release)
    return mark.number if mark else 0


def lists_of(release: Path) -> list[str]:
    """The lists of sums that a release has and that can be read, the one that is right first: of
    two that differ, that of its name, or else the one that fits its files better.
    """
    mark = read_mark(release)
    try:
        told = (release / SUMS).read_bytes() if (release / SUMS).is_file() else b""
        written = told.decode("utf-8", "replace")
    except OSError:
        written = ""
    found = [text for text in dict.fromkeys((written, mark.sums if mark else "")) if _reads(text)]
    name = release.name.removesuffix(PRUNED)
    if len(found) > 1:
        found.sort(key=lambda text: (named(text) != name, _misfit(release, text)))
    return found


def listed(release: Path) -> Mapping[str, str]:
    """The SHA-256 of each file of a release by its path, from its sums or its mark; BadOutput if
    neither can be read.
    """
    if not (found := lists_of(release)):
        raise BadOutput(
            N_("is no release"), Place(str(release)), hint=N_("see idfgraph releases --check")
        )
    return parse_sums(found[0])


def strangers(release: Path) -> list[str]:
    """The paths in a release that it does not list, and that are not ours."""
    return sorted(set(files_of(release)) - BESIDE - {SUMS} - set(listed(release)))


def clear(release: Path) -> None:
    """Removes a folder as far as its mark lists what is in it; one without a mark stays as it is.

    Links are removed where they are listed, and never followed.
    """
    if read_mark(release) and lists_of(release):
        clear_paths(release, {*listed(release), SUMS, *BESIDE})


def clear_paths(folder: Path, ours: set[str], *, itself: bool = True) -> None:
    """Removes these paths of a folder, the mark last, and the folders that are empty then."""
    for inner, _, files in os.walk(folder, topdown=False):
        links = [name for name in _ if Path(inner, name).is_symlink()]
        for name in sorted((*files, *links), key=lambda name: name == MARK):
            path = Path(inner, name)
            if path.relative_to(folder).as_posix() in ours:
                path.unlink()
        if itself or Path(inner) != folder:
            with suppress(OSError):
                Path(inner).rmdir()


def _reads(text: str) -> bool:
    """Whether a text is a list of sums with something in it."""
    try:
        return bool(parse_sums(text))
    except ValueError:
        return False


def _misfit(release: Path, text: str) -> int:
    """How many files are not what a list says."""
    return sum(digest_of(release / path) != digest for path, digest in parse_sums(text).items())
