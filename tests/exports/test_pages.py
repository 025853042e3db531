"""Pages for people: two of them byte for byte, what all must have, and what none may."""

import os
import posixpath
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pytest
from pyoxigraph import QuerySolutions, Store
from support.hostile import HOSTILE, hostile_entries
from support.making_pages import data_setting, rendered, site_of, woven

from idfgraph.exports.site import Site, read_catalogue
from idfgraph.exports.site.citations import Work, styled
from idfgraph.exports.site.markup import shown, visible
from idfgraph.exports.site.ontology import read_ontology
from idfgraph.exports.site.selections import GAPS
from idfgraph.graph.lines.documents import own_entry
from idfgraph.model.formats import DOCUMENTS
from idfgraph.model.iris import document
from idfgraph.model.labels import CLASSES, COLUMNS, PROPERTIES
from idfgraph.model.nodes import Node
from idfgraph.model.text import gettext, texts
from idfgraph.model.visible import HIDDEN
from idfgraph.query.ask import questions

QUERIES = ("queries.ttl", "queries.jsonld")

#: A strict parser of HTML (https://html.spec.whatwg.org/#parsing): any error is raised.
HTML = import_module("html5rdf")
EXPECTED = Path(__file__).parents[1] / "data" / "pages"
LANGUAGES = {"en": ".html", "fr": ".fr.html", "es": ".es.html"}
ELSEWHERE = ("data/idf.", "pages/", "shapes/", "archive/", "queries/", "release/", "tables/")
DESCRIBED = {
    *(
        "catalog.ttl",
        "void.ttl",
        "report.ttl",
        "graph/run.ttl",
        "SHA256SUMS",
        "CITATION.cff",
    ),
    *QUERIES,
}
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'self' file:"
)

#: The pages that run a script of the release's own.
FILTERED = {
    f"lists/{name}{suffix}"
    for name in ("states", "regions", "programmes", "partners")
    for suffix in LANGUAGES.values()
}
SCRIPTED = FILTERED | {f"lists/projects{suffix}" for suffix in LANGUAGES.values()}
ASKING = {f"ask{suffix}" for suffix in LANGUAGES.values()}


@pytest.fixture(scope="module")
def site() -> Site:
    return site_of(data_setting())


@pytest.fixture(scope="module")
def pages() -> Mapping[str, str]:
    setting = data_setting()
    return rendered(woven(setting), site_of(setting))


def elements(page: str) -> Iterator[Any]:
    """The elements of a page, which must be HTML without an error."""
    tree = HTML.HTMLParser(
        tree=HTML.getTreeBuilder("etree"), namespaceHTMLElements=False, strict=True
    ).parse(page)
    return (element for element in tree.iter() if isinstance(element.tag, str))


def without_own(page: str) -> str:
    """A page without the controls that are its own: the search, and what finds projects."""
    own = r'<form class="(?:search|live placed)".*?</form>\n'
    own += r'|<script src="[a-z./-]*" defer></script>\n'
    own += r'|<p class="live(?: placed)?" hidden><button.*?</button></p>\n'
    return re.sub(own, "", page, flags=re.DOTALL)


def text_of(page: str) -> str:
    return " ".join("".join(next(e for e in elements(page) if e.tag == "body").itertext()).split())


@pytest.mark.parametrize("path", ["doc/project/V47-805.fr.html", "doc/state/ALB.es.html"])
def test_a_page_byte_for_byte(pages: Mapping[str, str], path: str) -> None:
    assert pages[path] == (EXPECTED / path.rpartition("/")[2]).read_text("utf-8")


