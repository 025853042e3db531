"""Room 1: pages, YAML records and JSON Lines in, records out; what cannot be used is refused at its
place.

`tests/data/cases/` holds whole examples: a page (or the name of one, in `case.yaml`), the record it
gives as JSON, and the N-Quads of its linked record. After a wanted change, `IDFGRAPH_REWRITE=1
pytest tests/sources/test_sources.py` writes the expectations anew; read the difference before it is
committed.
"""

import json
import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from shutil import copy, copytree
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support.command import DATASET, RECORD, ROOT, SEED

from idfgraph import IdfgraphError, to_quads
from idfgraph.checks.shards import unused
from idfgraph.graph.resolve import Reference, resolve
from idfgraph.graph.setting import prepare
from idfgraph.model.errors import BadInput, BadPage, BadRecord
from idfgraph.model.records import Capture, Programme, Project, Record, Source, Unidentified
from idfgraph.sources.files import find_files, listed
from idfgraph.sources.page_facts import PageFacts
from idfgraph.sources.pages import page_text, read_page
from idfgraph.sources.pages.page_labels import LABELS
from idfgraph.sources.pages.page_lines import lines_of
from idfgraph.sources.records import read_record, read_records, read_yaml, render_record
from idfgraph.sources.records.yaml_read import DEPTH_LIMIT, parse_yaml
from idfgraph.sources.reference_files import read_aliases, read_reference
from idfgraph.sources.stream import read
from idfgraph.system.resources import REFERENCE

CASES = sorted(
    folder for folder in (ROOT / "tests" / "data" / "cases").iterdir() if folder.is_dir()
)
SEEDS = sorted((ROOT / "data" / "pages").glob("*.txt"))
EXAMPLES = settings(
    max_examples=int(os.environ.get("IDFGRAPH_EXAMPLES", "120")),
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


#### Whole examples ####


def quads_of(record: Record) -> list[str]:
    """The sorted quads of a record, as of 2026."""
    pages = {source.page for source in record.sources}
    return sorted(to_quads(resolve(record, reference(), as_of="2026-11-21", pages=pages)))


@cache
def reference() -> Reference:
    """The reference data that ships with the package."""
    return Reference(read_reference(REFERENCE))


def test_cases_are_collected() -> None:
    assert len(CASES) >= 12
    assert sum((case / "page.txt").is_file() for case in CASES) >= 7


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path) -> None:
    """A page gives the record, and the record the quads, that the case expects, byte for byte."""
    options = (
        read_yaml(case / "case.yaml", dict[str, str])[0] if (case / "case.yaml").is_file() else {}
    )
    page = ROOT / options.pop("page") if "page" in options else case / "page.txt"
    facts = PageFacts(url=options.pop("url", None))
    record = read_page(page, facts, prose=reference().prose.read, **options).record
    found = {
        "expected.json": msgspec.json.format(msgspec.json.encode(record), indent=2).decode() + "\n",
        "expected.nq": "".join(quads_of(record)),
    }
    if os.environ.get("IDFGRAPH_REWRITE"):
        for name, text in found.items():
            (case / name).write_bytes(text.encode())
    assert found == {name: (case / name).read_bytes().decode() for name in found}
    assert_spans(record, page)


def assert_spans(record: Record, page: Path) -> int:
    """Every capture of a record re-reads from its page; how many there were."""
    captures = [
        (source, capture) for source in record.sources for capture in source.values if capture.span
    ]
    for source, capture in captures:
        start, end = capture.span or (0, 0)
        assert page_text(page, source.encoding)[start:end] == capture.text, capture.property
    return len(captures)


#### Pages ####

KINDS = {
    "000": (Project, "V47-805", 11, 1),
    "001": (Project, "W34-805", 11, 1),
    "002": (Project, "V57-805", 11, 3),
    "003": (Project, "PX.0220", 14, 3),
    "004": (Programme, "mainstreaming-migration", 12, 12),
}
SITE = (
    "Qui sommes nous",
    "AGENDA",
    "Contactez-nous",
    "Plus d'information",
    "Route des Morillons",
    "lhd@iom.int",
)


