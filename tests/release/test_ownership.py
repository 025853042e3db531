"""Releases know what is theirs: the mark, files of others, the order, releases of older
programs.
"""

import json
import os
import signal
from hashlib import sha256
from pathlib import Path

import pytest
from support.command import ROOT, run, snapshot
from support.small_releases import make, plant, untouched

from idfgraph import publish
from idfgraph.model.errors import BadConfig, BadOutput
from idfgraph.release.history import check, keep, mend, releases, rollback
from idfgraph.release.store import ReleaseStore
from idfgraph.system.interrupts import Interrupted
from idfgraph.system.lock import alone_in

LAYOUTS = ["links", "plain"] if os.name == "posix" else ["plain"]
DAYS = ("2026-11-20", "2026-11-21", "2026-11-22")
MARK = ".idfgraph-release"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The place of a release in a folder of its own."""
    (tmp_path / "site").mkdir()
    return tmp_path / "site" / "public"


def three(out: Path, layout: str = "auto") -> list[str]:
    """Three releases, of one day each."""
    return [make(out, day, layout=layout, day=day) for day in DAYS]


def folders(out: Path) -> list[Path]:
    return [row.release.path for row in releases(out)]


def names(out: Path) -> list[str]:
    return [row.release.name for row in releases(out)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_files_of_others_are_never_touched(out: Path, layout: str) -> None:
    three(out, layout)
    root = out.with_name(".public-releases")
    hex_named = (root / ("0" * 16), root / f"{'1' * 16}.pruned")
    planted = plant([out.parent, root, *hex_named, *folders(out)[:2]], 100)
    planted |= plant([root / ".building", root / ".aside", root / ".new", root / ".probe"], 20)
    planted |= {root / ".link": b"", root / "SHA256SUMS": b"mine"}
    (root / ".link").write_bytes(b"")
    (root / "SHA256SUMS").write_bytes(b"mine")
    current = make(out, "four", layout=layout)
    for command in (lambda: keep(out, 1), lambda: mend(out), lambda: check(out)):
        command()
        assert untouched(planted)
    assert [row.release.is_pruned for row in releases(out)] == [False, False, True, False]
    (out.resolve() / "doc" / "project" / "A1.ttl").unlink()
    mend(out)
    make(out, "four", layout=layout)
    assert names(out)[-1] == current
    with pytest.raises(BadOutput, match="not among its sums"):
        rollback(out, names(out)[0])
    assert untouched(planted)


@pytest.mark.parametrize("command", ["publish", "rollback"])
def test_a_plain_folder_with_what_is_not_ours_does_not_move(out: Path, command: str) -> None:
    one, _ = make(out, "one", layout="plain"), make(out, "two", layout="plain")
    (out / "CNAME").write_text("example.org")
    before = snapshot(out.parent)
    with pytest.raises(BadOutput, match="holds CNAME, which is not ours; move it away"):
        rollback(out, one) if command == "rollback" else make(out, "three", layout="plain")
    assert snapshot(out.parent) == before


@pytest.mark.parametrize(
    "files",
    [
        {"SHA256SUMS": f"{sha256(b'x').hexdigest()}  a.txt\n", "a.txt": "x"},
        {
            "SHA256SUMS": f"{sha256(b'{}').hexdigest()}  release.json\n",
            "release.json": "{}",
            ".git/HEAD": "ref",
        },
        {"SHA256SUMS": f"{'0' * 64}  ../../a.txt\n"},
    ],
)
def test_a_folder_that_happens_to_have_sums_is_not_taken(out: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text(text)
    before = snapshot(out.parent)
    with pytest.raises(BadOutput, match="is not a release of ours: it has no mark, and no"):
        make(out, "one")
    keep(out, 1)
    assert snapshot(out.parent) == before


def test_a_list_that_leads_out_removes_nothing(out: Path) -> None:
    three(out)
    victim = out.parent / "victim.txt"
    victim.write_text("dear")
    for path in folders(out)[:2]:
        (path / MARK).write_text(f"# idfgraph release 1, number 1\n{'0' * 64}  ../../victim.txt\n")
    keep(out, 1)
    mend(out)
    assert victim.read_text() == "dear"


def test_a_folder_that_a_link_leads_out_of_loses_nothing(out: Path) -> None:
    three(out)
    first, victim = folders(out)[0], out.parent / "victim"
    (first / "doc").rename(victim)
    (first / "doc").symlink_to(victim)
    before = snapshot(victim)
    keep(out, 1)
    mend(out)
    assert snapshot(victim) == before


def test_the_order_is_recorded_and_not_read_from_file_times(out: Path) -> None:
    made = [make(out, text) for text in ("c", "a", "b")]
    for age, path in enumerate(folders(out)):
        os.utime(path / "SHA256SUMS", (10**9 - age, 10**9 - age))
    assert names(out) == made
    assert rollback(out) == made[1]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_releases_of_older_programs_are_taken_over(out: Path, layout: str) -> None:
    made = three(out, layout)
    for path in folders(out):
        (path / MARK).unlink()
    assert names(out) == made
    keep(out, 9)
    assert [(path / MARK).read_text().partition("\n")[0][-1] for path in folders(out)] == [*"123"]
    assert (names(out), check(out).damage) == (made, ())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_damaged_release_of_an_older_program_is_told(out: Path, layout: str) -> None:
    three(out, layout)
    for path in folders(out):
        (path / MARK).unlink()
    current = out.resolve()
    (current / "data" / "idf.nq").write_text("x")
    if layout == "plain":
        with pytest.raises(BadOutput, match=r"no mark, and data/idf\.nq is not what its sum says"):
            make(out, "four", layout=layout)
    else:
        with pytest.raises(BadOutput, match=r"data/idf\.nq: is not what its sum says"):
            make(out, "four", layout=layout)
    assert any(line.startswith("mended: ") for line in mend(out))
    make(out, "four", layout=layout)
    assert check(out).damage == ()


def test_a_version_has_a_real_copy_beside_it(out: Path) -> None:
    make(out, "one")
    publish([ROOT / "data" / "records"], out.with_name("other"))
    (file,) = out.with_name("other").glob("archive/*/data/idf.nq")
    here = out.with_name("other") / "data" / "idf.nq"
    assert here.read_bytes() == file.read_bytes()
    assert not here.samefile(file)


def test_that_a_hard_link_is_no_copy_is_said(out: Path) -> None:
    three(out)
    (said,) = check(out).notes
    assert said.endswith("a hard link is no copy, so keep another elsewhere")


def test_check_and_repair_on_the_command_line(out: Path) -> None:
    three(out)
    assert run("releases", out, "--check", cwd=out.parent).returncode == 0
    (out / "data" / "idf.nq").write_text("x")
    done = run("releases", out, "--check", cwd=out.parent)
    assert (done.returncode, done.stdout.count("\n")) == (1, 1)
    asked = run("query", "active-past-end", "--on", out, cwd=out.parent)
    assert asked.returncode == 2
    assert "data/idf.nq: is not what its sum says" in asked.stderr
    assert run("releases", out, "--repair", "--check", cwd=out.parent).returncode == 0


def test_what_is_set_aside_is_described_and_forgotten_when_it_is_sound_again(out: Path) -> None:
    three(out)
    second = folders(out)[1]
    saved = (second / "doc/project/A1.ttl").read_bytes()
    (second / "doc/project/A1.ttl").write_text("x")
    mend(out)
    file = out.with_name(".public-releases") / "set-aside.json"
    assert json.loads(file.read_text())["releases"] == {
        second.name: ["doc/project/A1.ttl is not what its sum says"]
    }
    assert check(out).damage == ()
    assert rollback(out) == names(out)[0]
    (second / "doc/project/A1.ttl").write_bytes(saved)
    mend(out)
    assert not file.exists()
    assert rollback(out, second.name)


@pytest.mark.parametrize(
    ("source", "where"),
    [
        ("data", "data"),
        ("data", "data/public"),
        ("data", "data/records/public"),
        ("data/records", "data/records/public"),
        ("site/public/data", "site/public"),
        ("site/.public-releases/data", "site/public"),
        ("data/../data", "data/public"),
    ],
)
def test_a_release_in_a_source_or_a_source_in_a_release_is_refused(
    tmp_path: Path, source: str, where: str
) -> None:
    for folder in ("data", source):
        (tmp_path / folder / "records").mkdir(parents=True, exist_ok=True)
    (tmp_path / source / "records" / "a.yaml").write_text("kind: project\n")
    before = snapshot(tmp_path)
    with pytest.raises(BadConfig, match="one in the other"):
        publish(tmp_path / source, tmp_path / where)
    assert snapshot(tmp_path) == before


def test_of_two_extract_runs_into_one_folder_one_says_so(tmp_path: Path) -> None:
    page = ROOT / "data" / "pages" / "000_3cd946cab0f19b2c.txt"
    with alone_in(tmp_path / "records"):
        done = run("extract", page, "--into", tmp_path / "records", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("is in use by another idfgraph; wait until that has ended\n")
    assert not (tmp_path / "records").exists()
    assert run("extract", page, "--into", tmp_path / "records", cwd=tmp_path).returncode == 0
    assert [path.suffix for path in (tmp_path / "records").iterdir()] == [".yaml"]


def test_what_fails_in_a_folder_that_is_held_is_not_taken_for_its_lock(tmp_path: Path) -> None:
    """Reading elsewhere may fail, too: that is told as it is."""
    with pytest.raises(FileNotFoundError), alone_in(tmp_path / "records"):
        (tmp_path / "page.txt").read_bytes()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("stepwise", "outcome"), [(False, "nothing published"), (True, "stays")])
def test_what_stops_the_work_on_releases_is_told_as_it_is(
    tmp_path: Path, *, stepwise: bool, outcome: str
) -> None:
    """Reading may fail like writing, and of several steps some may be done by then."""
    store = ReleaseStore(tmp_path / "public")
    with pytest.raises(BadOutput) as failed, store.locked(stepwise=stepwise):
        (tmp_path / "page.txt").read_bytes()
    assert f"stopped: {tmp_path / 'page.txt'}: No such file or directory" in str(failed.value)
    assert outcome in str(failed.value)
    with pytest.raises(Interrupted) as stopped, store.locked(stepwise=stepwise):
        raise Interrupted(signal.SIGTERM)
    assert outcome in stopped.value.outcome
