"""A release with projects to be found: real facts, varied, some with titles that want to run."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from idfgraph import publish
from support.rendering import RECORDS, text

#: How many projects.
PROJECTS = 110

TITLES = (
    "=cmd|' /C calc'!A0",
    "<script>window.PWNED=1</script> in \"quotes\" and 'others'",
    "</script><img src=x onerror=window.PWNED=1>",
    "__proto__ constructor toString",
    "Ligne\u2028coupée ; =1+1",
    "ÉTUDES préparatoires à l’œuvre : straße",
)
#: What some narratives say: accents, words run together by an apostrophe, what wants to run.
_NARRATIVES = (
    "L’équipe forme des agents à l'état civil. ÉTUDES, straße et œuvre : <b>gras</b>.",
    "<script>window.PWNED=1</script> prototype __proto__ constructor Fidji",
    "El año pasado, la Organización ayudó a jóvenes; migración y retorno voluntario.",
    f"A long one. {'The officers go on with their work. ' * 30}At its end is a quokka, at last.",
    "𝒜stral ﬁne ＦＵＬＬ ½ ﷺ Ωμέγα",
)
_MEMBERS = ("Fiji", "Albania", "Moldova, Republic of", "Côte d'Ivoire", "Fiji, Tonga, Vanuatu")
_REGIONS = ("Africa", "Europe", "Asia and Oceania")


def release(folder: Path) -> Path:
    """The projects, published."""
    pages = folder / "pages"
    pages.mkdir()
    chance = random.Random(40)
    for number in range(PROJECTS):
        (pages / f"{number}.txt").write_text(text(_facts(number, chance)), "utf-8")
    publish([pages], folder / "public", quarantine=True)
    return folder / "public"


def _facts(number: int, chance: random.Random) -> dict[str, Any]:
    record = RECORDS[number % len(RECORDS)]
    if number < len(RECORDS):
        return dict(record)
    year = chance.choice([None, *range(2005, 2022)])
    return {
        **record,
        "layout": "A",
        "quirks": [],
        "title": TITLES[number % 9] if number % 9 < len(TITLES) else f"{record['title']} {number}",
        "project_id": f"TC.{1000 + number}",
        "prima_id": None,
        "start": year and str(year),
        "end": year and str(year + chance.randrange(3)),
        "year": year and str(year),
        "budget": chance.choice([None, "50000.00", "123456.50", f"{chance.randrange(9**6)}.00"]),
        "region": chance.choice([None, *_REGIONS]),
        "members": chance.choice([None, *_MEMBERS]),
        "status": chance.choice([None, record["status"]]),
        "other_countries": None,
        "narrative": chance.choice([None, *_NARRATIVES]),
    }


def shown(page: Any) -> Sequence[str]:
    """The ids of the rows that a page shows, once it shows all."""
    page.wait_for_selector(".projects:not([aria-busy=true])", state="attached")
    more = page.locator("[name=more]")
    while more.is_visible():
        more.click()
    ids: Sequence[str] = page.eval_on_selector_all(
        ".projects tbody a + .small", "all => all.map(one => one.textContent.split(' · ')[0])"
    )
    return ids


def saved(page: Any) -> str:
    """The file that a page gives of what it shows."""
    with page.expect_download() as download:
        page.click("[name=save]")
    return Path(download.value.path()).read_bytes().decode("utf-8")
