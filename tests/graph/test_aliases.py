"""Names that people add: published as other names, each once, each with its decision."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from support.rendering import RECORDS, text

from idfgraph.graph.resolve import Reference
from idfgraph.model.entries import Alias, Entry, Label, ReferenceData
from idfgraph.pipeline import publish
from idfgraph.sources.reference_files import read_reference
from idfgraph.system import resources

ROOT = Path(__file__).parents[2]
PREFIXES = """
PREFIX code: <https://w3id.org/iom-idf/code/>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX graph: <https://w3id.org/iom-idf/graph/>
PREFIX idf: <https://w3id.org/iom-idf/def#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX st: <https://w3id.org/iom-idf/id/state/>
"""
OWN = """\
- alias: Costa de Marfim
  lang: en
  id: "st:CIV"
  why: {fr: nom portugais, es: nombre portugués}
  source: https://example.org/names
- {alias: "Côte d’Ivoire", lang: en, id: "st:CIV", why: is its name already}
- {alias: "Nowhere", lang: en, id: "st:QQQ", why: there is no such state}
- {alias: "Untouched", lang: en, id: "st:FJI", why: is not published here}
"""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of a desk with a project of its own, and names of its own."""
    folder = tmp_path_factory.mktemp("desk")
    data = folder / "data"
    (data / "pages").mkdir(parents=True)
    (data / "reference").mkdir()
    (data / "dataset.yaml").write_bytes((ROOT / "data" / "dataset.yaml").read_bytes())
    page = text({**RECORDS[0], "members": "Côte d'IvoireTurquie"})
    (data / "pages" / "page.txt").write_text(page, encoding="utf-8")
    (data / "reference" / "overrides.yaml").write_text(OWN, encoding="utf-8")
    publish([data], folder / "public")
    return folder / "public"


@pytest.fixture(scope="module")
def store(release: Path) -> ox.Store:
    found = ox.Store()
    found.bulk_load(path=str(release / "data" / "idf.nq"), format=ox.RdfFormat.N_QUADS)
    return found


def rows(store: ox.Store, query: str) -> Iterator[list[str]]:
    found = store.query(PREFIXES + query)
    assert isinstance(found, ox.QuerySolutions)
    return ([str(term) for term in row] for row in found)


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ('"Ivory Coast"@en', "CIV"),
        ('"Costa de Marfil"@es', "CIV"),
        ('"Costa de Marfim"@en', "CIV"),
        ('"Turkey"@en', "TUR"),
    ],
)
def test_a_state_is_found_by_any_of_its_names(store: ox.Store, name: str, state: str) -> None:
    (found,) = rows(store, f"SELECT ?s WHERE {{ ?s skos:altLabel {name} }}")
    assert found == [f"<https://w3id.org/iom-idf/id/state/{state}>"]


def test_no_name_is_a_preferred_one_as_well(store: ox.Store) -> None:
    assert not [*rows(store, "SELECT ?s WHERE { ?s skos:prefLabel ?n ; skos:altLabel ?n }")]


def test_each_added_name_has_a_decision_and_each_decision_a_name(store: ox.Store) -> None:
    query = """SELECT ?state ?name WHERE { GRAPH ?graph {
      ?decision a idf:Decision ; idf:aboutResource ?state ; idf:aboutProperty skos:altLabel ;
        idf:aboutValue ?name ; idf:method code:method-reference ; rdfs:comment ?why }
      FILTER(STR(?graph) = REPLACE(STR(?state), "/id/", "/graph/decision/")) }"""
    decided = {tuple(row) for row in rows(store, query)}
    named = {tuple(row) for row in rows(store, "SELECT ?s ?n WHERE { ?s skos:altLabel ?n }")}
    assert decided < named
    shipped = read_reference(resources.REFERENCE).aliases
    assert {name for _, name in decided} == {'"Costa de Marfim"@en'} | {
        f'"{alias.alias}"@{alias.lang}' for alias in shipped if alias.id in {"st:CIV", "st:TUR"}
    }


def test_a_decision_says_why_in_its_languages_and_where(store: ox.Store) -> None:
    query = """SELECT ?why ?source WHERE { GRAPH ?g {
      ?d idf:aboutValue "Costa de Marfim"@en ; rdfs:comment ?why ; dct:source ?source } }"""
    assert sorted(rows(store, query)) == [
        ['"nom portugais"@fr', "<https://example.org/names>"],
        ['"nombre portugués"@es', "<https://example.org/names>"],
    ]


def test_how_it_was_decided_is_described(store: ox.Store) -> None:
    assert [*rows(store, "SELECT ?n WHERE { code:method-reference skos:prefLabel ?n }")]


def test_pages_and_lists_show_added_names(release: Path) -> None:
    page = (release / "doc" / "state" / "CIV.html").read_text("utf-8")
    assert "Ivory Coast" in page
    assert "everyday name" in page
    assert "Ivory Coast" in (release / "lists" / "states.html").read_text("utf-8")
    assert "Costa de Marfil" in (release / "lists" / "states.es.html").read_text("utf-8")
    assert "Ivory Coast" in (release / "doc" / "state" / "CIV.ttl").read_text("utf-8")


def test_a_name_is_published_once_in_a_language() -> None:
    entry = Entry(
        id="st:MMR",
        type="State",
        pref_label={"en": Label(text="Myanmar")},
        alt_label={"en": (Label(text="Union of Myanmar"),)},
    )
    names = ("Myanmar", "Union of Myanmar", "Burma", "Burma", "BURMA")
    aliases = tuple(Alias(alias=name, lang="en", id="st:MMR", why="known so") for name in names)
    reference = Reference(ReferenceData(entries=(entry,), aliases=aliases))
    (node,) = reference.nodes(["st:MMR"])
    assert node["altLabel"] == {"en": ["Union of Myanmar", "Burma", "BURMA"]}
    assert len({decision["id"] for decision in reference.decisions("st:MMR")}) == 2
