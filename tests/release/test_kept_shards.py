"""Records that were checked before are taken as they were where they would be checked in the same
way; what is told of them is the same, and stands where it is found by now.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from idfgraph import publish
from idfgraph.checks import check, kept_shards
from idfgraph.checks.check import Validated
from idfgraph.checks.kept_shards import ShardFile
from idfgraph.checks.shards import Shard, check_shard
from idfgraph.model.errors import BadOutput, Place
from idfgraph.model.layout import SUMS
from idfgraph.release.history import redact
from idfgraph.release.store import CHECKED, REDACTED, SET_ASIDE
from idfgraph.system import resources
from idfgraph.system.disk import unfinished

ROOT = Path(__file__).parents[2]

#: What can stand in the place of a file on some systems alone.
_POSIX = ["pipe", "device"] if os.name == "posix" else []


class Watched:
    """Notes the ids of the records that are checked."""

    def __init__(self) -> None:
        self.ids: set[str] = set()

    def __call__(self, *asked: object) -> Shard:
        self.ids.update(one.record.id for one in asked[-1])  # type: ignore[attr-defined]
        return check_shard(*asked)  # type: ignore[arg-type]


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Two records at a time, those that are checked noted."""
    watched = Watched()
    monkeypatch.setattr(check, "_CHUNK", 2)
    monkeypatch.setattr(kept_shards, "check_shard", watched)
    return watched


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with data, and a release of them, two records at a time."""
    folder = tmp_path_factory.mktemp("released")
    shutil.copytree(ROOT / "data", folder / "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check, "_CHUNK", 2)
        publish_(folder)
    return folder


@pytest.fixture
def desk(released: Path, tmp_path: Path) -> Path:
    """A copy of that folder."""
    return shutil.copytree(released, tmp_path / "desk", symlinks=True)


def publish_(desk: Path, **options: bool) -> Validated:
    return publish([desk / "data"], desk / "public", jobs=1, site="none", **options)  # type: ignore[arg-type]


def again(desk: Path, checked: Watched) -> tuple[Validated, set[str]]:
    """A release of changed data, which is as one that is made anew, and what was checked for it."""
    done, ids = publish_(desk), set(checked.ids)
    anew = shutil.copytree(desk / "data", desk / "anew" / "data").parent
    told = publish_(anew)
    assert (anew / "public" / SUMS).read_bytes() == (desk / "public" / SUMS).read_bytes()
    words = [repr(one).replace(str(anew), str(desk)) for one in told.findings]
    assert list(map(repr, done.findings)) == words
    return done, ids


def test_nothing_is_checked_that_is_as_it_was(desk: Path, checked: Watched) -> None:
    done, ids = again(desk, checked)
    assert not ids
    assert done.findings


def test_what_is_told_stands_where_it_is_found_by_now(desk: Path, checked: Watched) -> None:
    record = desk / "data" / "records" / "PX.0220.yaml"
    record.write_text("# One line more.\n" + record.read_text("utf-8"), "utf-8")
    done, ids = again(desk, checked)
    assert not ids
    places = [one.place for one in done.findings if one.place.file == str(record)]
    assert places
    assert all(place.line > 1 for place in places)


def test_of_changed_records_alone_those_beside_them_are_checked(
    desk: Path, checked: Watched
) -> None:
    record = desk / "data" / "records" / "PX.0220.yaml"
    text = record.read_text("utf-8")
    assert "by: idfgraph maintainers" in text
    record.write_text(text.replace("by: idfgraph maintainers", "by: the desk", 1), "utf-8")
    _, ids = again(desk, checked)
    assert "PX.0220" in ids
    assert len(ids) <= 2


def _retitled(desk: Path, _: pytest.MonkeyPatch) -> None:
    file = desk / "data" / "dataset.yaml"
    file.write_text(file.read_text("utf-8").replace("as a knowledge graph", "as a graph"), "utf-8")


def _without_page(desk: Path, _: pytest.MonkeyPatch) -> None:
    for page in (desk / "data" / "pages").glob("*.txt"):
        page.unlink()
    (desk / "public").unlink()
    for path in (desk / ".public-releases").iterdir():
        if path.is_dir():
            shutil.rmtree(path)


def _other_names(desk: Path, patch: pytest.MonkeyPatch) -> None:
    reference = shutil.copytree(resources.REFERENCE, desk / "names")
    entries = reference / "states.jsonl"
    entries.write_text(entries.read_text("utf-8").replace('"Albania"', '"Land of eagles"'), "utf-8")
    patch.setattr(resources, "REFERENCE", reference)


def _another_program(_: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(kept_shards, "program", lambda: "another")


@pytest.mark.parametrize("change", [_retitled, _without_page, _other_names, _another_program])
def test_where_they_would_be_checked_in_another_way_all_are(
    desk: Path,
    checked: Watched,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Path, pytest.MonkeyPatch], None],
) -> None:
    change(desk, monkeypatch)
    publish_(desk, allow_removals=True)
    assert len(checked.ids) == 5


def test_damage_costs_time_alone(desk: Path, checked: Watched) -> None:
    kept = desk / ".public-releases" / CHECKED
    whole, sums = kept.read_bytes(), (desk / "public" / SUMS).read_bytes()
    assert len(ShardFile.of(kept).known) > 2
    for spoilt in (
        b"",
        whole[: len(whole) // 2],
        whole[: len(whole) // 2] + b"\0" + whole[len(whole) // 2 + 1 :],
        whole[:30] + b"\0" * 10 + whole[40:],
        b"\xff" * 4096,
    ):
        kept.write_bytes(spoilt)
        publish_(desk)
        assert (desk / "public" / SUMS).read_bytes() == sums
        assert kept.read_bytes() == whole
    assert checked.ids


def test_what_is_taken_out_of_releases_is_not_kept_here(desk: Path, checked: Watched) -> None:
    (page, *_) = (desk / "public" / "pages").iterdir()
    redact(desk / "public", page.stem)
    assert not (desk / ".public-releases" / CHECKED).exists()
    assert not checked.ids


def test_what_a_killed_run_left_of_them_is_not_kept_either(desk: Path, checked: Watched) -> None:
    (page, *_) = (desk / "public" / "pages").iterdir()
    kept = desk / ".public-releases" / CHECKED
    left = unfinished(kept)
    left.write_bytes(kept.read_bytes())
    redact(desk / "public", page.stem)
    assert not left.exists()
    assert not checked.ids


def test_those_of_the_release_before_go_where_none_are_kept(
    desk: Path, checked: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = desk / ".public-releases" / CHECKED
    monkeypatch.setattr(kept_shards, "write_bytes", _no_room)
    publish_(desk)
    assert not kept.exists()
    assert not checked.ids


def _no_room(path: Path, _: object) -> None:
    raise BadOutput("No space left on device", Place(str(path)))


@pytest.mark.parametrize(
    "stands", ["folder", "nothing", *(["pipe", "device"] if os.name == "posix" else [])]
)
def test_what_stands_in_its_place_is_no_hindrance(
    desk: Path, checked: Watched, stands: str
) -> None:
    kept = desk / ".public-releases" / CHECKED
    kept.unlink()
    if stands == "folder":
        kept.mkdir()
    if stands in {"pipe", "device"}:
        os.mkfifo(kept) if stands == "pipe" else kept.symlink_to("/dev/zero")
    publish_(desk)
    assert len(checked.ids) == 5
    assert kept.is_dir() if stands == "folder" else kept.is_file()


@pytest.mark.skipif(os.name != "posix", reason="pipes are POSIX's")
@pytest.mark.parametrize("name", [REDACTED, SET_ASIDE])
def test_a_pipe_in_the_place_of_a_note_keeps_nobody_waiting(
    desk: Path, checked: Watched, name: str
) -> None:
    os.mkfifo(desk / ".public-releases" / name)
    with pytest.raises(BadOutput, match="cannot be read"):
        publish_(desk)
    assert not checked.ids
