"""Comparisons: what differs between two sides, told byte for byte in three languages and as
JSON.
"""

import json
import os
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from support.command import ROOT, run, snapshot

from idfgraph.curation.compare import compare_sides, rendered
from idfgraph.curation.compare.compared_record import Change, LongText, Snapshot, changes
from idfgraph.curation.compare.compared_record import snapshot as snapshot_of
from idfgraph.curation.compare.comparison import compare
from idfgraph.curation.compare.comparison_form import comparison_form
from idfgraph.curation.compare.comparison_tables import render_comment
from idfgraph.curation.compare.sides import ComparedSides, property_labels
from idfgraph.curation.compare.totals import Total, totals
from idfgraph.curation.compare.voice import RecordVoice, items
from idfgraph.model.errors import BadConfig
from idfgraph.model.fields import Money, Outcome, Partner, ProgrammeValues, ProjectValues
from idfgraph.model.judgements import Decision, Review
from idfgraph.model.records import Programme, Project
from idfgraph.model.text import LANGUAGES
from idfgraph.release.changelog import render_json
from idfgraph.system.git import checked_path, unpacked

HERE = ROOT / "tests" / "data" / "compare"
CASES = sorted(folder.name for folder in HERE.iterdir() if folder.is_dir())
SCHEMA = json.loads(
    (ROOT / "src/idfgraph/curation/compare/comparison.schema.json").read_text("utf-8")
)
VOICE = RecordVoice(lambda *_: None, property_labels())

#### Cases: base.jsonl, head.jsonl, and what is told of them ####


