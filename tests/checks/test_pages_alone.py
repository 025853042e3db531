"""A record that is removed leaves its page, and what is published of it is told."""

from pathlib import Path

import pytest
from support.command import desk_in
from typer.testing import CliRunner

from idfgraph.checks.check import check
from idfgraph.cli import app


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return desk_in(tmp_path)


def told(desk: Path, lang: str = "en") -> list[str]:
    said = (one.result.message(lang) for one in check(desk).findings)
    return [one for one in said if "idfgraph extract" in one and "withdrawn" in one]


def test_a_page_whose_record_is_gone_is_told(desk: Path) -> None:
    assert not told(desk)
    for name in ("W34-805", "PX.0220"):
        (desk / "records" / f"{name}.yaml").unlink()
    for lang in ("en", "fr", "es"):
        (said,) = told(desk, lang)
        assert "PX.0220, W34-805" in said or "W34-805, PX.0220" in said
    done = CliRunner().invoke(app, ["publish", str(desk), "--site", "none", "--lang", "fr"])
    assert done.exit_code == 0
    assert "Aucune fiche n'a " in done.stderr


def test_a_folder_of_pages_has_no_records_to_lack(desk: Path) -> None:
    for name in ("W34-805", "PX.0220", "V47-805"):
        (desk / "records" / f"{name}.yaml").unlink()
    assert not told(desk)
