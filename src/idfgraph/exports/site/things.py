"""States, regions, project types, programmes and partners as the script that finds them by name
reads them.
"""

import json
from collections.abc import Iterator, Sequence

from ...model import names
from ...model.text import LANGUAGES, capitalized, decimal, gettext
from ..figures import SEVERAL, UNKNOWN
from .content import list_noun
from .markup import data_block
from .page_voice import PageVoice
from .selections import projects_of

#: The lists whose resources are found by name beside the projects.
THINGS = ("states", "regions", "programmes", "partners")


def things_data(voice: PageVoice) -> str:
    """All that has a page and is found by name: one value of JSON, texts that are no markup."""
    language = voice.language
    data = {
        "gap": decimal("1000", language)[1:-3],
        "found": gettext(
            "States, regions, types, programmes and partners: {shown} of {all}", language
        ),
        "kinds": [
            *(capitalized(list_noun(name, 1, language)) for name in THINGS),
            capitalized(voice.label("projectType")),
        ],
        "rows": list(_rows(voice)),
    }
    said = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return data_block(f"window.idfThings({said});\n")


def further_words(voice: PageVoice, resource: str, *codes: str) -> str:
    """The words of a resource's id, codes and names in all languages, but for those of its name
    here.
    """
    catalogue = voice.lexicon.catalogue
    own, others = catalogue.names.get(resource, {}), catalogue.others.get(resource, {})
    said = [one for name in LANGUAGES for one in (own.get(name, ""), *others.get(name, ()))]
    found = names.folded(" ".join([resource.partition(":")[2], *codes, *said])).split()
    return " ".join(sorted(set(found) - set(names.folded(voice.name(resource)[0]).split())))


def _rows(voice: PageVoice) -> Iterator[Sequence[object]]:
    """Of each its kind, address, name, the language of that if it is another, how many projects it
    has, further words.
    """
    catalogue = voice.lexicon.catalogue
    types = voice.lexicon.site.overview.types.keys() - {UNKNOWN, SEVERAL}
    every = (*((name, catalogue.lists[name]) for name in THINGS), ("types", types))
    for kind, (name, resources) in enumerate(every):
        for one in sorted(resources, key=voice.place):
            further = further_words(voice, one, *catalogue.codes.get(one, ()), *_kinds(name))
            yield kind, voice.address(one), *voice.name(one), _projects(voice, one), further


def _projects(voice: PageVoice, resource: str) -> str:
    """How many projects a thing has, as its own page says; nothing of what is not counted so."""
    found = projects_of(voice.lexicon.site.overview, resource)
    if not found:
        return ""
    number = len(found.projects)
    return f"{decimal(str(number), voice.language)} {list_noun('projects', number, voice.language)}"


def _kinds(name: str) -> Iterator[str]:
    """What programmes are called, which are few and have titles in one language at times."""
    if name == "programmes":
        yield from (list_noun(name, 1, language) for language in LANGUAGES)
