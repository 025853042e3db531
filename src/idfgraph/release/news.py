"""What a release changes of the one before, and what those before it changed."""

from collections.abc import Iterator
from itertools import islice

import msgspec

from ..exports.figures import ChangedRows, ChangeHistory, VersionChanges
from ..model.layout import CHANGES, QUADS
from ..model.text import LANGUAGES
from ..system.folder import Folder
from .changelog import Changelog
from .difference import change_logs
from .losses import PreviousRelease

#: How many versions a release tells of, and how many rows of each table.
_VERSIONS, _ROWS = 12, 200


class News:
    """Tells what a release changes of the one before, if there is one under the same base."""

    def __init__(self, before: PreviousRelease | None, base: str) -> None:
        self._before = before if before and before.base == base else None

    def of(self, folder: Folder, version: str, day: str) -> ChangeHistory:
        """What a release that is being made changes, and the versions before it did; one that says
        the same as the one before changes nothing of that.
        """
        history = self._history()
        if history.versions and history.versions[0].version == version:
            return history
        new = self._changes(folder, VersionChanges(version, day), history)
        return ChangeHistory((new, *history.versions)[:_VERSIONS])

    def _history(self) -> ChangeHistory:
        told = self._before.read(CHANGES) if self._before else None
        return msgspec.json.decode(told, type=ChangeHistory) if told else ChangeHistory()

    def _changes(
        self, folder: Folder, own: VersionChanges, history: ChangeHistory
    ) -> VersionChanges:
        before = self._before
        if not before or not (before.release / QUADS).is_file():
            return own
        last = history.versions[0].version if history.versions else before.sums[QUADS][:12]
        found, log = change_logs(before.release, folder.root, (last, own.version))
        added, changed, withdrawn = map(len, map(found.of, ("added", "changed", "withdrawn")))
        tables = {str(language): tuple(_tables(log(language))) for language in LANGUAGES}
        return VersionChanges(own.version, own.day, last, added, changed, withdrawn, tables)


def _tables(log: Changelog) -> Iterator[ChangedRows]:
    """The first rows of each table."""
    for table in log.tables:
        rows = list(table.rows)
        first = tuple(tuple(row) for row in islice(rows, _ROWS))
        yield ChangedRows(table.title, len(rows), tuple(table.heads), first)
