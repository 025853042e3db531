"""What a run works with: reference data that is indexed once as long as it is the same."""

import shutil
from pathlib import Path

import pytest
from support.rendering import RECORDS, text

from idfgraph.graph.setting import Setting, prepare

ROOT = Path(__file__).parents[2]
NAME = '- {alias: Ivory Shore, lang: en, id: "st:CIV", why: an old name}\n'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a name of its own."""
    data = tmp_path / "data"
    (data / "reference").mkdir(parents=True)
    (data / "pages").mkdir()
    (data / "pages" / "page.txt").write_text(text(RECORDS[0]), encoding="utf-8")
    shutil.copy(ROOT / "data" / "dataset.yaml", data)
    (data / "reference" / "overrides.yaml").write_text(NAME, encoding="utf-8")
    return data


def found(setting: Setting, name: str) -> set[str]:
    """The states that a name is for."""
    cut = setting.reference.states.cut(name)
    return {one.id for one in cut.names if one.id}


def test_the_same_reference_data_is_indexed_once(data: Path, tmp_path: Path) -> None:
    shutil.copytree(data, tmp_path / "elsewhere" / "data")
    again = prepare(tmp_path / "elsewhere" / "data")
    assert again.reference is prepare(data).reference
    assert again.folders != prepare(data).folders


@pytest.mark.parametrize("change", ["name", "label", "base"])
def test_what_differs_in_anything_is_indexed_anew(data: Path, change: str) -> None:
    before = prepare(data)
    reference = data / "reference"
    if change == "name":
        (reference / "overrides.yaml").write_text(NAME.replace("Shore", "Strand"), encoding="utf-8")
    if change == "label":
        label = '{"label": "Start of it", "property": "startYear", "lang": "en"}\n'
        (reference / "field-labels.jsonl").write_text(label, encoding="utf-8")
    after = prepare(data, base="https://example.org/" if change == "base" else None)
    assert after.reference is not before.reference


def test_a_name_that_is_taken_back_is_not_known_any_more(data: Path) -> None:
    assert found(prepare(data), "Ivory Shore") == {"st:CIV"}
    (data / "reference" / "overrides.yaml").write_text("# none\n", encoding="utf-8")
    assert not found(prepare(data), "Ivory Shore")
    (data / "reference" / "overrides.yaml").write_text(NAME, encoding="utf-8")
    assert found(prepare(data), "Ivory Shore") == {"st:CIV"}
