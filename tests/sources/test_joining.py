"""Several captures of one project: they join on its Projet ID, differ by rule or in the open, and
decisions win.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import convert
from msgspec.structs import replace

from idfgraph.checks.check import check
from idfgraph.curation.extract import reviewed_form
from idfgraph.graph.resolve import Reference, accepted_values, resolve
from idfgraph.graph.setting import prepare
from idfgraph.model.errors import BadInput, BadRecord, DuplicateId
from idfgraph.model.fields import ProjectValues
from idfgraph.model.judgements import Decision
from idfgraph.model.records import Capture, Project, Record, Source
from idfgraph.model.text import Language
from idfgraph.pipeline import publish
from idfgraph.sources.files import find_files
from idfgraph.sources.records import render_record
from idfgraph.sources.reference_files import read_reference
from idfgraph.sources.stream import read
from idfgraph.system import resources

DATA = Path(__file__).parents[2] / "data"
REFERENCE = Reference(read_reference(resources.REFERENCE))

#: What a French and an English page print of one project, the French one with the template's end
#: year.
FRENCH = {
    "endYear": "2024",
    "status": "Achevé",
    "coverage": "Regional",
    "fundRegion": "Europe",
}
ENGLISH = {
    "startYear": "2003",
    "endYear": "2007",
    "status": "Completed",
    "allocationYear": "2003",
}

#: The note on the template's end year.
DOUBTED = "implausible-date-endYear.2024"


def source(
    language: Language, printed: Mapping[str, str], *, labelled: bool = True, title: str = ""
) -> Source:
    """A captured page that prints these values, one after the other."""
    captures = [Capture(property="title", text=title, span=(0, len(title)))] if title else []
    for property_, text in {"projectId": "W34-805", **printed}.items():
        label = "label" if labelled and property_ not in ("narrative", "title") else None
        start = captures[-1].span[1] + 1 if captures and captures[-1].span else 0
        captures.append(
            Capture(property=property_, text=text, label=label, span=(start, start + len(text)))
        )
    page = sha256(repr((language, printed, labelled, title)).encode()).hexdigest()
    return Source(page=page, identifier=page[:8], language=language, values=tuple(captures))


def project(*sources: Source, decisions: Sequence[Mapping[str, Any]] = ()) -> Project:
    said = {
        "why": {"en": "so"},
        "evidence": ["https://example.org/"],
        "by": "A. Steward",
        "on": "2026-01-31",
    }
    made = tuple(convert({**said, **decision}, Decision) for decision in decisions)
    return Project(id="W34-805", sources=sources, decisions=made)


def values(record: Record) -> ProjectValues:
    found = accepted_values(record, REFERENCE)
    assert isinstance(found, ProjectValues)
    return found


def notes(record: Record) -> dict[str, str]:
    """Issue and property of each note that is not on a value that is merely missing, and its
    English text.
    """
    found = resolve(record, REFERENCE, as_of="2026-11-21").notes
    named = {note.id.partition("#note-")[2]: note.comment["en"] for note in found}
    return {name: text for name, text in named.items() if not name.startswith("missing-value")}


def test_the_other_page_fills_what_the_template_lacks() -> None:
    record = project(source("fr", FRENCH), source("en", ENGLISH))
    found = values(record)
    assert (found.start_year, found.end_year, found.allocation_year) == ("2003", "2007", "2003")
    assert found.status == "completed"
    assert notes(record).keys() == {DOUBTED, "contradiction-endYear"}
    assert values(project(source("fr", FRENCH))).end_year is None


#: Two captures, what is accepted of a property, and whether the difference is told.
CONTESTS: tuple[tuple[str, Source, Source, str, object, bool], ...] = (
    (
        "other language, same code",
        source("fr", {"status": "Achevé"}),
        source("es", {"status": "Finalizado"}),
        "status",
        "completed",
        False,
    ),
    (
        "two labelled codes",
        source("fr", {"status": "Achevé"}),
        source("en", {"status": "Active"}),
        "status",
        None,
        True,
    ),
    (
        "labelled first",
        source("fr", {"status": "Actif"}),
        source("en", {"status": "Completed"}, labelled=False),
        "status",
        "active",
        False,
    ),
    (
        "both unlabelled",
        source("fr", {"status": "Actif"}, labelled=False),
        source("en", {"status": "Completed"}, labelled=False),
        "status",
        None,
        True,
    ),
    (
        "states in another language and order",
        source("fr", {"beneficiary": "Ukraine Pologne"}),
        source("en", {"beneficiary": "Poland Ukraine"}),
        "beneficiary",
        ("POL", "UKR"),
        False,
    ),
    (
        "other states",
        source("fr", {"beneficiary": "Ukraine"}),
        source("en", {"beneficiary": "Poland"}),
        "beneficiary",
        (),
        True,
    ),
    (
        "years",
        source("fr", {"startYear": "2003"}),
        source("en", {"startYear": "2004"}),
        "start_year",
        None,
        True,
    ),
    (
        "end years",
        source("fr", {"endYear": "2006"}),
        source("en", {"endYear": "2007"}),
        "end_year",
        None,
        True,
    ),
    (
        "a title of another language",
        source("fr", {}, title="Appui"),
        source("en", {}, title="Support"),
        "title",
        {"fr": "Appui", "en": "Support"},
        False,
    ),
    (
        "two titles of one language",
        source("fr", {}, title="Appui"),
        source("fr", {}, title="Soutien"),
        "title",
        {},
        True,
    ),
    (
        "two titles, one unlabelled",
        source("fr", {"status": "Actif"}, title="Appui"),
        source("fr", {}, title="Soutien", labelled=False),
        "title",
        {"fr": "Appui"},
        True,
    ),
    (
        "narratives, one unlabelled",
        source("en", {"narrative": "One text."}, labelled=False),
        source("en", {"narrative": "Another text."}),
        "narrative",
        {"en": "Another text."},
        False,
    ),
    (
        "two labelled narratives",
        source("en", {"narrative": "One."}),
        source("en", {"narrative": "Two."}),
        "narrative",
        {},
        True,
    ),
)


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("case", CONTESTS, ids=lambda case: case[0])
def test_captures_that_differ(
    case: tuple[str, Source, Source, str, object, bool], order: int
) -> None:
    _, one, other, name, expected, told = case
    record = project(*(one, other)[::order])
    assert getattr(values(record), name) == expected
    assert any(note.startswith("contradiction-") for note in notes(record)) is told
    graphs = dict(resolve(record, REFERENCE, as_of="2026-11-21").graphs)
    assert {f"graph:source/{page.page[:16]}" for page in (one, other)} <= graphs.keys()


def test_white_space_makes_no_difference_and_the_first_stands() -> None:
    spaced = source("fr", {}, title="Appui  à"), source("fr", {"status": "Actif"}, title="Appui à")
    assert (values(project(*spaced)).title, notes(project(*spaced))) == ({"fr": "Appui  à"}, {})


def test_amounts_are_compared_by_their_number() -> None:
    budgets = ({"budget.value": "85000.00", "budget.currency": "USD"}, {"budget.value": "85000"})
    record = project(source("fr", budgets[0]), source("en", budgets[1]))
    found = values(record).budget
    assert found and found.value == "85000.00"
    assert not any(note.startswith("contradiction") for note in notes(record))


def test_states_are_mentioned_by_the_narratives_that_are_accepted() -> None:
    told = {"en": "Ukraine and Belarus took part.", "fr": "Le Bélarus et la Pologne y participent."}
    pages = [source("en", {"narrative": told["en"]}), source("fr", {"narrative": told["fr"]})]
    assert values(project(*pages)).mentions_state == ("BLR", "POL", "UKR")
    rivals = (
        source("en", {"narrative": "Georgia took part."}),
        source("en", {"narrative": "Georgia left."}),
    )
    assert values(project(*rivals)).mentions_state == ()


#: Decisions, two captures, the property's accepted value, and the notes that stay.
PAGES = (
    source("fr", {"status": "Achevé", "startYear": "2003"}),
    source("en", {"status": "Active"}),
)
AGREED = (source("fr", {"startYear": "2003"}), source("en", {"startYear": "2003"}))
DECIDED: tuple[tuple[str, tuple[Source, ...], dict[str, Any], str, object, set[str]], ...] = (
    (
        "wins",
        PAGES,
        {"property": "status", "value": "completed"},
        "status",
        "completed",
        {"decided-otherwise-status"},
    ),
    (
        "none",
        PAGES,
        {"property": "startYear", "value": "none"},
        "start_year",
        None,
        {"decided-otherwise-startYear", "contradiction-status"},
    ),
    (
        "no status",
        PAGES,
        {"property": "status", "value": "none"},
        "status",
        None,
        {"decided-otherwise-status"},
    ),
    (
        "one title",
        PAGES,
        {"property": "title", "value": {"en": "Support"}},
        "title",
        {"en": "Support"},
        {"contradiction-status"},
    ),
    (
        "no longer needed",
        AGREED,
        {"property": "startYear", "value": "2003"},
        "start_year",
        "2003",
        {"decision-not-needed-startYear"},
    ),
    (
        "none no longer needed",
        AGREED,
        {"property": "endYear", "value": "none"},
        "end_year",
        None,
        {"decision-not-needed-endYear"},
    ),
    (
        "overtaken",
        AGREED,
        {"property": "startYear", "value": "2005", "insteadOf": "2004"},
        "start_year",
        "2005",
        {"decision-overtaken-startYear", "decided-otherwise-startYear"},
    ),
    (
        "still against the same",
        AGREED,
        {"property": "startYear", "value": "2005", "insteadOf": ["2003"]},
        "start_year",
        "2005",
        {"decided-otherwise-startYear"},
    ),
    (
        "printed no more",
        AGREED,
        {"property": "allocationYear", "value": "2005", "insteadOf": "2004"},
        "allocation_year",
        "2005",
        {"decision-overtaken-allocationYear", "date-order-allocationYear"},
    ),
    (
        "against the template",
        (source("fr", FRENCH),),
        {"property": "endYear", "value": "2007", "insteadOf": "2024"},
        "end_year",
        "2007",
        {"decided-otherwise-endYear"},
    ),
    (
        "none against the template",
        (source("fr", FRENCH),),
        {"property": "endYear", "value": "none"},
        "end_year",
        None,
        {"decided-otherwise-endYear"},
    ),
    (
        "the other page agrees",
        (source("fr", FRENCH), source("en", ENGLISH)),
        {"property": "endYear", "value": "2007"},
        "end_year",
        "2007",
        {"decision-not-needed-endYear", "decided-otherwise-endYear"},
    ),
    (
        "a later end",
        (source("fr", {"status": "Actif", "startYear": "2021", "endYear": "2024"}),),
        {"property": "endYear", "value": "2030"},
        "end_year",
        "2030",
        {"decided-otherwise-endYear"},
    ),
    (
        "an unreadable year",
        (source("fr", {"startYear": "2O03"}),),
        {"property": "startYear", "value": "2003"},
        "start_year",
        "2003",
        {"decided-otherwise-startYear"},
    ),
    (
        "a name that is none",
        (source("fr", {"beneficiary": "Ruritanie"}),),
        {"property": "beneficiary", "value": "MDA"},
        "beneficiary",
        ("MDA",),
        {"decided-otherwise-beneficiary"},
    ),
    (
        "no year",
        PAGES,
        {"property": "startYear", "value": "soon"},
        "start_year",
        "2003",
        {"contradiction-status", "unreadable-value-startYear"},
    ),
    (
        "no amount",
        PAGES,
        {"property": "budget", "value": "a lot"},
        "budget",
        None,
        {"contradiction-status", "unreadable-value-budget"},
    ),
)


@pytest.mark.parametrize("case", DECIDED, ids=lambda case: case[0])
def test_decisions(
    case: tuple[str, tuple[Source, ...], dict[str, Any], str, object, set[str]],
) -> None:
    _, pages, decision, name, expected, told = case
    record = project(*pages, decisions=[decision])
    assert getattr(values(record), name) == expected
    assert notes(record).keys() == told
    (node,) = (
        n
        for _, nodes in resolve(record, REFERENCE, as_of="2026-11-21").graphs
        for n in nodes
        if "decidedBy" in n
    )
    assert node["decidedBy"] == "A. Steward"
    assert ("aboutValue" in node) == (decision["value"] not in ("none", "a lot", "soon"))


#: Text of a captured French page in labelled lines.
def french(id_: str = "W34-805", title: str = "Un projet", **printed: str) -> str:
    fields = {
        "Statut du projet": "Achevé",
        **{label.replace("_", " "): text for label, text in printed.items()},
    }
    lines = [
        line for label, text in {**fields, "Projet ID": id_}.items() for line in ("-", label, text)
    ]
    return "\n".join([title, *lines, "Le projet suit son cours."]) + "\n"


def written(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8", newline="")
    return folder


def records(*folders: Path) -> Iterator[Record]:
    return (sourced.record for sourced in read(folders))


#: The English page of W34-805 as real-world facts give it, with a text of our own.
ENGLISH_PAGE = """\
Support to the Participation of Former Soviet Union Countries
-
Start Date
2003
-
End Date
2007
-
Project Status
Completed
-
Project Type
TCMMCB
-
Budget Amount (USD)
85000.00
-
Coverage
Regional
-
Year
2003
-
IDF Region
Europe
-
Projects ID
W34-805
-
Benefiting Member States
Republic of Moldova Poland Romania Slovakia Ukraine
The project supported the participation of IOM member states in the process.
"""


def test_the_seed_with_its_english_page(tmp_path: Path) -> None:
    seed = DATA / "pages" / "001_39c4e74059a5ecd8.txt"
    english = written(tmp_path, en_txt=ENGLISH_PAGE)
    (joined,) = records(seed, english)
    found = values(joined)
    assert [page.language for page in joined.sources] == ["fr", "en"]
    assert (found.start_year, found.end_year) == ("2003", "2007")
    assert found.title.keys() == found.narrative.keys() == {"en", "fr"}
    assert notes(joined).keys() >= {DOUBTED, "contradiction-endYear"}
    assert not check([seed, english]).report.count("Violation")
    stale = check([seed, english, DATA / "records" / "W34-805.yaml"])
    new = {"allocationYear", "endYear", "narrative", "startYear", "title"}
    assert {
        finding.result.about for finding in stale.findings if finding.result.severity == "Violation"
    } == new


def test_pages_of_one_project_make_one_record_whatever_their_names(tmp_path: Path) -> None:
    pages = [french(), french(Année="2003"), french("V57-805")]
    one = written(tmp_path / "one", a_txt=pages[0], b_txt=pages[1], c_txt=pages[2])
    other = written(tmp_path / "other", z_txt=pages[0], y_txt=pages[1], x_txt=pages[2])
    found = {record.id: [page.page for page in record.sources] for record in records(one)}
    assert {id_: len(pages) for id_, pages in found.items()} == {"V57-805": 1, "W34-805": 2}
    assert found == {record.id: [page.page for page in record.sources] for record in records(other)}


def test_identical_bytes_count_once(tmp_path: Path) -> None:
    folder = written(
        tmp_path, a_txt=french(), b_txt=french(), pages_yaml="b.txt: https://example.org/b\n"
    )
    (record,) = records(folder)
    assert [page.url for page in record.sources] == ["https://example.org/b"]
    assert len(find_files([folder]).pages) == 1


def test_a_page_joins_the_record_that_does_not_name_it(tmp_path: Path) -> None:
    first = written(tmp_path / "pages", a_txt=french())
    (made,) = (reviewed_form(prepare([]), record) for record in records(first))
    folder = written(tmp_path / "records", r_yaml=render_record(made))
    assert [len(record.sources) for record in records(first, folder)] == [1]
    second = written(tmp_path / "more", b_txt=french(Année="2003"))
    (joined,) = read([second, folder])
    assert [page.identifier for page in joined.record.sources] == ["a", "b"]
    done = check([second, folder])
    (grave,) = (finding for finding in done.findings if finding.result.severity == "Violation")
    assert (grave.result.about, Path(grave.place.file).name, grave.place.line) == (
        "allocationYear",
        "b.txt",
        7,
    )


def test_a_narrative_that_is_edited_is_no_longer_what_the_page_says(tmp_path: Path) -> None:
    folder = written(tmp_path, a_txt=french())
    (made,) = (reviewed_form(prepare([]), record) for record in records(folder))
    for text, grave in (("Le projet suit son cours.", 0), ("Le projet court.", 1)):
        written(folder, r_yaml=render_record(made).replace("Le projet suit son cours.", text))
        assert check([folder]).report.count("Violation") == grave
    said = "property: narrative\n  value: {fr: Le projet court.}\n  why: {fr: Oui.}\n"
    said += "  by: Ada\n  on: '2026-01-01'"
    decision = f"decisions:\n- {said}\n  evidence: [https://example.org/]\n"
    written(
        folder,
        r_yaml=render_record(made).replace("Le projet suit son cours.", "Le projet court.")
        + decision,
    )
    assert not check([folder]).report.count("Violation")
    (record,) = records(folder)
    assert notes(record).keys() == {"decided-otherwise-narrative"}


def test_a_page_joins_a_record_in_json_lines(tmp_path: Path) -> None:
    folder = written(tmp_path, a_txt=french(), b_txt=french(Année="2003"))
    one = source("en", ENGLISH)
    written(folder, r_jsonl=msgspec.json.encode(project(one)).decode() + "\n")
    (record,) = records(folder)
    assert [page.language for page in record.sources] == ["en", "fr", "fr"]


#: Captures of one project, with values that agree or not.
CAPTURES = st.lists(
    st.builds(
        source,
        st.sampled_from(["fr", "en", "es"]),
        st.fixed_dictionaries(
            {},
            optional={
                "status": st.sampled_from(["Achevé", "Completed", "Active", "x"]),
                "startYear": st.sampled_from(["2003", "2004"]),
                "endYear": st.sampled_from(["2007", "2024"]),
                "beneficiary": st.sampled_from(["Ukraine Pologne", "Poland Ukraine", "Poland"]),
            },
        ),
        labelled=st.booleans(),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda made: made.page,
)


@settings(
    max_examples=1_000 if os.environ.get("IDFGRAPH_FULL") else 40, derandomize=True, deadline=None
)
@given(CAPTURES, st.randoms(use_true_random=False))
def test_the_order_of_captures_changes_nothing(captures: list[Source], random: Random) -> None:
    shuffled = random.sample(captures, len(captures))
    one, other = project(*captures), project(*shuffled)
    assert (values(one), notes(one)) == (values(other), notes(other))


def test_a_page_that_a_record_names_in_a_comment_alone_is_not_lost(tmp_path: Path) -> None:
    page = written(tmp_path / "pages", a_txt=french())
    digest = sha256(french().encode()).hexdigest()
    other = written(
        tmp_path / "records", r_yaml=f"# {digest}\nformat: 2\nkind: project\nid: V57-805\n"
    )
    assert [(record.id, len(record.sources)) for record in records(page, other)] == [
        ("V57-805", 0),
        ("W34-805", 1),
    ]


def test_two_records_with_one_id_are_refused(tmp_path: Path) -> None:
    text = "format: 2\nkind: project\nid: W34-805\n"
    (tmp_path / "source").mkdir()
    folder = written(tmp_path / "source", a_yaml=text, b_yaml=text, c_txt=french())
    (found,) = [
        finding for finding in check([folder]).findings if finding.result.severity == "Violation"
    ]
    assert [Path(place.file).name for place in (found.place, *found.also)] == ["b.yaml", "a.yaml"]
    with pytest.raises(DuplicateId, match=r"a\.yaml"):
        publish([folder], tmp_path / "public")


@pytest.mark.parametrize("text", ["a.txt: example.org\n", "a.txt: [https://example.org/]\n"])
def test_an_address_that_is_none_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadRecord) as caught:
        list(records(written(tmp_path, a_txt=french(), pages_yaml=text)))
    assert caught.value.place.line == 1


def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = written(tmp_path, a_txt=french())

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(BadInput, match="Permission denied"):
        list(records(folder))


def test_joined_captures_publish_with_their_sources(tmp_path: Path) -> None:
    folder = written(
        tmp_path / "pages",
        a_txt=french(),
        b_txt=french(Année="2003"),
        c_txt=french(title="Autre titre"),
    )
    publish([folder], tmp_path / "public")
    assert len(list((tmp_path / "public" / "doc" / "source").glob("*.ttl"))) == 3
    assert "issue-contradiction" in (
        tmp_path / "public" / "doc" / "project" / "W34-805.ttl"
    ).read_text("utf-8")


def test_captures_without_text_are_no_readings() -> None:
    page = source("fr", {"startYear": "2003"})
    bare = replace(
        page, values=(*page.values, Capture(property="status", label="Statut du projet"))
    )
    assert values(project(bare)).status is None
