"""What cannot be read: told at once, or noted so that the rest is read."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from ..model.errors import BadInput, OldFormat

T = TypeVar("T")

#: Called with each input that cannot be read.
Refuse = Callable[[BadInput], None]


def tried(read: Callable[[], T], refuse: Refuse | None) -> Iterator[T]:
    """What a reader gives; or nothing, once its BadInput has been handed to `refuse`; raised where
    there is none, and OldFormat always.

    >>> def fails() -> int:
    ...     raise BadInput("is empty")
    >>> list(tried(fails, print)), list(tried(lambda: 1, None))
    is empty
    ([], [1])
    """
    try:
        done = read()
    except BadInput as error:
        if refuse is None or isinstance(error, OldFormat):
            raise
        refuse(error)
    else:
        yield done


def once(refuse: Refuse | None) -> Refuse | None:
    """The same, called once only for what is wrong at one place."""
    seen: set[tuple[object, str]] = set()

    def told(error: BadInput) -> None:
        """Hands on what was not told before."""
        if refuse and (error.place, error.message) not in seen:
            seen.add((error.place, error.message))
            refuse(error)

    return told if refuse else None
