"""The parts of a data folder, and names that look as if one of them was meant."""

from collections.abc import Mapping
from difflib import SequenceMatcher
from pathlib import Path

from ..model.errors import BadConfig, Place
from ..model.text import N_

#: What makes a folder a data folder: the file in which it says what its data set is.
DATASET = "dataset.yaml"

PAGES, RECORDS, REFERENCE = "pages", "records", "reference"

#: Part -> what is told of a folder whose name looks as if the part was meant.
LOOKS_MEANT: Mapping[str, str] = {
    PAGES: N_("Is not used; did you mean pages/?"),
    RECORDS: N_("Is not used; did you mean records/?"),
    REFERENCE: N_("Is not used; did you mean reference/?"),
}

#: How much of two names must be the same for one to be taken for the other.
_ALIKE = 0.85


def meant(name: str) -> str:
    """The part of a data folder that a name looks as if it meant; empty where it is one, or none.

    >>> meant("record"), meant("Pages"), meant("referense"), meant("recrods")
    ('records', 'pages', 'reference', 'records')
    >>> meant("records"), meant("images"), meant("notes"), meant("public")
    ('', '', '', '')
    """
    if name in LOOKS_MEANT:
        return ""
    return next((part for part in LOOKS_MEANT if _is_like(name.casefold(), part)), "")


def home(folder: Path = Path()) -> Path:
    """Where the parts of a data folder stand for who is in `folder`: there, if it is one, else in
    the folder data.
    """
    return folder if (folder / DATASET).is_file() else folder / "data"


def desk_around(source: Path) -> Path | None:
    """The data folder whose pages or records a source is among; None where it is none of them.

    >>> desk_around(Path("data/records/V47-805.yaml")).name, desk_around(Path("data"))
    ('data', None)
    """
    inner = source.absolute()
    for outer in inner.parents:
        if inner.name in (PAGES, RECORDS) and (outer / DATASET).is_file():
            return outer
        inner = outer
    return None


def records_folder(into: Path | None) -> Path:
    """The folder of records that is named, or else the one of where one is; BadConfig for a new one
    whose name looks as if the one beside it was meant.
    """
    if into is None:
        return home() / RECORDS
    part, desk = meant(into.name), into.parent
    known = (desk / part).is_dir() or (desk / DATASET).is_file()
    if part and known and not into.exists():
        raise BadConfig("does not exist", Place(str(into)), hint=f"did you mean {desk / part}?")
    return into


def new_folder(into: Path) -> str:
    """What to know of a folder of records that is about to be made, in English; nothing of one that
    is there, or in its place.
    """
    if into.exists():
        return ""
    if not (into.parent / DATASET).is_file():
        return f"new folder: {into}, in no data folder: no {DATASET} is beside it"
    if into.name != RECORDS:
        return f"new folder: {into}; of a data folder, records are read in {RECORDS}/ alone"
    return ""


def _is_like(name: str, part: str) -> bool:
    is_near = SequenceMatcher(None, name, part, autojunk=False).ratio() >= _ALIKE
    return is_near or sorted(name) == sorted(part)
