"""Values to bytes and back, for processes of ours and for files that this one alone has."""

import pickle
import threading
from typing import Any

#: Threads pickle one after the other: CPython 3.11 collects garbage while it makes the dictionary
#: of an object; another thread that then makes one of the same object frees its values twice.
_PICKLING = threading.Lock()


def pickled(value: object) -> bytes:
    """A value as bytes.

    >>> unpickled(pickled("a"))
    'a'
    """
    with _PICKLING:
        return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def unpickled(data: bytes) -> Any:
    """The value of bytes that a process of ours made."""
    return pickle.loads(data)  # noqa: S301 - nobody else wrote them
