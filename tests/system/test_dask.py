"""Work over a Dask cluster on this machine: the same as by one process, whichever worker is killed,
slow, full, or of another program.
"""

import errno
import gc
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import dask
import pytest
from distributed import LocalCluster
from support.dask_cluster import address, cluster
from support.listener import Listener

from idfgraph.model.errors import BadConfig, BadOutput
from idfgraph.system import dask_crew, dask_job, dask_scheduler
from idfgraph.system.dask_hand import look
from idfgraph.system.depot import depot
from idfgraph.system.workers import Limits, Lost

FULL = os.environ.get("IDFGRAPH_FULL") == "1"
LIMITS = Limits(seconds=2.0, seconds_each=0.0, bytes=1 << 30)
CHUNKS = [list(range(start, start + 2)) for start in range(0, 30, 2)]


@pytest.fixture(scope="module")
def two() -> Iterator[LocalCluster]:
    with cluster() as found:
        yield found


def act(items: Sequence[int]) -> list[int]:
    """Dies of 13, hangs on 27; else gives the items back."""
    if 13 in items:
        os._exit(9)
    if 27 in items:
        time.sleep(60)
    return list(items)


def refuse(items: Sequence[int]) -> list[int]:
    raise ValueError(f"not {items[0]}")


def test_only_the_guilty_are_lost_and_the_rest_is_in_order(two: LocalCluster) -> None:
    with dask_crew.dask_crew(address(two)) as crew:
        done = list(crew.in_order(act, CHUNKS, LIMITS))
    assert sorted(part.item for part in done if isinstance(part, Lost)) == [13, 27]
    kept = [item for part in done if not isinstance(part, Lost) for item in part]
    assert kept == [item for item in range(30) if item not in (13, 27)]


def test_what_the_work_raises_is_raised(two: LocalCluster) -> None:
    with (
        dask_crew.dask_crew(address(two)) as crew,
        pytest.raises(ValueError, match="not 0"),
    ):
        list(crew.in_order(refuse, CHUNKS))


