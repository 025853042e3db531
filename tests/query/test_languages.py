"""What is said in another language than the one asked for is told in that one: no question loses a
row or a name to a language, and all fall back by the rule of `chosen`.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from idfgraph.model.text import LANGUAGES, chosen
from idfgraph.query.question import Question, read_question

QUERIES = Path(__file__).parents[2] / "queries"

#: Questions in a language: those that have words of the data, which is all but one.
IN_A_LANGUAGE = [
    question
    for question in map(read_question, sorted(QUERIES.glob("*.rq")))
    if any(each.kind == "lang:" for each in question.parameters)
    and question.name != "not-published"
]

#: Names of a state, from which some are taken away.
NAMES = {"en": "Albania", "fr": "Albanie", "es": "La Albania", "de": "Albanien"}


def kept(quads: Iterable[Quad], language: str) -> Iterator[Quad]:
    """Quads with their texts in one language where there is a text in it, else in the last one."""
    texts: dict[tuple[object, ...], dict[str, Quad]] = {}
    for quad in quads:
        text = quad.object
        if isinstance(text, Literal) and text.language:
            told = texts.setdefault((quad.subject, quad.predicate, quad.graph_name), {})
            told[text.language] = quad
        else:
            yield quad
    for told in texts.values():
        yield told.get(language) or told[max(told)]


def rows(store: pyoxigraph.Store, question: Question, language: str) -> list[tuple[bool, ...]]:
    """Which cells of an answer are filled, row by row."""
    found = store.query(question.with_values({"lang": language}))
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return sorted(tuple(cell is not None for cell in row) for row in found)


def stored(quads: Iterable[Quad]) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.extend(quads)
    return store


def test_questions_in_a_language_are_collected() -> None:
    assert len(IN_A_LANGUAGE) == 20


@pytest.mark.parametrize("has", LANGUAGES)
def test_no_question_loses_what_is_said_in_another_language(published: Path, has: str) -> None:
    data = list(parse(path=str(published / "data" / "idf.nq"), format=RdfFormat.N_QUADS))
    whole, one = stored(data), stored(kept(data, has))
    for question in IN_A_LANGUAGE:
        told = {language: rows(one, question, language) for language in LANGUAGES}
        filled = any(map(all, rows(whole, question, has)))
        assert all(any(map(all, each)) == filled for each in told.values()), question.name
        if question.name != "names-of-states":
            assert set(map(tuple, told.values())) == {tuple(rows(whole, question, has))}


@pytest.mark.parametrize("question", IN_A_LANGUAGE, ids=lambda question: question.name)
def test_questions_choose_a_language_as_all_else_does(question: Question) -> None:
    """The order of languages is that of `chosen`, whatever a question asks about."""
    body = question.text
    for chain in re.findall(r"COALESCE\(([^()]*(?:asked)[^()]*)\)", body):
        names = [name.strip(" ?").rpartition("_")[2] for name in chain.split(",")]
        assert names[:4] == ["asked", *LANGUAGES]
    assert "COALESCE(?" in body
    assert not re.search(r"^(?!.*asked).*\) = \?lang\)", body, re.MULTILINE)


@pytest.mark.parametrize("gone", [(), ("fr",), ("fr", "en"), ("fr", "en", "es")])
def test_a_title_is_told_as_chosen_tells_it(gone: tuple[str, ...]) -> None:
    said = {tag: name for tag, name in NAMES.items() if tag not in gone}
    project = NamedNode("https://w3id.org/iom-idf/id/project/PX.0220")
    title = NamedNode("http://purl.org/dc/terms/title")
    state = NamedNode("https://w3id.org/iom-idf/id/state/MDA")
    benefits = NamedNode("https://w3id.org/iom-idf/def#benefitingState")
    data = [Quad(project, title, Literal(name, language=tag)) for tag, name in said.items()]
    question = read_question(QUERIES / "beneficiary-projects.rq").with_values({"lang": "fr"})
    found = stored([*data, Quad(project, benefits, state)]).query(question)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    assert [row["title"].value for row in found] == [chosen(said, "fr")[0]]
