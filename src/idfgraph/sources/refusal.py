"""What cannot be read: told at once, or noted so that the rest is read."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from ..model.errors import BadInput, OldFormat, Place
from ..model.text import N_
from ..system.reading import unreadable
from ..system.within import FolderEntry

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


def missing(source: object, error: OSError) -> BadInput:
    """The error for a source that is not there, or cannot be listed."""
    hint = N_("name a folder or file of pages or records")
    absent = BadInput(N_("does not exist"), Place(str(source)), hint=hint)
    return absent if isinstance(error, FileNotFoundError) else unreadable(source, error)


def no_file(entry: FolderEntry, path: object) -> BadInput:
    """The error for what is no regular file in its source."""
    said = {
        "out": (N_("is a link that leads out of its folder"), N_("put the file itself there")),
        "dead": (N_("is a link that leads nowhere"), N_("mend it, or remove it")),
        "folder": (N_("is a folder"), N_("put a file there")),
        "file": (N_("is a file"), N_("make a folder of it")),
        "other": (N_("is no regular file"), N_("put a file there, or remove it")),
    }
    message, hint = said[entry.kind]
    return BadInput(message, Place(str(path)), hint=hint)
