"""Records of format 1 in format 2: nothing that people wrote is lost, and a desk needs one line to
know what to do.
"""

import json
from pathlib import Path
from shutil import copytree
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.command import run

from idfgraph.curation.coverage import values_digest
from idfgraph.curation.migrate import migrate
from idfgraph.model.errors import OldFormat
from idfgraph.model.records import Record
from idfgraph.sources.records import migrated_lines, migrated_yaml, plain_digest
from idfgraph.sources.records.format_one import is_old, migrated
from idfgraph.sources.records.yaml_read import parse_yaml
from idfgraph.sources.stream import read

OLD = Path(__file__).parents[1] / "data" / "format-1" / "records"
DATA = Path(__file__).parents[2] / "data"
RECORDS = sorted(OLD.glob("*.yaml"))


def plain(text: str) -> Any:
    return parse_yaml(text, "r.yaml")[0]


def desk(tmp_path: Path) -> Path:
    """A desk of format 1: the five records with their pages and settings."""
    copytree(DATA, tmp_path / "desk")
    for path in RECORDS:
        (tmp_path / "desk" / "records" / path.name).write_bytes(path.read_bytes())
    return tmp_path / "desk"


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_record_says_the_same_in_format_2(path: Path) -> None:
    text = path.read_text("utf-8")
    after = migrated_yaml(path)
    assert after is not None
    old, new = plain(text), plain(after)
    stated = old["values"].pop("statedEndYear", None)
    review = old.pop("reviewed")
    assert new.pop("format") == "2" and old.pop("format") == "1"
    assert new["reviewed"] == [{**review, "values": plain_digest(new["values"])}]
    new.pop("reviewed")
    for source in old["sources"]:
        for capture in source["values"]:
            if capture["property"] == "statedEndYear":
                capture["property"] = "endYear"
    assert new == old and "statedEndYear" not in after and ("endYear" in after) >= bool(stated)
    kept = [line for line in text.splitlines() if "statedEndYear" not in line]
    assert all(line in after.splitlines() for line in kept[10:])


