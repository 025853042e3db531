"""First steps: a data folder that publishes as it is, and records to fill in whose gaps are
named.
"""

import json
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

import msgspec
import pytest
import yaml
from typer.testing import CliRunner

from idfgraph.checks.check import check
from idfgraph.cli.options import app
from idfgraph.curation.extract import extract
from idfgraph.curation.install import noted_place
from idfgraph.curation.review import todo
from idfgraph.curation.start import init, new
from idfgraph.graph.setting import today
from idfgraph.model.errors import BadConfig, BadOutput
from idfgraph.model.records import Record
from idfgraph.model.text import Texts
from idfgraph.pipeline import publish
from idfgraph.sources.files import find_files
from idfgraph.sources.parts import new_folder, records_folder
from idfgraph.sources.records import read_record
from idfgraph.sources.schema import schema, schema_line
from idfgraph.sources.stream import read
from idfgraph.system.packing import unpacked

NAMED = "Placeholders are left"
IDS = {"project": "V99-805", "programme": "a-programme"}


def test_a_folder_of_ones_own_publishes_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = init(Path("own"))
    assert sorted(path.relative_to("own").as_posix() for path in files) == [
        ".editorconfig", ".gitattributes", ".github/idfgraph/requirements.txt",
        ".github/workflows/idfgraph.yaml", ".gitignore", ".vscode/extensions.json",
        ".vscode/settings.json", "README.md", "dataset.yaml", "pages/example.txt",
        "pages/pages.yaml", "record.schema.json", "records/EX.0001.yaml",
        "reference/overrides.yaml",
    ]  # fmt: skip
    assert {path for path in Path("own").rglob("*") if path.is_file()} == set(files)
    done = publish([Path("own")], Path("public"))
    assert (done.records, done.report.results) == (1, ())
    whole = (
        path
        for path in Path("public").rglob("*")
        if path.is_file() and path.suffix not in {".xlsx", ".sqlite", ".wasm"}
    )
    written = [
        b"".join(unpacked([path.read_bytes()], path.suffix)).decode()
        if path.suffix in {".gz", ".zst"}
        else path.read_text("utf-8")
        for path in whole
    ]
    assert not [text for text in written if "https://w3id.org/iom-idf/" in text]


def test_the_example_is_what_extract_makes_of_its_page(tmp_path: Path) -> None:
    init(tmp_path)
    (record,) = read([tmp_path])
    (page,) = read([tmp_path / "pages"])
    assert record.record.sources[0].page == page.record.sources[0].page
    assert record.record.sources[0].url == "https://example.org/example-project"
    assert len(find_files([tmp_path]).pages) == 1


