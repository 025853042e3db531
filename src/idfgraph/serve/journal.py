"""What a server writes down on standard error: a line of JSON for each thing that happened, without
a word of who asked or what.
"""

import logging
import os
import threading
import time
import traceback
from collections import deque
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

#: Standard error.
_ERRORS = 2

#: Lines that wait to be written at most: a reader that stalls loses some, and stalls nobody.
_WAITING = 10_000

#: Seconds between two looks at what waits, and how long the end waits for the last lines.
_PERIOD, _LAST = 0.2, 2.0

#: How many frames of a defect are told.
_FRAMES = 12


class Exchange(NamedTuple):
    """A request and its answer, as far as they are written down."""

    request: str
    route: str
    method: str
    status: int
    seconds: float
    size: int


class Journal(logging.Handler):
    """Writes down exchanges, and what is logged, from a thread of its own."""

    def __init__(self, out: int = _ERRORS) -> None:
        super().__init__()
        self._out = out
        self._waiting: deque[tuple[float, str, Exchange | str]] = deque(maxlen=_WAITING)
        self._lost = 0
        self._over = threading.Event()
        self._writer = threading.Thread(target=self._write, name="journal", daemon=True)

    def begin(self) -> None:
        """Begins to write, also what the package logs."""
        package = logging.getLogger(__package__)
        package.setLevel(logging.INFO)
        package.addHandler(self)
        self._writer.start()

    def end(self) -> None:
        """Writes what waits, if somebody reads it, and ends."""
        logging.getLogger(__package__).removeHandler(self)
        self._over.set()
        self._writer.join(_LAST)

    def note(self, exchange: Exchange) -> None:
        """Notes an exchange, to be written soon."""
        self._take("info", exchange)

    def emit(self, record: logging.LogRecord) -> None:
        """Notes what is logged, to be written soon."""
        self._take(record.levelname.lower(), record.getMessage())

    def note_defect(self, request: str, error: Exception) -> None:
        """Notes what is wrong with the program: where it stood, and not what it was given."""
        frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
        where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
        self._take("error", f"request {request}: {type(error).__name__} in {where}")

    def _take(self, level: str, said: Exchange | str) -> None:
        self._lost += len(self._waiting) == _WAITING
        self._waiting.append((time.time(), level, said))

    def _write(self) -> None:
        while not self._over.wait(_PERIOD):
            self._write_waiting()
        self._write_waiting()

    def _write_waiting(self) -> None:
        lines = [_line(*self._waiting.popleft()) for _ in range(len(self._waiting))]
        if self._lost:
            lines.append(_line(time.time(), "warning", f"{self._lost} lines were lost"))
            self._lost = 0
        if lines:
            try:
                _put(self._out, "".join(lines).encode())
            except OSError:  # nobody reads it any more
                self._over.set()


def _put(out: int, text: bytes) -> None:
    """Writes past the buffers of Python: whoever stalls here keeps no lock that others wait for."""
    while text:
        text = text[os.write(out, text) :]


def _line(moment: float, level: str, said: Exchange | str) -> str:
    """What was noted, as a line of JSON.

    >>> print(_line(0.0, "info", "serves 1"), end="")
    {"time":"1970-01-01T00:00:00.000Z","level":"info","event":"serves 1"}
    """
    told = datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds")
    head = {"time": f"{told.removesuffix('+00:00')}Z", "level": level}
    if isinstance(said, str):
        return f"{msgspec.json.encode({**head, 'event': said}).decode()}\n"
    form = {
        "event": "request",
        "request": said.request,
        "route": said.route,
        "method": said.method,
        "status": said.status,
        "ms": round(said.seconds * 1000, 1),
        "bytes": said.size,
    }
    return f"{msgspec.json.encode({**head, **form}).decode()}\n"