def test_a_page_that_names_no_project_is_listed_with_the_others() -> None:
    """What is noted of it may come first, without its class."""
    lines = [
        'src:a\t0\tsrc:a\t{"id":"src:a","qualityNote":[{"id":"src:a#note"}]}\n',
        'src:a\t0\tsrc:a\t{"id":"src:a","type":"SourceRecord","pageUrl":"https://example.org/a"}\n',
        'src:a\t0\tsrc:a\t{"id":"src:a","type":"SourceRecord","pageUrl":"https://example.org/b"}\n',
        'src:b\t0\tsrc:b\t{"id":"src:b","deprecated":"true"}\n',
    ]
    found = read_catalogue(lines)
    assert found.lists["sources"] == ["src:a"]
    assert found.names == {"src:a": {"": "https://example.org/a"}, "src:b": {"": "b"}}
    assert found.notes == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["(2026, November 21). Appui.", "\u201cAppui.\u201d"]),
        ("fr", ["(2026, 21 novembre). Appui.", "\u00ab\u00a0Appui\u00a0\u00bb."]),
        ("es", ["(2026, 21 de noviembre). Appui.", "\u201cAppui.\u201d"]),
    ],
)
def test_a_citation_is_written_as_its_language_does(language: str, said: list[str]) -> None:
    work = Work("Appui", "Projects", "A publisher", "2026-11-21", "https://example.org/X")
    styles = styled(work, language)
    assert said[0] in styles["APA"]
    assert said[1] in styles["Chicago"]
    assert styles["MLA"].startswith(f"{said[1]} ")


def test_a_colon_in_french_has_a_space_before_it(pages: Mapping[str, str]) -> None:
    found, told = set[str](), 0
    for path in (path for path in pages if path.endswith(".fr.html")):
        for element in elements(pages[path]):
            quoted = element.tag in {"script", "style", "code", "q", "pre", "bdi"}
            said = [
                "" if quoted else element.text,
                element.tail,
                element.get("aria-label"),
                element.get("title"),
            ]
            found |= {
                one[0] for text in said for one in re.finditer(r"\S*[^\W\d]:\s.*", text or "")
            }
            told += sum(" : " in (text or "") for text in said)
    assert not found
    assert told > 20


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "USD 49,997.00 is outside the Fund's published range of USD 50,000–200,000."),
        ("fr", "49 997,00 USD est hors de la fourchette publiée par le Fonds, 50 000–200 000 USD."),
        ("es", "49.997,00 USD está fuera del margen publicado por el Fondo, 50.000–200.000 USD."),
    ],
)
def test_an_amount_in_a_note_is_written_as_its_language_does(
    pages: Mapping[str, str], language: str, said: str
) -> None:
    """Only what a page prints is quoted as it is."""
    assert said in text_of(pages[f"doc/project/V47-805{LANGUAGES[language]}"])
    for path in (path for path in pages if path.endswith(".html") and "/source/" not in path):
        for element in elements(pages[path]):
            text = "" if element.tag in {"script", "code", "q"} else element.text
            told = f"{text or ''} {element.tail or ''}"
            assert not re.search(r"\d{4}\.\d\d\b", told), (path, told)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "title The page has no title; the programme's name in its text is taken."),
        ("fr", "titre La page n'a pas de titre ; le nom du programme dans son texte est retenu."),
        (
            "es",
            "título La página no tiene título; se toma el nombre del programa",
        ),
    ],
)
def test_a_title_of_the_text_is_not_said_to_be_lacking(
    pages: Mapping[str, str], language: str, said: str
) -> None:
    """A rule took it, as the decision beside it says."""
    page = text_of(pages[f"doc/programme/mainstreaming-migration{LANGUAGES[language]}"])
    notes = page.rpartition(gettext("Quality notes", language))[2]
    assert said in notes


def test_every_document_has_a_page_in_each_language_and_all_links_lead_somewhere(
    pages: Mapping[str, str],
) -> None:
    paths = {path for line in woven(data_setting()) if (path := document(line.partition("\t")[0]))}
    assert {f"{path}{suffix}" for path in paths for suffix in LANGUAGES.values()} < pages.keys()
    files = {f"{path}.{suffix}" for path in paths for suffix in DOCUMENTS} | {
        *(
            f"{path}.{suffix}"
            for path in ("def", "profile", "queries", "rights")
            for suffix in DOCUMENTS
        ),
        "context.jsonld",
        *DESCRIBED,
    }
    anchors = {
        path: {e.get("id") for e in elements(page)}
        for path, page in pages.items()
        if path.endswith(".html")
    }
    for path in anchors:
        for element in elements(pages[path]):
            href = element.get("href", "")
            if href and not href.startswith(("https://", "http://")):
                target, fragment = urldefrag(re.sub(r"\?[^#]*", "", href))
                assert not target.startswith("/")
                whole = (
                    posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
                    if target
                    else path
                )
                assert whole in pages or whole in files or whole.startswith(ELSEWHERE), (
                    path,
                    href,
                )
                assert not fragment or fragment in anchors[whole], (path, href)


