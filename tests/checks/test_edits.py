"""One field of each of the five records is changed, in more than forty ways: each new result is
where the change is.

A pattern says what of the edited file a result must point at: its first group, from its first to
its last character.
"""

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from support.command import ROOT

from idfgraph.checks.check import check
from idfgraph.model.findings import Finding

#: A text to the edited one; LookupError where the record has no such field.
Change = Callable[[str], str]

RECORDS = {
    path.stem: path.read_text("utf-8")
    for path in sorted((ROOT / "data" / "records").glob("*.yaml"))
}
PROJECTS = tuple(name for name in RECORDS if name != "mainstreaming-migration")

#: The first line of a record, which stands for what is not there.
FIRST = r"^(format: \d)$"

#: A record that is not YAML is placed at one character; where its mistake ends is not known.
POINT = r"()"


class Expected(NamedTuple):
    """A rule that a change breaks, and what its result points at."""

    rule: str
    pattern: str


class Edit(NamedTuple):
    """A change, what is found then, and the one kind of record that it is for (empty: any)."""

    change: Change
    found: tuple[Expected, ...] = ()
    only: str = ""


def put(pattern: str, instead: str) -> Change:
    """A change of the one place that fits a pattern."""

    def change(text: str) -> str:
        edited, number = re.subn(pattern, instead, text, count=1, flags=re.MULTILINE)
        if not number:
            raise LookupError(pattern)
        return edited

    return change


def put_value(name: str, literal: str) -> Change:
    """A change of a value that the record states, or a value more."""

    def change(text: str) -> str:
        try:
            return put(rf"^  {name}:.*(\n    .*)*", f"  {name}: {literal}")(text)
        except LookupError:
            return put(r"^values:$", f"values:\n  {name}: {literal}")(text)

    return change


def value(name: str) -> str:
    """The pattern of a value that the record states."""
    return rf"^  ({name}:.*(?:\n    .*)*)"


def capture(name: str) -> str:
    """The pattern of a text that a page prints."""
    return rf"- property: {name}\n +(text: .*)"


def decision(name: str) -> str:
    """The pattern of a decision."""
    return rf"^  - (property: {name}\n(?:    .*\n)*    .*)"


def unsupported(pattern: str) -> tuple[Expected, ...]:
    return (Expected("note/unsupported-value", pattern),)


def refused(pattern: str) -> tuple[Expected, ...]:
    return (Expected("input", pattern),)


def stated(name: str, literal: str, only: str = "") -> Edit:
    """A value that no page and no decision supports."""
    return Edit(put_value(name, literal), unsupported(value(name)), only)


def left_out(name: str, only: str = "") -> Edit:
    """A value that is left out though a page prints it."""
    return Edit(put(rf"^  {name}:.*(\n    .*)*\n", ""), unsupported(capture(name)), only)


def malformed(pattern: str, instead: str, shown: str, only: str = "") -> Edit:
    """What cannot be read, and what is pointed at."""
    return Edit(put(pattern, instead), refused(shown), only)


def decided(
    name: str, literal: str, found: tuple[Expected, ...], only: str = "", leaving: str = ""
) -> Edit:
    """A decision more; `leaving` begins the line that it has not."""
    lines = [
        "why: {en: A letter.}",
        "evidence: [https://example.org/letter]",
        "by: A. Steward",
        "on: '2026-11-21'",
    ]
    rest = "".join(f"    {line}\n" for line in lines if not (leaving and line.startswith(leaving)))
    instead = f"decisions:\n  - property: {name}\n    value: {literal}\n{rest}sources:"
    return Edit(put(r"^sources:$", instead.replace("\\", r"\\")), found, only)


_TITLE = r"^(      - property: title\n        text: )(.*)\n        span: \[(\d+), (\d+)\]\n"
_CAPTURE = (
    r"^      - (property: title\n        text: .*\n        span: .*(?:\n        certainty: .*)?)$"
)

