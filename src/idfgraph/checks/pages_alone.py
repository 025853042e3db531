"""Projects that are published from their pages alone, in a folder whose others have records: a
record that was removed leaves its page, and so its project.
"""

from collections.abc import Iterator

from ..model.findings import Finding, Result
from ..model.records import Unidentified
from ..model.text import N_, texts
from ..sources.origin import Sourced

#: How many are named.
_SHOWN = 10

_ALONE = N_("No record beside the page")

_TOLD = N_(
    "No record has {ids}, so what the page says is published. If the record was removed, put it "
    "back; to take the project back, write withdrawn in the record, with date and reason; else "
    "write one with idfgraph extract."
)


class PagesAlone:
    """The projects of pages that no record has, held against how many have one."""

    def __init__(self) -> None:
        self._found: list[Sourced] = []
        self._written = 0

    def note(self, sourced: Sourced, *, is_page: bool) -> None:
        """Takes note of a record, read from a page alone or written."""
        self._written += not is_page
        if is_page and not isinstance(sourced.record, Unidentified):
            self._found.append(sourced)

    def findings(self) -> Iterator[Finding]:
        """One finding for all of them, where they are the fewer."""
        if self._found and len(self._found) <= self._written:
            ids = [one.record.id for one in self._found[:_SHOWN]]
            more = ["…"] if len(self._found) > _SHOWN else []
            said = texts(_TOLD, ids=", ".join([*ids, *more]))
            result = Result("Info", "", "", "", "", "", "", texts(_ALONE), said)
            first, *others = (one.origin.place("id") for one in self._found[:_SHOWN])
            yield Finding(result, first, tuple(others))
