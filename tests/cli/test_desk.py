"""The folder that `init` makes: every command works in it without arguments, from any folder inside
it, and means nobody else's.
"""

import json
from pathlib import Path

import pytest
from support.command import ROOT, SEED, desk_in, run

from idfgraph.curation.start import init
from idfgraph.model.layout import MARK
from idfgraph.sources.parts import home, is_desk, public_of

#: Folders that one can be in, and where the top of the data folder is from there.
INSIDE = {"": "", "records": "..", "pages": "..", "reference": "..", "notes/old": "../.."}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A data folder, and a folder in it that nothing knows of."""
    init(tmp_path / "own desk")
    (tmp_path / "own desk" / "notes" / "old").mkdir(parents=True)
    return tmp_path / "own desk"


@pytest.mark.parametrize("inside", INSIDE)
def test_it_is_found_from_any_folder_inside(
    desk: Path, inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk / inside)
    assert home() == Path(INSIDE[inside])
    assert public_of(home()) == Path(INSIDE[inside], "public")


@pytest.mark.parametrize("inside", ["", "docs", "data", "data/records"])
def test_the_layout_of_a_repository_is_found_too(
    tmp_path: Path, inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its data stand in data/, and its release beside that; once it is there, also from within."""
    init(tmp_path / "data")
    (tmp_path / "docs").mkdir()
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / MARK).write_text("", "utf-8")
    monkeypatch.chdir(tmp_path / inside)
    assert home().resolve() == tmp_path / "data"
    assert public_of(home()).resolve() == tmp_path / "public"


def test_commands_without_arguments(desk: Path) -> None:
    """From a folder inside; what is written and told is as one sees it from there."""
    here = desk / "records"
    done = run("publish", "--jobs", "1", cwd=here)
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("data folder: ..\n") and "in ../public as" in done.stderr
    assert (desk / "public" / "release.json").is_file()
    listed = run("releases", cwd=here)
    assert listed.stderr == "release: ../public\n1 release in ../public\n"
    asked = run("query", "beneficiary-projects", "--set", "state=ALB", cwd=desk / "pages")
    assert "EX.0001" in asked.stdout, asked.stderr
    checked = run("validate", "--jobs", "1", "--format", "json", cwd=desk / "notes" / "old")
    assert json.loads(checked.stdout)["findings"] is not None
    assert run("todo", "--jobs", "1", cwd=here).stdout.count("../records/EX.0001.yaml") == 1
    made = run("new", "project", "V99-805", cwd=desk / "pages")
    assert made.stdout == "../records/V99-805.yaml\n"
    assert run("codes", cwd=here).returncode == 0
    assert sorted(path.name for path in here.iterdir()) == ["EX.0001.yaml", "V99-805.yaml"]


def test_what_is_named_wins(desk: Path, tmp_path: Path) -> None:
    """A release of another desk does not go where this one's is."""
    init(other := tmp_path / "other")
    done = run("publish", other, "--jobs", "1", cwd=desk / "notes")
    assert done.returncode == 0 and "data folder" not in done.stderr
    assert (desk / "notes" / "public").exists() and not (desk / "public").exists()
    run("publish", "--out", tmp_path / "out", "--jobs", "1", cwd=desk)
    assert (tmp_path / "out" / "release.json").is_file() and not (desk / "public").exists()


@pytest.mark.parametrize("name", ["", "dataset.yml", "Dataset.yaml", "datasets.yaml"])
def test_a_desk_without_its_name_is_nobody_elses(desk: Path, tmp_path: Path, name: str) -> None:
    """Neither that of the folder above, nor that which ships."""
    init(tmp_path / "above")
    inner = desk.rename(tmp_path / "above" / "inner")
    (inner / "dataset.yaml").rename(inner / name if name else tmp_path / "away")
    way = "call it dataset.yaml" if name else "idfgraph init .."
    for command in ("publish", "validate", "todo", "migrate", "new project V99-805"):
        done = run(*command.split(), cwd=inner / "records")
        assert done.returncode == 2 and way in done.stderr, (command, done.stderr)
    assert not list(tmp_path.rglob("public"))


def test_letter_case_counts_whatever_the_system_takes_for_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where `dataset.yaml` opens `Dataset.yaml`: git on another system would not."""
    (tmp_path / "Dataset.yaml").write_text("", "utf-8")
    monkeypatch.setattr(Path, "is_file", lambda path: path.name.casefold() == "dataset.yaml")
    assert not is_desk(tmp_path)


def test_without_any_the_demo_is_not_taken(tmp_path: Path) -> None:
    done = run("publish", cwd=tmp_path)
    assert done.returncode == 2 and "no dataset.yaml here or above" in done.stderr


def test_the_repositorys_own_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SEED.parent)
    assert home() == Path("..") and home().resolve() == ROOT / "data"


def test_a_person_sees_their_own_and_what_is_wrong(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    file = desk / "records" / "PX.0220.yaml"
    text = file.read_text("utf-8")
    assert "  status: active" in text
    file.write_text(text.replace("  status: active", "  status: completed"), "utf-8")
    words = ("--why", "So.", "--by", "Ada", "--evidence", "https://example.org/report")
    assert run("decide", "V47-805", "endYear", "2005", *words, cwd=tmp_path).returncode == 0
    asked = {
        name: run("todo", *options, cwd=tmp_path).stdout
        for name, options in {
            "all": (),
            "errors": ("--errors",),
            "mine": ("--mine", "--by", "ada"),
        }.items()
    }
    assert "PX.0220" in asked["all"] and "V47-805" in asked["all"]
    assert "PX.0220" in asked["errors"] and "V47-805" not in asked["errors"]
    assert "PX.0220" not in asked["mine"] and "V47-805" in asked["mine"]
    wrong = run("validate", "--errors", cwd=tmp_path)
    assert wrong.returncode == 1 and "warning[" not in wrong.stdout
    own = run("validate", "--mine", "--by", "Ada", cwd=tmp_path)
    assert own.returncode == 1 and "PX.0220" not in own.stdout and "V47-805" in own.stdout
    nobody = run("todo", "--mine", cwd=tmp_path)
    assert nobody.returncode == 2 and "--by" in nobody.stderr


@pytest.mark.parametrize("name", ["PX.0220", "px0220", "px 0220"])
def test_a_record_is_named_with_its_signs_or_without(name: str, tmp_path: Path) -> None:
    """By `tidy` as by the commands that decide and quote."""
    desk_in(tmp_path)
    done = run("tidy", name, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "0 records tidied\n")
