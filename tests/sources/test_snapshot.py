"""What a run reads: files inside the sources alone, each once, as it was; all else is told."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.command import ROOT, run

from idfgraph import check, publish
from idfgraph.model.errors import BadInput, BadOutput, DuplicateId
from idfgraph.model.text import LANGUAGES
from idfgraph.sources import snapshot as module
from idfgraph.sources.files import find_files, pages_of, records_of
from idfgraph.sources.snapshot import snapshot
from idfgraph.sources.stream import read_files

posix = pytest.mark.skipif(sys.platform == "win32", reason="makes links and pipes")

PAGE = "pages/003_f1304bd47d6398f5.txt"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the data folder."""
    return shutil.copytree(ROOT / "data", tmp_path / "data")


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A page outside of the data folder."""
    return Path(shutil.copy(ROOT / "data" / PAGE, tmp_path / "secret.txt"))


def refused(folder: Path) -> dict[str, str]:
    """The names of what cannot be read in a folder, and why."""
    with snapshot([folder]) as inputs:
        return {Path(error.place.file).name: error.message for error in inputs.files.refused}


def unused(folder: Path) -> dict[str, bool]:
    """The names of what is not used in a folder, and whether it looks meant to be."""
    with snapshot([folder]) as inputs:
        return {Path(one.place.file).name: one.meant for one in inputs.files.unused}


@posix
@pytest.mark.parametrize("name", ["pages/a.txt", "records/a.yaml", "records/a.jsonl"])
def test_a_link_that_leads_out_is_refused(data: Path, secret: Path, name: str) -> None:
    (data / name).symlink_to(secret)
    assert refused(data) == {Path(name).name: "is a link that leads out of its folder"}
    with pytest.raises(BadInput, match="leads out"):
        publish([data], data.parent / "out")
    assert any(found.place.file == str(data / name) for found in check([data]).findings)


@posix
@pytest.mark.parametrize("name", ["pages", "records"])
def test_a_part_that_leads_out_is_refused(data: Path, name: str) -> None:
    (data / name).rename(data.parent / name)
    (data / name).symlink_to(data.parent / name)
    assert refused(data) == {name: "is a link that leads out of its folder"}


@posix
@pytest.mark.parametrize("name", ["dataset.yaml", "reference", "reference/states.jsonl"])
def test_words_of_the_data_set_that_lead_out_are_refused(data: Path, name: str) -> None:
    (data / name).rename(data.parent / "elsewhere")
    (data / name).symlink_to(data.parent / "elsewhere")
    with pytest.raises(BadInput, match="leads out") as caught, snapshot([data]):
        pass
    assert caught.value.place.file == str(data / name)


@posix
@pytest.mark.parametrize("name", ["dataset.yaml", "reference/states.jsonl"])
def test_words_of_the_data_set_that_cannot_be_read_are_not_those_of_the_package(
    data: Path, name: str
) -> None:
    (data / name).unlink()
    (data / name).symlink_to("nowhere")
    with pytest.raises(BadInput, match="leads nowhere"):
        check([data])
    (data / name).unlink()
    (data / name).mkdir()
    with pytest.raises(BadInput, match="is a folder"):
        check([data])


@posix
def test_a_link_inside_is_read_under_its_own_name(data: Path) -> None:
    (data / "pages" / "moved").mkdir()
    (data / PAGE).rename(data / "pages" / "moved" / "page.md")
    (data / PAGE).symlink_to(Path("moved", "page.md"))
    (data / "kept").mkdir()
    (data / "records").rename(data / "kept" / "records")
    (data / "records").symlink_to(Path("kept", "records"))
    assert not refused(data)
    assert check([data]).records == 5


@posix
def test_what_is_no_file_is_refused_and_never_waited_for(data: Path) -> None:
    os.mkfifo(data / "pages" / "pipe.txt")
    os.mkfifo(data / "records" / "pipe.yaml")
    with socket.socket(socket.AF_UNIX) as one, changed_to(data / "pages"):
        one.bind("socket.html")
        assert refused(data) == dict.fromkeys(
            ("pipe.txt", "pipe.yaml", "socket.html"), "is no regular file"
        )
    for source in (data / "pages" / "pipe.txt", Path(os.devnull)):
        with pytest.raises(BadInput, match="is no regular file"):
            publish([source], data.parent / "out")
    done = run("validate", data, cwd=data)
    assert done.returncode == 2 and "is no regular file" in done.stdout
    assert all(name in done.stdout for name in ("pipe.txt", "pipe.yaml", "socket.html"))


@contextmanager
def changed_to(folder: Path) -> Iterator[None]:
    """The current folder, for as long as the block lasts (names of sockets must be short)."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@posix
