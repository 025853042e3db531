"""Captures of one project joined: pages that print one Projet ID make one record, or join the
record that has it, unless they stand in the place of a page that it names and that is gone.

Pages wait packed, each a few kB, so that the captures of many thousand fit in memory; their texts
are not kept.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
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

    def join(self, sourced: Sourced, at_hand: Container[str]) -> Sourced:
        """The record with the waiting pages of its project as further sources; they wait no more.

        Those that stand in the places of pages that it names and that are not `at_hand` (SHA-256)
        are no further sources: they are told of as changed, and its origin names them.
        """
        record = sourced.record
        pages = self._pages.pop(record.id, []) if isinstance(record, Project) else []
        if not pages:
            return sourced
        gone = [one for one in record.sources if not (one.media_type or one.page in at_hand)]
        instead = _instead(gone, pages)
        further = [page for page in pages if page.rank[2] not in instead.values()]
        return _joined(record, further, [sourced.origin._replace(instead=instead)])

    def rest(self) -> Iterator[Sourced]:
        """A record of the pages that still wait, for each Projet ID in order."""
        for id_ in sorted(self._pages):
            yield _joined(Project(id=id_), self._pages.pop(id_), [])


def _instead(gone: Iterable[Source], pages: Iterable[_CapturedPage]) -> Mapping[str, str]:
    """The pages that have the address, or else the file name, of pages that are gone, by the
    SHA-256 of these.
    """
    sources = [msgspec.msgpack.decode(page.packed, type=Source) for page in pages]
    found: dict[str, str] = {}
    for old in gone:
        same = (one.page for one in sources if _place_is_same(old, one))
        if page := next((one for one in same if one not in found.values()), None):
            found[old.page] = page
    return found


def _place_is_same(old: Source, new: Source) -> bool:
    if old.language != new.language:
        return False
    return old.url == new.url if old.url and new.url else old.identifier == new.identifier


def _joined(record: Record, pages: Iterable[_CapturedPage], origins: list[Origin]) -> Sourced:
    """The record with the sources of pages that it does not name itself, and where all of it was
    read.
    """
    named = {source.page for source in record.sources}
    ordered = sorted(pages, key=lambda page: page.rank)
    unpacked = (msgspec.msgpack.decode(page.packed, type=Source) for page in ordered)
    sources = (*record.sources, *(source for source in unpacked if source.page not in named))
    first, *others = origins + [page.origin for page in ordered]
    all_others = (*first.others, *others)
    return Sourced(replace(record, sources=sources), first._replace(others=all_others))


def _rank(source: Source) -> tuple[int, bool, str]:
    """What sorts the captures of one project: by language, labelled ones first, then by SHA-256."""
    unlabelled = all(capture.label is None for capture in source.values)
    return _LANGUAGES.index(source.language), unlabelled, source.page