@pytest.mark.parametrize("page", SEEDS, ids=lambda page: page.stem[:3])
def test_seeds(page: Path) -> None:
    """Kind, id, number of captures and paragraphs; nothing of the site around the text; quotes gone
    on 003 alone.
    """
    kind, id_, captures, paragraphs = KINDS[page.stem[:3]]
    programme = id_ if kind is Programme else None
    record = read_page(page, programme=programme, prose=reference().prose.read).record
    assert (type(record), record.id) == (kind, id_)
    assert assert_spans(record, page) == captures == len(record.sources[0].values)
    narrative = value_of(record, "narrative")
    assert len(narrative.splitlines()) == paragraphs
    assert not [
        words
        for words in SITE
        for capture in record.sources[0].values
        if words in str(capture.text)
    ]
    quoted = [
        remark.property
        for remark in record.sources[0].remarks
        if remark.issue == "quoted-narrative"
    ]
    assert bool(quoted) == (page.stem[:3] == "003")
    text, end = page.read_text("utf-8"), narrative[-40:]
    rest = text[text.index(end) + len(end) :].strip()
    assert rest == ('"' if quoted else "") or rest.startswith("- Plus d'information")


def value_of(record: Record, property_: str) -> str:
    """The text of the only capture of a property."""
    (text,) = (
        capture.text for capture in record.sources[0].values if capture.property == property_
    )
    assert text is not None
    return text


def labelled(
    narrative: str = "Un texte.", *, title: str = "Un titre", fields: str = "-\nDate de fin\n2024\n"
) -> str:
    """The text of a page of the labelled layout."""
    return f"-\nAgir\nAgir\n- 2030 AGENDA\n{title}\n{fields}-\nProjet ID\nTC.9900\n{narrative}\n"


def read_text(folder: Path, text: str | bytes, **options: Any) -> Record:
    """The record of a page with this text."""
    page = folder / "page.txt"
    page.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_page(page, **options).record


QUOTATIONS = {
    '"En 2018."': "En 2018.",
    "“En 2018.”": "En 2018.",
    "« En 2018. »": "En 2018.",
    '"Un.\nDeux."': "Un.\nDeux.",
    '" Un. "': "Un.",
    '"La "bonne" voie."': 'La "bonne" voie.',
    '"La bonne "voie""': 'La bonne "voie"',
    "“La “bonne” voie.”": "La “bonne” voie.",
    '"L\'"affaire" est close."': 'L\'"affaire" est close.',
    '"Un" et "deux"': None,
    "« Un » et « deux »": None,
    '"Un.\nDeux.': None,
    'Un."': None,
    'Il dit "un"': None,
    "“Un.»": None,
    "'Un.'": None,
    '"': None,
    "“": None,
}


@pytest.mark.parametrize("printed", QUOTATIONS)
def test_one_balanced_pair_of_outer_quotes_is_left_out(printed: str, tmp_path: Path) -> None:
    """And nothing else is."""
    record = read_text(tmp_path, labelled(printed))
    inner = QUOTATIONS[printed]
    assert value_of(record, "narrative") == (printed if inner is None else inner)
    assert [remark.issue for remark in record.sources[0].remarks] == (
        [] if inner is None else ["quoted-narrative"]
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("\r\n \n", []),
        ("a\nb", [("a", 0), ("b", 2)]),
        ("a\r\nb\rc", [("a", 0), ("b", 3), ("c", 5)]),
        ("\ufeff  a\xa0\n\tb ", [("a", 3), ("b", 7)]),
        ("a\x85b", [("a\x85b", 0)]),
        ("é\n🙂 b", [("é", 0), ("🙂 b", 2)]),
    ],
)
def test_lines_know_where_they_stand(text: str, lines: list[tuple[str, int]]) -> None:
    assert [(line.text, line.start) for line in lines_of(text)] == lines


def test_fields(tmp_path: Path) -> None:
    """A label keeps its spelling, a missing value is no value, an unknown label is kept as it
    is.
    """
    fields = "-\nDATE DE FIN\n2024\n-\nAnnée\n-\nDurée\n24 mois\n-\nBudget Amount (USD)\n1000\n"
    record = read_text(tmp_path, labelled("- Un point.\n-\nDeux.", fields=fields))
    shown = [(c.property, c.label, c.label_language, c.text) for c in record.sources[0].values]
    assert shown == [
        ("title", None, None, "Un titre"),
        ("endYear", "DATE DE FIN", "fr", "2024"),
        ("allocationYear", "Année", "fr", None),
        ("unknown", "Durée", None, "24 mois"),
        ("budget.value", "Budget Amount (USD)", "en", "1000"),
        ("budget.currency", None, None, "USD"),
        ("projectId", "Projet ID", "fr", "TC.9900"),
        ("narrative", None, None, "- Un point.\n-\nDeux."),
    ]