def test_what_is_not_used_is_told(data: Path, tmp_path: Path) -> None:
    for name in ("records/X.YAML", "pages/x.json", "X.yaml", "records/README.md", ".gitignore"):
        (data / name).write_text("id: X\n", "utf-8")
    (data / "records" / "dead.yaml").symlink_to("nowhere")
    (data / "pages" / "loop.txt").symlink_to("loop.txt")
    (data / "pages" / "all").symlink_to(data / "records")
    (data / "reference" / "States.jsonl").write_text("{}\n", "utf-8")
    (data / "notes").mkdir()
    meant = {"X.YAML", "x.json", "X.yaml", "dead.yaml", "loop.txt", "all", "States.jsonl"}
    assert unused(data) == dict.fromkeys(meant, True) | {"README.md": False, "notes": False}
    done = check([data])
    told = {Path(found.place.file).name for found in done.findings if not found.result.shape}
    assert told == meant | {"README.md", "notes"}
    assert all(len(found.result.messages) == len(LANGUAGES) for found in done.unused)
    printed = run("publish", data, "--out", tmp_path / "out", cwd=tmp_path)
    assert printed.returncode == 0
    assert all(f"{name}: Is not used" in printed.stderr for name in meant)
    assert "README.md" not in printed.stderr
    assert run("validate", data, cwd=tmp_path).returncode == 0


def test_a_second_data_folder_says_nothing_of_the_data_set(data: Path, tmp_path: Path) -> None:
    other = shutil.copytree(ROOT / "data", tmp_path / "other")
    for path in (*(other / "records").iterdir(), *(other / "pages").iterdir()):
        path.unlink()
    with snapshot([data, other]) as inputs:
        found = {one.place.file for one in inputs.files.unused}
    assert found == {str(other / "dataset.yaml"), str(other / "reference")}


@posix
@pytest.mark.skipif(
    os.name == "posix" and os.geteuid() == 0, reason="this user may read everything"
)
def test_a_folder_that_cannot_be_listed_is_refused(data: Path) -> None:
    (data / "records" / "more").mkdir(mode=0)
    assert list(refused(data)) == ["more"]


@posix
def test_a_deep_tree_is_walked(data: Path) -> None:
    folder = data / "records"
    with changed_to(folder):
        for _ in range(600):
            Path("d").mkdir()
            os.chdir("d")
        Path("deep.yaml").write_bytes((ROOT / "data" / "records" / "V47-805.yaml").read_bytes())
    assert len(refused(data)) <= 1


@pytest.mark.parametrize(
    ("file", "field"), [("states", "id"), ("sources", "key"), ("region-exceptions", "state")]
)
def test_a_second_line_of_reference_data_is_refused(data: Path, file: str, field: str) -> None:
    path = data / "reference" / f"{file}.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines, lines[0]]))
    with pytest.raises(DuplicateId) as caught:
        check([data])
    assert caught.value.place == (str(path), len(lines) + 1, 0, field, 0, 0)
    assert [place.line for place in caught.value.also] == [1]


