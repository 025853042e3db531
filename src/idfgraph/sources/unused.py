"""What stands in a source and is not used, or in the wrong place: why, and where it should be."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import islice
from pathlib import PurePath
from typing import NamedTuple

from ..model.errors import Place
from ..model.text import N_
from ..system.within import Within
from .file_names import ALIKE, is_everywhere, is_for_people, is_read
from .foreign import Foreign
from .kept import File
from .kinds import holds_records
from .page_facts import ADDRESSES, LOG
from .parts import DATASET, PAGES, PARTS, RECORDS, REFERENCE, meant
from .reference_files import OVERRIDES, REFERENCE_FILES

_PLACE = N_("Is not used: nothing of this name is read here")
_MEANT = N_("Is not used; did you mean {belongs}?")
_ELSEWHERE = N_("Is not used here: put it into {belongs}")
_HOLDS = N_("Is not used, but holds records: put them into {belongs}")
_MISPLACED = N_("Is read, but belongs in {belongs}: move it there")
_NOT_EVERYWHERE = N_("Is read, but Windows has no file of this name: rename it")
_ONE_ELSEWHERE = N_(
    "Is read, but is one file with {belongs} where letter case tells no names apart: rename one"
)
_TOP = N_("Is not used here: it is read at the top of the data folder alone")

#: The files that stand beside pages or reference data, and are read by their names.
_KNOWN = (ADDRESSES, LOG, *REFERENCE_FILES)

#: How much of a file is looked at to tell whether it holds records, and how many files of a folder.
_LOOKED_AT, _FILES = 4_096, 1_000

#: How much of two names must be the same for one to be taken for the other.
_NEAR = 0.8


class Unused(NamedTuple):
    """What stands in a source and is not used, or in the wrong place: where, why (in English, with
    `{belongs}`), whether it looks as if it was meant to be, what it is, and what or where it should
    be.
    """

    place: Place
    why: str
    meant: bool = True
    kind: Foreign | None = None
    belongs: str = ""

    @property
    def is_read(self) -> bool:
        """Whether it is used all the same."""
        return self.why in (_MISPLACED, _NOT_EVERYWHERE, _ONE_ELSEWHERE)

    @property
    def is_misnamed(self) -> bool:
        """Whether its name is not one that all systems can have."""
        return self.why in (_NOT_EVERYWHERE, _ONE_ELSEWHERE)


def unread(folder: Within, name: str, path: File) -> Unused:
    """What stands at the top of a data folder and is none of its parts."""
    place = Place(str(path))
    if part := meant(name):
        return Unused(place, _MEANT, belongs=f"{part}/")
    if name in _KNOWN:
        return Unused(place, _ELSEWHERE, belongs=_home(name))
    if _has_records(folder, PurePath(name)):
        return Unused(place, _ELSEWHERE, belongs=f"{RECORDS}/")
    if path.is_dir() and any(_has_records(folder, inside) for inside in _files(folder, name)):
        return Unused(place, _HOLDS, belongs=f"{RECORDS}/")
    if is_read(name) and path.is_file() and not name.endswith((".yaml", ".yml")):
        return Unused(place, _ELSEWHERE, belongs=f"{PAGES}/")
    return Unused(place, _PLACE, looks_meant(name))


def unread_reference(path: File) -> Unused:
    """What stands among reference data and is none of its files."""
    place, name = Place(str(path)), path.name
    if near := get_close_matches(name.casefold(), REFERENCE_FILES, 1, _NEAR):
        return Unused(place, _MEANT, belongs=near[0])
    return Unused(place, _PLACE, looks_meant(name))


def belonging(path: File) -> Unused | None:
    """What is told of a file among pages and records that is neither, but belongs elsewhere by its
    name.

    >>> from pathlib import Path
    >>> belonging(Path("pages/pages.yml")).belongs, belonging(Path("pages/overrides.yaml")).belongs
    ('pages.yaml', 'reference/')
    """
    place, name = Place(str(path)), path.name
    if name == DATASET:
        return Unused(place, _TOP)
    if name == OVERRIDES:
        return Unused(place, _ELSEWHERE, belongs=_home(name))
    plain = name.casefold().replace(".yml", ".yaml")
    known = next((one for one in (ADDRESSES, OVERRIDES, DATASET) if one == plain), "")
    return Unused(place, _MEANT, belongs=known) if known and name != known else None


def misplaced(name: str, part: str) -> Unused:
    """That a file is read, but is in another part of its data folder than it belongs in."""
    return Unused(Place(name), _MISPLACED, belongs=f"{part}/")


def misnamed(files: Iterable[str]) -> Iterator[Unused]:
    """What is read, and has a name that not all systems can have.

    >>> [(one.place.file, one.belongs) for one in misnamed(["r/a.yaml", "r/A.yaml", "r/CON.yaml"])]
    [('r/CON.yaml', ''), ('r/a.yaml', 'A.yaml')]
    """
    seen = dict[str, str]()
    for file in sorted(files):
        name = PurePath(file).name
        if not is_everywhere(name):
            yield Unused(Place(file), _NOT_EVERYWHERE)
        if (other := seen.setdefault(file.casefold(), file)) != file:
            yield Unused(Place(file), _ONE_ELSEWHERE, belongs=PurePath(other).name)


def looks_meant(name: str) -> bool:
    """Whether the name of what is not used looks as if it was meant to be.

    >>> looks_meant("V47-805.YAML"), looks_meant("README.md")
    (True, False)
    """
    known = name.casefold().rstrip(". ")
    return not (known.startswith(".") or is_for_people(name)) and known.endswith(
        (*ALIKE, *PARTS, *map(str.casefold, REFERENCE_FILES))
    )


def _home(name: str) -> str:
    return f"{PAGES if name in (ADDRESSES, LOG) else REFERENCE}/"


def _files(folder: Within, name: str) -> "islice[PurePath]":
    """The first files of a folder in a folder, and of those in it."""
    found = (folder.root / name).rglob("*")
    return islice((path.relative_to(folder.root) for path in found), _FILES)


def _has_records(folder: Within, inside: PurePath) -> bool:
    """Whether a file in a folder holds records, by its name and its beginning."""
    if not is_read(inside.name.casefold()):
        return False
    try:
        with folder.opened(inside) as file:
            return holds_records(file.read(_LOOKED_AT))
    except OSError:
        return False
