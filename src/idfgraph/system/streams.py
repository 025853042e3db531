"""The three streams of a program, closed, full or broken as they may be."""

import os
import sys
from contextlib import suppress
from typing import TextIO

#: The number of each stream, and how its place is held where it is closed: so that reading or
#: printing fails as it should, while what is told of errors goes nowhere.
_PLACES = ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_WRONLY))


def ready() -> None:
    """Holds the places of streams that are closed, so that no file of ours is taken for one; text
    is written as UTF-8, what cannot be as `?`.
    """
    for number, flags in _PLACES:
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)
    sys.stdin = sys.stdin or os.fdopen(0, "r", closefd=False)
    sys.stdout = sys.stdout or os.fdopen(1, "w", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", closefd=False)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def drop(stream: TextIO) -> None:
    """Lets what could not be written go, so that nothing is said of it when the program ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def tell(text: str) -> None:
    """Writes a line to standard error; where that is full or broken there is nobody to tell."""
    try:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    except OSError:
        drop(sys.stderr)