def test_every_page_says_its_language_its_policy_and_its_translations(
    pages: Mapping[str, str],
) -> None:
    for path, page in pages.items():
        found = re.fullmatch(r"(.*?)(\.fr|\.es)?\.html", path)
        if found is None or path in {"404.html", "410.html"}:
            continue
        all_elements = list(elements(page))
        assert all_elements[0].get("lang") == (found[2] or ".en")[1:]
        name = found[1].rpartition("/")[2]
        translations = {
            e.get("hreflang"): e.get("href")
            for e in all_elements
            if e.tag == "link" and e.get("hreflang")
        }
        assert translations == {code: name + suffix for code, suffix in LANGUAGES.items()}
        scripts = [e.get("src") for e in all_elements if e.tag == "script"]
        own = "script-src 'self'; base-uri" if path in SCRIPTED else "base-uri"
        if path in ASKING:
            own = "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; "
            own += "connect-src 'self'; base-uri"
        assert [e.get("content") for e in all_elements if e.get("http-equiv")] == [
            POLICY.replace("base-uri", own)
        ]
        assert len(scripts) == (
            {**dict.fromkeys(SCRIPTED, 5), **dict.fromkeys(FILTERED | ASKING, 2)}.get(path, 0)
        )
        assert len([e for e in all_elements if e.tag == "h1"]) == 1
        for element in all_elements:
            if element.get("href", "").startswith("http") and element.tag == "a":
                assert element.get("rel") == "noopener noreferrer"


def test_a_value_says_which_page_prints_it_or_why_it_was_decided(pages: Mapping[str, str]) -> None:
    project, programme = (
        text_of(pages[f"doc/{path}.html"])
        for path in ("project/V47-805", "programme/mainstreaming-migration")
    )
    printed = "2024 under Date de fin – characters 1302–1306"
    said = f"1 page: not accepted {printed} – Printed by a template, By a template"
    assert f"end year nothing accepted {said}" in project
    assert (
        "Decision (Rule: roles of the Fund and IOM): "
        "IOM reports IDF projects with the Fund as funding" in project
    )
    assert (
        "Warning – Implausible end date: end year The page prints 2024 without a start date"
        in project
    )
    assert (
        "Decision (Rule: title from the text): "
        "The page has no title; the programme's name in its text" in programme
    )
    assert "Printed, but not accepted" not in programme


def test_terms_of_others_have_a_label_and_ours_have_theirs_in_the_ontology() -> None:
    setting = data_setting()
    terms = setting.mapper.terms
    own = {term.name for term in read_ontology(setting.words.ontology)}
    assert PROPERTIES.keys() - terms.properties.keys() == {"id", "type", "rights"}
    assert CLASSES.keys() <= terms.classes.keys()
    assert not own & (PROPERTIES.keys() | CLASSES.keys())
    assert all(texts(words)["fr"] for words in (*PROPERTIES.values(), *CLASSES.values()))


def test_each_column_of_a_question_has_a_name_in_each_language() -> None:
    answers = [Store().query(asked.text) for asked in questions()]
    rows = [one for one in answers if isinstance(one, QuerySolutions)]
    assert {one.value for answer in rows for one in answer.variables} == COLUMNS.keys()
    assert all(texts(words)["es"] for words in COLUMNS.values())


def test_the_vocabulary_and_the_rules_are_told_in_each_language(pages: Mapping[str, str]) -> None:
    assert "beneficiario beneficiary Estado que la página cita como beneficiario" in text_of(
        pages["def.es.html"]
    )
    assert (
        "Erreur – Projet ID unique et bien formé Un projet doit avoir exactement un Projet ID"
        in text_of(pages["shapes/index.fr.html"])
    )


