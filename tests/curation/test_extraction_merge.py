"""A page extracted into a record that is there: what follows the page, what stays, what is told,
byte by byte.
"""

from pathlib import Path

import pytest
from test_merge import rendered

from idfgraph.curation.decide import Signed, decide
from idfgraph.curation.extract import Extracted, extract
from idfgraph.curation.merge import vanished
from idfgraph.curation.merge.captures import former
from idfgraph.curation.merge.three_way import three_way
from idfgraph.model.errors import BadInput, BadRecord
from idfgraph.model.records import Source
from idfgraph.sources.records import read_record, read_whole_record
from idfgraph.sources.records.yaml_edit import edited

PAGE = {
    "title": "Appui",
    "Date de début": "2019",
    "Date de fin": "2022",
    "Statut du projet": "Actif",
    "Type de projet": "TCMMCB",
    "Budget Amount (USD)": "85000.00",
    "Couverture": "National",
    "IDF Region": "Europe",
    "states": ["Albanie"],
    "narrative": ["Le projet aide les autorités à mieux gérer les migrations de tous les pays."],
}
ENGLISH = """Support
-
Start Date
2019
-
Project Status
Active
-
Projects ID
PX.0220
-
Benefiting Member States
Albania
The project helps the authorities of all the countries to manage migration better.
"""


class Desk:
    """A folder with a page and its record."""

    def __init__(self, folder: Path) -> None:
        self.into, self.file = folder / "records", folder / "records" / "PX.0220.yaml"
        self.page = folder / "pages" / "p.txt"
        self.page.parent.mkdir()

    def extract(self, **changes: object) -> Extracted:
        self.page.write_text(rendered({**PAGE, **changes}), "utf-8")
        (done,) = extract([self.page], self.into)
        return done

    def edit(self, old: str, new: str) -> str:
        text = self.file.read_bytes().decode()
        assert old in text
        self.file.write_bytes(text.replace(old, new).encode())
        return self.file.read_bytes().decode()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.extract()
    return desk


def test_what_nobody_edited_follows_the_page(desk: Desk) -> None:
    before = desk.edit("  status: active", "  status: 'active' # sure")
    done = desk.extract(**{"Statut du projet": "Achevé", "Couverture": ""})
    after = desk.file.read_bytes().decode()
    assert done.outcome == "merged" and not done.clashes
    assert "changed with the page: status, coverage" in done.notes
    assert "  status: completed # sure\n" in after and "coverage: national" not in after
    values = before[before.index("values:") : before.index("sources:")]
    assert values.replace("'active'", "completed").replace("  coverage: national\n", "") in after


def test_what_a_page_says_anew_is_told_field_by_field(desk: Desk) -> None:
    desk.extract()
    signed = Signed({"en": "So."}, "Ada", "2026-11-21", ("https://example.org/a",))
    decide(desk.file, "endYear", ["2025"], signed)
    done = desk.extract(**{"Date de fin": "2023", "Statut du projet": "Achevé", "Couverture": None})
    told = [one for one in done.notes if "the page said" in one]
    assert told == [
        'endYear: the page said "2022", and says "2023"; decided, and stays: "2025"',
        'status: the page said "active", and says "completed"',
        'coverage: the page said "national", and says nothing',
    ]
    # The record states what its page says, the file beside it what was decided.
    assert read_record(desk.file).record.values.end_year == "2023"  # type: ignore[union-attr]
    assert [one.value for one in read_whole_record(desk.file).record.decisions] == ["2025"]
    assert not [one for one in desk.extract().notes if "the page said" not in one and "2023" in one]


def test_an_edit_stays_with_a_note(desk: Desk) -> None:
    desk.edit("  status: active", "  status: completed")
    done = desk.extract(Couverture="Regional")
    assert not done.clashes and any(note.startswith("stays as edited: ") for note in done.notes)
    assert "status: completed" in desk.file.read_text("utf-8")


def test_a_conflict_is_told_with_its_three_sides_at_their_lines(desk: Desk) -> None:
    desk.edit("  startYear: '2019'", "  startYear: '2018'")
    done = desk.extract(**{"Date de début": "2020"})
    (clash,) = done.clashes
    assert clash.conflict == ("startYear", "2019", "2020", "2018")
    text = desk.file.read_text("utf-8").splitlines()
    assert text[clash.edit.line - 1] == "  startYear: '2018'" and "        text: '2020'" in text
    assert desk.page.read_text("utf-8").splitlines()[clash.page.line - 1] == "2020"
    assert clash.told("en") in done.notes


