"""Who reviewed which values: written without touching another byte, lapsing when a value changes,
told in order.
"""

from pathlib import Path
from shutil import copytree, rmtree

import pytest
from typer.testing import CliRunner

from idfgraph.cli.options import app
from idfgraph.curation.coverage import field_digests, values_digest
from idfgraph.curation.decide import Signed, decide
from idfgraph.curation.review import Reason, Task, review, todo
from idfgraph.curation.start import new
from idfgraph.curation.weights import WEIGHTS
from idfgraph.model.errors import BadConfig, BadRecord, Place
from idfgraph.model.fields import ProjectValues
from idfgraph.model.records import Project
from idfgraph.sources.records import read_record, read_whole_record
from idfgraph.sources.records.yaml_record import flow_text

DATA = Path(__file__).parents[2] / "data"
SEED = (
    (DATA / "records" / "PX.0220.yaml").read_text("utf-8").partition("\n")[2]
)  # without the line for editors
BARE = "".join(SEED.partition("reviewed:\n")[0::2]).replace(
    "".join(SEED.splitlines(keepends=True)[4:7]), ""
)  # the record without its review

#: A name, the text of a record before its review, and the lines of it that the review by Ada on
#: 2026-02-03 changes to.
DIGEST = read_record(DATA / "records" / "PX.0220.yaml").record.reviewed[0].values
FIELDS = flow_text(field_digests(read_record(DATA / "records" / "PX.0220.yaml").record))
COVERS = f"values: {DIGEST}", f"fields: {FIELDS}"
NEW = ["  - by: Ada", "    on: '2026-02-03'", *(f"    {line}" for line in COVERS)]
BO = ["  - by: Bo", "    on: '2020-01-01'", "    values: 0000000000000000"]
EDITS = (
    ("by the same", "\n".join(["reviewed:", *BO, "  - {by: Ada, on: 2020-01-01}", ""]),
     ["reviewed:", *BO, f"  - {{by: Ada, on: '2026-02-03', {', '.join(COVERS)}}}"]),
    ("without values", "reviewed:\n  - by: Ada  # twice\n    on: '2020-01-01'  # a Wednesday\n",
     ["reviewed:", "  - by: Ada  # twice", "    on: '2026-02-03'  # a Wednesday", *NEW[2:]]),
    ("another order",
     "reviewed:  # done\n    # by whom\n    - on: 2020-01-01\n      by: \"Ada\"\n\n# next\n",
     ["reviewed:  # done", "    # by whom", "    - on: '2026-02-03'",
      *(f"  {line}" for line in NEW[2:]),
      '      by: "Ada"', "", "# next"]),
    ("on one line", "reviewed: [{by: Bo, on: 2020-01-01}, {by: Ada, on: 2020-01-01}]  # done\n",
     ["reviewed: "
      f"[{{by: Bo, on: 2020-01-01}}, {{by: Ada, on: '2026-02-03', {', '.join(COVERS)}}}]  # done"]),
)  # fmt: skip


def with_block(block: str) -> str:
    return BARE.replace("id: PX.0220\n", f"id: PX.0220\n{block}")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit[0])
def test_a_review_in_the_record_is_written_anew_and_nothing_else(
    tmp_path: Path, edit: tuple[str, str, list[str]], newline: str
) -> None:
    _, before, after = edit
    file = tmp_path / "r.yaml"
    file.write_bytes(f"# one\n{with_block(before)}# end".replace("\n", newline).encode())
    assert list(review([file], by="Ada", on="2026-02-03")) == [file]
    expected = with_block("".join(f"{line}\n" for line in after))
    assert file.read_bytes() == f"# one\n{expected}# end".replace("\n", newline).encode()


@pytest.mark.parametrize("before", ["", "reviewed: [{by: Bo, on: 2020-01-01}]\n"])
def test_a_review_stands_beside_the_record(tmp_path: Path, before: str) -> None:
    file = tmp_path / "r.yaml"
    file.write_text(with_block(before), "utf-8")
    for day in ("2026-02-02", "2026-02-03"):
        list(review([file], by="Ada", on=day))
    assert file.read_text("utf-8") == with_block(before)
    (beside,) = (tmp_path / "signed").iterdir()
    assert beside.name == "PX.0220_reviewed_ada-fdee.yaml"
    lines = ["kind: project", "id: PX.0220", "reviewed:", *NEW]
    assert beside.read_text("utf-8").splitlines() == lines


