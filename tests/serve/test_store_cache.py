"""Stores of releases: built once, checked, kept while they are read, and swept."""

import os
import shutil
import threading
import time
from pathlib import Path

import pytest
from pyoxigraph import Store

from idfgraph.model.errors import BadOutput, BadQuery
from idfgraph.serve.answers import store_cache
from idfgraph.serve.answers.store_cache import default_cache, kept


@pytest.fixture
def release(published: Path, tmp_path: Path) -> Path:
    """What a server reads of a release."""
    copy = tmp_path / "release"
    for path in ("SHA256SUMS", "release.json", "data/idf.nq"):
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(published / path, copy / path)
    return copy


def test_is_built_once_and_holds_the_dump(release: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with kept(release, cache) as store:
        lines = (release / "data" / "idf.nq").read_bytes().count(b"\n")
        assert store.figures.quads == lines == len(Store.read_only(str(store.path)))
        assert store.figures.default + sum(store.figures.graphs.values()) == lines
        before = store.path.stat().st_ino
        with kept(release, cache) as same:
            assert (same.path, same.path.stat().st_ino) == (store.path, before)
    with kept(release, cache) as again:
        assert again.path.stat().st_ino == before
    assert {each.name for each in (cache / "stores").glob("*.lock")} == set()


def test_a_damaged_dump_is_refused(release: Path, tmp_path: Path) -> None:
    with (release / "data" / "idf.nq").open("ab") as dump:
        dump.write(b"<x:a> <x:b> <x:c> .\n")
    with pytest.raises(BadQuery, match="not what its sum says"), kept(release, tmp_path / "cache"):
        pass
    assert not list((tmp_path / "cache" / "stores").glob(".new-*"))


@pytest.mark.parametrize("harm", ["cut", "gone", "no figures", "other words", "a bit"])
def test_a_damaged_store_is_built_again(release: Path, tmp_path: Path, harm: str) -> None:
    with kept(release, tmp_path / "cache") as store:
        place = store.path
    data = next(place.glob("*.sst"))
    if harm == "cut":
        os.truncate(data, data.stat().st_size // 2)
    elif harm == "other words":
        copy = place.parent / "dump.nq"
        copy.write_bytes(copy.read_bytes().replace(b"Albania", b"Abalnia"))
    elif harm == "a bit":
        held = bytearray(data.read_bytes())
        held[len(held) // 3] ^= 1
        data.write_bytes(held)
    elif harm == "gone":
        data.unlink()
    else:
        (place.parent / "figures.json").write_text("{}", "utf-8")
    with kept(release, tmp_path / "cache") as store:
        assert len(Store.read_only(str(store.path))) == store.figures.quads
        assert b"Abalnia" not in (store.path.parent / "dump.nq").read_bytes()


def test_what_killed_servers_left_is_swept(release: Path, tmp_path: Path) -> None:
    stores = tmp_path / "cache" / "stores"
    (stores / ".new-0123").mkdir(parents=True)
    (stores / ".new-0123.lock").touch()
    (stores / "old-0.5.0.0123.lock").touch()
    for number in range(5):
        (stores / f"old{number}-0.5.0").mkdir()
        os.utime(stores / f"old{number}-0.5.0", (number, number))
    with kept(release, tmp_path / "cache") as store:
        found = {each.name for each in stores.iterdir() if each.is_dir()}
        assert found == {store.path.parent.name, "old3-0.5.0", "old4-0.5.0"}
        assert len(list(stores.glob("*.lock"))) == 1


def test_what_another_reads_stays(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_cache, "_SPARE", 0)
    with kept(release, tmp_path / "cache") as store:
        other = tmp_path / "other"
        shutil.copytree(release, other)
        (other / "SHA256SUMS").write_bytes((release / "SHA256SUMS").read_bytes() + b"")
        sums = (other / "SHA256SUMS").read_text("utf-8").splitlines(keepends=True)
        (other / "SHA256SUMS").write_text("".join(reversed(sums)), "utf-8")
        with kept(other, tmp_path / "cache") as following:
            assert following.path != store.path
            assert store.path.is_dir()
    with kept(other, tmp_path / "cache"):
        assert not store.path.is_dir()


def test_nothing_is_marked_while_another_sweeps(release: Path, tmp_path: Path) -> None:
    """Who sweeps has each lock for a moment: a server that began just then was refused."""
    stores, found = tmp_path / "cache" / "stores", list[int]()
    stores.mkdir(parents=True)

    def serve() -> None:
        with kept(release, tmp_path / "cache") as store:
            found.append(store.figures.quads)

    thread = threading.Thread(target=serve)
    with store_cache._gate(stores):
        before = set(stores.iterdir())
        thread.start()
        time.sleep(0.3)
        assert set(stores.iterdir()) == before
    thread.join()
    assert len(found) == 1


def test_two_servers_at_once(release: Path, tmp_path: Path) -> None:
    found, faults = [], []

    def serve() -> None:
        try:
            with kept(release, tmp_path / "cache") as store:
                found.append(len(Store.read_only(str(store.path))))
        except (BadOutput, BadQuery, OSError) as error:
            faults.append(error)

    threads = [threading.Thread(target=serve) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(set(found)), faults) == (3, 1, [])


def test_a_cache_that_cannot_be_written_says_so(release: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("", "utf-8")
    with (
        pytest.raises(BadOutput, match="no store can be kept") as error,
        kept(release, tmp_path / "cache"),
    ):
        pass
    assert "--cache" in str(error.value)


def test_default_cache_is_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert default_cache() == tmp_path / "idfgraph"
    monkeypatch.setattr("sys.platform", "darwin")
    assert default_cache() == Path.home() / "Library" / "Caches" / "idfgraph"
