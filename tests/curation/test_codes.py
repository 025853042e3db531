"""The desk of codes: words that no list has are accepted, merged and renamed, in a list that adds
to what ships; what was published stays described.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from support.command import run

from idfgraph import publish
from idfgraph.curation.code_desk import accept, merge, provisional_codes, rename
from idfgraph.curation.extract import extract
from idfgraph.graph.resolve import Reference
from idfgraph.graph.setting import prepare
from idfgraph.model.errors import BadConfig, BadRecord
from idfgraph.release.record_values import RecordLines, lost
from idfgraph.sources.reference_files import read_reference
from idfgraph.system import resources

DATASET = (Path(__file__).parents[2] / "data" / "dataset.yaml").read_text("utf-8")
PAGE = """Appui aux autorités

  • Date de début
    2021
  • Statut du projet
    {status}
  • Type de projet
    {type}
  • Projet ID
    PO.{number:04}

Un atelier pour les autorités.
"""


def desk(folder: Path, *rows: tuple[str, str]) -> Path:
    """A data folder of pages that print these statuses and types."""
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    (folder / "dataset.yaml").write_text(DATASET, "utf-8")
    for number, (status, type_) in enumerate(rows):
        text = PAGE.format(status=status, type=type_, number=number)
        (folder / "pages" / f"{number}.txt").write_text(text, "utf-8")
    return folder


def own(folder: Path) -> dict[str, dict[str, object]]:
    """The lines of a desk's own list, by their ids."""
    lines = (folder / "reference" / "concepts.jsonl").read_text("utf-8").splitlines()
    return {entry["id"]: entry for entry in map(json.loads, lines)}


def reference(folder: Path) -> Reference:
    return prepare([folder]).reference


def test_words_are_listed_with_counts_and_places(tmp_path: Path) -> None:
    rows = [("En suspens", "TCMMCB"), ("EN SUSPENS", "Diaspora"), ("En suspens", "TCMMCB")]
    found = provisional_codes([desk(tmp_path, *rows)], jobs=1)
    assert [(one.name, one.use.records, one.use.doubted) for one in found] == [
        ("status-provisional-en-suspens", 3, 3),
        ("type-provisional-diaspora", 1, 1),
    ]
    assert found[0].names == {"fr": ["En suspens", "EN SUSPENS"]}
    assert [Path(place.file).name for place in found[1].use.places] == ["1.txt"]


def test_a_word_is_accepted_and_all_its_spellings_with_it(tmp_path: Path) -> None:
    folder = desk(tmp_path, ("En suspens", "TCMMCB"))
    accept(folder, "status-provisional-en-suspens", "on-hold", {"en": "On hold"})
    assert own(folder)["code:status-on-hold"]["prefLabel"] == {
        "en": {"text": "On hold"}, "fr": {"text": "En suspens"},
    }  # fmt: skip
    known = reference(folder)
    for word in ("On hold", "EN SUSPENS", "en  suspens"):
        assert known.code("status", word) == "on-hold"
    assert known.settled("status", "provisional-en-suspens") == "on-hold"
    assert provisional_codes([folder], jobs=1) == ()
    assert known.code("status", "Achevé") == "completed"


def test_a_name_that_is_given_takes_its_own_provisional_code_along(tmp_path: Path) -> None:
    folder = desk(tmp_path, ("En suspens", "TCMMCB"), ("Suspendido", "TCMMCB"))
    list(extract(sorted((folder / "pages").iterdir()), folder / "records"))
    accept(folder, "status-provisional-en-suspens", "on-hold", {"es": "Suspendido"})
    assert reference(folder).settled("status", "provisional-suspendido") == "on-hold"
    assert "unsupported-value" not in run("validate", "--format", "json", cwd=folder).stdout
    with pytest.raises(BadConfig, match=r"means status-on-hold already.*codes rename"):
        merge(folder, "status-provisional-suspendido", "status-on-hold")
    with pytest.raises(BadConfig, match="'type-tc' is of another list than"):
        merge(folder, "status-provisional-en-suspens", "type-tc")