@pytest.mark.parametrize(
    "by", ['O\'Neil: "x" # y', "Żółć, 李", "no", "- a", "  b", "2026-01-01", "{x}"]
)
def test_any_name_is_read_back(tmp_path: Path, by: str) -> None:
    file = tmp_path / "r.yaml"
    for text in (BARE, with_block("reviewed: [{by: x, on: 2020-01-01}]\n")):
        file.write_text(text, "utf-8")
        list(review([file], by=by))
        reviews = {one.by: one.values for one in read_whole_record(file).record.reviewed}
        assert reviews[by] == DIGEST


def test_what_cannot_be_reviewed_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.yaml", tmp_path / "b.yaml"
    good.write_text(BARE, "utf-8")
    bad.write_text("format: 2\nkind: project\nid: V47-805\n", "utf-8")
    with pytest.raises(BadRecord, match="no values"):
        list(review([good, bad], by="Ada"))
    with pytest.raises(BadConfig, match="no day"):
        list(review([good], by="Ada", on="yesterday"))
    with pytest.raises(BadConfig, match="in the future"):
        list(review([good], by="Ada", on="2999-01-01"))
    for by in ("", " ", "A\nB", "\a"):
        with pytest.raises(BadConfig, match="nobody"):
            list(review([good], by=by))
    assert good.read_text("utf-8") == BARE


#: An edit of the reviewed seed, and why it wants a look then.
CHANGES = (
    (("value: '400000.00'", "value: '400000.01'"), "violation lapsed warning"),
    (("[FJI, TON, VUT]", "[VUT, FJI, TON]"), "warning"),
    (("id: PX.0220", "id: PX.0220  # a comment"), "warning"),
    ((f"values: {DIGEST}", "values: 0123456789abcdef"), "lapsed warning"),
    ((f"    values: {DIGEST}\n", ""), "unreviewed warning"),
    (("".join(SEED.splitlines(keepends=True)[3:7]), ""), "unreviewed warning"),
)


@pytest.mark.parametrize(("edit", "kinds"), CHANGES)
def test_a_review_lapses_when_a_value_changes(
    tmp_path: Path, edit: tuple[str, str], kinds: str
) -> None:
    assert edit[0] in SEED
    file = tmp_path / "PX.0220.yaml"
    file.write_text(SEED.replace(*edit), "utf-8")
    (task,) = todo([file])
    assert sorted({reason.kind for reason in task.reasons}) == sorted(kinds.split())
    assert task.weight == sum(WEIGHTS[reason.kind] for reason in task.reasons)
    assert task.place.file == str(file) and task.place.line > 1


OLD = "  - {by: Bo, on: 2020-01-01, values: 0123456789abcdef}\n"


@pytest.mark.parametrize(
    ("reviews", "kinds"),
    [
        (f"{OLD}  - {{by: Ada, on: 2026-02-03, values: {DIGEST}}}\n", []),
        (f"  - {{by: Ada, on: 2026-02-03, values: {DIGEST}}}\n{OLD}", []),
        (f"{OLD}  - {{by: Ada, on: 2026-02-03}}\n", ["lapsed", "unreviewed"]),
        (OLD + OLD.replace("Bo", "Ada"), ["lapsed", "lapsed"]),
    ],
)
def test_each_review_lapses_by_itself(tmp_path: Path, reviews: str, kinds: list[str]) -> None:
    file = tmp_path / "PX.0220.yaml"
    file.write_text(with_block(f"reviewed:\n{reviews}"), "utf-8")
    found = [reason for task in todo([file]) for reason in task.reasons]
    told = [reason for reason in found if reason.kind in {"lapsed", "unreviewed"}]
    assert [reason.kind for reason in told] == kinds
    assert all("Bo" in reason.words["fr"] or "Ada" in reason.words["fr"] for reason in told)
    assert len({reason.place.line for reason in told}) == len(told)


def test_the_digest_is_of_what_the_values_say() -> None:
    one = Project(
        id="V47-805", values=ProjectValues(title={"fr": "a", "en": "b"}, beneficiary=("ALB", "MDA"))
    )
    other = Project(
        id="X", values=ProjectValues(title={"en": "b", "fr": "a"}, beneficiary=("MDA", "ALB"))
    )
    assert (
        values_digest(one)
        == values_digest(other)
        != values_digest(Project(id="V47-805", values=ProjectValues()))
    )


