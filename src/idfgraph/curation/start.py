"""The first steps: a data folder of one's own, and a record to fill in."""

import re
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from string import Template

from ..graph.setting import today
from ..model.datatypes import PROJECT_ID
from ..model.errors import BadConfig, BadOutput, Place
from ..model.iris import SLUG
from ..sources.schema import schema, schema_line
from ..sources.schema_words import RECORD_SCHEMA
from ..system import resources
from ..system.disk import write_text
from .extract import extract

#: Kind of record -> the form of its id, and an id of that form.
_IDS: Mapping[str, tuple[str, str]] = {
    "project": (PROJECT_ID, "V47-805 or PX.0220"),
    "programme": (SLUG, "mainstreaming-migration"),
}

#: File of a data folder -> the file that it is made from.
_FILES: Mapping[str, str] = {
    "dataset.yaml": "dataset.yaml",
    "pages/pages.yaml": "pages.yaml",
    "pages/example.txt": "page.txt",
    ".github/workflows/idfgraph.yaml": "workflow.yaml",
    ".gitignore": "gitignore",
    "reference/overrides.yaml": "overrides.yaml",
}


#: The lock that the workflow installs by.
_LOCK = ".github/requirements.txt"


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
            f"there is no kind of record called {kind!r}", hint=f"use {' or '.join(_IDS)}"
        )
    if not re.fullmatch(form, id_):
        raise BadConfig(f"{id_!r} is no id of a {kind}", hint=f"write it like {example}")
    taken = next((path for path in _records(into) if path.stem.casefold() == id_.casefold()), None)
    if taken:
        raise BadOutput("exists already", Place(str(taken)), hint="edit it, or take another id")
    return _copied(into / f"{id_}.yaml", schema_line(into) + _filled_in(f"{kind}.yaml", id_))


def init(folder: Path) -> tuple[Path, ...]:
    """Makes a data folder of one's own, with an example that can be published as it is, and returns
    its files.

    Raises BadOutput where the folder exists and is not empty, or cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     Path(folder, "records", "EX.0001.yaml") in init(Path(folder))
    True
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadOutput(
            "exists, and is not an empty folder", Place(str(folder)), hint="name another folder"
        )
    return tuple(_filled(folder))


def _filled(folder: Path) -> Iterator[Path]:
    for name, template in _FILES.items():
        yield _copied(folder / name, _filled_in(template))
    yield _copied(folder / RECORD_SCHEMA, schema("record"))
    yield _copied(folder / _LOCK, resources.LOCK.read_text("utf-8"))
    for done in extract([folder / "pages" / "example.txt"], folder / "records"):
        if done.file:
            yield done.file


def _records(folder: Path) -> Iterator[Path]:
    return folder.glob("*.y*ml")


def _filled_in(template: str, id_: str = "") -> str:
    """The text of a file that ships with the package, with what is known now put in."""
    text = (resources.STARTER / template).read_text("utf-8")
    return Template(text).substitute(id=id_, today=today(), version=version("idfgraph"))


def _copied(path: Path, text: str) -> Path:
    write_text(path, text)
    return path
