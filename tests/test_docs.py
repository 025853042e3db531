"""What is written about the program is so: its public names, its commands, its mapping, its
constraints.
"""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
import typer
from rdflib import DCTERMS, RDFS, Graph, URIRef

import idfgraph
from idfgraph import cli
from idfgraph.checks.rules import rules
from idfgraph.exports.metadata import RunFacts, run_nodes
from idfgraph.graph.resolve import KINDS
from idfgraph.graph.setting import linked, prepare
from idfgraph.model.formats import SchemaName
from idfgraph.sources.stream import read
from idfgraph.system import resources

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "mapping.md"
#: What people read; places of things that a run makes are not looked for.
PAGES = [
    path.relative_to(ROOT).as_posix()
    for path in sorted(
        [
            *ROOT.glob("*.md"),
            *(ROOT / "docs").rglob("*.md"),
            *(ROOT / "bench").glob("*.md"),
            *(ROOT / "examples").glob("*/README.md"),
        ]
    )
]


def rows(heading: str) -> list[list[str]]:
    """The cells of the table under a heading of the mapping page, without its head."""
    section = PAGE.read_text("utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [line.strip("| ").replace("`", "").split(" | ") for line in lines[2:]]


def pairs(node: Any) -> Iterator[tuple[str, str]]:
    """The class and key of each value of a node and its parts."""
    for key, value in node.items() if isinstance(node, Mapping) and "id" in node else ():
        if key not in {"id", "type"} and "type" in node:
            yield node["type"], key
        for item in value if isinstance(value, list) else [value]:
            yield from pairs(item)


def test_public_names_are_listed_in_order() -> None:
    assert idfgraph.__all__ == sorted(set(idfgraph.__all__))
    assert all(getattr(idfgraph, name).__doc__ for name in idfgraph.__all__ if name != "Record")
    assert not any(isinstance(getattr(idfgraph, name), ModuleType) for name in idfgraph.__all__)


def test_commands_and_options_are_described() -> None:
    written = "\n".join(
        path.read_text("utf-8") for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
    )
    commands: Mapping[str, Any] = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
    assert {"publish", "validate", "extract", "query"} <= commands.keys()
    for name, command in commands.items():
        assert re.search(rf"(`|idfgraph ){name} ", written)
        for option in (option for parameter in command.params for option in parameter.opts):
            assert not option.startswith("--") or re.search(rf"{option}\b", written), (
                f"{name} {option}"
            )


def test_mapping_page_is_as_built() -> None:
    command = [sys.executable, str(ROOT / "tools" / "build_mapping_page.py")]
    built = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout
    assert built.decode() == PAGE.read_text("utf-8")


@pytest.mark.parametrize("name", ["labels", "links"])
def test_page_is_as_built(name: str) -> None:
    command = [sys.executable, str(ROOT / "tools" / f"build_{name}_page.py")]
    built = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout
    assert built.decode() == (ROOT / "docs" / f"{name}.md").read_text("utf-8")


def test_mapping_page_has_every_class_with_every_key_in_use() -> None:
    setting = prepare([ROOT / "data"])
    items = [linked(setting, sourced.record) for sourced in read([ROOT / "data"])]
    nodes = [
        node
        for item in items
        for node in (item.node, *(node for _, inner in item.graphs for node in inner))
    ]
    nodes += setting.reference.nodes(
        link.target for node in nodes for link in setting.mapper.links(node)
    )
    nodes += run_nodes(
        setting.dataset, RunFacts("graph:run#activity-1", "1", "2026-01-01T00:00:00Z"), ["src:0"]
    )
    above = Graph().parse(resources.ONTOLOGY).triples((None, RDFS.subClassOf, None))
    classes = {name: {name} for name in setting.mapper.terms.classes}
    for lower, _, upper in above:
        classes[str(lower).rsplit("#")[-1]].add(str(upper).rsplit("#")[-1])
    listed = {key: set(cell.split(", ")) for cell, key, *_ in rows("Keys")}
    used = {pair for node in nodes for pair in pairs(node)}
    assert len(used) > 80
    assert [pair for pair in used if not classes[pair[0]] & listed[pair[1]]] == []
    assert listed.keys() == setting.mapper.terms.properties.keys()


