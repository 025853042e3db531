"""The log of what was fetched: one line of JSON an address, added as it happens; the only place
that holds times.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from ...model.errors import BadInput, BadOutput, Place
from ...model.iris import SLUG
from ...model.system_words import of_system
from ...model.text import N_
from ..page_facts import LOG

#: A file of the folder itself, or none.
_NAME = rf"^({SLUG})?$(?!\n)"

#: What became of an address; `finished` is no address's, but the end of a run's list.
LogKind = Literal["fetched", "unchanged", "refused", "failed", "finished"]


class LogEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one address in one run, or that the run came to the end of its list."""

    time: str
    run: str
    kind: LogKind
    url: str = ""
    final: str = ""
    status: int = 0
    file: Annotated[str, msgspec.Meta(pattern=_NAME)] = ""
    sha256: str = ""
    etag: str = ""
    last_modified: str = ""
    charset: str = ""
    reason: str = ""
    notes: tuple[str, ...] = ()


class Log:
    """The log of a folder: what it says of each address, and which addresses an unfinished run has
    done.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / LOG
        #: Address -> the last entry that has its file.
        self.pages: dict[str, LogEntry] = {}
        self._open: dict[str, dict[str, LogEntry]] = {}
        for entry in _entries(self.path):
            self._note(entry)

    def done(self, run: str) -> dict[str, LogEntry]:
        """What a run that was cut off has fetched, by address."""
        return self._open.get(run, {})

    def add(self, entry: LogEntry) -> None:
        """Adds an entry, on disk before this returns; raises BadOutput."""
        try:
            with self.path.open("ab") as file:
                file.write(msgspec.json.encode(entry) + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise BadOutput(
                N_("cannot be written: {strerror}"),
                Place(str(self.path)),
                strerror=of_system(error),
            ) from error
        self._note(entry)

    def _note(self, entry: LogEntry) -> None:
        if entry.kind == "finished":
            self._open.pop(entry.run, None)
        elif entry.file:
            self.pages[entry.url] = entry
            self._open.setdefault(entry.run, {})[entry.url] = entry


def _entries(path: Path) -> Iterator[LogEntry]:
    """The entries of a log; a last line that was cut while it was written is cut off, any other
    fault is BadInput.
    """
    if not path.is_file():
        return
    _cut_tail(path)
    decoder = msgspec.json.Decoder(LogEntry)
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                yield decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                place = Place(str(path), number)
                raise BadInput(
                    N_("is no entry of a fetch log: {error}"),
                    place,
                    hint=N_("remove the line"),
                    error=error,
                ) from error


def _cut_tail(path: Path) -> None:
    with path.open("r+b") as file:
        data = file.read()
        if data and not data.endswith(b"\n"):
            file.truncate(data.rfind(b"\n") + 1)