def test_a_narrative_edited_while_its_page_is_gone_is_a_conflict_and_the_new_text_is_kept(
    desk: Desk,
) -> None:
    desk.edit("de tous les pays", "de tous ces pays")
    done = desk.extract(
        narrative=["Un tout autre texte sur le projet et ses résultats dans la région."]
    )
    assert [clash.conflict.field for clash in done.clashes] == ["narrative.fr"]
    text = desk.file.read_text("utf-8")
    assert "de tous ces pays" in text and "text: Un tout autre texte" in text


def test_a_long_narrative_takes_the_place_of_a_block(desk: Desk) -> None:
    desk.file.unlink()
    desk.extract(narrative=["Première phrase du texte."] * 20)
    desk.edit("    fr: |-\n", "    fr: |-  # from the page\n")
    desk.page.rename(desk.page.with_suffix(".old"))
    done = desk.extract(narrative=["Seconde phrase du texte."] * 20)
    text = desk.file.read_text("utf-8")
    assert (
        not done.clashes and "    fr: |-  # from the page\n      Seconde phrase du texte.\n" in text
    )
    assert "Première" not in text


def test_a_page_in_another_language_joins(desk: Desk, tmp_path: Path) -> None:
    before = desk.file.read_text("utf-8")
    page = tmp_path / "pages" / "english.txt"
    page.write_text(ENGLISH, "utf-8")
    (done,) = extract([page], desk.into)
    record = read_record(desk.file).record
    assert done.outcome == "merged" and [source.language for source in record.sources] == [
        "fr",
        "en",
    ]
    after = desk.file.read_text("utf-8")
    assert "    fr: Appui\n    en: Support\n" in after
    rest = iter(after.splitlines())
    assert all(line in rest for line in before.splitlines())


def test_a_record_without_sources_gets_one(desk: Desk) -> None:
    desk.file.write_text("kind: project  # mine\nid: PX.0220\nvalues: {status: completed}", "utf-8")
    done = desk.extract()
    record = read_record(desk.file).record
    assert [clash.conflict.field for clash in done.clashes] == ["status"] and len(
        record.sources
    ) == 1
    assert desk.file.read_text("utf-8").startswith(
        "kind: project  # mine\nid: PX.0220\nvalues: {status: completed, "
    )


def test_a_record_without_values_takes_all_of_the_page(desk: Desk) -> None:
    before = desk.file.read_text("utf-8")
    start, end = before.index("values:"), before.index("sources:")
    desk.edit(before[start:end], "")
    assert not desk.extract().clashes
    assert desk.file.read_text("utf-8") == before


def test_an_address_that_people_added_stays(desk: Desk) -> None:
    desk.edit("    language: fr\n", "    language: fr\n    url: https://example.org/p\n")
    assert desk.extract().outcome == "unchanged"
    desk.extract(title="Aide")
    assert "    url: https://example.org/p\n" in desk.file.read_text("utf-8")


def test_a_windows_file_stays_one(desk: Desk) -> None:
    desk.edit("\n", "\r\n")
    desk.extract(
        title="Aide", narrative=["Une phrase du texte, en entier."] * 20, states=["Fidji", "Tonga"]
    )
    data = desk.file.read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") > 20


def test_a_file_that_cannot_be_edited_in_place_is_left_alone(desk: Desk) -> None:
    before = desk.edit("  status: active\n", "  ? status\n  : active\n")
    with pytest.raises(BadRecord, match="cannot be edited in place"):
        desk.extract(**{"Statut du projet": ""})
    assert desk.file.read_text("utf-8") == before


def test_another_kind_of_record_is_refused(desk: Desk) -> None:
    desk.page.write_text("Fonds de l'OIM pour le développement\nUne page\n", "utf-8")
    with pytest.raises(BadInput, match="another kind"):
        list(extract([desk.page], desk.into, programme="PX.0220"))


