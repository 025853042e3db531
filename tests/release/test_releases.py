"""Releases take their place whole or not at all, one publisher at a time; one can go back; nothing
is lost silently.
"""

import json
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from pyoxigraph import NamedNode, parse
from support.command import ROOT, run, snapshot

from idfgraph import ShapesViolated, publish
from idfgraph.curation.review import todo
from idfgraph.exports.render import RenderTask
from idfgraph.model.errors import BadConfig, BadInput, BadOutput, BadRecord, LostData
from idfgraph.model.records import Expectation
from idfgraph.model.vocab import DCT, OWL, RDFS, XSD
from idfgraph.release import make as making
from idfgraph.release import makers
from idfgraph.release.build import Target, release_build
from idfgraph.release.history import check, keep, releases, rollback
from idfgraph.release.losses import unmet
from idfgraph.release.store import ReleaseStore
from idfgraph.release.sums import fault
from idfgraph.release.tally import tally
from idfgraph.system import resources
from idfgraph.system.workers import Lost

#: How many times releases are exchanged under readers.
SWAPS = 1000 if os.environ.get("IDFGRAPH_FULL") else 50

LAYOUTS = ["links", "plain"] if os.name == "posix" else ["plain"]

linked = pytest.mark.skipif(
    os.name != "posix", reason="symbolic links that replace one another are POSIX's"
)


def make(out: Path, text: str = "one", layout: str = "auto", day: str = "2026-11-21") -> str:
    """A small release with this text in its files; returns its name."""
    summary = {
        "issued": day,
        "statements": 1,
        "projects": 2,
        "programmes": 0,
        "withdrawn": 0,
        "fields": {},
    }
    tombstones = [{"id": "https://example.org/id/project/A1", "document": "doc/project/A1"}]
    with release_build(Target(out, layout)) as build:
        for path in (
            "data/idf.nq",
            "doc/project/A1.ttl",
            "doc/project/A1.fr.html",
            "doc/project/A11.ttl",
            "a.txt",
        ):
            build.folder.write(path, [f"{path} {text}\n"])
        build.folder.write("release.json", [json.dumps(summary)])
        build.folder.write("tombstones.json", [json.dumps(tombstones)])
    return sha256((out / "SHA256SUMS").read_bytes()).hexdigest()[:16]


def says(out: Path) -> str:
    """The text of the current release, which must be whole."""
    assert fault(out.resolve()) is None
    return (out / "a.txt").read_text("utf-8").split()[1]


def stored(out: Path) -> set[str]:
    """What stands beside a release, but for the lock."""
    store = out.with_name(f".{out.name}-releases")
    return (
        {path.name for path in store.iterdir() if path.name != ".lock"} if store.exists() else set()
    )


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The place of a release in a folder of its own."""
    (tmp_path / "site").mkdir()
    return tmp_path / "site" / "public"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A small data folder: one record and its page."""
    folder = tmp_path / "data"
    for path in ("dataset.yaml", "pages/000_3cd946cab0f19b2c.txt", "records/V47-805.yaml"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "data" / path, folder / path)
    return folder


# A release takes its place

Fault = Callable[[Path, pytest.MonkeyPatch], type[BaseException]]


def broken_shape(data: Path, _: pytest.MonkeyPatch) -> type[BaseException]:
    record = data / "records" / "V47-805.yaml"
    record.write_text(
        record.read_text("utf-8").replace("coverage: national", "coverage: regional"), "utf-8"
    )
    return ShapesViolated


def faulty_page(data: Path, _: pytest.MonkeyPatch) -> type[BaseException]:
    (data / "pages" / "z.txt").write_bytes(b"\0")
    return BadInput


def faulty_line(data: Path, _: pytest.MonkeyPatch) -> type[BaseException]:
    (data / "records" / "z.jsonl").write_text('{"kind": "project", "id": "A10-001"}\n{\n')
    return BadRecord


def full_disk(_: Path, monkeypatch: pytest.MonkeyPatch) -> type[BaseException]:
    monkeypatch.setattr(making, "write_words", raising(OSError(28, "No space left on device")))
    return BadOutput


