"""A folder of project pages in three languages, made up from a seed, one in 20 of them faulty.

    python bench/pages.py FOLDER 1000

Page n is the same however many are made: of text or HTML in turn, with its own title, state,
amount, years and narrative. One in 20 has a fault, of 20 ways in turn (`WAYS`); half of all print
a status that no list has, and three in ten a label that nobody taught.
"""

import argparse
import gzip
from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path
from random import Random
from typing import NamedTuple

from generate import SEED

from idfgraph.graph.setting import prepare
from idfgraph.model.text import LANGUAGES, Language
from idfgraph.sources.reference_files import read_reference
from idfgraph.system import resources

#: One page in so many is faulty.
EVERY = 20

_LABELS: Mapping[Language, tuple[str, ...]] = {
    "fr": (
        *("Statut du projet", "Type de projet", "Budget Amount (USD)", "Couverture", "Année"),
        *("Date de début", "Date de fin", "IDF Region", "Projet ID"),
        "Etat(s) membre(s) beneficiaires remplissant les conditions requises",
    ),
    "en": (
        *("Project Status", "Project Type", "Budget Amount (USD)", "Coverage", "Year"),
        *("Start Date", "End Date", "IDF Region", "Projects ID", "Benefiting Member States"),
    ),
    "es": (
        *("Tipo de proyecto", "Tipo de proyecto", "Budget Amount (USD)"),
        *("Cobertura geográfica", "Año", "Fecha de inicio", "Fecha de finalización"),
        *("IDF Region", "Proyecto ID", "Estados Miembros Beneficiarios que Reúnen los Requisitos"),
    ),
}
_KEYS = ("status", "type", "budget", "coverage", "year", "start", "end", "region", "id", "states")
_TITLES: Mapping[Language, tuple[str, ...]] = {
    "fr": ("Appui à la gestion des frontières – {}", "Données sur la migration : {}"),
    "en": ("Strengthening border management in {}", "Migration data for policy: {}"),
    "es": ("Fortalecimiento de la gestión de fronteras: {}", "Datos sobre la migración en {}"),
}
_SENTENCES: Mapping[Language, tuple[str, ...]] = {
    "fr": (
        "Le Gouvernement a sollicité l’appui de l’Organisation pour former ses agents.",
        "Une évaluation des besoins a été menée avec les ministères compétents.",
        "Des lignes directrices ont été rédigées, traduites et distribuées.",
    ),
    "en": (
        "The Government has asked the Organization to support the training of its officers.",
        "An assessment of needs was carried out with the ministries that are concerned.",
        "Guidelines were written, translated and handed out to all of the services.",
    ),
    "es": (
        "El Gobierno ha solicitado el apoyo de la Organización para formar a sus agentes.",
        "Se llevó a cabo una evaluación de las necesidades con los ministerios competentes.",
        "Las directrices fueron redactadas, traducidas y distribuidas a los servicios.",
    ),
}
_WORDS: Mapping[Language, Mapping[str, str]] = {
    "fr": {"old": "Achevé", "new": "Suspendu", "label": "Point de contact", "here": "National"},
    "en": {"old": "Completed", "new": "On hold", "label": "Contact point", "here": "National"},
    "es": {"old": "Finalizado", "new": "Suspendido", "label": "Punto focal", "here": "Nacional"},
}
_REGIONS = ("africa", "asia-and-oceania", "europe", "latin-america-and-the-caribbean")
_TYPES = ("ct", "ds", "ib", "lm", "ma", "nc", "po", "pr", "px", "rr", "tc")


class Page(NamedTuple):
    """A page: its language, its form, its title, the fields that it prints (what they are about,
    label, value), and its narrative.
    """

    language: Language
    form: str
    title: str
    fields: tuple[tuple[str, str, str], ...]
    narrative: tuple[str, ...]

    def put(self, key: str, value: str) -> "Page":
        """The page with another value of a field."""
        changed = ((own, label, value if own == key else old) for own, label, old in self.fields)
        return self._replace(fields=tuple(changed))

    def without(self, key: str) -> "Page":
        """The page without a field."""
        return self._replace(fields=tuple(one for one in self.fields if one[0] != key))

    def written(self) -> str:
        """The page as it is captured."""
        if self.form == "txt":
            lines = [line for _, label, value in self.fields for line in ("-", label, value)]
            return "\n".join((self.title, *lines, *self.narrative, ""))
        items = "".join(
            f"<li><div>{escape(label)}</div> <div>{escape(value)}</div></li>\n"
            for _, label, value in self.fields
        )
        text = "".join(f"<p>{escape(line)}</p>\n" for line in self.narrative)
        return (
            f'<!DOCTYPE html>\n<html lang="{self.language}"><head><meta charset="utf-8">'
            f"<title>{escape(self.title)} | IOM</title></head><body><header><nav><a href=/>IOM</a>"
            f"</nav></header><main><h1>{escape(self.title)}</h1>\n<ul>{items}</ul>\n{text}</main>"
            "<footer><p>© IOM</p></footer></body></html>\n"
        )


