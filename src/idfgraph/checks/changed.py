"""Pages that changed under a record: another capture stands where the one was that the record was
made from, and no record names it.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from hashlib import sha256
from typing import NamedTuple

from ..model.errors import BadInput, Place
from ..model.findings import Finding, Result
from ..model.records import Record, Source, Unidentified, has_value
from ..model.text import N_, texts
from ..model.visible import apart
from ..sources.file_names import page_identifier
from ..sources.files import Files
from ..sources.origin import Sourced
from ..sources.page_facts import PageFacts, address_of, facts_of
from ..sources.pages import ReadProse, read_page, taught
from ..sources.parts import quoted
from ..sources.refusal import tried
from ..system.cupboard import Cupboard

#: How many differences are told.
_SHOWN = 5

_CHANGED = N_("Page changed under its record")
_DIFFERS = N_(
    "{page} is not the page that this record was made from any more. The record has, and the page "
    "has now: {differences}. Run: idfgraph extract {path}"
)
_ALIKE = N_(
    "{page} is not the page that this record was made from any more, though it prints the same "
    "values. Run: idfgraph extract {path}"
)


class _Successor(NamedTuple):
    """A source whose page is gone, with what it printed, and the page that stands in its place."""

    place: Place
    printed: Mapping[str, str]
    digests: Mapping[str, str]
    page: str


class ChangedPages:
    """The pages that records were made from and that are not at hand, with those that take their
    places.
    """

    def __init__(self, files: Files, encoding: str | None, prose: ReadProse | None = None) -> None:
        self._files, self._encoding, self._prose = files, encoding, prose
        self._named = Cupboard[None]()
        self._found = list[_Successor]()

    def note(self, sourced: Sourced) -> None:
        """Takes note of the pages that a record names, and of those in the places of others."""
        record, origin = sourced
        own = {origin.file, *(other.file for other in origin.others)}
        loose = [one for one in record.sources if str(self._files.pages.get(one.page)) in own]
        for one in record.sources:
            if one not in loose:
                self._named[one.page] = None
        for number, source in enumerate(record.sources):
            gone = not source.media_type and source.page not in self._files.pages
            if gone and (page := self._successor(source, loose, origin.instead)):
                digests = {one.property: one.digest for one in source.values if one.digest}
                place = origin.place(f"sources[{number}]")
                self._found.append(_Successor(place, _printed(source, record), digests, page))

    def findings(self) -> Iterator[Finding]:
        """A warning for each page that changed, once all records were noted."""
        for one in self._found:
            if one.page not in self._named:
                yield from tried(partial(self._finding, one), _passed_over)

    def _successor(
        self, source: Source, loose: list[Source], instead: Mapping[str, str]
    ) -> str | None:
        """The page that stands where that of a source did: of the same address, or printing the
        same Projet ID in the same language, or of the same file name.
        """
        joined = (
            one.page
            for one in loose
            if one.language == source.language
            and (one.url == source.url or not (one.url and source.url))
        )
        places = self._places
        return (
            places.get(source.url or "")
            or instead.get(source.page)
            or next(joined, None)
            or places.get(f"name:{source.identifier}")
        )

    @cached_property
    def _places(self) -> Mapping[str, str]:
        """The pages at hand by their addresses and the names of their files."""
        found: dict[str, str] = {}
        for page, file in self._files.pages.items():
            address = next(tried(partial(address_of, file), _passed_over), None)
            for key in filter(None, (address, f"name:{page_identifier(file.stem)}")):
                found.setdefault(key, page)
        return found

    def _finding(self, one: _Successor) -> Finding:
        file = self._files.pages[one.page]
        known = next(tried(partial(facts_of, file), _passed_over), PageFacts())
        with taught(self._files.labels):
            read = read_page(file, known, encoding=self._encoding, prose=self._prose)
        record = read.record
        sides = list(_differences(one, _printed(record.sources[0], record)))
        shown = "; ".join(sides[:_SHOWN]) + (" …" if len(sides) > _SHOWN else "")
        said = texts(
            _DIFFERS if sides else _ALIKE, page=str(file), path=quoted(file), differences=shown
        )
        result = Result("Warning", "", "", "", "", "", "", texts(_CHANGED), said)
        return Finding(result, one.place, (Place(str(file)),))


def _passed_over(_error: BadInput) -> None:
    """Leaves an error to those who tell of it."""


def _printed(source: Source, record: Record) -> Mapping[str, str]:
    """What a page prints, by property; of a narrative without its text, the value."""
    values = None if isinstance(record, Unidentified) else record.values
    narrative = values.narrative.get(source.language, "") if values and values.narrative else ""
    return {
        one.property: one.text if one.text is not None else narrative
        for one in source.values
        if has_value(one)
    }


def _differences(one: _Successor, now: Mapping[str, str]) -> Iterator[str]:
    """What differs between what a page printed and what it prints now, both sides of each."""
    for name in sorted({*one.printed, *now}, key=lambda name: (name != "projectId", name)):
        then, new = one.printed.get(name, ""), now.get(name, "")
        digest = sha256(new.encode()).hexdigest()[:16]
        if then != new and one.digests.get(name) != digest:
            yield "{} “{}” / “{}”".format(name, *apart((then, new)))
