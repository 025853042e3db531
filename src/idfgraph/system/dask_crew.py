"""Work over the machines of a Dask cluster, by futures alone: results in the order of the work,
whichever worker is slow, full or gone.
"""

import logging
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ..model.errors import BadConfig
from ..model.text import N_
from ..model.visible import masked
from .dask_hand import Errand, Look, look, meet
from .dask_job import SAME, DaskJob, stranger
from .dask_scheduler import dask_client
from .depot import Depot, words_of
from .program import program
from .temporary import temporary_folder
from .workers import Limits, Lost

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")
R = TypeVar("R")

_LOG = logging.getLogger("idfgraph.dask")

_UNSEEN_THERE = N_("{process} of the Dask cluster does not see what is written to {url}: {error}")
_UNSEEN_HERE = N_("what {process} of the Dask cluster writes to {url} is not seen: {error}")


@contextmanager
def dask_crew(address: str, depot: Depot | None = None) -> Iterator["DaskCrew"]:
    """The workers of the scheduler at an address (`dask://HOST:PORT`); BadConfig where they cannot
    do what this process does. What they write comes by a depot, or else the temporary folder.
    """
    with dask_client(address) as client:
        crew = DaskCrew(client, address)
        crew.check(sharing=not depot)
        if depot:
            crew.meet(depot)
        yield crew


class DaskCrew:
    """The workers of a Dask cluster."""

    def __init__(self, client: "Client", address: str) -> None:
        self._client, self._address = client, address

    def check(self, *, sharing: bool) -> None:
        """Nothing, or BadConfig where there are no workers, or one is of another program or does
        not see what it should.
        """
        if not self._client.nthreads():
            hint = N_("start some with: dask worker HOST:PORT --nthreads 1")
            said = N_("the Dask scheduler at {address} has no workers")
            raise BadConfig(said, hint=hint, address=self._address)
        here = look("")
        _check(self._address, self._scheduler(), here)
        with temporary_folder() as folder:
            file = folder / "probe"
            file.touch()
            looks = self._client.run(look, str(file), on_error="return")
        for worker, told in sorted(looks.items()):
            _check(worker, told, here)
            if sharing and not told.sees:
                raise _blind(worker, folder)
        _LOG.info("%d workers at %s", len(looks), self._address)

    def meet(self, depot: Depot) -> None:
        """Nothing, or BadConfig where a worker does not see in a depot what this process wrote, or
        this one what a worker wrote.
        """
        for worker, left in sorted(self._client.run(meet, depot, on_error="return").items()):
            if isinstance(left, Exception):
                raise _parted(_UNSEEN_THERE, worker, depot, left)
            try:
                depot.see(left)
            except (OSError, BadConfig) as error:
                raise _parted(_UNSEEN_HERE, worker, depot, error) from error

    def _scheduler(self) -> object:
        """What the scheduler says of itself; it unpacks what it hands on."""
        try:
            return self._client.run_on_scheduler(look, "")
        except ImportError as error:
            return error

    def in_order(
        self,
        work: Callable[[Sequence[T]], R],
        chunks: Iterable[Sequence[T]],
        limits: Limits = Limits(),
    ) -> Iterator[R | Lost[T]]:
        """What `work` makes of each chunk, in their order, as `workers.in_order` gives it."""
        errand = Errand(f"idfgraph-{secrets.token_hex(8)}", program(), limits)
        job: DaskJob[T, R] = DaskJob(self._client, errand, work)
        try:
            yield from job.results(chunks)
        finally:
            job.end()


def _check(process: str, told: object, here: Look) -> None:
    """Nothing, or BadConfig where a process of a cluster is not of this program."""
    if not isinstance(told, Look):
        said = N_("{process} of the Dask cluster cannot run idfgraph: {error}")
        raise BadConfig(said, hint=SAME, process=process, error=told)
    if told.program != here.program:
        raise stranger(process, told.versions, here.versions)


def _blind(process: str, folder: Path) -> BadConfig:
    hint = N_("name a folder that all see by TMPDIR, or an address by --runs")
    said = N_("{process} of the Dask cluster does not see {folder}")
    return BadConfig(said, hint=hint, process=process, folder=folder.parent)


def _parted(said: str, process: str, depot: Depot, error: Exception) -> BadConfig:
    """The error for a worker that a depot does not join with this process."""
    hint = N_("name by --runs a folder, or a bucket, that all machines have at this address")
    words = error.about.message if isinstance(error, BadConfig) else words_of(error)
    return BadConfig(said, hint=hint, process=process, url=masked(depot.given), error=words)
