"""Processes under supervision: killed at any moment, stopped by any signal, orphaned, limited; what
ends well ends with the same bytes.
"""

import errno
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.context import SpawnProcess
from pathlib import Path

import msgspec
import pytest

from idfgraph.model.errors import BadOutput
from idfgraph.sources.records import read_record
from idfgraph.system import resources
from idfgraph.system.child import Child, Ended
from idfgraph.system.interrupts import STOPPING, Interrupted, undisturbed
from idfgraph.system.temporary import temporary_folder
from idfgraph.system.workers import Lost, in_order

FULL = os.environ.get("IDFGRAPH_FULL") == "1"
KILLS, SIGNALS = (200, 50) if FULL else (12, 4)
if sys.platform != "win32":
    import resource

LINUX = sys.platform == "linux"
pytestmark = pytest.mark.skipif(not LINUX, reason="reads /proc")

#: Seconds after which a program that was asked to stop, or lost a child, counts as hanging.
PATIENCE = 60

COMMAND = (sys.executable, "-m", "idfgraph", "publish")


def slow(items: Sequence[int]) -> list[int]:
    time.sleep(0.02)
    return list(items)


def large(items: Sequence[int]) -> list[str]:
    return ["x" * 3_000_000 for _ in items]


def sleepy(_: Sequence[int]) -> None:
    time.sleep(600)


def limit_of(_: Sequence[int]) -> int:
    return resource.getrlimit(resource.RLIMIT_AS)[0]


def children_of(parent: int) -> list[int]:
    """The processes that a process has started, but for the one that tracks what they share."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == parent and fields[0] != "Z" and b"resource_tracker" not in command:
            found.append(int(entry.name))
    return found


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("work", [slow, large])
def test_kills_at_any_moment_hang_nothing(work: Callable[[Sequence[int]], list[object]]) -> None:
    """Children are killed while they start, work and answer; each item is given back or lost."""
    chance, chunks = random.Random(KILLS), [[n, n + 1] for n in range(0, 80, 2)]
    started, kills = time.monotonic(), 0
    while kills < KILLS // 2:
        given, lost = 0, 0
        for done in in_order(work, chunks, 2):
            given, lost = (given, lost + 1) if isinstance(done, Lost) else (given + len(done), lost)
            if chance.random() < 0.2 and (found := children_of(os.getpid())):
                time.sleep(chance.random() * 0.05)
                with suppress(ProcessLookupError):
                    os.kill(chance.choice(found), signal.SIGKILL)
                kills += 1
        assert given + lost == 80
    assert time.monotonic() - started < PATIENCE * (10 if FULL else 1)


def test_a_process_killed_at_its_start_is_told() -> None:
    child: Child[Sequence[int], list[int]] = Child(slow, 1 << 40)
    child.kill()
    with pytest.raises(Ended):
        child.ask([1], 5)


@pytest.mark.parametrize("blow", [signal.SIGSTOP, signal.SIGKILL])
def test_a_process_that_stalls_or_dies_at_its_start_is_replaced(
    blow: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks has their answer from another process, and none is left."""
    started = list[Path]()

    def struck(process: SpawnProcess) -> None:
        start(process)
        if process.pid and not started:
            os.kill(process.pid, blow)
        started.append(Path(f"/proc/{process.pid}"))

    start = SpawnProcess.start
    monkeypatch.setattr(SpawnProcess, "start", struck)
    monkeypatch.setattr("idfgraph.system.child._STARTS", (2.0, 60.0))
    child: Child[Sequence[int], list[int]] = Child(slow, 1 << 40)
    assert child.ask([1], 60) == [1]
    assert [process.exists() for process in started] == [False, True]
    child.end()


def test_where_no_process_can_be_started_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """No item is taken for a guilty one."""

    def refused(_: SpawnProcess) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(SpawnProcess, "start", refused)
    with pytest.raises(BadOutput, match="no other process can be started"):
        list(in_order(slow, [[1], [2]], 2))


