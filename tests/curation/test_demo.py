"""A data folder to look at: real pages as facts, none of their texts, and what the README shows."""

import json
import os
import re
from pathlib import Path

import pytest
from support.command import ROOT, run
from support.rendering import RECORDS, narrative, text

from idfgraph.checks.check import check
from idfgraph.curation.start import demo
from idfgraph.model.errors import BadOutput

FILE = ROOT / "src" / "idfgraph" / "curation" / "starter" / "demo.json"

#: What stands where a page has its text.
INSTEAD = {
    "en": "The text of this page belongs to the International Organization for Migration, and is "
    "left out.",
    "fr": "Le texte de cette page appartient à l'Organisation internationale pour les migrations ; "
    "il est omis.",
    "es": "El texto de esta página pertenece a la Organización Internacional para las Migraciones "
    "y se omite.",
}


def pages() -> list[dict[str, str]]:
    """The pages that the facts give, in the layouts in which they were seen."""
    found = []
    for number, facts in enumerate(RECORDS, 1):
        lines = text(facts).splitlines()[: -len(narrative(facts))]
        said = "\n".join([*lines, INSTEAD[str(facts["lang"])], ""])
        found.append({"name": f"page-{number:02}.txt", "url": str(facts["url"]), "text": said})
    return found


def test_the_pages_are_the_facts_of_the_real_ones() -> None:
    if os.environ.get("IDFGRAPH_REWRITE") == "1":
        FILE.write_text(json.dumps(pages(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert json.loads(FILE.read_text("utf-8")) == pages()
    assert FILE.stat().st_size < 40_000


def test_a_folder_that_is_not_empty_stays(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(BadOutput, match="not an empty folder"):
        demo(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_it_is_sound_and_answers_what_the_readme_shows(tmp_path: Path) -> None:
    told = run("demo", cwd=tmp_path)
    assert told.returncode == 0, told.stderr
    assert not [
        one for one in check([tmp_path / "demo"]).findings if one.result.severity == "Violation"
    ]
    done = run("publish", "--site", "none", cwd=tmp_path / "demo")
    assert done.returncode == 0, done.stderr
    readme = (ROOT / "README.md").read_text("utf-8")
    (asked,) = re.findall(r"^\$ idfgraph (query .*)\n((?:.+\n)+?)```", readme, re.M)
    answer = run(*asked[0].split(), cwd=tmp_path / "demo")
    shown = [re.split(r"\s{2,}", line.strip()) for line in asked[1].splitlines()]
    assert [line.split("\t") for line in answer.stdout.splitlines()] == shown