def test_an_unknown_field_before_the_known_ones_is_no_title(tmp_path: Path) -> None:
    record = read_text(tmp_path, labelled(fields="-\nPays\nAlbanie\n-\nDate de fin\n2024\n"))
    assert value_of(record, "title") == "Un titre"
    assert value_of(record, "unknown") == "Albanie"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_change_no_value(end: str, mark: str, tmp_path: Path) -> None:
    """Spans count the page as it is; texts inside a line are the same."""
    record = read_text(tmp_path, (mark + labelled("Un.\nDeux.")).replace("\n", end))
    assert value_of(record, "title") == "Un titre"
    assert value_of(record, "narrative") == f"Un.{end}Deux."
    assert assert_spans(record, tmp_path / "page.txt") == 4


def test_kinds_of_page(tmp_path: Path) -> None:
    """A page is a project by its Projet ID, a programme by a person's word, and otherwise not
    identified.
    """
    assert read_text(tmp_path, labelled()).id == "TC.9900"
    unnamed = read_text(tmp_path, labelled().replace("TC.9900", "Q99"))
    assert isinstance(unnamed, Unidentified)
    assert unnamed.id == unnamed.sources[0].page[:16]
    assert isinstance(read_text(tmp_path, labelled(), programme="p"), Programme)
    prose = read_text(tmp_path, "Une page sans champs.")
    assert isinstance(prose, Unidentified)
    assert value_of(prose, "narrative") == "Une page sans champs."


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        (b"", "is empty", 0),
        (b" \r\n", "is empty", 0),
        (b"a\0b", "is a binary file, no text from byte 1 on", 0),
        (b"a\n\x82t\x82", "byte 0x82 at offset 2 is not utf-8", 2),
        (b"\xff\xfea", "byte 0x61 at offset 2 is not utf-16", 1),
        (b"\xc0\xaf", "byte 0xc0 at offset 0", 1),
        (b"\xed\xa0\x80", "byte 0xed at offset 0", 1),
        (b"a" * 512_001, "is larger than 512,000 bytes", 0),
        ("a\nb\u202ec", "U+202E", 2),
        ("a\x1bc", "U+001B", 1),
        ("a\u2066c", "U+2066", 1),
        ("a\ufffec", "U+FFFE", 1),
        (labelled(fields="-\nAnnée\n2020\n-\nANNEE\n2021\n"), "twice, first on line 7", 10),
    ],
)
def test_pages_that_are_refused(text: str | bytes, message: str, line: int, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        read_text(tmp_path, text)
    assert message in caught.value.message
    assert (Path(caught.value.place.file).name, caught.value.place.line) == ("page.txt", line)
    assert caught.value.hint


def test_an_encoding_that_a_person_names_is_recorded_and_used_again(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(labelled("L’été – là.").encode("cp1252"))
    record = read_page(page, encoding="cp1252").record
    assert record.sources[0].encoding == "cp1252"
    assert value_of(record, "narrative") == "L’été – là."
    (tmp_path / "r.yaml").write_text(render_record(record), "utf-8")
    assert [found.record for found in read([tmp_path])] == [record]


@pytest.mark.parametrize("encoding", ["klingon", "hex", "undefined", "idna", "utf-16"])
def test_encodings_that_cannot_be_used(encoding: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        read_text(tmp_path, labelled("Été.").encode(), encoding=encoding)


#### YAML ####


def test_no_encoding_is_advised_that_was_tried(tmp_path: Path) -> None:
    (page := tmp_path / "p.txt").write_bytes("Année \u2018\u201d".encode() + b"\x81")
    with pytest.raises(BadInput, match="not cp1252") as caught:
        page_text(page, "cp1252")
    assert "cp1252" not in caught.value.hint


def test_added_names_may_be_none_yet(tmp_path: Path) -> None:
    (tmp_path / "overrides.yaml").write_text("# Write one a line\n", "utf-8")
    assert read_aliases(tmp_path / "overrides.yaml") == ()


def test_yaml_scalars_stay_the_texts_they_are() -> None:
    text = "a: no\nb: 010\nc: 1e3\nd: '~'\ne: 2021-01-01\nf: [1, null, {g: x}]\n"
    text += "h: |-\n  one\n  two\ni: \"\\u00e9\"\nj: ''\n"
    data, marks = parse_yaml(text, "r.yaml")
    expected = {
        "a": "no",
        "b": "010",
        "c": "1e3",
        "d": "~",
        "e": "2021-01-01",
        "f": ["1", "null", {"g": "x"}],
    }
    assert data == expected | {"h": "one\ntwo", "i": "é", "j": ""}
    assert [marks[path][:2] for path in ("", "a", "f", "f[0]", "f[2].g", "h", "j")] == [
        *((1, 1), (1, 1), (6, 1), (6, 5), (6, 15), (7, 1), (11, 1))
    ]


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("a: &x 1", "begins with * or &", (1, 4)),
        ("a: &x [1]\nb: *x", "begins with * or &", (1, 4)),
        ("a: 1\nb: *x", "", (2, 4)),
        ("a: !!str 1", "tag", (1, 4)),
        ("a: !!python/object:os.system x", "tag", (1, 4)),
        ("a: 1\n<<: {b: 1}", "no plain name", (2, 1)),
        ("a: 1\nb: 2\na: 3", "twice", (3, 1)),
        ("x:\n  a: 1\n  a: 2", "twice", (3, 3)),
        ("a:\nb: 1", "no value", (1, 3)),
        ("- 1\n-\n", "no value", (2, 2)),
        ("? [a]\n: 1", "no plain name", (1, 3)),
        ("a: 1\n---\nb: 1", "second document", (2, 1)),
        ("", "empty", (1, 0)),
        ("# nothing\n", "empty", (1, 0)),
        ("a: [1", "the bracket that begins here does not end", (1, 4)),
        ("a: 'b", "the quote that begins here does not end", (1, 4)),
        ("\ta: 1", "begins with a tab", (1, 1)),
        ("%YAML 9.9\n---\na: 1", "cannot be read from here on", (1, 1)),
        ("a: " + "[" * (DEPTH_LIMIT + 1) + "]" * (DEPTH_LIMIT + 1), "deeper", (1, DEPTH_LIMIT + 4)),
        ("[" * 5000, "deeper", (1, DEPTH_LIMIT + 2)),
    ],
)
def test_yaml_that_is_refused(text: str, message: str, place: tuple[int, int]) -> None:
    with pytest.raises(BadRecord) as caught:
        parse_yaml(text, "r.yaml")
    assert message in caught.value.message
    assert caught.value.place[:3] == ("r.yaml", *place)


@pytest.mark.parametrize(
    "written", ["a\x07b", "a\u202eb", '"a\\ab"', '"a\\u202Eb"', '"a\\ud800b"', '"a\\0b"']
)
def test_no_control_character_gets_into_a_record(written: str, tmp_path: Path) -> None:
    """Neither as it is nor written as an escape."""
    (tmp_path / "r.yaml").write_text(
        f"kind: project\nid: TC.9900\nvalues:\n  title:\n    fr: {written}\n", "utf-8"
    )
    with pytest.raises(BadRecord) as caught:
        read_record(tmp_path / "r.yaml")
    assert (caught.value.place.line, caught.value.place.column >= 9) == (5, True)


#### Forms ####

PAGE = "0" * 64
MISFITS = [
    ({"kind": "projet"}, "kind"),
    ({"id": "../x"}, "id"),
    ({"id": "a b"}, "id"),
    ({"id": "TC.9900\n"}, "id"),
    ({"format": "3"}, "format"),
    ({"colour": "red"}, "colour"),
    ({"values": {"startYear": "20O4"}}, "values.startYear"),
    ({"values": {"budget": {"value": "1.2e5", "currency": "USD"}}}, "values.budget.value"),
    ({"values": {"budget": {"value": "1", "currency": "EUR"}}}, "values.budget.currency"),
    ({"values": {"beneficiary": ["ALB", "alb"]}}, "values.beneficiary[1]"),
    ({"values": {"title": {"fr": ""}}}, "values.title.fr"),
    ({"sources": [{"page": PAGE, "identifier": "a", "language": "de"}]}, "sources[0].language"),
    (
        {
            "sources": [
                {"page": PAGE, "identifier": "a", "language": "fr"},
                {"page": "0", "identifier": "b", "language": "fr"},
            ]
        },
        "sources[1].page",
    ),
    (
        {
            "sources": [
                {
                    "page": PAGE,
                    "identifier": "a",
                    "language": "fr",
                    "values": [{"property": "title"}, {"text": "x"}],
                }
            ]
        },
        "sources[0].values[1].property",
    ),
    (
        {
            "sources": [
                {
                    "page": PAGE,
                    "identifier": "a",
                    "language": "fr",
                    "values": [{"property": "title", "span": ["0", "x"]}],
                }
            ]
        },
        "sources[0].values[0].span[1]",
    ),
]


@pytest.mark.parametrize(
    ("change", "field"), MISFITS, ids=lambda value: value if isinstance(value, str) else None
)
def test_what_does_not_fit_is_named_by_its_field(
    change: Mapping[str, Any], field: str, tmp_path: Path
) -> None:
    """The same in YAML, with a line, and in JSON Lines, with the number of the line."""
    data = json.dumps({"kind": "project", "id": "TC.9900", **change})
    (tmp_path / "r.yaml").write_text(f"# a comment\n{data}\n", "utf-8")
    (tmp_path / "r.jsonl").write_text(f'{{"kind":"project","id":"TC.9901"}}\n\n{data}\n', "utf-8")
    with pytest.raises(BadRecord) as in_yaml:
        read_record(tmp_path / "r.yaml")
    with pytest.raises(BadRecord) as in_lines:
        list(read_records(tmp_path / "r.jsonl"))
    assert (in_yaml.value.place.line, in_lines.value.place.line) == (2, 3)
    assert in_yaml.value.place.field == field
    assert in_lines.value.place.field in (
        field,
        field.replace("[1]", "[0]") if "span" in field else field,
    )


#### JSON Lines ####


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[1]",
        b"{}",
        b'"x"',
        b"\xff",
        b'{"id":"\xff"}',
        b'{"kind":"project","id":"A","id":"\\ud800"}',
        b'{"kind":"project","id":"TC.9901","values":{"startYear":"2020","startYear":"2021"}}',
        b'{"kind":"project","id":"TC.9901","reviewed":NaN}',
        b"[" * 100_000,
        b" " * 3_000_000 + b"{}",
    ],
)
def test_a_line_that_is_no_record(line: bytes, tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_bytes(b'{"kind":"project","id":"TC.9900"}\n' + line + b"\n")
    with pytest.raises(BadRecord) as caught:
        list(read_records(tmp_path / "r.jsonl"))
    assert caught.value.place.line == 2


@pytest.mark.parametrize("written", ["a\\u0007b", "a\\u202eb", "a\\u0000b"])
def test_no_control_character_gets_in_by_json(written: str, tmp_path: Path) -> None:
    line = f'{{"kind":"project","id":"TC.9900","values":{{"title":{{"fr":"{written}"}}}}}}\n'
    (tmp_path / "r.jsonl").write_text(line, "utf-8")
    with pytest.raises(BadRecord) as caught:
        list(read_records(tmp_path / "r.jsonl"))
    assert caught.value.place.line == 1


#### Folders ####


def test_files_are_known_by_their_content(tmp_path: Path) -> None:
    """A file that is named is read as what it is, whatever it is called."""
    record = RECORD.read_text("utf-8")
    other = (RECORD.parent / "V57-805.yaml").read_text("utf-8")
    given_files = {
        "record.txt": record,
        "record.cfg": f"\ufeff# a comment\n\n{other}",
        "lines.txt": '\n {"kind":"project","id":"TC.9900"}\n',
        "page.html": labelled().replace("TC.9900", "TC.9902"),
    }
    for name, text in given_files.items():
        (tmp_path / name).write_text(text, "utf-8")
    found = [sourced.record.id for sourced in read([tmp_path / name for name in given_files])]
    assert sorted(found) == ["PX.0220", "TC.9900", "TC.9902", "V57-805"]


@pytest.mark.parametrize(
    ("name", "text"), [("r.jsonl", "[1]\n"), ("r.ndjson", "kind: project\n"), ("r.yaml", "{}\n")]
)
def test_a_record_file_without_a_record_is_no_page(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(BadRecord):
        list(read([tmp_path]))


def test_the_data_folder(tmp_path: Path) -> None:
    """Each page once, through its record; without the records, by itself; in any order, the
    same.
    """
    whole = {sourced.record.id: sourced.record for sourced in read([ROOT / "data"])}
    assert sorted(whole) == ["PX.0220", "V47-805", "V57-805", "W34-805", "mainstreaming-migration"]
    pages = {sourced.record.id: sourced.record for sourced in read([ROOT / "data" / "pages"])}
    assert sorted(pages) == sorted(
        {*whole, whole["mainstreaming-migration"].sources[0].page[:16]}
        - {"mainstreaming-migration"}
    )
    files = [*SEEDS, *sorted((ROOT / "data" / "records").glob("*.yaml"))]
    assert len(files) == 10
    assert {sourced.record.id: sourced.record for sourced in read(files[::-1])} == whole
    assert pages["PX.0220"].sources[0].url == "https://iom.int/fr/node/187021"
    with pytest.raises(BadInput, match="no page and no record"):
        list(read([tmp_path]))


#### Records against their pages ####

EDITS = {
    "a text": ("text: Actif", "text: Achevé", "sources[0].values[3]"),
    "a span": ("span: [1321, 1326]", "span: [1320, 1325]", "sources[0].values[3]"),
    "a span beyond the page": ("span: [1622, 3863]", "span: [1622, 9999]", "sources[0].values[13]"),
    "a span turned round": ("span: [1622, 3863]", "span: [3863, 1622]", "sources[0].values[13]"),
    "a text without a span": ("        span: [1321, 1326]\n", "", "sources[0].values[3]"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_captures_repeat_their_page(edit: str, tmp_path: Path) -> None:
    """A record whose captures are not what its page has is refused at the line of the capture."""
    before, after, field = EDITS[edit]
    text = RECORD.read_text("utf-8")
    assert before in text
    (tmp_path / "r.yaml").write_text(text.replace(before, after), "utf-8")
    assert len(list(read([tmp_path]))) == 1, "pages that are not at hand are not asked"
    (tmp_path / "p.txt").write_bytes(SEED.read_bytes())
    with pytest.raises(BadRecord) as caught:
        list(read([tmp_path]))
    assert Path(caught.value.place.file).name == "r.yaml"
    assert caught.value.place.line > 1
    assert field in caught.value.place.field


#### Whatever comes ####


def words() -> st.SearchStrategy[str]:
    """Texts with the characters that matter to pages and YAML more often than others."""
    alphabet = st.one_of(
        st.sampled_from("-\n\r\t \"“”«»#:'[]{}&*!|>%@`\\\x85\xa0\ufeffé"),
        st.characters(codec="utf-8"),
    )
    return st.text(alphabet, max_size=40)


def page_lines() -> st.SearchStrategy[str]:
    """Texts that look like a page of the labelled layout."""
    line = st.one_of(
        st.just("-"),
        st.sampled_from([*LABELS, "Projet ID", "TC.9900", "- 2030 AGENDA", "2024"]),
        words(),
    )
    return st.lists(line, max_size=25).map("\n".join)


def page_bytes() -> st.SearchStrategy[bytes]:
    """Pages as bytes: any, text, text with something cut or put in."""
    text = st.one_of(page_lines(), words(), words().map(labelled)).map(str.encode)
    broken = st.tuples(text, st.binary(max_size=3), st.integers(0, 200)).map(
        lambda t: t[0][: t[2]] + t[1] + t[0][t[2] :]
    )
    return st.one_of(st.binary(max_size=200), text, broken)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@given(
    data=page_bytes(), encoding=st.sampled_from([None, None, "cp1252", "utf-16", "punycode", "x"])
)
@example(data=labelled("Un.\nDeux.\x85Trois.").encode(), encoding=None)
@example(data=labelled(" \n  Un.\n\tDeux.  \n x").encode(), encoding=None)
@EXAMPLES
def test_any_bytes_as_a_page(folder: Path, data: bytes, encoding: str | None) -> None:
    """A page is refused with an error of ours, or its captures re-read, and its record is the same
    read from YAML.
    """
    page, file = folder / "page.txt", folder / "r.yaml"
    page.write_bytes(data)
    try:
        record = read_page(page, encoding=encoding).record
    except IdfgraphError:
        return
    assert_spans(record, page)
    file.write_text(render_record(record), "utf-8", newline="\n")
    assert read_record(file).record == record
    assert quads_of(record)


def yaml_texts() -> st.SearchStrategy[str]:
    """Any text, and a real record with a line put in, taken out or replaced."""
    lines = RECORD.read_text("utf-8").splitlines(keepends=True)
    line = st.one_of(words(), st.sampled_from(lines))
    edit = st.tuples(st.integers(0, len(lines)), st.integers(0, 2), line)
    edited = edit.map(lambda e: "".join([*lines[: e[0]], e[2] + "\n", *lines[e[0] + e[1] :]]))
    return st.one_of(words(), words().map(lambda text: f"kind: project\nid: {text}"), edited)


@given(text=yaml_texts())
@example(text='kind: project\nid: TC.9900\nvalues: {title: {fr: "\\ud800"}}')
@example(text="kind: project\nid: TC.9900\nvalues: {title: {fr: ''}}")
@EXAMPLES
def test_any_text_as_a_yaml_record(folder: Path, text: str) -> None:
    file = folder / "any.yaml"
    file.write_text(text, "utf-8", newline="")
    try:
        assert quads_of(read_record(file).record)
    except IdfgraphError as error:
        assert error.exit_code == 2, error


def json_lines() -> st.SearchStrategy[bytes]:
    """Any bytes, and records whose values are replaced by anything."""
    record = msgspec.json.decode(msgspec.json.encode(read_record(RECORD).record))
    anything = st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), words()),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(words(), inner, max_size=3)
        ),
        max_leaves=8,
    )
    changed = st.tuples(st.sampled_from([*record, "x"]), anything).map(
        lambda pair: {**record, pair[0]: pair[1]}
    )
    source = st.tuples(st.sampled_from([*record["sources"][0], "x"]), anything)
    sourced = source.map(
        lambda pair: {**record, "sources": [{**record["sources"][0], pair[0]: pair[1]}]}
    )
    dumped = st.one_of(anything, changed, sourced).map(lambda data: json.dumps(data).encode())
    return st.one_of(st.binary(max_size=100), dumped)


