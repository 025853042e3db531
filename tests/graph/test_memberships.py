"""Memberships: as they are written, what is wrong with them, and what they say of a day."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from idfgraph.graph.resolve import Reference
from idfgraph.model.errors import BadRecord
from idfgraph.model.nodes import Node, parts_of
from idfgraph.sources.reference_files import read_reference
from idfgraph.system import resources

TOOLS = Path(__file__).parents[2] / "tools"


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference(read_reference(resources.REFERENCE))


def memberships(reference: Reference, state: str) -> list[Node]:
    """The memberships of a state as they are published."""
    node = next(node for node in reference.nodes([state]) if node["id"] == state)
    return parts_of(node, "membership")


@pytest.mark.parametrize(
    ("state", "day", "expected"),
    [
        ("st:POL", "2004-04-30", False),
        ("st:POL", "2004-05-01", True),
        ("st:GBR", "1972-12-31", False),
        ("st:GBR", "2020-01-31", True),
        ("st:GBR", "2020-02-01", False),
        ("st:HRV", "2013-06-30", False),
        ("st:HRV", "2013-07-01", True),
        ("st:MDA", "2026-01-01", False),
        ("st:VUT", "2026-01-01", False),
        ("st:none", "2026-01-01", False),
    ],
)
def test_membership_is_asked_of_a_day(
    reference: Reference, state: str, day: str, *, expected: bool
) -> None:
    assert reference.is_in_eu(state, day) is expected


def test_the_union_has_as_many_members_as_on_each_day(reference: Reference) -> None:
    states = [id_ for id_ in reference.ids() if id_.startswith("st:")]
    sizes = {
        "1958-01-01": 6, "1973-01-01": 9, "1981-01-01": 10, "1986-01-01": 12, "1995-01-01": 15,
        "2004-05-01": 25, "2007-01-01": 27, "2013-07-01": 28, "2020-01-31": 28, "2020-02-01": 27,
    }  # fmt: skip
    assert sizes == {day: sum(reference.is_in_eu(one, day) for one in states) for day in sizes}


def test_a_membership_is_a_part_of_its_state_with_who_says_so(reference: Reference) -> None:
    assert memberships(reference, "st:GBR") == [
        {
            "id": "st:GBR#membership-eu",
            "type": "Membership",
            "organization": "ag:eu",
            "memberFrom": "1973-01-01",
            "memberUntil": "2020-01-31",
            "evidence": ["https://europa.eu/european-union/about-eu/countries_en?country=ES"],
        }
    ]


def test_what_states_belong_to_is_published_with_them(reference: Reference) -> None:
    assert {"ag:eu", "ag:iom"} <= reference.closure(["st:POL", "st:VUT"])


def test_memberships_are_those_looked_up() -> None:
    rows = yaml.safe_load((TOOLS / "reference.yaml").read_text("utf-8"))["memberships"]
    looked_up = {
        (row["id"], row["organization"], row["memberFrom"], row.get("memberUntil")) for row in rows
    }
    entries = read_reference(resources.REFERENCE).entries
    assert looked_up == {
        (entry.id, each.organization, each.member_from, each.member_until)
        for entry in entries
        for each in entry.membership
    }
    assert len(looked_up) == len(rows)


EU = {"organization": "ag:eu", "memberFrom": "2004-05-01"}


def desk(folder: Path, **fields: Any) -> list[Path]:
    """The folders of a desk whose own states are two that do not ship, the second with these
    fields.
    """
    lines = (
        {"id": "st:XAL", "type": "State", "prefLabel": {}},
        {"id": "st:XPO", "type": "State", "prefLabel": {}, **fields},
    )
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (folder / "states.jsonl").write_text(text, encoding="utf-8")
    return [folder, resources.REFERENCE]


def test_undated_membership_counts_on_any_day(tmp_path: Path) -> None:
    folders = desk(tmp_path, membership=[{"organization": "ag:eu"}])
    reference = Reference(read_reference(*folders))
    assert reference.is_in_eu("st:XPO", "1900-01-01")
    assert reference.is_in_eu("st:XPO", "2100-01-01")
    (part,) = memberships(reference, "st:XPO")
    assert part.keys() == {"id", "type", "organization"}


def test_a_source_may_be_an_address(tmp_path: Path) -> None:
    page = "https://example.org/members"
    folders = desk(tmp_path, membership=[EU | {"sources": [page]}])
    (part,) = memberships(Reference(read_reference(*folders)), "st:XPO")
    assert part["evidence"] == [page]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"memberOf": ["ag:eu"]}, 'memberOf: has no days; write "membership"'),
        ({"membership": [EU | {"memberUntil": "2004-04-30"}]}, "membership #1: ends on 2004-04-30"),
        (
            {"membership": [EU | {"memberFrom": "2004-02-30"}]},
            " #1, memberFrom: “2004-02-30” is in no",
        ),
        ({"membership": [EU | {"memberFrom": "2004"}]}, "membership #1, memberFrom: "),
        ({"membership": [EU | {"organization": "eu"}]}, "membership #1, organization: "),
        ({"membership": [EU | {"organization": "ag:nowhere"}]}, "membership #1, organization: is "),
        (
            {"membership": [EU | {"sources": ["nobody"]}]},
            "membership #1, sources: names the source",
        ),
        ({"membership": [EU, EU]}, "has 2 memberships in ag:eu; keep one"),
    ],
)
def test_a_membership_that_cannot_be_used_is_told_with_its_place(
    tmp_path: Path, fields: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadRecord) as caught:
        read_reference(*desk(tmp_path, **fields))
    line = str(caught.value)
    assert line.startswith(f"{tmp_path / 'states.jsonl'}:2:")
    assert said in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        ("concepts.jsonl", {"inScheme": ["code:nosuch"]}, "inScheme: is code:nosuch, which is no"),
        ("concepts.jsonl", {"broader": ["code:type-no"]}, "broader: is code:type-no, which is no"),
        ("states.jsonl", {"id": "st:ZZZ"}, "st:ZZZ is no entry that ships; write the id of"),
        ("organisations.jsonl", {"unitOf": ["ag:nosuch"]}, "unitOf: is ag:nosuch, which is no"),
        ("region-exceptions.jsonl", {"state": "st:ZZZ"}, "state: is st:ZZZ, which is no entry"),
        ("region-exceptions.jsonl", {"region": "code:no"}, "region: is code:no, which is no entry"),
        ("phrases.jsonl", {"words": "[a]"}, "fits where no word stands; leave one word outside"),
        ("phrases.jsonl", {"words": "([a]|of) [b]"}, "fits where no word stands"),
        ("phrases.jsonl", {"words": "~ [with] (a [b]|[c])"}, "fits where no word stands"),
    ],
)
def test_a_line_that_leads_nowhere_is_told_with_its_place(
    tmp_path: Path, file: str, line: dict[str, Any], said: str
) -> None:
    name = {"en": {"text": "Xanadu Dance"}}
    forms: dict[str, dict[str, Any]] = {
        "concepts.jsonl": {"id": "code:type-xd", "type": "Concept", "prefLabel": name},
        "states.jsonl": {"type": "State", "altLabel": {"en": [{"text": "Xanadu"}]}},
        "organisations.jsonl": {"id": "ag:xd", "type": "Organization", "prefLabel": name},
        "region-exceptions.jsonl": {
            "state": "st:ALB",
            "region": "code:region-africa",
            "page": "https://example.org/a",
        },
        "phrases.jsonl": {"lang": "en", "says": "support", "at": "before", "words": "helped by"},
    }
    (tmp_path / file).write_text(json.dumps(forms[file] | line) + "\n", "utf-8")
    with pytest.raises(BadRecord) as caught:
        read_reference(tmp_path, resources.REFERENCE)
    assert str(caught.value).startswith(f"{tmp_path / file}:1:") and said in str(caught.value)
    (tmp_path / file).write_text(json.dumps({"id": "st:ALB", **forms[file]}) + "\n", "utf-8")
    if file in {"concepts.jsonl", "states.jsonl", "organisations.jsonl"}:
        read_reference(tmp_path, resources.REFERENCE)
