"""Every rule is explained in three languages, with an example that passes and one that breaks this
rule alone.
"""

import re
import subprocess
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat, parse, serialize
from support.command import ROOT, run
from support.planted import CLAIMS, faults

from idfgraph.checks.check import check
from idfgraph.checks.rules import Rule, find, rules
from idfgraph.checks.shacl import validate
from idfgraph.curation.explain import ADVICE, advice, examples, explain, findings
from idfgraph.graph.resolve import KINDS
from idfgraph.model.errors import BadConfig
from idfgraph.model.findings import Finding, Result
from idfgraph.system import resources

LANGUAGES = {"en", "fr", "es"}
COMMON = ROOT / "tests" / "data" / "shapes" / "common.ttl"

#: Example -> the rules that it breaks beside its own: a doubt that stands again, a year that
#: the template printed is no end year, and a code that is malformed is not that of an IRI.
ALONG = {
    "note/acceptance-overtaken/fails.yaml": ["note/outside-funding-range"],
    "note/implausible-date/fails.yaml": ["project/end-year-present"],
    "state/iso3/fails.jsonl": ["state/code-of-iri"],
}


def of_kind(kind: str) -> list[Path]:
    """The examples with this suffix."""
    return sorted(resources.EXAMPLES.glob(f"*/**/*.{kind}"))


def rule_of(file: Path) -> str:
    return file.parent.relative_to(resources.EXAMPLES).as_posix()


def expected(file: Path) -> list[str]:
    """The rules that an example breaks."""
    own = [] if file.stem == "passes" else [rule_of(file)]
    return sorted([*own, *ALONG.get(f"{rule_of(file)}/{file.name}", [])])


@cache
def found_in(outcome: str) -> dict[Path, list[Finding]]:
    """What is found in each record among the examples, all read as one source."""
    found: dict[Path, list[Finding]] = defaultdict(list)
    for finding in check(
        [file for file in of_kind("yaml") if file.stem.startswith(outcome)]
    ).of_values:
        found[Path(finding.place.file)].append(finding)
    return found


def ids(file: Path) -> str:
    return f"{rule_of(file)}-{file.stem}"


@cache
def triples(file: Path) -> frozenset[pyoxigraph.Triple]:
    return frozenset(quad.triple for quad in parse(path=file, format=RdfFormat.TURTLE))


def results(example: Path) -> list[Result]:
    """What is found in the sound data of the shapes' cases once the failing example takes the
    passing one's place.
    """
    data = triples(COMMON) - triples(example.with_stem("passes")) | triples(example)
    lines = serialize(data, format=RdfFormat.N_TRIPLES).decode().splitlines(keepends=True)  # type: ignore[union-attr]
    return list(validate(lines, resources.texts_in(resources.SHAPES, ".ttl").values()).results)


def test_examples_are_all_collected() -> None:
    assert {suffix: len(of_kind(suffix)) for suffix in ("yaml", "jsonl", "ttl")} == {
        "yaml": 122,
        "jsonl": 12,
        "ttl": 162,
    }
    assert {rule_of(file) for kind in ("yaml", "jsonl", "ttl") for file in of_kind(kind)} == {
        r.name for r in rules()
    }
    assert all(examples(rule, "passes") and examples(rule, "fails") for rule in rules())


@pytest.mark.parametrize("file", of_kind("yaml"), ids=ids)
def test_a_record_breaks_its_rule_alone(file: Path) -> None:
    found = found_in(file.stem.partition("-")[0]).get(file, [])
    assert sorted(finding.result.rule for finding in found) == expected(file)


@pytest.mark.parametrize("file", of_kind("jsonl"), ids=ids)
def test_an_entry_breaks_its_rule_alone(file: Path) -> None:
    (example,) = examples(find(rule_of(file))[0], file.stem)
    found = findings(example)
    assert [finding.result.rule for finding in found] == expected(file)
    assert {finding.place.file for finding in found} <= {file.name}


@pytest.mark.parametrize("file", of_kind("ttl"), ids=ids)
def test_data_break_their_rule_alone(file: Path) -> None:
    own, planted = set(expected(file)), [fault.rules for fault in faults().values()]
    along = {rule for rules in planted if rules[0] in own for rule in rules}
    found = {result.rule for result in results(file)}
    assert own <= found <= own | along | CLAIMS


