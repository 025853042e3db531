"""What writes records asks where, in no data folder."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from idfgraph.cli import app
from idfgraph.model.errors import BadConfig

PAGE = "A title\nProjet ID: PX.0220\nStatus: Active\n"


@pytest.mark.parametrize("words", [["extract", "page.txt"], ["new", "project", "V99-805"]])
def test_nothing_is_written_in_no_data_folder(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    monkeypatch.chdir(tmp_path)
    error = CliRunner().invoke(app, words).exception
    assert isinstance(error, BadConfig)
    assert error.told_in("fr").startswith("il n'y a pas de dossier de données ici")
    assert "idfgraph init data" in error.hint
    assert [path.name for path in tmp_path.iterdir()] == ["page.txt"]
    done = CliRunner().invoke(app, [*words, "--into", "records"])
    assert done.exit_code == 0
    assert "in no data folder" in done.stderr
