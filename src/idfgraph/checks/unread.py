"""Evidence that was not re-read: counted while records pass, and told as one finding."""

from collections.abc import Iterator

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
    "are neither in the sources nor in the release before, or they are of documents that are no "
    "pages. Put the pages back, by the SHA-256 that the records give."
)


class Unread:
    """The quotes of records for which there are no bytes to hold them against, and how many they
    are.

    Where another page stands in the place of theirs, that is told instead, unless evidence that is
    not re-read is refused (`strict`).
    """

    def __init__(self, files: Files, *, strict: bool) -> None:
        self._files, self._strict = files, strict
        self.quotes = self._told = self._records = 0
        self._places = list[Place]()

    def note(self, sourced: Sourced) -> None:
        """Counts the quotes of a record that were not re-read."""
        found = list(self._unread(sourced))
        self.quotes += sum(quotes for _, quotes in found)
        pages, instead = sourced.record.sources, sourced.origin.instead
        told = [one for one in found if self._strict or pages[one[0]].page not in instead]
        self._told += sum(quotes for _, quotes in told)
        self._records += bool(told)
        for number, _ in told[: _SHOWN - len(self._places)]:
            self._places.append(sourced.origin.place(f"sources[{number}]"))

    def _unread(self, sourced: Sourced) -> Iterator[tuple[int, int]]:
        """The numbers of the sources that were not re-read, and how many quotes each has."""
        for number, source in enumerate(sourced.record.sources):
            quotes = sum(map(has_value, source.values))
            if quotes and not is_reread(source, self._files):
                yield number, quotes

    def findings(self) -> Iterator[Finding]:
        """One finding for all that was not re-read, if there is any: an error where that is
        refused, else a warning.
        """
        if self._places:
            severity = "Violation" if self._strict else "Warning"
            said = texts(_TOLD, quotes=self._told, records=self._records)
            value = f'"{self._told}"'
            result = Result(severity, "", "", "", value, "", "", texts(_UNREAD), said)
            first, *others = self._places
            yield Finding(result, first, tuple(others))
