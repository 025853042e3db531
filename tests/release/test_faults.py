"""Whatever happens at a system call of a publish: the old release or the new, whole; and the next
run tidies up.
"""

import os
import shutil
from pathlib import Path

import pytest
from support.command import ROOT
from support.faults_strace import HAPPENINGS, Step, publishing, struck, traced
from support.whole import name_if_whole

from idfgraph import publish
from idfgraph.release.store import CHECKED, MADE_OF

pytestmark = pytest.mark.skipif(
    not shutil.which("strace") and os.environ.get("CI") != "true", reason="strace is not installed"
)

#: How many faults, spread evenly over all steps and happenings.
FAULTS = 500 if os.environ.get("IDFGRAPH_FULL") else 2

#: In how many parts they are tried, each with a share of them: as many can run at a time.
PARTS = 10 if os.environ.get("IDFGRAPH_FULL") else 1


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small data folder: one record and its page."""
    folder = tmp_path_factory.mktemp("small") / "data"
    for path in ("dataset.yaml", "pages/000_3cd946cab0f19b2c.txt", "records/V47-805.yaml"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "data" / path, folder / path)
    return folder


@pytest.fixture(scope="module")
def site(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where an older release of the data stands, which is then changed a little."""
    folder = tmp_path_factory.mktemp("site")
    publish([data], folder / "public")
    settings = (data / "dataset.yaml").read_text("utf-8")
    (data / "dataset.yaml").write_text(
        settings.replace("asOf: 2026-11-21", "asOf: 2026-11-22"), "utf-8"
    )
    return folder


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Path:
    """A copy of that folder."""
    return shutil.copytree(site, tmp_path / "site", symlinks=True)


def unsynced(steps: list[Step], out: Path) -> list[str]:
    """What might not outlast a power cut that comes right after the last step: it was not synced in
    time.
    """
    paths = [step.path for step in steps]
    swap = next(
        at for at, step in enumerate(steps) if step.call == "rename" and step.path == str(out)
    )
    named = next(
        at
        for at, step in enumerate(steps)
        if step.call == "rename" and ".building" in step.paths[0]
    )
    building = steps[named].paths[0]
    synced = {(step.path, at) for at, step in enumerate(steps) if step.call == "fsync"}
    last = {
        path: at
        for at, path in enumerate(paths)
        if path.startswith(building) and steps[at].call != "fsync"
    }
    for path, at in list(last.items()):
        folder = path.rpartition("/")[0]
        if folder in last and steps[at].call in {"openat", "mkdir"}:
            last[folder] = max(last[folder], at)
    wanted = [(path, at, named) for path, at in last.items()]
    wanted += [(paths[named].rpartition("/")[0], named, swap), (str(out.parent), named, swap)]
    wanted.append((str(out.parent), swap, len(steps)))
    return [
        path
        for path, low, high in wanted
        if not any((path, at) in synced for at in range(low + 1, high))
    ]


@pytest.mark.skipif(not os.environ.get("IDFGRAPH_FULL"), reason="takes long: .ci/long attacks")
def test_all_is_synced_before_the_swap_and_the_swap_after(
    data: Path, copy: Path, tmp_path: Path
) -> None:
    out = copy / "public"
    steps = traced(publishing(data, out), copy, tmp_path / "log")
    assert unsynced(steps, out) == []
    assert len([step for step in steps if step.call == "openat"]) > 50
    needed = [at for at, step in enumerate(steps) if step.call == "fsync"][:-1]
    assert all(unsynced(steps[:at] + steps[at + 1 :], out) for at in needed)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_fault_at_any_step_leaves_the_old_release_or_the_new_one(
    part: int, data: Path, site: Path, tmp_path: Path
) -> None:
    out = tmp_path / "site" / "public"
    shutil.copytree(site, out.parent, symlinks=True)
    old = name_if_whole(out)
    steps = traced(publishing(data, out), out.parent, tmp_path / "log")
    new = name_if_whole(out)
    faults = [
        (step, what)
        for step in steps
        for what in HAPPENINGS
        if what != "short" or step.call == "write"
    ]
    calls = {step.call.removesuffix("at") for step in steps}
    assert calls >= {"open", "write", "fsync", "rename", "symlink", "link", "mkdir", "unlink"}
    assert len(faults) > 500
    outcomes = []
    for step, what in faults[:: -max(1, len(faults) // FAULTS)][part::PARTS]:
        shutil.rmtree(out.parent)
        shutil.copytree(site, out.parent, symlinks=True)
        done = struck(publishing(data, out), step, what)
        found = name_if_whole(out)
        outcomes.append((found, done.returncode))
        assert found in {old, new}, (step, what)
        if what == "KILL":
            assert done.returncode in {0, -9, 137}, (step, what, done.stderr)
        else:
            assert done.returncode in {0, 2}, (step, what, done.stderr)
            assert (found == new) == (done.returncode == 0 or "is published, but" in done.stderr), (
                step,
                what,
                done,
            )
            assert len(done.stderr.splitlines()) == 1, (step, what, done.stderr)
            assert "Traceback" not in done.stderr, (step, what)
        publish([data], out)
        assert name_if_whole(out) == new
        assert {path.name for path in (out.parent / ".public-releases").iterdir()} == {
            ".lock",
            MADE_OF,
            CHECKED,
            old,
            new,
        }, (step, what)
    assert {old, new} == {found for found, _ in outcomes}
    share = 0.6 if FAULTS > 100 else 0.3  # Of few, several may fall on what is only tidied up.
    assert sum(code != 0 for _, code in outcomes) > len(outcomes) * share


def test_what_is_published_but_not_synced_is_said(data: Path, copy: Path) -> None:
    step = Step("fsync", (str(copy),), 2)
    done = struck(publishing(data, copy / "public"), step, "EIO")
    assert done.returncode == 2
    assert (
        "is published, but might not outlast a power cut: Input/output error; publish again"
        in done.stderr
    )
