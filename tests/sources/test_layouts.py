"""Pages as text, in every layout and language: each printed value captured once, under its label,
at its place.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.rendering import LABELS, NAVIGATION, RECORDS, Facts, narrative, text

from idfgraph.graph.resolve import Reference, accepted_values, resolve
from idfgraph.model.errors import BadPage
from idfgraph.model.judgements import Decision
from idfgraph.model.records import Capture, Project, Record, Source
from idfgraph.sources.pages import left_out, read_page
from idfgraph.sources.records import read_yaml
from idfgraph.sources.reference_files import read_reference
from idfgraph.system import resources

PROPERTIES = {
    "title": "title",
    "start": "startYear",
    "end": "endYear",
    "status": "status",
    "type": "projectType",
    "budget": "budget.value",
    "coverage": "coverage",
    "year": "allocationYear",
    "region": "fundRegion",
    "other_countries": "otherBeneficiary",
    "prima_id": "primaId",
    "project_id": "projectId",
    "members": "beneficiary",
}
#: What values that are not their own code stand for.
CODES = {
    **dict.fromkeys(("Achevé", "Completed", "Finalizado"), "completed"),
    **dict.fromkeys(("Actif", "Active"), "active"),
    **dict.fromkeys(("Afrique", "Africa"), "africa"),
    **dict.fromkeys(("Asie et Océanie", "Asia and Oceania"), "asia-and-oceania"),
    **dict.fromkeys(
        ("Amérique latine et Caraïbes", "Latin America and the Caribbean"),
        "latin-america-and-the-caribbean",
    ),
}
#: The states of each record, in its order.
_STATES = """SLE BEN COL FJI,TON,VUT MDA,POL,ROU,SVK,UKR KGZ COM GMB BLZ,CRI,GTM,HND,MEX,NIC,PAN,SLV
BLZ,CRI,DOM,GTM,HND,MEX,NIC,SLV SRB COL COL MNE,SRB BLR,MDA,UKR - - COL FJI,TON,VUT MUS GEO GMB -
ARG,BOL,BRA,COL,ECU,GUY,PER,PRY,SUR,VEN NAM LCA PNG MMR EGY,MAR,TUN
ARG,BOL,BRA,COL,ECU,GUY,PER,PRY,SUR,VEN"""
STATES = _STATES.split()

#: Values that the rendered narratives are too plain to test.
SKIPPED = ("narrative", "mentionsState")
REFERENCE = Reference(read_reference(resources.REFERENCE))


def read(folder: Path, page: str, name: str = "page.txt") -> Record:
    path = folder / name
    path.write_text(page, encoding="utf-8", newline="")
    return read_page(path).record


def printed(source: Source) -> dict[str, str]:
    """The text of each capture ("" for a label without a value), checked to stand for one property
    only.
    """
    found = [capture for capture in source.values if capture.property != "budget.currency"]
    texts = {capture.property: capture.text or "" for capture in found}
    assert len(texts) == len(found), "a property captured twice"
    return texts


def expected(facts: Facts) -> dict[str, str]:
    stated = {
        PROPERTIES[name]: value
        for name, value in facts.items()
        if name in PROPERTIES and value is not None
    }
    told = "\n".join(narrative(facts))
    return {**stated, "narrative": told[1:-1] if told.startswith('"') else told}


#: What is said of French pages with an English title.
IN_ENGLISH = "title-and-narrative-in-english-on-fr-page"


def meaning(facts: Facts, states: str) -> dict[str, Any]:
    """The values that a page with these facts has, by hand: no end year where the site's template
    printed it.
    """
    template = facts["status"] == "Achevé" and facts["end"] == "2024" and not facts["start"]
    kind = "tc" if facts["type"] == "TCMMCB" else str(facts["project_id"])[:2].lower()
    values = {
        "title": {"en" if IN_ENGLISH in str(facts["quirks"]) else facts["lang"]: facts["title"]},
        "startYear": facts["start"],
        "endYear": None if template else facts["end"],
        "status": CODES[str(facts["status"])],
        "coverage": str(facts["coverage"]).casefold(),
        "budget": {"value": str(facts["budget"]).replace(",", ""), "currency": "USD"},
        "primaId": facts["prima_id"],
        "allocationYear": facts["year"],
        "projectType": [kind],
        "fundRegion": CODES.get(str(facts["region"]), str(facts["region"]).casefold()),
        "beneficiary": states.split(","),
        "otherBeneficiary": ["CHL", "URY"] if facts["other_countries"] else None,
    }
    return {name: value for name, value in values.items() if value is not None}


def accepted(record: Record) -> dict[str, Any]:
    values = accepted_values(record, REFERENCE)
    return {
        name: value
        for name, value in msgspec.json.decode(msgspec.json.encode(values)).items()
        if name not in SKIPPED
    }


def notes(record: Record) -> set[str]:
    return {
        f"{note.issue_type} {note.about_property}"
        for note in resolve(record, REFERENCE, as_of="2026-11-21").notes
    }


@pytest.mark.parametrize("number", range(len(RECORDS)))
def test_every_field_of_the_real_records_is_captured(number: int, tmp_path: Path) -> None:
    facts = RECORDS[number]
    source = read(tmp_path, text(facts)).sources[0]
    assert printed(source) == expected(facts)
    assert source.language == facts["lang"]


def test_how_many_fields_that_is() -> None:
    assert sum(len(expected(facts)) for facts in RECORDS) == 364


@pytest.mark.parametrize("number", range(len(RECORDS)))
def test_every_value_of_the_real_records_is_right(number: int, tmp_path: Path) -> None:
    facts = RECORDS[number]
    record = read(tmp_path, text(facts))
    if facts["project_id"]:
        assert isinstance(record, Project)
        assert accepted(record) == meaning(facts, STATES[number])
    assert not {
        note
        for note in notes(record)
        if note.startswith(("un", "contra")) and "unidentified" not in note
    }
    assert ("truncated-title title" in notes(record)) == ("title-cut-mid-word" in facts["quirks"])


PLAIN = "Title\n-\nEnd Date\n2021\n-\nProject Status\nActive\n"
SMALL = {
    "labels alone at the end": (
        "T\n\n  • Start Date\n    2021\n  • Benefiting Member States\nShort text",
        {"title": "T", "startYear": "2021", "beneficiary": "", "narrative": "Short text"},
    ),
    "labels alone, all of them": (
        "T\n\n• Start Date\n• End Date\n\nShort text",
        {"title": "T", "startYear": "", "endYear": "", "narrative": "Short text"},
    ),
    "prose after the last label": (
        "T\n-\nYear\n2021\n-\nBenefiting Member States\nThe project helps Fiji to do more.",
        {
            "title": "T",
            "allocationYear": "2021",
            "beneficiary": "",
            "narrative": "The project helps Fiji to do more.",
        },
    ),
    "unknown labels inside the block": (
        f"{PLAIN}-\nDonor\nJapan\n-\nYear\n2020\n-\nNot a label.\n",
        {
            "title": "Title",
            "endYear": "2021",
            "status": "Active",
            "unknown": "Japan",
            "allocationYear": "2020",
            "narrative": "-\nNot a label.",
        },
    ),
    "a list right after the fields": (
        f"{PLAIN}- One item\nAnother line",
        {
            "title": "Title",
            "endYear": "2021",
            "status": "Active",
            "narrative": "- One item\nAnother line",
        },
    ),
    "values on the label's line": (
        "T\nStart Date: 2021\nProject Status : Active\nText: more",
        {"title": "T", "startYear": "2021", "status": "Active", "narrative": "Text: more"},
    ),
    "several lines of countries": (
        "T\n\n  • Year\n    2021\n  • Benefiting Member States\n    Fiji\n    Tonga\n\nText",
        {
            "title": "T",
            "allocationYear": "2021",
            "beneficiary": "Fiji\n    Tonga",
            "narrative": "Text",
        },
    ),
    "Spanish, status and type": (
        "T\n-\nTipo de proyecto\nFinalizado\n-\nTipo de proyecto\nTCMMCB\n",
        {"title": "T", "status": "Finalizado", "projectType": "TCMMCB"},
    ),
    "Spanish, type alone": (
        "T\n-\nTipo de proyecto\nTCMMCB\n-\nAño\n2003\n",
        {"title": "T", "projectType": "TCMMCB", "allocationYear": "2003"},
    ),
    "old site, several countries": (
        "T\nT\nAfrica\nTC.0001\nAA10P0001\n5,000\nMali\nNiger\nTCMMCB\nRegional\nActive",
        {
            "title": "T",
            "fundRegion": "Africa",
            "projectId": "TC.0001",
            "primaId": "AA10P0001",
            "budget.value": "5,000",
            "beneficiary": "Mali\nNiger",
            "projectType": "TCMMCB",
            "coverage": "Regional",
            "status": "Active",
        },
    ),
    "old site, a new region": (
        "T\nT\nMiddle East\nTC.0001\n105,000\nMali\nTCMMCB\nNational\nActive\nOn",
        {
            "title": "T",
            "fundRegion": "Middle East",
            "projectId": "TC.0001",
            "budget.value": "105,000",
            "beneficiary": "Mali",
            "projectType": "TCMMCB",
            "coverage": "National",
            "status": "Active",
            "narrative": "On",
        },
    ),
    "old site, country or type": (
        "T\nT\nAfrica\nTC.0001\n105,000\nMali\nNational\nActive",
        {
            "title": "T",
            "fundRegion": "Africa",
            "projectId": "TC.0001",
            "budget.value": "105,000",
            "unknown": "Mali",
            "coverage": "National",
            "status": "Active",
        },
    ),
    "a country alone": (
        "T\n\n    Sri Lanka\n\nThe text.",
        {"title": "T", "beneficiary": "Sri Lanka", "narrative": "The text."},
    ),
    "site matter that looks like fields": (
        "Year\nCoverage\nHome\nSearch\n" + PLAIN + "Text\n- Contact us\nMore",
        {"title": "Title", "endYear": "2021", "status": "Active", "narrative": "Text"},
    ),
    "English navigation": (
        "\n".join([*NAVIGATION["en"], PLAIN]),
        {"title": "Title", "endYear": "2021", "status": "Active"},
    ),
    "space that shows nothing": (
        PLAIN.replace("\n", " \xa0\r\n").replace("2021", "\xa0\u200b2021"),
        {"title": "Title", "endYear": "2021", "status": "Active"},
    ),
}


@pytest.mark.parametrize("name", SMALL)
def test_small_pages(name: str, tmp_path: Path) -> None:
    page, found = SMALL[name]
    assert printed(read(tmp_path, page).sources[0]) == found


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (f"{PLAIN}-\nEnd Date\n2022\n", "twice, first on line 3"),
        (f"{PLAIN}\nIt helps. It ends.\n\n{PLAIN}".replace("2021", "2022", 1), "twice"),
        (f"{PLAIN}\nIt helps. It ends.\n\n{PLAIN}", None),
        ("T\n" + "-\nTipo de proyecto\nTCMMCB\n" * 2, None),
        ("T\n" + "-\nTipo de proyecto\nTCMMCB\n" * 3, "twice"),
        ("-\nEnd Date\n2021\n-\nYear\n2020\n", None),
        ("a\n" * 20_001, "more than 20,000 lines"),
    ],
)
def test_pages_that_are_refused(page: str, message: str | None, tmp_path: Path) -> None:
    if message is None:
        assert read(tmp_path, page)
        return
    with pytest.raises(BadPage, match=message):
        read(tmp_path, page)


@pytest.mark.parametrize(
    ("title", "cut"),
    [
        ("x" * 255, True),
        ("x" * 200, False),
        ("Projet à l&#03", True),
        ("Santé &eacu", True),
        ("R & D", False),
    ],
)
def test_titles_that_are_cut(title: str, cut: bool, tmp_path: Path) -> None:
    remarks = read(tmp_path, PLAIN.replace("Title", title)).sources[0].remarks
    assert [remark.issue for remark in remarks] == ["truncated-title"] * cut


def test_the_old_site_prints_no_currency_and_a_rule_says_which(tmp_path: Path) -> None:
    facts = next(facts for facts in RECORDS if facts["layout"] == "D")
    linked = resolve(read(tmp_path, text(facts)), REFERENCE, as_of="2026-11-21")
    assert "USD" in str(linked.node["budget"])
    decisions = next(nodes for graph, nodes in linked.graphs if graph.startswith("graph:decision/"))
    assert "rule-budget-in-usd" in {node["method"] for node in decisions}


@pytest.mark.parametrize(
    ("amount", "value"),
    [("1,050,000", "1050000"), ("105,000.50", "105000.50"), ("10,50", "10.50"), ("1050,000", None)],
)
def test_commas_part_thousands_or_cents(amount: str, value: str | None, tmp_path: Path) -> None:
    record = read(tmp_path, f"{PLAIN}-\nProjects ID\nTC.0001\n-\nBudget Amount (USD)\n{amount}\n")
    values = accepted_values(record, REFERENCE)
    budget = values.budget if values else None
    assert (budget.value if budget else None) == value
    assert ("unreadable-value budget" in notes(record)) == (value is None)


def test_a_person_can_say_which_language_a_page_is_in(tmp_path: Path) -> None:
    facts = next(facts for facts in RECORDS if facts["project_id"] == "IB.0049")
    record = read(tmp_path, text(facts))
    (tmp_path / "decision.yaml").write_text(
        "property: language\nvalue: en\nwhy: {en: It is English.}\nevidence: [https://iom.int/fr/node/171936]\n"
        "by: A person\non: 2026-11-21\n"
    )
    decision = read_yaml(tmp_path / "decision.yaml", Decision)[0]
    assert isinstance(record, Project)
    decided = resolve(
        Project(id=record.id, sources=record.sources, decisions=(decision,)),
        REFERENCE,
        as_of="2026-11-21",
    )
    assert set(decided.node["title"]) == set(decided.node["narrative"]) == {"en"}
    assert "language" not in decided.node
    assert record.sources[0].language == "fr"


VALUES: Mapping[str, st.SearchStrategy[str]] = {
    "start": st.sampled_from(["2003", "2021"]),
    "end": st.sampled_from(["2005", "2024"]),
    "status": st.sampled_from(["Achevé", "Completed", "Finalizado"]),
    "type": st.sampled_from(["TCMMCB", "Solutions durables / Résolutions progressives (PRDS)"]),
    "budget": st.sampled_from(["50000.00", "105,000"]),
    "coverage": st.sampled_from(["National", "Regional"]),
    "year": st.sampled_from(["2003", "2020"]),
    "region": st.sampled_from(["Europe", "Amérique latine et Caraïbes"]),
    "other_countries": st.sampled_from(["ChileUruguay", "Chili Uruguay"]),
    "prima_id": st.sampled_from(["NA10P0501"]),
    "project_id": st.sampled_from(["TC.0246", "V57-805"]),
    "members": st.sampled_from(
        ["Côte d’Ivoire Ghana", "Bolivie (État plurinational de) Venezuela (du))", "St. Lucia"]
    ),
}
LINES = st.lists(
    st.sampled_from(
        [
            "Objectifs",
            "Un texte court",
            "- Une puce",
            "Une phrase qui finit. Et une autre qui finit.",
        ]
    ),
    max_size=4,
)


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, dict[str, str], str]:
    """A page of layout A or B with some fields, some without values, white space of all kinds; what
    it prints.
    """
    language, layout = draw(st.sampled_from(["fr", "en", "es"])), draw(st.sampled_from("AB"))
    names = draw(st.lists(st.sampled_from(list(LABELS)), min_size=3, unique=True))
    facts: dict[str, Any] = {name: draw(VALUES[name] | st.just("")) for name in names}
    if language == "es":
        facts |= {"status": "Finalizado", "type": "TCMMCB"}
    facts |= {
        "start": "2021",
        "lang": language,
        "layout": layout,
        "title": "Un titre",
        "quirks": [],
    }
    lines = ["Ce projet aide. Il dure longtemps.", *draw(LINES)]
    page = text(facts).removesuffix("\n".join(narrative(facts))) + "\n".join(lines)
    noise = draw(st.sampled_from(["\n", "\r\n", " \n", "\xa0\r\n"]))
    return page.replace("\n", noise), {**expected(facts), "narrative": noise.join(lines)}, language


@settings(
    max_examples=2_000 if os.environ.get("IDFGRAPH_FULL") else 60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(pages())
def test_any_page_of_these_layouts(tmp_path: Path, made: tuple[str, dict[str, str], str]) -> None:
    page, prints, language = made
    source = read(tmp_path, page).sources[0]
    assert printed(source) == prints
    assert source.language == language or not any(is_telling(capture) for capture in source.values)
    for capture in source.values:
        assert capture.span is None or page[slice(*capture.span)] == capture.text


def is_telling(capture: Capture) -> bool:
    return capture.label_language in ("fr", "es") or capture.property == "startYear"


def test_one_field_under_two_labels_is_refused(tmp_path: Path) -> None:
    """Labels of two languages can stand for one field; which value is meant, the page does not
    say.
    """
    page = tmp_path / "page.txt"
    page.write_text("Un titre\n-\nAnnée\n2020\n-\nYear\n2021\n-\nProjet ID\nTC.0001\n", "utf-8")
    with pytest.raises(BadPage, match="'Year' twice, first on line 3 as 'Année'"):
        read_page(page)


@pytest.mark.parametrize("indent", ["  ", ""])
@pytest.mark.parametrize(
    "value",
    [
        "100,000 USD (see note 3).",
        "The project was completed.",
        "«Nacional»",
        '"Tchad"',
        "As agreed:",
        "Korea, Dem. People's Rep.",
    ],
)
def test_a_value_that_reads_as_a_text_is_one(tmp_path: Path, value: str, indent: str) -> None:
    """It cuts off neither the fields before it nor those after it, and is never the title."""
    deeper, last = indent, f"Project Type\n  {value}\n" if indent else ""
    page = tmp_path / "page.txt"
    page.write_text(
        f"A title\n\nStart Date\n{deeper}2020\nProjet ID\n{deeper}V47-805\n"
        f"Project Status\n{deeper}{value}\nCoverage\n{deeper}National\n{last}\n"
        "The project helps the authorities. It lasts.\n",
        "utf-8",
    )
    (source,) = read_page(page).record.sources
    read = {capture.property: capture.text for capture in source.values}
    assert read.pop("narrative") == "The project helps the authorities. It lasts."
    assert read.pop("projectType", value) == value
    expected = ("A title", "2020", "V47-805", value, "National")
    assert tuple(read.values()) == expected, read


LABELS_OF = {
    "en": ("Start Date", "Project Status", "Project Type", "Coverage", "Projects ID"),
    "fr": ("Date de début", "Statut du projet", "Type de projet", "Couverture", "Projet ID"),
    "es": ("Fecha de inicio", "Año", "Prima ID", "Cobertura geográfica", "Proyecto ID"),
}


@pytest.mark.parametrize("dash", ["-", "–", "—", "--", "- ", "−"])
@pytest.mark.parametrize("parted", [True, False])
@pytest.mark.parametrize("language", LABELS_OF)
def test_a_dash_in_the_place_of_a_value_is_none(
    tmp_path: Path, dash: str, *, parted: bool, language: str
) -> None:
    """One, two in a row or the last; all else is read."""
    start, first, second, third, project = LABELS_OF[language]
    by = "-\n" if parted else ""
    for empty in ({first}, {first, second}, {third}, {first, third}):
        values = {start: "2019", first: "A", second: "B", project: "LM.0602", third: "C"}
        values |= dict.fromkeys(empty, dash)
        text = "".join(f"{by}{label}\n{value}\n" for label, value in values.items())
        (source,) = read(tmp_path, f"A title\n{text}The project trained officials.\n").sources
        labels = {one.label: one.text for one in source.values if one.label}
        assert labels == {name: None if name in empty else text for name, text in values.items()}
        told = {one.property: one.text for one in source.values if not one.label}
        assert told == {"title": "A title", "narrative": "The project trained officials."}


def test_dashes_are_no_values_in_other_layouts(tmp_path: Path) -> None:
    """After a colon, below a label that nobody taught, and before the first field."""
    page = "T\n-\n-\nStart Date\n2019\n-\nDonor\n-\n-\nTheme\nX\n-\nProjects ID\nLM.0602\n"
    (source,) = read(tmp_path, page).sources
    found = [(one.label, one.text) for one in source.values]
    expected = [(None, "T"), ("Start Date", "2019"), ("Donor", None), ("Theme", "X")]
    assert found == [*expected, ("Projects ID", "LM.0602")]
    page = "T\nStart Date: 2021\nProject Status: –\nProjects ID: LM.0602\n"
    assert printed(read(tmp_path, page).sources[0]) == {
        "title": "T",
        "startYear": "2021",
        "status": "",
        "projectId": "LM.0602",
    }


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_menu_of_a_site_is_no_field_of_a_page_without_a_title(
    tmp_path: Path, language: str
) -> None:
    page = "\n".join([*NAVIGATION[language], "-", *LABELS_OF[language][:1], "2019", "Text"])
    found = [one.property for one in read(tmp_path, page).sources[0].values]
    assert found == ["startYear", "narrative"]


@pytest.mark.parametrize("lines", [1, 3])
@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_a_text_under_a_label_that_nobody_taught_ends_no_block(
    tmp_path: Path, language: str, lines: int
) -> None:
    """The fields before it and after it are read, in text and in HTML; its own words are kept."""
    start, status, coverage, label, told = {
        "en": ("Start Date", "Project Status", "Coverage", "Remarks", "The donor asked for two."),
        "fr": ("Date de début", "Statut du projet", "Couverture", "Remarques", "Il en faut deux."),
        "es": ("Fecha de inicio", "Proyecto ID", "Cobertura geográfica", "Nota", "Son dos pasos."),
    }[language]
    values = {start: "2020", status: "TC.0001", label: "\n".join([told] * lines), coverage: "X"}
    text = "".join(f"-\n{name}\n{value}\n" for name, value in values.items())
    rows = "".join(
        f"<dt>{name}</dt><dd><p>{value.replace(chr(10), '</p><p>')}</p></dd>"
        for name, value in values.items()
    )
    after = "The project helps the authorities. It lasts."
    for name, page in {
        "page.txt": f"A title\n{text}{after}\n",
        "page.html": f"<html><main><h1>A title</h1><dl>{rows}</dl><p>{after}</p></main></html>",
    }.items():
        (source,) = read(tmp_path, page, name).sources
        read_values = ["A title", *values.values(), after]
        kept = [" ".join((one.text or "").split()) for one in source.values]
        assert kept == [" ".join(value.split()) for value in read_values]


def test_a_currency_is_read_in_small_letters_too(tmp_path: Path) -> None:
    """The usd in the label of a budget is the dollar."""
    page = "T\n-\nBudget Amount (usd)\n10.00\n-\nProjects ID\nTC.0001\n"
    record = read(tmp_path, page)
    assert accepted(record)["budget"]["currency"] == "USD"


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85"])
@pytest.mark.parametrize("places", [1, 4, 99])
def test_lines_end_where_people_see_them_end(end: str, places: int, tmp_path: Path) -> None:
    page = (PLAIN + "\nIt helps. It ends.\n").replace("\n", end, places)
    source = read(tmp_path, page).sources[0]
    found = {"title": "Title", "endYear": "2021", "status": "Active"}
    assert printed(source) == {**found, "narrative": "It helps. It ends."}
    assert all(page[slice(*one.span)] == one.text for one in source.values if one.span)


@pytest.mark.parametrize("title", ["<b>Bold</b> title", "<Draft> A title", "<i> & <a> title"])
def test_a_text_whose_title_begins_as_a_tag(title: str, tmp_path: Path) -> None:
    source = read(tmp_path, PLAIN.replace("Title", title)).sources[0]
    assert printed(source) == {"title": title, "endYear": "2021", "status": "Active"}


YEARS = {
    "en": ("Start Date", "End Date", "Year"),
    "fr": ("Date de début", "Date de fin", "Année"),
    "es": ("Fecha de inicio", "Fecha de finalización", "Año"),
}


@pytest.mark.parametrize("language", YEARS)
@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("name", ["page.txt", "page.html"])
def test_figures_above_their_labels_are_no_values(
    language: str, count: int, name: str, tmp_path: Path
) -> None:
    pairs = [*zip(("2021", "2023", "2020"), YEARS[language], strict=True)][:count]
    rest = [*zip(("IDF Region", "Budget Amount (USD)"), ("Europe", "300,000"), strict=True)]
    lines = [line for pair in (*pairs, *rest) for line in pair]
    page = "\n".join(["Title", "", *lines, "", "It helps them. It ends."])
    if name.endswith("html"):
        body = "".join(f"<div>{line}</div>" for line in lines)
        page = f"<html lang={language}><main><h1>Title</h1>{body}<p>It helps them. It ends.</p>"
    found = printed(read(tmp_path, page, name).sources[0])
    years = {"startYear": "", "endYear": "", "allocationYear": ""}
    expected = dict(list(years.items())[:count])
    rest_of = {"fundRegion": "Europe", "budget.value": "300,000"}
    assert {key: found.get(key) for key in (*expected, *rest_of)} == {**expected, **rest_of}
    assert found["title"] == "Title"


def test_a_line_above_fields_is_no_value(tmp_path: Path) -> None:
    page = "Title\n2019\n-\nEnd Date\n2021\n-\nYear\n2020\n-\nIDF Region\n\nIt helps. It ends."
    found = printed(read(tmp_path, page).sources[0])
    assert (found["endYear"], found["allocationYear"]) == ("2021", "2020")


#: Fields of a text page in several forms, and labels in three languages.
_AS_TEXT = {
    "dashes": "-\n{}\n{}\n",
    "bullets": "• {}\n  {}\n",
    "colons": "{}: {}\n",
    "lines": "{}\n{}\n",
}
_LABELLED = {
    "en": ("Start Date", "Projects ID", "Coverage", "End Date"),
    "fr": ("Date de début", "Projet ID", "Couverture", "Date de fin"),
    "es": ("Fecha de inicio", "Proyecto ID", "Cobertura geográfica", "Fecha de finalización"),
}


@pytest.mark.parametrize("language", _LABELLED)
@pytest.mark.parametrize("form", _AS_TEXT)
def test_a_second_project_in_a_text_is_told_and_not_mixed(
    form: str, language: str, tmp_path: Path
) -> None:
    start, id_, coverage, end = _LABELLED[language]
    field, file = _AS_TEXT[form].format, tmp_path / "page.txt"
    fields = ((start, "2020"), (id_, "AA.0001"), (coverage, "National"))
    own = "".join(("Title\n", *(field(*pair) for pair in fields)))
    other = f"Another\n{field(end, '2006')}{field('Prima ID', 'X')}"
    for told_of_it in ("", "The project helps. It trains officers of the border.\n"):
        for order in (
            f"{own}{told_of_it}\n{other}It was a success.",
            f"{other}{told_of_it}\n{own}{told_of_it}",
        ):
            file.write_text(order)
            source = read_page(file).record.sources[0]
            told = {capture.property: capture.text or "" for capture in source.values}
            assert (told["title"], told["startYear"], told["projectId"]) == (
                "Title",
                "2020",
                "AA.0001",
            )
            assert "endYear" not in told and not any("Another" in one for one in told.values())
            (left,) = left_out(file)
            assert left.reason == "apart" and "Another" in left.text and "2006" in left.text
    file.write_text(f"{own}\nAnother\n{field(id_, 'ZZ.0001')}")
    assert [one.reason for one in left_out(file)] == ["other-project"]
