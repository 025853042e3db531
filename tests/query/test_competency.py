"""The competency queries give the answers worked out by hand, alike in rdflib and in Oxigraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

Rows = list[dict[str, str]]
Engine = Callable[[Path, str], Rows]

HERE = Path(__file__).parents[1] / "data"
QUERIES = {path.stem: path for path in sorted((HERE.parents[1] / "queries").glob("*.rq"))}
EXPECTED = {path.stem: path for path in sorted((HERE / "competency").glob("*.tsv"))}
DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"
LOCAL = re.compile(
    r"https://w3id\.org/iom-idf/(?:id/[a-z]+/|code/)|http://metadata\.un\.org/sdg/codes/geoArea/"
)
TEXT = re.compile(r"# (title|description)@(en|fr|es): \S.*")
QUESTION = re.compile(r"# question: ([1-9][0-9]?)")
PARAM = re.compile(r"# param ([a-z]+): (st:|prj:|prg:|code:|year:|lang:) \S.*")
TERMS = {
    "st:": r"st:\S+",
    "prj:": r"prj:\S+",
    "prg:": r"prg:\S+",
    "code:": r"code:\S+",
    "year:": r"\d{4}",
    "lang:": r'"[a-z]{2}"',
}
PREFIX = re.compile(r"^PREFIX ([a-z]+): <\S+>$", re.MULTILINE)
BARE_PROJECT = """\
<urn:p> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/iom-idf/def#Project> .
<urn:c> <http://www.w3.org/2004/02/skos/core#prefLabel> "A concept of no project"@en .
"""


def cell(lexical: str, datatype: str = "") -> str:
    """A term as the expected tables write it: local names, amounts to the cent."""
    return f"{Decimal(lexical):.2f}" if datatype == DECIMAL else LOCAL.sub("", lexical)


@cache
def rdflib_data(path: Path) -> rdflib.Dataset:
    """The dump in rdflib; plain patterns see the default graph only."""
    dataset = rdflib.Dataset()
    dataset.parse(path, format="nquads")
    return dataset


@cache
def oxigraph_data(path: Path) -> pyoxigraph.Store:
    """The dump in Oxigraph."""
    store = pyoxigraph.Store()
    store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS)
    return store


def ask_rdflib(path: Path, query: str) -> Rows:
    """The answer of rdflib, one dict a row; an unbound variable is an empty cell."""
    result = rdflib_data(path).query(query)
    names = [str(variable) for variable in result.vars or []]
    return [
        {name: rdflib_cell(row.get(rdflib.Variable(name))) for name in names}
        for row in result.bindings
    ]


def rdflib_cell(term: rdflib.term.Identifier | None) -> str:
    """One cell of an rdflib answer."""
    datatype = term.datatype if isinstance(term, rdflib.Literal) else None
    return "" if term is None else cell(str(term), str(datatype or ""))


def ask_oxigraph(path: Path, query: str) -> Rows:
    """The answer of Oxigraph, in the same form."""
    result = oxigraph_data(path).query(query)
    assert isinstance(result, pyoxigraph.QuerySolutions)
    names = [variable.value for variable in result.variables]
    return [{name: oxigraph_cell(row[name]) for name in names} for row in result]


def oxigraph_cell(term: object) -> str:
    """One cell of an Oxigraph answer."""
    if isinstance(term, pyoxigraph.Literal):
        return cell(term.value, term.datatype.value)
    return cell(term.value) if isinstance(term, pyoxigraph.NamedNode) else ""


def table(path: Path) -> tuple[list[str], Rows]:
    """Columns and rows of an expected answer; it may leave out columns whose text is not ours to
    fix.
    """
    header, *lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    columns = header.split("\t")
    return columns, [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]


def only(columns: Iterable[str], rows: Rows) -> Rows:
    """The rows cut to these columns, in order, each once."""
    keys = list(columns)
    cut = dict.fromkeys(tuple(row[key] for key in keys) for row in rows)
    return [dict(zip(keys, values, strict=True)) for values in cut]


def read(name: str) -> str:
    """The text of a query."""
    return QUERIES[name].read_text(encoding="utf-8")


def header(name: str) -> list[str]:
    """The comment lines before the query."""
    return read(name).partition("\n\n")[0].splitlines()


def params(name: str) -> dict[str, str]:
    """The parameters of a query and their kinds."""
    return {match[1]: match[2] for line in header(name) if (match := PARAM.fullmatch(line))}


def with_term(name: str, param: str, term: str) -> str:
    """The query with the one default term of a parameter replaced."""
    text, count = re.subn(
        rf"VALUES \?{param} {{ \S+ }}", f"VALUES ?{param} {{ {term} }}", read(name)
    )
    assert count == 1
    return text


pytestmark = pytest.mark.filterwarnings("ignore:Dataset.(default_context|contexts) is deprecated")
engines = pytest.mark.parametrize("ask", [ask_rdflib, ask_oxigraph])
queries = pytest.mark.parametrize("name", QUERIES)


@pytest.fixture
def dump(published: Path) -> Path:
    """The published N-Quads."""
    return published / "data" / "idf.nq"


def test_every_query_is_collected() -> None:
    assert len(QUERIES) >= 24
    assert QUERIES.keys() == EXPECTED.keys()


def test_questions_are_numbered_once() -> None:
    numbers = [
        int(match[1])
        for name in QUERIES
        for line in header(name)
        if (match := QUESTION.fullmatch(line))
    ]
    assert sorted(numbers) == list(range(1, 21))


@queries
def test_header_follows_its_grammar(name: str) -> None:
    lines = header(name)
    texts = [match.groups() for line in lines if (match := TEXT.fullmatch(line))]
    assert texts == [
        (kind, lang) for kind in ("title", "description") for lang in ("en", "fr", "es")
    ]
    assert all(pattern.fullmatch(line) for pattern, line in zip([TEXT] * 6, lines, strict=False))
    assert all(QUESTION.fullmatch(line) or PARAM.fullmatch(line) for line in lines[6:])


@queries
def test_parameters_stand_once_with_a_default_of_their_kind(name: str) -> None:
    for param, kind in params(name).items():
        assert (
            len(re.findall(rf"^ *VALUES \?{param} {{ {TERMS[kind]} }}$", read(name), re.MULTILINE))
            == 1
        )


@queries
def test_prefixes_are_those_used(name: str) -> None:
    body = PREFIX.sub("", read(name).partition("\n\n")[2])
    used = re.findall(r"(?<![\w:])([a-z]+):", re.sub(r'"[^"]*"|#.*', "", body))
    assert sorted(set(used)) == PREFIX.findall(read(name))


@queries
def test_ids_of_interventions_have_their_titles_beside(name: str) -> None:
    answer = pyoxigraph.Store().query(read(name))
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    shown = {variable.value for variable in answer.variables}
    assert "title" in shown or not {"project", "programme", "intervention"} & shown


@queries
def test_no_clock_and_a_fixed_order(name: str) -> None:
    assert not re.search(r"\b(NOW|RAND|UUID|SERVICE)\b", read(name))
    assert re.search(r"^(} )?ORDER BY .+\n\Z", read(name), re.MULTILINE)


@engines
@queries
def test_answers_are_those_worked_out_by_hand(dump: Path, ask: Engine, name: str) -> None:
    columns, expected = table(EXPECTED[name])
    assert only(columns, ask(dump, read(name))) == expected


@queries
def test_engines_agree(dump: Path, name: str) -> None:
    assert ask_rdflib(dump, read(name)) == ask_oxigraph(dump, read(name))


@engines
@queries
@pytest.mark.parametrize("data", ["", BARE_PROJECT])
def test_nothing_published_is_never_zero(tmp_path: Path, ask: Engine, name: str, data: str) -> None:
    (tmp_path / "idf.nq").write_text(data, encoding="utf-8")
    values = [value for row in ask(tmp_path / "idf.nq", read(name)) for value in row.values()]
    assert not {"0", "0.00"} & set(values)


@engines
@pytest.mark.parametrize(
    "name", ["budget-by-region", "budget-by-type", "coverage-of-projects", "project-results"]
)
def test_a_project_without_values_stays_one_row(tmp_path: Path, ask: Engine, name: str) -> None:
    (tmp_path / "idf.nq").write_text(BARE_PROJECT, encoding="utf-8")
    (row,) = ask(tmp_path / "idf.nq", read(name))
    assert {value for key, value in row.items() if key not in {"project", "projects"}} == {""}


@engines
@pytest.mark.parametrize(("year", "rows"), [(2024, 0), (2025, 1)])
def test_an_end_year_is_past_from_the_next_year_of_the_data(
    tmp_path: Path, dump: Path, ask: Engine, year: int, rows: int
) -> None:
    day = re.compile(r"(?<=def#asOf> \")\d{4}")
    text, count = day.subn(str(year), dump.read_text(encoding="utf-8"))
    (tmp_path / "idf.nq").write_text(text, encoding="utf-8")
    assert count
    assert len(ask(tmp_path / "idf.nq", read("active-past-end"))) == rows


@engines
def test_evidence_against_an_end_year_names_the_page(dump: Path, ask: Engine) -> None:
    page = "https://iom.int/project/support-participation-former-soviet-union-countries-soderkoping-process"
    rows = ask(dump, read("doubtful-end-years"))
    assert page in [row["evidence"] for row in rows if row["project"] == "W34-805"]
    assert all(row["reason"] for row in rows)


@engines
@pytest.mark.parametrize(
    ("name", "param", "term", "column", "values"),
    [
        ("beneficiary-projects", "state", "st:UKR", "intervention", ["W34-805"]),
        ("equal-share-of-budget", "state", "st:ALB", "share", ["49997.00"]),
        ("budget-source", "project", "prj:V47-805", "text", ["49997.00"]),
        ("programme-results", "programme", "prg:none", "count", []),
        ("mentioned-only-states", "lang", '"fr"', "label", ["Bélarus"]),
        (
            "budget-by-region",
            "lang",
            '"fr"',
            "label",
            ["Asie et Océanie", "Europe", "Amérique latine et Caraïbes"],
        ),
        ("not-published", "lang", '"es"', "answer", ["no publicado"] * 10),
    ],
)
def test_parameters(
    dump: Path, ask: Engine, name: str, param: str, term: str, column: str, values: list[str]
) -> None:
    assert [row[column] for row in ask(dump, with_term(name, param, term))] == values


@engines
def test_other_beneficiaries_benefit_too(tmp_path: Path, ask: Engine) -> None:
    idf, state = "https://w3id.org/iom-idf/def#", "https://w3id.org/iom-idf/id/state/MDA"
    named = "".join(
        f"<urn:p> <{idf}{key}> <{state}> .\n" for key in ("otherBeneficiary", "benefitingState")
    )
    (tmp_path / "idf.nq").write_text(BARE_PROJECT + named, encoding="utf-8")
    found = ask(tmp_path / "idf.nq", read("beneficiary-projects"))
    assert [row["intervention"] for row in found] == ["urn:p"]


@engines
@pytest.mark.parametrize(
    ("change", "states"),
    [
        ("", ["POL", "ROU", "SVK"]),
        ('memberFrom> "2004', ["ROU"]),
        ('memberFrom> "2007', ["POL", "SVK"]),
    ],
)
def test_members_are_those_of_the_day_of_the_data(
    tmp_path: Path, dump: Path, ask: Engine, change: str, states: list[str]
) -> None:
    text = dump.read_text(encoding="utf-8")
    changed = text.replace(change, change[:-4] + "2999") if change else text
    assert (changed == text) == (not change)
    (tmp_path / "idf.nq").write_text(changed, encoding="utf-8")
    found = ask(tmp_path / "idf.nq", read("eu-member-beneficiaries"))
    assert [row["state"] for row in found] == states
