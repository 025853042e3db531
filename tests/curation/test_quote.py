"""`quote` finds words on a record's page, and writes them, their place and the value; what people
wrote stays, and what they quoted outlives the next capture.
"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.command import ROOT, desk_in, run

from idfgraph.checks.check import check
from idfgraph.curation.extract import extract
from idfgraph.curation.quote import carried, quote, standings
from idfgraph.model.errors import BadInput
from idfgraph.model.records import Capture, Source
from idfgraph.sources.pages import page_text
from idfgraph.sources.records import read_record

SHELF = ROOT / "data" / "pages"
PAGES = {page.stem: page_text(page) for page in sorted(SHELF.glob("*.txt"))}
PAGE = "000_3cd946cab0f19b2c"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A desk with the five records and their pages."""
    return desk_in(tmp_path)


def record(desk: Path, name: str = "V47-805") -> Path:
    return desk / "records" / f"{name}.yaml"


def quotes(file: Path) -> dict[str, tuple[str, str]]:
    """What each capture of a record says, and what its page has at its span."""
    return {
        capture.property: (capture.text, PAGES[source.identifier][slice(*capture.span)])
        for source in read_record(file).record.sources
        for capture in source.values
        if capture.text and capture.span
    }


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("association.funding", "only records of a programme have it"),
        ("beneficary", "did you mean beneficiary"),
        ("budgett.value", "did you mean budget.value, budget.currency"),
        ("colour", "choose one of "),
    ],
)
def test_a_field_that_is_none_leads_to_one(desk: Path, field: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        quote(record(desk), field, "2024", desk / "pages")


def test_words_are_evidence_and_give_the_value(desk: Path) -> None:
    file = record(desk)
    done = quote(file, "otherBeneficiary", "l’Albanie", desk / "pages", nth=2)
    assert done.changes == {"otherBeneficiary": ["ALB"]}
    assert quotes(file)["otherBeneficiary"] == ("l'Albanie", "l'Albanie")
    before = (ROOT / "data/records/V47-805.yaml").read_text("utf-8").splitlines()
    after = file.read_text("utf-8").splitlines()
    assert [line for line in before if line not in after] == []
    assert check([desk]).report.conforms


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Congo (Democratic Republic of)", "Congo"),
        ("Guinea Ecuatorial", "Guinea"),
        ("Congo, Dem. Rep.", "Congo"),
        ("République populaire démocratique de Corée", "Corée"),
        ("Soudan du Sud", "Soudan"),
        ("Papua New Guinea", "Guinea"),
    ],
)
def test_words_of_a_longer_name_are_refused(desk: Path, name: str, words: str) -> None:
    page = desk / "pages" / f"{PAGE}.txt"
    page.write_text(page.read_text("utf-8") + f"In {name}.\n", "utf-8")
    file = record(desk)
    before = file.read_text("utf-8")
    with pytest.raises(BadInput):
        quote(file, "otherBeneficiary", words, desk / "pages")
    assert file.read_text("utf-8") == before


def test_a_part_is_quoted_by_its_role(desk: Path) -> None:
    file = record(desk, "mainstreaming-migration")
    words = "Direction du développement et de la coopération"
    done = quote(file, "association.extending", words, desk / "pages")
    assert {"agent": "sdc", "role": "extending"} in done.changes["association"]  # type: ignore[operator]
    assert check([desk]).report.conforms
    with pytest.raises(BadInput, match="there is no role 'partner'; choose one of accountable, "):
        quote(file, "association.partner", words, desk / "pages")


def test_what_is_counted_may_be_on_no_list(desk: Path) -> None:
    file = record(desk, "mainstreaming-migration")
    done = quote(file, "result.member-states-2024", "175", desk / "pages")
    assert {"count": "175", "measure": "provisional-member-states-2024"} in done.changes["result"]  # type: ignore[operator]
    assert done.notes == (
        "result: “member-states-2024” is on no list; it is kept as printed, as a provisional code.",
    )
    assert check([desk]).report.conforms