def defect(_: Path, monkeypatch: pytest.MonkeyPatch) -> type[BaseException]:
    monkeypatch.setattr(making, "check_dumps", raising(ZeroDivisionError()))
    return ZeroDivisionError


def interrupt(_: Path, monkeypatch: pytest.MonkeyPatch) -> type[BaseException]:
    monkeypatch.setattr(making, "write_words", raising(KeyboardInterrupt()))
    return KeyboardInterrupt


def raising(error: BaseException) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    "mishap", [broken_shape, faulty_page, faulty_line, full_disk, defect, interrupt]
)
@pytest.mark.parametrize("old", [*LAYOUTS, ""])
def test_a_failing_publish_changes_nothing(
    data: Path, out: Path, monkeypatch: pytest.MonkeyPatch, mishap: Fault, old: str
) -> None:
    if old:
        publish([data], out, layout=old)
    before = snapshot(out.parent)
    with pytest.raises(mishap(data, monkeypatch)):
        publish([data], out, layout=old or "auto")
    assert snapshot(out.parent) == before


def test_documents_that_no_process_can_make_are_named(
    data: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        makers, "in_order", lambda *_: [Lost(RenderTask(["prj:V47-805\t0\tprj:V47-805\t{}\n"]))]
    )
    with pytest.raises(
        BadOutput, match="cannot make the documents of prj:V47-805; too long, or too little memory"
    ):
        publish([data], out)
    assert not out.exists()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_publishing_the_same_again_changes_nothing(data: Path, out: Path, layout: str) -> None:
    publish([data], out, layout=layout)
    times = {path: path.lstat().st_mtime_ns for path in (out, *out.resolve().rglob("*"))}
    publish([data], out, layout=layout)
    assert {path: path.lstat().st_mtime_ns for path in times} == times


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_release_takes_the_place_of_the_one_before_which_is_kept(out: Path, layout: str) -> None:
    one, two = make(out, "one", layout), make(out, "two", layout)
    assert says(out) == "two"
    assert out.is_symlink() == (layout == "links")
    assert stored(out) == ({one, two} if layout == "links" else {one})
    assert [row.release.is_current for row in releases(out)] == [False, True]
    make(out, "one", layout)
    assert says(out) == "one"


@linked
def test_a_plain_folder_is_taken_over_and_back(out: Path) -> None:
    for text in ("one", "two"):
        for layout in ("plain", "links", "plain"):
            make(out, text, layout)
            assert (says(out), out.is_symlink()) == (text, layout == "links")
    assert len(releases(out)) == 2


@pytest.mark.parametrize("refusal", [PermissionError(1, "no"), OSError(95, "no")])
def test_where_links_are_refused_it_is_a_folder_and_this_is_said(
    data: Path, out: Path, monkeypatch: pytest.MonkeyPatch, refusal: OSError
) -> None:
    monkeypatch.setattr(Path, "symlink_to", raising(refusal))
    assert [note[:32] for note in publish([data], out).notes] == [
        "there are no symbolic links here"
    ]
    assert not out.is_symlink()
    with pytest.raises(BadConfig, match="layout"):
        publish([data], out, layout="other")


def unfinished(store: Path, _: Path) -> None:
    (store / ".building" / "doc").mkdir(parents=True)
    (store / ".building" / "a.txt").write_text("half")
    (store / ".making").write_text("# idfgraph release in the making\ndoc/b.txt\na.txt\n")


def unlinked(store: Path, out: Path) -> None:
    shutil.copytree(out, store / ("0" * 16))
    (store / ".new").symlink_to(f"{store.name}/{'0' * 16}")
    (store / ".link").symlink_to(f"{store.name}/{'1' * 16}")


def swapping(store: Path, out: Path) -> None:
    store.mkdir(exist_ok=True)
    out.rename(store / ".aside")


def swapped(store: Path, out: Path) -> None:
    swapping(store, out)
    shutil.copytree(store / ".aside", out)


