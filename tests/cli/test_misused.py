"""What is told of words that a command does not understand, or that mean something else: plainly,
with the help of that command.
"""

from pathlib import Path
from types import SimpleNamespace

import pytest

from idfgraph.cli import main
from idfgraph.model.errors import BadOutput
from idfgraph.release import build
from idfgraph.release.history import rollback


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("quote", "record is not given; see idfgraph quote --help"),
        ("quote a b c d e", "too many words: d e; see idfgraph quote --help"),
        ("todo --jobs x", "--jobs: write a whole number; see idfgraph todo"),
        ("codes accept", "CODE is not given; see idfgraph codes accept --help"),
        (
            "todo --langg fr",
            "there is no option --langg; did you mean --lang?; see idfgraph",
        ),
        ("frobnicate", "there is no command frobnicate; see idfgraph --help"),
    ],
)
def test_words_are_told_with_the_help_of_their_command(
    words: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["idfgraph", *words.split()])
    with pytest.raises(SystemExit, match="2"):
        main()
    assert capsys.readouterr().err.startswith(f"idfgraph: {told}")


def test_the_name_of_a_release_is_told_its_option() -> None:
    with pytest.raises(BadOutput, match=r"is no published release.* --to 767"):
        rollback(Path("767"))


def test_a_day_before_that_of_a_release_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A release is dated by `asOf`: what was forgotten there goes back in time."""
    days = iter(("2026-11-20", "2026-11-21"))
    monkeypatch.setattr(build, "releases_of", lambda _: [SimpleNamespace(path=tmp_path)] * 2)
    monkeypatch.setattr(build, "read_summary", lambda _: SimpleNamespace(issued=next(days)))
    made = SimpleNamespace(store=None)
    (note,) = build.ReleaseBuild.dated(made, "2020-01-01")  # type: ignore[arg-type]
    assert "asOf in dataset.yaml is 2020-01-01" in note and "(2026-11-21)" in note
    days = iter(("2026-11-20", "2026-11-21"))
    assert not list(build.ReleaseBuild.dated(made, "2026-11-21"))  # type: ignore[arg-type]
