"""What a release holds, asked without a server between."""

import asyncio
import gc
import os
import shutil
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from gzip import decompress
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import Mock

import pytest
from support.linked_requests import PAGE, PROJECT

from idfgraph.model.errors import BadOutput
from idfgraph.model.iris import BASE
from idfgraph.serve.linked_data import Holdings, answered, holdings, renditions

Message = MutableMapping[str, Any]


class Got(NamedTuple):
    """What was sent: the status, the headers, and the pieces of the body."""

    status: int
    headers: dict[str, str]
    pieces: list[bytes]

    @property
    def body(self) -> bytes:
        return b"".join(self.pieces)


async def get(held: Holdings, target: str, method: str = "GET", **told: str) -> Got:
    """What is sent to a request; names of headers are written with `_`."""
    path, _, query = target.partition("?")
    headers = [(name.replace("_", "-").encode(), text.encode()) for name, text in told.items()]
    scope = {"type": "http", "method": method, "raw_path": path.encode(), "path": path,
             "query_string": query.encode(), "headers": headers}  # fmt: skip
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return await asyncio.Future()

    await (await answered(scope, held))(scope, receive, send)
    start, *bodies = sent
    named = {name.decode(): text.decode() for name, text in start["headers"]}
    return Got(start["status"], named, [body["body"] for body in bodies if body["body"]])


def ask(held: Holdings, target: str, method: str = "GET", **told: str) -> Got:
    return asyncio.run(get(held, target, method, **told))


@contextmanager
def opened(folder: Path, base: str = BASE) -> Iterator[Holdings]:
    held = Holdings(folder, base)
    try:
        yield held
    finally:
        held.close()


@pytest.fixture
def held(published: Path) -> Iterator[Holdings]:
    with opened(published.resolve()) as own:
        yield own


@pytest.fixture
def copied(published: Path, tmp_path: Path) -> Path:
    return shutil.copytree(published.resolve(), tmp_path / "public")


def test_under_a_path_addresses_lead_step_by_step(held: Holdings) -> None:
    asked = {"accept": "text/turtle"}
    assert ask(held, PROJECT, **asked).headers["location"] == f"../..{PAGE}.ttl"
    assert ask(held, "/code/type-tc", **asked).headers["location"] == "../doc/code/type-tc.ttl"
    answer = ask(held, PAGE, **asked)
    assert answer.headers["content-location"] == "V47-805.ttl"
    assert '<V47-805.nt>; rel="describedby"' in answer.headers["link"]
    assert f'<{BASE}id/project/V47-805>; rel="cite-as"' in answer.headers["link"]
    assert '<../../linkset.json>; rel="linkset"' in answer.headers["link"]
    assert ask(held, "/", **asked).headers["content-location"] == "catalog.ttl"


def test_at_the_root_of_a_host_addresses_are_paths(published: Path) -> None:
    held = Holdings(published.resolve(), BASE, "https://example.org/")
    location = ask(held, PROJECT, accept="text/turtle").headers["location"]
    held.close()
    assert location == f"{PAGE}.ttl"


def test_the_list_of_all_profiles_is_a_document(held: Holdings) -> None:
    answer = ask(held, "/profiles", accept="text/html, */*;q=0.1")
    assert (answer.status, answer.headers["content-location"]) == (200, "profiles.ttl")
    assert b'"Tous les \xc3\xa9nonc\xc3\xa9s"@fr' in answer.body
    assert ask(held, "/profiles.jsonld").headers["content-type"] == "application/ld+json"


