"""No silent loss: what a release would lose against the one before, or against what its data set
expects, and what of it people accept.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple

import msgspec

from ..graph.setting import Setting
from ..model import iris
from ..model.errors import BadConfig, BadOutput, Place
from ..model.fields import VALUES
from ..model.findings import plain_value
from ..model.layout import CONTEXT, TOMBSTONES
from ..model.records import Expectation
from ..model.text import N_
from ..model.visible import visible
from ..system.reading import opened
from .mark import listed
from .record_values import Loss
from .sums import digest_of
from .tally import Summary, read_summary
from .tombstones import withdrawn_in

#: The fields of which values can be lost.
_FIELDS = frozenset(field.name for field in VALUES)

#: What is lost of a record that was withdrawn and of which no record says so any more.
WITHDRAWAL = "withdrawn"

#: How much of a value that is lost is shown.
_SHOWN = 80


class _Prefixes(msgspec.Struct):
    """The prefix of a context that tells its base."""

    idf: str = ""


class _Context(msgspec.Struct):
    """As much of a context as tells its base."""

    names: _Prefixes = msgspec.field(name="@context")


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
    def base(self) -> str:
        """The base that it was published under; empty where it does not tell."""
        try:
            context = msgspec.json.decode(self.read(CONTEXT) or b"", type=_Context)
        except msgspec.DecodeError:
            return ""
        return context.names.idf.removesuffix("def#")

    def lines(self, path: str) -> Iterator[str]:
        """The lines of a file as it was published, newlines kept, none if it was not; BadOutput if
        it has changed since.
        """
        file = self.release / path
        if path not in self.sums:
            return
        if digest_of(file) != self.sums[path]:
            raise _changed(file)
        with opened(file) as content, TextIOWrapper(content, "utf-8", newline="\n") as lines:
            yield from lines

    def read(self, path: str) -> bytes | None:
        """A file as it was published; None if it was not, or is no longer there; BadOutput if it
        has changed since.
        """
        file = self.release / path
        if path not in self.sums or not file.is_file():
            return None
        with opened(file) as content:
            data = content.read()
        if sha256(data).hexdigest() != self.sums[path]:
            raise _changed(file)
        return data


def _changed(file: Path) -> BadOutput:
    hint = N_("idfgraph releases --repair mends it, or sets its release aside")
    return BadOutput(N_("is not what its sum says"), Place(str(file)), hint=hint)


class AcceptedLosses(NamedTuple):
    """What may be lost: all (`everything`), or records and fields of them, by name: `V47-805`,
    `V47-805:startYear`.
    """

    names: tuple[str, ...] = ()
    everything: bool = False

    def check(self) -> None:
        """Nothing, or BadConfig for what is no name of a record or of a field of one."""
        for name in self.names:
            id_, _, field = name.partition(":")
            if not re.fullmatch(iris.SLUG, id_) or (":" in name and field not in _FIELDS):
                hint = N_("write --accept-loss ID or --accept-loss ID:FIELD, as losses are told")
                raise BadConfig(
                    N_("--accept-loss {name!r} names no record and no field"),
                    hint=hint,
                    name=name[:120],
                )

    def names_of(self, loss: Loss) -> set[str]:
        """The names among these that accept a loss."""
        id_ = loss.id.partition(":")[2]
        return {id_, f"{id_}:{loss.field}"}.intersection(self.names)


class Losses(NamedTuple):
    """Lines that say what is lost as was accepted, and what nobody accepted, with what to do about
    it; the names that accept what is not lost; and the fields that nobody accepted to be lost, of
    each record (compact IRI).
    """

    accepted: tuple[str, ...]
    refused: tuple[str, ...]
    idle: tuple[str, ...]
    fields: Mapping[str, Sequence[str]]


def undone(
    before: PreviousRelease | None,
    setting: Setting,
    content: Container[str],
    written: Container[str],
) -> Iterator[Loss]:
    """The withdrawals of the release before that nobody took back: what they are of is `content`
    now (compact IRIs), but of no record that was `written` (ids). A page alone takes back nothing.
    """
    for iri in withdrawn_in(before.read(TOMBSTONES)) if before else ():
        path = iri.removeprefix(before.base if before else "")
        id_ = setting.mapper.compact(iri if path == iri else f"{setting.base}{path}")
        if id_ in content and id_.partition(":")[2] not in written:
            yield Loss(id_, WITHDRAWAL)


def told_losses(
    lost: Iterable[Loss],
    unmet: Iterable[str],
    accepted: AcceptedLosses,
    address: Callable[[str], str],
) -> Losses:
    """What would be lost, and what is expected and not met, told; `address` gives the IRI of a
    compact one.
    """
    agreed, refused, used = list[str](), list[str](), set[str]()
    fields = defaultdict[str, list[str]](list)
    (agreed if accepted.everything else refused).extend(unmet)
    for loss in lost:
        what, advice = _told(loss, address(loss.id))
        by = accepted.names_of(loss)
        used |= by
        if by or accepted.everything:
            agreed.append(what)
        else:
            refused.append(f"{what}: {advice}")
            fields[loss.id] += [loss.field] if loss.field not in ("", *fields[loss.id]) else []
    idle = (name for name in dict.fromkeys(accepted.names) if name not in used)
    return Losses(tuple(agreed), tuple(refused), tuple(idle), fields)


def unmet(now: Summary, expected: Expectation) -> Iterator[str]:
    """What a data set expects of a release and it does not hold, a line each."""
    if expected.projects and now.projects < int(expected.projects):
        yield f"{now.projects} projects, where at least {expected.projects} are expected"
    for field, share in expected.fields.items():
        has = now.fields.get(field, 0)
        if has < Fraction(share) * now.projects:
            said = f"{has} of {now.projects} projects have it"
            yield f"{field}: {said}, where a share of {share} is expected"


def _told(loss: Loss, address: str) -> tuple[str, str]:
    """What is lost, and what to do about it."""
    name = loss.id.partition(":")[2]
    if not loss.field:
        return (
            f"{address} was published and is gone",
            f"bring its record back, write why it was withdrawn, or give --accept-loss {name}",
        )
    if loss.field == WITHDRAWAL:
        return (
            f"{address} was withdrawn, and is content again",
            f"bring its record back, as a page alone undoes no withdrawal, or give "
            f"--accept-loss {name}",
        )
    return (
        f"{address}: {loss.field} {_words(loss.value)} was published and is gone",
        f"bring it back, decide, or give --accept-loss {name}:{loss.field}",
    )


def _words(term: str) -> str:
    """A value (N-Triples) in plain words: a text, or the name of what is ours.

    >>> _words('"2011"^^<x:gYear>'), _words("<https://w3id.org/iom-idf/code/status-active>")
    ('“2011”', '“status-active”')
    """
    text = plain_value(term)
    said = re.split("[/#]", text)[-1] if term.startswith("<") else text
    return visible(f"“{said if len(said) <= _SHOWN else f'{said[: _SHOWN - 1]}…'}”")