def test_words_are_merged_into_codes_that_ship(tmp_path: Path) -> None:
    folder = desk(tmp_path, ("Terminé", "TCMMCB"))
    merge(folder, "status-provisional-termine", "status-completed")
    known = reference(folder)
    assert known.code("status", "terminé") == known.code("status", "Completed") == "completed"
    assert known.label("code:status-completed", "fr") == "Achevé"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_ones_own_codes_keep_the_line_ends_of_windows(tmp_path: Path, mark: bytes) -> None:
    folder = desk(tmp_path, ("En suspens", "Diaspora"), ("Suspendu", "TCMMCB"))
    accept(folder, "status-provisional-en-suspens", "on-hold")
    file = folder / "reference" / "concepts.jsonl"
    file.write_bytes(mark + (given := file.read_bytes().replace(b"\n", b"\r\n")))
    accept(folder, "status-provisional-suspendu", "suspended")
    written = file.read_bytes()
    assert written.startswith(given) and written.count(b"\r\n") == written.count(b"\n") == 2


def test_a_code_of_ones_own_is_renamed_merged_and_never_forgotten(tmp_path: Path) -> None:
    folder = desk(tmp_path, ("En suspens", "Diaspora"), ("Suspendu", "TCMMCB"))
    accept(folder, "status-provisional-en-suspens", "on-hold")
    accept(folder, "status-provisional-suspendu", "suspended")
    rename(folder, "status-on-hold", "paused")
    assert reference(folder).settled("status", "on-hold") == "paused"
    merge(folder, "status-paused", "status-suspended")
    known = reference(folder)
    assert list(own(folder)) == ["code:status-suspended"]
    for code in ("provisional-en-suspens", "on-hold", "paused", "provisional-suspendu"):
        assert known.settled("status", code) == "suspended"
    assert known.code("status", "En suspens") == "suspended"


REFUSED = {
    "no such word": lambda desk: accept(desk, "status-provisional-nobody"),
    "a name that ships": lambda desk: accept(desk, "status-provisional-en-suspens", "completed"),
    "no name": lambda desk: accept(desk, "status-provisional-en-suspens", "On Hold!"),
    "provisional again": lambda desk: accept(
        desk, "status-provisional-en-suspens", "provisional-x"
    ),
    "no scheme": lambda desk: accept(desk, "provisional-en-suspens"),
    "closed list": lambda desk: accept(desk, "role-provisional-x"),
    "other list": lambda desk: merge(desk, "status-provisional-en-suspens", "type-tc"),
    "into nothing": lambda desk: merge(desk, "status-provisional-en-suspens", "status-x"),
    "into itself": lambda desk: merge(
        desk, "status-provisional-en-suspens", "status-provisional-en-suspens"
    ),
    "what ships goes": lambda desk: merge(desk, "status-completed", "status-active"),
    "what ships is renamed": lambda desk: rename(desk, "status-completed", "done"),
    **{
        f"a name that is {kind}": partial(
            accept, name="status-provisional-en-suspens", labels={"en": text}
        )
        for kind, text in {
            "that of another": "Completed", "without a letter": "…", "too long": "x" * 2_001,
            "of controls": "On\x01hold", "of half a letter": "On \udcff hold",
        }.items()
    },
}  # fmt: skip


