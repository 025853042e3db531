"""Files of the release before are taken where they would be made of the same, and a release is the
same, to the byte, as one that is made anew.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from idfgraph import publish
from idfgraph.checks import kept_shards
from idfgraph.exports.site import ingredients
from idfgraph.model.layout import DUMPS, SUMS, TABLES
from idfgraph.release.history import mend
from idfgraph.release.store import CHECKED, MADE_OF
from idfgraph.system import resources

ROOT = Path(__file__).parents[2]

#: How many records are made up.
RECORDS = 6


@pytest.fixture(scope="module")
def made_up() -> list[str]:
    """Lines of made-up records, and one more."""
    command = [sys.executable, str(ROOT / "bench" / "generate.py"), str(RECORDS + 1)]
    return subprocess.run(
        command, check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout.splitlines(keepends=True)


@pytest.fixture(scope="module")
def before(made_up: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with data, and a release of them."""
    folder = tmp_path_factory.mktemp("before")
    shutil.copytree(ROOT / "data", folder / "data")
    (folder / "data" / "records" / "made.jsonl").write_text("".join(made_up[:-1]), "utf-8")
    publish([folder / "data"], folder / "public", jobs=1)
    return folder


@pytest.fixture
def desk(before: Path, tmp_path: Path) -> Path:
    """A copy of that folder."""
    return shutil.copytree(before, tmp_path / "desk", symlinks=True)


def again(desk: Path, **options: object) -> Path:
    """A release of changed data, once it is known to be as one made of nothing but the data."""
    anew = shutil.copytree(desk, desk.with_name("anew"), symlinks=True)
    for name in (MADE_OF, CHECKED):
        (anew / ".public-releases" / name).unlink()
    for folder in (anew, desk):
        publish([folder / "data"], folder / "public", allow_removals=True, jobs=1, **options)  # type: ignore[arg-type]
    assert (desk / "public" / SUMS).read_bytes() == (anew / "public" / SUMS).read_bytes()
    assert not taken(anew)
    copies = [one for part in (DUMPS, TABLES) for one in (desk / "public" / part).iterdir()]
    assert {one.stat().st_nlink for one in copies} == {1}
    for file in (anew / "public").rglob("*"):
        own = desk / "public" / file.relative_to(anew / "public")
        assert file.is_dir() or file.read_bytes() == own.read_bytes()
    return desk / "public"


def taken(desk: Path) -> set[str]:
    """The paths of documents that are one on disk with those of the release before."""
    files = (desk / "public" / "doc").rglob("*.*")
    return {
        file.relative_to(desk / "public").as_posix() for file in files if file.stat().st_nlink > 1
    }


