"""The first steps: a data folder of one's own, and a record to fill in."""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from string import Template

import msgspec

from ..graph.setting import today
from ..model.datatypes import PROJECT_ID
from ..model.errors import BadConfig, BadOutput, Place
from ..model.iris import SLUG
from ..model.text import N_, Texts, texts
from ..sources.file_names import is_for_people
from ..sources.page_facts import ADDRESSES, PageFacts, with_facts
from ..sources.parts import DATASET, PAGES, RECORDS, is_desk, lacks_settings
from ..sources.schema import schema, schema_line
from ..sources.schema_words import RECORD_SCHEMA
from ..system import resources
from ..system.disk import real, write_bytes, write_text
from ..system.git import root_of
from ..system.reading import read_whole
from .extract import extract
from .install import ToolPlace, tool_place
from .known_records import refuse_id

#: Kind of record -> the form of its id, and an id of that form.
_IDS: Mapping[str, tuple[str, str]] = {
    "project": (PROJECT_ID, "V47-805 or PX.0220"),
    "programme": (SLUG, "mainstreaming-migration"),
}

#: File of a data folder -> the file that it is made from.
_FILES: Mapping[str, str] = {
    "dataset.yaml": "dataset.yaml",
    "README.md": "readme.md",
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
    ".editorconfig": "editorconfig",
    ".vscode/settings.json": "vscode-settings.json",
    ".vscode/extensions.json": "vscode-extensions.json",
    "reference/overrides.yaml": "overrides.yaml",
}

#: The same of the example.
_EXAMPLE: Mapping[str, str] = {
    "pages/pages.yaml": "pages.yaml",
    "pages/example.txt": "page.txt",
}

#: In a repository: the workflow, and the folder of what it installs.
_WORKFLOW, _INSTALLED = ".github/workflows/idfgraph.yaml", ".github/idfgraph"


def new(kind: str, id_: str, into: Path) -> Path:
    """Writes a record to fill in, every part explained in comments, and returns its file; never
    overwrites one.

    `kind` is `project` or `programme`. Raises BadConfig for an id that is none, BadOutput where a
    file has it already.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     new("project", "V99-805", Path(folder)).name
    'V99-805.yaml'
    """
    form, example = _IDS.get(kind, ("", ""))
    if not form:
        raise BadConfig(
            N_("there is no kind of record called {kind!r}"),
            hint=N_("use {names}"),
            kind=kind,
            names=" or ".join(_IDS),
        )
    if not re.fullmatch(form, id_):
        raise BadConfig(
            N_("{id!r} is no id of a {kind}"),
            hint=N_("write it like {example}"),
            id=id_,
            kind=kind,
            example=example,
        )
    taken = next((path for path in _records(into) if path.stem.casefold() == id_.casefold()), None)
    if taken:
        raise BadOutput(
            N_("exists already"), Place(str(taken)), hint=N_("edit it, or take another id")
        )
    refuse_id(id_, into)
    return _copied(into / f"{id_}.yaml", schema_line(into) + _filled_in(f"{kind}.yaml", id_))


def init(
    folder: Path, install: str = "", tell: Callable[[Texts], None] = lambda _: None
) -> tuple[Path, ...]:
    """Makes a data folder of one's own, with an example that can be published as it is, or writes
    what one lacks; returns the files that were written. No file is written over: `tell` is called
    with a line for each that was there, and what is left to do.

    `install` is where its workflow is to have idfgraph from: a wheel, an address of git, or
    `registry`; if not given, where this one is from. The workflow is at the top of a repository.
    Raises BadOutput where something else is in the folder, or it cannot be written, and BadConfig
    for a place that is none.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     Path(folder, "records", "EX.0001.yaml") in init(Path(folder))
    True
    """
    place = tool_place(install)
    is_begun = is_desk(folder) or lacks_settings(folder)
    if folder.exists() and not is_begun and not (folder.is_dir() and _is_free(folder)):
        raise BadOutput(
            N_("exists, and is not an empty folder"),
            Place(str(folder)),
            hint=N_("name another folder"),
        )
    written = [
        *_filled(folder, _FILES if is_begun else {**_FILES, **_EXAMPLE}, tell),
        *_workflow(folder, place, tell),
    ]
    if not is_begun:
        made = extract([folder / "pages" / "example.txt"], folder / "records")
        written += [done.file for done in made if done.file]
    return tuple(written)


