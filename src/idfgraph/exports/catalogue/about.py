"""What the data set is about, for those who look for one: keywords, themes, states, years,
languages, and where to ask (https://semiceu.github.io/DCAT-AP/releases/3.0.1/#Dataset).
"""

from collections.abc import Iterator, Mapping

from ...model.nodes import Json, Node
from ...model.text import LANGUAGES, N_, Language, gettext, texts
from ..metadata import naming
from .release_facts import Facts

#: What all data of the Fund's projects are about.
KEYWORDS = (
    N_("migration"),
    N_("international cooperation"),
    N_("development projects"),
    N_("IOM Development Fund"),
    N_("International Organization for Migration"),
)

#: The themes of the European Union's list that they fall under, with their names there.
_THEMES = {
    "eut:INTR": N_("International issues"),
    "eut:SOCI": N_("Population and society"),
}

#: Our languages, as the European Union's list has them, and what they are called.
_TONGUES: Mapping[Language, tuple[str, str]] = {
    "en": ("eul:ENG", N_("English")),
    "fr": ("eul:FRA", N_("French")),
    "es": ("eul:SPA", N_("Spanish")),
}

#: Who may have what is published: everybody, as the European Union's list says it.
_ACCESS, _ACCESS_NAME = "eua:PUBLIC", N_("public")

_CONTACT, _PERIOD = "base:catalog#contact", "base:catalog#years"


def keywords(language: str) -> list[str]:
    """The keywords in a language."""
    return [gettext(word, language) for word in KEYWORDS]


def subject_of(facts: Facts) -> Node:
    """What the data set is about, as properties of it."""
    scope, asked = facts.scope, facts.dataset.contact
    said: dict[str, Json] = {
        "accessRights": _ACCESS,
        "keyword": {language: keywords(language) for language in LANGUAGES},
        "hasTheme": list(_THEMES),
        "inLanguage": [iri for iri, _ in _TONGUES.values()],
    }
    said |= {"spatial": list(scope.states)} if scope.states else {}
    said |= {"temporal": _PERIOD} if scope.first else {}
    return said | ({"contactPoint": _CONTACT} if asked else {})


def subject_nodes(facts: Facts) -> Iterator[Node]:
    """The nodes of what the data set is about."""
    scope = facts.scope
    yield {"id": _ACCESS, "type": "RightsStatement", "label": texts(_ACCESS_NAME)}
    for iri, name in _THEMES.items():
        yield {"id": iri, "type": "Concept", "prefLabel": texts(name)}
    for iri, name in _TONGUES.values():
        yield {"id": iri, "type": "LinguisticSystem", "label": texts(name)}
    yield from ({"id": state, "type": "Location"} for state in scope.states)
    if scope.first:
        years = {"firstYear": scope.first, "lastYear": scope.last}
        yield {"id": _PERIOD, "type": "PeriodOfTime", **years}
    if facts.dataset.contact:
        called = naming("fullName", facts.dataset.publisher)
        yield {"id": _CONTACT, "type": "Kind", **called, "hasURL": facts.dataset.contact}