@pytest.mark.parametrize(
    "number", range(0, len(HOSTILE), 1 if os.environ.get("IDFGRAPH_FULL") == "1" else 7)
)
def test_hostile_words_are_text_everywhere(site: Site, number: int) -> None:
    pages = rendered(hostile_entries(HOSTILE[number]), site)
    seen = re.sub(
        r"[\u202a-\u202e\u2066-\u2069\x00]",
        lambda found: f"<U+{ord(found[0]):04X}>",
        HOSTILE[number],
    )
    for path in (path for path in pages if re.match(r"doc/|lists/(projects|states)", path)):
        assert " ".join(seen.split()) in text_of(pages[path]), path
        own = {"script", "form", "input", "button", "select", "option"}
        for element in elements(without_own(pages[path])):
            assert element.tag not in {
                "iframe",
                "img",
                "svg",
                "math",
                "base",
                "object",
                "embed",
                *own,
            }
            assert not [
                name for name in element.attrib if name.startswith("on") or name in {"style", "src"}
            ]
            assert re.match(
                r"https?://[a-z0-9]|(\.\./)*[A-Za-z0-9._/#-]+$", element.get("href", "#x")
            ), element.get("href")


def test_what_prints_is_not_looked_through_for_hidden_characters() -> None:
    """So none that is hidden may print; what does not print and is not hidden stays as it is."""
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    hidden = set(re.findall(f"[{HIDDEN}]", every))
    assert not [one for one in hidden if one.isprintable()]
    for one in {"\n", "\t", "\u00a0", "\u3000", *hidden}:
        told = f"a<U+{ord(one):04X}>" if one in hidden else f"a{one}"
        assert shown({"title": {"en": f"a{one}"}, "names": ["b", f"a{one}"]}) == {
            "title": {"en": told},
            "names": ["b", told],
        }
        assert visible(f"a{one}") == told


def test_json_ld_cannot_end_its_block(site: Site) -> None:
    words = '{"name": "</script><script>alert(1)</script>&"}'
    pages = rendered(
        hostile_entries("x"),
        site,
        markup=lambda _, __: words,
        links=lambda _, __: [("item", 'a"b', "")],
    )
    page = pages["doc/project/XX.0001.html"]
    assert (
        r'{"name": "\u003c/script\u003e\u003cscript\u003ealert(1)\u003c/script\u003e\u0026"}'
        in page
    )
    assert '<link rel="item" href="a&quot;b">' in page
    assert len([element for element in elements(page) if element.tag == "script"]) == 1


def test_states_tell_what_is_theirs_alone(pages: Mapping[str, str]) -> None:
    """A project of several states is whole in each, and apart from those of one."""
    told = " ".join(text_of(pages["lists/states.html"]).split())
    assert "Tonga TON – Kingdom of Tonga" + "1" + "0" + "400,000" in told
    assert "Bangladesh BGD – People's Republic of Bangladesh" + "0" + "–" + "–" in told


def test_quotes_in_french_have_no_break_spaces(pages: Mapping[str, str]) -> None:
    """Pages mark quotes as such, and browsers put no space into French ones by themselves."""
    style = (Path(__file__).parents[2] / "src/idfgraph/exports/site/style.css").read_text("utf-8")
    assert r':lang(fr) > q { quotes: "«\a0" "\a0»"' in style
    assert "<q" in "".join(page for path, page in pages.items() if path.endswith(".fr.html"))


def test_lists_are_paged_and_long_links_told(site: Site) -> None:
    state = own_entry("st:AAA", {"id": "st:AAA", "type": "State", "prefLabel": {"en": "A"}})
    projects: list[Node] = [
        {
            "id": f"prj:P{n:04}",
            "type": "Project",
            "title": {"en": f"No. {n}"},
            "mentionsState": ["AAA"],
        }
        for n in range(1001)
    ]
    entries = [own_entry(str(project["id"]), project) for project in projects]
    pages = rendered(
        sorted([*entries, state, *(own_entry("st:AAA", project) for project in projects)]), site
    )
    of_projects = {path for path in pages if path.startswith("lists/projects")}
    assert {path for path in of_projects if path.count(".") == 1} == {
        "lists/projects.html",
        *(f"lists/projects-{page}.html" for page in range(2, 12)),
    }
    assert text_of(pages["lists/projects-11.html"]).count("No.") == 1
    assert "501 further links are in the Turtle file." in text_of(pages["doc/state/AAA.html"])
    assert ">1,001</strong> projects<" in pages["index.html"]


