"""Maps: every state that benefits is on them or named beside them; sums, shades and sizes."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

import pytest
from support.making_pages import OUTLINES, data_setting, rendered, site_of, woven
from support.rendering import real_pages

from idfgraph.exports import site
from idfgraph.exports.figures import ProjectFacts, overview_of
from idfgraph.exports.site import Outline, Outlines, read_catalogue, read_outlines
from idfgraph.exports.site.maps import PlaceMap, place_map, world_map
from idfgraph.exports.site.page_voice import Lexicon, PageVoice
from idfgraph.pipeline import publish

CI = os.environ.get("CI") == "true"
SUFFIXES = (".html", ".fr.html", ".es.html")

without_outlines = pytest.mark.skipif(
    not CI and not read_outlines().states, reason="`python tools/npm_parts.py` was not run"
)


@pytest.fixture(scope="module")
def entries() -> Sequence[str]:
    return woven(data_setting())


@pytest.fixture(scope="module")
def pages(entries: Sequence[str]) -> Mapping[str, str]:
    return rendered(entries, site_of(data_setting()))


@pytest.fixture(scope="module")
def voice(entries: Sequence[str]) -> PageVoice:
    return PageVoice(Lexicon(site_of(data_setting()), read_catalogue(entries), {}), "en", "")


@pytest.fixture(scope="module")
def thirty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of thirty real pages."""
    folder = tmp_path_factory.mktemp("thirty")
    publish([real_pages(folder / "pages")], folder / "public", quarantine=True)
    return folder / "public"


def seen(page: str) -> tuple[set[str], set[str], set[str]]:
    """The states that the first page has on its map, names beside it, and has in its table."""
    section = page.partition('<h2 id="map">')[2].partition("</section>")[0]
    rest, _, table = section.partition("<details>")
    figure, _, beside = rest.rpartition("</figure>")
    drawn, named, listed = (
        set(re.findall(r"doc/state/(\w+)", part)) for part in (figure, beside, table)
    )
    return drawn, named, listed


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_state_is_on_the_map_or_beside_it(pages: Mapping[str, str], suffix: str) -> None:
    drawn, beside, table = seen(pages[f"index{suffix}"])
    assert drawn == OUTLINES.states.keys()
    assert len(table) > 10
    assert drawn | beside == table
    assert not drawn & beside
    shaded = pages[f"index{suffix}"].partition('<g class="m1">')[2].partition("</g>")[0]
    assert shaded.count('tabindex="-1"') == len(drawn)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_project_names_the_states_that_its_map_does_not_have(
    pages: Mapping[str, str], suffix: str
) -> None:
    pattern = re.compile(rf"doc/project/[^.]+{re.escape(suffix)}")
    for path in filter(pattern.fullmatch, pages):
        named = set(re.findall(r'<(?:dd|br)><a href="../state/(\w+)\.', pages[path]))
        figure = pages[path].partition('<figure class="map">')[2].partition("</figure>")[0]
        drawn = set(re.findall(r"map/([A-Z]+)\.svg", figure))
        assert drawn == named & OUTLINES.states.keys(), path
        assert not figure or named - drawn == set(re.findall(r"state/(\w+)\.", figure)), path


def test_pictures_are_those_that_pages_show(pages: Mapping[str, str]) -> None:
    made = {path for path in pages if path.startswith("map/")}
    shown = {name for page in pages.values() for name in re.findall(r"map/\w+\.svg", page)}
    assert made == shown == {"map/land.svg", "map/ALB.svg", "map/MEX.svg"}
    assert 'd="M1035 177l8 4 0 16 -6 -2z"' in pages["map/ALB.svg"]
    assert '<circle fill="#1796a4" cx="420" cy="300"' in pages["map/MEX.svg"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_without_outlines_the_table_is_there_and_that_is_said(
    entries: Sequence[str], suffix: str
) -> None:
    pages = rendered(entries, site_of(data_setting())._replace(outlines=Outlines()))
    drawn, _, table = seen(pages[f"index{suffix}"])
    assert not drawn
    assert len(table) > 10
    said = {".html": "no map", ".fr.html": "pas de carte", ".es.html": "No hay mapa"}
    assert said[suffix] in pages[f"index{suffix}"]
    assert not any("map/" in page or path.startswith("map/") for path, page in pages.items())


def test_a_map_without_any_of_its_states_is_no_missing_map(entries: Sequence[str]) -> None:
    nowhere = Outlines(OUTLINES.size, OUTLINES.land, "", {"TUV": Outline((9, 9, 9, 9))})
    page = rendered(entries, site_of(data_setting())._replace(outlines=nowhere))["index.html"]
    drawn, beside, table = seen(page)
    assert not drawn
    assert beside == table
    assert "no map" not in page


def test_shades_double_and_only_those_that_are_there_are_told(voice: PageVoice) -> None:
    counts = {"ALB": 3, "MEX": 40, "MDA": 1}
    projects = [
        ProjectFacts(f"prj:{state}{number}", states=[f"st:{state}"])
        for state, many in counts.items()
        for number in range(many)
    ]
    told = world_map(voice, overview_of(projects), OUTLINES)
    assert told.legend == [(2, 2, 3), (5, 16, 0)]
    assert {one.href[10:13]: (one.number, one.shade) for one in told.states if one.href} == {
        "ALB": (3, 2),
        "MEX": (40, 5),
    } | ({"MDA": (1, 1)} if voice.address("st:MDA") else {})


def shown(voice: PageVoice, box: tuple[int, int, int, int]) -> PlaceMap:
    outlines = Outlines((2000, 864), "M0 0z", "", {"ALB": Outline(box)})
    told = place_map(voice, "", ["st:ALB"], outlines)
    assert told
    return told


def test_a_small_map_shows_what_it_is_about_with_some_ground(voice: PageVoice) -> None:
    assert shown(voice, (1000, 400, 1000, 400)).box == "850 325 300 150"
    assert shown(voice, (5, 5, 5, 5)).box == "0 0 300 150"
    assert shown(voice, (1990, 860, 1999, 863)).box == "1700 714 300 150"
    assert shown(voice, (1000, 300, 1400, 350)).box == "920 185 560 280"
    assert shown(voice, (100, 0, 1900, 800)).box == "0 0 2000 864"
    assert place_map(voice, "", ["st:XXX"], OUTLINES) is None


@without_outlines
def test_pictures_are_as_large_as_the_style_says() -> None:
    style = Path(site.__file__).with_name("style.css").read_text("utf-8")
    width, height = read_outlines().size
    assert f".map image {{ width: {width}px; height: {height}px; }}" in style


@without_outlines
def test_pages_are_light(thirty: Path) -> None:
    """What docs/site.md promises, in the release of thirty real pages."""
    for suffix in SUFFIXES:
        projects = [
            path.stat().st_size
            for path in (thirty / "doc" / "project").glob(f"*{suffix}")
            if suffix != ".html" or not path.name.endswith((".fr.html", ".es.html"))
        ]
        assert len(projects) > 20
        assert median(projects) <= 16_000
        assert (thirty / f"index{suffix}").stat().st_size <= 60_000
    assert (thirty / "map" / "land.svg").stat().st_size <= 80_000
    assert (thirty / "style.css").stat().st_size <= 14_000
    drawn, beside, table = seen((thirty / "index.html").read_text("utf-8"))
    assert drawn | beside == table
    assert len(drawn) > 40
