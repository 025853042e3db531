"""Captures of one project joined: pages that print one Projet ID make one record, or join the
record that has it.

Pages wait packed, each a few kB, so that the captures of many thousand fit in memory; their texts
are not kept.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from ..model.records import Project, Record, Source
from .origin import Origin, Sourced

#: The order of the captures of one project.
_LANGUAGES = ("fr", "en", "es")


class _CapturedPage(NamedTuple):
    """A page that waits for its record: what sorts it, its source as MessagePack, and where it was
    read.
    """

    rank: tuple[int, bool, str]
    packed: bytes
    origin: Origin


class Waiting:
    """Pages that no record names, by the Projet ID that they print."""

    def __init__(self) -> None:
        self._pages: dict[str, list[_CapturedPage]] = {}

    def add(self, page: Sourced) -> Sourced | None:
        """Nothing once the page waits for its record; the page itself where it names no project."""
        record, origin = page
        if not isinstance(record, Project):
            return page
        for source in record.sources:
            waiting = _CapturedPage(_rank(source), msgspec.msgpack.encode(source), origin)
            self._pages.setdefault(record.id, []).append(waiting)
        return None

    def join(self, sourced: Sourced) -> Sourced:
        """The record with the waiting pages of its project as further sources; they wait no
        more.
        """
        record = sourced.record
        pages = self._pages.pop(record.id, []) if isinstance(record, Project) else []
        return _joined(record, pages, [sourced.origin]) if pages else sourced

    def rest(self) -> Iterator[Sourced]:
        """A record of the pages that still wait, for each Projet ID in order."""
        for id_ in sorted(self._pages):
            yield _joined(Project(id=id_), self._pages.pop(id_), [])


def _joined(record: Record, pages: Iterable[_CapturedPage], origins: list[Origin]) -> Sourced:
    """The record with the sources of pages that it does not name itself, and where all of it was
    read.
    """
    named = {source.page for source in record.sources}
    ordered = sorted(pages, key=lambda page: page.rank)
    unpacked = (msgspec.msgpack.decode(page.packed, type=Source) for page in ordered)
    sources = (*record.sources, *(source for source in unpacked if source.page not in named))
    first, *others = origins + [page.origin for page in ordered]
    return Sourced(replace(record, sources=sources), first._replace(others=tuple(others)))


def _rank(source: Source) -> tuple[int, bool, str]:
    """What sorts the captures of one project: by language, labelled ones first, then by SHA-256."""
    unlabelled = all(capture.label is None for capture in source.values)
    return _LANGUAGES.index(source.language), unlabelled, source.page