def test_what_was_kept_is_read_whatever_becomes_of_the_file(data: Path) -> None:
    with snapshot([data]) as inputs:
        shutil.rmtree(data)
        records = {sourced.record.id for sourced in read_files(inputs.files)}
        places = [sourced.origin.place("id").line for sourced in read_files(inputs.files)]
    assert len(records) == 5
    assert all(places)
    assert not any(file.is_file() for file in inputs.files.pages.values())


def test_a_file_that_never_holds_still_is_refused(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = iter(range(1000))
    monkeypatch.setattr(module, "_state", lambda _: (next(states), 0))
    with pytest.raises(BadInput, match="cannot be read: it changes all the time"), snapshot([data]):
        pass


def test_no_more_is_kept_than_shows_that_a_file_is_too_long(data: Path) -> None:
    with (data / PAGE).open("wb") as page:
        page.write(b"Un titre\n")
        page.truncate(1 << 40)
    assert refused(data) == {Path(PAGE).name: "is larger than 512,000 bytes"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
def test_what_cannot_be_kept_is_told(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Path.open

    def full(path: Path, *args: object, **more: object) -> object:
        """Opens a device that is full instead of what is to be kept."""
        kept = str(path).startswith(str(tmp_path / "temporary"))
        return opened(Path("/dev/full") if kept else path, *args, **more)  # type: ignore[call-overload]

    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(BadOutput, match="cannot be kept in"), snapshot([data]):
        pass


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("record", "records"),
        ("recods", "records"),
        ("page", "pages"),
        ("paegs", "pages"),
        ("referense", "reference"),
    ],
)
def test_a_folder_whose_name_looks_meant_is_told(tmp_path: Path, name: str, part: str) -> None:
    """Beside others, and where nothing else was found."""
    (tmp_path / "dataset.yaml").write_text("", "utf-8")
    (tmp_path / name).mkdir()
    with pytest.raises(BadInput, match="no page and no record found") as told:
        find_files([tmp_path])
    assert told.value.place.file == str(tmp_path / name)
    assert told.value.hint == f"did you mean {part}/? rename the folder"
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "a.yaml").write_text("kind: project\n", "utf-8")
    (one,) = find_files([tmp_path]).unused
    assert (one.place.file, one.meant) == (str(tmp_path / name), True)
    assert one.why.format(belongs=one.belongs) == f"Is not used; did you mean {part}/?"


def test_folders_stand_for_their_pages_and_records(tmp_path: Path) -> None:
    page, record = tmp_path / "pages" / "a.txt", tmp_path / "records" / "a.yaml"
    for file in (page, record):
        file.parent.mkdir()
        file.write_text("kind: project\n" if file is record else "A page\n", "utf-8")
    assert pages_of([page.parent, tmp_path / "b.txt"]) == [page, tmp_path / "b.txt"]
    assert records_of([record.parent]) == [record]
    for asked, folder in ((pages_of, record.parent), (records_of, page.parent)):
        with pytest.raises(BadInput, match="is a folder that holds no") as told:
            asked([folder])
        assert told.value.hint.startswith("name its files: ")


@pytest.mark.skipif(sys.platform == "win32", reason="files have no limit there")
@pytest.mark.parametrize("blocks", [1, 8, 48])
def test_a_disk_that_takes_a_part_is_told(tmp_path: Path, blocks: int) -> None:
    """Lines as long as a block of the disk: what fits of them is sound by itself."""
    line = '{{"kind": "project", "id": "A10-{:03}"}}'
    lines = (line.format(at).ljust(4095) + "\n" for at in range(16))
    (tmp_path / "some.jsonl").write_text("".join(lines), "utf-8")
    code = (
        "import resource, sys; from idfgraph.cli import main;"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({blocks * 1024}, {blocks * 1024}));"
        "sys.argv[1:] = ['validate', 'some.jsonl', '--jobs', '1']; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert "cannot be kept in" in done.stderr
