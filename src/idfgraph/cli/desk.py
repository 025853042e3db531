"""The data folder and the release that a command means where none is named, told where they are not
plain to see.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from ..model.errors import BadConfig
from ..model.layout import PUBLIC
from ..model.text import N_, Language, gettext
from ..sources.file_names import RECORD_SUFFIXES
from ..sources.given import paths_of
from ..sources.parts import (
    RECORDS,
    as_record,
    home,
    is_desk,
    new_folder,
    public_of,
    record_named,
    records_folder,
    refuse_nameless,
)
from ..system.disk import real
from ..system.terminal import spoken
from .output import say

#: A source: a path, or as it is written.
S = TypeVar("S", Path, str)


def own_desk() -> Path:
    """The data folder that one is in; told where it stands above, not here. BadInput
    where it does not say what its data set is.
    """
    desk = home()
    refuse_nameless(desk)
    if os.pardir in desk.parts and desk.is_dir():
        say(gettext("data folder: {folder}", spoken(), folder=desk))
    return desk


def told_records(into: Path | None, lang: Language) -> Path:
    """The folder of records that is named, or that of the data folder one is in; told where it is
    new, and no part of one. BadConfig where none is named, and one is in no data folder.
    """
    if into:
        folder = records_folder(into)
        if note := new_folder(folder):
            say(note[lang])
        return folder
    desk = own_desk()
    if not (is_desk(desk) or (desk / RECORDS).is_dir()):
        raise BadConfig(
            N_("there is no data folder here or above"),
            hint=N_("make one: idfgraph init data; or name a folder of records with --into"),
        )
    return desk / RECORDS


def named(sources: list[S] | None) -> Sequence[S | Path]:
    """The sources that are named, or the data folder that one is in; BadConfig if there is none of
    them.
    """
    if sources:
        return sources
    if (desk := own_desk()).is_dir():
        return [desk]
    raise BadConfig(
        N_("no source is named, and there is no dataset.yaml here or above, nor a folder data/"),
        hint=N_("name a folder or file of pages or records"),
    )


def record_file(name: str) -> Path:
    """The record that is named by its file, or by its id in the data folder that one is in."""
    path = Path(name)
    is_path = path.exists() or path.suffix in RECORD_SUFFIXES
    return as_record(path) if is_path else record_named(name, own_desk() / RECORDS)


def own_public(sources: Sequence[Path | str] = ()) -> Path:
    """Where the release of the data folder stands that one is in; of sources of another one, the
    folder public here.
    """
    desk = home()
    paths = paths_of(sources)
    own = len(paths) == len(sources) and all(
        real(path).is_relative_to(real(desk)) for path in paths
    )
    return public_of(desk) if own else Path(PUBLIC)


def told_public(given: Path | None) -> Path:
    """The release that is named, or else that of the data folder one is in; told where it is not
    the folder public here.
    """
    if given:
        return given
    if (public := own_public()) != Path(PUBLIC):
        say(gettext("release: {folder}", spoken(), folder=public))
    return public