EDITS: Mapping[str, Edit] = {
    # values
    "title changed": Edit(put(r"^    fr: (\w)", r"    fr: X\1"), unsupported(value("title"))),
    "title left out": left_out("title"),
    "title empty": malformed(r"^    fr: \w.*", "    fr: ''", r"^    (fr: '')"),
    "title in a language without a code": malformed(
        r"^    fr: (\w.*)", r"    deutsch: \1", r"^    (deutsch: .*)"
    ),
    "title in a second language": Edit(
        put(r"^  title:\n", "  title:\n    en: A\n"), unsupported(value("title"))
    ),
    "narrative changed": Edit(put(r"^      (\w)", r"      X\1"), unsupported(value("narrative"))),
    "narrative left out": Edit(
        put(r"^  narrative:.*(\n    .*)*\n", ""),
        unsupported(r"^      - (property: narrative\n.*\n        digest: .*)"),
    ),
    "coverage changed": stated("coverage", "local"),
    "coverage twice": malformed(
        r"^  coverage: .*", "  coverage: [national, global]", value("coverage")
    ),
    "coverage left out": left_out("coverage"),
    "start year of no page": stated("startYear", "'2019'"),
    "start year that is none": Edit(put_value("startYear", "'20I9'"), refused(value("startYear"))),
    "a state of no page": stated("mentionsState", "[XYZ]"),
    "a state in small letters": malformed(
        r"^values:",
        "values:\n  otherBeneficiary: [FJI, alb]",
        r"otherBeneficiary: \[FJI, (alb)\]",
        "project",
    ),
    "a budget more": stated("budget", "{value: '5.00', currency: USD}"),
    "an unknown value": malformed(r"^values:", "values:\n  colour: red", value("colour")),
    "a value twice": malformed(
        r"^  (coverage: .*)", r"  \1\n  \1", r"  coverage: .*\n  (coverage): "
    ),
    # the record
    "id that is none": malformed(r"^id: .*", "id: a b", r"^(id: a b)"),
    "id left out": malformed(r"^id: .*\n", "", FIRST),
    "kind that is none": malformed(r"^kind: .*", "kind: projekt", r"^(kind: projekt)"),
    "kind left out": malformed(r"^kind: .*\n", "", FIRST),
    "format of tomorrow": malformed(r"^format: 2", "format: 3", FIRST),
    "a key more": malformed(r"^values:", "colour: red\nvalues:", r"^(colour: red)"),
    "a key twice": malformed(r"^kind: (.*)", r"kind: \1\nkind: \1", r"kind: .*\n(kind)"),
    "review by nobody": malformed(
        r"^  - by: .*\n    on: ", "  - on: ", r"^  - (on: .*\n    values: .*)"
    ),
    "a tab": malformed(r"^  coverage:", "\tcoverage:", rf"^{POINT}\tcoverage:"),
    "a step less": malformed(r"^  coverage:", " coverage:", rf"^ {POINT}coverage:"),
    "a comment alone": Edit(put(r"^  coverage: (.*)", r"  coverage: \1  # as printed")),
    # pages
    "capture reworded": malformed(_TITLE, r"\1X\2\n        span: [\3, \4]\n", _CAPTURE),
    "capture moved": malformed(_TITLE, r"\1\2\n        span: [1, \4]\n", _CAPTURE),
    "capture backwards": malformed(_TITLE, r"\1\2\n        span: [\4, \3]\n", _CAPTURE),
    "capture of no number": malformed(
        _TITLE, r"\1\2\n        span: [\3, end]\n", r"span: \[\d+, (end)\]"
    ),
    "page in German": malformed(r"^    language: fr", "    language: de", r"^    (language: de)"),
    "address that is none": malformed(r"^    url: .*", "    url: iom.int", r"^    (url: iom.int)"),
    "a label of no language": malformed(
        r"^        labelLanguage: fr", "        labelLanguage: x", r"(labelLanguage: x)", "project"
    ),
    # decisions
    "decision on coverage": decided(
        "coverage",
        "local",
        (
            Expected("concept/on-a-list", decision("coverage")),
            Expected("note/decided-otherwise", decision("coverage")),
            *unsupported(value("coverage")),
        ),
    ),
    "decision without a reason": decided(
        "title", "{en: A}", refused(decision("title")), leaving="why"
    ),
    "decision by nobody": decided("title", "{en: A}", refused(decision("title")), leaving="by"),
    "decision without evidence": decided(
        "title", "{en: A}", refused(decision("title")), leaving="evidence"
    ),
    "decision on nothing": decided("colour", "red", refused(r"^  - (property: colour)")),
    # projects
    "end year of no page": stated("endYear", "'2010'", "project"),
    "status changed": stated("status", "suspended", "project"),
    "status left out": left_out("status", "project"),
    "budget changed": Edit(
        put(r"^    value: .*", "    value: '1.00'"), unsupported(value("budget")), "project"
    ),
    "budget that is none": malformed(
        r"^    value: .*", "    value: a million", r"^    (value: a .*)", "project"
    ),
    "currency changed": malformed(
        r"^    currency: USD", "    currency: EUR", r"^    (currency: EUR)", "project"
    ),
    "currency left out": malformed(r"^    currency: USD\n", "", value("budget"), "project"),
    "type changed": stated("projectType", "[px, tc]", "project"),
    "type left out": left_out("projectType", "project"),
    "region changed": stated("fundRegion", "africa", "project"),
    "region left out": left_out("fundRegion", "project"),
    "beneficiary added": Edit(
        put(r"^  beneficiary: \[", "  beneficiary: [FRA, "),
        unsupported(value("beneficiary")),
        "project",
    ),
    "beneficiary doubled": Edit(
        put(r"^  beneficiary: \[(...)", r"  beneficiary: [\1, \1"),
        unsupported(value("beneficiary")),
        "project",
    ),
    "beneficiaries left out": left_out("beneficiary", "project"),
    "allocation year of no page": stated("allocationYear", "'2050'", "project"),
    "PRIMA ID of no page": stated("primaId", "XX", "project"),
    "decision on a state": decided(
        "otherBeneficiary",
        "[FJI, MOL]",
        (
            Expected("intervention/states", r"value: \[FJI, (MOL)\]"),
            *unsupported(decision("otherBeneficiary")),
        ),
        "project",
    ),
    "decision on the status": decided(
        "status",
        "suspended",
        (
            Expected("concept/on-a-list", decision("status")),
            Expected("note/decided-otherwise", decision("status")),
            *unsupported(value("status")),
        ),
        "project",
    ),
    # the programme
    "role changed": Edit(
        put("role: funding", "role: implementing"), unsupported(value("association")), "programme"
    ),
    "role left out": malformed(r"^      role: funding\n", "", r"^    - (agent: sdc)", "programme"),
    "agent changed": Edit(
        put("agent: undp", "agent: unhcr"), unsupported(value("association")), "programme"
    ),
    "phase changed": stated("hasPart", "['3']", "programme"),
    "phase that is none": malformed(
        "hasPart: .*", "hasPart: ['1', two]", r"hasPart: \['1', (two)\]", "programme"
    ),
    "count changed": Edit(
        put("count: '56'", "count: '57'"), unsupported(value("result")), "programme"
    ),
    "count that is none": malformed("count: '56'", "count: many", "(count: many)", "programme"),
    "government added": Edit(
        put(r"^  targetsGovernmentOf: \[", "  targetsGovernmentOf: [ALB, "),
        unsupported(value("targetsGovernmentOf")),
        "programme",
    ),
    "governments left out": Edit(
        put(r"^  targetsGovernmentOf: .*\n", ""),
        unsupported(capture("targetsGovernmentOf")),
        "programme",
    ),
    "a project's field": malformed(
        r"^values:", "values:\n  primaId: FJ10P0514", value("primaId"), "programme"
    ),
    "remark that is none": malformed(
        "issue: missing-value", "issue: lost", "(issue: lost)", "programme"
    ),
    "end before the start": decided(
        "endYear",
        "'2001'",
        (
            Expected("intervention/years-in-order", decision("endYear")),
            *unsupported(decision("endYear")),
        ),
        "programme",
    ),
    "decision on a programme's status": decided(
        "status",
        "suspended",
        (Expected("concept/on-a-list", decision("status")), *unsupported(decision("status"))),
        "programme",
    ),
}


