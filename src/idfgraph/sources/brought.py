"""The inputs at an address, brought here once, to be read as files are, under the names that they
have there.
"""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from ..model.errors import BadInput, Place
from ..model.layout import MARK
from ..model.text import N_
from ..model.visible import HIDDEN
from .bucket import Bucket, Stored
from .file_names import is_read
from .keeping import pieces, write
from .kept import Kept
from .page_facts import ADDRESSES, LOG
from .parts import DATASET, PAGES, RECORDS, SIGNED
from .reference_files import REFERENCE_FILES

#: How much is brought of a file that no reader takes, to tell what it is.
_LOOKED_AT = 65_536

#: How long a name may be, and the way to it, in bytes.
_NAME, _WAY = 255, 1_024

#: What no name of a file here holds: what parts folders, cannot be seen, or names a drive.
_FOREIGN = re.compile(f"[/\\\\\t\n{HIDDEN}]|^[A-Za-z]:|^\\.{{0,2}}$")

_NO_NAME = N_("has a name that no file here can have")
_RENAME = N_("rename it there")
_TWICE = N_("is there twice where letter case tells no names apart: as {name}, too")
_RENAME_ONE = N_("rename one of the two")
_CHANGED = N_("changed while it was read, or came cut: {got} bytes of {size}")
_AGAIN = N_("begin again once nobody writes there")
_PART = N_("is not read without {folder}, which says more of it")


def brought(address: str, room: Path) -> Kept:
    """A copy, in a folder, of the file or of all that may be read in the folder at an address, as
    it is now; raises BadInput, BadConfig, or BadOutput if there is no room for it.

    A file that is written anew meanwhile is refused, as is a name that no file here can have.
    """
    bucket = Bucket(address)
    itself = bucket.itself()
    is_folder = itself.kind == "directory"
    if not bucket.is_web:
        _refuse_part(bucket, is_folder=is_folder)
    at = room / sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    if is_folder:
        at.mkdir(mode=0o700, exist_ok=True)
    else:
        _refuse_name(itself.name, bucket.shown)
        at /= itself.name
    files = _found(bucket, is_folder=is_folder)
    for inside, stored in files.items():
        _bring(bucket, inside, stored, at / inside)
    bucket.forget()
    _compare(bucket, files, _found(bucket, is_folder=is_folder))
    return Kept(bucket.shown, str(at))


def _refuse_part(bucket: Bucket, *, is_folder: bool) -> None:
    """Nothing, or BadInput for what a folder above says more of, which would be missed."""
    parts = bucket.shown.partition("://")[2].split("/")
    inner = [number for number in range(1, len(parts)) if parts[-number] in (PAGES, RECORDS)]
    beside = [] if is_folder else [(1, name) for name in (SIGNED, ADDRESSES, LOG)]
    for steps, name in (*((number, DATASET) for number in inner), *beside):
        if bucket.has_above(steps, name):
            folder = bucket.shown.rsplit("/", steps)[0]
            hint = N_("name that folder")
            raise BadInput(_PART, Place(bucket.shown), hint=hint, folder=folder)


def _found(bucket: Bucket, *, is_folder: bool) -> dict[str, Stored]:
    """The files at an address, by their paths in the folder."""
    return dict(_files(bucket)) if is_folder else {"": bucket.itself()}


def _files(bucket: Bucket) -> Iterator[tuple[str, Stored]]:
    """The files of a folder and of those in it, but for releases and hidden folders, by their paths
    in it; BadInput for one that cannot be copied as it is called.
    """
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        entries = bucket.entries(folder)
        marks = [one for one in entries if one.name == MARK]
        _refuse_alike(bucket, folder, entries)
        for one in marks or entries:
            inside = _within(folder, one.name)
            _refuse_name(one.name, bucket.path(inside))
            if one.kind == "file":
                yield inside, one
            elif one.kind == "directory":
                waiting += [] if one.name.startswith(".") else [inside]
            elif is_read(one.name):
                hint = N_("put a file there, or remove it")
                raise BadInput(N_("is no regular file"), Place(bucket.path(inside)), hint=hint)


def _refuse_name(name: str, shown: str) -> None:
    is_drive = os.name == "nt" and ":" in name
    is_long = len(name.encode("utf-8", "replace")) > _NAME or len(shown) > _WAY
    if is_drive or is_long or _FOREIGN.search(name):
        raise BadInput(_NO_NAME, Place(shown), hint=_RENAME)


def _refuse_alike(bucket: Bucket, folder: str, entries: Iterable[Stored]) -> None:
    """Nothing, or BadInput for two names that some systems take for one."""
    seen = dict[str, str]()
    for one in entries:
        name = unicodedata.normalize("NFC", one.name.casefold())
        if name in seen:
            place = Place(bucket.path(_within(folder, one.name)))
            raise BadInput(_TWICE, place, hint=_RENAME_ONE, name=seen[name])
        seen[name] = one.name


def _within(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _bring(bucket: Bucket, inside: str, stored: Stored, at: Path) -> None:
    """Copies a file, no more of it than is wanted; BadInput where what comes is not as much as the
    store has.
    """
    whole = not inside or is_read(at.name) or at.name in REFERENCE_FILES
    with bucket.opened(inside) as file:
        write(at, pieces(file, at.suffix) if whole else [file.read(_LOOKED_AT)])
        is_cut = bool(file.read(1))
    got = at.stat().st_size
    if stored.size is None or not (got < stored.size if is_cut else got == stored.size):
        raise _changed(bucket.path(inside), got, stored.size)


def _compare(bucket: Bucket, before: dict[str, Stored], after: dict[str, Stored]) -> None:
    """Nothing, or BadInput for a file that is not there as it was before."""
    for inside, stored in before.items():
        if (now := after.get(inside)) != stored:
            raise _changed(bucket.path(inside), now.size if now else 0, stored.size)


def _changed(shown: str, got: int | None, size: int | None) -> BadInput:
    told = ["?" if number is None else number for number in (got, size)]
    return BadInput(_CHANGED, Place(shown), hint=_AGAIN, got=told[0], size=told[1])
