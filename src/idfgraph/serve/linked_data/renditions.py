"""The bodies of documents: files as they are, and forms made of them when they are asked for."""

import gzip
from hashlib import sha256
from typing import NamedTuple

from ...model.layout import CATALOG, DOCUMENT_LINES, ONTOLOGY, QUADS, SUMS
from .asked_paths import Addresses
from .dump_statements import in_graphs, names_of, rendered
from .inventory import PROFILES, HeldDocument, Inventory
from .made_documents import MadeDocuments
from .pinned_files import PinnedFiles
from .profile_list import profile_list
from .profiles import ALL, LABELS, SCHEMA_ORG, markup

#: Files with more bytes are read while they are sent; those with more than the second number are
#: not packed for anybody; those with fewer than the third are not worth it.
_LARGE, _TOO_LARGE, _SMALL = 1 << 20, 32 << 20, 256
_PACKED = (".xlsx", ".gz", ".zst", ".parquet")

#: How much of a digest tells two bodies apart.
_DIGITS = 32


class WantedFile(NamedTuple):
    """What is to be sent: the path that was asked for, the file that has it or is made, its form
    and language, its profile and content coding, and the headers that it was chosen by.
    """

    path: str
    file: str
    form: str = ""
    language: str = ""
    profile: str = ""
    coding: str = ""
    vary: str = ""


class FileRendition(NamedTuple):
    """A body, or the file that has it; its size, when it last changed, and what tells it apart."""

    body: bytes | None
    file: str
    size: int
    modified: int
    tag: str
    coding: str = ""


class Renditions:
    """The bodies of a release's documents."""

    def __init__(
        self,
        files: PinnedFiles,
        documents: MadeDocuments,
        contents: Inventory,
        addresses: Addresses,
    ) -> None:
        self._files, self._documents = files, documents
        self._contents, self._addresses = contents, addresses

    def rendition(self, wanted: WantedFile, document: HeldDocument | None) -> FileRendition:
        """A body as it is wanted; OSError or BadOutput where a file is not what it should be."""
        plain = self._plain(wanted, document)
        return self._packed(plain, wanted) if wanted.coding else plain

    def page(self, document: HeldDocument) -> str:
        """The first page of a document; empty where it has none."""
        path = next(iter(document.pages.values()), "")
        return self._files.read(path).decode() if path else ""

    def _plain(self, wanted: WantedFile, document: HeldDocument | None) -> FileRendition:
        if document and (made := self._made(wanted, document)) is not None:
            _, modified = self._files.size(self._dated(document))
            digest = sha256(made).hexdigest()
            return FileRendition(made, "", len(made), int(modified), digest[:_DIGITS])
        size, modified = self._files.size(wanted.file)
        known, body = self._files.digest(wanted.file), None
        if known and size > _LARGE:
            self._files.check(wanted.file)
        else:
            body = self._files.read(wanted.file)
        digest = known or sha256(body or b"").hexdigest()
        return FileRendition(body, wanted.file, size, int(modified), digest[:_DIGITS])

    def _dated(self, document: HeldDocument) -> str:
        """The file that tells since when what is made of a document is as it is."""
        paths = (*document.files.values(), *([DOCUMENT_LINES] if document.files else []))
        return next((path for path in paths if path in self._contents.sums), SUMS)

    def _made(self, wanted: WantedFile, document: HeldDocument) -> bytes | None:
        """What is made when it is asked for; None for what is a file."""
        if wanted.profile == ALL.token or document.stem == PROFILES:
            return profile_list(document, wanted.form, self._addresses.base, wanted.language)
        if wanted.profile == SCHEMA_ORG.token:
            told = markup(self.page(document)) or b"{}"
            return told if wanted.form == "jsonld" else rendered(told, "jsonld", wanted.form)
        if wanted.profile == LABELS.token:
            return self._rendered(document, self._named(document), wanted.form)
        if wanted.form in document.made:
            with self._files.mapped(QUADS) as dump:
                quads = in_graphs(self._documents.read(document.files["nt"]), dump)
            return quads if wanted.form == "nq" else self._rendered(document, quads, wanted.form)
        is_file = wanted.form not in document.files or wanted.file in self._contents.sums
        return None if is_file else self._documents.read(wanted.file)

    def _named(self, document: HeldDocument) -> bytes:
        """A document's triples, and the names of what they name."""
        triples = self._documents.read(document.files["nt"])
        terms = f"{ONTOLOGY}.nt"
        with self._files.mapped(QUADS) as dump:
            named = names_of(triples, dump)
        if terms in self._contents.sums:
            with self._files.mapped(terms) as dump:
                named += names_of(triples, dump)
        return b"".join(sorted({*triples.splitlines(True), *named.splitlines(True)}))

    def _rendered(self, document: HeldDocument, lines: bytes, form: str) -> bytes:
        turtle = self._documents.read(document.files.get("ttl", f"{CATALOG}.ttl"))
        return lines if form == "nt" else rendered(lines, "nq", form, turtle.decode())

    def _packed(self, plain: FileRendition, wanted: WantedFile) -> FileRendition:
        """A body packed, where that is worth it; a file of the release that is it already is
        taken.
        """
        if plain.size < _SMALL or plain.size > _TOO_LARGE or wanted.file.endswith(_PACKED):
            return plain
        body = plain.body if plain.body is not None else self._files.read(wanted.file)
        packed = gzip.compress(body, 6, mtime=0)
        if len(packed) >= plain.size:
            return plain
        tag = f"{plain.tag}-{wanted.coding}"
        return FileRendition(packed, "", len(packed), plain.modified, tag, wanted.coding)
