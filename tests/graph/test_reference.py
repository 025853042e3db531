"""The reference data: canonical files, a source for every statement, no name that belongs to two
entries.
"""

import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from idfgraph.graph.resolve import KINDS

Entry = dict[str, Any]
FOLDER = Path(__file__).parents[2] / "data" / "reference"
TOOLS = Path(__file__).parents[2] / "tools"
NAMES = Path(__file__).parents[1] / "data" / "country-names.tsv"
ENTRY_FILES = ("areas", "concepts", "organisations", "states")
LANGUAGES = ("en", "fr", "es")
ORDER = """id type prefLabel altLabel definition notation iso2 iso3 m49 identifier broader membership unitOf
exactMatch closeMatch narrowMatch inScheme mention sources"""  # noqa: E501
PLAIN = {"notation", "iso2", "iso3", "m49", "identifier", "broader", "unitOf"}
MATCHES = ("exactMatch", "closeMatch", "narrowMatch")
METHODS = """coded read reference rule-budget-in-usd rule-idf-roles rule-labelled-before-unlabelled
rule-title-from-narrative segmented steward"""


def fold(name: str) -> str:
    letters = "".join(
        c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)
    )
    return " ".join("".join(c if c.isalnum() else " " for c in letters.casefold()).split())


def read(name: str) -> list[Entry]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]


def aliases() -> list[dict[str, str]]:
    loaded: list[dict[str, str]] = yaml.safe_load((FOLDER / "overrides.yaml").read_text("utf-8"))
    return loaded


def by_hand() -> dict[str, list[dict[str, Any]]]:
    loaded: dict[str, list[dict[str, Any]]] = yaml.safe_load(
        (TOOLS / "reference.yaml").read_text("utf-8")
    )
    return loaded


def labels(entry: Entry) -> Iterator[Entry]:
    yield from entry["prefLabel"].values()
    for group in entry.get("altLabel", {}).values():
        yield from group


def cited(entry: Entry) -> Iterator[list[str]]:
    """The source list of every statement of an entry."""
    for label in [*labels(entry), *entry.get("definition", {}).values()]:
        yield label["sources"]
    for match in (match for kind in MATCHES for match in entry.get(kind, [])):
        yield match["sources"]
    for membership in entry.get("membership", []):
        yield membership["sources"]
    for field in PLAIN & entry.keys():
        yield entry["sources"][field]


def gazetteer() -> dict[str, set[str]]:
    keys: dict[str, set[str]] = defaultdict(set)
    for entry in read("states"):
        for label in labels(entry):
            keys[fold(label["text"])].add(entry["id"])
    for alias in aliases():
        keys[fold(alias["alias"])].add(alias["id"])
    return keys


@pytest.mark.parametrize("name", [*ENTRY_FILES, "sources"])
def test_file_is_canonical(name: str) -> None:
    text = (FOLDER / f"{name}.jsonl").read_bytes().decode("utf-8")
    entries = read(name)
    ids = [entry["key" if name == "sources" else "id"] for entry in entries]
    assert text == "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
    assert ids == sorted(set(ids))


@pytest.mark.parametrize("name", ENTRY_FILES)
def test_keys_stand_in_order(name: str) -> None:
    for entry in read(name):
        assert list(entry) == [key for key in ORDER.split() if key in entry], entry["id"]
        assert entry.keys() >= {"id", "type", "prefLabel"}


def test_every_statement_has_a_known_source_and_every_source_is_used() -> None:
    known = {source["key"] for source in read("sources")}
    used: set[str] = set()
    for entry in (entry for name in ENTRY_FILES for entry in read(name)):
        for sources in cited(entry):
            assert sources, entry["id"]
            used.update(sources)
    assert used == known


def test_links_inside_the_reference_data_lead_somewhere() -> None:
    ids = {entry["id"] for name in ENTRY_FILES for entry in read(name)}
    for entry in (entry for name in ENTRY_FILES for entry in read(name)):
        links = [link for key in ("broader", "unitOf", "inScheme") for link in entry.get(key, [])]
        links += [each["organization"] for each in entry.get("membership", [])]
        links += [
            match["id"] for kind in ("closeMatch", "narrowMatch") for match in entry.get(kind, [])
        ]
        assert ids.issuperset(link for link in links if not link.startswith(("gn:", "iati:")))


def test_no_folded_name_belongs_to_two_states() -> None:
    assert {key: ids for key, ids in gazetteer().items() if len(ids) > 1} == {}


def test_all_names_of_the_list_resolve() -> None:
    rows = [line.split("\t") for line in NAMES.read_text("utf-8").splitlines()]
    keys = gazetteer()
    assert len(rows) == 154
    assert [row for row in rows if keys.get(fold(row[2])) != {f"st:{row[3]}"}] == []