def test_what_is_printed_twice_goes_to_the_value_that_it_supports(site: Site) -> None:
    def value(key: str, words: str, **more: list[str]) -> dict[str, Any]:
        about = {
            "aboutResource": "prj:P1",
            "aboutProperty": key,
            "sourceText": words,
            "method": "read",
        }
        return {"id": f"src:0#{key}-{words}", "type": "SourceValue", **about, **more}

    values = [
        value("endYear", "2011"),
        value("endYear", "2012"),
        value("status", "Fini", aboutValue=["code:status-active"]),
    ]
    page: Node = {
        "id": "src:0",
        "type": "SourceRecord",
        "pageUrl": "https://example.org/0",
        "sourceValue": values,
    }
    node: Node = {
        "id": "prj:P1",
        "type": "Project",
        "endYear": "2012",
        "status": "completed",
        "title": {"en": "T"},
    }
    entries = sorted(
        [own_entry("prj:P1", node), own_entry("prj:P1", {"id": "graph:source/0", "@graph": [page]})]
    )
    told = text_of(rendered(entries, site)["doc/project/P1.html"])
    assert "code/status-completed 1 page: not accepted Fini – example.org/0" in told
    assert "end year 20121 page 2012 – example.org/0 1 page: not accepted 2011 – exa" in told


def test_a_project_says_what_it_is_listed_without(site: Site) -> None:
    bare: Node = {"id": "prj:P1", "type": "Project", "title": {"en": "T"}}
    other: Node = {**bare, "id": "prj:P2", "otherBeneficiary": ["ALB"], "endYear": "2012"}
    pages = rendered([own_entry(str(node["id"]), node) for node in (bare, other)], site)
    told = [pages[f"doc/project/{name}.html"] for name in ("P1", "P2")]
    for key in GAPS:
        without = rf'#{key}">[^<]*</a>\n<dd class="small">not published\n'
        lacking = [bool(re.search(without, page)) for page in told]
        assert lacking == [True, key not in {"beneficiary", "endYear"}], key


def test_what_is_no_more_is_not_called_withdrawn(site: Site) -> None:
    project: Node = {"id": "prj:P1", "type": "Project", "title": {"en": "T"}}
    gone: Node = {"id": "prj:P2", "deprecated": "true"}
    programme: Node = {"id": "prg:G1", "type": "Programme", "title": {"en": "T"}}
    nodes = [project, programme, gone]
    pages = rendered([own_entry(str(node["id"]), node) for node in nodes], site)
    assert "not published" not in text_of(pages["doc/programme/G1.html"])
    stub = text_of(pages["doc/project/P2.html"])
    assert "This release says no more of it" in stub
    assert "withdrawn" not in stub


def test_a_programme_is_found_by_what_it_is_in_any_language(pages: Mapping[str, str]) -> None:
    rows = re.findall(
        r'mainstreaming-migration.html","[^"]*","[^"]*","","([^"]*)"', pages["lists/things-en.js"]
    )
    assert len(rows) == 1
    assert "programa" in rows[0].split()  # the other word is in its title


@pytest.mark.parametrize("suffix", LANGUAGES.values())
def test_a_region_is_listed_by_its_name_alone(pages: Mapping[str, str], suffix: str) -> None:
    """Its code is for programs; that of a state is one that people know."""
    regions = text_of(pages[f"lists/regions{suffix}"])
    assert "Europ" in regions
    assert "region-" not in regions
    assert "FJI" in text_of(pages[f"lists/states{suffix}"])


def test_a_page_without_an_address_is_shown_by_its_file(site: Site) -> None:
    about = {"aboutResource": "prj:P1", "aboutProperty": "endYear", "sourceText": "2012"}
    value: Node = {"id": "src:0#endYear", "type": "SourceValue", **about}
    known: Node = {"id": "src:0", "type": "SourceRecord", "identifier": ["fiche-12"]}
    page: Node = {**known, "sourceValue": [value]}
    node: Node = {"id": "prj:P1", "type": "Project", "endYear": "2012"}
    graph: Node = {"id": "graph:source/0", "@graph": [page]}
    entries = [own_entry("prj:P1", node), own_entry("prj:P1", graph), own_entry("src:0", page)]
    told = text_of(rendered(sorted(entries), site)["doc/project/P1.html"])
    assert "2012 – fiche-12" in told