def reviewed(folder: Path, *people: str) -> Path:
    """A record that these people reviewed."""
    file = folder / "PX.0220.yaml"
    file.write_text(BARE, "utf-8")
    for by in people:
        list(review([file], by=by, on="2026-02-03"))
    return file


def told(file: Path) -> dict[str, str]:
    """What todo says of the reviews of a record."""
    found = [reason for task in todo([file]) for reason in task.reasons]
    return {one.words["en"]: one.kind for one in found if one.kind in {"lapsed", "unreviewed"}}


def test_a_review_lapses_field_by_field(tmp_path: Path) -> None:
    file = reviewed(tmp_path, "Ada")
    assert told(file) == {}
    text = file.read_text("utf-8")
    file.write_text(text.replace("  status: active", "  status: completed", 1), "utf-8")
    assert told(file) == {"changed since Ada reviewed it on 2026-02-03: status": "lapsed"}
    list(review([file], by="Bo", on="2026-02-04"))
    assert told(file) == {}
    file.write_text(text.replace("'2021'", "'2022'", 1), "utf-8")
    assert "changed since Ada reviewed it on 2026-02-03: startYear" in told(file)


def test_a_review_lapses_for_what_is_decided_beside(tmp_path: Path) -> None:
    file = reviewed(copytree(DATA, tmp_path / "data") / "records", "Ada")
    signed = Signed({"en": "So."}, "Bo", "2026-02-04", ("https://example.org/report",))
    decide(file, "status", ["completed"], signed)
    assert told(file) == {"changed since Ada reviewed it on 2026-02-03: status": "lapsed"}
    list(review([file], by="Ada", on="2026-02-04"))
    assert told(file) == {}
    decide(file, "status", ["none"], signed)
    assert told(file) == {"changed since Ada reviewed it on 2026-02-04: status": "lapsed"}


def test_two_people_cover_what_each_of_them_saw(tmp_path: Path) -> None:
    """One saw all but a value that changed since, the other that one: all is covered."""
    file = reviewed(tmp_path, "Ada")
    text = file.read_text("utf-8")
    file.write_text(text.replace("  status: active", "  status: completed", 1), "utf-8")
    list(review([file], by="Bo", on="2026-02-04"))
    file.write_text(file.read_text("utf-8").replace("'2024'", "'2023'", 1), "utf-8")
    file.write_text(file.read_text("utf-8").replace("'2023'", "'2024'", 1), "utf-8")
    assert told(file) == {}


def test_four_eyes_where_the_data_set_asks_for_them(tmp_path: Path) -> None:
    copytree(DATA, tmp_path / "data")
    settings = tmp_path / "data" / "dataset.yaml"
    settings.write_text(settings.read_text("utf-8") + "reviews: 2\n", "utf-8")
    records = tmp_path / "data" / "records"
    file = reviewed(records, "Ada", "ada")
    (said,) = told(file).items()
    assert said == ("reviewed by ada, but 2 different people are asked for", "unreviewed")
    rmtree(records / "signed")
    file = reviewed(records, "Ada", "Bo")
    assert told(file) == {}
    text = file.read_text("utf-8").replace("  status: active", "  status: completed", 1)
    file.write_text(text, "utf-8")
    assert len(told(file)) == 2
    settings.write_text(settings.read_text("utf-8").replace("reviews: 2", "reviews: 0"), "utf-8")
    with pytest.raises(BadRecord):
        todo([file])


PAGE = (
    "Un projet\n-\nStatut du projet\n{0}\n-\nDate de début\n{1}\n-\nProjet ID\n{2}\n"
    "Le projet suit son cours.\n"
)


def test_what_weighs_most_comes_first_and_each_record_once(tmp_path: Path) -> None:
    pages = {
        "a": ("Achevé", "2003", "V47-805"),
        "b": ("Actif", "2003", "V47-805"),
        "c": ("Achevé", "2O03", "V57-805"),
        "d": ("Achevé", "2003", "Z99-805"),
    }
    for name, printed in pages.items():
        (tmp_path / f"{name}.txt").write_text(PAGE.format(*printed), "utf-8")
    tasks = todo([tmp_path])
    assert [task.record for task in tasks] == ["V57-805", "V47-805", "Z99-805"]
    assert [task.reasons[0].kind for task in tasks] == ["violation", "contradiction", "unreviewed"]
    assert [Path(task.place.file).name for task in tasks[::2]] == ["c.txt", "d.txt"]
    assert (tasks[0].place.line, tasks[2].place.line) == (7, 1)
    assert tasks == todo([tmp_path])
    assert [task.weight for task in tasks] == sorted((task.weight for task in tasks), reverse=True)
    assert len({tasks[0].why(language) for language in ("en", "fr", "es")}) == 3


