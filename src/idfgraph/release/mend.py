"""One file of a release put right: written beside its place, synced, and swapped in."""

import os
from pathlib import Path

from ..model.errors import BadOutput, Place
from ..model.layout import MARK, SIGNATURES, SUMS
from ..model.text import N_
from ..system.disk import real, swap_in, write_text
from .mark import ReleaseMark, number_of, read_mark
from .sums import digest_of, read_sums

#: How many bytes are copied at a time.
_PIECE = 1 << 20


def make_way(release: Path, path: str) -> None:
    """Where a file of a release belongs, nothing stands that no file can take the place of: a pipe
    goes, and a folder if it is empty. Raises BadOutput where something else is in the way: it may
    be somebody's.
    """
    place = release / path
    for folder in reversed(place.relative_to(release).parents):
        at = release / folder
        leads_out = not real(at).is_relative_to(real(release))
        if leads_out or (os.path.lexists(at) and not at.is_dir()):
            raise _in_the_way(at)
    if place.is_symlink() or place.is_file():
        return
    if place.is_dir():
        try:
            place.rmdir()
        except OSError as error:
            raise _in_the_way(place) from error
    place.unlink(missing_ok=True)  # a pipe, which would be written into
    place.parent.mkdir(parents=True, exist_ok=True)


def _in_the_way(at: Path) -> BadOutput:
    return BadOutput(N_("is in the way of a file"), Place(str(at)), hint=N_("move it away"))


def put(source: Path, release: Path, path: str) -> None:
    """Puts a copy of a file, with bytes of its own on the disk, at a path of a release.

    Raises BadOutput where a link, or something that is no file, is in the way.
    """
    place = release / path
    make_way(release, path)
    with source.open("rb") as content:
        swap_in(place, iter(lambda: content.read(_PIECE), b""))


def mend_from(built: Path, release: Path) -> None:
    """Mends a release from the same one, just made: what is not as it should be, its mark, and the
    signatures of its sums.
    """
    for path, digest in read_sums(built).items():
        if digest_of(release / path) != digest:
            put(built / path, release, path)
    if digest_of(release / SUMS) != digest_of(built / SUMS):
        put(built / SUMS, release, SUMS)
    sums, mark = (built / SUMS).read_text("utf-8"), read_mark(release)
    if not mark or mark.sums != sums:
        number = mark.number if mark else number_of(built)
        make_way(release, MARK)
        write_text(release / MARK, ReleaseMark(number, sums).text)
    for path in SIGNATURES:
        if (built / path).is_file() and digest_of(release / path) != digest_of(built / path):
            put(built / path, release, path)