def taken_over(store: Path, out: Path) -> None:
    shutil.copytree(out.resolve(), store / ".aside")
    (store / ".aside" / "SHA256SUMS").write_text("older\n")


@pytest.mark.parametrize(
    ("layout", "left"),
    [
        *((layout, left) for layout in LAYOUTS for left in (unfinished, swapping)),
        ("plain", swapped),
        *(("links", left) for left in (unlinked, taken_over) if "links" in LAYOUTS),
    ],
)
def test_what_an_interrupted_run_left_is_put_right(
    out: Path, layout: str, left: Callable[[Path, Path], None]
) -> None:
    name = make(out, "one", layout)
    store = out.with_name(".public-releases")
    left(store, out)
    with pytest.raises(ZeroDivisionError), release_build(Target(out, layout)):
        raise ZeroDivisionError
    assert says(out) == "one"
    assert stored(out) - {name} == (
        {sha256(b"older\n").hexdigest()[:16]} if left is taken_over else set()
    )
    make(out, "two", layout)
    assert says(out) == "two"


@pytest.mark.parametrize(
    "path", ["public/letter.txt", "public/inner/letter.txt", "public", ".public-releases"]
)
def test_what_is_not_ours_is_refused(out: Path, path: str) -> None:
    (out.parent / path).parent.mkdir(parents=True, exist_ok=True)
    (out.parent / path).write_text("dear")
    with pytest.raises(BadOutput, match="is not a"):
        make(out)
    assert snapshot(out.parent)[path] == b"dear"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_empty_folder_is_taken(out: Path, layout: str) -> None:
    out.mkdir()
    make(out, layout=layout)
    assert says(out) == "one"


@pytest.mark.parametrize(
    ("here", "where"), [("site/inner", "."), ("site/inner", "../inner"), (".", "site/inner")]
)
def test_a_folder_is_meant_however_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, here: str, where: str
) -> None:
    (tmp_path / "site" / "inner").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / here)
    with release_build(Target(Path(where))) as build:
        build.folder.write("a.txt", ["text one"])
    assert says(tmp_path / "site" / "inner") == "one"


@pytest.mark.parametrize("where", ["/", ".."])
def test_a_folder_with_other_things_is_none(
    out: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.chdir(out.parent)
    with pytest.raises(BadOutput):
        make(Path(where))


PLANTED = (
    ".",
    ".lock",
    ".building",
    ".new",
    ".link",
    ".aside",
    ".probe",
    "NAME",
    "NAME.pruned",
    "public",
)


@linked
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("old", [True, False])
@pytest.mark.parametrize("kind", ["release", "file", "absent"])
@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_link_overwrites_nothing(
    out: Path, tmp_path: Path, planted: str, kind: str, old: bool, layout: str
) -> None:
    name = make(tmp_path / "rehearsal" / "public", "new")
    victim = tmp_path / "victim"
    (victim / "a").mkdir(parents=True)
    (victim / "SHA256SUMS").write_text("dear")
    target = {"release": victim, "file": victim / "SHA256SUMS", "absent": victim / "absent"}[kind]
    before = snapshot(victim)
    if old and planted not in {".", "public"}:
        make(out, "old", layout)
    store = out.with_name(".public-releases")
    store.mkdir(exist_ok=True)
    place = out if planted == "public" else store / planted.replace("NAME", name)
    if planted == ".":
        shutil.rmtree(store)
        place = store
    place.unlink(missing_ok=True)
    place.symlink_to(target)
    try:
        make(out, "new", layout)
    except BadOutput:
        assert planted in {".", ".lock", "public", "NAME"}
    else:
        assert says(out) == "new"
    assert snapshot(victim) == before


@linked
@pytest.mark.parametrize(
    ("link", "path"), [("doc", "doc/a.ttl"), ("b.txt", "b.txt"), ("doc/x", "doc/x/a.ttl")]
)
def test_a_link_planted_while_building_overwrites_nothing(
    out: Path, tmp_path: Path, link: str, path: str
) -> None:
    make(out, "old")
    victim = tmp_path / "victim"
    (victim / "a").mkdir(parents=True)
    with pytest.raises(BadOutput, match="stopped: "), release_build(Target(out)) as build:
        build.folder.write("doc.ttl", ["first"])
        (build.folder.root / link).parent.mkdir(exist_ok=True)
        (build.folder.root / link).symlink_to(victim)
        build.folder.write(path, ["text"])
    assert (says(out), snapshot(victim)) == ("old", {"a": None})


def test_what_the_disk_does_not_hold_is_not_published(out: Path) -> None:
    make(out, "old")
    with (
        pytest.raises(BadOutput, match="does not hold what was written"),
        release_build(Target(out)) as build,
    ):
        build.folder.write("a.txt", ["text new"])
        (build.folder.root / "a.txt").write_text("text nev")
    assert says(out) == "old"


def test_of_two_publishers_one_wins_and_the_other_says_so(out: Path, data: Path) -> None:
    make(out, "zero")
    with release_build(Target(out)) as build:
        for command in (
            ("publish", data, "--out", out),
            ("rollback", out, "--to", "0" * 16),
            ("releases", out, "--keep", 1),
        ):
            done = run(*command, cwd=out.parent)
            assert (done.returncode, done.stdout) == (2, "")
            assert done.stderr.endswith(
                "is in use by another idfgraph; wait until that has ended\n"
            )
        build.folder.write("a.txt", ["text one"])
    assert says(out) == "one"


def test_the_lock_is_let_go_when_a_process_ends(out: Path) -> None:
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt), ReleaseStore(out).locked():
            raise KeyboardInterrupt
    assert list(out.parent.iterdir()) == []