@pytest.mark.parametrize("edit", REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_is_refused_and_nothing_written(edit: object, tmp_path: Path) -> None:
    folder = desk(tmp_path, ("En suspens", "TCMMCB"))
    with pytest.raises((BadConfig, BadRecord)):
        edit(folder)  # type: ignore[operator]
    assert not (folder / "reference").exists()


@pytest.mark.parametrize(
    "edit", [partial(rename, new="done"), partial(merge, into="status-active")]
)
def test_what_ships_stays_when_something_was_merged_into_it(
    edit: Callable[[Path, str], object], tmp_path: Path
) -> None:
    folder = desk(tmp_path, ("Terminé", "TCMMCB"))
    merge(folder, "status-provisional-termine", "status-completed")
    told = own(folder)
    with pytest.raises(BadConfig):
        edit(folder, "status-completed")
    assert own(folder) == told


def test_measures_that_one_record_counts_are_not_merged(tmp_path: Path) -> None:
    values = [
        {"property": f"result.{name}", "text": text, "span": [at, at + len(text)]}
        for at, (name, text) in ((0, ("teachers", "300")), (9, ("judges", "12")))
    ]
    page = {"page": "0" * 64, "identifier": "p", "language": "en", "values": values}
    (desk(tmp_path) / "records").mkdir()
    line = json.dumps({"kind": "programme", "id": "p1", "sources": [page]})
    (tmp_path / "records" / "p1.jsonl").write_text(f"{line}\n", "utf-8")
    accept(tmp_path, "measure-provisional-teachers", "trained")
    told = own(tmp_path)
    with pytest.raises(BadConfig, match=r"p1\.jsonl:1:.* counts both, and one count would be lost"):
        merge(tmp_path, "measure-provisional-judges", "measure-trained")
    assert own(tmp_path) == told


def test_a_name_that_was_published_is_given_to_no_other_code(tmp_path: Path) -> None:
    folder = desk(tmp_path, ("En suspens", "Diaspora"), ("Suspendu", "TCMMCB"))
    accept(folder, "status-provisional-en-suspens", "on-hold")
    rename(folder, "status-on-hold", "paused")
    with pytest.raises(BadConfig, match="is what status-paused was called"):
        accept(folder, "status-provisional-suspendu", "on-hold")
    rename(folder, "status-paused", "on-hold")
    assert reference(folder).settled("status", "paused") == "on-hold"
    assert prepare([folder]).warnings == ()


def test_a_word_with_marks_that_nobody_sees_is_called_what_people_see(tmp_path: Path) -> None:
    folder = desk(tmp_path, ("En sus\u00adpens", "TCMMCB"))
    accept(folder, "status-provisional-en-suspens", "on-hold")
    assert reference(folder).label("code:status-on-hold", "fr") == "En suspens"
    assert reference(folder).label("code:status-on-hold", "en") == "En suspens"


def test_a_word_in_a_language_of_others_is_published_and_accepted_by_a_name(tmp_path: Path) -> None:
    title, word = "Apoio à gestão das migrações no país e às autoridades", "Concluído"
    values = [
        {"property": "title", "text": title, "span": [0, len(title)]},
        {"property": "status", "text": word, "span": [100, 100 + len(word)]},
    ]
    page = {"page": "0" * 64, "identifier": "p", "language": "en", "values": values}
    (records := desk(folder := tmp_path / "data") / "records").mkdir()
    line = json.dumps({"kind": "programme", "id": "p1", "sources": [page]})
    (records / "p1.jsonl").write_text(f"{line}\n", "utf-8")
    public = tmp_path / "public"
    assert publish(folder, public, jobs=1).report.conforms
    turtle = (public / "doc/code/status-provisional-concluido.ttl").read_text("utf-8")
    assert f'"{word}"@pt' in turtle
    with pytest.raises(BadConfig, match=r"is printed in none of en, fr, es; give it one"):
        accept(folder, "status-provisional-concluido")
    accept(folder, "status-provisional-concluido", labels={"es": "Concluido"})
    assert publish(folder, public, jobs=1).report.conforms


def test_other_lines_of_the_list_stay_as_they_are(tmp_path: Path) -> None:
    folder = desk(tmp_path, ("En suspens", "TCMMCB"))
    line = (
        '{"type":"Concept",  "id":"code:type-own", "prefLabel":{"en":{"text":"Own"}}, '
        '"inScheme":["code:type"]}'
    )
    (folder / "reference").mkdir()
    (folder / "reference" / "concepts.jsonl").write_text(f"{line}\n", "utf-8")
    accept(folder, "status-provisional-en-suspens")
    assert (folder / "reference" / "concepts.jsonl").read_text("utf-8").splitlines()[0] == line
    assert reference(folder).lists("code:type-own")


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A release, and the next one after a word was accepted and another merged."""
    folder = desk(tmp_path_factory.mktemp("desk") / "data", ("En suspens", "Diaspora"))
    public = folder.parent / "public"
    publish(folder, public, jobs=1)
    accept(folder, "status-provisional-en-suspens", "on-hold")
    merge(folder, "type-provisional-diaspora", "type-tk")
    publish(folder, public, jobs=1)
    yield public


def test_published_codes_lead_to_what_took_their_place(releases: Path) -> None:
    for old, new in (
        ("status-provisional-en-suspens", "status-on-hold"),
        ("type-provisional-diaspora", "type-tk"),
    ):
        turtle = (releases / f"doc/code/{old}.ttl").read_text("utf-8")
        assert "owl:deprecated" in turtle
        assert f"dct:isReplacedBy code:{new}" in turtle
        assert (releases / f"doc/code/{new}.ttl").is_file()


def test_a_value_that_moved_is_no_loss() -> None:
    setting = prepare([])
    tc, new = (f"<{setting.base}code/type-{code}>" for code in ("tc", "provisional-x"))
    subject = f"<{setting.base}id/project/V47-805>"
    lines = [f"{subject} <{setting.base}def#projectType> {code} .\n" for code in (tc, new)]
    moved = {"code:type-provisional-x": "code:type-tc"}
    was = sorted(set(RecordLines(setting.mapper, moved).rows(lines)))
    now = sorted(RecordLines(setting.mapper).rows(lines[:1]))
    assert list(lost(was, now)) == []
    assert list(lost(sorted(RecordLines(setting.mapper).rows(lines)), now)) != []


def test_the_list_tells_what_words_can_be_merged_into(tmp_path: Path) -> None:
    folder = desk(tmp_path, ("En suspens", "TCMMCB"))
    done = run("codes", "list", "--lang", "fr", cwd=folder)
    assert "ceux de status peuvent être réunis à : status-active (Actif), status-" in done.stderr
    assert "type-" not in done.stderr


# what a desk adds


def added(
    folder: Path, name: str, *lines: Mapping[str, object]
) -> tuple[Reference, tuple[str, ...]]:
    """The reference data with these lines of a desk, and what is given twice."""
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (folder / f"{name}.jsonl").write_text(text, "utf-8")
    data = read_reference(folder, resources.REFERENCE)
    return Reference(data), data.notes


def label(text: str) -> dict[str, object]:
    return {"en": {"text": text}}


def test_one_line_adds_to_a_list_and_replaces_nothing(tmp_path: Path) -> None:
    line = {"id": "code:type-dance", "type": "Concept", "inScheme": ["code:type"]}
    known, notes = added(tmp_path, "concepts", {**line, "prefLabel": label("Dance")})
    assert known.code("type", "dance") == "dance"
    assert known.code("type", "TCMMCB") == "tc"
    assert notes == ()


def test_names_of_organisations_and_states_are_added(tmp_path: Path) -> None:
    bank = {"id": "ag:bank", "type": "Organization", "prefLabel": label("A Bank")}
    known, _ = added(tmp_path, "organisations", bank)
    assert known.organisations.find("a bank") == "ag:bank"
    assert known.organisations.find("IOM") == "ag:iom"
    more = {"id": "st:ALB", "type": "State", "altLabel": {"en": [{"text": "Land of Eagles"}]}}
    known, notes = added(tmp_path, "states", more)
    assert known.states.find("land of eagles") == known.states.find("Albanie") == "st:ALB"
    assert notes == ()


TWICE = {
    "another name": (
        {"id": "st:ALB", "type": "State", "prefLabel": label("Arberia")},
        "st:ALB is 'Albania' (en) in the list that ships",
    ),
    "another code": ({"id": "st:ALB", "type": "State", "iso2": "XX"}, "st:ALB has iso2 AL"),
    "another membership": (
        {"id": "st:POL", "type": "State", "membership": [{"organization": "ag:eu"}]},
        "st:POL has a membership",
    ),
    "a name of another": (
        {"id": "st:XAL", "type": "State", "prefLabel": label("ALBANIA")},
        "'ALBANIA' (en, st:XAL) is a name of st:ALB already",
    ),
}


@pytest.mark.parametrize(("line", "said"), TWICE.values(), ids=TWICE.keys())
def test_what_is_given_twice_is_said_and_what_ships_stays(
    line: dict[str, object], said: str, tmp_path: Path
) -> None:
    known, notes = added(tmp_path, "states", line)
    assert len(notes) == 1
    assert said in notes[0]
    assert known.states.find("Albania") == "st:ALB"
    assert known.iso2("st:ALB") == "AL"
    assert known.is_in_eu("st:POL", "2010-01-01")
    assert not known.is_in_eu("st:POL", "1990-01-01")


def test_a_spelling_in_both_lists_is_that_of_what_ships(tmp_path: Path) -> None:
    line = {"id": "code:status-done", "type": "Concept", "inScheme": ["code:status"]}
    known, notes = added(tmp_path, "concepts", {**line, "prefLabel": label("completed")})
    assert known.code("status", "Completed") == "completed"
    assert notes == (
        "concepts.jsonl:1: 'completed' (en, code:status-done) is a name of code:status-completed "
        "already",
    )


def test_replacements_that_cannot_be_are_said(tmp_path: Path) -> None:
    new, gone = "code:type-provisional-x", "code:type-tc"
    lines = [
        {"id": f"code:type-{name}", "type": "Concept", "inScheme": ["code:type"],
         "prefLabel": label(name), "replaces": [new, gone]}
        for name in ("one", "two")
    ]  # fmt: skip
    known, notes = added(tmp_path, "concepts", *lines)
    assert known.settled("type", "provisional-x") == "one"
    assert known.settled("type", "tc") == "tc"
    assert len(notes) == 3


def test_labels_of_fields_are_added(tmp_path: Path) -> None:
    folder = desk(tmp_path, ("Actif", "Diaspora"))
    page = folder / "pages" / "0.txt"
    page.write_text(page.read_text("utf-8").replace("Type de projet", "Thème principal"), "utf-8")
    assert provisional_codes([folder], jobs=1) == ()
    (folder / "reference").mkdir()
    line = {"label": "Thème principal", "property": "projectType", "lang": "fr"}
    taken = {"label": "Year", "property": "endYear", "lang": "en"}
    text = "".join(json.dumps(one) + "\n" for one in (line, taken))
    (folder / "reference" / "field-labels.jsonl").write_text(text, "utf-8")
    assert [one.name for one in provisional_codes([folder], jobs=1)] == [
        "type-provisional-diaspora"
    ]
    assert prepare([folder]).warnings == (
        "field-labels.jsonl: label 'Year' is that of allocationYear already: what ships stays",
    )
    (done,) = extract([page], folder / "records")
    assert done.file and "projectType: [provisional-diaspora]" in done.file.read_text("utf-8")


def test_the_commands_act_on_the_data_folder_that_one_is_in(tmp_path: Path) -> None:
    folder = desk(tmp_path, ("En suspens", "Jeunesse"))
    code = "status-provisional-en-suspens"
    done = run("codes", "accept", code, "--as", "on-hold", "--label", "es=En espera", cwd=folder)
    assert (done.returncode, done.stdout) == (0, f"{code}: status-on-hold\n")
    assert done.stderr == "it has no name yet in en: that of another language is shown there\n"
    for _ in range(2):
        done = run("codes", "accept", "type-provisional-jeunesse", cwd=folder)
        assert "otherwise: idfgraph codes rename type-jeunesse NEW\n" in done.stderr
    done = run("codes", "accept", "type-provisional-tcmmcb", cwd=folder)
    assert "rename" not in done.stderr
    assert run("codes", "rename", "status-on-hold", "paused", cwd=folder).returncode == 0
    assert run("codes", "merge", "status-paused", "status-active", cwd=folder).returncode == 0
    assert list(own(folder)) == ["code:type-jeunesse", "code:status-active"]


def test_what_is_odd_about_a_list_is_told_with_its_file(tmp_path: Path) -> None:
    folder = desk(tmp_path, ("Actif", "TCMMCB"))
    (folder / "reference").mkdir()
    lines = {
        "concepts.jsonl": {
            "id": "code:status-done", "type": "Concept", "inScheme": ["code:status"],
            "prefLabel": label("completed"),
        },
        "states.jsonl": {"id": "st:ALB", "type": "State", "prefLabel": label("Arberia")},
        "organisations.jsonl": {
            "id": "ag:bank", "type": "Organization", "prefLabel": label("UNDP"),
        },
        "field-labels.jsonl": {"label": "Year", "property": "endYear", "lang": "en"},
    }  # fmt: skip
    for name, line in lines.items():
        (folder / "reference" / name).write_text(json.dumps(line) + "\n", "utf-8")
    told = run("validate", cwd=folder).stderr.splitlines()
    for name in lines:
        assert [line for line in told if line.startswith(name)], name
    assert not [line for line in told if "overrides.yaml" in line]


# what a change makes doubtful

ENGLISH = """Support to authorities

  • Start Date
    2021
  • Project Status
    Completed
  • Project Type
    TCMMCB
  • Projects ID
    PO.0000

A workshop for the authorities.
"""


def two_pages(folder: Path) -> Path:
    """A data folder of a project whose French page has a word that no list has."""
    (desk(folder, ("Achevé", "Diaspora")) / "pages" / "en.txt").write_text(ENGLISH, "utf-8")
    return folder


CHANGES = {
    "merged": ("merge", "type-provisional-diaspora", "type-tk"),
    "accepted": ("accept", "type-provisional-diaspora", "--as", "diaspora"),
}


@pytest.mark.parametrize("with_record", [False, True], ids=["pages", "record"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_change_of_codes_tells_which_records_it_makes_doubtful(
    change: tuple[str, ...], with_record: bool, tmp_path: Path
) -> None:
    folder = two_pages(tmp_path)
    if with_record:
        list(extract(sorted((folder / "pages").iterdir()), folder / "records"))
    done = run("codes", *change, cwd=folder)
    assert (done.returncode, done.stdout.splitlines()[0][:27]) == (1, "type-provisional-diaspora: ")
    assert "projectType: The captured pages differ: Diaspora / TCMMCB." in done.stderr
    assert "1 record is doubtful since: decide in it what holds (`decisions`)" in done.stderr
    assert run("codes", "rename", "type-diaspora", "abroad", cwd=folder).stderr.count("differ") == 0


def test_a_change_of_codes_that_makes_nothing_doubtful_ends_well(tmp_path: Path) -> None:
    folder = two_pages(tmp_path)
    done = run("codes", "merge", "type-provisional-diaspora", "type-tc", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_record_whose_pages_have_come_to_differ_says_so_with_their_words(tmp_path: Path) -> None:
    folder = two_pages(tmp_path)
    list(extract(sorted((folder / "pages").iterdir()), folder / "records"))
    merge(folder, "type-provisional-diaspora", "type-tk")
    said = run("validate", cwd=folder).stdout
    assert "The record says tc, but its pages differ: Diaspora / TCMMCB." in said
    assert "give –" not in said


def test_a_word_that_no_list_has_is_no_contradiction_of_one_that_is_known(tmp_path: Path) -> None:
    folder = two_pages(tmp_path)
    said = run("validate", "--format", "json", cwd=folder).stdout
    assert "unknown-code" in said or "on-a-list" in said
    assert "contradiction" not in said
