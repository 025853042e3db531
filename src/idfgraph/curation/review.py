"""The steward's desk: who reviewed which values, what changed since, and which records want a look
first.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..checks.check import Counter, Run, checked
from ..checks.shards import record_of
from ..graph.resolve import unused_aliases
from ..graph.setting import Setting, prepared
from ..model.entries import Alias
from ..model.errors import BadInput, BadRecord, Place
from ..model.findings import Finding, Result
from ..model.judgements import Review
from ..model.names import as_person
from ..model.records import Record
from ..model.text import LANGUAGES, N_, Texts, chosen, gettext, ngettext, texts
from ..sources.kept import File
from ..sources.origin import Sourced
from ..sources.parts import desk_around
from ..sources.records import signed_place, with_review
from ..sources.reference_files import OVERRIDES, read_aliases
from ..sources.stream import read_files
from .beside import read_beside, write_signed
from .coverage import Uncovered, field_digests, uncovered, values_digest
from .merge import vanished
from .mine import is_of
from .signed import signature
from .weights import WEIGHTS, kind_of

#: How many names a reason shows.
_SHOWN = 5

#: How the IRI of the constraint ends that a value is there.
_LACKS = "MinCountConstraintComponent"

_LAPSED = N_("values have changed since {by} reviewed them on {on}")
_CHANGED = N_("changed since {by} reviewed it on {on}: {fields}")
_FEW = N_("reviewed by {people}, but {wanted} different people are asked for")
_MORE = N_("and {number} more: see idfgraph validate")
_UNCOVERED = N_("reviewed by {by} on {on}, but it does not say which values")


class Reason(NamedTuple):
    """Why a record wants a look: a key of WEIGHTS, where, and in words."""

    kind: str
    place: Place
    words: Texts


class Task(NamedTuple):
    """A record that wants a look: what it weighs, where to look first, its id, and all reasons,
    gravest first. Without an id it is about inputs that are not read, or about added names.
    """

    weight: int
    place: Place
    record: str
    reasons: tuple[Reason, ...]

    @property
    def is_unread(self) -> bool:
        """Whether it is about inputs that cannot be read."""
        return not self.record and self.has_error

    @property
    def has_error(self) -> bool:
        """Whether something about it is wrong, not doubtful or unseen alone."""
        return any(one.kind == "violation" for one in self.reasons)

    def why(self, language: str) -> str:
        """The reasons in words, each once, as parts of one sentence; of an input that cannot be
        read the first, and how many more there are.
        """
        words = (chosen(reason.words, language)[0].removesuffix(".") for reason in self.reasons)
        first, *others = dict.fromkeys(words)
        if self.is_unread and others:
            others = [gettext(_MORE, language, number=len(others))]
        return "; ".join([first, *others])


def todo(
    sources: Sequence[Path],
    *,
    encoding: str | None = None,
    jobs: int = 0,
    count: Counter = lambda _: None,
    person: str = "",
) -> tuple[Task, ...]:
    """The records that want a look, most urgent first: what is wrong, contradictory, doubtful or
    not reviewed; and the inputs that cannot be read.

    `encoding`, `jobs` and `count` are as for `check`; of a `person` who is named, the records alone
    that name them. Raises BadInput or BadConfig when there is
    nothing to read, or a setting cannot be used.

    >>> [task.record for task in todo([Path("data/records/PX.0220.yaml")])]
    ['PX.0220']
    """
    found: dict[tuple[str, str], list[Reason]] = defaultdict(list)
    own = set[str]()

    def see(record: Record) -> None:
        """Takes note of a record that names the person."""
        if person and is_of(person, record):
            own.add(record.id)

    with prepared(sources, encoding=encoding) as setting:
        added = () if any(map(desk_around, sources)) else setting.folders[:-1]
        for id_, reason in _reasons(setting, added, see, Run("auto", jobs, count)):
            found[id_, "" if id_ else reason.place.file].append(reason)
    tasks = (_task(record, reasons) for (record, _), reasons in found.items())
    weighty = (task for task in tasks if task.weight and (task.record in own or not person))
    return tuple(sorted(weighty, key=lambda task: (-task.weight, task.record, task.place)))


def _reasons(
    setting: Setting, added: Iterable[File], see: Callable[[Record], None], run: Run
) -> Iterator[tuple[str, Reason]]:
    """Why records want a look: the id of each (of none, where it is not one of them), and a reason;
    `added` are the folders of names that one of the pages must have; `see` is shown each record.
    """
    unused, seen = _Aliases(added), set[tuple[str, str, str]]()
    for sourced in read_files(
        setting.files,
        encoding=setting.encoding,
        refuse=_told_by_the_check,
        prose=setting.reference.prose.read,
    ):
        see(sourced.record)
        wanted = int(setting.dataset.reviews)
        seen |= {(sourced.record.id, one.issue, one.property) for one in sourced.record.accepted}
        for reason in (*_review_reasons(sourced, wanted), *_vanished(sourced, setting.files.pages)):
            yield sourced.record.id, reason
        unused.read(sourced.record)
    yield from (("", reason) for reason in unused.reasons())
    about = {(id_, property_) for id_, _, property_ in seen}
    for finding in checked(setting, run).of_values:
        id_, result = record_of(setting, finding.result), finding.result
        is_info = result.severity == "Info"
        is_seen = is_info and (id_, result.issue, result.about) in seen
        is_known = _is_absence(result) and (id_, result.about) in about
        yield id_, _finding_reason(finding, is_seen or is_known)


def _told_by_the_check(_error: BadInput) -> None:
    """Leaves an input that cannot be read to the check of all, which tells of it."""


def review(records: Iterable[Path], *, by: str, on: str | None = None) -> Iterator[Path]:
    """Writes beside YAML records who reviewed their values and when (today), and yields the file of
    each; in one that has a review of the same person, that is written anew.

    Raises BadRecord for a file that is no record with values, before any is written, BadConfig for
    a name or a day that is none, and BadOutput.

    >>> list(review([], by="A. Steward"))
    []
    """
    by, day = signature(by, on)
    texts = [(path, _reviewed(path, by, day)) for path in records]
    for path, signed in texts:
        write_signed(signed)
        yield path


def _reviewed(path: Path, by: str, on: str) -> Mapping[Path, str]:
    """The file in which a review is to stand, with its text."""
    known = read_beside(path)
    if getattr(known.own, "values", None) is None:
        raise BadRecord(
            N_("has no values to review"),
            Place(str(path)),
            hint=N_("extract its page, or write its values"),
        )
    whole, fields = values_digest(known.whole), field_digests(known.whole)
    new = Review(by=by, on=on, values=whole, fields=fields)
    if any(as_person(one.by) == as_person(by) for one in known.own.reviewed):
        return {path: with_review(path, new)}
    place = signed_place(path, known.own.id, "reviewed", by=by)
    return known.contents(
        "reviewed", {place: new}, lambda one: None if as_person(one.by) == as_person(by) else one
    )


def _review_reasons(sourced: Sourced, wanted: int) -> list[Reason]:
    """Why not so many people as are wanted have reviewed a record's values; nothing for a page that
    names no project.
    """
    record, origin = sourced
    if not hasattr(record, "values") or record.withdrawn:
        return []
    if not record.reviewed:
        return [Reason("unreviewed", origin.place("id"), texts("nobody has reviewed it"))]
    if (found := uncovered(record, wanted)) is None:
        return []
    if not found:
        people = ", ".join(dict.fromkeys(one.by for one in record.reviewed))
        words = texts(_FEW, people=people, wanted=wanted)
        return [Reason("unreviewed", origin.place("reviewed"), words)]
    return [
        _uncovering(record.reviewed[one.number], one, origin.place(f"reviewed[{one.number}]"))
        for one in found
    ]


def _uncovering(review: Review, found: Uncovered, place: Place) -> Reason:
    """Why a review does not cover the values of its record."""
    kind, message = ("lapsed", _LAPSED) if review.values else ("unreviewed", _UNCOVERED)
    message = _CHANGED if found.fields else message
    words = texts(message, by=review.by, on=review.on, fields=", ".join(found.fields))
    return Reason(kind, place, words)


def _vanished(sourced: Sourced, pages: Mapping[str, File]) -> Iterator[Reason]:
    """A reason for each capture whose page is not there; what it said stays."""
    gone = vanished([one for one in sourced.record.sources if not one.media_type], pages)
    for number, source in enumerate(sourced.record.sources):
        if source in gone:
            words = texts(
                "the page {page} is no longer among the pages at hand", page=source.identifier
            )
            yield Reason("vanished", sourced.origin.place(f"sources[{number}]"), words)


class _Aliases:
    """The names that a data folder adds, as long as no page has them."""

    def __init__(self, folders: Iterable[File]) -> None:
        files = (folder / OVERRIDES for folder in folders)
        self._file = next((file for file in files if file.is_file()), None)
        self._left: list[Alias] = list(read_aliases(self._file)) if self._file else []

    def read(self, record: Record) -> None:
        """Takes note of the names in a record's captures."""
        texts = (
            capture.text for source in record.sources for capture in source.values if capture.text
        )
        self._left = unused_aliases(self._left, texts) if self._left else []

    def reasons(self) -> Iterator[Reason]:
        """One reason for all names that are left, some of them shown."""
        names = [alias.alias for alias in self._left]
        shown = ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
        if names:
            words: Texts = {tag: _unused(len(names), shown, tag) for tag in LANGUAGES}
            yield Reason("unused", Place(str(self._file)), words)