@pytest.mark.parametrize(("number", "folded"), [(5, 0), (6, 1), (300, 295)])
def test_of_many_sources_of_a_note_a_few_stand_before_a_fold(
    site: Site, number: int, folded: int
) -> None:
    sources = [f"src:{one:016x}" for one in range(number)]
    said: Node = {
        "issueType": "implausible-date",
        "severity": "Warning",
        "aboutProperty": "endYear",
    }
    note: Node = {"id": "prj:P1#note", "type": "QualityNote", **said, "references": sources}
    record: Node = {"id": "doc:P1", "type": "Record", "qualityNote": [note]}
    entries = [own_entry("prj:P1", {"id": "prj:P1", "type": "Project", "record": record})]
    entries += [own_entry(one, {"id": one, "type": "SourceRecord"}) for one in sources]
    pages = rendered(sorted(entries), site)
    for suffix in LANGUAGES.values():
        notes = pages[f"doc/project/P1{suffix}"].partition('id="notes"')[2].partition("</ul>")[0]
        shown, _, rest = notes.partition("<details")
        assert (shown.count("../source/"), rest.count("../source/")) == (number - folded, folded)
        assert (f"<summary>+{folded}</summary>" in rest) == bool(folded)


def test_an_amount_is_said_by_those_who_say_its_number(site: Site) -> None:
    def page(name: str, number: str, currency: str, rank: str = "accepted") -> Node:
        def value(part: str, words: str, rank: str) -> Node:
            about = {"aboutResource": "prj:P1#budget", "aboutProperty": part, "aboutValue": [words]}
            told = {"sourceText": words, "method": "read", "rank": rank}
            return {"id": f"src:{name}#budget-{part}", "type": "SourceValue", **about, **told}

        values = [value("value", number, rank)] if number else []
        values += [value("currency", currency, "accepted")] if currency else []
        address = f"https://example.org/{name}"
        return {"id": f"src:{name}", "type": "SourceRecord", "pageUrl": address,
                "sourceValue": values}  # fmt: skip

    def decision(part: str, value: str) -> Node:
        about = {"aboutResource": "prj:P1#budget", "aboutProperty": part, "aboutValue": [value]}
        signed = {"method": "decided", "decidedBy": "Ada", "decidedOn": "2026-01-02"}
        return {"id": f"dec:P1#budget-{part}", "type": "Decision", **about, **signed}

    def told(*evidence: Node) -> str:
        budget = {
            "id": "prj:P1#budget",
            "type": "MonetaryAmount",
            "value": "400",
            "currency": "USD",
        }
        node: Node = {"id": "prj:P1", "type": "Project", "title": {"en": "T"}, "budget": budget}
        entries = [own_entry("prj:P1", node)]
        for number, one in enumerate(evidence):
            graph: Node = {"id": f"graph:source/{number}", "@graph": [one]}
            entries.append(own_entry("prj:P1", graph))
        return text_of(rendered(sorted(entries), site)["doc/project/P1.html"])

    said = told(page("0", "400", "USD"), page("1", "400", "USD"), page("2", "300", "USD", "a"))
    assert re.search(r"USD.400\D*2 pages", said) and "1 page: not accepted 300" in said
    said = told(page("0", "400", "USD"), decision("value", "400"), decision("currency", "USD"))
    assert re.search(r"USD.400\D*1 page, 1 decision", said)
    assert re.search(r"USD.400\D*2 pages", told(page("0", "400", ""), page("1", "", "USD")))


def test_pages_stand_side_by_side_where_there_are_several(site: Site) -> None:
    def page(name: str, language: str, status: str, rank: str, states: Sequence[str]) -> Node:
        def value(key: str, words: str, *about: str, rank: str = "accepted") -> Node:
            id_ = f"src:{name}#{key}-{words}"
            node = {"aboutResource": "prj:P1", "aboutProperty": key, "aboutValue": list(about)}
            return {"id": id_, "type": "SourceValue", **node, "sourceText": words, "rank": rank}

        values = [value("status", status, f"code:status-{status.lower()}", rank=rank)]
        values += [value("beneficiary", state, f"st:{state}") for state in states]
        address = f"https://example.org/{name}"
        node: Node = {"id": f"src:{name}", "type": "SourceRecord", "language": language}
        return {**node, "pageUrl": address, "capturedOn": "2026-01-02", "sourceValue": values}

    def told(*pages: Node) -> str:
        node: Node = {"id": "prj:P1", "type": "Project", "status": "completed"}
        entries = [own_entry("prj:P1", {**node, "beneficiary": ["ALB", "SRB"]})]
        for number, one in enumerate(pages):
            graph: Node = {"id": f"graph:source/{number}", "@graph": [one]}
            entries.append(own_entry("prj:P1", graph))
        return text_of(rendered(sorted(entries), site)["doc/project/P1.html"])

    first = page("0", "en", "Completed", "accepted", ["ALB", "SRB"])
    assert "Pages side by side" not in told(first)
    two = told(first, page("1", "fr", "Active", "set-aside", ["ALB"]))
    assert "Pages side by side In 2 rows a page differs from what is accepted. 2 pages" in two
    assert "source/0 (en, 2026-01-02)w3id.org/iom-idf/id/source/1 (fr, 2026-01-02)Acc" in two
    assert "status Completed Active differs w3id.org/iom-idf/code/status-completed" in two
    assert "beneficiary ALB, SRB ALB differs w3id.org/iom-idf/id/state/ALB, w3id" in two
    assert "No page differs" in told(first, page("1", "fr", "Completed", "accepted", []))