@linked
@pytest.mark.parametrize("pin", ["handle", "path"])
def test_a_reader_that_pins_a_release_never_sees_two(out: Path, pin: str) -> None:
    names = {make(out, "one"): "one", make(out, "two"): "two"}
    done, seen = threading.Event(), []

    def read(file: str, root: Path | int) -> str:
        handle = (
            os.open(file, os.O_RDONLY, dir_fd=root)
            if isinstance(root, int)
            else os.open(root / file, os.O_RDONLY)
        )
        with open(handle, encoding="utf-8") as stream:  # noqa: PTH123
            return stream.read().split()[1]

    def look() -> None:
        while not done.is_set():
            root = os.open(out, os.O_RDONLY) if pin == "handle" else out.resolve()
            seen.append(
                {read(path, root) for path in ("data/idf.nq", "doc/project/A1.ttl", "a.txt")}
            )
            if isinstance(root, int):
                os.close(root)

    readers = [threading.Thread(target=look) for _ in range(3)]
    for reader in readers:
        reader.start()
    for _ in range(SWAPS // 2):
        for name, text in names.items():
            rollback(out, name)
            assert (out / "a.txt").read_text("utf-8").endswith(f"{text}\n")
    done.set()
    for reader in readers:
        reader.join()
    assert seen
    assert not [texts for texts in seen if len(texts) != 1]


# Releases are listed, gone back to, pruned


@pytest.mark.parametrize("layout", LAYOUTS)
def test_releases_are_listed_and_gone_back_to(out: Path, layout: str) -> None:
    one, two = (
        make(out, text, layout, day) for text, day in (("one", "2026-11-20"), ("two", "2026-11-21"))
    )
    listed = run("releases", out.name, cwd=out.parent)
    rows = [line.split("\t") for line in listed.stdout.splitlines()]
    assert rows[0] == ["name", "issued", "projects", "statements", "MB", ""]
    assert rows[1:] == [
        [one, "2026-11-20", "2", "1", "0.0", ""],
        [two, "2026-11-21", "2", "1", "0.0", "current"],
    ]
    for words, text in (
        (["rollback"], "one"),
        (["rollback", "--to", two], "two"),
        (["rollback", "public"], "one"),
        (["rollback", "public", "--to", two], "two"),
    ):
        done = run(*words, cwd=out.parent)
        assert (done.returncode, says(out)) == (0, text)
    assert rollback(out) == one
    with pytest.raises(BadOutput, match="no release before the current one; see"):
        rollback(out)
    with pytest.raises(BadOutput, match=f"has no release {'0' * 16}; see"):
        rollback(out, "0" * 16)
    assert (out.is_symlink(), len(releases(out))) == (layout == "links", 2)


@pytest.mark.parametrize("command", ["releases", "rollback"])
@pytest.mark.parametrize("name", ["data", "nowhere"])
def test_what_is_no_folder_of_releases_is_refused(
    data: Path, out: Path, command: str, name: str
) -> None:
    """With what can be done about it in this command."""
    folder = {"data": data}.get(name, out.with_name(name))
    done = run(command, folder, cwd=out.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.search(r"is no published release|is not a release|has no release", done.stderr)
    assert "--out" not in done.stderr and done.stderr.count("\n") == 1


def test_a_release_that_is_not_whole_is_not_gone_back_to(out: Path) -> None:
    one, _ = make(out, "one"), make(out, "two")
    kept = out.with_name(".public-releases") / one
    for path, text in (("more.txt", "x"), ("more.txt", None), ("a.txt", "x"), ("a.txt", None)):
        if text is None:
            (kept / path).unlink()
        else:
            (kept / path).write_text(text)
        if (path, text) != ("more.txt", None):
            with pytest.raises(BadOutput, match=rf"is not whole: {path} is (not|missing)"):
                rollback(out)
    assert says(out) == "two"
    make(out, "one")
    assert (says(out), stored(out) & {one, f"{one}.pruned"}) == (
        "one",
        {one} if out.is_symlink() else set(),
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_pruning_leaves_dumps_and_tombstones(out: Path, layout: str) -> None:
    names = [make(out, text, layout) for text in ("one", "two", "three", "four")]
    rollback(out, names[2])
    dumps = {
        name: row.release.path / "data" / "idf.nq"
        for name, row in zip(names, releases(out), strict=True)
    }
    told = {name: path.read_bytes() for name, path in dumps.items()}
    assert keep(out, 9) == []
    assert keep(out, 1) == names[:2]
    assert keep(out, 1) == []
    rows = releases(out)
    assert [(row.release.name, row.release.is_pruned) for row in rows] == [
        *((name, True) for name in names[:2]),
        *((name, False) for name in names[2:]),
    ]
    assert {
        row.release.name: (row.release.path / "data/idf.nq").read_bytes() for row in rows
    } == told
    assert {path for path, data in snapshot(rows[0].release.path).items() if data} == {
        *(".idfgraph-release", "SHA256SUMS", "data/idf.nq", "release.json", "tombstones.json"),
        *("doc/project/A1.ttl", "doc/project/A1.fr.html"),
    }
    with pytest.raises(BadOutput, match="only its dumps are left"):
        rollback(out, names[0])
    make(out, "one", layout)
    assert says(out) == "one"
    assert not [
        row for row in releases(out) if row.release.name == names[0] and row.release.is_pruned
    ]


# Nothing is lost silently


def nodes(projects: int, **fields: int) -> Iterator[str]:
    """Lines of so many projects, of which so many have each field; and of so many `withdrawn`
    ones.
    """
    for number in range(fields.pop("withdrawn", 0)):
        yield json.dumps({"id": f"prj:W{number}", "type": "Entity", "deprecated": "true"})
    for number in range(projects):
        has = {field: "x" for field, count in fields.items() if number < count}
        yield json.dumps({"id": f"prj:P{number}", "type": "Project", **has})


@pytest.mark.parametrize(
    ("now", "expected", "told"),
    [
        ((9, {}), {"projects": "10"}, ["9 projects, where at least 10"]),
        ((10, {"budget": 7}), {"fields": {"budget": "0.7", "title": "0"}}, []),
        ((10, {"budget": 6}), {"fields": {"budget": "0.7"}}, ["budget: 6 of 10"]),
        ((0, {}), {"fields": {"budget": "1"}}, []),
        ((9, {"withdrawn": 1}), {"projects": "10"}, ["9 projects, where at least 10"]),
    ],
)
def test_what_is_expected_and_not_there_is_told(
    now: tuple[int, Mapping[str, int]], expected: dict[str, Any], told: list[str]
) -> None:
    found = list(unmet(tally(nodes(now[0], **now[1])).summary("", 0), Expectation(**expected)))
    assert [line[: len(start)] for line, start in zip(found, told, strict=True)] == told


V47 = "https://w3id.org/iom-idf/id/project/V47-805"
WITHDRAWN = """format: 2
kind: project
id: V47-805
withdrawn:
  date: 2026-11-20
  reason:
    en: The page was a copy.
    fr: La page était une copie.
    es: La página era una copia.
"""


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A copy of the data folder."""
    return shutil.copytree(ROOT / "data", tmp_path / "data")


def without(whole: Path) -> Path:
    """The data folder without a record and its page."""
    for path in ("records/V47-805.yaml", "pages/000_3cd946cab0f19b2c.txt"):
        (whole / path).unlink(missing_ok=True)
    return whole


def test_a_record_that_is_gone_is_named_by_its_address(whole: Path, out: Path) -> None:
    publish([whole], out)
    before = snapshot(out.parent)
    done = run("publish", without(whole), "--out", out, cwd=out.parent)
    assert done.returncode == 1
    assert f"lost: {V47} was published and is gone" in done.stderr
    assert done.stderr.count("lost: ") == 1
    assert done.stderr.endswith("mend it, or accept each by name with --accept-loss\n")
    assert snapshot(out.parent) == before
    publish([whole], out, previous="none")
    publish([whole], out.parent / "other")
    publish([whole], out, previous=str(out.parent / "other"))
    with pytest.raises(BadConfig, match="is no release"):
        publish([whole], out, previous="0" * 16)
    old = releases(out)[0].release.name
    with pytest.raises(LostData):
        publish([whole], out, previous=old)
    assert any(
        V47 in note for note in publish([whole], out, previous=old, allow_removals=True).notes
    )


def under_versions(out: Path) -> dict[str, bytes]:
    """The files of a release under the versions that it and earlier ones have."""
    return {
        path: data
        for path, data in snapshot(out.resolve()).items()
        if data and path.startswith(("release/", "archive/"))
    }


def dated(data: Path, day: str) -> None:
    """Gives the data another day, and so the release another version."""
    text = (data / "dataset.yaml").read_text("utf-8")
    (data / "dataset.yaml").write_text(re.sub(r"(?m)^asOf: .*$", f"asOf: {day}", text), "utf-8")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_a_release_gives_under_its_version_stays(data: Path, out: Path, layout: str) -> None:
    seen: dict[str, bytes] = {}
    for day in ("2026-11-21", "2026-11-22", "2026-11-23"):
        dated(data, day)
        publish([data], out, layout=layout)
        found = under_versions(out)
        assert seen.items() < found.items()
        dump = next(
            path
            for path in found
            if path.startswith(f"archive/{day}") and path.endswith("/data/idf.nq")
        )
        assert found[dump] == (out / "data/idf.nq").read_bytes()
        described = found[f"release/{dump.split('/')[1]}.ttl"]
        assert f"downloadURL <https://w3id.org/iom-idf/{dump}>".encode() in described
        seen = found
    contents = (out / "index.fr.html").read_text("utf-8")
    assert re.findall(r'<li><a href="release/(2026-11-2\d)-\w+\.fr\.html">', contents) == [
        "2026-11-22",
        "2026-11-21",
    ]
    keep(out, 1)
    for row in releases(out):
        assert fault(row.release.path) is None or row.release.is_pruned
        assert under_versions(row.release.path).items() <= seen.items()
    dated(data, "2026-11-21")
    publish([data], out, layout=layout)
    assert under_versions(out) == seen
    assert len(seen) == 3 * 29


def test_a_version_of_the_ontology_stays(
    data: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish([data], out, site="none")
    first = (out / "ontology" / "1.0.0.ttl").read_bytes()
    new = tmp_path / "idf.ttl"
    new.write_text(resources.ONTOLOGY.read_text("utf-8").replace("1.0.0", "1.1.0"), "utf-8")
    monkeypatch.setattr(resources, "ONTOLOGY", new)
    for day in ("2026-11-22", "2026-11-23"):
        dated(data, day)
        publish([data], out, site="none")
        assert (out / "ontology" / "1.0.0.ttl").read_bytes() == first
        assert b"ontology/1.1.0> " in (out / "ontology" / "1.1.0.ttl").read_bytes()
        assert check(out).damage == ()


def test_a_version_outlives_a_rollback(data: Path, out: Path) -> None:
    publish([data], out)
    dated(data, "2026-11-22")
    publish([data], out)
    both = under_versions(out)
    rollback(out)
    assert under_versions(out).items() < both.items()
    dated(data, "2026-11-23")
    publish([data], out)
    assert both.items() < under_versions(out).items()


def test_a_version_that_was_changed_is_told(data: Path, out: Path) -> None:
    publish([data], out)
    (file,) = (out / "archive").glob("*/data/idf.nq")
    before = file.read_bytes()
    file.write_bytes(before[:-9])
    dated(data, "2026-11-22")
    with pytest.raises(BadOutput, match=r"data/idf\.nq: is not what its sum says"):
        publish([data], out)
    file.unlink()
    with pytest.raises(BadOutput, match=r"data/idf\.nq: (cannot be read|is not what its sum says)"):
        publish([data], out)


@linked
def test_a_link_in_the_place_of_a_version_is_not_taken_along(
    data: Path, out: Path, tmp_path: Path
) -> None:
    publish([data], out)
    (file,) = (out / "archive").glob("*/data/idf.nq")
    file.rename(tmp_path / "elsewhere.nq")
    file.symlink_to(tmp_path / "elsewhere.nq")
    dated(data, "2026-11-22")
    with pytest.raises(BadOutput, match="is not what its sum says"):
        publish([data], out)


def test_without_narratives_no_version_gives_any(data: Path, out: Path) -> None:
    """A version that was published with them is still described, but no longer given."""
    publish([data], out)
    settings = (data / "dataset.yaml").read_text("utf-8")
    (data / "dataset.yaml").write_text(f"{settings}publishNarratives: false\n", "utf-8")
    for day in ("2026-11-22", "2026-11-23"):
        dated(data, day)
        publish([data], out, allow_removals=True)
    found = under_versions(out)
    assert {path[8:18] for path in found if path.startswith("release/")} == {
        f"2026-11-2{day}" for day in (1, 2, 3)
    }
    assert {path[8:18] for path in found if path.startswith("archive/")} == {
        "2026-11-22",
        "2026-11-23",
    }
    assert not [path for path, content in found.items() if "Pacte de stabilité".encode() in content]


def test_a_version_that_is_withdrawn_is_described_but_no_longer_given(
    data: Path, out: Path
) -> None:
    publish([data], out)
    (file,) = (out / "release").glob("*.ttl")
    with (data / "dataset.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"withdrawnVersions: [{file.stem}]\n")
    for day in ("2026-11-22", "2026-11-23"):
        dated(data, day)
        publish([data], out)
    found = under_versions(out)
    assert {path[8:18] for path in found if path.startswith("release/")} == {
        f"2026-11-2{day}" for day in (1, 2, 3)
    }
    assert {path[8:18] for path in found if path.startswith("archive/")} == {
        "2026-11-22",
        "2026-11-23",
    }


def test_where_there_are_no_hard_links_versions_are_copied(
    data: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish([data], out.with_name("linked"))
    monkeypatch.setattr(os, "link", Mock(side_effect=PermissionError(1, "Operation not permitted")))
    publish([data], out)
    assert snapshot(out.resolve()) == snapshot(out.with_name("linked").resolve())


def test_what_the_data_set_expects_is_asked_of_each_release(data: Path, out: Path) -> None:
    with (data / "dataset.yaml").open("a", encoding="utf-8") as file:
        file.write("expect: {projects: 2, fields: {budget: 1, startYear: 0.5}}\n")
    with pytest.raises(LostData) as caught:
        publish([data], out)
    assert caught.value.losses == (
        "1 projects, where at least 2 are expected",
        "startYear: 0 of 1 projects have it, where a share of 0.5 is expected",
    )
    assert not out.exists()


@pytest.mark.parametrize("page", [True, False])
def test_a_withdrawn_record_leaves_a_tombstone(whole: Path, out: Path, page: bool) -> None:
    publish([whole], out)
    if not page:
        without(whole)
    (whole / "records" / "V47-805.yaml").write_text(f"{WITHDRAWN}  replacedBy: PX.0220\n", "utf-8")
    for _ in range(2):
        publish([whole], out)
    told = {
        str(quad.triple)
        for quad in parse(path=out / "doc/project/V47-805.ttl")
        if quad.subject == NamedNode(V47)
    }
    assert told == {
        f"<{V47}> <http://xmlns.com/foaf/0.1/isPrimaryTopicOf> <https://w3id.org/iom-idf/doc/project/V47-805>",
        f"<{V47}> <{DCT}isReplacedBy> <https://w3id.org/iom-idf/id/project/PX.0220>",
        f'<{V47}> <{OWL}deprecated> "true"^^<{XSD}boolean>',
        f'<{V47}> <{RDFS}comment> "The page was a copy."@en',
        f'<{V47}> <{RDFS}comment> "La page était une copie."@fr',
        f'<{V47}> <{RDFS}comment> "La página era una copia."@es',
    }
    assert (out / "doc/project/V47-805.jsonld").is_file()
    assert json.loads((out / "tombstones.json").read_text("utf-8")) == [
        {
            "id": V47,
            "document": "doc/project/V47-805",
            "date": "2026-11-20",
            "reason": {
                "en": "The page was a copy.",
                "fr": "La page était une copie.",
                "es": "La página era una copia.",
            },
            "replacedBy": "https://w3id.org/iom-idf/id/project/PX.0220",
        }
    ]
    of_page = [
        line
        for line in (out / "data" / "idf.nq").read_text("utf-8").splitlines()
        if "ea0243d4edc78dd7" in line
    ]
    assert of_page and all(f"<{OWL}deprecated>" in line for line in of_page)
    without(whole)
    with pytest.raises(LostData, match="lost") as caught:
        publish([whole], out)
    assert any(V47 in loss for loss in caught.value.losses)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("    es: La página era una copia.\n", "", "the reason is not given in es"),
        ("2026-11-20", "2026-02-30", "withdrawn"),
        ("  reason:", "  replacedBy: a b\n  reason:", "is no id and no address"),
        ("  reason:", "  replacedBy: V99-999\n  reason:", "names prj:V99-999, which is no record"),
        ("kind: project\nid: V47-805", "kind: page\nid: ea0243d4edc78dd7", "cannot be withdrawn"),
    ],
)
def test_a_withdrawal_that_says_too_little_is_refused(
    data: Path, out: Path, old: str, new: str, says: str
) -> None:
    assert old in WITHDRAWN
    (data / "records" / "V47-805.yaml").write_text(WITHDRAWN.replace(old, new), "utf-8")
    with pytest.raises(BadRecord, match=says) as caught:
        publish([data], out)
    assert caught.value.place.file.endswith("V47-805.yaml")
    assert caught.value.place.field.startswith("withdrawn") or "kind: page" in new


def test_a_page_elsewhere_takes_the_place_of_a_withdrawn_record(whole: Path, out: Path) -> None:
    page = "https://example.org/moved"
    (whole / "records" / "V47-805.yaml").write_text(f"{WITHDRAWN}  replacedBy: {page}\n", "utf-8")
    publish([whole], out)
    (row,) = json.loads((out / "tombstones.json").read_bytes())
    assert row["replacedBy"] == page


def test_a_withdrawn_record_wants_no_look(data: Path) -> None:
    assert todo([data])
    (data / "records" / "V47-805.yaml").write_text(WITHDRAWN, "utf-8")
    assert not todo([data])