@given(line=json_lines())
@EXAMPLES
def test_any_line_as_a_json_record(folder: Path, line: bytes) -> None:
    file = folder / "any.jsonl"
    file.write_bytes(line)
    try:
        for sourced in read_records(file):
            assert quads_of(sourced.record)
    except IdfgraphError as error:
        assert error.exit_code == 2, error


#### Records as YAML ####


@given(narrative=words().filter(str.strip), title=words().filter(str.strip))
@EXAMPLES
def test_a_record_is_the_same_after_it_was_written(
    folder: Path, narrative: str, title: str
) -> None:
    """Whatever a page may print, YAML gives it back: white space at ends, odd line ends, marks of
    YAML.
    """
    source = Source(
        page=PAGE,
        identifier="a",
        language="fr",
        values=(Capture(property="title", text=title, span=(0, len(title))),),
    )
    record = msgspec.convert(
        {
            "kind": "project",
            "id": "TC.9900",
            "values": {"narrative": {"fr": narrative}, "title": {"fr": title}},
        },
        Project,
    )
    record = msgspec.structs.replace(record, sources=(source,))
    file = folder / "written.yaml"
    file.write_text(render_record(record), "utf-8", newline="\n")
    try:
        assert read_record(file).record == record
    except BadRecord as error:
        assert "control character" in error.message or "holds the character" in error.message


