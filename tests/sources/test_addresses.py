"""Sources at addresses: the same release as of their copies here, told by the names they have
there, and nothing taken that is half read or would stand elsewhere.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fsspec.implementations.memory import MemoryFileSystem
from support.command import ROOT, run

from idfgraph import check, publish, read
from idfgraph.model.errors import BadConfig, BadInput
from idfgraph.model.layout import MARK, SUMS
from idfgraph.sources.brought import brought

STORE = MemoryFileSystem.store
DESK = ("dataset.yaml", "pages", "records", "reference")
RECORD = "records/PX.0220.yaml"


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryFileSystem]:
    """A store that holds the data folder as `desk`, and nothing when the test ends."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    found = MemoryFileSystem()
    for name in DESK:
        found.put(str(ROOT / "data" / name), f"/desk/{name}", recursive=True)
    yield found
    STORE.clear()
    found.pseudo_dirs[:] = [""]


@pytest.fixture
def bring(tmp_path: Path) -> Callable[[str], Path]:
    """Brings what is at an address into a folder."""
    (room := tmp_path / "room").mkdir()
    return lambda address: Path(brought(address, room))


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Five made-up records."""
    command = [sys.executable, str(ROOT / "bench" / "generate.py"), "5"]
    (file := tmp_path / "records.jsonl").write_bytes(subprocess.check_output(command))
    return file


def released(source: str | Path, out: Path, **how: Any) -> str:
    """The sums of all files of a release of a source."""
    publish(source, out, jobs=1, site="none", **how)
    return (out / SUMS).read_text("utf-8")


def test_a_folder_at_an_address_makes_the_same_release(tmp_path: Path) -> None:
    here = shutil.copytree(ROOT / "data", tmp_path / "desk")
    assert released("memory://desk/", tmp_path / "a") == released(here, tmp_path / "b")


def test_a_file_at_an_address_makes_the_same_release(
    store: MemoryFileSystem, made: Path, tmp_path: Path
) -> None:
    store.put_file(str(made), "/records.jsonl")
    there = "memory://records.jsonl"
    assert released(there, tmp_path / "a") == released(made, tmp_path / "b")
    assert len(list(read([there, ROOT / "data"]))) == 10


def test_what_is_found_is_what_is_found_here(store: MemoryFileSystem) -> None:
    store.pipe_file("/desk/records/broken.yaml", b"id: V1-805\nbudget: [\n")
    store.pipe_file("/desk/records/notes.docx", b"PK")
    here = check("data", jobs=1)
    there = check("memory://desk", jobs=1)
    places = {str(found.place).replace("memory://desk", "data") for found in there.findings}
    more = places - {str(found.place) for found in here.findings}
    assert {place.partition(":")[0] for place in more} == {
        "data/records/broken.yaml",
        "data/records/notes.docx",
    }
    broken = next(one.place for one in there.findings if "broken" in one.place.file)
    assert (broken.file, broken.line) == ("memory://desk/records/broken.yaml", 2)


def test_a_line_that_cannot_be_read_is_held_back(
    store: MemoryFileSystem, made: Path, tmp_path: Path
) -> None:
    there, out = "memory://records.jsonl", tmp_path / "public"
    store.put_file(str(made), "/records.jsonl")
    released(there, out)
    first, *lines = made.read_bytes().splitlines(keepends=True)
    store.pipe_file("/records.jsonl", first.replace(b"}", b"]", 1) + b"".join(lines))
    done = publish(there, out, jobs=1, site="none", quarantine=True)
    assert done.quarantined == done.staying == (str(json.loads(first)["id"]),)
    assert [found.place.file for found in done.aside] == [there]


NAMES = {
    "records/../../evil.yaml": "records/..",
    "records//a.yaml": "records/",
    r"records\a.yaml": r"records\a.yaml",
    "records/C:a.yaml": "records/C:a.yaml",
    "records/a\x1b.yaml": "records/a<U+001B>.yaml",
    "records/a\ud800.yaml": "records/a<U+D800>.yaml",
    f"records/{'a' * 256}.yaml": f"records/{'a' * 256}.yaml",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_no_file_can_have_is_refused(
    name: str, store: MemoryFileSystem, bring: Callable[[str], Path], tmp_path: Path
) -> None:
    store.pipe_file("/desk/x", b"")
    STORE[f"/desk/{name}"] = STORE["/desk/x"]
    with pytest.raises(BadInput, match="has a name that no file here can have; rename") as caught:
        bring("memory://desk")
    assert str(caught.value.place) == f"memory://desk/{NAMES[name]}"
    assert [*tmp_path.rglob("*.yaml")] == []


@pytest.mark.parametrize(
    "name", ["records/px.0220.yaml", "RECORDS/a.yaml", "records/PX.0220.yaml/a.yaml"]
)
def test_names_that_some_systems_take_for_one_are_refused(
    name: str, store: MemoryFileSystem, bring: Callable[[str], Path]
) -> None:
    store.pipe_file("/desk/x", b"")
    STORE[f"/desk/{name}"] = STORE["/desk/x"]
    with pytest.raises(BadInput, match=r"is there twice where letter case tells no names apart"):
        bring("memory://desk")


def rewrite(files: MemoryFileSystem, path: str) -> None:
    files.pipe_file(path, files.cat_file(path).upper())


def lengthen(files: MemoryFileSystem, path: str) -> None:
    files.pipe_file(path, files.cat_file(path) + b"#\n")


@pytest.mark.parametrize("act", [rewrite, lengthen, MemoryFileSystem.rm_file])
@pytest.mark.parametrize("address", ["memory://desk", "memory://desk.jsonl"])
def test_what_changes_meanwhile_is_refused(
    address: str,
    act: Callable[[MemoryFileSystem, str], None],
    store: MemoryFileSystem,
    bring: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store.pipe_file("/desk.jsonl", b"{}\n")
    path = "/desk.jsonl" if address.endswith("l") else f"/desk/{RECORD}"
    acts, opened = [act], MemoryFileSystem._open

    def disturbed(files: MemoryFileSystem, name: str, mode: str = "rb", **how: Any) -> Any:
        found = opened(files, name, mode, **how)
        if name == path and acts:
            acts.pop()(files, path)
        return found

    monkeypatch.setattr(MemoryFileSystem, "_open", disturbed)
    with pytest.raises(BadInput) as caught:
        bring(address)
    assert caught.value.message.startswith(("changed while it was read", "is not there"))
    assert caught.value.place.file == f"memory:/{path}"


@pytest.mark.parametrize("more", [1, -1, None])
def test_a_file_of_another_size_than_the_store_tells_is_refused(
    more: int | None, bring: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = MemoryFileSystem.ls

    def lying(files: MemoryFileSystem, path: str, **how: Any) -> list[dict[str, Any]]:
        found = listed(files, path, **how)
        return [{**one, "size": None if more is None else one["size"] + more} for one in found]

    monkeypatch.setattr(MemoryFileSystem, "ls", lying)
    with pytest.raises(BadInput, match=r"changed while it was read, or came cut: \d+ bytes of"):
        bring("memory://desk")


def test_a_folder_that_cannot_be_listed_is_told(
    bring: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = MemoryFileSystem.ls

    def failing(files: MemoryFileSystem, path: str, **how: Any) -> Any:
        if path.endswith("/records"):
            raise RuntimeError("slow down: http://me:secret@store/")
        return listed(files, path, **how)

    monkeypatch.setattr(MemoryFileSystem, "ls", failing)
    with pytest.raises(BadInput, match="cannot be read: slow down") as caught:
        bring("memory://desk")
    assert caught.value.place.file == "memory://desk/records"
    assert "secret" not in str(caught.value.said)


def test_no_more_is_brought_than_is_read(
    store: MemoryFileSystem, bring: Callable[[str], Path]
) -> None:
    store.pipe_file("/desk/photo.png", b"\x89PNG" + bytes(200_000))
    store.pipe_file("/desk/pages/large.txt", b"x" * 5_000_000)
    store.pipe_file("/desk/.git/objects/a.yaml", b"a: b")
    store.pipe_file(f"/desk/public/{MARK}", b"{}")
    store.pipe_file("/desk/public/data/a.jsonl", b"{}")
    folder = bring("memory://desk")
    sizes = {
        path.relative_to(folder).as_posix(): path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert (sizes["photo.png"], sizes["pages/large.txt"]) == (65_536, 1_048_577)
    assert f"public/{MARK}" in sizes
    assert not [name for name in sizes if ".git" in name or "public/data" in name]


@pytest.mark.parametrize("address", ["memory://desk/records", f"memory://desk/{RECORD}"])
def test_a_part_of_a_data_folder_is_not_read_alone(
    address: str, bring: Callable[[str], Path]
) -> None:
    with pytest.raises(BadInput, match="is not read without memory://desk, which says more of it"):
        bring(address)


def test_a_record_is_not_read_without_what_is_signed_beside_it(
    store: MemoryFileSystem, bring: Callable[[str], Path]
) -> None:
    store.copy(f"/desk/{RECORD}", "/free/PX.0220.yaml")
    assert bring("memory://free/PX.0220.yaml").is_file()
    store.pipe_file("/free/signed/PX.0220_budget.yaml", b"")
    with pytest.raises(BadInput, match="is not read without memory://free, which says more"):
        bring("memory://free/PX.0220.yaml")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("memory://none", "memory://none: is not there, or does not answer; see that"),
        ("foo://me:secret@host/x", r"foo://\*\*\*@host/x: cannot be read: Protocol not known: foo"),
        ("simplecache::memory://desk", "simplecache::memory://desk is no address of a store; name"),
        ("memory://none?sig=secret/secret", "memory://none: is not there, or does not answer; see"),
        ("foo://c@host/x?sv=1&sig=secret", r"foo://\*\*\*@host/x: cannot be read: Protocol not"),
        ("memory://what?/x", r"memory://what\?/x: is not there, or does not answer; see that"),
        (f"https://me:secret@host/x?key={'secret' * 50}", r"https://\*\*\*@host/x: cannot be read"),
    ],
)
def test_what_is_no_address_is_told_without_passwords(address: str, said: str) -> None:
    with pytest.raises((BadInput, BadConfig), match=said) as caught:
        check(address)
    assert "secret" not in str(caught.value.said)


def test_what_is_read_by_a_signed_address_is_told_without_the_query(
    store: MemoryFileSystem, tmp_path: Path
) -> None:
    store.put(str(ROOT / "data"), "/signed?sig=secret", recursive=True)
    done = publish("memory://signed?sig=secret", out := tmp_path / "public", jobs=1, site="none")
    assert "memory://signed/records/PX.0220.yaml" in {one.place.file for one in done.findings}
    assert not [one for one in out.rglob("*") if one.is_file() and b"?sig" in one.read_bytes()]


def test_an_address_of_this_machine_that_is_none_is_refused() -> None:
    with pytest.raises(BadConfig, match=r"'file://\[' is no source; give a path"):
        check("file://[")


def test_what_is_missing_to_read_addresses_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("idfgraph.sources.bucket.find_spec", lambda _: None)
    with pytest.raises(BadConfig, match=r"what reads memory://desk is not installed; pip install"):
        check("memory://desk")


def test_git_knows_nothing_of_addresses() -> None:
    with pytest.raises(BadConfig, match="git knows no changes of what is at an address"):
        check("memory://desk", changed_since="HEAD")


@pytest.mark.parametrize("scheme", ["file", "local"])
def test_addresses_of_this_machine_are_paths(scheme: str, tmp_path: Path) -> None:
    address = f"{scheme}{(ROOT / 'data').as_uri().removeprefix('file')}"
    place = next(one.place for one in check(address).findings if one.place.file)
    assert Path(place.file).is_relative_to(ROOT / "data")
    with pytest.raises(BadConfig, match="source and release would be one in the other"):
        publish(tmp_path.as_uri(), tmp_path / "out")


@pytest.mark.skipif(sys.platform == "win32", reason="no name there has a colon")
def test_a_path_that_is_there_is_no_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "data", tmp_path / "memory:" / "desk")
    place = next(one.place for one in check("memory://desk").findings if one.place.file)
    assert place.file.startswith("memory:/desk/")


def test_commands_take_addresses(tmp_path: Path) -> None:
    done = run("validate", (ROOT / "data").as_uri(), cwd=tmp_path)
    assert "checked 5 records" in done.stderr
    told = run("publish", "foo://me:secret@host/desk", cwd=tmp_path)
    assert told.returncode == 2
    assert "foo://***@host/desk: cannot be read" in told.stderr


def test_no_command_loads_what_reads_addresses() -> None:
    code = "import sys, idfgraph.cli, idfgraph.pipeline; sys.exit('fsspec' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
