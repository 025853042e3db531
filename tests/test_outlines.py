"""The outlines of states: joined from arcs, thinned alike on both sides of a border."""

import json
import tarfile
from pathlib import Path
from typing import Any

import outlines
import pytest
from hatchling.builders.sdist import SdistBuilder
from npm_parts import ATLAS, ENGINE, OUTLINES, ROOT, WASM, made

SQUARE = 20


def atlas(*names: str) -> dict[str, Any]:
    """Squares beside each other from Greenwich to the east, each with an arc on either side that it
    shares, and an island.
    """
    arcs: list[list[list[float]]] = []
    areas: list[dict[str, Any]] = []
    for at, name in enumerate(names):
        left, right = at * SQUARE, (at + 1) * SQUARE
        arcs += [
            [[left, 0], [0, SQUARE]],
            [[left, SQUARE], [SQUARE, 0]],
            [[right, 0], [-SQUARE, 0]],
        ]
        around = [3 * at, 3 * at + 1, ~(3 * at + 3), 3 * at + 2]
        areas.append({"type": "Polygon", "arcs": [around], "properties": {"a3": name}})
    arcs.append([[len(names) * SQUARE, 0], [0, SQUARE]])
    arcs.append([[-100, 10], [0.25, 0], [0, 0.25], [-0.25, -0.25]])
    far = {"type": "MultiPolygon", "arcs": [[[len(arcs) - 1]]], "properties": {"a3": "TUV"}}
    south = {"type": "Polygon", "arcs": [], "properties": {"a3": "ATA"}}
    return {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": arcs,
        "objects": {"countries": {"geometries": [*areas, far, south]}},
    }


def test_neighbours_share_a_border_and_land_has_none_inside() -> None:
    found = outlines.outlines(atlas("AAA", "BBB"))
    assert found["states"].keys() == {"AAA", "BBB", "TUV"}
    assert found["borders"].count("M") == 1
    assert found["land"].count("z") == 1, "one ring; the island is a speck"
    assert "path" not in found["states"]["TUV"]
    left, right = (found["states"][name]["box"] for name in ("AAA", "BBB"))
    assert abs(left[2] - right[0]) <= 2, "the meridian that they share is bent"


def test_an_area_within_a_state_leaves_no_line_in_it() -> None:
    found = outlines.outlines(atlas("SOM", "SOL", "KEN"))
    assert found["states"].keys() == {"SOM", "KEN", "TUV"}
    assert found["borders"].count("M") == 1
    assert found["states"]["SOM"]["path"].count("z") == 1


def test_places_are_where_they_were_on_the_globe() -> None:
    assert outlines.equal_earth(0, 90)[1] == pytest.approx(1.3173627591574)
    assert outlines.equal_earth(180, 0)[0] == pytest.approx(2.7066299836960)


def test_no_npm_no_parts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert made(tmp_path) == {}


@pytest.mark.skipif(not (ROOT / ATLAS).is_file(), reason="`npm ci --ignore-scripts` was not run")
def test_the_atlas_has_all_states_but_those_that_are_known() -> None:
    found = json.loads(made(ROOT)[OUTLINES])
    states = (ROOT / "data" / "reference" / "states.jsonl").read_text("utf-8").splitlines()
    known = {json.loads(line)["id"].removeprefix("st:") for line in states}
    # Parts of other states, uninhabited, or states that are no more.
    absent = "ANT BES BVT BYS CCK CSK CXR DDR GIB GLP GUF MTQ MYT REU SCG SJM SUN TKL UMI YUG ZAR"
    assert known - found["states"].keys() == {*absent.split(), "ATA"} & known
    assert found["states"].keys() - known == {"ATC", "IOA", "KAS"}
    width, height = found["size"]
    for name, state in found["states"].items():
        left, top, right, bottom = state["box"]
        assert 0 <= left <= right <= width, name
        assert 0 <= top <= bottom <= height + 9, name
    assert made(ROOT) == made(ROOT)


@pytest.mark.skipif(not (ROOT / ATLAS).is_file(), reason="`npm ci --ignore-scripts` was not run")
def test_a_source_archive_brings_what_npm_gave(tmp_path: Path) -> None:
    archive = next(SdistBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    with tarfile.open(archive) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    assert {OUTLINES, ENGINE, WASM, "tools/npm_parts.py", "package-lock.json"} <= names
