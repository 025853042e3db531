"""The page on the pages knows the colours and the components of their style."""

import re

from support.command import ROOT

STYLE = (ROOT / "src/idfgraph/exports/site/style.css").read_text("utf-8")
TOLD = (ROOT / "docs/site.md").read_text("utf-8")


def test_every_colour_is_told_of_and_has_a_dark_form() -> None:
    names = re.findall(r"(--[a-z0-9-]+): ?#", STYLE)
    light = names[: len(names) // 2] if names.count("--text") == 2 else sorted(set(names))
    assert light
    for name in light:
        assert f"`{name}`" in TOLD, name
        assert names.count(name) >= 2, name


def test_no_rule_names_a_colour_of_its_own() -> None:
    rules = re.sub(r":root \{[^}]*\}", "", STYLE)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsl", rules)


def test_what_is_told_of_is_there() -> None:
    components = set(re.findall(r"`\.([a-z0-9-]+)`", TOLD))
    assert {"facts", "bars-table", "notes"} <= components
    assert {name for name in components if f".{name}" not in STYLE} == set()