def test_pages_are_bad_pages(tmp_path: Path) -> None:
    """What is wrong with a page's text is a BadPage."""
    with pytest.raises(BadPage):
        read_text(tmp_path, "a\u202eb")


@pytest.mark.parametrize("named", ["records", "records/LM.0001.yaml", "pages", "records/more"])
def test_a_part_of_a_data_folder_has_its_settings_and_reference_data(
    named: str, tmp_path: Path
) -> None:
    for part in ("records", "pages", "records/more", "reference"):
        (tmp_path / "data" / part).mkdir(parents=True)
    (tmp_path / "data/dataset.yaml").write_text(DATASET.read_text("utf-8"), "utf-8")
    alias = '- {alias: Oldland, lang: en, id: "st:MKD", why: x}\n'
    (tmp_path / "data/reference/overrides.yaml").write_text(alias, "utf-8")
    for record in ("records/LM.0001.yaml", "records/more/LM.0002.yaml"):
        text = f"kind: project\nid: {Path(record).stem}\n"
        (tmp_path / "data" / record).write_text(text, "utf-8")
    (tmp_path / "data/pages/p.txt").write_text("A title\n", "utf-8")
    for source in (tmp_path / "data", tmp_path / "data" / named):
        setting = prepare([source])
        assert [one.id for one in setting.reference.states.cut("Oldland").names] == ["st:MKD"]
        assert str(listed([source]).settings) == str(tmp_path / "data/dataset.yaml")


