"""A data set published under another base holds no trace of the first, and is the same in all
else.
"""

import re
import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from idfgraph import Validated, check, publish
from idfgraph.model.errors import BadConfig
from idfgraph.model.iris import BASE
from idfgraph.query.ask import open_release, query_of, questions
from idfgraph.query.question import Question

ROOT = Path(__file__).parents[1]
OTHER = "https://data.example.org:8443/fund/idf/"
QUESTIONS = list(questions())


@pytest.fixture(scope="module")
def done(moved: Path) -> Validated:
    """What publishing under the other base gave."""
    return publish([ROOT / "data"], moved, base=OTHER)


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release under the other base."""
    return tmp_path_factory.mktemp("moved") / "public"


def paths(release: Path) -> Iterable[str]:
    return (path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file())


#: The name of a run is that of what it made, and so of the base.
_RUN = re.compile(r"#activity-[0-9a-f]{12}")


def test_no_trace_of_the_first_base(published: Path, moved: Path, done: Validated) -> None:
    traces = [
        path for path in paths(moved) if BASE.split("//")[1].encode() in (moved / path).read_bytes()
    ]
    assert traces == []
    here, there = (
        {re.sub("^(release|archive)/[^./]+", "", path) for path in paths(release)}
        for release in (published, moved)
    )
    assert here == there  # a version is that of the content, and so of the base
    assert done.report.conforms


def test_all_but_the_base_is_the_same(published: Path, moved: Path, done: Validated) -> None:
    here, there = (
        _RUN.sub("#activity", (release / "data" / "idf.nq").read_text("utf-8")).splitlines()
        for release in (published, moved)
    )
    assert sorted(line.replace(OTHER, BASE) for line in there) == sorted(here)
    first = check([ROOT / "data"]).findings
    assert sorted(place for _, place, _ in done.findings) == sorted(place for _, place, _ in first)


@pytest.mark.parametrize("question", QUESTIONS, ids=[question.name for question in QUESTIONS])
def test_queries_answer_alike(
    published: Path, moved: Path, done: Validated, question: Question
) -> None:
    assert done.records == 5
    here, there = (
        release.answerer.table(query_of(question, release, {}))
        for release in map(open_release, (published, moved))
    )
    assert there.columns == here.columns
    assert Counter(there.rows) == Counter(
        here.rows
    )  # where IRIs order the rows, the order is another


def test_the_data_set_names_its_own_base(tmp_path: Path) -> None:
    data = shutil.copytree(ROOT / "data", tmp_path / "data")
    settings = (data / "dataset.yaml").read_text("utf-8")
    (data / "dataset.yaml").write_text(settings.replace(BASE, OTHER), "utf-8")
    publish([data], tmp_path / "public")
    assert OTHER in (tmp_path / "public" / "context.jsonld").read_text("utf-8")
    publish([data], tmp_path / "public", base=BASE)
    assert OTHER not in (tmp_path / "public" / "context.jsonld").read_text("utf-8")


@pytest.mark.parametrize(
    "base",
    ["example.org", "https://example.org", "ftp://example.org/", "https://a/#", "https://a b/"],
)
def test_what_is_no_base_is_refused(tmp_path: Path, base: str) -> None:
    with pytest.raises(BadConfig, match="base"):
        publish([ROOT / "data"], tmp_path / "public", base=base)
