"""States, regions, programmes and partners as the script that finds them by name reads them."""

import json
from collections.abc import Iterator, Sequence

from ...model import names
from ...model.text import LANGUAGES, capitalized, decimal, gettext
from .content import list_noun
from .markup import data_block
from .page_voice import PageVoice

#: The lists whose resources are found by name beside the projects.
THINGS = ("states", "regions", "programmes", "partners")


def things_data(voice: PageVoice) -> str:
    """All that has a page and is found by name: one value of JSON, texts that are no markup."""
    language = voice.language
    data = {
        "gap": decimal("1000", language)[1:-3],
        "found": gettext("States, regions, programmes and partners: {shown} of {all}", language),
        "kinds": [capitalized(list_noun(name, 1, language)) for name in THINGS],
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
    """Of each its kind, address, id, name, the language of that if it is another, further words."""
    catalogue = voice.lexicon.catalogue
    for kind, name in enumerate(THINGS):
        for one in sorted(catalogue.lists[name], key=lambda id_: _place(voice, id_)):
            further = further_words(voice, one, *catalogue.codes.get(one, ()), *_kinds(name))
            yield kind, voice.address(one), one.partition(":")[2], *voice.name(one), further


def _kinds(name: str) -> Iterator[str]:
    """What programmes are called, which are few and have titles in one language at times."""
    if name == "programmes":
        yield from (list_noun(name, 1, language) for language in LANGUAGES)


def _place(voice: PageVoice, resource: str) -> tuple[str, str]:
    return names.folded(voice.name(resource)[0]), resource
