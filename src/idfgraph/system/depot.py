"""A folder for one job that several machines reach by an address (`s3://bucket/folder`), by fsspec,
an extra.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model.errors import BadConfig
from ..model.text import N_
from ..model.visible import masked

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

#: What is written and read back before any work is done.
_PROBE = b"idfgraph"


class Depot(NamedTuple):
    """The address of a folder of one job, which is gone when the job ends."""

    url: str

    def put(self, path: Path, name: str) -> None:
        """Copies a file to where others reach it by a name."""
        files, root = _filesystem(self.url)
        files.makedirs(f"{root}/{name}".rpartition("/")[0], exist_ok=True)
        files.put_file(str(path), f"{root}/{name}")

    def get(self, name: str, path: Path) -> None:
        """Copies what has a name to a file, whole or not at all; FileNotFoundError if nothing
        has.
        """
        files, root = _filesystem(self.url)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = path.with_name(f".{secrets.token_hex(8)}")
        try:
            files.get_file(f"{root}/{name}", str(aside))
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)

    def drop(self, name: str) -> None:
        """Removes what has a name."""
        files, root = _filesystem(self.url)
        files.rm_file(f"{root}/{name}")


@contextmanager
def depot(url: str) -> Iterator[Depot]:
    """A new folder at an address, removed when the block ends; BadConfig if it cannot be used.

    >>> with depot("memory://runs") as there:
    ...     there.url.startswith("memory://runs/idfgraph-")
    True
    """
    there = Depot(f"{url.rstrip('/')}/idfgraph-{secrets.token_hex(8)}")
    try:
        files, root = _filesystem(there.url)
        files.makedirs(root, exist_ok=True)
        files.pipe_file(f"{root}/probe", _PROBE)
        same = files.cat_file(f"{root}/probe") == _PROBE
    except (ImportError, ValueError, OSError) as error:
        raise _unusable(url, str(error)) from error
    if not same:
        raise _unusable(url, "it gives back other bytes")
    try:
        yield there
    finally:
        with suppress(OSError):
            files.rm(root, recursive=True)


def _unusable(url: str, said: str) -> BadConfig:
    hint = N_("name a folder or a bucket that all machines may write to, and install what reads it")
    return BadConfig(
        N_("{url} cannot hold the runs: {said}"), hint=hint, url=masked(url), said=said
    )


def _filesystem(url: str) -> tuple["AbstractFileSystem", str]:
    from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra

    found: tuple[Any, str] = url_to_fs(url)
    return found