def test_what_is_counted_is_named_as_codes_are(desk: Path) -> None:
    file = record(desk, "mainstreaming-migration")
    with pytest.raises(BadInput, match=r"is no name of a part; write .* result\.teachers-trained"):
        quote(file, "result.Teachers Trained", "175", desk / "pages")


PROGRAMME = """Migration and Development

Denmark's embassy spoke. {text}
"""
PARTNERS = {
    "a state": ("Thanks go to Denmark.", "Denmark", ["government-dnk"]),
    "with its article": ("Merci à la Suisse, et à tous.", "la Suisse", ["government-che"]),
    "after a small word": ("Con aportes de Japón.", "de Japón", ["government-jpn"]),
    "several": (
        "Merci au Royaume-Uni, à la Norvège et au PNUD.",
        "Royaume-Uni, à la Norvège et au PNUD",
        ["government-gbr", "government-nor", "undp"],
    ),
    "with its agency": ("Gracias a Suiza (COSUDE).", "Suiza (COSUDE)", ["government-che"]),
    "as a government": ("El Gobierno de Dinamarca.", "Gobierno de Dinamarca", ["government-dnk"]),
}


@pytest.fixture
def programme(tmp_path: Path) -> Callable[[str], Path]:
    """What makes a record of a programme whose page says this."""

    def make(text: str) -> Path:
        (page := tmp_path / "pages" / "page.txt").parent.mkdir(exist_ok=True)
        page.write_text(PROGRAMME.format(text=text), "utf-8")
        (done,) = extract([page], tmp_path / "records", programme="development")
        assert done.file
        return done.file

    return make


@pytest.mark.parametrize(("text", "words", "agents"), PARTNERS.values(), ids=PARTNERS.keys())
def test_a_state_that_pays_is_its_government(
    text: str, words: str, agents: list[str], programme: Callable[[str], Path]
) -> None:
    file = programme(text)
    nth = 2 if words == "Denmark" else 0
    done = quote(file, "association.funding", words, file.parents[1] / "pages", nth=nth)
    assert [one["agent"] for one in done.changes["association"]] == agents  # type: ignore[attr-defined]
    assert check([file.parents[1]]).report.conforms


@pytest.mark.parametrize("words", ["UNDP Denmark", "Portugal and Denmark", "visitors of Denmark"])
def test_what_is_more_than_a_state_or_none_that_pays_is_not_taken(
    words: str, programme: Callable[[str], Path]
) -> None:
    file = programme(f"Thanks go to {words}, too.")
    before = file.read_bytes()
    with pytest.raises(BadInput, match=r"is no known name.*quote the name alone"):
        quote(file, "association.funding", words, file.parents[1] / "pages")
    assert file.read_bytes() == before


SEVERAL = {
    "targetsGovernmentOf": ("Kenya", "Uganda", ["KEN", "UGA"]),
    "association.funding": ("Norway", "UNICEF", ["government-nor", "unicef"]),
    "hasPart.phase": ("first", "second", ["1", "2"]),
}


@pytest.mark.parametrize(("field", "row"), SEVERAL.items(), ids=SEVERAL.keys())
def test_words_are_one_value_more_where_there_can_be_several(
    field: str, row: tuple[str, str, list[str]], programme: Callable[[str], Path]
) -> None:
    one, other, values = row
    file = programme(f"Said in {one}. Told by {other}. In the {one} and the {other} place.")
    shelf, name = file.parents[1] / "pages", field.partition(".")[0]
    quote(file, field, one, shelf, nth=1)
    changed = quote(file, field, other, shelf, nth=1).changes[name]
    found = [value["agent"] if isinstance(value, dict) else value for value in changed]  # type: ignore[attr-defined]
    assert sorted(found) == values
    assert {capture.text for capture in of_field(file, field)} == {one, other}
    assert check([file.parents[1]]).report.conforms
    with pytest.raises(BadInput, match=f"its page is quoted for {field} already: '{other}'"):
        quote(file, field, other, shelf, nth=1)
    (again,) = extract([shelf / "page.txt"], file.parent, programme="development")
    assert again.outcome == "unchanged"
    quote(file, field, other, shelf, nth=2, instead=True)
    assert [capture.text for capture in of_field(file, field)] == [other]


