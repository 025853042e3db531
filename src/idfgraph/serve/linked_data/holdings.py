"""What a release holds, as it is sent: each form made once, and kept while it is asked for."""

import asyncio
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ...model.layout import CATALOG, LANDING, TOMBSTONES
from ...release.tombstones import documents_in
from .asked_paths import Addresses
from .conditions import http_date
from .file_kinds import NOT, POLICY, content_type, kept, policy
from .inventory import HeldDocument, Inventory
from .links import SignedLink, alternates, links_of, links_of_page, shown
from .made_documents import MadeDocuments
from .pinned_files import PinnedFiles
from .preferred import Preferences
from .profiles import DCAT, FULL, KNOWN, offered
from .recent import Recent
from .renditions import FileRendition, Renditions, WantedFile
from .reply import Headers, Prepared, headers

#: Bytes that are kept of what was asked for, and those that one more takes besides its body.
_MOST, _BESIDES = 64 << 20, 6144

#: Requests whose answer is known.
_KNOWN = 4096


class Asking(NamedTuple):
    """What a client asks for: path and query as it writes them, the headers that are chosen by."""

    path: bytes
    query: bytes
    told: Preferences

    @property
    def size(self) -> int:
        """How much it says."""
        return len(self.path) + len(self.query) + sum(len(text) for text in self.told if text)


class Ready(NamedTuple):
    """What can be sent: its status, the body, all its headers, and those that are sent where a
    client has it already.
    """

    status: int
    rendition: FileRendition
    tag: str
    headers: Headers
    unchanged: Headers


class Holdings:
    """What a release folder holds, under the base of its names, at the address of a server (empty:
    the same); BadOutput where it is none.
    """

    def __init__(self, folder: Path, base: str, address: str = "") -> None:
        self.files = PinnedFiles(folder)
        sums = self.files.sums
        gone = documents_in(self.files.read(TOMBSTONES)) if TOMBSTONES in sums else []
        self.documents = MadeDocuments(self.files)
        self.contents = Inventory(sums, frozenset(gone), self.files.beside, self.documents.forms)
        self.addresses = Addresses(base, address)
        self._renditions = Renditions(self.files, self.documents, self.contents, self.addresses)
        self._ready = Recent[WantedFile, Ready](_MOST, _weight)
        self.known = Recent[Asking, WantedFile | Prepared](_KNOWN, lambda _: 1)
        self._making: dict[WantedFile, asyncio.Task[Ready]] = {}

    def close(self) -> None:
        """Lets go of the folder."""
        self.files.close()

    async def ready(self, wanted: WantedFile) -> Ready:
        """What can be sent; BadOutput or OSError where a file is not what it should be."""
        if (found := self._ready.get(wanted)) and self._holds(found.rendition):
            return found
        if not (task := self._making.get(wanted)):
            task = asyncio.create_task(self._made(wanted))
            self._making[wanted] = task
            task.add_done_callback(partial(self._end_making, wanted))
        return await asyncio.shield(task)

    def alternates(self, document: HeldDocument, path: str) -> list[SignedLink]:
        """What there is of a document, as seen from a path."""
        return list(alternates(document, self.addresses, path))

    def _holds(self, rendition: FileRendition) -> bool:
        """Whether what was made is still what is there."""
        return rendition.body is not None or self.files.is_checked(rendition.file)

    def _end_making(self, wanted: WantedFile, task: asyncio.Task[Ready]) -> None:
        """Nothing is made any more; that it failed is told to who waits, if anybody does."""
        del self._making[wanted]
        if not task.cancelled():
            task.exception()

    async def _made(self, wanted: WantedFile) -> Ready:
        made = await asyncio.to_thread(self._make, wanted)
        self._ready[wanted] = made
        return made

    def _make(self, wanted: WantedFile) -> Ready:
        found = self.contents.find(wanted.path)
        document = found.document if found else None
        rendition = self._renditions.rendition(wanted, document)
        is_gone = bool(document and document.gone)
        tag = f'"{rendition.tag}"'
        unchanged = headers(
            {
                "Vary": wanted.vary,
                "ETag": tag,
                "Last-Modified": http_date(rendition.modified),
                "Cache-Control": NOT if is_gone else kept(wanted.file),
                "Content-Location": self._location(wanted),
                "Content-Profile": self._profile(wanted, document),
                "Link": ", ".join(self._links(wanted, document)),
            }
        )
        told = headers(
            {
                "Content-Type": content_type(f"a.{wanted.form}" if wanted.profile else wanted.file),
                "Content-Language": _language(wanted),
                "Content-Encoding": rendition.coding,
                "Content-Security-Policy": self._policy(wanted),
                "Accept-Ranges": "bytes",
            }
        )
        return Ready(410 if is_gone else 200, rendition, tag, told + unchanged, unchanged)

    def _location(self, wanted: WantedFile) -> str:
        """Where what was chosen stands by itself; empty where nothing was chosen."""
        if wanted.file == wanted.path and not wanted.profile:
            return ""
        query = f"?_profile={wanted.profile}" if wanted.profile else ""
        return self.addresses.reference(f"{wanted.file}{query}", wanted.path)

    def _profile(self, wanted: WantedFile, document: HeldDocument | None) -> str:
        """The profile that a body is of; empty for what is no data."""
        if not document or wanted.form in ("html", "rq") or FULL not in offered(document):
            return ""
        token = wanted.profile or FULL.token
        found = next(profile for profile in KNOWN if profile.token == token)
        return f"<{found.iri(self.addresses.base)}>"

    def _links(self, wanted: WantedFile, document: HeldDocument | None) -> Iterable[str]:
        own = links_of_page(self._renditions.page(document)) if document else []
        landing = LANDING if LANDING in self.contents.sums else CATALOG
        links = links_of(document, wanted.file, own, self.addresses, landing)
        yield shown(links, self.addresses, wanted.path)
        if document:
            yield from map(str, self.alternates(document, wanted.path))
        if profile := self._profile(wanted, document):
            yield f'{profile}; rel="profile"'
        if document and not wanted.profile and DCAT in offered(document) and profile:
            yield f'<{DCAT.address}>; rel="profile"'

    def _policy(self, wanted: WantedFile) -> str:
        """What a page may load."""
        if wanted.form != "html":
            return ""
        return POLICY if wanted.profile else policy(self.files.read(wanted.file).decode())


def _language(wanted: WantedFile) -> str:
    if wanted.form != "html":
        return ""
    return wanted.language or "en, fr, es"


def _weight(ready: Ready) -> int:
    return len(ready.rendition.body or b"") + _BESIDES
