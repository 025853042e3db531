"""The parts of a data folder, where that is, and names that look as if one of them was meant."""

import os
import re
import shlex
import sys
from collections.abc import Iterator
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path

from ..model.errors import BadConfig, BadInput, Place
from ..model.layout import MARK, PUBLIC
from ..model.text import N_, Texts, texts
from .file_names import RECORD_SUFFIXES
from .kept import File
from .schema_words import RECORD_SCHEMA

#: What makes a folder a data folder: the file in which it says what its data set is.
DATASET = "dataset.yaml"

PAGES, RECORDS, REFERENCE = "pages", "records", "reference"

#: The folder, beside records, of what people sign for them.
SIGNED = "signed"

#: The parts of a data folder.
PARTS = (PAGES, RECORDS, REFERENCE)

#: Where the data folder stands in a repository of which it is a part.
_BENEATH = "data"

#: How names end that look as if the file was meant in which a data folder says what it is.
_SETTINGS = (".yaml", ".yml", ".yaml.txt", ".yml.txt", ".json")

#: How much of two names must be the same for one to be taken for the other.
_ALIKE = 0.85


def is_signed(file: File) -> bool:
    """Whether a file is one of what people sign for a record.

    >>> is_signed(Path("records/signed/V47-805_startYear.yaml")), is_signed(Path("V47-805.yaml"))
    (True, False)
    """
    is_beside = file.parent.name.casefold() == SIGNED
    return is_beside and file.suffix.casefold() in RECORD_SUFFIXES


def signed_for(name: str) -> str:
    """The id, in small letters, of the record that a file is signed for, by its name.

    >>> signed_for("V47-805_startYear.yaml")
    'v47-805'
    """
    return name.partition("_")[0].casefold()


def signed_around(file: File) -> list[File]:
    """The files of what people sign beside a file of records, in the order of their names."""
    folder = file.parent / SIGNED
    return sorted(filter(is_signed, folder.iterdir())) if folder.is_dir() else []


def record_of_signed(file: Path) -> Path | None:
    """The record's file that stands beside a file of what is signed for it, if one is called so."""
    folder = file.absolute().parent.parent
    files = (one for suffix in RECORD_SUFFIXES for one in folder.glob(f"*{suffix}"))
    return next((one for one in files if one.stem.casefold() == signed_for(file.name)), None)


def as_record(file: Path) -> Path:
    """The file of a record that is named; by a file of what is signed for it, the record's.

    >>> as_record(Path("records/V47-805.yaml")).as_posix()
    'records/V47-805.yaml'
    """
    return (record_of_signed(file) if is_signed(file) else None) or file


def meant(name: str) -> str:
    """The part of a data folder that a name looks as if it meant; empty where it is one, or none.

    >>> meant("record"), meant("Pages"), meant("referense"), meant("recrods")
    ('records', 'pages', 'reference', 'records')
    >>> meant("records"), meant("images"), meant("notes"), meant("public")
    ('', '', '', '')
    """
    if name in PARTS:
        return ""
    return next((part for part in PARTS if _is_like(name.casefold(), part)), "")


def home() -> Path:
    """The data folder that one is in, from where one is: the nearest above, or the folder data
    beneath the nearest; else the folder data here, whether it is there or not.

    >>> home().as_posix()
    'data'
    """
    here = Path.cwd()
    for above in (here, *here.parents):
        for folder in (above, above / _BENEATH):
            if is_desk(folder) or lacks_settings(folder):
                return Path(os.path.relpath(folder))
    return Path(_BENEATH)


def public_of(desk: Path) -> Path:
    """Where the release of a data folder stands, as `home` gives it: of one that is called data, in
    the folder public beside it, else in that within it; or in the other, where that has one alone.

    >>> public_of(Path("data")).as_posix()
    'public'
    """
    within = [desk / PUBLIC]
    beside = [desk.parent / PUBLIC] if desk.name == _BENEATH else []
    if not beside and desk.absolute().resolve().name == _BENEATH:
        within.append(desk / os.pardir / PUBLIC)
    places = [*beside, *within]
    return next((place for place in places if (place / MARK).is_file()), places[0])


def is_desk(folder: Path) -> bool:
    """Whether a folder is a data folder: it says what its data set is, in a file whose name is
    spelt as it must be, letter case included.

    >>> is_desk(Path("data")), is_desk(Path("docs"))
    (True, False)
    """
    return DATASET in _names(folder)


def lacks_settings(folder: File) -> bool:
    """Whether a folder is plainly meant as a data folder, but does not say what its data set is:
    it has what `init` writes, beside pages or records, or the file by another name.

    >>> lacks_settings(Path("data")), lacks_settings(Path("docs"))
    (False, False)
    """
    names = _names(folder)
    if DATASET in names or MARK in names:
        return False
    held, begun = names & {PAGES, RECORDS}, names & {REFERENCE, RECORD_SCHEMA}
    return bool(held and begun) or (bool(held or begun) and any(map(_is_dataset, names)))


