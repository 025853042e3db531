"""Questions take what people write: names, codes and ids in any case and language; and say what is
wrong in words.
"""

import pytest
from pyoxigraph import Store

from idfgraph.model.errors import BadQuery
from idfgraph.query.answer import Answerer
from idfgraph.query.faults import in_words
from idfgraph.query.meant_values import understood
from idfgraph.query.question import to_question

QUESTION = to_question(
    "q", "# param state: st: a state\n# param project: prj: a project\n# param lang: lang: x"
)
KNOWN = {"prj:PX.0220", "prj:V47-805"}


@pytest.mark.parametrize(
    "written",
    ["Moldova", "moldavie", "MOLDAVIA", "mda", "MD", "st:MDA", "ST:mda", "Republic of Moldova"],
)
def test_a_state_is_taken_as_it_is_written(written: str) -> None:
    assert understood(QUESTION, {"state": written}, KNOWN.__contains__) == {"state": "MDA"}


@pytest.mark.parametrize("written", ["PX.0220", "px.0220", "px 0220", "PX0220", "prj:PX.0220"])
def test_a_project_is_taken_as_it_is_written(written: str) -> None:
    assert understood(QUESTION, {"project": written}, KNOWN.__contains__) == {"project": "PX.0220"}


@pytest.mark.parametrize("written", ["fr", "FR", "français", "French", "francés"])
def test_a_language_is_taken_as_it_is_written(written: str) -> None:
    assert understood(QUESTION, {"lang": written}, KNOWN.__contains__) == {"lang": "fr"}


@pytest.mark.parametrize(
    ("written", "said"),
    [("Albanja", "did you mean Albania (ALB)"), ("Syldavie", "give a name or a code, as MDA")],
)
def test_a_state_that_is_none_is_told_with_the_nearest(written: str, said: str) -> None:
    with pytest.raises(BadQuery, match="no such state") as refused:
        understood(QUESTION, {"state": written}, KNOWN.__contains__)
    assert said in str(refused.value)


def test_what_is_no_name_is_left_to_the_form_of_the_parameter() -> None:
    assert understood(QUESTION, {"state": "ALB } #"}, KNOWN.__contains__) == {"state": "ALB } #"}


def test_prefixes_of_a_release_need_no_declaration() -> None:
    answerer = Answerer(Store(), {"idf": "https://example.org/"}, 10)
    assert answerer.table("SELECT ?p { ?p a idf:Project }").rows == ()
    with pytest.raises(BadQuery, match="line 2, column 6: the prefix “foo:” is not declared"):
        answerer.table("SELECT ?p {\n?p a foo:Project }")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELEC ?p {}", "at line 1, column 1: it cannot be read from “SELEC” on: SELEC ?p {}"),
        ("ASK { ?s ?p }", "from “}” on"),
        ("DELETE WHERE { ?s ?p ?o }", "begins an update"),
    ],
)
def test_a_query_that_cannot_be_read_is_told_in_words(query: str, said: str) -> None:
    with pytest.raises(SyntaxError) as refused:
        Store().query(query)
    told = in_words(query, str(refused.value))
    assert said in told
    assert "expected" not in told
