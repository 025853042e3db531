"""What was published stays described: what of the release before is no more is deprecated, from
release to release.
"""

import json
import re
import shutil
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
from support.command import ROOT, run
from support.crawling import named, subjects, undescribed

from idfgraph import publish
from idfgraph.graph.lines import without_stubs
from idfgraph.model.errors import LostData
from idfgraph.model.iris import BASE
from idfgraph.release import past
from idfgraph.release.difference import differ
from idfgraph.release.losses import PreviousRelease
from idfgraph.release.sums import name_of

WITHDRAWN = """format: 2
kind: project
id: PX.0220
withdrawn:
  date: 2026-11-22
  reason: {en: The page was a copy., fr: La page était une copie., es: La página era una copia.}
  replacedBy: V47-805
"""
DEPRECATED = ox.NamedNode("http://www.w3.org/2002/07/owl#deprecated")
SUCCESSOR = ox.NamedNode("http://purl.org/dc/terms/isReplacedBy")
GONE, GONE_PAGE = "id/project/V57-805", "id/source/27533246845a7e56"


def dump(release: Path) -> list[str]:
    return (release / "data/idf.nq").read_text("utf-8").splitlines(keepends=True)


def described(release: Path) -> set[str]:
    """The IRIs of ours that a release has statements about, but for those of older versions."""
    paths = (path.relative_to(release) for path in release.rglob("*.ttl"))
    documents = {path.with_suffix("").as_posix() for path in paths}
    ours = {iri for path in documents for iri in subjects(release, path) if iri.startswith(BASE)}
    return {iri for iri in ours if "/release/" not in iri}