def test_states_have_labels_and_identifiers() -> None:
    states = read("states")
    for state in states:
        outside = [match["id"] for match in state.get("exactMatch", [])]
        assert set(state["prefLabel"]) == set(LANGUAGES), state["id"]
        assert state["id"] == f"st:{state['iso3']}"
        assert ("m49" in state) == any(match.startswith("unarea:") for match in outside)
        assert len(outside) >= (2 if "m49" in state else 1), state["id"]
    assert len(states) == 258


def test_all_states_and_areas_are_linked_as_far_as_sources_go() -> None:
    """How many of 258 states, seven of them no more, and of 31 areas have a link of each kind."""
    linked = Counter(
        (name, match["id"].partition(":")[0])
        for name in ("states", "areas")
        for entry in read(name)
        for kind in MATCHES
        for match in entry.get(kind, [])
    )
    assert linked == {
        ("states", "wd"): 258, ("states", "unarea"): 248, ("states", "gn"): 250,
        ("states", "euc"): 251, ("areas", "wd"): 28,
    }  # fmt: skip


def test_a_link_has_two_sources_or_a_reason_and_no_two_entries() -> None:
    """What one source alone gives is taken where it is said why."""
    said = {(row["id"], row["takes"]): row for row in by_hand()["differences"]}
    seen: set[str] = set()
    for entry in (entry for name in ("states", "areas") for entry in read(name)):
        for match in (match for kind in MATCHES for match in entry.get(kind, [])):
            row = said.get((entry["id"], match["id"]), {})
            assert len(match["sources"]) > 1 or row["why"], entry["id"]
            assert not row or row["given"][match["id"]] == match["sources"]
            assert match["id"] not in seen
            seen.add(match["id"])


def test_links_that_were_wrong_are_right() -> None:
    """Q538 is insular Oceania; Q756617 holds Greenland and the Faroe Islands, which are others."""
    entries = {entry["id"]: entry for name in ("states", "areas") for entry in read(name)}
    found = {
        id_: [match["id"] for match in entries[id_]["exactMatch"]]
        for id_ in entries
        if "exactMatch" in entries[id_]
    }
    assert found["unarea:009"] == ["wd:Q55643"]
    assert found["st:DNK"] == ["unarea:208", "euc:DNK", "wd:Q35"]
    assert found["st:XKX"] == ["euc:XKX", "wd:Q1246"]


def test_what_people_added_says_why_and_names_states() -> None:
    """What people added is of states; links of areas, and names of organisations, too."""
    ids = {entry["id"] for name in ("states", "areas") for entry in read(name)}
    named = ids | {entry["id"] for entry in read("organisations")}
    assert all(row["id"] in ids for rows in by_hand().values() for row in rows)
    assert all(row["id"] in named for row in aliases())
    given = by_hand()
    assert all(row["why"] for row in [*aliases(), *given["no_mention"], *given["differences"]])
    assert all(row.keys() - {"source"} == {"alias", "lang", "id", "why"} for row in aliases())
    silent = {state["id"] for state in read("states") if state.get("mention") is False}
    assert silent == {row["id"] for row in by_hand()["no_mention"]}


def test_schemes_hold_their_concepts() -> None:
    values: dict[str, list[str]] = defaultdict(list)
    for concept in (entry for entry in read("concepts") if entry["type"] == "Concept"):
        scheme = concept["inScheme"][0]
        assert concept["id"].startswith(f"{scheme}-")
        values[scheme].append(concept["id"].removeprefix(f"{scheme}-"))
    assert values["code:issue"] == sorted(KINDS)
    assert values["code:method"] == METHODS.split()
    assert {scheme: len(found) for scheme, found in values.items()} == {
        "code:coverage": 3, "code:evidence": 1, "code:issue": len(KINDS), "code:measure": 4,
        "code:method": 9, "code:rank": 3, "code:reason": 6, "code:region": 5, "code:role": 4,
        "code:status": 2, "code:type": 17,
    }  # fmt: skip


def test_no_spelling_belongs_to_two_concepts_of_a_scheme() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for concept in (entry for entry in read("concepts") if entry["type"] == "Concept"):
        for label in labels(concept):
            owners[concept["inScheme"][0], fold(label["text"])].add(concept["id"])
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


def test_own_terms_are_trilingual() -> None:
    names = ("evidence", "issue", "method", "measure", "rank", "reason", "role")
    own = tuple(f"code:{name}-" for name in names)
    for entry in read("concepts"):
        if entry["type"] == "ConceptScheme" or entry["id"].startswith(own):
            assert set(entry["prefLabel"]) == set(entry["definition"]) == set(LANGUAGES), entry[
                "id"
            ]


def test_region_exceptions_name_a_state_a_region_and_a_page() -> None:
    ids = {entry["id"] for name in ENTRY_FILES for entry in read(name)}
    for row in read("region-exceptions"):
        assert list(row) == ["state", "region", "page"]
        assert ids >= {row["state"], row["region"]}
        assert row["page"].startswith("https://")
