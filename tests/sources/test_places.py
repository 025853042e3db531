"""Where fields stand, in YAML, JSON Lines, pages and HTML: line, column and end; and where results
point.

Columns count code points from 1, an end is the column after the last one; lines end with \\n,
\\r\\n or \\r.
"""

import json
import os
import re
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, parse
from support.command import ROOT

from idfgraph.checks.locate import fields_of, place_of
from idfgraph.graph.setting import Setting, prepare
from idfgraph.model.entries import Entry
from idfgraph.model.errors import BadInput, BadRecord, Place
from idfgraph.model.fields import ProgrammeValues, ProjectValues
from idfgraph.model.findings import Result
from idfgraph.model.vocab import SH
from idfgraph.sources.files import find_files
from idfgraph.sources.origin import Origin, Sourced
from idfgraph.sources.pages import read_page
from idfgraph.sources.positions import Mark, Positions
from idfgraph.sources.records import read_json_lines, read_record, read_records
from idfgraph.sources.records.json_marks import json_places, too_deep
from idfgraph.sources.records.yaml_read import parse_yaml
from idfgraph.sources.reference_files import read_reference, reference_origin
from idfgraph.sources.stream import read, read_files

EXAMPLES = settings(
    max_examples=int(os.environ.get("IDFGRAPH_EXAMPLES", "120")), derandomize=True, deadline=None
)
BASE = "https://w3id.org/iom-idf/"
PAGE = "0" * 64

#### Regions of a text ####


def region(text: str, mark: Mark) -> str:
    """What stands at a mark; the rest of its first line becomes spaces, as YAML reads columns."""
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text.removeprefix("\ufeff"))[
        mark.line - 1 : mark.end_line
    ]
    lines[-1] = lines[-1][: mark.end_column - 1]
    return " " * (mark.column - 1) + "".join(lines)[mark.column - 1 :]


YAML = {
    "a: 1\n": {"": (1, 1, 1, 5), "a": (1, 1, 1, 5)},
    "# c\n\na: 1  # c\nb: 2": {"": (3, 1, 3, 5), "a": (3, 1, 3, 5), "b": (4, 1, 4, 5)},
    "a: 'it''s'\nb: \"\\\"\"  \n": {"a": (1, 1, 1, 11), "b": (2, 1, 2, 8)},
    "a:\n  b: x\n  c: [p, q]\n\n# c\nd: 1\n": {
        "": (1, 1, 1, 3),
        "a": (1, 1, 3, 12),
        "a.b": (2, 3, 2, 7),
        "a.c": (3, 3, 3, 12),
        "a.c[1]": (3, 10, 3, 11),
        "d": (6, 1, 6, 5),
    },
    "a:\n  - x\n  - y: 1\n    z: 2\n\nb: 1": {
        "a": (1, 1, 4, 9),
        "a[0]": (2, 5, 2, 6),
        "a[1]": (3, 5, 4, 9),
    },
    "a: |-\n  one\n  two\n\n\nb: >\n  x\n": {"a": (1, 1, 3, 6), "b": (6, 1, 7, 4)},
    "a: |-\r\n  one\r\n\r\nb: 1\r\n": {"a": (1, 1, 2, 6), "b": (4, 1, 4, 5)},
    "a: 1\rb: 2\r": {"a": (1, 1, 1, 5), "b": (2, 1, 2, 5)},
    "\ufeffa: 1\nb: 2": {"": (1, 1, 1, 5), "a": (1, 1, 1, 5), "b": (2, 1, 2, 5)},
    "a: 'x\ty' # c\nb: [\"\t\", y]": {
        "a": (1, 1, 1, 9),
        "b[0]": (2, 5, 2, 8),
        "b[1]": (2, 10, 2, 11),
    },
    "🙂: 🙂é\nb: {é: ü, c: x}": {
        "🙂": (1, 1, 1, 6),
        "b": (2, 1, 2, 16),
        "b.é": (2, 5, 2, 9),
        "b.c": (2, 11, 2, 15),
    },
    "a: one\n  two\nb: []": {"a": (1, 1, 2, 6), "b": (3, 1, 3, 6)},
    "a: x\x85b: y": {"a": (1, 1, 1, 5), "b": (1, 6, 1, 10)},
    "a: {b: 1,\n  c: 2}\nd: 1": {"": (1, 1, 1, 10), "a": (1, 1, 2, 8)},
}
JSON = {
    '{"a": 1}': {"": (1, 1, 1, 9), "a": (1, 2, 1, 8)},
    ' {"🙂":{"b":["x" , true,null]}}\r': {
        "🙂": (1, 3, 1, 30),
        "🙂.b": (1, 8, 1, 29),
        "🙂.b[0]": (1, 13, 1, 16),
    },
    '{"a\\"b\\u00e9":"\\\\","c":[[],{}]}': {
        'a"bé': (1, 2, 1, 19),
        "c[1]": (1, 28, 1, 30),
        "c": (1, 20, 1, 31),
    },
    '{"a":"[{\\"]","b":-1.5e3}': {"a": (1, 2, 1, 13), "b": (1, 14, 1, 24)},
}


