"""Evidence that was not re-read: counted while records pass, and told as one finding."""

from collections.abc import Iterator, Sequence

from ..model.errors import Place
from ..model.findings import Finding, Result
from ..model.records import has_value
from ..model.text import N_, texts
from ..sources.files import Files
from ..sources.origin import Sourced
from ..sources.rereading import is_reread

#: How many places are told.
_SHOWN = 10

_UNREAD = N_("Evidence not re-read")

_TOLD = N_(
    "Quotes that could not be re-read: {quotes}; records that have them: {records}. Their pages "
    "are neither in the sources nor in the release before. Put the pages back, by the SHA-256 that "
    "the records give."
)

_OF_DOCUMENTS = N_(
    "Quotes of documents that are no pages, which people alone can check: {quotes}; records that "
    "have them: {records}."
)


class _Quotes:
    """Quotes that were not re-read: how many, in how many records, and the first places."""

    def __init__(self) -> None:
        self.number = self._records = 0
        self._places = list[Place]()

    def note(self, sourced: Sourced, found: Sequence[tuple[int, int]]) -> None:
        """Counts those of a record: the numbers of its sources, and how many quotes each has."""
        self.number += sum(quotes for _, quotes in found)
        self._records += bool(found)
        for number, _ in found[: _SHOWN - len(self._places)]:
            self._places.append(sourced.origin.place(f"sources[{number}]"))

    def finding(self, severity: str, message: str) -> Iterator[Finding]:
        """One finding for all of them, if there is any."""
        if self._places:
            said = texts(message, quotes=self.number, records=self._records)
            value = f'"{self.number}"'
            result = Result(severity, "", "", "", value, "", "", texts(_UNREAD), said)
            first, *others = self._places
            yield Finding(result, first, tuple(others))


class Unread:
    """The quotes of records for which there are no bytes to hold them against, and how many they
    are.

    Where another page stands in the place of theirs, that is told instead, unless evidence that is
    not re-read is refused (`strict`).
    """

    def __init__(self, files: Files, *, strict: bool) -> None:
        self._files, self._strict = files, strict
        self.quotes = 0
        self._pages, self._documents = _Quotes(), _Quotes()

    def note(self, sourced: Sourced) -> None:
        """Counts the quotes of a record that were not re-read."""
        found = list(self._unread(sourced))
        self.quotes += sum(quotes for _, quotes in found)
        pages, instead = sourced.record.sources, sourced.origin.instead
        told = [one for one in found if self._strict or pages[one[0]].page not in instead]
        self._pages.note(sourced, [one for one in told if not pages[one[0]].media_type])
        self._documents.note(sourced, [one for one in told if pages[one[0]].media_type])

    def _unread(self, sourced: Sourced) -> Iterator[tuple[int, int]]:
        """The numbers of the sources that were not re-read, and how many quotes each has."""
        for number, source in enumerate(sourced.record.sources):
            quotes = sum(map(has_value, source.values))
            if quotes and not is_reread(source, self._files):
                yield number, quotes

    def findings(self) -> Iterator[Finding]:
        """One finding for all that was not re-read of pages, if there is any: an error where that
        is refused, else a warning; where it is refused, one for documents too.
        """
        yield from self._pages.finding("Violation" if self._strict else "Warning", _TOLD)
        if self._strict:
            yield from self._documents.finding("Violation", _OF_DOCUMENTS)

    def of_documents(self) -> Iterator[Finding]:
        """A remark on the quotes of documents, which nobody can put back, unless they are
        refused.
        """
        if not self._strict:
            yield from self._documents.finding("Info", _OF_DOCUMENTS)
