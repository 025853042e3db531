"""The page on which people ask a release, as a client without a script gets it."""

import re
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from support.command import ROOT
from support.desk import Desk
from support.http_servers import ask

from idfgraph.exports.site import AskAnswer, AskCell, AskView, Framing, Reader, desk_page
from idfgraph.query.results import ShownTerm, read_rows
from idfgraph.serve.answers import QueryOutcome
from idfgraph.serve.people.inquiry import asked_of
from idfgraph.serve.people.refusals import refusal_of

QUESTIONS = sorted(path.stem for path in (ROOT / "queries").glob("*.rq"))
FRAME = Framing({"en": "Site"}, {"en": "About"}, {"en": "Rights"}, "Somebody", "2026-11-21")


class Links(HTMLParser):
    """The addresses of all links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value or "" for name, value in attrs if name == "href"]


def main_of(page: str) -> str:
    return page.partition("<main")[2]


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_is_answered_in_each_language(desk: Desk, name: str) -> None:
    for language in ("en", "fr", "es"):
        answer = desk.get("/ask", question=name, lang=language)
        assert answer.status == 200
        assert answer.headers["content-language"] == language
        page = answer.body.decode()
        assert f'<html lang="{language}">' in page
        assert '<h2 id="answer">' in page
        assert 'form action="ask" method="get"' in page


def test_a_parameter_is_chosen_in_the_readers_language(desk: Desk) -> None:
    page = desk.text("/ask", question="beneficiary-projects", state="FJI", lang="fr")
    assert '<option value="FJI" selected>Fidji</option>' in page
    assert '<a href="doc/project/PX.0220.fr.html">' in page
    assert "Protection et aide aux migrants dans le Pacifique" in page


def test_the_address_of_an_answer_gives_it_again(desk: Desk) -> None:
    page = desk.text("/ask", question="beneficiary-projects", lang="es")
    (own,) = [link for link in Links(main_of(page)).found if "state=" in link]
    assert parse_qs(urlsplit(own).query)["state"] == ["MDA"]
    again = desk.text(f"/{own}")
    assert again.partition('id="answer"')[2] == page.partition('id="answer"')[2]


def test_an_answer_can_be_taken_away(desk: Desk) -> None:
    links = Links(desk.text("/ask", query="SELECT ?p { ?p a ?c } LIMIT 2")).found
    forms = [link for link in links if link.startswith("sparql?")]
    answers = [desk.get(f"/{link}") for link in forms]
    types = ["text/csv; charset=utf-8", "application/sparql-results+json"]
    assert [one.status for one in answers] == [200, 200]
    assert [one.headers["content-type"].replace("UTF", "utf") for one in answers] == types


def test_links_of_ours_lead_to_documents(desk: Desk) -> None:
    query = "SELECT DISTINCT ?p ?x { ?p a <https://w3id.org/iom-idf/def#Project> ; ?y ?x }"
    links = Links(main_of(desk.text("/ask", query=query))).found
    assert not [link for link in links if link.startswith("https://w3id.org")]
    ours = {link for link in links if "doc/" in link}
    assert len(ours) > 20
    assert {desk.get(f"/{link.partition('#')[0]}").status for link in ours} == {200}


def test_resources_have_names_where_the_release_has_them(desk: Desk) -> None:
    query = "SELECT ?s { ?p <https://w3id.org/iom-idf/def#beneficiary> ?s } ORDER BY ?s LIMIT 1"
    for language, name in {"en": "Albania", "fr": "Albanie"}.items():
        page = desk.text("/ask", query=query, lang=language)
        assert f'<bdi>{name}</bdi></a> <span class="small"><bdi>ALB</bdi></span>' in page


def test_the_language_is_that_of_the_reader(desk: Desk) -> None:
    for header, language in {"fr-CH, en;q=0.5": "fr", "de": "en", "es;q=0.9,fr;q=0": "es"}.items():
        answer = desk.get("/ask", {"Accept-Language": header})
        assert answer.headers["content-language"] == language
        assert "Accept-Language" in answer.headers["vary"]
    assert (
        desk.get("/ask", {"Accept-Language": "fr"}, lang="es").headers["content-language"] == "es"
    )


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("SELECT * {\n  ?s ?p\n}", 400, "Line 3, column 1"),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", 403, "SERVICE"),
        ("DELETE WHERE { ?s ?p ?o }", 400, "Line 1, column 1"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a", 503, ""),
    ],
)
def test_what_cannot_be_asked_is_told(desk: Desk, query: str, status: int, said: str) -> None:
    answer = desk.get("/ask", query=query)
    page = answer.body.decode()
    assert answer.status == status
    assert '<h2 id="refusal">' in page
    assert said in page
    assert '<h2 id="answer">' not in page
    assert answer.headers["cache-control"] == "no-store"
    assert ("retry-after" in answer.headers) == (status == 503)


def test_values_that_are_not_known_are_no_empty_answers(desk: Desk) -> None:
    for values, status in (
        ({"question": "nothing"}, 404),
        ({"question": "beneficiary-projects", "state": "XXX"}, 404),
        ({"question": "budget-source", "project": "NO-1"}, 404),
        ({"question": "beneficiary-projects", "state": 'MDA } } "'}, 400),
    ):
        answer = desk.get("/ask", {}, **values)
        assert answer.status == status, values
        assert '<h2 id="refusal">' in answer.body.decode()


def test_what_is_asked_is_shown_and_never_run(desk: Desk) -> None:
    hostile = '</textarea><script>alert(1)</script><img src=x onerror=alert(1)>"\x00\u202e'
    page = desk.text("/ask", query=hostile, lang='"><script>', question="</option>")
    assert "<script" not in page
    assert "<img" not in page
    assert "form-action &#39;self&#39;" in page or "form-action 'self'" in page


def test_methods_and_forms_that_there_are_not(desk: Desk) -> None:
    for method, status in {"PUT": 405, "POST": 405, "DELETE": 405, "OPTIONS": 204}.items():
        answer = ask(desk.port, method, "/ask", {})
        assert (answer.status, answer.headers["allow"]) == (status, "GET, HEAD, OPTIONS")
        assert answer.headers["access-control-allow-origin"] == "*"
    head, whole = ask(desk.port, "HEAD", "/ask", {}), desk.get("/ask")
    assert (head.status, head.body, head.headers["etag"]) == (200, b"", whole.headers["etag"])
    assert desk.get("/ask", {"Accept": "application/pdf"}).status == 406
    assert desk.get("/ask", {"If-None-Match": whole.headers["etag"]}).status == 304


def test_a_view_is_shown_without_a_server() -> None:
    """As a page will be whose engine runs in the browser."""
    rows = [[AskCell("<b>", "https://example.org/"), None], [AskCell("5", is_number=True), None]]
    answer = AskAnswer(("a", "b"), rows, 7, files=[("CSV", "data.csv", "text/csv")])
    view = AskView([("q", "Question")], "ASK {}", "Bounds.", answer=answer)
    page = desk_page("ask.html", FRAME, "en", ["ask", "ask.fr", "ask.es"], view=view)
    assert (
        '<a href="https://example.org/" rel="noopener noreferrer"><bdi>&lt;b&gt;</bdi></a>' in page
    )
    assert "7 rows – the first 2 are shown" in re.sub(r"\s+", " ", page)
    assert "not published" in page


def test_terms_are_read_as_they_are() -> None:
    body = (
        '<e:s> <e:p> "a \\"b\\" \\n c"@fr .\n<e:s> <e:p> _:x .\n'
        '<e:s> <e:p> "5"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    )
    rows = read_rows("nt", body.encode(), most=2)
    assert (rows.total, len(rows.rows)) == (3, 2)
    assert rows.rows[0][2] == ShownTerm("literal", 'a "b" \n c', "fr")
    assert rows.rows[1][2] == ShownTerm("bnode", "_:x")


def test_only_the_web_is_linked() -> None:
    reader = Reader("en", "http://e/", {})
    for iri in ("javascript:alert(1)", "data:text/html,x", "http://e/../../etc/passwd", "urn:x"):
        (cell,) = reader.row([ShownTerm("uri", iri)])
        assert cell is not None
        assert not cell.href.startswith(("javascript", "data", "urn", ".."))


def test_a_place_beyond_the_query_is_not_shown() -> None:
    assert refusal_of(QueryOutcome(400, "txt", b"at 9:1: x"), "ASK {}", "en").line == 0
    far = refusal_of(QueryOutcome(400, "txt", b"line 1, column 900"), "x" * 1000, "fr")
    assert (far.column, len(far.source), far.mark) == (900, 121, 61)


def test_a_line_ends_as_the_engine_counts_it() -> None:
    inquiry = asked_of({"query": "ASK {\r\n}\r"}, (), "en")
    assert inquiry is not None
    assert inquiry.text == "ASK {\n}\n"


@pytest.mark.parametrize(
    "path", ["/ask", "/ask?query=ASK%7B%7D", "/ask?query=ASK", "/ask?question=none", "/check"]
)
def test_what_a_page_may_load_is_told_before_it_comes(desk: Desk, path: str) -> None:
    """As the page says it itself; and nobody shows it in a frame."""
    answer = desk.get(path)
    own = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', answer.body.decode())
    assert own
    policy = answer.headers["content-security-policy"]
    assert policy == f"{own[1]}; frame-ancestors 'none'"
    assert "form-action 'self'" in policy


def test_a_page_is_not_sent_again(desk: Desk) -> None:
    for path in ("/ask", "/check"):
        tag = desk.get(path).headers["etag"]
        again = desk.get(path, {"If-None-Match": tag})
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
        assert desk.get(path, {"If-Match": '"x"'}).status == 412
    told = {"If-None-Match": "*", "Content-Type": "text/plain"}
    assert desk.post("/check", b"Projet ID", told).status == 200


@pytest.mark.parametrize(("page", "language"), [("ask", "en"), ("ask.fr", "fr"), ("ask.es", "es")])
def test_the_page_that_asks_in_a_browser_leads_here(desk: Desk, page: str, language: str) -> None:
    answer = desk.get(f"/{page}.html", question="beneficiary-projects", state="FJI")
    assert answer.status == 303
    address = f"ask?question=beneficiary-projects&state=FJI&lang={language}"
    assert answer.headers["location"] == address
    assert "PX.0220" in desk.text(f"/{address}")


def test_what_the_page_in_a_browser_needs_has_its_type(desk: Desk) -> None:
    types = {"oxigraph.wasm": "application/wasm", "ask-worker.js": "text/javascript; charset=utf-8"}
    for path, type_ in types.items():
        if (answer := desk.get(f"/{path}")).status == 200:
            assert answer.headers["content-type"] == type_
