"""Kept results are drawn as they are, to the same bytes, whatever a cell holds."""

import importlib.util
import re
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest
from support.command import ROOT

RESULTS = sorted((ROOT / "bench" / "results").glob("*.tsv"))

TABLE = """# a machine
records\twork\tseconds\tpeak MB
1000\tours\t1.00\t100
10000\tours\t7.00\t100
10000\tours\t10.00\t100
1000\t<b>&\tstopped\t1000
"""


@pytest.fixture(scope="module")
def charts() -> ModuleType:
    found = importlib.util.spec_from_file_location("charts", ROOT / "bench" / "charts.py")
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_charts_are_as_their_results(charts: ModuleType) -> None:
    assert len(RESULTS) >= 4
    for file in RESULTS:
        drawn = charts.drawn(charts.read(file.read_text("utf-8")), file.stem)
        assert drawn == file.with_suffix(".svg").read_text("utf-8"), "run bench/charts.py"


def test_a_point_stands_at_its_powers_of_ten(charts: ModuleType) -> None:
    kept = charts.read(TABLE)
    assert kept.works["ours"][10000] == {"seconds": 10.0, "peak MB": 100.0}
    assert kept.works["<b>&"] == {1000: {"peak MB": 1000.0}}
    drawn = charts.drawn(kept, "a & b")
    ways = re.findall(r'class="line" stroke="#\w+" d="([^"]*)"', drawn)
    right, bottom = charts.WIDTH, charts.HEIGHT
    assert ways == [f"M0 {bottom}L{right} 0", f"M0 {bottom}L{right} {bottom}"]
    texts = [one.text for one in ET.fromstring(drawn).iter() if one.text]
    assert {"<b>&", "ours", "a machine", "1,000", "10,000"} <= set(texts)


@pytest.mark.parametrize("text", ["", "# a machine\n", "records\twork\n1\ta\n", TABLE[:40]])
def test_what_has_nothing_to_draw_is_told(charts: ModuleType, text: str) -> None:
    with pytest.raises(SystemExit, match="no rows with records"):
        charts.read(text)