def of_field(file: Path, field: str) -> list[Capture]:
    """The captures of a field."""
    (source,) = read_record(file).record.sources
    return [capture for capture in source.values if capture.property == field]


def test_a_word_more_joins_what_has_a_label(desk: Path) -> None:
    done = quote(record(desk, "W34-805"), "beneficiary", "Bélarus", desk / "pages", nth=1)
    assert done.changes == {"beneficiary": ["BLR", "MDA", "POL", "ROU", "SVK", "UKR"]}
    assert check([desk]).report.conforms


def test_a_word_more_joins_what_prose_gives(desk: Path) -> None:
    file = record(desk, "mainstreaming-migration")
    done = quote(file, "association.funding", "OIM", desk / "pages", nth=1)
    assert {"agent": "sdc", "role": "funding"} in done.changes["association"]  # type: ignore[operator]
    assert {"agent": "iom", "role": "funding"} in done.changes["association"]  # type: ignore[operator]
    assert check([desk]).report.conforms


def test_a_result_has_one_count(desk: Path) -> None:
    file, field = record(desk, "mainstreaming-migration"), "result.laws-policies-mainstreamed"
    with pytest.raises(BadInput, match=f"its page is quoted for {field} already: '12'"):
        quote(file, field, "175", desk / "pages")


def test_names_that_the_desk_adds_are_known(desk: Path) -> None:
    alias = '- {alias: Belgrade, lang: fr, id: "st:SRB", why: the capital stands for the state}\n'
    shutil.rmtree(desk / "reference")
    (desk / "reference").mkdir()
    (desk / "reference" / "overrides.yaml").write_text(alias, "utf-8")
    done = quote(record(desk), "otherBeneficiary", "Belgrade", desk / "pages")
    assert done.changes == {"otherBeneficiary": ["SRB"], "mentionsState": ["ALB", "SRB"]}


def test_a_quote_outlives_the_next_capture(desk: Path) -> None:
    file = record(desk)
    quote(file, "otherBeneficiary", "l'Albanie", desk / "pages", nth=2)
    told = file.read_bytes()
    (page,) = (desk / "pages").glob("000_*.txt")
    (done,) = extract([page], desk / "records")
    assert (done.outcome, file.read_bytes()) == ("unchanged", told)


def test_words_take_the_place_of_others_where_asked(desk: Path) -> None:
    file = record(desk)
    quote(file, "beneficiary", "Albanie", desk / "pages", nth=1, instead=True)
    source = read_record(file).record.sources[0]
    (capture,) = (one for one in source.values if one.property == "beneficiary")
    assert (capture.text, capture.label, capture.span) == ("Albanie", None, (1280, 1287))


@pytest.mark.parametrize(
    ("field", "words", "nth", "said"),
    [
        ("startYear", "phase pilote", 0, "stands at 2 places: 1 line 55: "),
        ("startYear", "phase pilote", 3, "there is no place 3 of 'phase pilote', but 2"),
        ("startYear", "dans sa phase", 0, "none of its pages has the words"),
        ("startYear", " ", 0, "none of its pages has the words"),
        ("startYear", "Achevé", 0, "cannot be read as this kind of value"),
        ("beneficiary", "Tirana", 1, "is no known name"),
        ("status", "Achevé", 0, "is quoted for status already: 'Achevé'"),
        ("otherBeneficiary", "Tirana", 0, "is no known name"),
        ("budget", "49997.00", 0, "choose one of allocationYear, "),
        ("budget.cents", "49997.00", 0, "is no field to quote words for"),
        ("status.code", "Achevé", 0, "is no field to quote words for"),
        ("mentionsState", "Albanie", 1, "is no field to quote words for"),
        ("association.funding", "l'OIM", 1, "is no field to quote words for"),
    ],
)
def test_what_gives_no_evidence_changes_nothing(
    desk: Path, field: str, words: str, nth: int, said: str
) -> None:
    before = record(desk).read_bytes()
    with pytest.raises(BadInput, match=re.escape(said)):
        quote(record(desk), field, words, desk / "pages", nth=nth)
    assert record(desk).read_bytes() == before