class Hindered:
    """Work that goes wrong on the first worker that takes it up, which a file names."""

    def __init__(self, folder: Path, way: str) -> None:
        self._first, self._way = folder / "first", way

    def __call__(self, items: Sequence[int]) -> list[int]:
        worker = str(os.getppid())
        try:
            with self._first.open("x") as file:
                file.write(worker)
        except FileExistsError:
            time.sleep(0.1)
        if self._first.read_text() == worker:
            getattr(self, self._way)()
        return list(items)

    def killed(self) -> None:
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(10)

    def slow(self) -> None:
        time.sleep(1.0)

    def full(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("way", ["killed", "slow", "full"] if FULL else ["full"])
def test_one_worker_goes_wrong_and_nothing_is_lost(
    way: str, two: LocalCluster, tmp_path: Path
) -> None:
    with dask_crew.dask_crew(address(two)) as crew:
        done = list(crew.in_order(Hindered(tmp_path, way), CHUNKS))
    assert done == CHUNKS


def all_full(_: Sequence[int]) -> list[int]:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.skipif(not FULL, reason="takes long: .ci/long attacks")
def test_where_nobody_has_room_it_is_said(two: LocalCluster) -> None:
    with (
        dask_crew.dask_crew(address(two)) as crew,
        pytest.raises(BadOutput, match=r"no Dask worker can write \(2 tried\).*No space left"),
    ):
        list(crew.in_order(all_full, CHUNKS))


@pytest.mark.parametrize(
    "written", ["127.0.0.1:8786", "tcp://127.0.0.1:8786", "dask://127.0.0.1", "dask://h:x", "dask:"]
)
def test_what_is_no_address_is_told(written: str) -> None:
    with (
        pytest.raises(BadConfig, match="no address of a Dask scheduler; write dask://HOST:PORT"),
        dask_crew.dask_crew(written),
    ):
        pass


def test_where_nobody_listens_it_is_told_at_once() -> None:
    before = time.monotonic()
    with (
        pytest.raises(BadConfig, match=r"answers at dask://127.0.0.1:9: Connection refused; start"),
        dask_crew.dask_crew("dask://127.0.0.1:9"),
    ):
        pass
    assert time.monotonic() - before < 2


@pytest.fixture
def no_scheduler(request: pytest.FixtureRequest, two: LocalCluster) -> Iterator[str]:
    """The address of what listens and is no scheduler."""
    if request.param == "a worker":
        yield next(iter(two.workers.values())).worker_address.replace("tcp://", "dask://")
        return
    if request.param == "nobody who speaks":
        with socket.create_server(("127.0.0.1", 0)) as silent:
            yield f"dask://127.0.0.1:{silent.getsockname()[1]}"
        return
    listener = Listener(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    yield listener.address.rstrip("/").replace("http://", "dask://")
    listener.close()


@pytest.mark.parametrize(
    "no_scheduler", ["a worker", "nobody who speaks", "a web server"], indirect=True
)
def test_what_listens_and_is_no_scheduler_is_told_and_nothing_is_left(
    no_scheduler: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dask_scheduler, "_ANSWER", 0.5)
    before = set(threading.enumerate())
    with (
        pytest.raises(BadConfig, match=rf"{no_scheduler} does not answer as a Dask scheduler; nam"),
        dask_crew.dask_crew(no_scheduler),
    ):
        pass
    gc.collect()
    assert set(threading.enumerate()) <= before
    assert capfd.readouterr().err == ""


def test_a_scheduler_that_wants_tls_is_not_reached_without_a_certificate() -> None:
    with (
        dask.config.set({"distributed.comm.require-encryption": True}),
        pytest.raises(BadConfig, match="Dask is to speak TLS, and has no certificate; name its"),
        dask_crew.dask_crew("dask://127.0.0.1:9"),
    ):
        pass


def test_a_worker_of_another_program_is_told_before_any_work(
    two: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = look("")._replace(program="another")
    monkeypatch.setattr(dask_crew, "look", lambda file: other if not file else look(file))
    with (
        pytest.raises(BadConfig, match=r"of the Dask cluster has another program: idfgraph .*same"),
        dask_crew.dask_crew(address(two)),
    ):
        pass


def test_a_worker_of_another_program_that_comes_later_is_told(
    two: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    with dask_crew.dask_crew(address(two)) as crew:
        monkeypatch.setattr(dask_crew, "program", lambda: "another")
        with pytest.raises(BadConfig, match="of the Dask cluster has another program"):
            list(crew.in_order(act, CHUNKS))


def test_a_worker_that_sees_another_disk_is_told(
    two: LocalCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_crew, "look", lambda _: look(str(tmp_path / "elsewhere")))
    with (
        pytest.raises(BadConfig, match=r"of the Dask cluster does not see .* by TMPDIR, or"),
        dask_crew.dask_crew(address(two)),
    ):
        pass


def test_a_worker_that_does_not_see_a_depot_is_told(two: LocalCluster) -> None:
    seen = r"of the Dask cluster does not see what is written to memory://: No such file.*by --runs"
    with (
        depot("memory://") as there,
        pytest.raises(BadConfig, match=seen),
        dask_crew.dask_crew(address(two), there),
    ):
        pass


def test_a_worker_whose_writing_is_not_seen_is_told(
    two: LocalCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_crew, "meet", lambda _: "elsewhere")
    with (
        depot(str(tmp_path)) as there,
        pytest.raises(BadConfig, match=f"what tcp.* writes to {tmp_path} is not seen: No such fil"),
        dask_crew.dask_crew(address(two), there),
    ):
        pass
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("url", "said"), [("s4://a", "s4"), ("no/folder", "No such file or dir")])
def test_an_address_that_holds_nothing_is_told(url: str, said: str) -> None:
    with pytest.raises(BadConfig, match=f"{url} cannot hold .*{said}"), depot(url):
        pass


def test_a_process_without_idfgraph_is_told() -> None:
    missing = ModuleNotFoundError("No module named 'idfgraph'")
    with pytest.raises(BadConfig, match="w1 of the Dask cluster cannot run idfgraph: No module"):
        dask_crew._check("w1", missing, look(""))


@pytest.mark.parametrize(
    ("way", "said"), [("scale", "no Dask worker is left"), ("close", "the Dask scheduler is gone")]
)
@pytest.mark.skipif(not FULL, reason="takes long: .ci/long attacks")
def test_a_cluster_that_goes_away_is_told(
    way: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_job, "_PATIENCE", 2.0)
    with cluster() as found, dask_crew.dask_crew(address(found)) as crew:
        work = crew.in_order(Hindered(tmp_path, "slow"), CHUNKS * 9)
        next(work)
        found.scale(0) if way == "scale" else found.close()
        with pytest.raises(BadOutput, match=said):
            list(work)
