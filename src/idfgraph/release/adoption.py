"""Releases without a mark: those that programs before this one made are known by their sums, and
get one.

A folder is taken for ours if it has a `SHA256SUMS` that lists a `release.json` of ours, and all
that it lists is true. What is not is left as it is.
"""

from collections.abc import Iterable
from itertools import count
from pathlib import Path

from ..model.errors import BadOutput
from ..model.layout import MARK, SUMMARY, SUMS
from ..system.disk import write_text
from .mark import PRUNED, ReleaseMark, number_of, read_mark
from .mend import make_way
from .sums import digest_of, fault, read_sums
from .tally import read_summary
from .tombstones import staying


def why_not_ours(folder: Path) -> str | None:
    """Why a folder is not taken for a release of ours; None if it is one."""
    if read_mark(folder):
        return None
    try:
        sums = read_sums(folder)
    except BadOutput:
        return f"it has no mark, and no {SUMS} that can be read"
    if SUMMARY not in sums or not read_summary(folder):
        return f"it has no mark, and no {SUMMARY} of ours"
    if not folder.name.endswith(PRUNED):
        wrong = fault(folder)
    else:
        kept = filter(staying(folder), sums)
        bad = (path for path in kept if digest_of(folder / path) != sums[path])
        wrong = next((f"{path} is not what its sum says" for path in bad), None)
    return f"it has no mark, and {wrong}" if wrong else None


def adopt(folders: Iterable[Path]) -> None:
    """Gives those that are ours and have no mark the numbers that are not taken, by their day."""
    given = list(folders)
    numbers = {number_of(folder) for folder in given}
    free = (number for number in count(1) if number not in numbers)
    bare = [folder for folder in given if not read_mark(folder) and not why_not_ours(folder)]
    for folder in sorted(bare, key=age):
        sums = (folder / SUMS).read_text("utf-8")
        make_way(folder, MARK)
        write_text(folder / MARK, ReleaseMark(next(free), sums).text)


def age(folder: Path) -> tuple[int, str, int, str]:
    """What releases are ordered by: as which one it was made; where that is not recorded, first,
    by its day and the time of its files.
    """
    number, summary = number_of(folder), read_summary(folder)
    made = (folder / SUMS).stat().st_mtime_ns if not number and (folder / SUMS).is_file() else 0
    return number, summary.issued if summary else "", made, folder.name
