"""The links of a release as a mapping set: what the default graph states, each with how it was
found, how sure it is and who says so, in a form that programs for such sets read.
"""

import csv
from pathlib import Path
from typing import cast

import pytest
import yaml
from pyoxigraph import NamedNode, RdfFormat, parse

from idfgraph.graph.mapping import compile_context
from idfgraph.model.iris import BASE
from idfgraph.model.layout import CONTEXT, LINKS, TRIPLES

Row = dict[str, str]
PREDICATES = {
    "http://www.w3.org/2004/02/skos/core#exactMatch", "http://www.w3.org/2004/02/skos/core#closeMatch",
    "http://www.w3.org/2004/02/skos/core#broadMatch", "http://www.w3.org/2004/02/skos/core#narrowMatch",
    "https://schema.org/sameAs",
}  # fmt: skip
#: What the schema asks of each mapping (https://mapping-commons.github.io/sssom/Mapping/).
REQUIRED = {"subject_id", "predicate_id", "object_id", "mapping_justification"}
METHODS = {"semapv:ManualMappingCuration", "semapv:BackgroundKnowledgeBasedMatching"}


@pytest.fixture(scope="module")
def mapping_set(published: Path) -> tuple[dict[str, object], list[Row]]:
    """What the file says of itself, and its rows."""
    lines = (published / LINKS).read_text("utf-8").splitlines()
    head = [line[1:] for line in lines if line.startswith("#")]
    rows = csv.DictReader(lines[len(head) :], delimiter="\t")
    return yaml.safe_load("\n".join(head)), list(rows)


def test_the_set_names_itself_and_declares_each_prefix(
    mapping_set: tuple[dict[str, object], list[Row]],
) -> None:
    head, rows = mapping_set
    prefixes = cast("dict[str, str]", head["curie_map"])
    assert {"mapping_set_id", "license", "mapping_tool", "comment"} <= head.keys()
    assert head["license"] == f"{BASE}rights"  # what the owner of the data says, not we
    columns = ("subject_id", "predicate_id", "object_id", "mapping_justification", "object_source")
    used = {row[column].partition(":")[0] for row in rows for column in columns}
    assert used == prefixes.keys()


def test_each_link_has_a_method_a_confidence_and_who_says_so(
    mapping_set: tuple[dict[str, object], list[Row]],
) -> None:
    rows = mapping_set[1]
    assert rows == sorted(rows, key=lambda row: list(row.values()))
    for row in rows:
        assert all(row[key] for key in REQUIRED)
        assert row["mapping_justification"] in METHODS
        assert 0.8 <= float(row["confidence"]) <= 0.95
        assert all(page.startswith("https://") for page in row["see_also"].split("|"))
        assert not row["reviewer_label"]


def test_the_set_holds_what_the_default_graph_states(
    published: Path, mapping_set: tuple[dict[str, object], list[Row]]
) -> None:
    compact = compile_context((published / CONTEXT).read_text("utf-8")).compact
    stated = {
        tuple(compact(term.value) for term in (quad.subject, quad.predicate, quad.object))
        for quad in parse(path=str(published / TRIPLES), format=RdfFormat.N_TRIPLES)
        if quad.predicate.value in PREDICATES and isinstance(quad.object, NamedNode)
    }
    told = {(row["subject_id"], row["predicate_id"], row["object_id"]) for row in mapping_set[1]}
    assert told == stated
    assert len(told) > 100