def refuse_nameless(folder: File) -> None:
    """Nothing, or BadInput for a data folder that does not say what its data set is."""
    if not lacks_settings(folder):
        return
    if name := next(filter(_is_dataset, _names(folder)), ""):
        place = Place(str(folder / name))
        raise BadInput(
            N_("is not read, and there is no {dataset}"),
            place,
            hint=N_("call it {dataset}"),
            dataset=DATASET,
        )
    hint = N_("put it back, or write one with: idfgraph init {folder}")
    if not isinstance(folder, Path):
        hint = N_("write one, as idfgraph init does, or name its records and pages")
    raise BadInput(
        N_("is a data folder without a {dataset}"),
        Place(str(folder)),
        hint=hint,
        dataset=DATASET,
        folder=quoted(folder),
    )


def around(source: Path) -> Iterator[Path]:
    """The folders that have a source among what is in their `pages` or `records`, nearest first."""
    inner = source.absolute()
    for outer in inner.parents:
        if inner.name in (PAGES, RECORDS):
            yield outer
        inner = outer


def desk_around(source: Path) -> Path | None:
    """The data folder whose pages or records a source is among; None where it is none of them.

    >>> desk_around(Path("data/records/V47-805.yaml")).name, desk_around(Path("data"))
    ('data', None)
    """
    return next(filter(is_desk, around(source)), None)


def records_folder(into: Path) -> Path:
    """The folder of records that is named; BadConfig for a new one whose name looks as if the one
    beside it was meant.
    """
    part, desk = meant(into.name), into.parent
    known = (desk / part).is_dir() or is_desk(desk)
    if part and known and not into.exists():
        raise BadConfig(
            N_("does not exist"),
            Place(str(into)),
            hint=N_("did you mean {near}?"),
            near=desk / part,
        )
    return into


def record_named(name: str, folder: Path) -> Path:
    """The file of a record that is named by its id, in any letter case, with its signs or without,
    in a folder of records; BadInput where there is none.

    >>> record_named("v47-805", Path("data/records")).name
    'V47-805.yaml'
    >>> record_named("px0220", Path("data/records")).name
    'PX.0220.yaml'
    """
    found = (file for file in sorted(folder.rglob("*.y*ml")) if not is_signed(file))
    files = {file.stem.casefold(): file for file in found}
    if name.casefold() in files:
        return files[name.casefold()]
    alike = [file for stem, file in files.items() if _bare(stem) == _bare(name.casefold())]
    if len(alike) == 1:
        return alike[0]
    near = get_close_matches(name.casefold(), files, n=1)
    hint = texts("name its file, or its id")
    if near:
        hint = texts("did you mean {near}?", near=files[near[0]].stem)
    raise BadInput(
        N_("there is no record {name!r} in {folder}"),
        hint=hint,
        name=name,
        folder=folder,
    )


def _bare(name: str) -> str:
    """The letters and digits of a name."""
    return "".join(filter(str.isalnum, name))


def new_folder(into: Path) -> Texts:
    """What to know of a folder of records that is about to be made; nothing of one that is there,
    in its place, or cannot be.
    """
    if into.exists() or any(folder.is_file() for folder in into.parents):
        return {}
    if not is_desk(into.parent):
        said = N_("new folder: {folder}, in no data folder: no {dataset} is beside it")
        return texts(said, folder=into, dataset=DATASET)
    if into.name != RECORDS:
        said = N_("new folder: {folder}; of a data folder, records are read in {records}/ alone")
        return texts(said, folder=into, records=RECORDS)
    return {}


def _is_like(name: str, part: str) -> bool:
    is_near = SequenceMatcher(None, name, part, autojunk=False).ratio() >= _ALIKE
    return is_near or sorted(name) == sorted(part)


def _is_dataset(name: str) -> bool:
    """Whether a name looks as if `dataset.yaml` was meant.

    >>> [_is_dataset(name) for name in ("dataset.yml", "Datasets.yaml", "dataset.yaml.txt")]
    [True, True, True]
    >>> [_is_dataset(name) for name in ("dataset.yaml", "records.yaml", "data.csv")]
    [False, False, False]
    """
    stem, dot, _ = name.casefold().partition(".")
    ends = name.casefold().removeprefix(stem)
    return name != DATASET and bool(dot) and ends in _SETTINGS and _is_like(stem, "dataset")


def _names(folder: File) -> frozenset[str]:
    """The names in a folder as they are spelt, whatever the system takes for the same; none where
    it cannot be listed.
    """
    try:
        return frozenset(path.name for path in folder.iterdir())
    except OSError:
        return frozenset()


def quoted(path: object) -> str:
    """A path as it is written in a command.

    >>> quoted(Path("own desk")) in ("'own desk'", '"own desk"')
    True
    """
    if sys.platform != "win32":
        return shlex.quote(str(path))
    return str(path) if re.fullmatch(r"[\w:./\\-]+", str(path)) else f'"{path}"'
