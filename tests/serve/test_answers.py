"""Questions to answers over one release, in processes that can be ended, without HTTP."""

import asyncio
import hashlib
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from idfgraph.serve.answers import Answers, Asked, QueryOutcome
from idfgraph.serve.answers.lanes import Lanes
from idfgraph.serve.answers.slow_lane import BUSY
from idfgraph.serve.limits import ServerLimits

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
DEEP = "ASK { FILTER(" + "STR(" * 20_000 + "1" + ")" * 20_000 + " = '1') }"
DOUBLED = " ".join(f"BIND(CONCAT(?t{n}, ?t{n}) AS ?t{n + 1})" for n in range(40))
MEMORY = f"SELECT * {{ BIND('0123456789' AS ?t0) {DOUBLED} }}"
ONE = "SELECT * { ?s ?p ?o } LIMIT 1"
WAYS = [
    pytest.param(False, marks=pytest.mark.skipif(sys.platform != "linux", reason="Linux only")),
    True,
]

Ask = Callable[[str], Awaitable[QueryOutcome]]


def run(
    published: Path, cache: Path, work: Callable[[Answers, Ask], Awaitable[None]], **more: object
) -> None:
    """Some work with what answers, which is closed after it."""

    async def life() -> None:
        limits = ServerLimits(workers=2, seconds=2.0, cache=cache, answer=100_000)
        answers = Answers(published, limits, spawns=bool(more.get("spawns")))

        async def ask(text: str) -> QueryOutcome:
            return await answers.ask(Asked(text, "http://example.org/"), "somebody")

        await answers.open()
        try:
            await asyncio.wait_for(work(answers, ask), 120)
        finally:
            await answers.close()
        assert not answers.is_ready

    asyncio.run(life())


@pytest.mark.parametrize("spawns", WAYS)
def test_answers_and_refusals(published: Path, tmp_path: Path, spawns: bool) -> None:
    async def work(answers: Answers, ask: Ask) -> None:
        assert answers.is_ready
        assert bool(answers.caveats) == spawns
        assert (await ask(ONE)).status == 200
        assert (await ask("SELECT")).body.startswith(b"the query is wrong at line 1, column ")
        assert (await ask("ASK { SERVICE <http://127.0.0.1:1/> {} }")).status == 403
        assert (await ask("SELECT * { ?s ?p ?o }")).status == 413
        late = await ask(CROSS)
        assert (late.status, late.body[:38]) == (503, b"the query took longer than 2 s; ask fo")
        assert (await ask(DEEP)).status == 400
        assert (await ask(MEMORY)).status in (400, 503)
        assert (await ask(ONE + " #")).status == 200
        for _ in range(200):
            await asyncio.sleep(0 if answers.is_ready else 0.05)
        assert answers.is_ready

    run(published, tmp_path, work, spawns=spawns)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux only")
def test_a_store_of_many_files_is_read_whole(tmp_path: Path) -> None:
    """The engine opens the first files of a store with it, and each other when it is asked for."""
    folder, limits = tmp_path / "store", ServerLimits(workers=1, seconds=20.0, cache=tmp_path)
    store = Store(str(folder))
    for graph in range(12):
        name = NamedNode(f"http://example.org/{graph}")
        store.bulk_extend(Quad(name, name, Literal(str(n)), name) for n in range(2000))
    store.flush()
    del store
    assert len(list(folder.glob("*.sst"))) > 30
    query = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"

    async def life() -> QueryOutcome:
        lanes = Lanes(folder, limits)
        await lanes.open()
        try:
            asked = Asked(query, "http://example.org/")
            return await lanes.ask(asked, "somebody", time.monotonic() + 20)
        finally:
            await lanes.close()

    assert b'"24000"' in asyncio.run(life()).body


@pytest.mark.skipif(sys.platform != "linux", reason="Linux only")
def test_long_questions_leave_the_fast_lane(published: Path, tmp_path: Path) -> None:
    async def work(_: Answers, ask: Ask) -> None:
        begun = time.monotonic()
        long = [asyncio.ensure_future(ask(f"{CROSS} # {number}")) for number in range(8)]
        while time.monotonic() < begun + 1.5:
            assert (await ask(f"{ONE} # {time.monotonic()}")).status == 200
        told = await asyncio.gather(*long)
        assert {each.status for each in told} == {503}
        assert BUSY in told
        assert any(b"took longer" in each.body for each in told)

    run(published, tmp_path, work)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux only")
def test_the_same_question_is_asked_once(published: Path, tmp_path: Path) -> None:
    async def work(answers: Answers, ask: Ask) -> None:
        told = await asyncio.gather(*(ask(CROSS) for _ in range(50)))
        assert len({id(each) for each in told}) == 1
        assert answers.remembered(Asked(CROSS, "http://example.org/")) is None
        first = await ask(ONE)
        assert first.digest == hashlib.sha256(first.body).hexdigest()[:32]
        assert await ask(ONE) is first

    run(published, tmp_path, work)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux only")
def test_the_last_who_leaves_ends_it(published: Path, tmp_path: Path) -> None:
    async def work(answers: Answers, ask: Ask) -> None:
        waiting = [asyncio.ensure_future(ask(CROSS)) for _ in range(3)]
        await asyncio.sleep(0.5)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        for _ in range(200):
            await asyncio.sleep(0 if answers.is_ready else 0.05)
        assert answers.is_ready
        assert (await ask(CROSS)).status == 503

    run(published, tmp_path, work)
