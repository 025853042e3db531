"""JSON Schemas: the record's says in an editor what the reader says, and is what stands in the data
folder.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
import yaml
from support.command import DATASET, ROOT, run

from idfgraph.checks.check import check
from idfgraph.curation.extract import extract
from idfgraph.curation.start import new
from idfgraph.model.errors import BadConfig, BadRecord
from idfgraph.sources.records import read_record
from idfgraph.sources.schema import schema, schema_line
from idfgraph.sources.schema_words import RECORD_SCHEMA

RECORDS = {path.stem: path for path in sorted((ROOT / "data" / "records").glob("*.yaml"))}
LINE = "# yaml-language-server: $schema=../record.schema.json\n"


class Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it: numbers, true, false and null are no texts, and `on` is one."""


Core.yaml_implicit_resolvers = {}
for tag, form in {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
}.items():
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{form})$"), None)


def checker(of: str) -> jsonschema.Draft202012Validator:
    """The checker of a schema, which is itself checked."""
    read = msgspec.json.decode(schema(of))
    jsonschema.Draft202012Validator.check_schema(read)
    return jsonschema.Draft202012Validator(read)


def complaints(text: str, of: str = "record") -> list[str]:
    """The fields that an editor marks, in order."""
    errors = checker(of).iter_errors(yaml.load(text, Loader=Core))
    return sorted({".".join(map(str, error.absolute_path)) for error in errors})


def changed(record: str, old: str, new_text: str) -> str:
    text = RECORDS[record].read_text("utf-8")
    assert old in text
    return text.replace(old, new_text, 1)


def test_the_folder_s_schema_is_what_the_command_prints(tmp_path: Path) -> None:
    done = run("schema", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.encode() == (ROOT / "data" / RECORD_SCHEMA).read_bytes()


@pytest.mark.parametrize("of", ["record", "dataset", "findings", "comparison"])
def test_each_is_a_schema(of: str) -> None:
    assert checker(of).schema["title"]


def test_another_word_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match="no schema of 'page'"):
        schema("page")
    assert run("schema", "page", cwd=tmp_path).returncode == 2


