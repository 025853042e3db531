"""Differences between releases: told in three languages, as JSON, and as a patch that makes one of
the other.
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import html
from pyoxigraph import RdfFormat, parse
from support.command import ROOT, run

from idfgraph.graph.lines import subject_of
from idfgraph.model.errors import BadInput, Place
from idfgraph.model.layout import QUADS, SUMS
from idfgraph.model.text import LANGUAGES
from idfgraph.model.vocab import SKOS
from idfgraph.pipeline import publish
from idfgraph.release.difference import differ, patched, write
from idfgraph.release.difference.difference import difference, names_of
from idfgraph.release.difference.patch import apply_patch, render_patch
from idfgraph.release.difference.two_dumps import differing, merged, stretches, unlike
from idfgraph.release.difference.two_releases import FORMS
from idfgraph.system import reading

HERE = ROOT / "tests" / "data" / "diff"
SCHEMA = json.loads(
    (ROOT / "src/idfgraph/release/difference/difference.schema.json").read_text("utf-8")
)
EXAMPLES = 50 if os.environ.get("IDFGRAPH_FULL") == "1" else 2


def release(folder: Path, dump: str) -> Path:
    """A folder with what a difference reads of a release."""
    (folder / "data").mkdir(parents=True)
    (folder / QUADS).write_bytes(dump.encode())
    (folder / SUMS).write_text(f"{sha256(dump.encode()).hexdigest()}  {QUADS}\n")
    shutil.copy(ROOT / "ontology" / "context.jsonld", folder)
    shutil.copy(ROOT / "ontology" / "idf.ttl", folder / "def.ttl")
    return folder


@pytest.fixture
def sides(tmp_path: Path) -> tuple[Path, Path]:
    """The releases of the case."""
    old, new = (
        release(tmp_path / name, (HERE / f"{name}.nq").read_bytes().decode())
        for name in ("old", "new")
    )
    return old, new


#### The case: old.nq, new.nq, and what is told of them ####


def test_a_case_is_told_as_expected(sides: tuple[Path, Path]) -> None:
    """IDFGRAPH_REWRITE=1 writes what is expected anew."""
    told = {"expected.json": ("json", "en"), "expected.rdfp": ("patch", "en")}
    told |= {
        f"expected.{language}.{end}": (form, language)
        for language in LANGUAGES
        for form, end in ENDS.items()
    }
    for name, (form, language) in told.items():
        text = "".join(differ(*sides, form, language)).encode()
        if os.environ.get("IDFGRAPH_REWRITE"):
            (HERE / name).write_bytes(text)
        assert (HERE / name).read_bytes() == text, name
    assert {path.name for path in HERE.iterdir()} == {*told, "old.nq", "new.nq"}


ENDS = {"markdown": "md", "html": "html"}


def test_the_json_can_be_read_by_people(sides: tuple[Path, Path]) -> None:
    dump = (sides[1] / QUADS).read_bytes().decode().replace('"@fr', ' — é"@fr')
    new = release(sides[1].with_name("accents"), dump)
    assert " — é" in "".join(differ(sides[0], new, "json", "en"))


def test_the_json_has_the_form_of_its_schema(sides: tuple[Path, Path]) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    found = json.loads("".join(differ(*sides, "json", "en")))
    Draft202012Validator(SCHEMA).validate(found)
    told = {
        state: [resource["id"] for resource in found[state]]
        for state in ("added", "changed", "withdrawn")
    }
    assert told == {
        "added": ["prj:AA1-003"],
        "changed": ["prj:AA1-001"],
        "withdrawn": ["prj:AA1-002"],
    }


def test_nothing_changed(sides: tuple[Path, Path]) -> None:
    old, _ = sides
    assert "Rien n'a changé" in "".join(differ(old, old, "markdown", "fr"))
    assert "Rien n&#39;a changé" in "".join(differ(old, old, "html", "fr"))
    assert not [row for row in differ(old, old, "patch", "fr") if row[0] in "AD"]


HOSTILE = [
    "</td></tr></table><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1)) ![b](http://e/c) <http://e/>",
    "a | b \\| c ` ``` @all #1 &lt; --> ]]>",
    "\u202ea\u2066b\u200f\ufeff",
    '" onmouseover="alert(1)',
]


#: What a page of ours is made of.
TAGS = set(
    re.findall(
        r"\w+", "html head meta title style body main h1 h2 p div table thead tbody tr th td bdi"
    )
)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_text(text: str, tmp_path: Path) -> None:
    base = "https://w3id.org/iom-idf/"
    prj, title, comment = (
        f"<{base}id/project/A>",
        "<http://purl.org/dc/terms/title>",
        f"<{base}def#narrative>",
    )
    name = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    label = f"<{base}code/status-a> {name} {quoted(text)}@en .\n"
    old = release(tmp_path / "a", f"{prj} {title} {quoted(text)}@en .\n")
    lines = [
        label,
        f"{prj} {title} {quoted(text)}@fr .\n",
        f"{prj} {comment} {quoted(text * 2)}@en .\n",
    ]
    lines.append(f"{prj} <{base}def#status> <{base}code/status-a> .\n")
    new = release(tmp_path / "b", "".join(sorted(lines)))
    page = html.document_fromstring("".join(differ(old, new, "html", "en")))
    assert {str(node.tag) for node in page.iter()} <= TAGS
    assert not [name for node in page.iter() for name in node.attrib if name.startswith("on")]
    assert not re.search(
        "[\u202a-\u202e\u2066-\u2069\u200f]", html.tostring(page, encoding="unicode")
    )
    for row in re.findall(r"^\|.*$", "".join(differ(old, new, "markdown", "en")), re.MULTILINE):
        assert row.count("|") in {4, 6}
        assert not re.search(
            r"[`@<\[\u202e]|\(javascript", row.replace("<U+", "").replace("&#60;", "")
        )


#### Patches ####

TERMS = st.sampled_from(["<x:a>", "<x:b>", "<x:a#b>", '"1"', '"é\u2028"@fr', '"\\n\\""'])
LINES = st.builds(
    "<x:{}> <x:p> {}{} .\n".format,
    st.sampled_from(["a", "a#b", "a-b", "ab"]),
    TERMS,
    st.sampled_from(["", " <x:g>"]),
)
DUMPS = st.sets(LINES, max_size=12).map(sorted)


@given(DUMPS, DUMPS)
@settings(max_examples=200, derandomize=True, deadline=None)
def test_old_and_patch_are_new(old: list[str], new: list[str]) -> None:
    patch = list(render_patch(differing(merged(old, new)), 64 * "0", 64 * "1"))
    assert list(apply_patch(old, patch)) == new
    if old != new:
        with pytest.raises(BadInput):
            list(apply_patch(new, patch))


@given(DUMPS, DUMPS, st.integers(1, 99))
@settings(max_examples=200, derandomize=True, deadline=None)
def test_dumps_are_read_in_stretches_of_whole_subjects(
    old: list[str], new: list[str], piece: int
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_PIECE", piece)
        files = Path(folder, "old.nq"), Path(folder, "new.nq")
        for file, lines in zip(files, (old, new), strict=True):
            file.write_text("".join(lines), "utf-8", newline="\n")
        found = list(stretches(*files))
        known = names_of(
            difference(merged(old, new), str, ("old", "new")), stretches(*files), lambda iri: iri
        )
    for number, lines in enumerate((old, new)):
        assert [line for both in found for line in both[number]] == lines
    subjects = [{subject_of(line) for lines in both for line in lines} for both in found]
    assert sum(map(len, subjects)) == len(set().union(*subjects))
    whole = [one for one in merged(old, new) if subject_of(one.text) not in _alike(old, new)]
    assert [one for one in unlike(found) if subject_of(one.text) not in _alike(old, new)] == whole
    assert not known.labels


def _alike(old: list[str], new: list[str]) -> set[str]:
    """The subjects of which two dumps say the same."""
    told = [dict[str, list[str]](), dict[str, list[str]]()]
    for lines, by_subject in zip((old, new), told, strict=True):
        for line in lines:
            by_subject.setdefault(subject_of(line), []).append(line)
    return {one for one, lines in told[0].items() if told[1].get(one) == lines}


@pytest.mark.parametrize(
    ("lines", "number"),
    [("b a b", 2), ("a a b", 2), ("a b", 0), ("a b b", 3), ("b c a", 3)],
)
@pytest.mark.parametrize("piece", [1, 7, 1000])
def test_a_dump_that_is_not_in_order_is_told_by_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: str, number: int, piece: int
) -> None:
    monkeypatch.setattr(reading, "_PIECE", piece)
    files = tmp_path / "old.nq", tmp_path / "new.nq"
    files[0].write_text("<x:a> <x:p> <x:o> .\n", "utf-8", newline="\n")
    text = "".join(f"<x:{one}> <x:p> <x:o> .\n" for one in lines.split())
    files[1].write_text(text if number else text[:-1], "utf-8", newline="\n")
    with pytest.raises(BadInput, match="in order, or cut short") as error:
        list(stretches(*files))
    assert error.value.place == Place(str(files[1]), number or 2)


NAMED = st.sampled_from(["a", "a#b", "a-b", "ab", "é", "𐀀"])


@given(st.sets(NAMED), st.sets(NAMED), st.sets(NAMED, max_size=3), st.integers(1, 99))
@settings(max_examples=200, derandomize=True, deadline=None)
def test_names_are_found_wherever_they_stand(
    old: set[str], new: set[str], changed: set[str], piece: int
) -> None:
    """Of what changed and of what it leads to, the name that the new dump has, or else the old."""
    sides = [
        sorted(
            [
                *(f'<x:{one}> <{SKOS}prefLabel> "{side} {one}"@fr .\n' for one in names),
                *(f"<x:z{one}> <x:p> <x:{one}> .\n" for one in changed if side == "new"),
            ]
        )
        for side, names in (("old", old), ("new", new))
    ]
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_PIECE", piece)
        files = Path(folder, "old.nq"), Path(folder, "new.nq")
        for file, lines in zip(files, sides, strict=True):
            file.write_text("".join(lines), "utf-8", newline="\n")
        found = difference(unlike(stretches(*files)), str, ("old", "new"))
        names = names_of(found, stretches(*files), lambda iri: iri)
    told = {
        f"x:{one}": f"{'new' if one in new else 'old'} {one}"
        for one in old | new
        if "#" not in one or one in changed
    }
    assert {iri: labels["fr"] for iri, labels in names.labels.items()} == told


@pytest.mark.parametrize("row", ["A a\n", "D c\n", "PA x\n"])
def test_a_row_that_does_not_fit_is_told_by_its_line(row: str) -> None:
    with pytest.raises(BadInput) as error:
        list(apply_patch(["a\n", "b\n"], ["TX .\n", row, "TC .\n"], "some.rdfp"))
    assert error.value.place == Place("some.rdfp", 2)


def test_a_reader_of_rdf_patch_makes_the_same(sides: tuple[Path, Path]) -> None:
    old, new = (set(parse(path=str(side / QUADS), format=RdfFormat.N_QUADS)) for side in sides)
    for row in differ(*sides, "patch", "en"):
        for quad in parse(row[2:].encode(), format=RdfFormat.N_QUADS) if row[0] in "AD" else ():
            (old.add if row[0] == "A" else old.remove)(quad)
    assert old == new


#### Edits of the five records, published ####

DECISION = """decisions:
  - property: {}
    value: {}
    why: {{en: The report says so., fr: Le rapport le dit., es: Lo dice el informe.}}
    evidence: [https://example.org/report]
    by: A. Steward
    on: '2026-11-21'
values:
"""
PROJECTS = ("PX.0220", "V47-805", "V57-805", "W34-805")


def edited(folder: Path, record: str, field: str, value: object) -> Path:
    """A release of the five records in which a person decided one field."""
    shutil.copytree(ROOT / "data", folder / "data")
    file, literal = (
        folder / "data" / "records" / f"{record}.yaml",
        json.dumps(value, ensure_ascii=False),
    )
    text = re.sub(
        r"^values:\n",
        lambda _: DECISION.format(field, literal),
        file.read_text("utf-8"),
        flags=re.MULTILINE,
    )
    text = re.sub(rf"^  {field}:.*\n(    .*\n)*", "", text, count=1, flags=re.MULTILINE)
    text = re.sub(
        r"^values:\n", lambda _: f"values:\n  {field}: {literal}\n", text, flags=re.MULTILINE
    )
    file.write_text(text, "utf-8", newline="\n")
    publish([folder / "data"], folder / "public", jobs=1, layout="plain")
    return folder / "public"


TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=9).map(
    "Unit {}.".format
)
#: A decision on a text stands beside what pages say in other languages; those of these records are
#: French.
BY_LANGUAGE = st.fixed_dictionaries({"fr": TEXTS}, optional={"en": TEXTS, "es": TEXTS})
EDITS = st.tuples(
    st.sampled_from(PROJECTS),
    st.one_of(
        st.tuples(st.just("allocationYear"), st.integers(2001, 2003).map(str)),
        st.tuples(st.sampled_from(["title", "narrative"]), BY_LANGUAGE),
        st.tuples(st.just("status"), st.sampled_from(["active", "completed"])),
        st.tuples(st.just("coverage"), st.sampled_from(["national", "regional"])),
    ),
)


@given(EDITS)
@settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
def test_an_edit_is_a_patch(
    published: Path, tmp_path_factory: pytest.TempPathFactory, edit: tuple[str, tuple[str, object]]
) -> None:
    record, (field, value) = edit
    folder = tmp_path_factory.mktemp("edit")
    new = edited(folder, record, field, value)
    write(folder / "patch", differ(published, new, "patch", "en"))
    write(folder / "new.nq", patched(published / QUADS, folder / "patch"))
    assert (folder / "new.nq").read_bytes() == (new / QUADS).read_bytes()
    assert record in "".join(differ(published, new, "markdown", "en"))
    Draft202012Validator(SCHEMA).validate(json.loads("".join(differ(published, new, "json", "en"))))


#: What an edit of one field changes: what is said of the entity, the dumps, and what sums them up.
ENTITY = r"doc/project/V47-805(\.fr|\.es)?\.(ttl|nt|jsonld|html)"
DUMPS_OF = {f"data/idf.{end}" for end in ("nq", "nq.gz", "nq.zst", "nt", "ttl", "trig", "jsonld")}
SUMMARIES = (
    r"SHA256SUMS|graph/run\.(ttl|nt|jsonld)|\.idfgraph-release|release\.json|catalog\.(ttl|nt|jsonld)|linkset\.json|CITATION\.cff|sitemap\.xml|tables/.+"
    r"|(\.well-known/)?void(\.ttl|\.nt|\.jsonld)?|index(\.fr|\.es)?\.html|rights\.(ttl|nt|jsonld)"
    r"|changes(\.fr|\.es)?\.(html|atom)|changes\.json|lists/rows-\w\w\.js"
)


def files(folder: Path) -> dict[str, bytes]:
    """The files of a release but for those under its version, which is another after any edit."""
    found = (path for path in folder.rglob("*") if path.is_file())
    paths = {path.relative_to(folder).as_posix(): path for path in found}
    return {
        name: path.read_bytes()
        for name, path in paths.items()
        if not name.startswith(("release/", "archive/"))
    }


#: Pages that show projects in a table, or count them.
SHOWING = r"(quality|downloads|(lists|doc/state|doc/code)/[^./]+)(\.\w\w)?\.html"


def test_one_field_edited_changes_little(tmp_path: Path) -> None:
    sides = [edited(tmp_path / year, "V47-805", "startYear", year) for year in ("2001", "2002")]
    old, new = map(files, sides)
    assert all(path.startswith("lists/start-") for path in old.keys() ^ new.keys())
    changed = {path for path in old.keys() & new.keys() if old[path] != new[path]}
    entity = {path for path in old if re.fullmatch(ENTITY, path)}
    assert entity >= {"doc/project/V47-805.ttl", "doc/project/V47-805.jsonld"}
    assert changed >= entity | DUMPS_OF | {SUMS}
    assert [
        path
        for path in sorted(changed - entity - DUMPS_OF)
        if not re.fullmatch(rf"{SUMMARIES}|{SHOWING}", path)
    ] == []
    rows = [row for row in differ(sides[0], sides[1], "patch", "en") if row[0] in "AD"]
    run = [row for row in rows if "/graph/run#activity-" in row]
    assert len(run) == 2 * 6, "what is said of the run, which has another name"
    rows = [row for row in rows if row not in run]
    changes = [("D", "2001"), ("A", "2002")]
    of_decision_and_project = [*changes, *changes]
    assert [(row[0], row.split('"')[1]) for row in rows] == of_decision_and_project


#### What cannot be used ####


def spoilt(
    sides: tuple[Path, Path], patch: Path
) -> Iterator[tuple[str, Callable[[], Iterator[str]]]]:
    old, new = sides
    rows = patch.read_text("utf-8").splitlines(keepends=True)
    yield "is no release", lambda: differ(old / "data", new, "json", "en")
    yield "is no release", lambda: differ(old, old / "none", "json", "en")
    for text in (
        "".join(rows[:-1]),
        "".join([*rows[:6], *rows[7:]]),
        "".join([*rows[:5], *rows[:-6:-1], "TC .\n"]),
    ):
        yield "is cut short|does not", partial(patched_text, old, patch, text)
    yield (
        ":6: is no row",
        lambda: patched_text(old, patch, "".join([*rows[:5], 'PA "a" "x:" .\n', *rows[5:]])),
    )
    yield "is no patch", lambda: patched_text(old, patch, "".join(rows[4:]))
    yield "not the dump", lambda: patched(new / QUADS, patch)


def patched_text(old: Path, patch: Path, text: str) -> Iterator[str]:
    spoilt_patch = patch.with_name("spoilt")
    spoilt_patch.write_text(text, "utf-8", newline="\n")
    return patched(old / QUADS, spoilt_patch)


def test_what_cannot_be_used_is_refused(sides: tuple[Path, Path], tmp_path: Path) -> None:
    patch = tmp_path / "patch"
    write(patch, differ(*sides, "patch", "en"))
    acts = list(spoilt(sides, patch))
    assert len(acts) == 8
    for message, act in acts:
        with pytest.raises(BadInput, match=message):
            list(act())


@pytest.mark.parametrize(
    ("change", "message"),
    [(b"\xff\n", "is not UTF-8"), (b"<a:a> <x:b> <x:c> .\n", "not in order")],
)
def test_a_dump_that_cannot_be_read_is_refused(
    sides: tuple[Path, Path], change: bytes, message: str
) -> None:
    dump = sides[1] / QUADS
    dump.write_bytes(dump.read_bytes() + change)
    with pytest.raises(BadInput, match="not what its sum says"):
        list(differ(*sides, "patch", "en"))
    (sides[1] / SUMS).write_text(f"{sha256(dump.read_bytes()).hexdigest()}  {QUADS}\n")
    for form in FORMS:
        with pytest.raises(BadInput, match=message):
            list(differ(*sides, form, "en"))


def test_a_patch_that_fails_leaves_no_file(sides: tuple[Path, Path], tmp_path: Path) -> None:
    patch = tmp_path / "patch"
    write(patch, differ(*sides, "patch", "en"))
    patch.write_text(patch.read_text("utf-8").replace("6.00", "7.00"), "utf-8", newline="\n")
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(BadInput, match="does not make"):
        write(tmp_path / "new.nq", patched(sides[0] / QUADS, patch))
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_the_commands(sides: tuple[Path, Path], tmp_path: Path) -> None:
    done = run("diff", *sides, "--lang", "es", cwd=tmp_path)
    assert (done.returncode, done.stderr, done.stdout.encode()) == (
        0,
        "",
        (HERE / "expected.es.md").read_bytes(),
    )
    assert run("diff", *sides, "--format", "patch", "--output", "p", cwd=tmp_path).stdout == ""
    done = run("patch", sides[0] / QUADS, "p", cwd=tmp_path)
    assert (done.returncode, done.stdout.encode()) == (0, (HERE / "new.nq").read_bytes())
    done = run("diff", "old", "none", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (
        2,
        "idfgraph: none: is no published release; "
        "name its folder, or a release of public as idfgraph releases lists it\n",
    )
