"""Names matched to things of a large release: in time, and others are answered meanwhile."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from threading import Thread
from typing import NamedTuple

import pytest
from support.reconciling import ADDRESS, Refine, publish_many
from support.served import Served, served

from idfgraph.model.layout import JSON_LD

#: Projects, and seconds that any other request may take while they are looked through.
PROJECTS, OTHER = 10_000, 0.3


class Large(NamedTuple):
    """A server of a large release, and the titles of its projects."""

    server: Served
    refine: Refine
    titles: list[str]


@pytest.fixture(scope="module")
def large(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Large]:
    folder = tmp_path_factory.mktemp("large")
    titles = publish_many(published, folder / "public", PROJECTS)
    with served(folder / "public", folder, "--base", ADDRESS, "--workers", "1") as found:
        yield Large(found, Refine(found), titles)


def queries(titles: list[str], count: int) -> list[dict[str, object]]:
    """Titles with a slip in each, and some that are cut."""
    some = titles[:: len(titles) // count][:count]
    slipped = [title.replace("e", "ee", 1) for title in some]
    return [
        {"query": title if number % 2 else title[: len(title) * 3 // 4], "type": "Project"}
        for number, title in enumerate(slipped)
    ]


@pytest.mark.parametrize(("count", "most"), [(10, 1.0), (50, 3.0)])
def test_a_batch_is_answered_in_time(
    large: Large, count: int, most: float, capsys: pytest.CaptureFixture[str]
) -> None:
    asked, seconds = queries(large.titles, count), []
    for _ in range(3):
        begun = time.monotonic()
        found = large.refine.match(asked, count)
        seconds.append(time.monotonic() - begun)
    step = len(large.titles) // count
    right = [
        bool(said) and said[0]["id"] == f"id/project/ZZ.{number * step:05}"
        for number, said in enumerate(found)
    ]
    with capsys.disabled():
        sys.stdout.write(f"\n{count} titles of {PROJECTS:,}: {min(seconds) * 1000:.0f} ms\n")
    assert all(right)
    assert min(seconds) < most


def test_a_release_that_takes_its_place_is_asked(published: Path, tmp_path: Path) -> None:
    publish_many(published, tmp_path / "public", 20)
    with served(tmp_path / "public", tmp_path, "--base", ADDRESS, "--workers", "1") as server:
        refine = Refine(server)
        asked: list[dict[str, object]] = [{"query": "ZZ.00030", "type": "Project"}]
        assert refine.match(asked) == [[]]
        publish_many(published, tmp_path / "public", 40)
        until = time.monotonic() + 60
        while not (found := refine.match(asked))[0]:
            assert time.monotonic() < until
            time.sleep(0.2)
        assert (found[0][0]["id"], found[0][0]["match"]) == ("id/project/ZZ.00030", True)


def test_a_damaged_dump_is_not_answered_from(published: Path, tmp_path: Path) -> None:
    publish_many(published, tmp_path / "public", 1)
    with served(tmp_path / "public", tmp_path, "--base", ADDRESS, "--workers", "1") as server:
        dump = tmp_path / "public" / JSON_LD
        whole = dump.read_bytes()
        for damaged in (b"", whole[:-9], whole.replace(b"Albania", b"Albanya")):
            dump.chmod(0o644)
            dump.write_bytes(damaged)
            assert server.ask("GET", "/reconcile").status == 503
        dump.write_bytes(whole)
        assert server.ask("GET", "/reconcile").status == 200


def test_others_are_answered_meanwhile(large: Large) -> None:
    asked = {f"q{n}": each for n, each in enumerate(queries(large.titles, 100))}
    threads = [Thread(target=large.refine.posted, kwargs={"queries": asked}) for _ in range(4)]
    for thread in threads:
        thread.start()
    waited = []
    while any(thread.is_alive() for thread in threads):
        waited.append(large.server.ask("GET", "/health").seconds)
    for thread in threads:
        thread.join()
    assert len(waited) > 5
    assert median(waited) < OTHER
