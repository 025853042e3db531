"""Pages filed where the records made from them find them again, under names that take nobody
else's.
"""

import os
import re
from collections.abc import Callable, Set
from contextlib import nullcontext
from hashlib import sha256
from pathlib import Path

from ..model.errors import BadInput, Place
from ..model.records import Capture, Source
from ..model.text import N_
from ..sources.file_names import is_everywhere, is_page_name
from ..sources.page_facts import ADDRESSES, PageFacts, facts_of, with_facts
from ..sources.pages import page_text
from ..system.disk import real, write_bytes, write_text
from ..system.reading import read_whole

#: The longest name, in bytes, that a page is filed under; systems take 255, with what is added as
#: it is written.
_LONGEST = 200

#: What no name has on Windows: characters, an end; and what is no character.
_FOREIGN = re.compile(r'[<>:"|?*\\\x00-\x1f\ud800-\udfff]|[. ]+$')
_NO_TEXT = re.compile("[\ud800-\udfff]")


def file_page(
    page: Path, digest: str, shelf: Path, superseded: Set[str] = frozenset()
) -> Path | None:
    """Files a page in a folder, unless it is in there; returns its file if it was filed.

    `superseded` are earlier captures (their SHA-256) that no record names any more: a page with the
    name of one takes its place. No other file is ever written over. Raises BadInput where the page
    is not what was read of it (`digest`), and BadOutput where it cannot be written.
    """
    if real(page).is_relative_to(real(shelf)):
        return None
    data = read_whole(page)
    if sha256(data).hexdigest() != digest:
        raise BadInput(
            N_("has changed since it was read"), Place(str(page)), hint=N_("extract it again")
        )
    name = page.name if is_page_name(page.name) else f"{page.name}.txt"
    name = _FOREIGN.sub("_", name)
    if len(os.fsencode(name)) > _LONGEST or not is_everywhere(name):
        name = f"{digest[:16]}{page.suffix}"
    file = _taken(shelf, name) or shelf / name
    there = digest_of(file)
    if there not in {"", digest, *superseded}:
        file = file.with_name(f"{file.stem}-{digest[:16]}{file.suffix}")
        there = digest_of(file)
    if there == digest:
        return None
    write_bytes(file, [data])
    return file


def _taken(shelf: Path, name: str) -> Path | None:
    """The file of a folder that has a name, letter case apart: some systems take that for one."""
    with os.scandir(shelf) if shelf.is_dir() else nullcontext(()) as found:
        names = (one.name for one in found)
        return next((shelf / one for one in names if one.casefold() == name.casefold()), None)


def note_facts(page: Path, facts: PageFacts) -> PageFacts:
    """Writes into the `pages.yaml` beside a page what is known of it, unless that is there already;
    gives all that is known. Of a page whose name is no text that file cannot tell.

    BadRecord where that file gives no addresses, BadOutput where it cannot be written.
    """
    if _NO_TEXT.search(page.name):
        return PageFacts()
    known = facts_of(page)
    wanted = PageFacts(url=facts.url or known.url, captured=facts.captured or known.captured)
    if wanted != known:
        file = page.parent / ADDRESSES
        text = read_whole(file).decode() if file.exists() else ""
        write_text(file, with_facts(text, page.name, wanted))
    return wanted


def is_filed(page: Path, shelf: Path) -> bool:
    """Whether a folder has a file with the bytes of a page, whatever its name."""
    size, digest = page.stat().st_size, digest_of(page)
    files = (file for file in shelf.glob("*") if file.is_file() and file.stat().st_size == size)
    return any(digest_of(file) == digest for file in files)


def told_by_pages(shelf: Path) -> Callable[[Source, Capture], str | None]:
    """What gives the words of a capture by its page, if that is in a folder."""
    files = [file for file in sorted(shelf.glob("*")) if file.is_file()]

    def told(source: Source, capture: Capture) -> str | None:
        """The words of the span of a capture."""
        page = next((file for file in files if digest_of(file) == source.page), None)
        return page_text(page, source.encoding)[slice(*capture.span or (0, 0))] if page else None

    return told


def digest_of(file: Path) -> str:
    """The SHA-256 of a file; empty where there is none."""
    return sha256(read_whole(file)).hexdigest() if file.exists() else ""
