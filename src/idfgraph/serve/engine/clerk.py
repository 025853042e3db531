"""Who answers in another process, where that was not forked: it opens the store for the first
question.
"""

from pathlib import Path

from pyoxigraph import Store

from ...system.fence import shut_in
from .asked import Asked, QueryOutcome
from .building import STORE_FILES
from .execution import answer


class Clerk:
    """What a process does with each question that it gets, in so many bytes at most (picklable)."""

    def __init__(self, store: Path, most: int) -> None:
        self._path, self._most = store, most
        self._store: Store | None = None

    def __call__(self, asked: Asked | None) -> QueryOutcome:
        """What comes of a question; with none the store is opened, and nothing but its files after
        it.
        """
        if self._store is None:
            self._store = Store.read_only(str(self._path))
            shut_in(STORE_FILES)
        return answer(self._store, asked, self._most) if asked else QueryOutcome(200, "ready", b"")