def _unused(number: int, names: str, language: str) -> str:
    return ngettext(
        "{number} name that was added is on no page at hand: {names}",
        "{number} names that were added are on no page at hand: {names}",
        number,
        language,
        names=names,
    )


def _is_absence(result: Result) -> bool:
    """Whether a result is a doubt that a value is not published."""
    return result.severity != "Violation" and result.component.endswith(_LACKS)


def _finding_reason(finding: Finding, is_seen: bool) -> Reason:
    """The reason that a finding is; what a person has seen weighs as information."""
    result, place, _ = finding
    kind = "info" if is_seen else kind_of(result)
    about = result.about or place.field
    words = {
        language: f"{about}: {text}" if about else text
        for language, text in result.messages.items()
    }
    return Reason(kind, place, words)


def _task(record: str, reasons: Iterable[Reason]) -> Task:
    ordered = sorted(
        reasons, key=lambda reason: (-WEIGHTS.get(reason.kind, 0), reason.place, reason.kind)
    )
    weighty = tuple(reason for reason in ordered if WEIGHTS.get(reason.kind))
    place = weighty[0].place if weighty else Place()
    weights = [WEIGHTS.get(reason.kind, 0) for reason in weighty]
    return Task(sum(weights if record else weights[:1]), place, record, weighty)