def edit(file: Path, old: str, new: str) -> None:
    """Changes a text where it stands first."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def changed(desk: Path, _: list[str]) -> None:
    """Another budget."""
    file = desk / "data" / "records" / "made.jsonl"
    budget = re.search(r'"property":"budget.value","text":"([0-9]+)', file.read_text("utf-8"))
    assert budget
    new = str(int(budget[1]) ^ 1)
    file.write_text(file.read_text("utf-8").replace(f'"{budget[1]}', f'"{new}'), "utf-8")


def added(desk: Path, made_up: list[str]) -> None:
    """One record more."""
    with (desk / "data" / "records" / "made.jsonl").open("a", encoding="utf-8") as file:
        file.write(made_up[-1])


def withdrawn(desk: Path, made_up: list[str]) -> None:
    """A record that is withdrawn."""
    (id_,) = re.findall('"id":"([^"]+)"', made_up[2])[:1]
    reason = json.dumps(dict.fromkeys(("en", "fr", "es"), "A copy."))
    said = f'"withdrawn":{{"date":"2026-11-21","reason":{reason}}}'
    file = desk / "data" / "records" / "made.jsonl"
    edit(file, made_up[2], f'{{"kind":"project","id":"{id_}",{said}}}\n')


def recaptured(desk: Path, _: list[str]) -> None:
    """The page of a programme, captured on another day."""
    edit(desk / "data" / "pages" / "004_fea83b6aa0f0de18.txt", "\n", "\n\n")


def retitled(desk: Path, _: list[str]) -> None:
    """A data set with another title."""
    edit(desk / "data" / "dataset.yaml", "as a knowledge graph", "as a graph")


def gone(desk: Path, made_up: list[str]) -> None:
    """A record that is no more."""
    edit(desk / "data" / "records" / "made.jsonl", made_up[1], "")


def everything(desk: Path, made_up: list[str]) -> None:
    """Most of this at once."""
    for change in (changed, added, withdrawn, gone):
        change(desk, made_up)


def test_a_release_is_as_one_made_anew(desk: Path, made_up: list[str]) -> None:
    everything(desk, made_up)
    again(desk)
    assert taken(desk)


@pytest.mark.parametrize("change", [changed, added, withdrawn, gone, recaptured, retitled])
def test_so_it_is_after_each_change(
    desk: Path, made_up: list[str], change: Callable[[Path, list[str]], None]
) -> None:
    change(desk, made_up)
    again(desk)
    assert taken(desk)


def test_what_shows_another_name_is_made_anew(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = shutil.copytree(resources.REFERENCE, tmp_path / "reference")
    edit(reference / "states.jsonl", '"Albania"', '"Land of eagles"')
    monkeypatch.setattr(resources, "REFERENCE", reference)
    out = again(desk)
    assert "Land of eagles" in (out / "doc" / "project" / "V47-805.html").read_text("utf-8")
    assert "doc/project/V47-805.html" not in taken(desk)
    assert "doc/project/PX.0220.html" in taken(desk)


@pytest.mark.parametrize(
    "options", [{"site": "plain"}, {"site": "none"}, {"base": "https://x.example/"}]
)
def test_other_options_make_what_they_are_about_anew(desk: Path, options: dict[str, str]) -> None:
    again(desk, **options)
    assert all(not path.endswith(".html") for path in taken(desk))
    assert bool(taken(desk)) == ("base" not in options)


def _other_program(patch: pytest.MonkeyPatch, _: Path) -> None:
    for module in (ingredients, kept_shards):
        patch.setattr(module, "program", lambda: "another")


def _no_links(patch: pytest.MonkeyPatch, _: Path) -> None:
    def refused(*_: object) -> None:
        raise OSError(38, "no links here")

    patch.setattr(os, "link", refused)


def _spoilt(content: bytes) -> Callable[[pytest.MonkeyPatch, Path], None]:
    def spoil(_: pytest.MonkeyPatch, desk: Path) -> None:
        (desk / ".public-releases" / MADE_OF).write_bytes(content)

    return spoil


@pytest.mark.parametrize(
    "hinder",
    [
        _other_program,
        _no_links,
        *map(_spoilt, (b"", b"\xff\n", b'{"release": 1}\n', b"{}\n\t\n")),
    ],
)
def test_where_nothing_can_be_taken_all_is_made_anew(
    desk: Path,
    made_up: list[str],
    monkeypatch: pytest.MonkeyPatch,
    hinder: Callable[[pytest.MonkeyPatch, Path], None],
) -> None:
    changed(desk, made_up)
    hinder(monkeypatch, desk)
    again(desk)
    assert not taken(desk)


def test_what_is_damaged_is_made_anew_and_heals(desk: Path, made_up: list[str]) -> None:
    path = "doc/state/ALB.fr.html"
    old = (desk / "public").resolve()
    sound = (old / path).read_bytes()
    (old / path).write_bytes(sound[:-1] + b"X")
    changed(desk, made_up)
    again(desk, why=[path])
    assert path not in taken(desk)
    assert (desk / "public" / path).read_bytes() == sound
    mend(desk / "public")
    assert (old / path).read_bytes() == sound


WHY = {
    "index.html": "is made anew for each release",
    "doc/state/ALB.nt": "is taken from",
    "doc/project/AA.0000.html": "what is said of prj:AA.0000 has changed",
    "doc/project/none.html": "is no file of this release",
}


def test_each_file_is_told_why(desk: Path, made_up: list[str]) -> None:
    """As often as it is asked for, in the order of asking, once each."""
    changed(desk, made_up)
    told = publish([desk / "data"], desk / "public", why=[*WHY, "index.html"]).why
    assert [set(one) for one in told] == [{"en", "fr", "es"}] * len(WHY)
    for said, (path, why) in zip(told, WHY.items(), strict=True):
        assert said["en"].startswith(f"{path} ")
        assert why in said["en"]