def rows(table: dict[str, dict[str, tuple[int, int, int, int]]]) -> list[Any]:
    """A row for each field of each text."""
    return [
        (text, field, place) for text, fields in table.items() for field, place in fields.items()
    ]


@pytest.mark.parametrize(("text", "field", "place"), rows(YAML))
def test_fields_of_yaml(text: str, field: str, place: tuple[int, int, int, int]) -> None:
    assert parse_yaml(text, "r.yaml")[1][field][:4] == place


@pytest.mark.parametrize(("text", "field", "place"), rows(JSON))
def test_fields_of_json(text: str, field: str, place: tuple[int, int, int, int]) -> None:
    assert dict(json_places(text))[field][:4] == place


SCALARS = st.text(st.sampled_from("ab é🙂'\"#:-,{}[]\\\n\t0.é"), max_size=12)
NAMES = st.text(st.sampled_from("abé🙂_"), min_size=1, max_size=3)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
NODES = st.dictionaries(NAMES, TREES, min_size=1, max_size=4)


def at(data: Any, path: str) -> Any:
    """The value at a dotted path."""
    for name, number in re.findall(r"([^.\[\]]+(?![^\[]*\]))|\[(\d+)\]", path):
        data = data[name] if name else data[int(number)]
    return data


def styled(data: Any, style: str) -> str:
    """Data as YAML in one of the styles that people write."""
    given: dict[str, Any] = {
        "default_flow_style": style == "flow",
        "default_style": style if len(style) == 1 else None,
    }
    return str(yaml.dump(data, allow_unicode=True, sort_keys=False, width=30, **given))


@given(
    NODES,
    st.sampled_from(["block", "flow", '"', "'", "|"]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
@example({"a": "b\n", "c": ""}, "|", "\r\n", True)
@EXAMPLES
def test_what_stands_at_a_mark_of_yaml_is_the_value(
    data: dict[str, Any], style: str, end: str, mark: bool
) -> None:
    text = "\ufeff" * mark + "# a comment\n" + styled(data, style)
    text = text.replace("\n", end)
    try:
        found, marks = parse_yaml(text, "r.yaml")
    except BadRecord:  # an empty value or key without quotes is refused
        return
    for path in filter(None, marks):
        shown, is_item = region(text, marks[path]), path.endswith("]") and style in ("block", "|")
        if is_item:  # an item of a block stands behind a dash
            shown = "- ".join((shown[: marks[path].column - 3], shown[marks[path].column - 1 :]))
        again = parse_yaml(shown, "r.yaml")[0]
        value = (
            again[0] if is_item else again if path.endswith("]") else again[path.rpartition(".")[2]]
        )
        assert plain(value) == plain(at(found, path)), (path, shown)
        assert shown == shown.rstrip("\r\n")


def plain(value: Any) -> Any:
    """A value without the line breaks at the ends of its texts: a block that keeps them ends
    before.
    """
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value.rstrip()


@given(NODES, st.sampled_from([None, 0]), st.booleans())
@EXAMPLES
def test_what_stands_at_a_mark_of_json_is_the_value(
    data: dict[str, Any], indent: int | None, ascii_: bool
) -> None:
    text = json.dumps(
        data, ensure_ascii=ascii_, separators=(",", ":") if indent == 0 else (", ", ": ")
    )
    marks = dict(json_places(text))
    for path, mark in marks.items():
        shown = region(text, mark).lstrip()
        if path.endswith("]") or not path:
            assert json.loads(shown) == at(data, path)
        else:
            (value,) = json.loads(f"{{{shown}}}").values()
            assert value == at(data, path)
            assert mark.text == (value if isinstance(value, str) else "")


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("a\rb\r\nc\nd", 2, (2, 1)),
        ("a\rb\r\nc\nd", 5, (3, 1)),
        ("a\rb\r\nc\nd", 8, (4, 2)),
        ("\ufeffab", 0, (1, 1)),
        ("\ufeffab", 2, (1, 2)),
        ("a\x85\u2028b", 3, (1, 4)),
        ("", 0, (1, 1)),
    ],
)
def test_positions(text: str, offset: int, place: tuple[int, int]) -> None:
    assert Positions(text).at(offset) == place


