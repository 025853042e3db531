"""With `quarantine` a new capture that lacks what was published of its record is set aside: the
last sound version stays, and the others are published.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from support.command import ROOT, run

from idfgraph import publish
from idfgraph.model.errors import LostData

PAGE = "000_3cd946cab0f19b2c.txt"
TITLE = "Mise en place d'une unité de soutien à la gestion des migrations en Albanie\n"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Pages that were published."""
    shutil.copytree(ROOT / "data" / "pages", tmp_path / "in")
    publish(tmp_path / "in", tmp_path / "public", jobs=1)
    return tmp_path / "in"


def untitled(text: str) -> str:
    return text.replace(TITLE, "", 1)


def nameless(text: str) -> str:
    return text.replace("Projet ID\nV47-805\n-\n", "")


def bare(text: str) -> str:
    return text[: text.index("Statut du projet")] + text[text.index("Projet ID") :]


POORER: dict[str, tuple[Callable[[str], str], str]] = {
    "no title": (untitled, "lost: title."),
    "no id": (nameless, "lost: projectId."),
    "few fields": (bare, "coverage"),
}


@pytest.mark.parametrize(("edit", "said"), POORER.values(), ids=POORER.keys())
def test_a_poorer_capture_stops_itself_alone(
    edit: Callable[[str], str], said: str, pages: Path
) -> None:
    public = pages.parent / "public"
    text = (pages / PAGE).read_text("utf-8")
    (pages / PAGE).write_text(edit(text), "utf-8")
    other = next(pages.glob("003_*.txt"))
    other.write_text(other.read_text("utf-8").replace("PX.0220", "PX.0221"), "utf-8")
    other.rename(pages / "005.txt")
    shutil.copy(ROOT / "data" / "pages" / other.name, pages)
    for _ in range(2):
        done = publish(pages, public, quarantine=True, jobs=1)
        assert done.staying == ("V47-805",)
        (told,) = done.aside
        assert told.place.file == str(pages / PAGE)
        assert said in told.result.message("en")
        assert (public / "doc/project/PX.0221.ttl").is_file()
        stays = (public / "doc/project/V47-805.ttl").read_text("utf-8")
        assert TITLE.strip() in stays
        assert "code:issue-older-version" in stays
    (pages / PAGE).write_text(text, "utf-8")
    assert publish(pages, public, quarantine=True, jobs=1).aside == ()
    assert "code:issue-older-version" not in (public / "doc/project/V47-805.ttl").read_text("utf-8")


def test_the_command_tells_of_it_in_plain_words(pages: Path) -> None:
    text = (pages / PAGE).read_text("utf-8")
    (pages / PAGE).write_text(untitled(text), "utf-8")
    done = run("publish", "in", "--quarantine", cwd=pages.parent)
    assert done.returncode == 2
    assert f"in/{PAGE}" in done.stdout
    assert "lacks what was published of its record; lost: title." in done.stdout
    assert "held back: V47-805; its last sound version stays\n" in done.stderr
    refused = run("publish", "in", cwd=pages.parent)
    assert refused.returncode == 1
    assert f"V47-805: title “{TITLE.strip()}” was published and is gone: " in refused.stderr


def test_of_records_in_bulk_that_which_lost_a_value_stays(tmp_path: Path) -> None:
    rows = [
        {
            "kind": "project",
            "id": f"PX.000{number}",
            "sources": [
                {
                    "page": f"{number}" * 64,
                    "identifier": f"p{number}",
                    "language": "en",
                    "values": [
                        {"property": "projectId", "text": f"PX.000{number}", "span": [0, 7]},
                        {"property": "startYear", "text": "2011", "span": [10, 14]},
                    ],
                }
            ],
        }
        for number in (1, 2)
    ]
    file, public = tmp_path / "all.jsonl", tmp_path / "public"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    publish(file, public, jobs=1)
    del rows[0]["sources"][0]["values"][1]  # type: ignore[index]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    with pytest.raises(LostData) as caught:
        publish(file, public, jobs=1)
    assert "PX.0001: startYear “2011” was published and is gone" in caught.value.losses[0]
    done = publish(file, public, quarantine=True, jobs=1)
    assert done.staying == ("PX.0001",)
    assert [(one.place.line, "startYear" in one.result.message("fr")) for one in done.aside] == [
        (1, True)
    ]


def test_a_record_with_nothing_in_its_place_is_lost_as_before(pages: Path) -> None:
    (pages / PAGE).unlink()
    with pytest.raises(LostData):
        publish(pages, pages.parent / "public", quarantine=True, jobs=1)
