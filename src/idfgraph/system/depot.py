"""Where files of one job lie that several machines reach: a folder that all see, or an address
(`s3://bucket/folder`), by fsspec, an extra.
"""

import atexit
import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..model.errors import BadConfig
from ..model.system_words import of_system
from ..model.text import N_, Texts
from ..model.visible import masked
from .temporary import temporary_folder

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

#: What is written before any work is done, under which name.
_SIGN, PROBE = b"idfgraph", "probe"


class Depot(NamedTuple):
    """The address of a folder of one job, which is gone when the job ends; `given` is what it is
    in.
    """

    url: str
    given: str

    def put(self, path: Path, name: str) -> None:
        """Copies a file to where others reach it by a name."""
        with _reaching(self) as (files, root):
            files.put_file(str(path), f"{root}/{name}")

    def get(self, name: str, path: Path) -> None:
        """Copies what has a name to a new file; FileNotFoundError if nothing has."""
        with _reaching(self) as (files, root):
            if not files.exists(f"{root}/{name}"):
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
            files.get_file(f"{root}/{name}", str(path))

    def sign(self, name: str) -> None:
        """Leaves a sign under a name, for others to see."""
        with _reaching(self) as (files, root):
            files.pipe_file(f"{root}/{name}", _SIGN)

    def see(self, name: str) -> None:
        """Nothing, or FileNotFoundError where no sign is seen under a name."""
        with _reaching(self) as (files, root):
            if files.cat_file(f"{root}/{name}") != _SIGN:
                raise FileNotFoundError(name)

    def drop(self, name: str) -> None:
        """Removes what has a name."""
        with _reaching(self) as (files, root):
            files.rm_file(f"{root}/{name}")


class RunFolder(NamedTuple):
    """The folder that runs come to, and the depot by which they do, if not all machines see it."""

    folder: Path
    depot: Depot | None = None

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """A folder to write runs in, which are sent where they belong when the block ends."""
        if not self.depot:
            yield self.folder
            return
        with temporary_folder() as folder:
            yield folder
            for run in folder.iterdir():
                self.depot.put(run, run.name)

    def brought(self, run: Path) -> Path:
        """A run that was written here or elsewhere, in the folder."""
        if not self.depot:
            return run
        here = self.folder / run.name
        self.depot.get(run.name, here)
        self.depot.drop(run.name)
        return here


@cache
def fetched(depot: Depot, name: str) -> Path | None:
    """A copy of what has a name, for as long as this process lives; None if nothing has."""
    here = _here() / name
    try:
        depot.get(name, here)
    except FileNotFoundError:
        return None
    return here


@cache
def _here() -> Path:
    """A folder for as long as this process lives; a later run sweeps it if that is killed."""
    life = ExitStack()
    atexit.register(life.close)
    return life.enter_context(temporary_folder())


@contextmanager
def depot(url: str) -> Iterator[Depot]:
    """A new folder at an address, removed when the block ends; BadConfig if it cannot be used.

    >>> with depot("memory://") as there:
    ...     there.url.startswith("memory://idfgraph-")
    True
    """
    whole = url if "://" in url else str(Path(url).absolute())
    slash = "" if whole.endswith("/") else "/"
    there = Depot(f"{whole}{slash}idfgraph-{secrets.token_hex(8)}", url)
    try:
        with _reaching(there) as (files, root):
            files.mkdir(root, create_parents=False)
        there.sign(PROBE)
    except OSError as error:
        raise _unusable(there, error) from error
    try:
        yield there
    finally:
        with suppress(OSError, BadConfig), _reaching(there) as (files, root):
            files.rm(root, recursive=True)


@contextmanager
def _reaching(where: Depot) -> Iterator[tuple["AbstractFileSystem", str]]:
    """What reads and writes at an address, and the path there; of what goes wrong, an OSError is
    raised as it is, all else as BadConfig: each system has errors of its own.
    """
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra

        yield url_to_fs(where.url)
    except OSError:
        raise
    except Exception as error:
        raise _unusable(where, error) from error


def _unusable(where: Depot, error: Exception) -> BadConfig:
    return BadConfig(
        N_("{url} cannot hold what machines share: {error}"),
        hint=N_("name a folder, or a bucket, that all may write to, and install what reaches it"),
        url=masked(where.given),
        error=words_of(error),
    )


def words_of(error: Exception) -> Texts | str:
    """What an error says, or at least which it is."""
    return of_system(error) if isinstance(error, OSError) else str(error) or type(error).__name__