COMMENTED = """\
# The record of a desk.
kind: project
format: 1  # the first
reviewed:  # by us
  by: "A. Steward"  # herself
  on: 2026-11-21
  values: 0123456789abcdef
id: X01-805
values: {status: active, statedEndYear: ['2019', "2020"], endYear: '2019'}  # odd

sources:
- page: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
  identifier: a
  language: es
  values:
  - {property: "statedEndYear", text: '2019', span: [1, 5]}  # a slip?
  - # another
    text: '2020 statedEndYear'
    property: statedEndYear   # here
    label: statedEndYear
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_comments_order_and_line_ends_stay(tmp_path: Path, newline: str) -> None:
    path = tmp_path / "X01-805.yaml"
    path.write_bytes(COMMENTED.replace("\n", newline).encode())
    assert [done.changed for done in migrate([path])] == [True]
    after = path.read_bytes().decode()
    for comment in ("# The record of a desk.", "# the first", "# by us", "# herself", "# odd",
                    "# a slip?", "# another", "# here"):  # fmt: skip
        assert after.count(comment) == 1
    assert after.count(newline) == after.count("\n")
    said = plain(after)
    assert list(said) == ["kind", "format", "reviewed", "id", "values", "sources"]
    assert said["reviewed"] == [
        {"by": "A. Steward", "on": "2026-11-21", "values": "0123456789abcdef"}
    ]
    assert [one["property"] for one in said["sources"][0]["values"]] == ["endYear", "endYear"]
    assert said["sources"][0]["values"][1]["label"] == "statedEndYear"
    assert [done.changed for done in migrate([path])] == [False]
    assert path.read_bytes().decode() == after


YEARS = st.sampled_from(["2004", "2010", "2024"])
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "title": st.dictionaries(st.sampled_from(["en", "fr", "es"]), st.text("é 'x", min_size=1)),
        "status": st.sampled_from(["active", "completed", "provisional-paused"]),
        "endYear": YEARS,
        "statedEndYear": st.lists(YEARS, unique=True, max_size=2),
        "beneficiary": st.lists(st.sampled_from(["ALB", "MDA"]), unique=True),
    },
)
CAPTURES = st.lists(
    st.fixed_dictionaries({
        "property": st.sampled_from(["statedEndYear", "status", "title"]),
        "text": st.text("statedEndYear2024", min_size=1),
        "span": st.just([1, 5]),
    }),
    unique_by=lambda capture: capture["property"],
    max_size=3,
)  # fmt: skip
OLD_RECORDS = st.fixed_dictionaries(
    {"format": st.just(1), "kind": st.just("project"), "id": st.just("X01-805")},
    optional={
        "values": VALUES,
        "reviewed": st.fixed_dictionaries(
            {"by": st.text("Aé", min_size=1), "on": st.just("2026-11-21")},
            optional={"values": st.just("0123456789abcdef")},
        ),
        "sources": CAPTURES.map(
            lambda captures: [
                {"page": "a" * 64, "identifier": "a", "language": "fr", "values": captures}
            ]
        ),
    },
)


@given(OLD_RECORDS, st.booleans())
def test_generated_records_migrate_without_loss(old: dict[str, Any], valid: bool) -> None:
    if valid and "reviewed" in old and "values" in old:
        old["reviewed"]["values"] = plain_digest(old["values"])
    new = migrated(old)
    form: Any = Record
    record = msgspec.convert(new, form)
    assert not is_old(new) and list(new) == list(old)
    back = json.loads(json.dumps(new))
    back["format"] = 1
    if "reviewed" in old:
        (back["reviewed"],) = back["reviewed"]
        if valid and "values" in old:
            assert record.reviewed[0].values == values_digest(record)
            back["reviewed"]["values"] = old["reviewed"]["values"]
    if "statedEndYear" in old.get("values", {}):
        back["values"]["statedEndYear"] = old["values"]["statedEndYear"]
    for source in back.get("sources", []):
        for capture in source["values"]:
            if capture["property"] == "endYear":
                capture["property"] = "statedEndYear"
    assert back == old


STYLES = (
    {"separators": (",", ":"), "ensure_ascii": False},
    {"separators": (", ", ": "), "ensure_ascii": True},
)


@pytest.mark.parametrize("style", STYLES)
def test_lines_of_json_are_rewritten_and_others_stay(tmp_path: Path, style: dict[str, Any]) -> None:
    old = {"format": 1, "kind": "project", "id": "X01-805", "reviewed": {"by": "É", "on": "2026-11-21"}}  # fmt: skip  # noqa: E501
    new = b'{ "kind":"project",  "id":"X02-805" }\r\n'
    path = tmp_path / "records.jsonl"
    path.write_bytes(f"{json.dumps(old, **style)}\r\n".encode() + b"\n" + new)
    assert [done.changed for done in migrate([path], dry=True)] == [True]
    assert json.dumps(old, **style).encode() in path.read_bytes()
    list(migrate([path]))
    want = {**old, "format": 2, "reviewed": [old["reviewed"]]}
    assert path.read_bytes() == f"{json.dumps(want, **style)}\r\n".encode() + b"\n" + new
    assert [changed for _, changed in migrated_lines(path)] == [False] * 3
    assert [found.record.id for found in read([path])] == ["X01-805", "X02-805"]


BAD = {
    "no.yaml": "format: 1\nkind: project\nid: [\n",
    "unknown.yaml": "format: 1\nkind: project\nid: X01-805\ncolour: red\n",
    "decided.yaml": "format: 1\nkind: project\nid: X01-805\ndecisions:\n"
    "  - property: statedEndYear\n"
    "    value: ['2019']\n    why: {en: W}\n    evidence: ['https://e.org/']\n"
    "    by: A\n    on: '2026-11-21'\n",
    "lines.jsonl": '{"format": 1, "kind": "project", "id": "X03-805"}\n{"format": 1, "kind"\n',
}


def test_bad_files_are_told_and_left_alone(tmp_path: Path) -> None:
    for name, text in BAD.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "good.yaml").write_text("format: 1\nkind: project\nid: X04-805\n", "utf-8")
    done = {one.file.name: one for one in migrate([tmp_path])}
    assert done["good.yaml"].changed and done.keys() == {*BAD, "good.yaml"}
    for name, text in BAD.items():
        assert done[name].refused is not None and not done[name].changed
        assert (tmp_path / name).read_text("utf-8") == text
    assert "5:5" in str(done["decided.yaml"].refused)


def test_a_desk_is_told_once_migrates_and_is_checked(tmp_path: Path) -> None:
    folder = desk(tmp_path)
    (folder / "record.schema.json").write_text("{}", "utf-8")
    with pytest.raises(OldFormat):
        list(read([folder], refuse=lambda _: None))
    for command in ("validate", "publish", "todo", "extract"):
        inputs = ["desk"] if command != "extract" else [str(next((folder / "pages").glob("000*"))), "--into", "desk/records"]  # fmt: skip  # noqa: E501
        done = run(command, *inputs, cwd=tmp_path)
        assert done.returncode == 2 and len(done.stderr.splitlines()) == 1
        assert "is a record of format 1; run: idfgraph migrate desk" in done.stderr
    dry = run("migrate", "desk", "--dry-run", cwd=tmp_path)
    assert dry.returncode == 0 and "6 files would be migrated" in dry.stderr
    assert run("migrate", "desk", cwd=tmp_path).stdout.count(": migrated") == 6
    assert run("migrate", "desk", cwd=tmp_path).stderr == "0 files migrated\n"
    assert (folder / "record.schema.json").read_bytes() == (
        DATA / "record.schema.json"
    ).read_bytes()


def test_settings_lose_what_they_can_no_longer_expect(tmp_path: Path) -> None:
    folder = desk(tmp_path)
    settings = folder / "dataset.yaml"
    text = settings.read_text("utf-8")
    settings.write_text(
        f"{text}expect:\n  fields:\n    status: 0.5  # half\n    statedEndYear: 0.4\n", "utf-8"
    )
    list(migrate([folder]))
    assert settings.read_text("utf-8") == f"{text}expect:\n  fields:\n    status: 0.5  # half\n"