def _changed(change: Callable[[Page], Page]) -> Callable[[Page], bytes]:
    return lambda page: change(page).written().encode()


def _message(text: str) -> Callable[[Page], bytes]:
    return lambda _: f"<!DOCTYPE html><html><head>{text}</html>".encode()


#: The ways of being faulty: first those that set the file aside, then those that hold its record
#: back or leave a field out.
WAYS: Mapping[str, Callable[[Page], bytes]] = {
    "challenge": _message("<title>Just a moment...</title><p>Verifying you are human.</p>"),
    "not found": _message("<title>Page introuvable | OIM</title><h1>Page introuvable</h1>"),
    "log-in": _message("<title>Iniciar sesión</title><form><input type=password></form>"),
    "PDF": lambda page: b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n" + page.title.encode(),
    "JSON": lambda _: b'{"message": "forbidden"}',
    "empty": lambda _: b"\n",
    "zero bytes": lambda page: page.written().encode().replace(b"USD", b"US\0D"),
    "override": lambda page: page.put("budget", "\u202e00.000001").written().encode(),
    "cut archive": lambda page: gzip.compress(page.written().encode(), mtime=0)[:-9],
    "old encoding": lambda page: page.written().encode("cp850", "replace") + b"\x81",
    "too large": lambda page: page.written().encode() * 400,
    "label twice": _changed(
        lambda page: page._replace(fields=(*page.fields, ("", *page.fields[4][1:2], "1998")))
    ),
    "two amounts": _changed(lambda page: page.put("budget", "100 000 / 200 000")),
    "no amount": _changed(lambda page: page.put("budget", "n/a")),
    "zeros before": _changed(lambda page: page.put("budget", "000150000.00")),
    "unknown state": _changed(lambda page: page.put("states", "Atlantide")),
    "ends first": _changed(lambda page: page.put("end", "1999")),
    "odd year": _changed(lambda page: page.put("start", "20211")),
    "no status": _changed(lambda page: page.without("status")),
    "no id": _changed(lambda page: page.without("id")),
}


class Maker:
    """Makes up pages, with the names that reference data has."""

    def __init__(self) -> None:
        self._reference = reference = prepare([]).reference
        entries = read_reference(resources.REFERENCE).entries
        states = [entry.id for entry in entries if entry.type == "State" and entry.iso2]
        self._states = {
            region: [one for one in states if reference.is_in_region(one, f"code:region-{region}")]
            for region in _REGIONS
        }

    def page(self, number: int) -> Page:
        """The sound page of a number."""
        random = Random(SEED * 10_000_000 + number)
        language, region = LANGUAGES[number % 3], random.choice(_REGIONS)
        label, words = self._reference.label, _WORDS[language]
        state = label(random.choice(self._states[region]), language)
        start = random.randint(2004, 2022)
        status = words["new"] if number % 2 == 0 else words["old"]
        values = (
            status,
            label(f"code:type-{random.choice(_TYPES)}", language),
            f"{random.randint(50_000, 400_000)}.00",
            words["here"],
            str(start),
            str(start),
            str(start + random.randint(1, 3)),
            label(f"code:region-{region}", language),
            f"{'ABCDEFGH'[number // 10_000]}Z.{number % 10_000:04}",
            state,
        )
        more = (("", words["label"], f"Bureau {number}"),) if number % 10 in (3, 5, 8) else ()
        fields = tuple(zip(_KEYS, _LABELS[language], values, strict=True))
        return Page(
            language,
            "html" if number % 4 < 2 else "txt",
            random.choice(_TITLES[language]).format(state),
            (*fields[:6], *more, *fields[6:]),
            tuple(" ".join(random.sample(_SENTENCES[language], 2)) for _ in range(3)),
        )

    def files(self, count: int) -> Iterator[tuple[str, bytes]]:
        """Names and bytes of so many pages, one in 20 of them faulty."""
        for number in range(count):
            page, (block, place) = self.page(number), divmod(number, EVERY)
            data = page.written().encode()
            if place == Random(SEED + block).randrange(EVERY):
                data = list(WAYS.values())[block % len(WAYS)](page)
            yield f"page-{number:04}.{page.form}", data


def main() -> None:
    """Writes pages into a folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="where to")
    parser.add_argument("number", type=int, help="how many pages")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    for name, data in Maker().files(asked.number):
        (asked.folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