def test_what_is_large_is_read_while_it_is_sent(
    held: Holdings, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ask(held, "/data/idf.nq")
    monkeypatch.setattr(renditions, "_LARGE", 1000)
    with opened(held.files.folder) as other:
        pieces = ask(other, "/data/idf.nq")
        assert len(pieces.pieces) > 1 and pieces == whole
        head = ask(other, "/data/idf.nq", "HEAD")
        assert (head.headers, head.body) == (whole.headers, b"")
        part = ask(other, "/data/idf.nq", range="bytes=300000-399999")
        assert (part.status, part.body) == (206, whole.body[300000:400000])
        packed = ask(other, "/data/idf.nq", accept_encoding="gzip")
        assert decompress(packed.body) == whole.body
        monkeypatch.setattr(renditions, "_TOO_LARGE", 1000)
        plain = ask(other, "/data/idf.ttl", accept_encoding="gzip")
        assert "content-encoding" not in plain.headers


def test_a_folder_that_is_exchanged_is_not_mixed_with_another(copied: Path) -> None:
    if os.open not in os.supports_dir_fd:
        pytest.skip("the system opens nothing by an open folder")
    with opened(copied) as held:
        copied.rename(copied.with_name("before"))
        other = shutil.copytree(copied.with_name("before"), copied)
        (other / "robots.txt").write_text("other\n", encoding="utf-8")
        assert b"other" not in ask(held, "/robots.txt").body
    with pytest.raises(OSError):
        ask(held, "/style.css")


def test_what_is_not_what_its_sum_says_is_not_sent(copied: Path) -> None:
    (copied / "robots.txt").write_text("other\n", encoding="utf-8")
    (copied / "style.css").unlink()
    (copied / "style.css").symlink_to(copied / "index.html")
    (copied / "lists").rename(copied / "elsewhere")
    (copied / "lists").symlink_to(copied / "elsewhere")
    with opened(copied) as held:
        for path in ("/robots.txt", "/style.css", "/lists/projects.html"):
            with pytest.raises((BadOutput, OSError)):
                ask(held, path)
        assert ask(held, "/SHA256SUMS").status == 200
        assert ask(held, "/elsewhere/projects.html").status == 404


def test_what_comes_back_is_new_to_who_has_what_was_between(held: Holdings) -> None:
    first = ask(held, "/robots.txt").headers["last-modified"]
    held.files.since = 4_000_000_000.0
    assert ask(held, "/style.css").headers["last-modified"] == "Tue, 02 Oct 2096 07:06:40 GMT"
    assert ask(held, "/style.css", if_modified_since=first).status == 200


def test_signatures_stand_beside_the_sums(copied: Path) -> None:
    (copied / "SHA256SUMS.minisig").write_text("signed\n", encoding="utf-8")
    with opened(copied) as held:
        assert ask(held, "/SHA256SUMS.minisig").body == b"signed\n"
        assert ask(held, "/SHA256SUMS.sig").status == 404


def test_what_is_asked_for_at_once_is_made_once(
    held: Holdings, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = Mock(side_effect=held._make)
    monkeypatch.setattr(held, "_make", make)

    async def at_once() -> list[Got]:
        return await asyncio.gather(*(get(held, f"{PAGE}.trig") for _ in range(20)))

    assert len({got.body for got in asyncio.run(at_once())}) == 1
    assert make.call_count == 1


def test_what_fails_once_nobody_waits_is_not_told_as_a_defect(copied: Path) -> None:
    (copied / "robots.txt").write_text("other\n", encoding="utf-8")
    told = Mock()

    async def leaves(held: Holdings) -> None:
        asyncio.get_running_loop().set_exception_handler(told)
        asking = asyncio.create_task(get(held, "/robots.txt"))
        await asyncio.sleep(0)
        asking.cancel()
        await asyncio.sleep(0.3)
        gc.collect()

    with opened(copied) as held:
        asyncio.run(leaves(held))
        assert not held._making
    told.assert_not_called()


def test_what_is_kept_is_bounded(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holdings, "_MOST", 100_000)
    monkeypatch.setattr(holdings, "_KNOWN", 10)
    with opened(published.resolve()) as held:
        paths = sorted(path for path in held.contents.sums if path.startswith("doc/state/"))
        for path in paths[:30]:
            for number in range(3):
                assert ask(held, f"/{path}?x={number}").status == 200
        assert held._ready.weight <= 100_000 and held.known.weight <= 10