def test_a_rule_is_about_the_field_that_its_example_breaks() -> None:
    for file, found in found_in("fails").items():
        (rule,) = find(rule_of(file))
        fields = {finding.place.field for finding in found if finding.result.rule == rule.name}
        roots = {field.partition(".")[0] for field in rule.fields}
        assert not roots or {re.split(r"[.\[]", field)[0] for field in fields} <= roots, (
            rule.name,
            fields,
        )


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_every_rule_speaks_three_languages(rule: Rule) -> None:
    for texts in (rule.titles, rule.why, advice(rule), rule.asks or rule.messages):
        assert {language for language, text in texts.items() if text} == LANGUAGES
        assert len(set(texts.values())) > 1


def test_words_are_complete_and_none_is_idle() -> None:
    assert {code for code, kind in KINDS.items() if kind.why} == KINDS.keys() - {"missing-value"}
    assert {advice(rule)["en"] for rule in rules()} == set(ADVICE)


NAMES = {
    "project/prima-id": ["project/prima-id"],
    "prima-id": ["project/prima-id"],
    "C02": ["project/prima-id"],
    "c19": ["intervention/national-coverage"],
    "https://w3id.org/iom-idf/shapes/project#prima-id": ["project/prima-id"],
    "https://example.org/ours/shapes/project#prima-id": ["project/prima-id"],
    "unreadable-value": ["note/unreadable-value"],
    "note/stale-status": ["intervention/active-past-end"],
    "input": ["input"],
}


@pytest.mark.parametrize(("name", "found"), NAMES.items())
def test_a_rule_is_found_by_its_names(name: str, found: list[str]) -> None:
    assert [rule.name for rule in find(name)] == found


def test_what_no_report_names_leads_to_what_it_stands_for() -> None:
    assert {
        rule.severity for rule in find("https://w3id.org/iom-idf/shapes/note#anomaly-info")
    } == {"Info"}
    assert len(find("missing-value")) == 15


@pytest.mark.parametrize(
    ("name", "hint"), [("project/primaid", "project/prima-id"), ("€", "idfgraph explain")]
)
def test_an_unknown_name_is_told_its_neighbours(name: str, hint: str) -> None:
    with pytest.raises(BadConfig, match=hint):
        find(name)


EXPLAINED = {
    "en": "What validate says of it",
    "fr": "Ce que validate en dit",
    "es": "Lo que validate dice de ello",
}


@pytest.mark.parametrize(("language", "heading"), EXPLAINED.items())
def test_an_explanation_shows_what_validate_says(language: str, heading: str) -> None:
    text = explain("note/stale-status", language)
    (rule,) = find("note/stale-status")
    assert text.startswith("intervention/active-past-end (C18, ")
    assert heading in text and "--> fails.yaml:13:28: status" in text
    assert "text: '2026'" in text.partition("fails.yaml")[0]
    assert rule.why[language] in " ".join(text.split())


def test_what_no_record_can_break_is_said_so() -> None:
    text = explain("phase/number")
    assert "No record can break this" in text
    assert 'idf:phaseNumber "II"' in text and "@prefix" not in text


def test_the_command_explains_lists_and_refuses(tmp_path: Path) -> None:
    assert run("explain", "C18", "--lang", "fr", cwd=tmp_path).stdout == explain("C18", "fr") + "\n"
    listed = run("explain", cwd=tmp_path).stdout.splitlines()
    assert listed[0] == "rule\tconstraint\tseverity\tname"
    assert len(listed) == len(rules()) + 1
    refused = run("explain", "C99", cwd=tmp_path)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "there is no rule called 'C99'" in refused.stderr


def test_the_page_of_constraints_is_as_built() -> None:
    command = [sys.executable, str(ROOT / "tools" / "build_constraints_page.py")]
    built = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout
    assert built.decode() == (ROOT / "docs" / "constraints.md").read_text("utf-8")


def test_links_of_the_page_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)]+)\)", (ROOT / "docs" / "constraints.md").read_text("utf-8"))
    assert len(links) == len([*resources.EXAMPLES.glob("*/**/*.*")])
    assert [link for link in links if not (ROOT / "docs" / link).is_file()] == []
