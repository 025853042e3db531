"""The folder of stores, as running servers have it: shared by several, full, or removed."""

import contextlib
import os
import resource
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from support.served import Served, descendants, served
from support.small_releases import make

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux only")

TEXT = "SELECT ?text { ?s <http://example.org/says> ?text }"


def text_of(server: Served) -> str:
    """What the release says that is served; empty for an error."""
    answer = server.query(f"{TEXT} # {time.monotonic()}", "text/csv")
    return answer.body.decode().split("\r\n")[1] if answer.status == 200 else ""


def becomes(is_so: Callable[[], bool], seconds: float = 40.0) -> bool:
    """Whether something is so before so many seconds have passed."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_so():
            return True
        time.sleep(0.2)
    return False


def is_ready(server: Served) -> bool:
    return server.ask("GET", "/ready").status == 200


def stores(cache: Path) -> list[str]:
    """The stores in a cache, and what is no store; without the gate."""
    return sorted(each.name for each in (cache / "stores").iterdir() if each.name != ".gate")


def end_workers(server: Served) -> None:
    """Ends all processes that answer queries, and what forks them."""
    for child in sorted(server.children(), key=lambda each: len(descendants(each))):
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


@pytest.mark.parametrize("whole", [True, False], ids=["all of it", "one file"])
def test_what_was_removed_is_made_again(tmp_path: Path, whole: bool) -> None:
    """Queries are answered meanwhile, and after the end of all that has the store in memory."""
    make(tmp_path / "public", "text 0")
    cache = tmp_path / "cache"
    cache.mkdir()
    with served(tmp_path / "public", cache, "--workers", "2") as server:
        tag = server.ask("GET", "/doc/project/A1.ttl").headers
        if whole:
            shutil.rmtree(cache / "stores")
        else:
            next(cache.rglob("dump.nq")).unlink()
        assert text_of(server) == "text 0"
        assert becomes(lambda: bool(list(cache.rglob("stores/*/dump.nq"))))
        assert becomes(lambda: is_ready(server))
        end_workers(server)
        assert becomes(lambda: text_of(server) == "text 0" and is_ready(server))
        again = server.ask("GET", "/doc/project/A1.ttl").headers
        assert (again["etag"], again["last-modified"]) == (tag["etag"], tag["last-modified"])
        make(tmp_path / "public", "text 1")
        assert becomes(lambda: text_of(server) == "text 1")


def test_what_there_was_no_room_for_is_tried_again(tmp_path: Path) -> None:
    """The release before is served meanwhile."""
    make(tmp_path / "public", "text 0")
    with served(tmp_path / "public", tmp_path, "--workers", "2") as server:
        limits = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (100, limits[1]))
        make(tmp_path / "public", "text 1")
        for _ in range(8):
            time.sleep(0.5)
            assert text_of(server) == "text 0" and is_ready(server)
        assert not [name for name in stores(tmp_path) if name.startswith(".new-")]
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, limits)
        assert becomes(lambda: text_of(server) == "text 1")


def test_a_folder_without_room_is_told(published: Path, tmp_path: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
    try:
        with pytest.raises(AssertionError, match="has ended"), served(published, tmp_path):
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert stores(tmp_path) == []
    said = (tmp_path / "serve.log").read_text("utf-8").splitlines()[-1]
    assert "no store can be built" in said
    assert said.endswith("make room, or name another folder with --cache")


def _both_say(one: Served, two: Served, text: str) -> bool:
    return text_of(one) == text_of(two) == text


def test_several_servers_share_a_folder(tmp_path: Path) -> None:
    """They open and exchange the same releases at once; one that is killed takes nothing away."""
    cache = tmp_path / "cache"
    cache.mkdir()
    make(tmp_path / "public", "text 0")
    with ExitStack() as leaving:
        folders = [tmp_path / name for name in "ab"]
        for folder in folders:
            folder.mkdir()
        one, two = (
            leaving.enter_context(
                served(tmp_path / "public", folder, "--workers", "2", "--cache", str(cache))
            )
            for folder in folders
        )
        for number in range(1, 4):
            make(tmp_path / "public", f"text {number}")
            assert becomes(partial(_both_say, one, two, f"text {number}"))
        one.process.kill()
        one.process.wait()
        end_workers(two)
        assert becomes(lambda: text_of(two) == "text 3" and is_ready(two))
        make(tmp_path / "public", "text 4")
        assert becomes(lambda: text_of(two) == "text 4")
        assert len([name for name in stores(cache) if name.endswith(".lock")]) == 1
    left = stores(cache)
    assert 1 <= len(left) <= 4
    assert not [name for name in left if name.endswith(".lock") or name.startswith(".new-")]


def test_servers_that_begin_at_once_build_one_store(published: Path, tmp_path: Path) -> None:
    cache, all_there = tmp_path / "cache", threading.Barrier(3, timeout=120)
    cache.mkdir()

    def one(name: str) -> tuple[int, list[str]]:
        (tmp_path / name).mkdir()
        with served(published, tmp_path / name, "--cache", str(cache)) as server:
            all_there.wait()
            found = server.query("ASK {}").status, stores(cache)
            all_there.wait()
        return found

    with ThreadPoolExecutor(3) as threads:
        for status, found in threads.map(one, "abc"):
            assert status == 200
            assert len([name for name in found if name.endswith(".lock")]) == 3
            assert len([name for name in found if not name.endswith(".lock")]) == 1