@pytest.mark.parametrize("inside", ["", "desk"])
def test_a_data_folder_is_named_itself_and_has_its_settings(tmp_path: Path, inside: str) -> None:
    """Else its settings and its reference data would be read as records, or not at all."""
    data = tmp_path / "desk" / "data"
    copytree(ROOT / "data", data)
    with pytest.raises(BadInput, match=f"holds the data folder {re.escape(str(data))}; name that"):
        find_files([tmp_path / inside])
    (data / "dataset.yaml").unlink()
    for source in (data, tmp_path / inside):
        with pytest.raises(BadInput, match=r"is a data folder without a dataset\.yaml") as caught:
            find_files([source])
        assert caught.value.place.file == str(data)
    for part in (data / "records", data / "records" / "V47-805.yaml"):
        with pytest.raises(BadInput, match=f"idfgraph init {re.escape(str(data))}"):
            find_files([part])


@pytest.mark.parametrize(
    "name", ["dataset.yml", "Dataset.yaml", "datasets.yaml", "DATASET.YML", "dataset.yaml.txt"]
)
def test_misspelt_settings_are_refused_with_the_way_out(tmp_path: Path, name: str) -> None:
    """No data set is published under the name of another one."""
    (tmp_path / "records").mkdir()
    (tmp_path / name).write_text("title: {en: Mine}\n", "utf-8")
    copy(ROOT / "data" / "records" / "V47-805.yaml", tmp_path / "records")
    for source in (tmp_path, tmp_path / "records"):
        with pytest.raises(BadInput, match=r"is not read.*; call it dataset\.yaml") as caught:
            find_files([source])
        assert caught.value.place.file == str(tmp_path / name)


