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

#: Seconds that a batch may take over so many projects, and any other request meanwhile.
PROJECTS, BATCH, OTHER = 10_000, 1.5, 0.3


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


@pytest.mark.parametrize("count", [10, 50])
def test_a_batch_is_answered_in_time(
    large: Large, count: int, capsys: pytest.CaptureFixture[str]
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
    assert min(seconds) < BATCH


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