def stubs(release: Path) -> set[str]:
    content = set(without_stubs(dump(release)))
    return {line.partition(" ")[0][1:-1] for line in dump(release) if line not in content}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five records, of which one has gone with its page, and one is withdrawn."""
    folder = tmp_path_factory.mktemp("less") / "data"
    shutil.copytree(ROOT / "data", folder)
    (folder / "records/PX.0220.yaml").write_text(WITHDRAWN, "utf-8")
    record = folder / "records/V57-805.yaml"
    page = re.search(r"identifier: (\S+)", record.read_text("utf-8"))
    assert page
    (folder / f"pages/{page[1]}.txt").unlink()
    record.unlink()
    return folder


@pytest.fixture(scope="module")
def second(data: Path, published: Path) -> Path:
    out = data.parent / "second"
    publish([data], out, previous=str(published), allow_removals=True)
    return out


@pytest.fixture(scope="module")
def third(data: Path, second: Path) -> Path:
    out = data.parent / "third"
    publish([data], out, previous=str(second))
    return out


def test_all_that_was_described_is_described(published: Path, second: Path, third: Path) -> None:
    before = described(published)
    assert len(before) > 400
    assert undescribed(second, BASE, before) == []
    assert undescribed(third, BASE, before | described(second)) == []


def test_what_is_named_now_is_described_too(second: Path) -> None:
    found = {iri for iri in named(second, BASE) if not iri.endswith(("/", "#"))}
    assert undescribed(second, BASE, found) == []


def test_what_is_gone_is_deprecated_in_the_default_graph(second: Path) -> None:
    content = set(ox.parse(path=str(second / "data/idf.nq")))
    for path in (
        GONE,
        f"{GONE}#budget",
        GONE_PAGE,
        "graph/decision/V57-805#funding-iom-development-fund",
    ):
        said = [quad for quad in content if quad.subject == ox.NamedNode(BASE + path)]
        assert [(quad.predicate, quad.graph_name) for quad in said] == [
            (DEPRECATED, ox.DefaultGraph())
        ], path
    forms = [
        set(ox.parse(path=str(second / f"doc/project/V57-805.{form}")))
        for form in ("ttl", "nt", "jsonld")
    ]
    assert forms[0] == forms[1] == forms[2]


def test_a_withdrawn_record_leads_to_its_successor_its_parts_to_none(second: Path) -> None:
    replaced = {
        quad.subject.value.removeprefix(BASE): quad.object.value.removeprefix(BASE)
        for quad in ox.parse(path=str(second / "data/idf.nt"))
        if quad.predicate == SUCCESSOR
    }
    assert replaced == {"id/project/PX.0220": "id/project/V47-805"}


def test_a_name_that_changed_leads_to_the_new_one_if_there_is_one(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shutil.copytree(published, tmp_path / "before")
    pages = (f"<{BASE}id/source/ea0243d4edc78dd7#", f"<{BASE}id/source/0000000000000000#")
    planted = [f'{page}sum> <{BASE}def#sourceText> "49997.00" .\n' for page in pages]
    rewrite(before, sorted([*dump(before), *planted]))
    monkeypatch.setattr(past, "_RENAMED", ((re.compile("#sum>"), "#budget-value>"),))
    publish([ROOT / "data"], tmp_path / "now", previous=str(before))
    assert {f"{page}sum>"[1:-1] for page in pages} == stubs(tmp_path / "now")
    assert [line for line in dump(tmp_path / "now") if str(SUCCESSOR) in line] == [
        f"{pages[0]}sum> {SUCCESSOR} {pages[0]}budget-value> .\n"
    ]


def test_stated_end_years_became_end_years() -> None:
    (new,) = past._new_names(f"<{BASE}id/source/ea0243d4edc78dd7#statedEndYear>")
    assert new == f"<{BASE}id/source/ea0243d4edc78dd7#endYear>"
    assert not list(past._new_names(f"<{BASE}id/project/V47-805#statedEndYear>"))


def test_a_successor_is_carried_on_until_the_name_is_back(published: Path, tmp_path: Path) -> None:
    before = shutil.copytree(published, tmp_path / "before")
    said = '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'
    old, new = f"<{BASE}id/source/ea0243d4edc78dd7#old>", f"<{BASE}id/project/V47-805>"
    stub = [f"{old} {DEPRECATED} {said} .\n", f"{old} {SUCCESSOR} {new} .\n"]
    rewrite(before, sorted([*dump(before), *stub]))
    publish([ROOT / "data"], tmp_path / "now", previous=str(before))
    assert [line for line in dump(tmp_path / "now") if line.startswith(old)] == sorted(stub)
    publish([ROOT / "data"], tmp_path / "again", previous=str(tmp_path / "now"))
    assert dump(tmp_path / "again") == dump(tmp_path / "now")


def rewrite(release: Path, lines: list[str]) -> None:
    """Gives a release another dump, its sum told."""
    text = "".join(lines)
    (release / "data/idf.nq").write_text(text, "utf-8", newline="\n")
    sums = (release / "SHA256SUMS").read_text("utf-8")
    digest = sha256(text.encode()).hexdigest()
    told = re.sub(r"(?m)^\w{64}(?=  data/idf\.nq$)", digest, sums)
    (release / "SHA256SUMS").write_text(told, "utf-8")


def test_reference_data_stays_whole(published: Path, second: Path) -> None:
    kinds = tuple(f"<{BASE}{folder}" for folder in ("code/", "id/state/", "id/org/"))
    before = [line for line in dump(published) if line.startswith(kinds)]
    assert len(before) > 100
    assert set(before) <= set(dump(second))
    assert any(f"<{BASE}id/state/BLZ>" in line for line in before)


def test_nothing_counts_what_is_gone(published: Path, second: Path, third: Path) -> None:
    summary = json.loads((second / "release.json").read_text("utf-8"))
    assert (summary["projects"], summary["withdrawn"]) == (2, 1)
    assert [row["id"] for row in json.loads((second / "tombstones.json").read_text("utf-8"))] == [
        f"{BASE}id/project/PX.0220"
    ]
    for table in (second / "tables").glob("*.csv"):
        assert "V57-805" not in table.read_text("utf-8"), table
        assert GONE_PAGE not in table.read_text("utf-8"), table
    told = json.loads("".join(differ(published, second, "json", "en")))
    assert GONE in str(told["withdrawn"])
    assert "deprecated" not in str([one for one in told["withdrawn"] if GONE in str(one)])
    assert "V57-805" not in "".join(differ(second, third, "json", "en"))


def test_without_a_release_before_there_are_none_and_equal_input_gives_equal_bytes(
    data: Path, published: Path, second: Path, third: Path
) -> None:
    assert stubs(published) == set()
    assert len(stubs(second)) > 30
    assert stubs(third) == stubs(second)
    publish([data], data.parent / "other", previous=str(published), allow_removals=True)
    assert name_of(data.parent / "other") == name_of(second)
    publish([data], data.parent / "fresh", previous="none")
    assert stubs(data.parent / "fresh") == set()


def test_a_record_that_is_gone_is_a_loss_once(data: Path, published: Path, third: Path) -> None:
    with pytest.raises(LostData):
        publish([data], data.parent / "refused", previous=str(published))
    assert (third / "doc/project/V57-805.ttl").is_file()


def test_what_comes_back_is_content_again(second: Path, published: Path, tmp_path: Path) -> None:
    publish([ROOT / "data"], tmp_path / "back", previous=str(second), allow_removals=True)
    assert set(dump(published)) <= set(dump(tmp_path / "back"))
    assert not any(GONE in iri for iri in stubs(tmp_path / "back"))


@pytest.mark.parametrize(
    ("suffix", "words"),
    [("", "No longer described"), (".fr", "N'est plus décrit"), (".es", "Ya no se describe")],
)
def test_pages_say_so(second: Path, suffix: str, words: str) -> None:
    for path in (GONE, GONE_PAGE):
        page = (second / f"doc/{path.removeprefix('id/')}{suffix}.html").read_text("utf-8")
        assert f'<p class="kind">{words}</p>' in page
        assert '<h2 id="gone">' in page
    assert "V57-805" not in (second / f"lists/projects{suffix}.html").read_text("utf-8")


def test_a_dump_that_has_changed_is_refused(published: Path, tmp_path: Path) -> None:
    before = shutil.copytree(published, tmp_path / "before")
    with (before / "data/idf.nq").open("a", encoding="utf-8") as file:
        file.write("x")
    done = run("publish", "--out", tmp_path / "now", "--previous", before, cwd=ROOT)
    assert done.returncode == 2
    assert "is not what its sum says" in done.stderr


def test_figures_that_void_alone_told_of_stay_described(tmp_path: Path) -> None:
    """Releases of format 1 told of them there; the document of their release stays as it was."""
    version = f"{BASE}release/2026-11-21-0123456789ab"
    told = f"<{version}> a <http://e/D> . <{version}#class-Project> a <http://e/D> .\n"
    files = {"void.ttl": told, f"{version.removeprefix(BASE)}.ttl": f"<{version}> a <http://e/D> ."}
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    sums = {path: sha256(text.encode()).hexdigest() for path, text in files.items()}
    before = past.EarlierDocuments(PreviousRelease(tmp_path, None, sums), BASE)
    assert before.iris("void") == {f"{version}#class-Project"}