#### Depth ####


@pytest.mark.parametrize(
    ("line", "limit", "found"),
    [
        (b"[]", 1, None),
        (b"[[]]", 1, 1),
        (b'["[[[", [], {}]', 2, None),
        (b'["\\"[[", [[1]]]', 2, 10),
        (b'["[[[', 1, None),
        (b"[" * 51, 50, 50),
        (b"[" * 50 + b"]" * 50, 50, None),
        (b'"' + b'\\"' * 400_000, 1, None),
        (b"[]" * 400_000, 1, None),
        (b"]" * 60 + b"[" * 60, 50, None),
    ],
)
def test_depth_is_counted_outside_strings(line: bytes, limit: int, found: int | None) -> None:
    assert too_deep(line, limit) == found


def test_a_line_that_is_nested_too_deeply(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes('{"é":'.encode() + b"[" * 50 + b"]" * 50 + b"}\n")
    with pytest.raises(BadRecord) as caught:
        list(read_records(path))
    assert caught.value.message == "is nested deeper than 50"
    assert caught.value.place == Place(str(path), 1, 55, "", 1, 56)


#### Places of records ####

#: The end of a decision on one line.
DECIDED = "evidence: [https://example.org/], by: A, on: '2026-01-01'"

RECORD = f"""\
# a comment
kind: project
id: TC.0001
values:
  startYear: '2004'
  beneficiary: [ALB, FJI]
  title:
    en: A title
decisions:
  - property: status
    value: completed
    why: {{en: Yes.}}
    evidence: [https://example.org/]
    by: A
    on: '2026-01-01'
  - {{property: endYear, value: '2007', why: {{en: Yes.}}, {DECIDED}}}
sources:
  - page: {PAGE}
    identifier: a
    language: fr
    values:
      - {{property: status, text: Actif, span: [0, 5]}}
      - property: budget.value
        text: '1000'
      - {{property: coverage, label: Couverture}}
"""


def in_yaml(folder: Path) -> Origin:
    """The origin of the record as YAML."""
    (folder / "r.yaml").write_text(RECORD, "utf-8")
    return read_record(folder / "r.yaml").origin


def in_json(folder: Path) -> Origin:
    """The origin of the record as the second of two lines of JSON."""
    line = msgspec.json.encode(read_record(in_yaml(folder) and folder / "r.yaml").record)
    (folder / "r.jsonl").write_bytes(
        '{"kind":"project","id":"É"}\n'.replace("É", "A").encode() + b"\n" + line + b"\n"
    )
    return list(read_records(folder / "r.jsonl"))[1].origin


FIELDS = {
    "id": ("id", "id: TC.0001"),
    "startYear": ("startYear", "startYear: '2004'"),
    "values.startYear": ("values.startYear", "startYear: '2004'"),
    "title": ("title", "title:\n    en: A title"),
    "budget": ("budget", "text: '1000'"),
    "budget.value": ("budget.value", "text: '1000'"),
    "coverage": ("coverage", "{property: coverage, label: Couverture}"),
    "sources[0].language": ("sources[0].language", "language: fr"),
    "primaId": ("primaId", "kind: project"),
    "": ("", "kind: project"),
}


@pytest.mark.parametrize("field", FIELDS)
def test_fields_of_a_record(field: str, tmp_path: Path) -> None:
    """The stated value, or else the capture; what is missing is on the first line, and named."""
    name, words = FIELDS[field]
    place = in_yaml(tmp_path).place(field)
    assert (place.file, place.field) == (str(tmp_path / "r.yaml"), name)
    assert (
        region(RECORD, Mark(*(place.line, place.column, place.end_line, place.end_column))).strip()
        == words
    )
    line = in_json(tmp_path).place(field)
    assert (line.line, line.end_line, line.field, Path(line.file).name) == (3, 3, name, "r.jsonl")
    text = (
        (tmp_path / "r.jsonl")
        .read_text("utf-8")
        .split("\n")[2][line.column - 1 : line.end_column - 1]
    )
    assert text == "{" if words == "kind: project" else at_value(text) in words


def at_value(text: str) -> str:
    """The key, or what the first part says, of a piece of JSON."""
    return str(re.findall(r"\w+", text)[0])


@pytest.mark.parametrize("origin", [in_yaml, in_json])
def test_what_a_decision_gives_is_placed_there_and_items_are_found(
    origin: Callable[[Path], Origin], tmp_path: Path
) -> None:
    made = origin(tmp_path)
    text = Path(made.file).read_text("utf-8").splitlines()
    for field, words in (("status", "property.*status"), ("endYear", "property.*endYear")):
        place = made.place(field)
        assert re.match(rf"[{{]?\W?{words}", text[place.line - 1][place.column - 1 :])
    assert made.signed("decisions", "startYear") is None
    assert made.place("beneficiary", values=["FJI"]).field == "beneficiary[1]"
    assert made.place("beneficiary", values=["XXX"]).field == "beneficiary"
    assert made.place("title", values=["en"]).field == "title.en"
    assert made.place("nothing", "startYear").field == "startYear"


def test_a_file_that_is_read_again_is_marked_again(tmp_path: Path) -> None:
    for text in ("kind: project\nid: TC.0001\n", "# moved\nkind: project\nid: TC.0001\n"):
        (tmp_path / "r.yaml").write_text(text, "utf-8")
        line = text.split("\n").index("id: TC.0001") + 1
        assert read_record(tmp_path / "r.yaml").origin.place("id").line == line


PAGES = {
    "page.txt": "\ufeff-\nAgir\n- 2030 AGENDA\nUn titre 🙂 là\r\n-\r\nProjet ID\r\n  TC.9900\r\n"
    "Un.\nDeux.\n",
    "page.html": "<html lang='fr'>\n<main>\n<h1>Un titre</h1>\n"
    "<dl><dt>Projet ID</dt>\n<dd>TC.9900</dd></dl>\n<p>Un.</p>\n<p>Deux.</p></main></html>\n",
}


@pytest.mark.parametrize(
    ("name", "field", "place"),
    [
        ("page.txt", "title", (4, 1, 4, 14)),
        ("page.txt", "projectId", (7, 3, 7, 10)),
        ("page.txt", "narrative", (8, 1, 9, 6)),
        ("page.txt", "primaId", (1, 1, 0, 0)),
        ("page.html", "title", (3, 0, 3, 0)),
        ("page.html", "projectId", (5, 0, 5, 0)),
        ("page.html", "narrative", (6, 0, 7, 0)),
        ("page.html", "primaId", (1, 1, 0, 0)),
    ],
)
def test_values_of_a_page(name: str, field: str, place: tuple[int, ...], tmp_path: Path) -> None:
    """A place in the page's own text; of HTML, its lines alone."""
    (tmp_path / name).write_bytes(PAGES[name].encode())
    found = read_page(tmp_path / name).origin.place(field)
    assert (found.line, found.column, found.end_line, found.end_column) == place
    assert found.field == field


#### Errors ####

HEAD = '{"kind":"project","id":"TC.0001",'


@pytest.mark.parametrize(
    ("line", "field", "columns"),
    [
        (HEAD + '"valués":1}', "valués", (34, 44)),
        (HEAD + '"values":{"startYear":"20"}}', "values.startYear", (44, 60)),
        (HEAD + '"values":{"beneficiary":["ALB","alb"]}}', "values.beneficiary[1]", (65, 70)),
        (HEAD + '"values":{"title":{"fr":"é\\u202e"}}}', "values.title.fr", (53, 67)),
        (HEAD + '"values":{"status":"a","status":"b"}}', "values.status", (57, 69)),
        ('{"kind":"project"}', "id", (1, 2)),
        (HEAD + '"é":}', "", (38, 39)),
    ],
)
def test_a_line_is_refused_at_its_column(
    line: str, field: str, columns: tuple[int, int], tmp_path: Path
) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(f"\n{line}\n", "utf-8")
    with pytest.raises(BadRecord) as caught:
        list(read_records(path))
    assert caught.value.place == Place(str(path), 2, columns[0], field, 2, columns[1])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("kind: project\nid: 'a b'\n", (2, 1, "id", 2, 10)),
        (
            "kind: project\nid: TC.0001\nvalues:\n  startYear: '20'\n",
            (4, 3, "values.startYear", 4, 18),
        ),
        ("kind: project\nid: TC.0001\ncolour: red\n", (3, 1, "colour", 3, 12)),
        ("kind: project\n", (1, 1, "id", 1, 14)),
        ("kind: project\nid: &x TC.0001\n", (2, 5, "id", 2, 15)),
        ("kind: project\nid:\n", (2, 4, "id", 0, 0)),
        ("kind: project\nid: A\nid: B\n", (3, 1, "id", 3, 3)),
    ],
)
def test_yaml_is_refused_at_its_field(text: str, place: tuple[Any, ...], tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(BadRecord) as caught:
        read_record(path)
    assert caught.value.place == Place(str(path), *place)


#### What cannot be read ####


def labelled(id_: str) -> str:
    """A page of a project."""
    return (
        f"-\nAgir\n- 2030 AGENDA\nUn titre\n-\nDate de fin\n2024\n-\nProjet ID\n{id_}\nUn texte.\n"
    )


JUNK: dict[str, bytes] = {
    "a.yaml": b"kind: project\nid: TC.0001\n",
    "b.yaml": b"kind: project\nid: 'a b'\ncolour: red\n",
    "c.yaml": b"\xff",
    "d.jsonl": b'{"kind":"project","id":"TC.0002"}\n{"kind"\n' + b'"' + b"x" * 3_000_000 + b'"\n'
    b'{"kind":"project","id":"TC.0003"}\n{"kind":"project","id":"/"}\n',
    "e.txt": b"",
    "f.txt": labelled("TC.0004").encode(),
    "g.txt": b"a\0b",
    "h.html": b"<html><main></main></html>",
    "i.txt": labelled("TC.0005").encode(),
    "j.yaml": b"kind: project\nid: TC.0006\nsources:\n- {page: %s, identifier: i, language: fr, "
    b"values: [{property: title, text: Autre, span: [0, 5]}]}\n",
}
REFUSED = {
    *(
        ("b.yaml", 2, "id"),
        ("c.yaml", 1, ""),
        ("d.jsonl", 2, ""),
        ("d.jsonl", 3, ""),
        ("d.jsonl", 5, "id"),
    ),
    *(("e.txt", 0, ""), ("g.txt", 0, ""), ("h.html", 0, ""), ("j.yaml", 4, "sources[0].values[0]")),
}


def junk(folder: Path) -> Path:
    """A folder of sound and unsound inputs."""
    digest = sha256(JUNK["i.txt"]).hexdigest().encode()
    for name, data in JUNK.items():
        (folder / name).write_bytes(data.replace(b"%s", digest))
    return folder


def refused(folder: Path) -> tuple[list[Sourced], list[Place]]:
    """The records of a folder, and the places of what is refused in it."""
    errors: list[BadInput] = []
    found = list(read([folder], refuse=errors.append))
    return found, [error.place for error in errors]


def test_what_cannot_be_read_is_named_once_and_the_rest_is_read(tmp_path: Path) -> None:
    found, places = refused(junk(tmp_path))
    assert [sourced.record.id for sourced in found] == ["TC.0001", "TC.0002", "TC.0003", "TC.0004"]
    assert {(Path(place.file).name, place.line, place.field) for place in places} == REFUSED
    assert len(places) == len(REFUSED)
    for name, _, _ in REFUSED:
        (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / "d.jsonl").write_bytes(
        b'{"kind":"project","id":"TC.0002"}\n{"kind":"project","id":"TC.0003"}\n'
    )
    (tmp_path / "i.txt").unlink()
    assert [sourced.record for sourced in read([tmp_path])] == [sourced.record for sourced in found]


def test_without_a_taker_the_first_is_raised(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        list(read([junk(tmp_path)]))


def test_addresses_that_cannot_be_read_are_named_once_and_the_pages_are_read(
    tmp_path: Path,
) -> None:
    (tmp_path / "pages.yaml").write_text("a.txt: javascript:x\n", "utf-8")
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(labelled(f"TC.000{number}"), "utf-8")
    (tmp_path / "same.txt").write_text(labelled("TC.0000"), "utf-8")
    found, places = refused(tmp_path)
    assert [sourced.record.id for sourced in found] == ["TC.0000", "TC.0001", "TC.0002"]
    assert [(Path(place.file).name, place.line, place.field) for place in places] == [
        ("pages.yaml", 1, "a.txt")
    ]


def test_a_file_that_is_gone_when_it_is_read_is_refused(tmp_path: Path) -> None:
    for name in ("a.yaml", "d.jsonl", "f.txt"):
        (tmp_path / name).write_bytes(JUNK[name])
    files = find_files([tmp_path])
    for name in ("a.yaml", "d.jsonl", "f.txt"):
        (tmp_path / name).unlink()
    errors: list[BadInput] = []
    assert not list(read_files(files, refuse=errors.append))
    assert sorted(Path(error.place.file).name for error in errors) == ["a.yaml", "d.jsonl", "f.txt"]


#### Reference data ####


def test_entries_of_reference_data_have_places() -> None:
    folder = ROOT / "data" / "reference"
    for name in ("states", "areas", "organisations", "concepts"):
        lines = (folder / f"{name}.jsonl").read_text("utf-8").split("\n")
        entries = read_json_lines(folder / f"{name}.jsonl", Entry)
        for number, entry in [one for one in entries if "fr" in one[1].pref_label][:3]:
            origin = reference_origin([folder], entry.id)
            assert origin
            place = origin.place("prefLabel", values=["fr"])
            assert (Path(place.file).name, place.line, place.field) == (
                f"{name}.jsonl",
                number,
                "prefLabel.fr",
            )
            assert lines[number - 1][place.column - 1 : place.end_column - 1].startswith(
                '"fr": {"text":'
            )
    assert reference_origin([folder], "st:XXX") is None


def test_own_names_come_before_those_that_ship(tmp_path: Path) -> None:
    shipped = ROOT / "data" / "reference"
    theirs = {(alias.alias, alias.lang): alias.id for alias in read_reference(shipped).aliases}
    own = '- {alias: SWAZILAND, lang: en, id: "st:CHE", why: x}\n'
    own += '- {alias: Zembla, lang: en, id: "st:ALB", why: x}\n'
    (tmp_path / "overrides.yaml").write_text(own, "utf-8")
    both = {
        (alias.alias, alias.lang): alias.id for alias in read_reference(tmp_path, shipped).aliases
    }
    assert theirs["Swaziland", "en"] == "st:SWZ"
    assert both == {
        **{key: id_ for key, id_ in theirs.items() if key != ("Swaziland", "en")},
        ("SWAZILAND", "en"): "st:CHE",
        ("Zembla", "en"): "st:ALB",
    }
    assert read_reference(shipped, shipped) == read_reference(shipped)


#### What results are about ####


@cache
def setting() -> Setting:
    """The setting of the example data."""
    return prepare([ROOT / "data"])


def result(focus: str, about: str = "", value: str = "", rule: str = "") -> Result:
    """A result on a resource of ours."""
    path = f"{BASE}def#{about}" if about else ""
    return Result(
        "Violation",
        f"{BASE}shapes/{rule.replace('/', '#')}",
        BASE + focus,
        path,
        value,
        "",
        about,
        {},
        {},
    )


def shape_properties() -> list[tuple[str, str]]:
    """Rule and local name of the property, or nothing, of each shape of ours that has a message."""
    triples = [
        triple for path in sorted((ROOT / "shapes").glob("*.ttl")) for triple in parse_file(path)
    ]
    shapes = sorted({str(s.value) for s, p, _ in triples if p.value == f"{SH}message"})
    paths = {s.value: o for s, p, o in triples if p.value == f"{SH}path"}
    named = {
        shape: paths[shape].value for shape in shapes if isinstance(paths.get(shape), NamedNode)
    }
    return [
        (shape.partition("shapes/")[2].replace("#", "/"), local(named.get(shape, "")))
        for shape in shapes
    ]


def parse_file(path: Path) -> list[Any]:
    """The triples of a Turtle file."""
    return [
        (quad.subject, quad.predicate, quad.object)
        for quad in parse(path=str(path), format=RdfFormat.TURTLE)
    ]


def local(iri: str) -> str:
    """The last word of an IRI."""
    return re.split("[#/]", iri)[-1]


KNOWN = {
    field.encode_name
    for form in (ProjectValues, ProgrammeValues)
    for field in msgspec.structs.fields(form)
}
ENTRY = {field.encode_name for field in msgspec.structs.fields(Entry)}


def test_each_shape_is_about_a_field() -> None:
    """But those of any property, and those of reference data other than states."""
    files = [(rule.partition("/")[0], rule, about) for rule, about in shape_properties()]
    shapes = [each for each in files if each[0] not in ("closed", "concept", "membership")]
    assert len(shapes) > 70
    for file, rule, about in shapes:
        part = "note-missing-value-status" if file == "note" else ""
        fields = fields_of(result("id/project/TC.0001", about, rule=rule), part)
        known = ENTRY if file == "state" else KNOWN | {"id", "projectId", "sources"}
        assert fields and {field.partition(".")[0] for field in fields} <= known, (
            rule,
            about,
            fields,
        )


PROGRAMME = """\
kind: programme
id: p
values:
  association:
    - {agent: iom, role: implementing}
    - {agent: iom, role: funding}
  hasPart: ['1', '2']
  targetsGovernmentOf: [ALB, FJI]
  mentionsState: [MDA]
  budget: {value: '10', currency: USD}
  result:
    - {count: '1', measure: a}
    - {count: '2', measure: b-c}
"""
PROJECT = f"""\
kind: project
id: TC.0001
decisions:
  - {{property: endYear, value: '1999', why: {{en: Yes.}}, {DECIDED}}}
"""
STATE = f"<{BASE}id/state/"


@pytest.mark.parametrize(
    ("found", "field", "place"),
    [
        (result("id/programme/p#funding-iom", "hadRole"), "association[1].role", (6, 20)),
        (result("id/programme/p#funding-iom", "agent"), "association[1].agent", (6, 8)),
        (result("id/programme/p#phase-2", "phaseNumber"), "hasPart[1]", (7, 18)),
        (result("id/programme/p#result-b-c", "count"), "result[1].count", (13, 8)),
        (result("id/programme/p#result-a", "measure"), "result[0].measure", (12, 20)),
        (result("id/programme/p#budget", "currency"), "budget.currency", (10, 25)),
        (result("id/programme/p", "budget"), "budget", (10, 3)),
        (
            result("id/programme/p", "", f"{STATE}FJI>", "intervention/states"),
            "targetsGovernmentOf[1]",
            (8, 30),
        ),
        (
            result("id/programme/p", "", f"{STATE}MDA>", "intervention/states"),
            "mentionsState[0]",
            (9, 19),
        ),
        (result("id/programme/p", "", "", "programme/funder"), "association", (4, 3)),
        (result("id/programme/p", "title"), "title", (1, 1)),
        (result("id/programme/p#note-missing-value-status", "status"), "status", (1, 1)),
        (result("id/programme/p#note-count-mismatch-beneficiary"), "targetsGovernmentOf", (8, 3)),
        (result("id/project/TC.0001", "projectId"), "id", (2, 1)),
        (result("id/project/TC.0001", "", "", "project/project-id-unique"), "id", (2, 1)),
        (result("id/project/TC.0001", "endYear"), "endYear", (4, 5)),
        (
            result("id/project/TC.0001#note-decided-otherwise-endYear", "endYear"),
            "endYear",
            (4, 5),
        ),
        (
            result("id/project/TC.0001#note-implausible-date-endYear.2024", "endYear"),
            "endYear",
            (4, 5),
        ),
        (result("id/project/TC.0001#note-date-out-of-range-endYear", "endYear"), "endYear", (4, 5)),
        (result("id/state/ALB", "iso3"), "iso3", None),
        (result("id/state/ALB", "", "", "state/matched"), "exactMatch", None),
        (result("code/status-active", "inScheme"), "inScheme", None),
        (result("id/state/XXX", "iso3"), "iso3", (0, 0)),
    ],
)
def test_what_a_result_points_at(
    found: Result, field: str, place: Sequence[int] | None, tmp_path: Path
) -> None:
    (tmp_path / "p.yaml").write_text(PROGRAMME, "utf-8")
    (tmp_path / "q.yaml").write_text(PROJECT, "utf-8")
    origins = {sourced.record.id: sourced.origin for sourced in read([tmp_path])}
    there = place_of(setting(), found, origins)
    assert there.field == field
    if place is None:
        (line,) = Path(there.file).read_text("utf-8").split("\n")[there.line - 1 : there.line]
        assert line[there.column - 1 : there.end_column - 1].startswith(f'"{field}":')
        assert "reference" in there.file
    else:
        assert (there.line, there.column) == tuple(place)
