"""The form of an input that is foreign, damaged or oddly written, and the clean pages that odd ones
are made of.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from ..rendering import html, text

#: What becomes of an input: it is set aside, left unread, read as the clean page is, or any of
#: these.
Fate = Literal["aside", "unused", "page", "open"]

LANGUAGES = ("fr", "en", "es")

_FACTS: dict[str, dict[str, str | None]] = {
    "fr": {
        "title": "Lutte contre les facteurs négatifs liés à l’eau : communautés rurales au Sénégal",
        "status": "Achevé",
        "type": "Environnement et changement climatique",
        "coverage": "National",
        "region": "Afrique",
        "members": "Sénégal",
        "url": "https://iom.int/fr/node/{}",
    },
    "en": {
        "title": "Promoting migrants’ social integration – a pilot in Côte d’Ivoire",
        "status": "Completed",
        "type": "Integration and Social Cohesion",
        "coverage": "National",
        "region": "Africa",
        "members": "Côte d’Ivoire",
        "url": "https://iom.int/node/{}",
    },
    "es": {
        "title": "Fortalecimiento de la gestión de la migración en el Perú: una acción común",
        "status": "Finalizado",
        "type": "Migración laboral",
        "coverage": "Nacional",
        "region": "América Latina y el Caribe",
        "members": "Perú",
        "url": "https://iom.int/es/node/{}",
    },
}


class Stray(NamedTuple):
    """The path of an input in its folder (bytes, as names need not be text), what it holds, what
    becomes of it, and language and number of the project whose clean page it is like.
    """

    name: bytes
    data: bytes
    fate: Fate
    language: str = ""
    number: int = 0

    @property
    def ending(self) -> str:
        """How its name ends, with what says that it is compressed."""
        found = re.search(rb"(\.[a-z]+)?\.[A-Za-z0-9]+$", self.name)
        ending = found[0].decode() if found else ""
        return ending if ending.endswith(".gz") else ending[ending.rfind(".") :]

    @property
    def is_record(self) -> bool:
        """Whether it is read as records, not as a page."""
        return self.name.startswith(b"record ")

    @property
    def id(self) -> str:
        """The id of its project."""
        if not self.number:
            raise ValueError(f"{self.name!r} is of no project")
        return project_id(self.number)


class Kind(NamedTuple):
    """What inputs of a kind hold, and what becomes of them; several where there are variants."""

    name: str
    data: bytes
    fate: Fate = "aside"
    language: str = ""


def page(language: str, number: int = 0, form: str = "txt") -> str:
    """A clean page in a language, of the project of a number, as text or HTML.

    >>> page("fr", 7).splitlines()[-3], "ZZ.0007" in page("fr", 7, "html")
    ('Ce projet aide les autorités à mieux gérer la migration.', True)
    """
    facts = {
        **dict.fromkeys(("start", "end", "year"), "2021"),
        "layout": "A",
        "quirks": None,
        "lang": language,
        "budget": "150000.00",
        **_FACTS[language],
        "project_id": project_id(number),
    }
    facts["url"] = str(facts["url"]).format(100_000 + number)
    return text(facts) if form == "txt" else html(facts, "list")


def project_id(number: int) -> str:
    """The id of a project."""
    return f"ZZ.{number:04}"


def named(kinds: Iterable[Kind], *endings: str, room: str) -> Iterator[Stray]:
    """Inputs of these kinds, each under a name with each of these endings."""
    for number, kind in enumerate(kinds):
        for ending in endings:
            stem = kind.name.replace(" ", "-").replace("/", "-")
            path = f"{room}-{number:03}-{stem}.{ending}"
            yield Stray(path.encode(), kind.data, kind.fate, kind.language)
