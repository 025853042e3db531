"""Records as `idfgraph extract` writes them, made up from a seed, one JSON object a line.

    python bench/generate.py 1000 > records.jsonl
    python bench/generate.py 1000 --flaws plan.tsv > records.jsonl

Each is a project with one to eight beneficiary states and a narrative of three paragraphs; one in
five prints no start year, allocation year or Prima ID. Spans point into a page that is composed on
the way and not kept. Record n is the same however many are made. With `--flaws`, one record in 200
has a flaw (flaws.py), and the plan says which rules it breaks: a line for each id and rule.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from random import Random

import msgspec
from flaws import EVERY, KINDS, flawed

from idfgraph.curation.extract import reviewed_form
from idfgraph.graph.setting import Setting, prepare
from idfgraph.model.records import Capture, Project, Source
from idfgraph.model.text import Language
from idfgraph.sources.reference_files import read_reference
from idfgraph.system import resources

SEED = 805

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_REGIONS = ("africa", "asia-and-oceania", "europe", "latin-america-and-the-caribbean")
_BENEFICIARIES = "Etat(s) membre(s) beneficiaires remplissant les conditions requises"
_TYPES = ("ct", "ds", "ib", "lm", "ma", "nc", "po", "pr", "px", "rr", "tc")
_AIMS = (
    "Renforcement des capacités de gestion des migrations",
    "Appui à l'élaboration d'une politique migratoire",
    "Lutte contre la traite d'êtres humains",
    "Gestion intégrée des frontières",
    "Amélioration des données sur les migrations de main-d'œuvre",
    "Réintégration durable des migrants de retour",
)
_SENTENCES = (
    "Le Gouvernement a sollicité l'OIM pour répondre à ces demandes et pour préparer un plan "
    "d'action national.",
    "Le projet vise à renforcer les capacités des fonctionnaires chargés des migrations par "
    "une série d'ateliers.",
    "Une évaluation des besoins a été menée avec les ministères compétents, la société "
    "civile et le secteur privé.",
    "Les participants ont échangé des « bonnes pratiques » sur la collecte, l'analyse et la "
    "diffusion des données.",
    "Un comité directeur se réunit chaque trimestre afin de suivre les progrès réalisés et "
    "d'ajuster les activités.",
    "Des lignes directrices ont été rédigées, traduites et distribuées aux services "
    "déconcentrés de l'administration.",
    "L'accent est mis sur la protection des migrants vulnérables, notamment des femmes et "
    "des mineurs non accompagnés.",
    "Les résultats serviront de base à une deuxième phase, sous réserve des fonds disponibles.",
    "La mise en œuvre s'appuie sur l'expérience acquise par l'Organisation dans des projets "
    "comparables.",
    "Un rapport final, assorti de recommandations, a été présenté lors d'une conférence à "
    "l'intention des partenaires.",
)


class _Page:
    """A page's text in the making, and the captures that point into it."""

    def __init__(self) -> None:
        self.length = 1200
        self.captures: list[Capture] = []

    def print(
        self, property_: str, text: str, label: str | None = None, language: Language = "fr"
    ) -> None:
        """Prints a value under its label, and keeps it as a capture."""
        start = self.length + (len(label) + 4 if label else 0)
        self.length = start + len(text) + 1
        named = language if label else None
        span = (start, start + len(text))
        self.captures.append(
            Capture(property=property_, text=text, label=label, label_language=named, span=span)
        )


class Maker:
    """Makes up projects, each with an id of its own, as many as there are ids."""

    def __init__(self) -> None:
        self.setting = setting = prepare([])
        entries = read_reference(resources.REFERENCE).entries
        states = [entry.id for entry in entries if entry.type == "State" and entry.iso2]
        self._places = {
            region: [
                state
                for state in states
                if setting.reference.is_in_region(state, f"code:region-{region}")
            ]
            for region in _REGIONS
        }

    def record(self, number: int) -> Project:
        """The project of a number below 6,760,000."""
        random = Random(SEED * 10_000_000 + number)
        id_ = f"{_LETTERS[number // 260_000]}{_LETTERS[number // 10_000 % 26]}.{number % 10_000:04}"
        page = _Page()
        _print(page, self.setting, random, id_, self._places)
        digest = sha256(id_.encode()).hexdigest()
        source = Source(
            page=digest, identifier=f"page-{number}", language="fr", values=tuple(page.captures)
        )
        project = reviewed_form(self.setting, Project(id=id_, sources=(source,)))
        assert isinstance(project, Project)
        return project

    def planned(self, number: int) -> tuple[Project, Sequence[str]]:
        """The project of a number, one in 200 with a flaw, and the rules that the flaw breaks."""
        project, (block, place) = self.record(number), divmod(number, EVERY)
        if place != Random(SEED + block).randrange(EVERY):
            return project, ()
        kind = KINDS[sorted(KINDS)[block % len(KINDS)]]
        return flawed(self.setting, project, kind), kind.rules


def _print(
    page: _Page, setting: Setting, random: Random, id_: str, places: Mapping[str, Sequence[str]]
) -> None:
    region = random.choice(_REGIONS)
    found = random.sample(
        places[region], min(random.choice((1, 1, 1, 1, 2, 3, 4, 5, 6, 8)), len(places[region]))
    )
    names = sorted(setting.reference.label(state, "fr") for state in found)
    start = random.randint(2002, 2024)
    end = start + random.randint(1, 3)
    dated = random.random() < 0.8
    page.print("title", f"{random.choice(_AIMS)} – {names[0]}")
    if dated:
        page.print("startYear", str(start), "Date de début")
        page.print("allocationYear", str(start), "Année")
        page.print(
            "primaId",
            f"{setting.reference.iso2(found[0])}{start % 100:02}P{random.randint(0, 9999):04}",
            "Prima ID",
        )
    page.print("endYear", str(end), "Date de fin")
    page.print("status", "Achevé" if end < 2026 else "Actif", "Statut du projet")
    page.print(
        "projectType",
        setting.reference.label(f"code:type-{random.choice(_TYPES)}", "fr"),
        "Type de projet",
    )
    page.print("budget.currency", "USD")
    page.print("budget.value", f"{random.randint(50_000, 400_000)}.00", "Budget Amount (USD)", "en")
    page.print("coverage", "National" if len(names) == 1 else "Regional", "Couverture")
    page.print(
        "fundRegion", setting.reference.label(f"code:region-{region}", "fr"), "IDF Region", "en"
    )
    page.print("projectId", id_, "Projet ID")
    page.print("beneficiary", " ".join(names), _BENEFICIARIES)
    page.print("narrative", _narrative(random, names))


def _narrative(random: Random, names: Sequence[str]) -> str:
    """Three paragraphs, each about one of the states."""
    paragraphs = (
        " ".join(
            [f"{random.choice(names)} : {random.choice(_AIMS)}.", *random.sample(_SENTENCES, 5)]
        )
        for _ in range(3)
    )
    return "\n\n".join(paragraphs)


def main() -> None:
    """Writes records, and the plan of their flaws."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("number", type=int, help="how many records")
    parser.add_argument(
        "--flaws", type=Path, help="gives some records flaws, and writes their plan there"
    )
    asked = parser.parse_args()
    maker, encode = Maker(), msgspec.json.Encoder().encode
    plan = []
    for number in range(asked.number):
        project, rules = maker.planned(number) if asked.flaws else (maker.record(number), ())
        sys.stdout.buffer.write(encode(project) + b"\n")
        plan += [f"{project.id}\t{rule}\n" for rule in rules]
    if asked.flaws:
        asked.flaws.write_text("".join(plan), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