@pytest.mark.parametrize(
    ("text", "data", "expected"),
    [
        ("a: 1", {"a": "2"}, "a: '2'"),
        ("a: x # c\n", {"a": "é\nü"}, "a: |-  # c\n  é\n  ü\n"),
        ("l: [a, b, c] # c\n", {"l": ["c"]}, "l: [c] # c\n"),
        ("l: [a, b, c]\n", {"l": ["a", "d, e"]}, "l: [a, 'd, e']\n"),
        ("l: [a]\n", {"l": ["b"]}, "l: [b]\n"),
        ("l:\n- a\n- b # c\n- d\n", {"l": ["a", "d", "e"]}, "l:\n- a\n# c\n- d\n- e\n"),
        ("l:\n  - b\n", {"l": ["a", "b"]}, "l:\n  - a\n  - b\n"),
        ("l:\n  - b # c\nm: x\n", {"l": ["a"], "m": "x"}, "l:  # c\n  - a\nm: x\n"),
        ("l:\n  - b\n", {"l": []}, "l:\n  []\n"),
        ("m: {a: x, b: y}\n", {"m": {"b": "y", "c": "z"}}, "m: {b: y, c: z}\n"),
        ("m: {}\nn: x\n", {"m": {"a": "b"}, "n": "x"}, "m:\n  a: b\nn: x\n"),
        ("a: x\n\n# tail", {"a": "x", "b": "y"}, "a: x\nb: y\n\n# tail"),
        ("t: |+\n  a\n\nb: x\n", {"t": "a\n\n", "c": "y", "b": "x"}, "t: |+\n  a\n\nc: y\nb: x\n"),
        ("t: >-\n  a\n  b\n\n# c\nb: x\n", {"t": "c", "b": "x"}, "t: c\n\n# c\nb: x\n"),
    ],
)
def test_texts_are_edited_at_their_nodes(text: str, data: dict[str, object], expected: str) -> None:
    assert edited(text, data, "r.yaml") == expected


def test_three_ways() -> None:
    merged = three_way(
        {"a": 1, "b": 1, "c": 1},
        {"a": 2, "b": 1, "c": 2, "d": [1, 2]},
        {"a": 1, "c": 3, "d": [2, 1]},
    )
    assert (merged.changes, merged.kept, merged.conflicts) == ({"a": 2}, ("b",), (("c", 1, 2, 3),))


def source(page: str, language: str = "fr", **fields: str) -> Source:
    named = {"identifier": "p", "language": language, **fields}
    return Source(page=page * 64, **named)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (source("a", identifier="x"), 0),
        (source("c"), 1),
        (source("c", url="http://e/b", identifier="x"), 1),
        (source("c", url="http://e/c"), None),
        (source("c", "en"), None),
    ],
)
def test_a_capture_takes_the_place_of_an_earlier_one(new: Source, expected: int | None) -> None:
    assert former([source("a", identifier="q"), source("b", url="http://e/b")], new) == expected


def test_a_page_that_vanished_is_named_where_pages_are_at_hand() -> None:
    known = [source("a"), source("b")]
    assert (vanished(known, {"a" * 64}), vanished(known, {})) == ((known[1],), ())


@pytest.mark.parametrize(
    ("label", "other", "field"),
    [
        ("Budget Amount (USD)", "90000.00", "budget"),
        ("Statut du projet", "Achevé", "status"),
        (
            "narrative",
            ["Le projet aide les autorités de tout autre manière qu'avant."],
            "narrative.fr",
        ),
    ],
)
def test_two_pages_that_differ_want_a_decision(
    desk: Desk, tmp_path: Path, label: str, other: object, field: str
) -> None:
    page = tmp_path / "pages" / "second.txt"
    page.write_text(rendered({**PAGE, label: other}), "utf-8")
    (done,) = extract([page], desk.into)
    assert (done.contradictions, done.clashes, done.wants_decision) == ((field,), (), True)
    (said,) = (note for note in done.notes if note.startswith("contradiction: two pages"))
    assert said.startswith(f"contradiction: two pages differ on {field}, so it is no longer")
    assert not any(note.startswith(("changed with", "conflict")) for note in done.notes)


def test_an_edit_on_which_two_pages_differ_stays(desk: Desk, tmp_path: Path) -> None:
    desk.edit("    value: '85000.00'", "    value: '86000.00'")
    page = tmp_path / "pages" / "second.txt"
    page.write_text(rendered({**PAGE, "Budget Amount (USD)": "90000.00"}), "utf-8")
    (done,) = extract([page], desk.into)
    assert (done.contradictions, done.clashes) == (("budget",), ())
    assert "value: '86000.00'" in desk.file.read_text("utf-8")


def test_a_page_under_another_name_is_the_same_page(desk: Desk, tmp_path: Path) -> None:
    """Nothing is filed again, and the record calls it as before."""
    before, shelf = desk.file.read_bytes(), desk.page.parent
    copy = tmp_path / "copy of p.txt"
    copy.write_bytes(desk.page.read_bytes())
    (done,) = extract([copy], desk.into, shelf=shelf)
    assert (done.outcome, desk.file.read_bytes()) == ("unchanged", before)
    assert [file.name for file in shelf.iterdir() if file.suffix == ".txt"] == ["p.txt"]