def edited(edit: Edit) -> dict[str, str]:
    """The records that an edit is for and can change, with the change."""
    texts = {}
    for name, text in RECORDS.items():
        if edit.only in ("", "project" if name in PROJECTS else "programme"):
            texts[name] = edit.change(text)
    return texts


def spot(text: str, start: int) -> tuple[int, int]:
    """The line and column of an offset."""
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


def region(text: str, pattern: str) -> tuple[int, ...]:
    """First line and column, and last, of what a pattern's group fits; no last where it is
    empty.
    """
    found = re.search(pattern, text, re.MULTILINE)
    assert found, pattern
    return (*spot(text, found.start(1)), *(spot(text, found.end(1)) if found[1] else (0, 0)))


def identity(finding: Finding) -> tuple[str, ...]:
    result = finding.result
    return (
        Path(finding.place.file).name,
        result.rule,
        result.focus,
        result.value,
        result.message("en"),
    )


def told(folder: Path) -> Iterator[Finding]:
    return iter(check([folder], jobs=1).findings)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the data folder."""
    folder = tmp_path_factory.mktemp("edits") / "data"
    shutil.copytree(ROOT / "data", folder)
    return folder


@pytest.fixture(scope="module")
def known(data: Path) -> frozenset[tuple[str, ...]]:
    """What is found in the records as they are."""
    return frozenset(map(identity, told(data)))


def test_each_record_is_changed_in_forty_ways_or_more() -> None:
    ways = Counter(name for edit in EDITS.values() for name in edited(edit))
    assert ways == {**dict.fromkeys(PROJECTS, 58), "mainstreaming-migration": 51}


@pytest.mark.parametrize("name", EDITS)
def test_every_new_result_is_where_the_change_is(
    name: str, data: Path, known: frozenset[tuple[str, ...]]
) -> None:
    edit = EDITS[name]
    texts = {**RECORDS, **edited(edit)}
    for record, text in texts.items():
        (data / "records" / f"{record}.yaml").write_bytes(text.encode())
    expected = [
        (f"{record}.yaml", one.rule, region(text, one.pattern))
        for record, text in edited(edit).items()
        for one in edit.found
    ]
    found = [
        (Path(place.file).name, new.result.rule, (*place[1:3], *place[4:]))
        for new in told(data)
        if identity(new) not in known
        for place in (new.place, *(new.also if new.result.rule == "concept/on-a-list" else ()))
    ]
    assert sorted(found) == sorted(expected)