class _DemoPage(msgspec.Struct):
    """A page of the demo: the name of its file, its text, and its address."""

    name: str
    text: str
    url: str


def demo(folder: Path) -> tuple[Path, ...]:
    """Makes a data folder to look at, of thirty real project pages as facts; returns its records.

    Raises BadOutput where something is in the folder already, or it cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     len(demo(Path(folder)))
    21
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise BadOutput(
            N_("exists, and is not an empty folder"),
            Place(str(folder)),
            hint=N_("name another folder"),
        )
    _copied(folder / DATASET, _filled_in("demo.yaml"))
    _copied(folder / ".gitignore", _filled_in("gitignore"))
    pages, facts = list[Path](), ""
    shown = (resources.STARTER / "demo.json").read_bytes()
    for page in msgspec.json.decode(shown, type=list[_DemoPage]):
        pages.append(_copied(folder / PAGES / page.name, page.text))
        facts = with_facts(facts, page.name, PageFacts(url=page.url))
    _copied(folder / PAGES / ADDRESSES, facts)
    made = extract(pages, folder / RECORDS)
    return tuple(dict.fromkeys(done.file for done in made if done.file))


def _is_free(folder: Path) -> bool:
    """Whether nothing is in a folder but what is for git and for people."""
    return all(path.name[0] == "." or is_for_people(path.name) for path in folder.iterdir())


def _filled(
    folder: Path, files: Mapping[str, str], tell: Callable[[Texts], None]
) -> Iterator[Path]:
    for name, template in files.items():
        yield from _added(folder / name, _filled_in(template), tell)
    yield from _added(folder / RECORD_SCHEMA, schema("record"), tell)


def _workflow(folder: Path, place: ToolPlace, tell: Callable[[Texts], None]) -> Iterator[Path]:
    """Writes the workflow of a data folder where GitHub finds it, and what it installs."""
    root = root_of(folder) or real(folder)
    desk = real(folder).relative_to(root).as_posix()
    at = folder if root == real(folder) else _from_here(root)
    if "${{" in desk:
        raise BadConfig(N_("is no name for a workflow"), Place(desk), hint=N_("rename the folder"))
    wheel = at / _INSTALLED / place.wheel
    asked = place.asked or f"{_INSTALLED}/{place.wheel}"
    text = _filled_in("workflow.yaml", install=json.dumps(asked), desk=json.dumps(desk))
    yield from _added(at / _WORKFLOW, text, tell)
    yield from _added(at / _INSTALLED / "requirements.txt", resources.LOCK.read_text("utf-8"), tell)
    if place.at and not wheel.exists():
        write_bytes(wheel, [read_whole(place.at)])
        yield wheel
    elif place.wheel and not wheel.exists():
        tell(
            texts(
                "the workflow installs {wheel}: put that wheel there (pip wheel --no-deps FOLDER, "
                "of the sources of idfgraph), or name another place",
                wheel=wheel,
            )
        )


def _from_here(folder: Path) -> Path:
    """A folder as one sees it from where one is; whole where that is on another drive."""
    try:
        return Path(os.path.relpath(folder))
    except ValueError:
        return folder


def _added(path: Path, text: str, tell: Callable[[Texts], None]) -> Iterator[Path]:
    """Writes a file, unless there is one."""
    if path.exists():
        tell(texts("kept as it is: {file}", file=path))
    else:
        yield _copied(path, text)


def _records(folder: Path) -> Iterator[Path]:
    return folder.glob("*.y*ml")


def _filled_in(template: str, id_: str = "", **known: str) -> str:
    """The text of a file that ships with the package, with what is known now put in."""
    text = (resources.STARTER / template).read_text("utf-8")
    return Template(text).substitute(id=id_, today=today(), **known)


def _copied(path: Path, text: str) -> Path:
    write_text(path, text)
    return path