@pytest.mark.parametrize("field", ["coverage", "status", "projectType", "fundRegion"])
def test_a_word_on_no_list_is_no_code_unless_asked_for(desk: Path, field: str) -> None:
    before = record(desk).read_bytes()
    with pytest.raises(BadInput, match=rf"on no list of {field}; quote one .* with --new-code"):
        quote(record(desk), field, "phase pilote", desk / "pages", nth=1, instead=True)
    assert record(desk).read_bytes() == before
    words = (field, "phase pilote", "--nth", "1", "--instead")
    assert run("quote", record(desk), *words, cwd=desk).returncode == 2
    done = run("quote", record(desk), *words, "--new-code", cwd=desk)
    assert done.returncode == 0 and "provisional-phase-pilote" in done.stdout


def test_a_page_that_is_not_at_hand_is_named(desk: Path) -> None:
    with pytest.raises(BadInput, match=f"its page {PAGE} .* is not in"):
        standings(record(desk), "Albanie", desk)


@given(st.data())
def test_words_are_found_however_they_are_spaced(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(PAGES)))
    words = list(re.finditer(r"\S+", PAGES[name]))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, min(first + 8, len(words) - 1)))
    span = (words[first].start(), words[last].end())
    gap = data.draw(st.sampled_from([" ", "\n", "\u00a0", "\u202f ", "  "]))
    asked = gap.join(word.group() for word in words[first : last + 1]).replace("'", "’")
    source = Source(page="0" * 64, identifier=name, language="fr")
    quoted = Capture(property="title", text=asked, span=span)
    (capture,) = carried(
        Source(page="1" * 64, identifier=name, language="fr", values=(quoted,)),
        source,
        lambda: PAGES[name],
    ).values
    assert capture.span == span
    assert capture.text == PAGES[name][slice(*span)]


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("Un projet de l\u2019OIM\u00a0: 2\u00ad011, fin", ["2\u00ad011"]),
        ("De\u0301but\u202f2011 et fin", ["2011"]),
        ("en 2011, et en 2011", []),
        ("en 12011 et 2011a", []),
    ],
)
def test_words_of_a_page_that_changed_are_kept_where_they_stand_once(
    page: str, kept: list[str]
) -> None:
    quoted = Capture(property="startYear", text="2011", span=(0, 4))
    labelled = Capture(property="endYear", text="fin", label="Date de fin", span=(5, 8))
    known = Source(page="1" * 64, identifier="a", language="fr", values=(quoted, labelled))
    again = carried(known, Source(page="0" * 64, identifier="a", language="fr"), lambda: page)
    assert [capture.text for capture in again.values] == kept
    assert all(page[slice(*one.span or (0, 0))] == one.text for one in again.values)


def test_the_command(desk: Path) -> None:
    words = ("otherBeneficiary", "l'Albanie", "--nth", "2")
    done = run("quote", record(desk), *words, cwd=desk)
    assert (done.returncode, done.stderr) == (0, "")
    assert "otherBeneficiary quoted, line 55: " in done.stdout
    assert "  otherBeneficiary: ALB\n" in done.stdout
    asked = run("quote", record(desk), "startYear", "phase pilote", cwd=desk)
    assert (asked.returncode, asked.stdout) == (2, "")
    assert "say which is meant with --nth" in asked.stderr


RESIDUE = """Support to authorities

  • Start Date
    2021
  • Benefiting Member States
    Kenya and Utopie Land
  • Projects ID
    PO.0001

A workshop for the authorities.
"""