def described(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """The path of each field of a schema, and what is said of it."""
    for key, inner in node.items() if isinstance(node, dict) else ():
        fields = inner.items() if key == "properties" and not path.endswith("if") else ()
        yield from (
            (f"{path}.{name}", field.get("description", "")) for name, field in fields if field
        )
        yield from described(inner, f"{path}.{key}")


@pytest.mark.parametrize("of", ["record", "dataset"])
def test_every_field_is_described(of: str) -> None:
    """Texts by language and shares by field are described where they are held."""
    languages = (".en", ".fr", ".es")
    fields = {
        path: text
        for path, text in described(checker(of).schema)
        if not path.endswith(languages) and ".fields." not in path
    }
    assert len(fields) >= {"record": 50, "dataset": 7}[of]
    values = {"ProjectValues", "ProgrammeValues"}
    assert [
        path for path, text in fields.items() if not text and not values & set(path.split("."))
    ] == []
    assert [
        path for path, text in fields.items() if not text and not path.endswith(".values")
    ] == []


@pytest.mark.parametrize("record", RECORDS)
def test_the_records_fit_and_name_their_schema(record: str) -> None:
    text = RECORDS[record].read_text("utf-8")
    assert complaints(text) == []
    assert text.startswith(LINE) and text.count("yaml-language-server") == 1


def test_the_data_set_fits() -> None:
    text = DATASET.read_text("utf-8")
    assert complaints(text, "dataset") == []
    assert complaints(f"{text}publishPages: false\n", "dataset") == []
    assert complaints(text.replace("asOf: ", "asOf: x"), "dataset") == ["asOf"]


#: Ways to write a record that the reader accepts: editors do as well.
ACCEPTED = [
    ("V47-805", "format: 2\n", ""),
    ("V47-805", "format: 2\n", "format: '2'\n"),
    ("PX.0220", "startYear: '2021'", "startYear: 2021"),
    ("V47-805", "value: '49997.00'", "value: 49997.00"),
    ("V47-805", "value: '49997.00'", "value: 49997"),
    ("V47-805", "on: '2026-11-21'", "on: 2026-11-21"),
    ("V47-805", "by: idfgraph maintainers", "by: 12"),
    ("V47-805", "span: [1302, 1306]", "span: ['1302', '1306']"),
    ("V47-805", "text: '2024'", "text: 2024"),
    ("V47-805", "    fr: Mise en place d'une", "    en: 1984\n    fr: Mise en place d'une"),
    ("V47-805", "    url: https://iom.int/fr/node/175831\n", ""),
    ("V47-805", "values: 59a3748e0f95fd56", "values: 1234567890123456"),
    ("V47-805", "sources:\n", "decisions: []\nsources:\n"),
    ("mainstreaming-migration", "count: '12'", "count: 12"),
    ("mainstreaming-migration", "hasPart: ['2']", "hasPart: [2]"),
]


@pytest.mark.parametrize(("record", "old", "new_text"), ACCEPTED)
def test_what_the_reader_accepts_editors_accept(
    record: str, old: str, new_text: str, tmp_path: Path
) -> None:
    text = changed(record, old, new_text)
    file = tmp_path / "r.yaml"
    file.write_text(text, "utf-8")
    assert read_record(file).record.id == record
    assert complaints(text) == []


DECISION = """decisions:
  - property: status
    value: completed
    why: {en: Its end is past.}
    evidence: ['https://example.org/']
    by: someone
    on: '2026-11-22'
sources:
"""
V47, PRG = "V47-805", "mainstreaming-migration"

#: A record, what is changed in it, and the field that is then marked.
BROKEN = [
    (V47, "format: 2", "format: 3", "format"),
    (V47, "kind: project\n", "", ""),
    (V47, "kind: project", "kind: programme", "values"),
    (V47, "kind: project", "kind: page", ""),
    (V47, "kind: project", "kind: state", "kind"),
    (V47, "id: V47-805", "id: V47/805", "id"),
    (V47, "id: V47-805", "id: ''", "id"),
    (V47, "id: V47-805\n", "", ""),
    (V47, "id: V47-805", "id: V47-805\ncolour: red", ""),
    (V47, "by: idfgraph maintainers\n    on", "on", "reviewed.0"),
    (V47, "by: idfgraph maintainers", "by: ''", "reviewed.0.by"),
    (V47, "on: '2026-11-21'", "on: 21 November", "reviewed.0.on"),
    (V47, "on: '2026-11-21'", "on: 2026-13-21", "reviewed.0.on"),
    (V47, "values: 59a3748e0f95fd56", "values: a5c1", "reviewed.0.values"),
    (V47, "    fr: Mise en place", "    deutsch: Mise en place", "values.title"),
    (V47, "    fr: Mise en place d'une unité de", "    fr: ''\n    # ", "values.title.fr"),
    (V47, "status: completed", "endYear: ['2024']", "values.endYear"),
    (V47, "status: completed", "endYear: 24", "values.endYear"),
    (V47, "status: completed", "endYear: '2024-05'", "values.endYear"),
    (V47, "status: completed", "statedEndYear: ['2024']", "values"),
    (V47, "status: completed", "startDate: '2024'", "values"),
    (V47, "status: completed", "status: done", "values.status"),
    (V47, "status: completed", "status: [completed]", "values.status"),
    (V47, "coverage: national", "coverage: National", "values.coverage"),
    (V47, "value: '49997.00'", "value: 49.997,00", "values.budget.value"),
    (V47, "value: '49997.00'", "value: -1", "values.budget.value"),
    (V47, "currency: USD", "currency: EUR", "values.budget.currency"),
    (V47, "    currency: USD\n", "", "values.budget"),
    (V47, "beneficiary: [ALB]", "beneficiary: [Albania]", "values.beneficiary.0"),
    (V47, "beneficiary: [ALB]", "beneficiary: [AAA]", "values.beneficiary.0"),
    (V47, "projectType: [tc]", "projectType: [type-tc]", "values.projectType.0"),
    (V47, "fundRegion: europe", "fundRegion: Europe and more", "values.fundRegion"),
    (V47, "- page: ea0243", "- page: EA0243", "sources.0.page"),
    (V47, "url: https://iom.int", "url: iom.int", "sources.0.url"),
    (V47, "language: fr", "language: de", "sources.0.language"),
    (V47, "span: [1212, 1287]", "span: [1212]", "sources.0.values.0.span"),
    (V47, "span: [1212, 1287]", "span: [1212, -1]", "sources.0.values.0.span.1"),
    (V47, "- property: title", "- property: budget.Value", "sources.0.values.0.property"),
    (
        V47,
        "sources:\n",
        DECISION.replace("property: status", "property: colour"),
        "decisions.0.property",
    ),
    (V47, "sources:\n", DECISION.replace("['https://example.org/']", "[]"), "decisions.0.evidence"),
    (V47, "sources:\n", DECISION.replace("    why: {en: Its end is past.}\n", ""), "decisions.0"),
    (PRG, "role: funding", "role: donor", "values.association.1.role"),
    (PRG, "measure: ", "measure: x-", "values.result.0.measure"),
    (PRG, "count: '", "count: 'about ", "values.result.0.count"),
]


@pytest.mark.parametrize(("record", "old", "new_text", "field"), BROKEN)
def test_what_is_broken_is_marked_and_refused(
    record: str, old: str, new_text: str, field: str, tmp_path: Path
) -> None:
    """By the editor at the field; by the reader, or, where a code is not known, by the check."""
    text = changed(record, old, new_text)
    assert complaints(text) == [field]
    file = tmp_path / "r.yaml"
    file.write_text(text, "utf-8")
    try:
        read_record(file)
    except BadRecord as error:
        assert error.hint
    else:
        assert [found for found in check([file]).findings if found.result.severity == "Violation"]


def test_the_broken_are_many() -> None:
    assert len({case[1:3] for case in BROKEN}) == len(BROKEN) >= 30


@pytest.mark.parametrize(
    ("where", "expected"), [("records", LINE), (".", LINE.replace("../", "")), ("a/records", "")]
)
def test_records_name_the_schema_that_is_at_hand(where: str, expected: str, tmp_path: Path) -> None:
    (tmp_path / RECORD_SCHEMA).write_text(schema("record"), "utf-8")
    into = tmp_path / where
    (done,) = extract([ROOT / "data" / "pages" / "000_3cd946cab0f19b2c.txt"], into)
    assert schema_line(into) == expected
    for file in (done.file, new("programme", "a-programme", into)):
        assert file is not None
        text = file.read_text("utf-8")
        assert text.startswith(expected) and text.count("yaml-language-server") == (expected != "")


def test_a_merge_keeps_the_line(tmp_path: Path) -> None:
    (tmp_path / RECORD_SCHEMA).write_text(schema("record"), "utf-8")
    page = tmp_path / "pages" / "p.txt"
    page.parent.mkdir()
    text = (ROOT / "data" / "pages" / "003_f1304bd47d6398f5.txt").read_text("utf-8")
    outcomes = []
    for words in (text, text.replace("Actif", "Achevé")):
        page.write_text(words, "utf-8")
        outcomes += [done.outcome for done in extract([page], tmp_path / "records")]
    assert outcomes == ["written", "merged"]
    merged = (tmp_path / "records" / "PX.0220.yaml").read_text("utf-8")
    assert merged.startswith(f"{LINE}format: 2\n") and "status: completed" in merged