def test_a_process_that_takes_too_long_is_ended() -> None:
    child: Child[Sequence[int], None] = Child(sleepy, 1 << 40)
    started = time.monotonic()
    with pytest.raises(Ended, match="too long"):
        child.ask([1], 0.5)
    assert time.monotonic() - started < PATIENCE
    assert not children_of(os.getpid())


def test_a_limit_never_exceeds_an_inherited_one() -> None:
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))\n"
        "from idfgraph.system.workers import in_order\n"
        "from system.test_supervision import limit_of\n"
        "if __name__ == '__main__': print(set(in_order(limit_of, [[1], [2]], 2)) == {3 << 30})\n"
    )
    assert _python(code).strip() == "True"


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_outlives_its_parent(blow: int) -> None:
    code = (
        "from idfgraph.system.workers import in_order\n"
        "from system.test_supervision import sleepy\n"
        "if __name__ == '__main__': list(in_order(sleepy, [[1], [2], [3]], 2))\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    try:
        found = _awaited(parent.pid)
        os.kill(parent.pid, blow)
        parent.wait(PATIENCE)
    finally:
        parent.kill()
    ends = time.monotonic() + 2
    while any(map(alive, found)) and time.monotonic() < ends:
        time.sleep(0.05)
    assert found
    assert not any(map(alive, found))


@pytest.mark.parametrize("number", STOPPING)
def test_a_signal_leaves_one_line(number: int, tmp_path: Path) -> None:
    """At any moment of a publish: one line, no child, no folder, nothing published."""
    chance = random.Random(number)
    lines = _records(tmp_path, 1200)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    for _ in range(SIGNALS):
        run = subprocess.Popen(
            [*COMMAND, str(lines), "--jobs", "2", "--out", str(tmp_path / "public")],
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, "TMPDIR": str(temporary)},
        )
        _listening(run.pid)
        time.sleep(chance.random() * 3)
        found = children_of(run.pid)
        os.killpg(run.pid, number)
        _, said = run.communicate(timeout=PATIENCE)
        if run.returncode == 0:
            continue
        assert (run.returncode, said.count("\n")) == (128 + number, 1), said
        assert said.startswith("idfgraph: stopped; ")
        assert not [one for one in found if alive(one)]
        assert not list(temporary.iterdir())
        assert (tmp_path / "public").exists() == ("is the new release" in said)


@pytest.mark.parametrize("number", STOPPING)
def test_what_tracks_children_outlives_a_signal(number: int) -> None:
    """Else the next child that starts prints that it is gone."""
    code = (
        "import os, signal, time\n"
        "from multiprocessing import resource_tracker\n"
        "from idfgraph.system.child import Child\n"
        "for number in (1, 2, 15): signal.signal(number, lambda *_: None)\n"
        "Child(abs, 1 << 32).ask(-1, 60)\n"
        "before = resource_tracker._resource_tracker._pid\n"
        f"os.killpg(0, {number})\n"
        "time.sleep(0.3)\n"
        "Child(abs, 1 << 32).ask(-1, 60)\n"
        "print(resource_tracker._resource_tracker._pid == before)\n"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, start_new_session=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "True\n", "")


def test_what_is_critical_is_not_disturbed() -> None:
    code = (
        "import os, signal\n"
        "from idfgraph.system.interrupts import Interrupted, listen, undisturbed\n"
        "listen()\n"
        "try:\n"
        "    with undisturbed():\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "        print('whole')\n"
        "    print('never')\n"
        "except Interrupted as stopped:\n"
        "    print(stopped.exit_code)\n"
    )
    assert _python(code).split() == ["whole", "143"]


def test_a_signal_that_got_lost_is_sent_again() -> None:
    code = (
        "import os, signal, time\n"
        "from idfgraph.system.interrupts import Interrupted, listen\n"
        "listen()\n"
        "try:\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    time.sleep(60)\n"
        "except Interrupted:\n"
        "    pass\n"
        "try:\n"
        "    time.sleep(60)\n"
        "except Interrupted as stopped:\n"
        "    print(stopped.exit_code)\n"
    )
    assert _python(code).strip() == "130"


