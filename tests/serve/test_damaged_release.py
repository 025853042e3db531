"""A release that is damaged on disk while it is served: no answer is made of what is not what its
sum says, and all else is answered.
"""

import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest
from support.command import RECORD
from support.served import Answer, Served, served

PAGE = "/doc/project/V47-805"

#: What answers are made of -> what is asked for, and is an error once that is damaged.
MADE_OF = {
    "data/idf.nq": (f"{PAGE}.nq", f"{PAGE}.trig", f"{PAGE}.ttl?_profile=labels", "/data/idf.nq"),
    "def.nt": ("/def.nt", "/def.nq", f"{PAGE}.nt?_profile=labels"),
    "doc/project/V47-805.nt": (f"{PAGE}.nt", f"{PAGE}.nq", f"{PAGE}.trig"),
    "doc/project/V47-805.ttl": (f"{PAGE}.ttl", f"{PAGE}.trig", f"{PAGE}.jsonld?_profile=labels"),
    "doc/project/V47-805.html": (f"{PAGE}.html", f"{PAGE}.ttl", f"{PAGE}.jsonld?_profile=schema"),
    "catalog.jsonld": ("/ask", "/check"),
    "queries/beneficiary-projects.rq": ("/ask", "/ask?question=projects-by-status"),
    "void.nt": ("/sparql", "/void.nq"),
    "404.html": ("/nowhere",),
}

#: What is made of none of these.
ELSE = ("/doc/state/ALB.ttl", "/sparql?query=ASK%7B%7D", "/health")


class Damaged(NamedTuple):
    """A server of a release of one's own, and what its files were."""

    server: Served
    release: Path

    def harm(self, path: str) -> bytes:
        """Changes a letter of a file, and tells what it was."""
        file = self.release / path
        before = file.read_bytes()
        at = before.index(b"a", len(before) // 2)
        file.write_bytes(before[:at] + b"b" + before[at + 1 :])
        return before

    def statuses(self, paths: tuple[str, ...]) -> set[int]:
        return {self.server.ask("GET", path).status for path in paths}


@pytest.fixture
def damaged(published: Path, tmp_path: Path) -> Iterator[Damaged]:
    release = shutil.copytree(published.resolve(), tmp_path / "public")
    with served(release, tmp_path) as server:
        yield Damaged(server, release)
    log = (tmp_path / "serve.log").read_text("utf-8")
    assert "is not what its sum says" in log and "defect" not in log and "Traceback" not in log


@pytest.mark.parametrize("path", MADE_OF)
def test_nothing_is_made_of_what_is_damaged(damaged: Damaged, path: str) -> None:
    before = damaged.harm(path)
    for asked in MADE_OF[path]:
        answer = damaged.server.ask("GET", asked)
        assert (answer.status, answer.headers["retry-after"]) == (503, "2"), asked
        assert answer.headers["cache-control"] == "no-cache"
        assert answer.headers["access-control-allow-origin"] == "*"
    assert damaged.statuses(ELSE) == {200}
    (damaged.release / path).write_bytes(before)
    assert damaged.statuses(MADE_OF[path]) <= {200, 404}


def test_what_was_sound_is_read_again_when_it_has_changed(damaged: Damaged) -> None:
    asked = (f"{PAGE}.nq?again", f"{PAGE}.trig?again")
    assert damaged.statuses(("/doc/project/PX.0220.nq",)) == {200}
    before = damaged.harm("data/idf.nq")
    assert damaged.statuses(("/doc/project/PX.0220.trig", "/doc/state/MDA.nq")) == {503}
    (damaged.release / "data/idf.nq").write_bytes(before)
    assert damaged.statuses(asked) == {200}


def test_a_file_that_is_checked_against_a_damaged_page_is_no_fault_of_its_own(
    damaged: Damaged,
) -> None:
    def checked() -> Answer:
        told = {"Content-Type": "application/yaml", "Accept": "application/json"}
        return damaged.server.ask("POST", "/check", told, RECORD.read_bytes())

    assert checked().status == 200
    page = next(damaged.release.glob("pages/*.txt"))
    before = damaged.harm(f"pages/{page.name}")
    assert checked().status == 503
    page.write_bytes(before)
    assert checked().status == 200


def test_what_is_large_is_checked_before_it_is_sent(published: Path, tmp_path: Path) -> None:
    """Also where the sums are large themselves; the tags of both are made of all that they are."""
    release, path = shutil.copytree(published.resolve(), tmp_path / "public"), "tables/large.csv"
    (release / path).write_bytes(b"a," * (1 << 20))
    digest = sha256((release / path).read_bytes()).hexdigest()
    with (release / "SHA256SUMS").open("a", encoding="utf-8") as sums:
        sums.write(f"{digest}  {path}\n")
        sums.writelines(f"{digest}  tables/{number:0150}.csv\n" for number in range(5_000))
    with served(release, tmp_path) as server:
        own = Damaged(server, release)
        for name in (path, "SHA256SUMS"):
            answer = server.ask("GET", f"/{name}")
            assert (answer.status, len(answer.body) > 1 << 20) == (200, True)
            assert answer.headers["etag"] == f'"{sha256(answer.body).hexdigest()[:32]}"'
        before = own.harm(path)
        assert own.statuses((f"/{path}",)) == {503}
        (release / path).write_bytes(before)
        assert own.statuses((f"/{path}",)) == {200}


def test_a_base_that_cannot_be_relied_on_is_not_served(published: Path, tmp_path: Path) -> None:
    release = shutil.copytree(published.resolve(), tmp_path / "public")
    context = release / "context.jsonld"
    context.write_text(context.read_text("utf-8").replace("w3id.org", "w3ie.org"), "utf-8")
    with pytest.raises(AssertionError, match="has ended"), served(release, tmp_path):
        pass
    assert "context.jsonld: is not what its sum says" in (tmp_path / "serve.log").read_text("utf-8")
