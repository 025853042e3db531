"""What a change will do: two data folders, or git revisions of one, compared record by record and
result by result.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path, PurePath, PurePosixPath
from typing import NamedTuple

import msgspec

from ...checks.check import Counter, Run, checked
from ...checks.report import new_since, render_baseline
from ...checks.shards import unreadable
from ...graph.resolve import Reference, accepted_values, unsigned
from ...graph.setting import Setting, prepare, prepared
from ...model.errors import BadConfig, BadInput, Place
from ...model.findings import Finding
from ...model.iris import BASE
from ...model.records import Record, Unidentified
from ...model.text import LANGUAGES, N_, Texts
from ...model.visible import whole
from ...release.changelog import render_json
from ...sources.file_names import LINE_SUFFIXES
from ...sources.parts import is_signed, signed_for
from ...sources.stream import read_files
from ...sources.term_labels import term_labels
from ...system import resources
from ...system.disk import write_text
from ...system.git import checked_path, is_revision, unpacked
from ..migrate import migrate
from .compared_record import Snapshot, snapshot
from .comparison import Comparison, Results, compare
from .comparison_form import comparison_form
from .comparison_tables import render_comment
from .voice import RecordVoice


class ComparedSides(NamedTuple):
    """A comparison, and how to put it into words."""

    comparison: Comparison
    voice: RecordVoice

    @property
    def has_violations(self) -> bool:
        """Whether the change brings new violations."""
        return any(found.result.severity == "Violation" for found in self.comparison.results.new)


def compare_sides(
    base: str, head: str, *, path: str = "data", jobs: int = 0, count: Counter = lambda _: None
) -> ComparedSides:
    """Compares two sides, each a data folder, a file, or a git revision of the repository of the
    current folder.

    `path` is the folder of the data in a revision, and in a folder that holds it and is no data
    folder itself. `jobs` and `count` are as for `check`. What cannot be read on a side is among its
    results, and the rest is compared. Raises BadConfig when git is not there, or a side or its path
    is unknown.

    >>> compare_sides("data", "data").comparison.is_empty
    True
    """
    with _side(base, path) as old, _side(head, path) as new:
        after = _read(new, None, jobs, count)
        before = _read(old, after.base, jobs, count)
        results = Results(_only(new, after, before), _only(old, before, after))
        unread = {*_unread(new, after, before.records), *_unread(old, before, after.records)}
        comparison = compare((base, before.records), (head, after.records), results, unread)
    label = partial(_label, [after.reference, before.reference])
    return ComparedSides(comparison, RecordVoice(label, property_labels()))


def rendered(compared: ComparedSides, form: str, language: str) -> str:
    """The comparison as `markdown`, in a language, or as `json`, in all.

    >>> rendered(compare_sides("data", "data"), "markdown", "es").splitlines()[0]
    '## Comparación'
    """
    if form == "json":
        return whole("".join(render_json(comparison_form(compared.comparison, compared.voice))))
    return render_comment(compared.comparison, language, compared.voice)


def write(file: Path, text: str) -> None:
    """Writes a comparison; raises BadOutput."""
    write_text(file, text)


class _ComparedSide(NamedTuple):
    """One side: where its files are, what people call that, what is cut from paths in messages,
    what is refused.
    """

    root: Path
    shown: str
    hidden: str = ""
    refused: tuple[BadInput, ...] = ()


class _State(NamedTuple):
    """What was read of a side: its records and findings (files relative to the side), its base IRI
    and names.
    """

    records: "_Records"
    findings: tuple[Finding, ...]
    base: str
    reference: Reference


class _Records(Mapping[str, Snapshot]):
    """Snapshots by the id of their record, packed, as there may be many."""

    def __init__(self) -> None:
        self._packed: dict[str, bytes] = {}
        self.files: dict[str, str] = {}
        self._seen: set[str] = set()

    def add(self, record: Record, reference: Reference, file: str) -> None:
        """Takes a record of a file, once no other has its id, letter case apart."""
        if record.id.casefold() not in self._seen:
            self._seen.add(record.id.casefold())
            stated = None if isinstance(record, Unidentified) else record.values
            is_stated = stated is not None and unsigned(record) is record
            values = stated if is_stated else accepted_values(record, reference)
            self.files[record.id] = file
            self._packed[record.id] = msgspec.msgpack.encode(snapshot(record, values))

    def __getitem__(self, id_: str) -> Snapshot:
        return msgspec.msgpack.decode(self._packed[id_], type=Snapshot)

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


@contextmanager
def _side(name: str, path: str) -> Iterator[_ComparedSide]:
    """A side by its name, with the files of a revision unpacked until the context ends."""
    inside, here = checked_path(path), Path(name)
    if name and here.exists():
        if here.name == name and is_revision(name):
            raise BadConfig(
                N_("{name} is a folder and a revision"),
                hint=N_("write ./{name} or refs/heads/{name}"),
                name=name,
            )
        holds = not (here / "dataset.yaml").is_file() and (here / inside).is_dir()
        root = here / inside if holds else here
        yield _ComparedSide(root, root.as_posix())
        return
    with unpacked(name, inside) as (folder, refused):
        _modernised(folder / inside)
        yield _ComparedSide(folder / inside, inside, str(folder), refused)


def _modernised(folder: Path) -> None:
    """Takes unpacked records of format 1 to format 2, so that they can be compared with others."""
    with suppress(BadInput):
        for _ in migrate([folder]):
            pass


def _read(side: _ComparedSide, base: str | None, jobs: int, count: Counter) -> _State:
    """The records and findings of a side."""
    with ExitStack() as held:
        setting, faults = _prepared(side, base, held)
        findings = [unreadable(error) for error in (*side.refused, *faults)]
        records = _Records()
        if any(setting.files):
            findings += checked(setting, Run("auto", jobs, count)).findings
            for record, origin in read_files(
                setting.files, refuse=_told_already, prose=setting.reference.prose.read
            ):
                records.add(record, setting.reference, _inside(side, origin.place().file))
    inside = tuple(_moved(found, partial(_inside, side)) for found in findings)
    return _State(records, inside, setting.base, setting.reference)


def _prepared(
    side: _ComparedSide, base: str | None, held: ExitStack
) -> tuple[Setting, list[BadInput]]:
    """The setting of a side, held in a context, and why its own words cannot be used; those of the
    package then are.
    """
    parts = [folder for name in ("records", "pages") if (folder := side.root / name).is_dir()]
    faults: list[BadInput] = []
    for sources in ([side.root], parts):
        try:
            return held.enter_context(prepared(sources, base=base)), faults[:1]
        except (BadInput, BadConfig) as error:
            place = error.place if error.place.file else Place(str(side.root))
            faults.append(
                BadInput(error.about.message, place, hint=error.about.hint, also=error.also)
            )
    return prepare([], base=base), faults[:1]


def _told_already(_: BadInput) -> None:
    """Says nothing: what cannot be read is among the findings."""


def _only(side: _ComparedSide, mine: _State, other: _State) -> tuple[Finding, ...]:
    """The findings of a side that the other does not have, with places as people know them."""
    only = new_since(mine.findings, render_baseline(other.findings)).new
    return tuple(_plain(side, _moved(found, partial(_outside, side))) for found in only)


def _unread(side: _ComparedSide, mine: _State, other: _Records) -> Iterator[str]:
    """The ids of records that the other side has, and of which this one has a file, or a line, that
    cannot be read.
    """
    lacking = [id_ for id_ in other if id_ not in mine.records]
    for found in mine.findings if lacking else ():
        if found.result.severity == "Violation" and not found.result.shape and found.place.file:
            file = side.root / found.place.file
            text = _text_at(file, found.place.line)
            for id_ in lacking:
                is_its = other.files[id_] == found.place.file and not _is_lines(file)
                signs = is_signed(file) and signed_for(file.name) == id_.casefold()
                if is_its or signs or re.search(rf"\bid\b\W{{1,5}}{re.escape(id_)}\b", text):
                    yield id_


def _text_at(file: Path, line: int) -> str:
    """What a file says that cannot be read as records: of lines of JSON, that line."""
    with suppress(OSError):
        lines = file.read_bytes().decode("utf-8", "replace").splitlines()
        return "\n".join(lines[line - 1 : line] if _is_lines(file) and line else lines)
    return ""


def _is_lines(file: Path) -> bool:
    return file.suffix in LINE_SUFFIXES


def _moved(found: Finding, file: Callable[[str], str]) -> Finding:
    """A finding with other names of its files."""
    place, *also = (place._replace(file=file(place.file)) for place in (found.place, *found.also))
    return found._replace(place=place, also=tuple(also))


def _inside(side: _ComparedSide, file: str) -> str:
    """A file of a side as it is called there; any other as it is."""
    path = PurePath(file)
    return (
        path.relative_to(side.root).as_posix() if file and path.is_relative_to(side.root) else file
    )


def _outside(side: _ComparedSide, file: str) -> str:
    """A file by its name on a side, as people know it."""
    return (
        file if not file or PurePath(file).is_absolute() else str(PurePosixPath(side.shown, file))
    )


def _plain(side: _ComparedSide, found: Finding) -> Finding:
    """A finding whose messages do not tell where a revision was unpacked."""
    messages = found.result.messages
    if side.hidden:
        messages = {key: text.replace(side.hidden + os.sep, "") for key, text in messages.items()}
    return found._replace(result=found.result._replace(messages=messages))


def _label(references: Sequence[Reference], id_: str, language: str) -> str | None:
    """The label of an entry in a language, or else in any, by the first reference data that has
    one.
    """
    wanted = sorted(LANGUAGES, key=lambda name: name != language)
    labels = (reference.label(id_, name) for reference in references for name in wanted)
    return next((label for label in labels if label != id_), None)


def property_labels() -> Mapping[str, Texts]:
    """What the properties of the ontology are called, by their local names.

    >>> property_labels()["startYear"]["es"]
    'año de inicio'
    """
    labels = term_labels(resources.ONTOLOGY.read_bytes())
    return {iri.removeprefix(f"{BASE}def#"): texts for iri, texts in labels.items()}