def test_other_projects_are_named_once_and_in_order(site: Site) -> None:
    def project(id_: str, title: str, states: Sequence[str]) -> str:
        shared = {"beneficiary": list(states), "projectType": ["ct"]}
        node: Node = {"id": f"prj:{id_}", "type": "Project", "title": {"en": title}, **shared}
        return own_entry(f"prj:{id_}", node)

    states = [["ALB", "SRB"], ["ALB"], ["SRB", "ALB"], ["KEN"], ["KEN"], ["TON"], ["TON"]]
    entries = sorted(project(f"P{n}", f"T{n}", each) for n, each in enumerate(states, 1))
    pages = rendered(entries, site)
    assert (
        "Other projects For the same states T3 T1 Of the same type T4 T5 T6 T7 "
        "Before this oneP1 After this oneP3" in text_of(pages["doc/project/P2.html"])
    )
    last = text_of(pages["doc/project/P7.html"])
    assert "For the same states T6 Of the same type T1 T2 T3 T4 Before this oneP6 D" in last


def test_a_withdrawn_record_keeps_a_page_that_says_why(site: Site) -> None:
    reason = {"en": "Published twice.", "fr": "Publié deux fois.", "es": "Publicado dos veces."}
    gone: Node = {
        "id": "prj:P1",
        "deprecated": "true",
        "record": {
            "id": "base:doc/project/P1",
            "type": "Record",
            "primaryTopic": "prj:P1",
            "invalidatedAtTime": "2026-01-02T00:00:00Z",
        },
    }
    after: Node = {"id": "prj:P2", "type": "Project", "title": {"en": "Other"}}
    entries = [
        own_entry("prj:P1", {**gone, "comment": reason, "isReplacedBy": "prj:P2"}),
        own_entry("prj:P2", after),
    ]
    pages = rendered(sorted(entries), site)
    page = text_of(pages["doc/project/P1.fr.html"])
    assert "Fiche retirée P1 Ce que l'on sait explication Publié deux fois." in page
    assert "retiré oui retiré le 2026-01-02" in page
    assert ">1</strong> project<" in pages["index.html"]


def test_who_benefits_is_not_shown_twice(published: Path) -> None:
    """What is stated for machines beside each beneficiary is no row and no list of its own."""
    project = (published / "doc" / "project" / "W34-805.html").read_text("utf-8")
    state = (published / "doc" / "state" / "POL.html").read_text("utf-8")
    assert "def.html#beneficiary" in project
    assert state.count('project/W34-805.html"') == 1
    assert "benefitingState" not in project + state


def test_attributes_stand_between_double_quotes() -> None:
    """What is escaped for pages may hold an apostrophe, which would end an attribute in others."""
    room = Path(__file__).parents[2] / "src/idfgraph/exports/site"
    for file in (*room.glob("templates/*"), *room.glob("*.py")):
        found = re.findall(r"<[a-z][^<>\n]* [\w:-]+=(?:'|\{).*", file.read_text("utf-8"))
        assert not found, file.name


def test_the_only_page_of_a_project_is_named_once(published: Path) -> None:
    """Its name and how sure it is stand at the page itself; several are told at each value."""
    read = (text_of(page.read_text("utf-8")) for page in published.glob("doc/project/*-805.html"))
    for page in read:
        alone = "1 page" in page and "2 pages" not in page
        assert (" – characters " in page, ", characters " in page) == (alone, not alone)
