"""Plans write of a node what the plain writer writes, or refuse what it refuses."""

import os
import pickle
from collections.abc import Iterator, Sequence
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.generated import MARKS, Node, nodes

import idfgraph
from idfgraph.graph.lines import lines_of, settled
from idfgraph.graph.mapping import Mapper, compile_context
from idfgraph.model.errors import BadMapping
from idfgraph.system import resources

FULL = os.environ.get("IDFGRAPH_FULL") == "1"
MAPPER = compile_context(resources.CONTEXT.read_text("utf-8"))
GRAPHS = ("", "graph:source/0123456789abcdef", "https://example.org/g#a", "graph:", "no graph")

#: What stands where something else is meant.
ODD: tuple[Any, ...] = (
    *(None, 5, 4.5, True, "", " ", "#", "a#b", "prj:", "prj:X#", "prj:X#a#b", "prj:X#é", "idf:X"),
    *("code:x#y", "idf:X#y", "https://example.org:port/#a", "urn:uuid:0", "_:b", "prj:a%", "type"),
    *("https://example.org", "http://example.org/..", "https://example.org:80/a", "prj:/a"),
    *("prj://a", "https://", "http://a", "graph:source/x", "prj:x/y//z", "foaf:", "xsd:a b"),
    *("https://example.org/a#", "https://example.org/a#b#c", "http:/a", "http://é/", "prj:a b"),
    *("\x7f", "\x0b", "C:\\users", "\\u0000", "\\", '"', "a\n\\\x1f", "x" * 5_000 + "\x01"),
    *("Project", "title", "2021", "-1", "\ud83d", "é\x7f\x00\u2028\\u0041\\", "\n\r", *MARKS),
    *([], {}, [[]], [{}], ["a", "a"], ["b", "a"], [None], ["a", 5], ("a",), ("prj:a",)),
    *({"fr": []}, {"fr": ["b", "a"]}, {"fr": None}, {"fr": {"a": "b"}}, {"français": "a"}),
    *({"fr": ["a", "a"], "en": []}, {"fr": ["a", None]}, {None: "a"}, {"fr": "\x7f"}, {1: "a"}),
    *({"fr": "a", "en": "a"}, [{"fr": "a"}], {"id": "prj:Y"}, [{"id": "prj:Y"}, "prj:Y"]),
    *({"id": 5, "type": "Project"}, {"type": "Phase"}, {"id": "prj:Y", "title": {"en": "a"}}),
    *({"@value": "x"}, [{"@value": "x"}, {"@value": "x"}], {"@value": ["x"]}, {"@value": 5}),
    *({"@language": "fr", "@value": "x"}, {"@value": "x", "@language": "FR"}, {"@value": "\x01"}),
    *({"@value": "x", "@language": ["fr"]}, {"@value": 5, "@language": "fr"}),
    *({"@value": "x", "@type": 5}, {"@value": "x", "@type": "xsd:gYear"}),
    *({"@value": ["x"], "@type": "xsd:gYear"}, {"@value": 5, "@type": "xsd:gYear"}),
    *({"@value": "x", "@type": "xsd:gYear", "@language": "fr"}, {"@value": "1", "@type": "#"}),
    *({"@value": "2021", "@type": "xsd:gYear"}, {"@value": "x", "id": "prj:Z"}),
)

#: Keys that a value may stand under instead of its own.
KEYS = (*MAPPER.terms.properties, "sorce", "@type", "Project")


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Everything in a node that something else can be put in place of: where it is, and its key."""
    if isinstance(value, dict | list):
        for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
            yield value, key
            yield from places(inner)


def mutated(node: Node, chance: Random) -> Node:
    """The node with one to three faults, or rare things, in it."""
    faulty = deepcopy(node)
    for _ in range(chance.randint(1, 3)):
        where, key = chance.choice([*places(faulty)] or [({"": ""}, "")])
        way = chance.randrange(5)
        if way == 0:
            del where[key]
        elif way == 1 and isinstance(where, dict):
            where[chance.choice(KEYS)] = where[key]
        elif way == 2:
            where[key] = [where[key], deepcopy(where[key])]
        else:
            where[key] = deepcopy(chance.choice(ODD))
    return faulty


def plainly(node: Node, graph: str) -> list[str] | str:
    """The lines of a node as the plain writer writes them, in order, or why it refuses."""
    try:
        return sorted({*MAPPER.quads(node, graph)})
    except BadMapping as error:
        return str(error)


def planned(node: Node, graph: str) -> list[str] | str:
    """The same by plans, each block looked at."""
    try:
        blocks = MAPPER.blocks([node], graph)
    except BadMapping as error:
        return str(error)
    for block in blocks:
        lines = block.splitlines(keepends=True)
        assert lines == sorted({*lines})
        assert len({line.partition(b" ")[0] for line in lines}) == 1
    return list(lines_of(settled(sorted(blocks))))


@settings(
    max_examples=5_000 if FULL else 30,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(nodes(MAPPER.terms), st.sampled_from(GRAPHS), st.integers(0, 2**32))
def test_plans_write_what_the_plain_writer_writes_or_refuses(
    node: Node, graph: str, seed: int
) -> None:
    chance = Random(seed)
    for one in (node, *(mutated(node, chance) for _ in range(20))):
        assert planned(one, graph) == plainly(one, graph)


@pytest.mark.parametrize("odd", [ODD, ODD[::-1]], ids=["forwards", "backwards"])
def test_what_was_written_before_changes_nothing(odd: Sequence[Any]) -> None:
    """Each key has each value, one after the other, though plans are kept."""
    for key in ("type", *KEYS):
        for value in odd:
            for node in ({"id": "prj:X", key: value}, {key: [value, "a"], "id": value}):
                assert planned(node, "") == plainly(node, "")


def test_a_node_without_a_name_or_a_value_is_what_the_plain_writer_makes_of_it() -> None:
    nameless: tuple[Node, ...] = ({"title": {"fr": "a"}}, {"type": "Project", "status": "active"})
    for node in (*nameless, {"id": "prj:X"}, {}):
        assert planned(node, "") == plainly(node, "")


def test_keys_of_one_predicate_are_left_to_the_plain_writer() -> None:
    terms = '"id": "@id", "type": "@type", "ex": "http://example.org/", "a": "ex:p", "b": "ex:p"'
    mapper = compile_context('{"@context": {' + terms + "}}")
    lines = [b'<http://example.org/x> <http://example.org/p> "%d" .\n' % n for n in (1, 2)]
    assert mapper.blocks([{"id": "ex:x", "a": "2", "b": "1"}]) == [b"".join(lines)]
    with pytest.raises(BadMapping):
        mapper.blocks([{"a": "2", "b": "1"}])


def test_records_need_the_plain_writer_for_nothing() -> None:
    """Nor do lists of what the context says has one value, which documents of others show."""
    mapper = pickle.loads(pickle.dumps(MAPPER))
    assert isinstance(mapper, Mapper)
    mapper.quads = None  # type: ignore[method-assign,assignment]
    for record in idfgraph.read("data"):
        item = idfgraph.resolve(record)
        for graph, inner in (("", (item.node,)), *item.graphs):
            assert mapper.blocks(inner, graph)
            texts = [(key, node[key]) for node in inner for key in {*node} - {"id", "type"}]
            for key, value in texts:
                if isinstance(value, str):
                    assert mapper.blocks([{"id": "prj:X", "type": "Project", key: [value]}], graph)