@pytest.fixture
def with_residue(tmp_path: Path) -> Path:
    """A record whose page names a state that nobody knows."""
    (page := tmp_path / "pages" / "page.txt").parent.mkdir()
    page.write_text(RESIDUE, "utf-8")
    (done,) = extract([page], tmp_path / "records")
    assert done.file
    return done.file


def test_what_stays_doubtful_about_a_field_is_told(with_residue: Path) -> None:
    done = quote(with_residue, "beneficiary", "Kenya", with_residue.parent.parent / "pages")
    assert done.dropped == ()
    assert done.notes == (
        "beneficiary: “Utopie Land” is no known name. (It still stands: put these words in the "
        "place of those with --instead, or decide.)",
    )


def test_what_is_dropped_is_listed(with_residue: Path) -> None:
    pages = with_residue.parent.parent / "pages"
    done = quote(with_residue, "beneficiary", "Kenya", pages, instead=True)
    assert done.dropped == ("Kenya and Utopie Land",)
    assert done.notes == ()
    again = run("quote", with_residue, "beneficiary", "Utopie Land", "--instead", cwd=pages)
    assert (again.returncode, "is no known name" in again.stderr) == (2, True)
    shutil.copy(pages / "page.txt", with_residue.parent.parent / "page.txt")
    told = run("quote", with_residue, "startYear", "2021", "--instead", cwd=pages).stdout
    assert "  no longer quoted: 2021\n" in told


STATES_FR = "Etat(s) membre(s) beneficiaires remplissant les conditions requises"
STATES_ES = "Estados Miembros Beneficiarios que Reúnen los Requisitos"

# words that give no value, though their field has such words already

KNOWN = {
    "en": ("Start Date", "Budget Amount (USD)", "Projects ID", "Benefiting Member States"),
    "fr": ("Date de début", "Budget Amount (USD)", "Projet ID", STATES_FR),
    "es": ("Fecha de inicio", "Budget Amount (USD)", "Proyecto ID", STATES_ES),
}


@pytest.fixture(params=KNOWN)
def odd(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The record of a page whose start, budget and second state give no value."""
    start, budget, id_, states = KNOWN[request.param]
    lines = ("A title", "-", start, "Q3 2019", "-", budget, "0.00", "-", id_, "PX.0001", "-")
    page = tmp_path / "pages" / "p.txt"
    page.parent.mkdir()
    text = "\n".join((*lines, states, "Atlantis, Mali", "Avec Fidji, Fiji, Fiyi. 2018."))
    page.write_text(f"{text}\n", "utf-8")
    (done,) = extract([page], tmp_path / "records")
    assert done.file
    return done.file


@pytest.mark.parametrize("instead", [False, True])
@pytest.mark.parametrize(
    ("field", "words"),
    [("beneficiary", "Atlantis"), ("budget.value", "0.00"), ("startYear", "Q3 2019")],
)
def test_words_without_a_value_are_refused_though_they_stand_there(
    field: str, words: str, instead: bool, odd: Path
) -> None:
    before = odd.read_bytes()
    with pytest.raises(BadInput) as caught:
        quote(odd, field, words, odd.parents[1] / "pages", instead=instead)
    assert ".;" not in str(caught.value)
    assert odd.read_bytes() == before


def test_words_with_a_value_are_taken_beside_those_without(odd: Path) -> None:
    done = quote(odd, "beneficiary", "Fiji", odd.parents[1] / "pages")
    assert done.changes["beneficiary"] == ["FJI", "MLI"]
    assert any("Atlantis" in note and "still stands" in note for note in done.notes)


def test_words_at_the_same_place_keep_their_label(desk: Path) -> None:
    file = record(desk)
    before = file.read_text("utf-8").splitlines()
    quote(file, "budget.value", "49997.00", desk / "pages", instead=True)
    assert sorted(file.read_text("utf-8").splitlines()) == sorted(before)
