"""Twenty and more kinds of damage to releases: what each command does, as the table in
docs/damage.md says; files of others are never touched.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from support.command import ROOT
from support.small_releases import make, plant, untouched

from idfgraph.model.errors import BadOutput, IdfgraphError
from idfgraph.release.history import check, check_dump, keep, mend, rollback
from idfgraph.release.sums import fault, name_of, read_sums

PAGE = ROOT / "docs" / "damage.md"
REWRITE = os.environ.get("IDFGRAPH_REWRITE") == "1"

posix = pytest.mark.skipif(os.name != "posix", reason="links and pipes are POSIX's")
pytestmark = posix


class Desk(NamedTuple):
    """Three releases of a folder, oldest first, and the folder."""

    out: Path
    names: tuple[str, ...]

    def at(self, number: int) -> Path:
        """The folder of a release, whole or pruned."""
        root = self.out.with_name(".public-releases")
        return next(root.glob(f"{self.names[number]}*"))

    def archived(self, number: int) -> Iterator[Path]:
        """The dump of the version of a release, wherever it is."""
        told = (self.at(number) / "data/idf.nq").read_bytes()
        for release in range(3):
            for file in sorted(self.at(release).glob("archive/*/data/idf.nq")):
                if file.read_bytes() == told:
                    yield file


def damaged(file: Path) -> None:
    """One byte of a file is another: as long as it was, and in the same place on the disk."""
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    with file.open("r+b") as stream:
        stream.write(data)


def both_copies(desk: Desk) -> None:
    places = list(desk.archived(0))
    damaged(desk.at(0) / "data/idf.nq")
    damaged(places[0])


def linked(desk: Desk) -> None:
    file = desk.at(2) / "doc/project/A1.ttl"
    file.rename(desk.out.parent / "A1.ttl")
    file.symlink_to(desk.out.parent / "A1.ttl")


def replaced(desk: Desk, by: Callable[[Path], object], path: str = "data/idf.nq") -> None:
    file = desk.at(2) / path
    file.unlink()
    by(file)


def foldered(desk: Desk, path: str, *, full: bool = False) -> None:
    file = desk.at(2) / path
    file.unlink()
    file.mkdir()
    if full:
        (file / "mine.txt").write_text("x")


def filed(desk: Desk) -> None:
    shutil.rmtree(desk.at(2) / "data")
    (desk.at(2) / "data").write_text("x")


def no_lists(desk: Desk, number: int) -> None:
    for name in ("SHA256SUMS", ".idfgraph-release"):
        (desk.at(number) / name).unlink()


def pruned(desk: Desk) -> None:
    keep(desk.out, 1)
    damaged(desk.at(0) / "data/idf.nq")


def unfinished(desk: Desk) -> None:
    root = desk.at(0).parent
    (root / ".building").mkdir()
    (root / ".building" / "a.txt").write_text("half")
    (root / ".making").write_text("# idfgraph release in the making\na.txt\n")


KINDS: dict[str, Callable[[Desk], object]] = {
    "current: a byte of the dump": lambda desk: damaged(desk.at(2) / "data/idf.nq"),
    "current: the dump is empty": lambda desk: (desk.at(2) / "data/idf.nq").write_bytes(b""),
    "current: the dump is missing": lambda desk: (desk.at(2) / "data/idf.nq").unlink(),
    "current: a folder in the place of the dump": lambda desk: replaced(desk, Path.mkdir),
    "current: a folder with a file in it in the place of the dump": lambda desk: foldered(
        desk, "data/idf.nq", full=True
    ),
    "current: a file in the place of a folder": filed,
    "current: a folder in the place of a document": lambda desk: foldered(
        desk, "doc/project/A1.ttl"
    ),
    "current: a folder with a file in it in the place of a document": lambda desk: foldered(
        desk, "doc/project/A1.ttl", full=True
    ),
    "current: a folder in the place of SHA256SUMS": lambda desk: foldered(desk, "SHA256SUMS"),
    "current: a folder in the place of the mark": lambda desk: foldered(desk, ".idfgraph-release"),
    "current: a pipe in the place of SHA256SUMS": lambda desk: replaced(
        desk, os.mkfifo, "SHA256SUMS"
    ),
    "current: a pipe in the place of the mark": lambda desk: replaced(
        desk, os.mkfifo, ".idfgraph-release"
    ),
    "current: a pipe in the place of the dump": lambda desk: replaced(desk, os.mkfifo),
    "current: a byte of the context": lambda desk: damaged(desk.at(2) / "context.jsonld"),
    "current: a byte of a document": lambda desk: damaged(desk.at(2) / "doc/project/A1.ttl"),
    "current: a link in the place of a document": linked,
    "current: a byte of release.json": lambda desk: damaged(desk.at(2) / "release.json"),
    "current: SHA256SUMS is missing": lambda desk: (desk.at(2) / "SHA256SUMS").unlink(),
    "current: a byte of SHA256SUMS": lambda desk: damaged(desk.at(2) / "SHA256SUMS"),
    "current: the mark is missing": lambda desk: (desk.at(2) / ".idfgraph-release").unlink(),
    "current: a byte of the mark": lambda desk: damaged(desk.at(2) / ".idfgraph-release"),
    "current: SHA256SUMS and mark are missing": lambda desk: no_lists(desk, 2),
    "current: the folder is gone": lambda desk: shutil.rmtree(desk.at(2)),
    "current: the link `public` is gone": lambda desk: desk.out.unlink(),
    "current: a file that is not ours": lambda desk: (desk.at(2) / "more.txt").write_text("x"),
    "first: a byte of a version, one file in all releases": lambda desk: damaged(
        next(desk.archived(0))
    ),
    "first: a byte of a version, and of its only copy": both_copies,
    "second: a document is missing": lambda desk: (desk.at(1) / "doc/project/A1.ttl").unlink(),
    "second: a byte of the dump": lambda desk: damaged(desk.at(1) / "data/idf.nq"),
    "second: SHA256SUMS and mark are missing": lambda desk: no_lists(desk, 1),
    "second: the folder is gone": lambda desk: shutil.rmtree(desk.at(1)),
    "second: another name": lambda desk: desk.at(1).rename(desk.at(1).with_name("0" * 16)),
    "first, pruned: a byte of the dump": pruned,
    "a run was killed while it made a release": unfinished,
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Three sound releases."""
    out = tmp_path_factory.mktemp("sound") / "site" / "public"
    days = ("2026-11-20", "2026-11-21", "2026-11-22")
    out.parent.mkdir()
    made = (
        make(out, text, day=day) for text, day in zip(("one", "two", "three"), days, strict=True)
    )
    return Desk(out, tuple(made))


