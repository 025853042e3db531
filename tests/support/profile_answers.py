"""What the questions of `tests/data/profile-questions/` are answered by, from the CSV files of a
release and the reference data: no SPARQL is asked.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

REFERENCE = Path(__file__).parents[2] / "data" / "reference"

#: The rows of an answer, each value as text.
Answer = list[tuple[str, ...]]
_AFRICA = "unarea:002"


def table(release: Path, name: str) -> list[dict[str, str]]:
    """The rows of a table."""
    with (release / "tables" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def budgets(release: Path) -> Answer:
    projects = table(release, "projects")
    total = sum(Decimal(row["budget"]) for row in projects if row["currency"] == "USD")
    return [(str(len(projects)), str(int(total)))]


def titles_of_a_state(release: Path) -> Answer:
    ids = {row["project_id"] for row in table(release, "project-states") if row["state"] == "URY"}
    return [
        (row["project_id"], row["title_es"] or row["title_en"] or row["title_fr"])
        for row in table(release, "projects")
        if row["project_id"] in ids
    ]


def completed_since(release: Path) -> Answer:
    return [
        (row["project_id"], row["start_year"])
        for row in table(release, "projects")
        if row["status"] == "completed" and row["start_year"] >= "2012"
    ]


def types(release: Path) -> Answer:
    of: dict[str, set[str]] = defaultdict(set)
    for row in table(release, "projects"):
        for name in filter(None, row["types_fr"].split("; ")):
            of[name].add(row["project_id"])
    return counted(of)


def continents(release: Path) -> Answer:
    broader = {
        entry["id"]: entry.get("broader", ())
        for name in ("areas", "states")
        for entry in map(json.loads, (REFERENCE / f"{name}.jsonl").read_text("utf-8").splitlines())
    }
    rows = table(release, "project-states")
    found = {row["project_id"] for row in rows if _AFRICA in above(f"st:{row['state']}", broader)}
    return [(str(len(found)),)]


def above(id_: str, broader: Mapping[str, list[str]]) -> Iterator[str]:
    """What an entry lies in, step by step."""
    for one in broader[id_]:
        yield one
        yield from above(one, broader)


def partners(release: Path) -> Answer:
    of: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in table(release, "partners"):
        names = (row[f"organisation_{tag}"] for tag in ("fr", "en", "es"))
        of[next(filter(None, names)), row["role_fr"]].add(row["record_iri"])
    return [(*key, str(len(things))) for key, things in of.items()]


def without_years(release: Path) -> Answer:
    return [(row["project_id"],) for row in table(release, "projects") if not row["start_year"]]


def words_of_budgets(release: Path) -> Answer:
    projects = {row["iri"]: row["project_id"] for row in table(release, "projects")}
    return [
        (projects[row["record_iri"]], row["page_url"], row["text"])
        for row in table(release, "sources")
        if row["property"] == "value" and row["record_iri"] in projects
    ]


def set_aside(release: Path) -> Answer:
    projects = {row["iri"]: row["project_id"] for row in table(release, "projects")}
    return [
        (projects[row["about_iri"]], row["property_iri"], row["text"], row["reason_en"])
        for row in table(release, "sources")
        if row["property"] in {"startYear", "endYear", "allocationYear"}
        and row["rank"] not in {"accepted", ""}
    ]


def notes(release: Path) -> Answer:
    projects = {row["iri"] for row in table(release, "projects")}
    of: dict[str, list[str]] = defaultdict(list)
    for row in table(release, "notes"):
        if row["severity"] == "Warning" and row["record_iri"] in projects:
            of[row["issue_en"]].append(row["record_iri"])
    return [(kind, str(len(some)), str(len(set(some)))) for kind, some in of.items()]


def counted(of: Mapping[str, set[str]]) -> Answer:
    """Names, each with how many there are."""
    return [(name, str(len(some))) for name, some in of.items()]


ANSWERS: Mapping[str, Callable[[Path], Answer]] = {
    "01-budgets": budgets,
    "02-titles-of-a-state": titles_of_a_state,
    "03-completed-since": completed_since,
    "04-types": types,
    "05-continents": continents,
    "06-partners": partners,
    "07-without-years": without_years,
    "08-words-of-budgets": words_of_budgets,
    "09-set-aside": set_aside,
    "10-notes": notes,
}
