"""Pages of made-up projects: as light as docs/site.md says, and all that pages print is on them."""

import re
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

from idfgraph.pipeline import publish

ROOT = Path(__file__).parents[2]
SUFFIXES = (".html", ".fr.html", ".es.html")

#: How many projects are made up; their median differs by 1 % from that of 1,000.
MANY = 60

#: Bytes of a page at most, for the median.
BUDGET = 16_000


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weight")
    made = subprocess.run(
        [sys.executable, ROOT / "bench/generate.py", str(MANY)], capture_output=True, check=True
    )
    (folder / "records.jsonl").write_bytes(made.stdout)
    publish([folder / "records.jsonl"], folder / "public", jobs=1)
    return folder / "public"


def projects(release: Path, suffix: str) -> list[str]:
    """The pages of all projects in a language."""
    found = (release / "doc/project").glob(f"*{suffix}")
    return [one.read_text("utf-8") for one in found if one.name.count(".") == suffix.count(".") + 1]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_project_is_light(release: Path, suffix: str) -> None:
    sizes = [len(page.encode()) for page in projects(release, suffix)]
    assert len(sizes) == MANY
    assert median(sizes) <= BUDGET


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_each_passage_of_the_only_page_is_linked_once(release: Path, suffix: str) -> None:
    """Those of one label share a fold; none is lost."""
    for page in projects(release, suffix):
        folds = "".join(re.findall(r"<details><summary>.*?</details>", page, re.DOTALL))
        linked = re.findall(rf'href="\.\./source/(\w+){re.escape(suffix)}#([^"]+)"', folds)
        (source,) = {one for one, _ in linked}
        table = (release / f"doc/source/{source}{suffix}").read_text("utf-8")
        printed = re.findall(r'<tr id="([^"]+)">', table)
        assert sorted(name for _, name in linked) == sorted(printed)


def test_words_under_one_label_share_it(release: Path) -> None:
    label = '<q lang="fr">Etat(s) membre(s) beneficiaires remplissant les conditions requises</q>'
    pages = projects(release, ".html")
    assert all(page.count(label) == 1 for page in pages)
    assert any(re.search(rf"</q>, <q[^\n]*</q> under {re.escape(label)} –", one) for one in pages)