@pytest.mark.parametrize("epoch", ["yesterday", "-1", "1.5", "", "9" * 12, "٣٤٥"])
def test_an_epoch_that_is_none_is_refused(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(BadConfig, match="whole seconds since 1970"):
        today()


def test_settings_are_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    init(tmp_path)
    workflow = yaml.safe_load(
        (tmp_path / ".github" / "workflows" / "idfgraph.yaml").read_text("utf-8")
    )
    steps = workflow["jobs"]["validate"]["steps"]
    assert [
        step["name"] for step in steps if step.get("run", "").startswith("idfgraph validate ")
    ] == ["Check the records"]
    assert "asOf: 2023-11-14" in (tmp_path / "dataset.yaml").read_text("utf-8")
    assert (tmp_path / "record.schema.json").read_text("utf-8") == schema("record")
    assert (
        (tmp_path / "records" / "EX.0001.yaml")
        .read_text("utf-8")
        .startswith(schema_line(tmp_path / "records"))
    )


def test_a_folder_of_ones_own_begins_without_complaint(tmp_path: Path) -> None:
    """Nothing is to be done about names that nobody added, and the example comes first."""
    init(tmp_path)
    task, own = todo([tmp_path])
    assert {reason.kind for reason in task.reasons} == {"unreviewed"}
    assert "still as idfgraph init wrote it" in own.why("en")
    names = tmp_path / "reference" / "overrides.yaml"
    line = next(line for line in names.read_text("utf-8").splitlines() if line.startswith("# - "))
    names.write_text(line.removeprefix("# "), "utf-8")
    assert [task.record for task in todo([tmp_path])] == ["EX.0001", "", ""]


def test_releases_stay_out_of_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Published inside the folder, whatever the release is called."""
    monkeypatch.chdir(tmp_path)
    files = init(tmp_path)
    publish([tmp_path / "records"], Path("public"))
    git = ("git", "-c", "core.excludesFile=/dev/null")
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    added = subprocess.run([*git, "ls-files"], check=True, capture_output=True, text=True)
    assert {tmp_path / name for name in added.stdout.splitlines()} == set(files)


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    for path in (tmp_path, tmp_path / "mine.txt"):
        with pytest.raises(BadOutput, match="not an empty folder"):
            init(path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("kind", IDS)
def test_a_new_record_lacks_only_what_it_names(tmp_path: Path, kind: str) -> None:
    file = new(kind, IDS[kind], tmp_path)
    named = set(
        re.findall(r"[a-z]\w+", "".join(re.findall(r"^##   .*", file.read_text("utf-8"), re.M)))
    )
    results = [finding.result for finding in check([file]).findings]
    of_paths = {"source/source-record": "sources"}
    about = [
        (result.severity, result.about or of_paths.get(result.rule, "association"))
        for result in results
    ]
    assert {of for _, of in about} <= named
    violated = {of for severity, of in about if severity == "Violation"}
    expected = {"project": {"projectId"}, "programme": set[str]()}
    assert violated == {"sources", *expected[kind]}
    assert kind == "project" or ("Warning", "association") in about


@pytest.mark.parametrize("kind", IDS)
def test_its_examples_fit_the_form(tmp_path: Path, kind: str) -> None:
    file = new(kind, IDS[kind], tmp_path)
    file.write_text(re.sub(r"(?m)^# ", "", file.read_text("utf-8")), "utf-8")
    record: Record = read_record(file).record
    assert record.id == IDS[kind] and record.reviewed and record.decisions and record.sources
    assert record.decisions[0].instead_of
    values = getattr(record, "values")  # noqa: B009
    fields = {field.encode_name for field in msgspec.structs.fields(values)}
    shown = msgspec.to_builtins(values)
    rare = {"budget", "endYear"} if kind == "programme" else {"otherBeneficiary"}
    assert fields - shown.keys() <= rare


@pytest.mark.parametrize(
    ("kind", "id_"),
    [
        *(("project", id_) for id_ in ("V47", "v47-805", "")),
        *(("programme", id_) for id_ in ("a b", "../a")),
        ("state", "ALB"),
    ],
)
def test_ids_that_are_none(tmp_path: Path, kind: str, id_: str) -> None:
    with pytest.raises(BadConfig):
        new(kind, id_, tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("taken", ["a-programme.yaml", "A-Programme.yaml", "a-programme.yml"])
def test_a_record_is_never_overwritten(tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).write_text("mine", "utf-8")
    with pytest.raises(BadOutput, match="exists already"):
        new("programme", "a-programme", tmp_path)
    assert [path.read_text("utf-8") for path in tmp_path.iterdir()] == ["mine"]


def test_on_the_command_line(tmp_path: Path) -> None:
    run = CliRunner().invoke
    made = run(app, ["init", str(tmp_path / "own")])
    written = run(app, ["new", "project", "V99-805", "--into", str(tmp_path / "own" / "records")])
    checked = run(app, ["validate", str(tmp_path / "own"), "--fail-on", "violation"])
    assert (made.exit_code, written.exit_code, checked.exit_code) == (0, 0, 1)
    assert len(made.stdout.splitlines()) == 14
    assert written.stdout.endswith("V99-805.yaml\n")


def test_a_data_folder_is_published_from_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    init(tmp_path / "own")
    monkeypatch.chdir(tmp_path / "own")
    assert "/public\n" in Path(".gitignore").read_text("utf-8")
    ran = CliRunner().invoke(app, ["publish", "--jobs", "1"])
    assert ran.exit_code == 0, ran.output
    assert Path("public", "release.json").is_file()
    ran = CliRunner().invoke(app, ["validate", "--jobs", "1"])
    assert "public" not in ran.output
    ran = CliRunner().invoke(app, ["new", "project", "V99-805"])
    assert Path("records", "V99-805.yaml").is_file() and not Path("data").exists()


@pytest.mark.parametrize("name", ["recods", "Records", "record"])
def test_a_mistyped_folder_of_records_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "records").mkdir()
    with pytest.raises(BadConfig, match="does not exist") as told:
        records_folder(tmp_path / name)
    assert told.value.hint == f"did you mean {tmp_path / 'records'}?"
    assert records_folder(tmp_path / "drafts") == tmp_path / "drafts"
    (tmp_path / name).mkdir(exist_ok=True)
    assert records_folder(tmp_path / name) == tmp_path / name


def test_a_new_folder_of_records_is_told(tmp_path: Path) -> None:
    assert "in no data folder" in new_folder(tmp_path / "records")["en"]
    (tmp_path / "dataset.yaml").write_text("", "utf-8")
    assert not new_folder(tmp_path / "records")
    assert "read in records/ alone" in new_folder(tmp_path / "drafts")["en"]
    assert not new_folder(tmp_path)


def placeholders(desk: Path) -> list[str]:
    """What is told of what is left as it was written, in English."""
    found = check(desk, jobs=1).findings
    return [one.result.message("en") for one in found if one.result.names["en"] == NAMED]


def test_placeholders_that_are_left_are_told_once(tmp_path: Path) -> None:
    init(tmp_path)
    (told,) = placeholders(tmp_path)
    assert "title, description, publisher, base, " in told and "pages/example.txt" in told
    done = publish([tmp_path], tmp_path / "public")
    assert [one.result.names["fr"] for one in done.unused] == ["Des textes d'attente restent"]
    file = tmp_path / "dataset.yaml"
    own = file.read_text("utf-8").replace("Name of this data set", "Projects of Tuvalu")
    own = re.sub(r"(?m)^publisher: .*", "publisher: IOM Tuvalu", own)
    file.write_text(own.replace("example.org/idf/", "tuvalu.example/idf/"), "utf-8")
    (told,) = placeholders(tmp_path)
    assert "wrote it: title, description, " in told, "in French and Spanish it still is"
    for word in ("Nom de ce jeu", "Nombre de este", "What the data", "De quoi", "De qué"):
        file.write_text(file.read_text("utf-8").replace(word, "My"), "utf-8")
    (tmp_path / "pages" / "example.txt").unlink()
    (tmp_path / "records" / "EX.0001.yaml").unlink()
    new("project", "V99-805", tmp_path / "records")
    assert placeholders(tmp_path) == []


def test_what_is_there_is_never_written_over(tmp_path: Path) -> None:
    """In a clone that a host began, and in a data folder that lacks what is new."""
    for name in ("README.md", "LICENSE", ".gitignore"):
        (tmp_path / name).write_text("mine", "utf-8")
    told = list[Texts]()
    assert tmp_path / "records" / "EX.0001.yaml" in init(tmp_path, "registry", told.append)
    assert [one["en"] for one in told] == [
        f"kept as it is: {tmp_path / name}" for name in ("README.md", ".gitignore")
    ]
    assert (tmp_path / "README.md").read_text("utf-8") == "mine"
    (tmp_path / "dataset.yaml").unlink()
    (tmp_path / "records" / "EX.0001.yaml").unlink()
    assert init(tmp_path, "registry") == (tmp_path / "dataset.yaml",), "no example comes back"


def workflow(file: Path) -> dict[str, str]:
    """What a workflow installs, and of which folder it tells."""
    told: dict[str, str] = yaml.safe_load(file.read_text("utf-8"))["env"]
    return told


def test_the_workflow_stands_where_github_finds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the top of the repository, and knows the folder from there."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    files = init(Path("our 'own' desk"), "registry")
    assert Path("../.github/workflows/idfgraph.yaml") in files
    told = workflow(tmp_path / ".github" / "workflows" / "idfgraph.yaml")
    assert told["DESK"] == "sub/our 'own' desk"
    assert not Path("our 'own' desk", ".github").exists()
    notes = list[Texts]()
    init(Path("other"), "registry", notes.append)
    assert notes[0]["en"] == "kept as it is: ../.github/workflows/idfgraph.yaml"


GIT = "git+https://example.org/idfgraph@0123abc"


@pytest.mark.parametrize(
    ("named", "asked"),
    [
        ("registry", f"idfgraph=={version('idfgraph')}"),
        ("idfgraph>=0.1", "idfgraph>=0.1"),
        (GIT, f"idfgraph @ {GIT}"),
        ("https://example.org/idfgraph-1-py3-none-any.whl", None),
    ],
)
def test_the_workflow_installs_from_where_it_is_to_be_had(
    tmp_path: Path, named: str, asked: str | None
) -> None:
    init(tmp_path, named)
    told = workflow(tmp_path / ".github" / "workflows" / "idfgraph.yaml")
    assert told["IDFGRAPH"] == (asked or f"idfgraph @ {named}")


def test_a_wheel_is_put_beside(tmp_path: Path) -> None:
    wheel = tmp_path / "idfgraph-9.9-py3-none-any.whl"
    wheel.write_bytes(b"wheel")
    init(tmp_path / "own", str(wheel))
    told = workflow(tmp_path / "own" / ".github" / "workflows" / "idfgraph.yaml")
    assert (tmp_path / "own" / told["IDFGRAPH"]).read_bytes() == b"wheel"


@pytest.mark.parametrize(
    "named", ["pypi", "no.whl", "idfgraph-1.whl", "git+https://a b", "https://$x", "../idfgraph"]
)
def test_what_is_no_place_to_install_from_is_refused(tmp_path: Path, named: str) -> None:
    with pytest.raises(BadConfig, match="no place to install idfgraph from"):
        init(tmp_path / "own", named)
    assert not (tmp_path / "own").exists()


def test_where_pip_had_it_from() -> None:
    """As PEP 610 has it noted; a folder on this machine is nowhere else: a wheel is asked for."""
    vcs = {"vcs": "git", "commit_id": "0123abc"}
    there = json.dumps({"url": "https://example.org/idfgraph", "vcs_info": vcs})
    assert noted_place(there).asked == f"idfgraph @ {GIT}"
    here = {"url": "file:///home/me/idfgraph", "dir_info": {"editable": True}}
    own = noted_place(json.dumps(here))
    assert own.asked == "" and own.wheel.endswith(".whl") and own.at is None


def test_git_leaves_pages_alone(tmp_path: Path) -> None:
    """Also where it is told to write the line ends of Windows: pages are bytes, records are not."""
    init(tmp_path)
    page = tmp_path / "pages" / "crlf.txt"
    page.write_bytes(b"one\r\ntwo\n")
    said = ("core.autocrlf=true", "user.name=A", "user.email=a@example.org")
    git = ["git", "-C", str(tmp_path), *(word for one in said for word in ("-c", one))]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "All"]):
        subprocess.run([*git, *words], check=True, capture_output=True)
    record = tmp_path / "records" / "EX.0001.yaml"
    before = record.read_bytes()
    for file in (page, record):
        file.unlink()
    subprocess.run([*git, "checkout", "-q", "--", "."], check=True)
    assert page.read_bytes() == b"one\r\ntwo\n"
    assert record.read_bytes() == before


def test_the_readme_tells_commands_that_there_are(tmp_path: Path) -> None:
    """Five, in each language."""
    init(tmp_path)
    text = (tmp_path / "README.md").read_text("utf-8")
    told = re.findall(r"(?m)^    idfgraph (\w+)", text)
    assert told == ["extract", "validate", "todo", "review", "publish"] * 3
    known = CliRunner().invoke(app, ["--help"]).output
    assert all(f" {name} " in known for name in told)


@pytest.mark.parametrize("id_", ["CON", "nul.x", "Com1", "aux.old", "return."])
def test_no_record_is_made_that_some_system_cannot_have(id_: str, tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match="Windows"):
        new("programme", id_, tmp_path)
    (page := tmp_path / "p.txt").write_text("Un texte.\n", "utf-8")
    with pytest.raises(BadConfig, match="Windows"):
        list(extract([page], tmp_path / "records", programme=id_))


def test_no_record_is_made_that_differs_in_letter_case_alone(tmp_path: Path) -> None:
    new("programme", "return-fund", tmp_path)
    (page := tmp_path / "p.txt").write_text("Un texte.\n", "utf-8")
    with pytest.raises(BadConfig, match="give return-fund"):
        list(extract([page], tmp_path, programme="Return-Fund"))
