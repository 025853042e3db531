"""Time as fetching sees it: seconds that pass, waits, the hour of day, and the deadline of one
address.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NamedTuple


def _hour() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


class Clock(NamedTuple):
    """What tells the time: seconds since some moment, a wait of some seconds, the hour of day
    (UTC).
    """

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    hour: Callable[[], datetime] = _hour


class Deadline:
    """How long one address may take, all tries and redirects together."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._now, self._end = clock.now, clock.now() + seconds

    def left(self) -> float:
        """Seconds left; TimeoutError if there are none."""
        left = self._end - self._now()
        if left <= 0:
            raise TimeoutError("the deadline has passed")
        return left

    def renew(self, seconds: float) -> None:
        """Begins anew, for the next of several requests."""
        self._end = self._now() + seconds

    def spend(self, seconds: float) -> bool:
        """Takes seconds off, for a wait before another try; False, and nothing taken, if they are
        not left.
        """
        if self._now() + seconds >= self._end:
            return False
        self._end -= seconds
        return True

    @contextmanager
    def paused(self) -> Iterator[None]:
        """The time that the block takes does not count."""
        start = self._now()
        yield
        self._end += self._now() - start
