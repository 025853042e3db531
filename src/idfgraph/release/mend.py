"""One file of a release put right: written beside its place, synced, and swapped in."""

from pathlib import Path

from ..model.errors import BadOutput, Place
from ..model.layout import MARK, SIGNATURES, SUMS
from ..model.text import N_
from ..system.disk import real, swap_in, write_text
from .mark import ReleaseMark, number_of, read_mark
from .sums import digest_of, read_sums

#: How many bytes are copied at a time.
_PIECE = 1 << 20


def put(source: Path, release: Path, path: str) -> None:
    """Puts a copy of a file, with bytes of its own on the disk, at a path of a release.

    Raises BadOutput where a link, or something that is no file, is in the way.
    """
    place = release / path
    inside = real(place.parent).is_relative_to(real(release))
    if not inside or (place.is_dir() and not place.is_symlink()):
        raise BadOutput(N_("is in the way of a file"), Place(str(place)), hint=N_("move it away"))
    place.parent.mkdir(parents=True, exist_ok=True)
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
        write_text(release / MARK, ReleaseMark(number, sums).text)
    for path in SIGNATURES:
        if (built / path).is_file() and digest_of(release / path) != digest_of(built / path):
            put(built / path, release, path)
