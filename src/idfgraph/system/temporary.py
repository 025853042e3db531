"""Folders for a while: removed when their block ends, and swept by a later run where one was killed
before that.
"""

import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from ..model.errors import BadOutput
from .disk import remove
from .lock import held

#: What the names of our folders begin with, what those of the locks beside them end in, and how
#: many digits stand between, in hex.
_PREFIX, _LOCK, _DIGITS = "idfgraph-", ".lock", 16

_OURS = re.compile(f"{_PREFIX}[0-9a-f]{{{_DIGITS}}}{_LOCK}")


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """An empty folder that is gone when the block ends.

    A lock beside it is held as long as it is in use, so that what a killed run left, or what could
    not be removed, is known, and swept first.

    >>> with temporary_folder() as folder:
    ...     folder.is_dir()
    True
    >>> folder.exists()
    False
    """
    root = Path(tempfile.gettempdir())
    _sweep(root)
    folder = root / f"{_PREFIX}{secrets.token_hex(_DIGITS // 2)}"
    lock = folder.with_name(f"{folder.name}{_LOCK}")
    with held(lock, partial(_remove, lock)):
        folder.mkdir(mode=0o700)
        yield folder


def _sweep(root: Path) -> None:
    """Removes the folders whose run is gone, with their locks."""
    for lock in (path for path in root.glob(f"{_PREFIX}*") if _OURS.fullmatch(path.name)):
        with suppress(OSError, BadOutput):
            if hasattr(os, "getuid") and lock.lstat().st_uid != os.getuid():
                continue
            with held(lock, partial(_remove, lock)):
                pass


def _remove(lock: Path) -> None:
    """Removes a folder, and then the lock beside it."""
    remove(lock.with_name(lock.name.removesuffix(_LOCK)))
    lock.unlink()
