"""Services and graphs are found wherever the engine would find them, and nowhere else."""

from itertools import product

import pytest
from pyoxigraph import Store

from idfgraph.query.ask import questions
from idfgraph.query.clauses import clauses_of

#: What may stand right before the keyword, and what right after it.
BEFORE = [
    "",
    "FILTER(1<5)",
    "BIND(1 AS ?a)",
    "?s ?p 1.",
    "?s ?p 1",
    "?s ?p true",
    "?s ?p 'a'.",
    "?s ?p <x:#a>.",
    "?s ?p x:\\#.",
    "?s ?p x:\\'.",
    "{}",
    "#a'\n",
    "#a\r",
    "?s ?p '''a'b''c#'''.",
    '?s ?p """a"b\\"#""".',
    "?s ?p '\\'#'.",
    "?s x:p?/x:q ?o.",
    "?s ?p <\\u0078:#>.",
    "?s ?p (1).",
    "FILTER(?a<?b)",
    "FILTER(?a<?b&&'>'='#')",
    "OPTIONAL{}",
    "?s ?p <x:'#>. FILTER(?a<?b&&'>'='#')",
    "FILTER(?a<5#>'''\n)",
]
AFTER = [
    "<{}>",
    " <{}>",
    "#>\n<{}>",
    "x:",
    " x:y",
    " silent <{}>",
    "?s",
    "#'\r <{}>",
    " x:y#a b\n",
    "x:a\u0301",
]


@pytest.mark.parametrize("before", BEFORE)
def test_a_service_is_found_wherever_the_engine_finds_it(before: str) -> None:
    """Whatever stands around it: what the engine can read would call the service."""
    address, read = "http://127.0.0.1:9/", 0
    for after, keyword in product(AFTER, ("SERVICE", "service", "Service")):
        call = f"{keyword}{after.format(address)}{{}}"
        query = f"PREFIX x: <{address}>\nSELECT * {{{before}{call}}}"
        try:
            Store().query(query)
        except SyntaxError:
            continue
        except (OSError, RuntimeError):
            pass
        read += 1
        assert clauses_of(query).calls_service, query
    assert read


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p 'SERVICE' } # SERVICE {} of the Fund",
        "PREFIX x: <http://example.org/service/> SELECT * { ?s x:service x:a {} }",
        "SELECT ('SERVICE <http://127.0.0.1:9/> {}' AS ?x) {}",
        "ASK { ?s ?p ?o } # SERVICE <http://127.0.0.1:9/> {}",
        "SELECT * { ?s <x:service> \"\"\"\nSERVICE\"\"\", '''SERVICE''' GRAPH <x:service/a:b> {} }",
    ],
)
def test_a_word_is_no_service(query: str) -> None:
    Store().query(query)
    assert not clauses_of(query).calls_service


def test_no_question_that_ships_calls_one() -> None:
    assert not any(clauses_of(question.text).calls_service for question in questions())


@pytest.mark.parametrize(
    ("query", "graphs"),
    [
        ("SELECT * { ?s ?p ?o }", ()),
        ("SELECT*FROM<a>FROM NAMED<b>{ GRAPH ?g {} }", ("<a>", "<b>")),
        ("BASE <x:> SELECT * from <a> From\n#c\nNamed\t<#b> {}", ("<a>", "<#b>")),
        ("PREFIX ask: <x:> ASK FROM ask:a FROM ask:a {}", ("ask:a",)),
        ("PREFIX : <x:> DESCRIBE :z FROM :a FROM NAMED :", (":a", ":")),
        (
            "CONSTRUCT { ?s ?p 'FROM <a>' } FROM <\\u0078:a> { ?from ?p ?o } #FROM <b>",
            ("<\\u0078:a>",),
        ),
        ("PREFIX from: <x:> CONSTRUCT { ?s from:p from:q } { ?s from:p 1 }", ()),
    ],
)
def test_the_graphs_that_a_query_chooses(query: str, graphs: tuple[str, ...]) -> None:
    store = Store()
    if "FROM NAMED :" not in query:
        store.query(query, base_iri="x:")
    clauses = clauses_of(query)
    assert clauses.graphs == graphs
    for graph in graphs:
        store.query(f"{clauses.prologue} ASK {{ GRAPH {graph} {{}} }}", base_iri="x:")


@pytest.mark.parametrize(
    "text", ["a", "<", "'", '"', "?", "a:", "'''", "\\", "#", "service ", "a.", "@a", "FROM "]
)
def test_long_texts_take_no_time(text: str) -> None:
    """A million characters: quadratic time would not end."""
    assert not clauses_of(text * (1_000_000 // len(text))).calls_service