#: What is put into a data folder -> what is told of it.
ASTRAY = {
    "records.yaml": "put it into records/",
    "V1.yml": "put it into records/",
    "more.jsonl": "put it into records/",
    "page.html": "put it into pages/",
    "pages.yaml": "put it into pages/",
    "states.jsonl": "put it into reference/",
    "Records/V1.yaml": "did you mean records/?",
    "record/V1.yaml": "did you mean records/?",
    "page/a.txt": "did you mean pages/?",
    "Reference/x.jsonl": "did you mean reference/?",
    "old/2021/V1.yaml": "holds records: put them into records/",
    "records/V1.YAML": "write the end of its name in small letters",
    "records/page.html": "belongs in pages/: move it",
    "pages/V1.yaml": "belongs in records/: move it",
    "records/overrides.yaml": "put it into reference/",
    "pages/dataset.yaml": "at the top of the data folder",
    "pages/pages.yml": "did you mean pages.yaml?",
    "pages/Pages.yaml": "did you mean pages.yaml?",
    "reference/overrides.yml": "did you mean overrides.yaml?",
    "reference/State.jsonl": "did you mean states.jsonl?",
    "reference/countries.jsonl": "nothing of this name is read here",
}


@pytest.mark.parametrize("name", ASTRAY)
def test_nothing_that_stands_astray_is_passed_over(tmp_path: Path, name: str) -> None:
    """A record or a page where none is read is told, with where it should be."""
    data = tmp_path / "desk"
    copytree(ROOT / "data", data)
    assert find_files([data]).unused == ()
    text = "kind: project\nid: V1-805\n"
    line = '{"kind": "project", "id": "V1-805"}\n'
    page = "<html><p>Un texte.</p></html>\n"
    texts = {".jsonl": line, ".html": page, ".txt": page}
    (astray := data / name).parent.mkdir(exist_ok=True, parents=True)
    astray.write_text(texts.get(astray.suffix, text), "utf-8")
    (told,) = find_files([data]).unused
    assert astray.is_relative_to(told.place.file) and told.meant
    assert ASTRAY[name] in unused(told).result.message("en")


def test_what_is_nobodys_to_read_is_no_warning(tmp_path: Path) -> None:
    """Files for people and programs beside the parts, and other files in YAML."""
    data = tmp_path / "desk"
    copytree(ROOT / "data", data)
    for name in ("README.md", "LISEZMOI.txt", ".gitattributes", ".editorconfig"):
        (data / name).write_text("x: 1\n", "utf-8")
    (data / "notes").mkdir()
    (data / "notes" / "plan.yaml").write_text("steps: []\n", "utf-8")
    assert [one.place.file for one in find_files([data]).unused if one.meant] == []
