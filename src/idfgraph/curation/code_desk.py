"""The steward's desk of codes: words that no list has are listed, accepted, or merged into a code
that is known; codes of one's own are renamed. What was published under another name stays
described.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from ..checks.check import Counter, Run, SourceCheck, uncounted
from ..checks.provisional import CodeUse
from ..graph.setting import Setting, prepare, prepared
from ..model.entries import Entry, Label
from ..model.errors import BadConfig, BadInput, Place
from ..model.provisional_codes import OPEN_SCHEMES, PROVISIONAL, scheme_and_code
from ..model.records import Programme, Record
from ..model.text import LANGUAGES, N_, Language, Texts
from ..sources.parts import DATASET
from ..sources.records import read_json_line, read_json_lines
from ..sources.reference_files import reference_origin
from ..sources.stream import read_files
from ..system import resources
from ..system.disk import write_text
from ..system.reading import read_text
from .code_names import called, free_code, refuse_taken

#: Where a desk's own codes stand in its data folder.
OWN_CODES = Path("reference") / "concepts.jsonl"


class ProvisionalCode(NamedTuple):
    """A word that no list has: its code with its scheme (`type-provisional-x`), what it is called
    by language, and who has it.
    """

    name: str
    names: Mapping[str, Sequence[str]]
    use: CodeUse


def provisional_codes(
    sources: Sequence[Path],
    *,
    encoding: str | None = None,
    jobs: int = 0,
    count: Counter = uncounted,
) -> tuple[ProvisionalCode, ...]:
    """The words of sources that no list has, those that most records have first.

    `encoding`, `jobs` and `count` are as for `check`. Raises BadInput or BadConfig when something
    cannot be read.

    >>> provisional_codes([Path("data")])
    ()
    """
    with prepared(sources, encoding=encoding) as setting:
        return _found(setting, Run("auto", jobs, count))


def listed_codes(sources: Sequence[Path], scheme: str) -> tuple[tuple[str, Texts], ...]:
    """The codes of a list, those of the desk among them, with what each is called by language.

    >>> listed_codes([Path("data")], "status")[0][0]
    'status-active'
    """
    reference = prepare(sources).reference
    ids = sorted(id_ for id_ in reference.ids() if scheme_and_code(id_)[0] == scheme)
    known = (id_ for id_ in ids if scheme_and_code(id_)[1])
    return tuple(
        (id_.partition(":")[2], {tag: reference.label(id_, tag) for tag in LANGUAGES})
        for id_ in known
    )


def accept(folder: Path, name: str, new: str = "", labels: Mapping[Language, str] = {}) -> Entry:
    """Makes a code of a word that no list has, under `new` or else its own letters, and returns its
    entry in the desk's list; `labels` are what it is called beside what pages print.

    Raises BadConfig where no record has the word, the name of the new code is none or taken, or no
    name is known that people can read.
    """
    old = _id(name)
    scheme, code = scheme_and_code(old)
    with prepared([folder]) as setting:
        names = _printed(setting, old)
        refuse_taken(setting, scheme, labels)
        entry = Entry(
            id=free_code(setting, scheme, new or code.removeprefix(PROVISIONAL)),
            type="Concept",
            pref_label=called(name, names, labels),
            alt_label=_others(names, labels),
            in_scheme=(f"code:{scheme}",),
            replaces=(old,),
        )
    return _written(folder, entry)


def merge(folder: Path, name: str, into: str) -> Entry:
    """Merges a word that no list has, or a code of the desk's own, into a code of the same list,
    and returns what the desk's list says of that.

    Raises BadConfig where there is no such code, it ships and cannot go, or both are measures that
    one record counts.
    """
    old, new = _id(name), _id(into)
    own = _own(folder)
    with prepared([folder]) as setting:
        is_other = old != new and scheme_and_code(old)[0] == scheme_and_code(new)[0]
        if old != new and not is_other and setting.reference.lists(new):
            hint = N_("a word is merged into a code of its own list")
            raise BadConfig(
                N_("{into!r} is of another list than {name!r}"), hint=hint, into=into, name=name
            )
        if not is_other or not setting.reference.lists(new):
            hint = N_(
                "idfgraph codes lists what is new; accept one, or merge into a code of its list"
            )
            raise BadConfig(
                N_("there is no code {into!r} to merge {name!r} into"),
                hint=hint,
                into=into,
                name=name,
            )
        if _ships(old):
            raise BadConfig(
                N_("{name!r} ships, and cannot be merged"),
                hint=N_("merge the other one"),
                name=name,
            )
        if scheme_and_code(old)[0] == "measure":
            _refuse_both(setting, old, new)
        gone = own.get(old)
        names = _labels(gone) if gone else _printed(setting, old)
    known = own.get(new) or Entry(id=new, type="Concept")
    replaces = (*known.replaces, *(gone.replaces if gone else ()), old)
    entry = replace(known, alt_label=_more(known, names), replaces=tuple(dict.fromkeys(replaces)))
    return _written(folder, entry, without=old)


def rename(folder: Path, name: str, new: str) -> Entry:
    """Renames a code of the desk's own, and returns its entry; what was published under the old
    name leads to the new one.

    Raises BadConfig where the desk has no such code, or the new name is none or taken.
    """
    old = _id(name)
    if (entry := _own(folder).get(old)) is None or _ships(old):
        hint = N_("accept a provisional code with --as; codes that ship keep their names")
        raise BadConfig(
            N_("{name!r} is no code of {file}"), hint=hint, name=name, file=folder / OWN_CODES
        )
    with prepared([folder]) as setting:
        id_ = free_code(setting, scheme_and_code(old)[0], new, old)
    former = (each for each in (*entry.replaces, old) if each != id_)
    renamed = replace(entry, id=id_, replaces=tuple(former))
    return _written(folder, renamed, without=old)


def _found(setting: Setting, run: Run) -> tuple[ProvisionalCode, ...]:
    """The provisional codes of all records of a setting."""
    reading = SourceCheck(setting, run, frozenset(), told=True)
    for _ in reading.shards():
        pass
    gathered = reading.provisional
    found = (
        ProvisionalCode(code.partition(":")[2], gathered.names.names(code), use)
        for code, use in gathered.uses.items()
    )
    return tuple(sorted(found, key=lambda one: (-one.use.records, one.name)))


def _printed(setting: Setting, id_: str) -> Mapping[str, Sequence[str]]:
    """How the records of a setting print a word; BadConfig where none has it."""
    for one in _found(setting, Run("auto", 0, uncounted)):
        if f"code:{one.name}" == id_:
            return one.names
    name = id_.partition(":")[2]
    if now := setting.reference.moved.get(id_):
        code = now.partition(":")[2]
        hint = N_("records that have it need no change")
        if not _ships(now):
            hint += f"; to name it otherwise: idfgraph codes rename {code} NEW"
        raise BadConfig(N_("{name!r} means {code} already"), hint=hint, name=name, code=code)
    raise BadConfig(
        N_("no record has the code {name!r}"),
        hint=N_("idfgraph codes lists those it knows"),
        name=name,
    )


def _id(name: str) -> str:
    """The compact IRI of a code given with its scheme; BadConfig for what is none."""
    id_ = f"code:{name.removeprefix('code:')}"
    if not scheme_and_code(id_)[1]:
        hint = N_("write it with its list ({names}), as status-provisional-on-hold")
        raise BadConfig(
            N_("{name!r} is no code"), hint=hint, name=name, names=", ".join(OPEN_SCHEMES)
        )
    return id_


def _ships(id_: str) -> bool:
    """Whether a code is one of those that ship, whatever a desk's own list adds to it."""
    return reference_origin([resources.REFERENCE], id_) is not None