def test_the_data_folder_is_reviewed() -> None:
    kinds = {reason.kind for task in todo([DATA]) for reason in task.reasons}
    assert kinds == {"warning", "unused"}


def test_a_page_that_vanished_and_names_on_no_page_are_told(tmp_path: Path) -> None:
    copytree(DATA, tmp_path / "data")
    page = next((tmp_path / "data" / "pages").glob("003_*.txt"))
    page.unlink()
    aliases = tmp_path / "data" / "reference" / "overrides.yaml"
    aliases.write_text("- {alias: Atlantide, lang: fr, id: 'st:FJI', why: a test}\n", "utf-8")
    reasons = {reason.kind: reason for task in todo([tmp_path / "data"]) for reason in task.reasons}
    assert reasons.keys() == {"warning", "vanished", "unused"}
    assert page.stem in reasons["vanished"].words["fr"] and reasons["vanished"].place.line > 1
    assert "Atlantide" in reasons["unused"].words["es"] and reasons["unused"].place.file == str(
        aliases
    )


@pytest.mark.parametrize("kind", ["project", "programme"])
def test_each_reason_says_what_it_is_about(tmp_path: Path, kind: str) -> None:
    """The field of the record where a rule is about a path of several properties."""
    (task,) = todo([new(kind, {"project": "V99-805"}.get(kind, "a-programme"), tmp_path)])
    words = [task.why(language).split("; ") for language in ("en", "fr", "es")]
    assert not [text for texts in words for text in texts if text.startswith(":")]
    if kind == "programme":
        assert "association: A programme needs an organisation that funds it" in words[0]


def test_records_are_counted_apart_from_names(tmp_path: Path) -> None:
    copytree(DATA, tmp_path / "data")
    done = CliRunner().invoke(app, ["todo", str(tmp_path / "data")])
    rows = [line.split("\t")[1] for line in done.stdout.splitlines()[1:]]
    assert rows.count("") == 1
    assert done.stderr == f"{len(rows) - 1} records want a look, and added names\n"


def test_what_cannot_be_read_is_listed_and_the_rest_too(tmp_path: Path) -> None:
    copytree(DATA, tmp_path / "data")
    before = [task.record for task in todo([tmp_path / "data"])]
    bad = tmp_path / "data" / "pages" / "bad.txt"
    bad.write_bytes(b"%PDF-1.4")
    (tmp_path / "data" / "records" / "bad.yaml").write_text("kind: project\nid: [\n", "utf-8")
    tasks = todo([tmp_path / "data"])
    assert [Path(task.place.file).name for task in tasks[:2]] == ["bad.txt", "bad.yaml"]
    assert "PDF" in tasks[0].why("fr")
    assert [task.record for task in tasks[2:]] == before
    done = CliRunner().invoke(app, ["todo", str(tmp_path / "data")])
    assert done.exit_code == 2
    assert "want a look, and inputs that cannot be read, and added names\n" in done.stderr


def test_on_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "PX.0220.yaml"
    file.write_text(BARE, "utf-8")
    run = CliRunner().invoke
    before = run(app, ["todo", str(file), "--lang", "fr"])
    done = run(app, ["review", str(file), "--by", "Ada", "--on", "2026-02-03"])
    after = run(app, ["todo", str(file), "--lang", "fr"])
    assert (before.exit_code, done.exit_code, after.exit_code) == (0, 0, 0)
    assert "personne ne l'a relue" in before.stdout and "personne" not in after.stdout
    assert before.stdout.splitlines()[1].startswith("8\tPX.0220\t")


def test_reasons_are_parts_of_one_sentence() -> None:
    reasons = [
        Reason("warning", Place(), {"en": text}) for text in ("None is taken.", "nobody did")
    ]
    assert Task(8, Place(), "X", tuple(reasons)).why("en") == "None is taken; nobody did"