@pytest.mark.parametrize("case", CASES)
def test_a_case_is_told_as_expected(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """IDFGRAPH_REWRITE=1 writes what is expected anew."""
    monkeypatch.chdir(HERE / case)
    compared = compare_sides("base.jsonl", "head.jsonl", jobs=1)
    told = {
        f"expected.{language}.md": rendered(compared, "markdown", language)
        for language in LANGUAGES
    }
    told["expected.json"] = rendered(compared, "json", "en")
    for name, text in told.items():
        if os.environ.get("IDFGRAPH_REWRITE"):
            Path(name).write_bytes(text.encode())
        assert Path(name).read_bytes() == text.encode(), name
    check(compared)


def test_what_cannot_be_read_is_not_gone(tmp_path: Path) -> None:
    """A misspelt word takes nothing from the totals, on either side, and is told."""
    for side in ("old", "new"):
        shutil.copytree(ROOT / "data", tmp_path / side)
    file = tmp_path / "new" / "records" / "V47-805.yaml"
    file.write_text(file.read_text("utf-8").replace("status:", "statuss:", 1), "utf-8")
    (tmp_path / "new" / "records" / "PX.0220.yaml").unlink()
    (tmp_path / "new" / "pages" / "003_f1304bd47d6398f5.txt").unlink()
    sides = [str(tmp_path / "old"), str(tmp_path / "new")]
    for names in (sides, sides[::-1]):
        compared = compare_sides(*names, jobs=1)
        check(compared)
        found = compared.comparison
        assert [one.id for one in found.unread] == ["V47-805"]
        assert [one.id for one in (*found.gone, *found.new)] == ["PX.0220"]
        budget = next(one for one in found.totals if one.name == "budget")
        assert budget.difference.lstrip("+-") == "400000.00"
        assert "V47-805" in rendered(compared, "markdown", "fr")
    moved = tmp_path / "new" / "records" / "other.yaml"
    file.rename(moved)
    assert [one.id for one in compare_sides(*sides, jobs=1).comparison.unread] == ["V47-805"]


def test_a_record_whose_signed_file_cannot_be_read_is_not_gone(tmp_path: Path) -> None:
    for side in ("old", "new"):
        shutil.copytree(ROOT / "data", tmp_path / side)
    signed = tmp_path / "new" / "records" / "signed" / "PX.0220_status.yaml"
    signed.parent.mkdir()
    signed.write_text("kind: project\nid: PX.0220\ndecisions: [\n", "utf-8")
    sides = [str(tmp_path / "old"), str(tmp_path / "new")]
    for names in (sides, sides[::-1]):
        found = compare_sides(*names, jobs=1).comparison
        assert [one.id for one in found.unread] == ["PX.0220"]
        assert (*found.gone, *found.new) == ()


def test_the_cases_are_there() -> None:
    assert CASES == ["edited", "hostile", "unreadable"]
    assert sum(len(list((HERE / case).iterdir())) for case in CASES) == 18


def check(compared: ComparedSides) -> None:
    """Both forms are well formed."""
    Draft202012Validator(SCHEMA).validate(json.loads(rendered(compared, "json", "en")))
    text = rendered(compared, "markdown", "en")
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({row.count("|") for row in block.splitlines()}) == 1
    assert not re.search(r"[`@]|<(?!/?(details|summary)>)", text)
    assert len(text) < 65_536


def test_the_schema_is_one_and_finds_findings_as_validate_does() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    findings = json.loads(
        (ROOT / "src/idfgraph/checks/report/findings.schema.json").read_text("utf-8")
    )
    assert findings["$defs"].items() <= SCHEMA["$defs"].items()


def test_every_field_has_a_name_in_each_language() -> None:
    encoded = {
        field.encode_name
        for values in (ProjectValues, ProgrammeValues)
        for field in msgspec.structs.fields(values)
    }
    names = {name: {VOICE.field(name, language) for language in LANGUAGES} for name in encoded}
    assert len(encoded) == 18
    assert [name for name, words in names.items() if words == {name}] == []
    assert VOICE.field("startYear", "fr") == "année de début"


#### Fields, lists and totals ####

PROJECT = Project(id="V47-805")
PROGRAMME = Programme(id="a")
DECISION = Decision(
    property="status",
    value="active",
    why={"fr": "Ainsi."},
    evidence=("https://example.org/",),
    by="A",
    on="2026-01-02",
)
LONG = LongText(1, "559aead08264d579")
FIELD_ROWS: list[tuple[Any, Any, dict[str, Any]]] = [
    (PROJECT, ProjectValues(), {}),
    (PROJECT, None, {}),
    (
        PROJECT,
        ProjectValues(title={"fr": "Un"}, narrative={"en": "A"}),
        {"title.fr": "Un", "narrative.en": LONG},
    ),
    (PROJECT, ProjectValues(budget=Money(value="5.0", currency="USD")), {"budget": "5.0 USD"}),
    (PROJECT, ProjectValues(beneficiary=("FJI", "ALB")), {"beneficiary": ("FJI", "ALB")}),
    (PROGRAMME, ProgrammeValues(has_part=("1", "2")), {"hasPart": ("1", "2")}),
    (
        PROGRAMME,
        ProgrammeValues(
            association=tuple(Partner(agent=name, role="funding") for name in ("sdc", "iom"))
        ),
        {"association.funding": ("sdc", "iom")},
    ),
    (
        PROGRAMME,
        ProgrammeValues(result=(Outcome(count="8", measure="laws"),)),
        {"result.laws": ("8",)},
    ),
    (
        Project(id="V47-805", reviewed=(Review(by="A", on="2026-01-02"),)),
        None,
        {"reviewed": ("A, 2026-01-02",)},
    ),
    (
        Project(id="V47-805", decisions=(DECISION,)),
        None,
        {
            "decision.status": ("active",),
            "decision.status.by": ("A, 2026-01-02",),
            "decision.status.evidence": ("https://example.org/",),
            "decision.status.why.fr": ("Ainsi.",),
        },
    ),
]


@pytest.mark.parametrize(("record", "values", "fields"), FIELD_ROWS)
def test_a_record_becomes_fields(record: Any, values: Any, fields: dict[str, Any]) -> None:
    assert snapshot_of(record, values).fields == fields


CHANGE_ROWS: list[tuple[dict[str, Any], dict[str, Any], list[Change], tuple[str, str] | None]] = [
    ({"a": "1"}, {"a": "1"}, [], None),
    ({"a": ("1", "2")}, {"a": ("2", "1")}, [], None),
    ({"a": "1"}, {}, [Change("a", "1", None)], ("1", "")),
    ({}, {"a": "1"}, [Change("a", None, "1")], ("", "1")),
    ({"a": ("1", "1")}, {"a": ("1",)}, [Change("a", ("1", "1"), ("1",))], ("1", "")),
    ({"a": LONG}, {"a": LongText(1, "0")}, [Change("a", LONG, LongText(1, "0"))], None),
    ({"a": LONG}, {}, [Change("a", LONG, None)], ("text of 1 character", "")),
    (
        {},
        {"a": tuple("abcdefghijklmnopqrstuvwxyz")},
        [],
        ("", "; ".join("abcdefghijklmnopqrst") + "; and 6 more"),
    ),
]


@pytest.mark.parametrize(("before", "after", "expected", "sides"), CHANGE_ROWS)
def test_what_changed_is_told(
    before: Any, after: Any, expected: list[Change], sides: tuple[str, str] | None
) -> None:
    found = changes(Snapshot("project", before), Snapshot("project", after))
    assert not expected or list(found) == expected
    assert [VOICE.sides(change, "en") for change in found][: 1 if sides else 0] == [sides][
        : 1 if sides else 0
    ]


def test_totals_are_exact() -> None:
    records = [
        Snapshot(
            "project", {"budget": "0.10 USD", "status": "active", "beneficiary": ("FJI", "ALB")}
        ),
        Snapshot("project", {"budget": "99999999999.2 USD", "beneficiary": ("ALB",)}),
        Snapshot("page", {}),
    ]
    assert totals(records, records[1:]) == (
        Total("records", "", "3", "2"),
        Total("kind", "page", "1", "1"),
        Total("kind", "project", "2", "1"),
        Total("budget", "USD", "99999999999.30", "99999999999.20"),
        Total("states", "", "2", "1"),
        Total("status", "active", "1", "0"),
        Total("status", "", "1", "1"),
    )
    assert [total.difference for total in totals(records, records[1:])] == [
        "-1",
        "0",
        "-1",
        "-0.10",
        "-1",
        "-1",
        "0",
    ]
    assert totals([], []) == (Total("records", "", "0", "0"),)


@pytest.mark.parametrize(("size", "rows"), [(10, 10), (11, 11), (100, 100), (101, 100)])
def test_long_tables_are_folded_and_cut(size: int, rows: int) -> None:
    many = {f"V{number:02}-805": Snapshot("project", {}) for number in range(size)}
    text = render_comment(compare(("a", {}), ("b", many)), "fr", VOICE)
    assert text.count("| V") == rows
    assert ("<details>" in text) == (size > 10)
    assert ("et 1 de plus" in text) == (size > rows)


def test_a_comment_stays_within_what_is_taken() -> None:
    many = {
        f"V{number:02}-805": Snapshot("project", {"title.en": "|" * 400}) for number in range(200)
    }
    text = render_comment(compare(("a", {}), ("b", many)), "en", VOICE)
    assert 10_000 < len(text.encode()) < 60_000
    assert "and 175 more" in text


#### Any records ####

HOSTILE = st.sampled_from(["|", "\n", "`", "<b>", "@a", "\\", "\u202e", "é", "</details>", "a"])
TEXT = st.lists(HOSTILE, max_size=4).map("".join)
VALUE = st.one_of(
    TEXT, st.lists(TEXT, max_size=3).map(tuple), st.builds(LongText, st.integers(0, 9), TEXT)
)
BUDGET = st.decimals(0, 10**9, places=2).map(lambda amount: f"{amount} USD")
FIELDS_OF: dict[str, st.SearchStrategy[Any]] = {
    "budget": BUDGET,
    "status": st.sampled_from(["active", "completed"]),
    "beneficiary": st.lists(st.sampled_from(["ALB", "FJI"]), max_size=3).map(tuple),
    "title.en": TEXT,
    "decision.status.why.en": st.lists(TEXT, max_size=2).map(tuple),
    "narrative.fr": st.builds(LongText, st.integers(0, 9), st.just("0" * 16)),
    "primaId": TEXT,
}
KINDS = st.sampled_from(["project", "programme", "page"])
RECORD = st.builds(Snapshot, KINDS, st.fixed_dictionaries({}, optional=FIELDS_OF))
RECORDS = st.dictionaries(st.sampled_from(["A", "B", "C", "D"]), RECORD)
EXAMPLES = max(20, int(os.environ.get("IDFGRAPH_EXAMPLES", "120")) // 3)


@given(RECORDS, RECORDS)
@settings(max_examples=EXAMPLES, derandomize=True, deadline=None)
def test_a_comparison_mirrors_its_mirror_and_one_with_itself_is_empty(
    one: dict[str, Snapshot], other: dict[str, Snapshot]
) -> None:
    there, back = compare(("a", one), ("b", other)), compare(("b", other), ("a", one))
    assert compare(("a", one), ("a", one)).is_empty
    assert (there.new, there.gone) == (back.gone, back.new)
    pairs = zip(there.changed, back.changed, strict=True)
    assert all(mirrored(mine.changes) == yours.changes for mine, yours in pairs)
    assert [
        total._replace(before=total.after, after=total.before) for total in there.totals
    ] == list(back.totals)
    for mine, yours in zip(there.totals, back.totals, strict=True):
        assert Decimal(mine.difference) == -Decimal(yours.difference)
    lists = [
        change
        for changed in there.changed
        for change in changed.changes
        if isinstance(change.after, tuple)
    ]
    assert [items(change)[::-1] for change in lists] == [
        items(mirrored((change,))[0]) for change in lists
    ]
    Draft202012Validator(SCHEMA).validate(
        json.loads("".join(render_json(comparison_form(there, VOICE))))
    )
    text = render_comment(there, "es", VOICE)
    assert not re.search(r"[`@]|<(?!/?(details|summary)>)", text)
    assert (
        text.count("\n| A |")
        <= sum(len(changed.changes) for changed in there.changed if changed.id == "A") + 1
    )


def mirrored(found: tuple[Change, ...]) -> tuple[Change, ...]:
    """Changes the other way round."""
    return tuple(Change(change.field, change.after, change.before) for change in found)


#### Folders and revisions ####

GIT = ("git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
NO_CONFIG = {"GIT_CONFIG_GLOBAL": str(HERE / "no-such-file"), "GIT_CONFIG_NOSYSTEM": "1"}


def git(folder: Path, *words: str, stdin: bytes = b"") -> str:
    """What git says in a folder, without anybody's settings."""
    env = {**os.environ, **NO_CONFIG}
    done = subprocess.run(
        [*GIT, *words], cwd=folder, check=False, capture_output=True, input=stdin, env=env
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


def edit(folder: Path) -> None:
    """Changes Albania's status without a decision, and takes a record away; its page stays."""
    record = folder / "data/records/V47-805.yaml"
    record.write_bytes(record.read_bytes().replace(b"  status: completed\n", b"  status: active\n"))
    (folder / "data/records/W34-805.yaml").unlink()


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two commits on `main`: the data, and an edit; line ends are translated in
    the work tree.
    """
    folder = tmp_path_factory.mktemp("repository")
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("reference"))
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "one")
    edit(folder)
    git(folder, "commit", "-q", "-a", "-m", "two")
    git(folder, "config", "core.autocrlf", "true")
    return folder


def test_two_revisions_are_compared_without_a_checkout(repository: Path) -> None:
    """From a folder inside the repository; nothing in it changes."""
    before = snapshot(repository)
    done = run(
        "compare",
        "main~1",
        "main",
        "--format",
        "json",
        "--jobs",
        "1",
        cwd=repository / "data",
        **NO_CONFIG,
    )
    assert (done.stderr, done.returncode) == ("", 0)
    told = json.loads(done.stdout)
    Draft202012Validator(SCHEMA).validate(told)
    assert [
        (item["id"], [change["field"] for change in item["changes"]]) for item in told["changed"]
    ] == [
        ("V47-805", ["status"]),
        ("W34-805", ["reviewed"]),
    ]
    places = [
        (item["rule"], item["place"]["file"], item["place"]["line"]) for item in told["newResults"]
    ]
    assert places == [
        ("note/unsupported-value", "data/records/V47-805.yaml", 15),
        ("input", "data/pages/001_39c4e74059a5ecd8.txt", 1),
    ]
    assert "idfgraph-" not in done.stdout
    assert snapshot(repository) == before


def test_a_revision_is_compared_with_the_working_tree(repository: Path) -> None:
    """`.` stands for the data in it, and new violations fail where that is asked for."""
    done = run(
        "compare", "HEAD~1", ".", "--fail-on", "new", "--lang", "fr", cwd=repository, **NO_CONFIG
    )
    assert (done.stderr, done.returncode) == ("", 1)
    assert "| V47-805 | statut | Achevé | Actif |" in done.stdout
    assert "data/records/V47-805.yaml&#58;15&#58;3: status" in done.stdout
    same = run(
        "compare",
        "HEAD",
        "data",
        "--fail-on",
        "new",
        "--output",
        "out.md",
        cwd=repository,
        **NO_CONFIG,
    )
    told = (repository / "out.md").read_text("utf-8")
    (repository / "out.md").unlink()
    assert (same.returncode, same.stdout, told.count("Nothing changed")) == (0, "", 1)
    back = run("compare", ".", "HEAD~1", "--fail-on", "new", cwd=repository, **NO_CONFIG)
    assert back.returncode == 0 and "Solved results of validation (2)" in back.stdout


UNUSABLE = [
    ("nothing", "data", "is neither a folder nor a revision", "fetch-depth"),
    ("--upload-pack=x", "data", "is no revision", "branch"),
    ("", "data", "is no revision", "branch"),
    ("main", "no/where", "has no no/where", "--path"),
    ("main", "../data", "is no path inside", "--path data"),
    ("main", "/data", "is no path inside", "--path data"),
    ("main", ".git/hooks", "is no path inside", "--path data"),
    ("twin", "data", "is a folder and a revision", "./twin"),
    ("main:data", "data", "is neither a folder nor a revision", "fetch"),
    ("^main", "data", "is neither a folder nor a revision", "fetch"),
]


@pytest.mark.parametrize(("name", "path", "message", "hint"), UNUSABLE)
def test_a_side_that_is_none_is_refused(
    name: str, path: str, message: str, hint: str, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    (repository / "twin").mkdir(exist_ok=True)
    git(repository, "branch", "-f", "twin")
    with pytest.raises(BadConfig) as caught:
        compare_sides(name, "data", path=path, jobs=1)
    assert message in caught.value.message and hint in caught.value.hint


def test_without_git_a_revision_is_refused_and_folders_are_compared(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(BadConfig, match="there is no git"):
        compare_sides("main", "data", jobs=1)
    assert compare_sides("data", "./data", jobs=1).comparison.is_empty


def test_links_and_names_that_lead_outside_are_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = tmp_path / "repository"
    repo.mkdir()
    git(repo, "init", "-q")
    blob = git(repo, "hash-object", "-w", "--stdin", stdin=b"../../secret")
    evil = git(repo, "mktree", stdin=f"100644 blob {blob}\tevil.yaml\n".encode())
    rows = [
        ("120000", "blob", blob, "link.yaml"),
        ("040000", "tree", evil, ".."),
        ("040000", "tree", evil, ".GIT"),
    ]
    rows += [
        ("100644", "blob", blob, "c:d.yaml"),
        ("100644", "blob", blob, "a\\b.yaml"),
        ("100644", "blob", blob, "k"),
    ]
    tree = git(
        repo, "mktree", "-z", stdin="".join(f"{m} {k} {o}\t{n}\0" for m, k, o, n in rows).encode()
    )
    top = git(repo, "mktree", stdin=f"040000 tree {tree}\tdata\n".encode())
    commit = git(repo, "commit-tree", "-m", "x", top)
    monkeypatch.chdir(repo)
    with unpacked(commit, "data") as (folder, refused):
        assert snapshot(folder) == {"data": None, str(Path("data", "k")): b"../../secret"}
        assert len(refused) == 5
        assert not list(folder.parent.glob("evil*"))
    assert not folder.exists()


def test_bytes_are_those_that_were_committed(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither line ends nor `export-ignore` change what is unpacked, and a lone file can be
    named.
    """
    monkeypatch.chdir(repository)
    with unpacked("main~1", "data/records") as (folder, refused):
        found = {path.name: path.read_bytes() for path in (folder / "data" / "records").iterdir()}
    expected = {path.name: path.read_bytes() for path in (ROOT / "data" / "records").iterdir()}
    assert (found, refused) == (expected, ())
    with unpacked("main", "data/dataset.yaml") as (folder, _):
        assert [path.name for path in folder.rglob("*.yaml")] == ["dataset.yaml"]


def test_messages_do_not_tell_where_a_revision_was_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two records with one id: the message names the other by its path in the repository."""
    (tmp_path / "data").mkdir()
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / "data" / name).write_text('{"kind": "project", "id": "V47-805"}\n', "utf-8")
        git(tmp_path, "init", "-q")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-q", "-m", name)
    monkeypatch.chdir(tmp_path)
    (found,) = compare_sides("HEAD~1", "HEAD", jobs=1).comparison.results.new
    assert (found.place.file, found.also[0].file) == ("data/b.jsonl", "data/a.jsonl")
    assert "as has data/a.jsonl:1:" in found.result.message("en").replace("\\", "/")


@pytest.mark.parametrize(
    "broken", ["dataset.yaml", "records/V47-805.yaml", "reference/states.jsonl"]
)
def test_what_cannot_be_read_is_a_result_on_its_side(broken: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    (data / broken).write_bytes(b"format: [\n")
    there = compare_sides(str(ROOT / "data"), str(data), jobs=1)
    rules = {
        (found.result.rule, Path(found.place.file).name) for found in there.comparison.results.new
    }
    assert ("input", Path(broken).name) in rules
    assert there.has_violations
    back = compare_sides(str(data), str(ROOT / "data"), jobs=1).comparison
    assert len(back.results.solved) == len(there.comparison.results.new)
    check(there)


def test_a_side_without_records_is_empty(tmp_path: Path) -> None:
    (tmp_path / "data" / "records").mkdir(parents=True)
    shutil.copy(ROOT / "data" / "dataset.yaml", tmp_path / "data")
    told = compare_sides(str(ROOT / "data"), str(tmp_path / "data"), jobs=1).comparison
    assert (len(told.gone), len(told.new)) == (5, 0)
    assert [found.result.rule for found in told.results.new] == ["input"]


def test_a_path_is_made_plain() -> None:
    assert [checked_path(path) for path in ("data", "./a//b/", ".")] == ["data", "a/b", "."]