def _refuse_both(setting: Setting, *codes: str) -> None:
    """Nothing, or BadConfig where a record counts what all of these measures say: it can have one
    count of a measure, so the others would be lost.
    """
    files, reference = setting.files, setting.reference
    for record, origin in read_files(files, encoding=setting.encoding, refuse=_passed_over):
        said = {reference.settled("measure", name) for name in _measures(record)}
        if said.issuperset(code.removeprefix("code:measure-") for code in codes):
            hint = N_("take one of the two out of it first")
            raise BadConfig(
                N_("counts both, and one count would be lost"), origin.place("result"), hint=hint
            )


def _measures(record: Record) -> Iterator[str]:
    """What a record counts, as its captures and its values name it."""
    for source in record.sources:
        for capture in source.values:
            name, _, measure = capture.property.partition(".")
            if name == "result" and measure:
                yield measure
    values = record.values if isinstance(record, Programme) else None
    yield from (one.measure for one in values.result) if values else ()


def _passed_over(_error: BadInput) -> None:
    """Leaves an input that cannot be read to those who tell of it."""


def _labels(entry: Entry) -> Mapping[str, Sequence[str]]:
    """What an entry is called, by language."""
    return {
        tag: [
            *([entry.pref_label[tag].text] if tag in entry.pref_label else []),
            *(label.text for label in entry.alt_label.get(tag, ())),
        ]
        for tag in LANGUAGES
        if tag in entry.pref_label or tag in entry.alt_label
    }


def _others(
    names: Mapping[str, Sequence[str]], labels: Mapping[Language, str]
) -> dict[Language, tuple[Label, ...]]:
    """The other names of a word by language: what pages print beside what it is called."""
    found: dict[Language, tuple[Label, ...]] = {}
    for tag in LANGUAGES:
        printed = names.get(tag, ())
        others = [text for text in printed if text != labels.get(tag, printed[0])]
        if others:
            found[tag] = tuple(Label(text=text) for text in others)
    return found


def _more(known: Entry, names: Mapping[str, Sequence[str]]) -> dict[Language, tuple[Label, ...]]:
    """The other names of an entry, with further ones that it has not."""
    found = dict(known.alt_label)
    has = _labels(known)
    for tag in LANGUAGES:
        new = [text for text in names.get(tag, ()) if text not in has.get(tag, ())]
        if new:
            found[tag] = (*found.get(tag, ()), *(Label(text=text) for text in new))
    return found


def _own(folder: Path) -> dict[str, Entry]:
    """The entries of a desk's own list."""
    file = folder / OWN_CODES
    rows = read_json_lines(file, Entry) if file.is_file() else ()
    return {entry.id: entry for _, entry in rows}


def _written(folder: Path, entry: Entry, without: str = "") -> Entry:
    """Writes an entry into a desk's own list, in the place of the one of the same id; its other
    lines stay as they are. Returns the entry; BadRecord, and nothing written, where it could not be
    read again.
    """
    file = folder / OWN_CODES
    if not (folder / DATASET).is_file():
        hint = N_("name one with --data, or make one with idfgraph init")
        raise BadConfig(N_("is no data folder"), Place(str(folder)), hint=hint)
    given = read_text(file) if file.is_file() else ""
    newline = "\r\n" if "\r\n" in given else "\n"
    gone = {without, entry.id}
    lines = (line.rstrip("\r") for line in given.split("\n"))
    kept = [line for line in lines if line.strip() and json.loads(line)["id"] not in gone]
    new = json.dumps(msgspec.to_builtins(entry), ensure_ascii=False)
    read_json_line(new, Entry, file, len(kept) + 1)
    file.parent.mkdir(exist_ok=True)
    write_text(file, "".join(f"{line}{newline}" for line in (*kept, new)))
    return entry