def test_every_constraint_and_issue_is_listed() -> None:
    shapes = Graph()
    for text in resources.texts_in(resources.SHAPES, ".ttl").values():
        shapes.parse(data=text, format="turtle")
    numbers = {str(number) for number in shapes.objects(None, DCTERMS.identifier)}
    table = rows("Constraints")
    assert (
        {row[0] for row in table} - {"–"} == numbers >= {f"C{number:02}" for number in range(1, 48)}
    )
    assert {
        row[3].removeprefix("issue ") for row in table if row[3].startswith("issue ")
    } == KINDS.keys()
    by_note = {
        str(n)
        for shape, n in shapes.subject_objects(DCTERMS.identifier)
        if "#anomaly-" in str(shape)
    }
    severities = {
        (row[0], row[1]) for row in table if row[3].startswith("issue ") and row[0] in by_note
    }
    assert severities == {
        (
            str(number),
            str(shapes.value(shape, URIRef("http://www.w3.org/ns/shacl#severity"))).rpartition("#")[
                2
            ],
        )
        for shape, number in shapes.subject_objects(DCTERMS.identifier)
        if "#anomaly-" in str(shape)
    }


@pytest.mark.parametrize("page", PAGES)
def test_rules_that_are_named_are_there(page: str) -> None:
    stems = "|".join(path.stem for path in (ROOT / "shapes").glob("*.ttl"))
    text = (ROOT / page).read_text("utf-8")
    named = re.findall(rf"(?:(?<=`)|(?<=\w\[))(?:{stems})/[a-z-]+(?=[`\]])", text)
    known = {rule.name for rule in rules()}
    assert [name for name in named if name not in known] == []


def test_the_readme_has_every_schema_and_the_options_of_its_main_commands() -> None:
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    rows = {line[3:].partition(" ")[0].strip("`"): line for line in lines if line.startswith("| `")}
    assert "[" + "\\|".join(get_args(SchemaName)) + "]" in rows["schema"]
    commands: Mapping[str, Any] = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
    for name in ("publish", "validate", "query"):
        options = {option for one in commands[name].params for option in one.opts}
        lacking = [one for one in options if not re.search(rf"`{one}\b", rows[name])]
        assert [one for one in lacking if one.startswith("--")] == [], name


def test_the_fast_tests_are_there_and_the_readme_says_how_to_run_them() -> None:
    files = (ROOT / "tests" / "fast.txt").read_text("utf-8").split()
    assert len(files) >= 20
    assert all((ROOT / file).is_file() for file in files)
    (command,) = re.findall(r"pytest (-m fast)", (ROOT / "README.md").read_text("utf-8"))
    few = [sys.executable, "-m", "pytest", *command.split(), "--collect-only", "-q", "tests/model"]
    done = subprocess.run(few, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "test_text.py" in done.stdout, done.stdout
    assert "test_glossary.py" not in done.stdout


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    for path, _, heading in re.findall(r"\]\(([^)#:\s]*)(#?)([^):\s]*)\)", _prose(text)):
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), path
        assert not heading or heading in _anchors(target), heading


@pytest.mark.parametrize("page", PAGES)
def test_files_that_are_named_are_there(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    named = re.findall(
        r"(?<![\w./-])(?:src|tests|tools|bench|fuzz(?!/findings))/[\w./{},*-]*[\w}/*]", text
    )
    gone = [path for path in _spelled_out(named) if not list(ROOT.glob(path.rstrip("/")))]
    assert gone == []


def test_pages_on_the_shelf_are_all_in_the_guide() -> None:
    guide = (ROOT / "docs" / "README.md").read_text("utf-8")
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"README.md"}
    assert {page for page in pages if f"({page})" not in guide} == set()


def test_decisions_have_one_form() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    for number, path in enumerate(decisions, 1):
        text = path.read_text("utf-8")
        assert text.startswith(f"# {number:04} "), path.name
        assert path.name.startswith(f"{number:04}-")
        assert re.search(r"\n\n\*\*Status:\*\* (accepted|superseded by).*\b2026-\d\d-\d\d", text)
        assert re.findall(r"(?m)^## (.*)$", text) == ["Context", "Decision", "Consequences"]


def _prose(text: str) -> str:
    """The text without its code."""
    return re.sub(r"(?ms)^```.*?^```|`[^`\n]*`", "", text)


def _anchors(page: Path) -> set[str]:
    """The anchors of a page's headings."""
    heads = re.findall(r"(?m)^#+ (.*)$", page.read_text("utf-8"))
    bare = (re.sub(r"[^\w\s-]", "", head.replace("`", "")).strip().lower() for head in heads)
    return {re.sub(r"\s", "-", head) for head in bare}


def _spelled_out(paths: Iterable[str]) -> Iterator[str]:
    """Paths, `{a,b}` in them written out."""
    for path in paths:
        start, brace, rest = path.partition("{")
        inner, _, end = rest.partition("}")
        yield from (f"{start}{one}{end}" for one in inner.split(",")) if brace else [path]