def test_a_signal_while_an_object_is_thrown_away_is_no_traceback() -> None:
    code = (
        "import os, signal, time\n"
        "from idfgraph.system.interrupts import Interrupted, listen\n"
        "class Late:\n"
        "    def __del__(self):\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "        time.sleep(0.1)\n"
        "listen()\n"
        "Late()\n"
        "try:\n"
        "    time.sleep(60)\n"
        "except Interrupted as stopped:\n"
        "    print(stopped.exit_code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    assert (done.stdout, done.stderr) == ("130\n", "")


def test_what_a_killed_run_left_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    code = (
        "import os, tempfile\n"
        f"tempfile.tempdir = {str(tmp_path)!r}\n"
        "from idfgraph.system.temporary import temporary_folder\n"
        "with temporary_folder() as folder:\n"
        "    (folder / 'run-0').write_text('x')\n"
        "    os._exit(9)\n"
    )
    _python(code, code=9)
    foreign = {tmp_path / "idfgraph-notes", tmp_path / "idfgraph-notes.lock"}
    for each in foreign:
        each.mkdir() if each.suffix == "" else each.touch()
    left = set(tmp_path.iterdir()) - foreign
    assert len(left) == 2
    with temporary_folder() as mine, temporary_folder() as another:
        assert mine.is_dir()
        assert another.is_dir()
        assert not any(path.exists() for path in left)
    assert set(tmp_path.iterdir()) == foreign


def test_what_cannot_be_removed_ends_no_run_and_is_swept_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with monkeypatch.context() as broken:
        broken.setattr("idfgraph.system.temporary.remove", _refuse)
        with temporary_folder() as folder:
            (folder / "run-0").write_text("x")
    assert folder.exists()
    with temporary_folder():
        assert not folder.exists()
    assert not list(tmp_path.iterdir())


def _refuse(path: Path) -> None:
    """A disk that does not give up what stands there."""
    raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))


def test_stopping_is_no_ordinary_exception() -> None:
    """No `except Exception`, and no library that turns KeyboardInterrupt into its own, stops it."""
    assert not issubclass(Interrupted, Exception | KeyboardInterrupt)
    with undisturbed():
        assert Interrupted(signal.SIGHUP).exit_code == 129


def _python(text: str, code: int = 0) -> str:
    """What a program prints that ends with an exit code."""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", text],
        capture_output=True,
        check=False,
        text=True,
        timeout=PATIENCE,
        env={**os.environ, "PYTHONPATH": str(root / "tests")},
    )
    assert done.returncode == code, done.stderr
    return done.stdout


def _listening(process: int) -> None:
    """Waits until a process of ours handles the signals that stop it."""
    for _ in range(PATIENCE * 200):
        time.sleep(0.005)
        status = Path(f"/proc/{process}/status").read_text()
        if int(status.partition("SigCgt:")[2].split()[0], 16) >> (signal.SIGHUP - 1) & 1:
            return
    pytest.fail("the process does not handle signals")


def _awaited(parent: int) -> list[int]:
    """The children of a process, once there are two that work."""
    for _ in range(PATIENCE * 10):
        if len(found := children_of(parent)) >= 2:
            time.sleep(0.5)
            return found
        time.sleep(0.1)
    return []


def _records(folder: Path, number: int) -> Path:
    """A file of so many records, each like one that we have."""
    record, _ = read_record(resources.DATASET.parent / "records" / "V47-805.yaml")
    line = msgspec.json.encode(record).decode()
    page = record.sources[0].page
    path = folder / "records.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for one in range(number):
            digest = hashlib.sha256(b"%d" % one).hexdigest()
            file.write(line.replace("V47-805", f"PX.{one:04}").replace(page, digest) + "\n")
    return path


@pytest.fixture(autouse=True)
def _no_child_is_left() -> Iterator[None]:
    yield
    assert not children_of(os.getpid())
