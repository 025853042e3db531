"""Each IRI means one graph: a document says the same in each form, and whatever a release names is
described where it dereferences.
"""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph
from support.crawling import named, undescribed
from support.rendering import real_pages

from idfgraph import publish
from idfgraph.model.formats import DOCUMENTS
from idfgraph.model.iris import BASE
from idfgraph.model.layout import VOID, WELL_KNOWN_VOID

#: What queries write for a name that is put together, and prefixes shown as such on pages.
SPACES = (
    "",
    "code/",
    "graph/",
    "id/org/",
    "id/programme/",
    "id/project/",
    "id/source/",
    "id/state/",
    "pages/",
    "def#",
)


@pytest.fixture(scope="module", params=["five", "thirty"])
def release(
    request: pytest.FixtureRequest, published: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A release of the five records, and one of thirty real ones."""
    if request.param == "five":
        return published
    folder = tmp_path_factory.mktemp("thirty")
    publish([real_pages(folder / "pages")], folder / "public", quarantine=True)
    return folder / "public"


def test_a_document_says_the_same_in_each_form(release: Path) -> None:
    stems = [path.with_suffix("") for path in release.rglob("*.jsonld")]
    documents = [stem for stem in stems if stem.name != "context" and stem.parent.name != "data"]
    assert len(documents) > 100
    for stem in documents:
        files = [stem.with_name(f"{stem.name}.{form}") for form in DOCUMENTS]
        first, *others = (set(ox.parse(path=str(file))) for file in files)
        assert first
        assert {quad.graph_name for quad in first} == {ox.DefaultGraph()}
        assert all(other == first for other in others), stem


@pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated", "ignore:Dataset.* is deprecated"
)
def test_another_reader_finds_the_same_in_each_form(release: Path) -> None:
    for stem in (release / "doc").rglob("*.jsonld"):
        graphs = [set(Graph().parse(stem.with_suffix(f".{form}"))) for form in DOCUMENTS]
        assert graphs[0] == graphs[1] == graphs[2], stem


def test_all_that_is_named_is_described_where_it_dereferences(release: Path) -> None:
    found = named(release, BASE)
    assert len(found) > 1000
    names = {iri for iri in found if iri.removeprefix(BASE) not in SPACES}
    assert {iri: found[iri] for iri in undescribed(release, BASE, names)} == {}
    spaces = {path for iri in found.keys() - names for path in found[iri]}
    data = {f"lists/rows-{language}.js" for language in ("en", "fr", "es")}
    pages = re.compile(r"(queries|ask|profile).*\.html|.*/links\.sssom\.tsv")
    assert {path for path in spaces - data if not pages.fullmatch(path)} == set()


def test_the_crawl_finds_what_is_not_described(published: Path) -> None:
    names = [f"{BASE}{path}" for path in ("id/project/none", "graph/run#dataset", "void#none")]
    assert undescribed(published, BASE, names) == sorted(names)
    assert undescribed(published, BASE, [f"{BASE}{VOID}", f"{BASE}{WELL_KNOWN_VOID}"]) == []
