"""No silent loss: what a release would lose against the one before, or against what its data set
expects.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from ..model import iris
from ..model.errors import BadOutput, Place
from ..model.fields import FIELDS
from ..model.records import Expectation
from .mark import listed
from .sums import sha256_of
from .tally import Summary, Tally, read_summary

#: Of what was there, how much must still be: in hundredths.
_LEAST = 95

#: Where the documents of records are.
_RECORDS = tuple(f"{iris.FOLDERS[prefix]}/" for prefix in ("prj", "prg"))


class PreviousRelease(NamedTuple):
    """What was published before: its folder, what it held, and the SHA-256 of its files by their
    paths.
    """

    release: Path
    summary: Summary | None
    sums: Mapping[str, str]

    @classmethod
    def of(cls, release: Path) -> "PreviousRelease":
        """What a release published, pruned or not; BadOutput if it is none."""
        return cls(release, read_summary(release), listed(release))

    @property
    def documents(self) -> frozenset[str]:
        """The paths of the documents of its records, without suffix."""
        turtle = (path.removesuffix(".ttl") for path in self.sums if path.endswith(".ttl"))
        return frozenset(path for path in turtle if path.startswith(_RECORDS))

    def lines(self, path: str) -> Iterator[str]:
        """The lines of a file as it was published, newlines kept, none if it was not; BadOutput if
        it has changed since.
        """
        file = self.release / path
        if path not in self.sums:
            return
        if not file.is_file() or sha256_of(file) != self.sums[path]:
            raise _changed(file)
        with file.open(encoding="utf-8", newline="\n") as lines:
            yield from lines

    def read(self, path: str) -> bytes | None:
        """A file as it was published; None if it was not, or is no longer there; BadOutput if it
        has changed since.
        """
        file = self.release / path
        if path not in self.sums or not file.is_file():
            return None
        data = file.read_bytes()
        if sha256(data).hexdigest() != self.sums[path]:
            raise _changed(file)
        return data


def _changed(file: Path) -> BadOutput:
    hint = "idfgraph releases --repair mends it, or sets its release aside"
    return BadOutput("is not what its sum says", Place(str(file)), hint=hint)


def losses(
    now: Tally,
    before: PreviousRelease | None,
    expected: Expectation | None,
    address: Callable[[str], str],
    gone: Iterable[str] = (),
) -> Iterator[str]:
    """What would be lost, a line each; `address` gives the IRI of a compact one, `gone` are the
    records that were no more before.

    A project withdrawn since is not lost: it counts as if it were there, with all fields.
    """
    summary = now.summary("", 0)
    if expected:
        yield from _unmet(summary, expected)
    if before and before.summary:
        yield from _fewer(summary, before.summary)
    if before:
        here = {iris.document(id_) for id_ in (*now.ids, *gone)}
        for document in sorted(before.documents - here):
            lost = address(_id_of(document))
            yield (
                f"{lost} was published and is gone: bring its record back, "
                "or write why it was withdrawn"
            )


def _unmet(now: Summary, expected: Expectation) -> Iterator[str]:
    if expected.projects and now.projects < int(expected.projects):
        yield f"{now.projects} projects, where at least {expected.projects} are expected"
    for field, share in expected.fields.items():
        has = now.fields.get(field, 0)
        if has < Fraction(share) * now.projects:
            yield f"{field}: {_of(has, now)} have it, where a share of {share} is expected"


def _fewer(now: Summary, before: Summary) -> Iterator[str]:
    withdrawn = max(0, now.withdrawn - before.withdrawn)
    kept = now.projects + withdrawn
    if _fell(kept, 1, before.projects, 1):
        yield f"projects: {now.projects}, where {before.projects} were published before"
    for field, had in before.fields.items():
        has = now.fields.get(field, 0)
        if field not in FIELDS and not has:
            continue  # a field of an earlier format, which nothing can have any more
        if now.projects and _fell(has + withdrawn, kept, had, before.projects):
            was = f"{had} of {before.projects} had it before"
            yield f"{field}: {_of(has, now)} have it, where {was}"


def _of(number: int, summary: Summary) -> str:
    return f"{number} of {summary.projects} projects"


def _fell(now: int, of_now: int, before: int, of_before: int) -> bool:
    """Whether a share is more than 5 % under what it was.

    >>> _fell(94, 100, 99, 100), _fell(95, 100, 100, 100)
    (True, False)
    """
    return 100 * now * of_before < _LEAST * before * of_now


def _id_of(document: str) -> str:
    """The compact IRI of a record, from the path of its document."""
    prefix = next(
        prefix for prefix, folder in iris.FOLDERS.items() if document.startswith(f"{folder}/")
    )
    return f"{prefix}:{document.rpartition('/')[2]}"
