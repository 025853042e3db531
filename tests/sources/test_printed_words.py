"""Every word of the tables of labels and of values is known to the lists that ship, in three
languages.
"""

import json
from pathlib import Path

from idfgraph.graph.resolve import Reference
from idfgraph.model.fields import FIELDS
from idfgraph.model.provisional_codes import is_provisional
from idfgraph.sources.pages import page_labels
from idfgraph.sources.reference_files import read_reference
from idfgraph.system import resources

REFERENCE = Reference(read_reference(resources.REFERENCE))
CONCEPTS = Path(__file__).parents[2] / "data" / "reference" / "concepts.jsonl"


def code(property_: str, word: str) -> str:
    field = FIELDS[property_]
    return f"{field.prefix}{REFERENCE.code(field.scheme, word)}"


def test_every_word_that_pages_print_is_on_a_list() -> None:
    missing = [
        (property_, word)
        for property_, words in page_labels.VALUES.items()
        for word in words
        if is_provisional(code(property_, word))
    ]
    assert missing == []


def test_spanish_words_are_those_of_the_others() -> None:
    same = {
        "status": [("Activo", "Active"), ("Finalizado", "Completed")],
        "coverage": [("Nacional", "National"), ("Mundial", "Global")],
        "fundRegion": [("Asia y Oceanía", "Asia and Oceania"), ("Mundo", "Global")],
        "projectType": [("Migración laboral", "Labour Migration")],
    }
    for property_, pairs in same.items():
        for spanish, english in pairs:
            assert code(property_, spanish) == code(property_, english)
            assert not is_provisional(code(property_, english))


def test_codes_of_pages_have_names_in_three_languages() -> None:
    lists = ("code:coverage", "code:region", "code:status", "code:type")
    missing = [
        (entry["id"], language)
        for entry in map(json.loads, CONCEPTS.read_text("utf-8").splitlines())
        if entry.get("inScheme", [""])[0] in lists
        for language in ("en", "fr", "es")
        if language not in entry["prefLabel"] and language not in entry.get("altLabel", {})
    ]
    assert missing == []


def test_every_label_stands_in_three_languages_or_is_shared() -> None:
    languages: dict[str, set[str]] = {}
    for label, field in page_labels.LABELS.items():
        shared = label in page_labels.SHARED
        known = languages.setdefault(field.property, set())
        known |= {"en", "fr", "es"} if shared else {field.language}
    languages["status"].add(page_labels.STATUS_IN_SPANISH.language)
    assert {name for name, known in languages.items() if len(known) < 3} == set()