def outcomes(sound: Desk, damage: Callable[[Desk], object], root: Path) -> Iterator[str]:
    """What each command does after this damage, each on a copy of its own; the last two after a
    repair.
    """

    def asked(out: Path) -> str:
        check_dump(out)
        return "answered"

    def five(out: Path) -> str:
        return make(out, "five", day="2026-11-23")

    steps: tuple[tuple[Callable[[Path], object], ...], ...] = (
        (lambda out: "; ".join(check(out).damage) or "nothing",),
        (lambda out: "; ".join(mend(out)) or "nothing",),
        (lambda out: make(out, "four", day="2026-11-23") and "done",),
        (lambda out: f"to {rollback(out)}",),
        (asked,),
        (mend, lambda out: make(out, "four", day="2026-11-23") and "done"),
        (mend, five, asked),
    )
    for number, step in enumerate(steps):
        out = root / str(number) / "public"
        shutil.copytree(sound.out.parent, out.parent, symlinks=True, copy_function=_linking({}))
        desk = sound._replace(out=out)
        damage(desk)
        planted = plant([out.parent, out.parent / "mine", out.with_name(".public-releases")])
        told = ""
        for do in step:
            told = said(partial(do, out), desk)
        yield told
        assert untouched(planted)


@pytest.mark.parametrize(
    ("kind", "in_the_way"),
    [
        ("current: a folder in the place of a document", ""),
        ("current: a folder with a file in it in the place of a document", "doc/project/A1.ttl"),
        ("current: a file in the place of a folder", "data"),
    ],
)
def test_the_way_out_that_is_told_works(
    kind: str, in_the_way: str, sound: Desk, tmp_path: Path
) -> None:
    out = tmp_path / "site" / "public"
    shutil.copytree(sound.out.parent, out.parent, symlinks=True)
    desk = sound._replace(out=out)
    KINDS[kind](desk)
    told = "\n".join(mend(out))
    if in_the_way:
        assert f"{desk.at(2) / in_the_way}: is in the way of a file; move it away" in told
        (desk.at(2) / in_the_way).rename(tmp_path / "moved")
    assert make(out, "three", day="2026-11-22") == sound.names[2]
    assert not check(out).damage


def _linking(seen: dict[tuple[int, int], Path]) -> Callable[[str, str], object]:
    """A copy that keeps hard links."""

    def copy(source: str, target: str) -> object:
        stat = Path(source).stat()
        first = seen.setdefault((stat.st_dev, stat.st_ino), Path(target))
        if first == Path(target):
            return shutil.copy2(source, target)
        os.link(first, target)
        return target

    return copy


def said(do: Callable[[], object], desk: Desk) -> str:
    """What a command says, with names that a reader can tell apart."""
    try:
        text = str(do())
    except IdfgraphError as error:
        text = f"refused: {error.place.file}: {error.message}" if error.place.file else str(error)
    text = text.replace(f"{desk.out.parent}/", "")
    for name, word in zip(desk.names, ("first", "second", "third"), strict=True):
        text = text.replace(name, word)
    text = re.sub(r"(2026-11-2\d)-[0-9a-f]{12}", r"\1", text).replace(".public-releases/", "")
    return text.replace("|", "/")


def test_what_each_command_does_is_as_the_table_says(sound: Desk, tmp_path: Path) -> None:
    assert len(KINDS) >= 20
    rows = [
        [kind, *outcomes(sound, damage, tmp_path / str(number))]
        for number, (kind, damage) in enumerate(KINDS.items())
    ]
    head, _, _ = PAGE.read_text("utf-8").partition("\n| damage ")
    columns: tuple[str, ...] = (
        "damage",
        "`--check`",
        "`--repair`",
        "`publish`",
        "`rollback`",
        "`query`",
    )
    columns = (*columns, "`publish` after `--repair`", "`query` after both")
    lines = [f"| {' | '.join(row)} |" for row in (columns, ["---"] * len(columns), *rows)]
    text = "\n".join([head, *lines, ""])
    if REWRITE:
        PAGE.write_text(text, "utf-8")
    assert PAGE.read_text("utf-8") == text


@pytest.mark.parametrize("read", [read_sums, fault, name_of])
def test_a_pipe_in_the_place_of_the_sums_keeps_nobody_waiting(
    tmp_path: Path, read: Callable[[Path], object]
) -> None:
    os.mkfifo(tmp_path / "SHA256SUMS")
    with pytest.raises((BadOutput, FileNotFoundError)):
        read(tmp_path)
