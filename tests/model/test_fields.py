"""The table of properties against the JSON-LD context, which knows some of it too."""

import pytest

from idfgraph.graph.mapping.terms import compile_terms
from idfgraph.model.fields import FIELDS, PART_FIELDS, PARTS, Field
from idfgraph.model.vocab import XSD
from idfgraph.system import resources

TERMS = compile_terms(resources.CONTEXT.read_text("utf-8"))

#: Kind of value -> how the context writes it: `code` as a word after the prefix of the field.
WRITTEN: dict[str, str] = {
    **dict.fromkeys(("id", "text", "language"), "text"),
    **dict.fromkeys(("year", "number"), "typed"),
    **dict.fromkeys(("code", "state", "organisation"), "code"),
    **dict.fromkeys(PARTS, "iri"),
    "texts": "texts",
}


@pytest.mark.parametrize("field", [*FIELDS.values(), *PART_FIELDS.values()], ids=str)
def test_the_context_writes_a_property_as_the_table_says(field: Field) -> None:
    term = TERMS.properties[field.name]
    assert (term.kind, term.prefix) == (WRITTEN[field.kind], field.prefix)
    assert term.datatype == field.datatype.replace("xsd:", XSD)
    is_set = "@set" in str(TERMS.source[field.name])
    assert is_set == (field.several or field.kind == "phase")


def test_each_property_has_a_place_of_its_own() -> None:
    places = [field.order for field in FIELDS.values()]
    assert places == sorted(set(places))
    assert all(FIELDS[field.read_from].of for field in FIELDS.values() if field.read_from)
