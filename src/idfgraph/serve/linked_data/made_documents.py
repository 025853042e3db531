"""Documents that a release has no files of: made of their lines when they are asked for."""

from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property
from threading import Lock

from ...exports.node_files import write_document
from ...graph.lines import document_in, has_document
from ...graph.mapping import Mapper, compile_context
from ...model import iris
from ...model.errors import BadOutput
from ...model.formats import DOCUMENTS
from ...model.layout import CONTEXT, DOCUMENT_LINES
from .pinned_files import PinnedFiles


class MadeDocuments:
    """The documents of resources that a release has lines of instead: the bytes that their files
    would have. One is made at a time.
    """

    def __init__(self, files: PinnedFiles) -> None:
        self._files, self._lock = files, Lock()
        self._has_lines = DOCUMENT_LINES in files.sums
        if self._has_lines:
            with suppress(BadOutput, OSError):  # else it is told to who asks for a document
                files.check(DOCUMENT_LINES)

    def forms(self, stem: str) -> Iterable[str]:
        """The forms that are made of a path without suffix; BadOutput or OSError where the lines
        are not what they should be.
        """
        resource = iris.documented(f"base:{stem}")
        if not self._has_lines or not resource:
            return ()
        with self._files.mapped(DOCUMENT_LINES) as lines:
            return DOCUMENTS if has_document(lines, resource) else ()

    def read(self, path: str) -> bytes:
        """The bytes of a file, or of what is made for its path; BadOutput or OSError where what
        they are read or made from is not what it should be.
        """
        return self._files.read(path) if path in self._files.sums else self._made(path)

    def _made(self, path: str) -> bytes:
        stem, _, form = path.rpartition(".")
        made = list[bytes]()
        with self._lock, self._files.mapped(DOCUMENT_LINES) as lines:
            if found := document_in(lines, iris.documented(f"base:{stem}")):
                write_document(
                    lambda _, pieces: made.append("".join(pieces).encode()),
                    found,
                    self._mapper,
                    self._mapper.terms.prefixes,
                    [form],
                )
        if not made:
            raise FileNotFoundError(path)
        return made[0]

    @cached_property
    def _mapper(self) -> Mapper:
        return compile_context(self._files.read(CONTEXT).decode())
