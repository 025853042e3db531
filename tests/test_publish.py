"""A release has all its files, they say the same, and it takes its place whole or not at all."""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from idfgraph import ShapesViolated, check, pipeline, publish
from idfgraph.errors import BadInput, BadOutput, BadRecord
from idfgraph.publish import SUMS, Folder

ROOT = Path(__file__).parents[1]
BASE = "https://w3id.org/iom-idf/"
SH = "http://www.w3.org/ns/shacl#"
THING = re.compile(rf"{BASE}(?:id/(?=(?:project|programme|org|state|source)/)|(?=code/))([^#]+)")
WHOLE = {"nq": True, "trig": True, "ttl": False, "nt": False, "jsonld": False}

Statements = set[ox.Quad]


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder and its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def by_oxigraph(path: Path) -> Statements:
    return set(ox.parse(path=str(path)))


def by_rdflib(path: Path) -> Statements:
    dataset = rdflib.Dataset()
    dataset.parse(path, format={"nq": "nquads", "jsonld": "json-ld"}.get(path.suffix[1:], path.suffix[1:]))
    return {rdflib_quad(*quad) for quad in dataset.quads()}


def rdflib_quad(subject: object, predicate: object, value: object, graph: object) -> ox.Quad:
    """A statement of rdflib as one of Oxigraph."""
    name = ox.NamedNode(str(graph)) if graph and graph != DATASET_DEFAULT_GRAPH_ID else ox.DefaultGraph()
    return ox.Quad(ox.NamedNode(str(subject)), ox.NamedNode(str(predicate)), oxigraph_term(value), name)


def oxigraph_term(term: object) -> ox.NamedNode | ox.Literal:
    if not isinstance(term, rdflib.Literal):
        assert isinstance(term, rdflib.URIRef)
        return ox.NamedNode(term)
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(term.datatype) if term.datatype else None)


def by_rapper(path: Path) -> Statements:
    form = {"nq": "nquads", "nt": "ntriples", "ttl": "turtle"}.get(path.suffix[1:], path.suffix[1:])
    command = ["rapper", "-q", "-i", form, "-o", "nquads", str(path)]
    lines = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout
    return set(ox.parse(lines, format=ox.RdfFormat.N_QUADS))


def default(statements: Iterable[ox.Quad]) -> set[ox.Triple]:
    return {quad.triple for quad in statements if quad.graph_name == ox.DefaultGraph()}


def merged(statements: Iterable[ox.Quad]) -> set[ox.Triple]:
    return {quad.triple for quad in statements}


def thing(term: object) -> str | None:
    """The resource of ours that a term is, or is a part of, as the path of its document."""
    found = THING.match(getattr(term, "value", "")) if isinstance(term, ox.NamedNode) else None
    return found[1] if found else None


@pytest.fixture(scope="module")
def quads(published: Path) -> Statements:
    return by_oxigraph(published / "data" / "idf.nq")


@pytest.fixture(scope="module")
def documents(published: Path) -> dict[str, tuple[set[ox.Triple], set[ox.Triple]]]:
    """The triples of each document as Turtle and as JSON-LD, named graphs merged."""
    paths = sorted((published / "doc").rglob("*.ttl"))
    triples = {path: (merged(by_oxigraph(path)), merged(by_oxigraph(path.with_suffix(".jsonld")))) for path in paths}
    return {path.relative_to(published / "doc").with_suffix("").as_posix(): pair for path, pair in triples.items()}


def test_files_are_those_promised_and_no_others(published: Path, quads: Statements) -> None:
    things = {thing(term) for quad in quads for term in (quad.subject, quad.object)} - {None}
    kinds = Counter(str(name).partition("/")[0] for name in things)
    assert {"project": 4, "programme": 1, "source": 5}.items() <= kinds.items()
    assert all(kinds[kind] for kind in ("org", "state", "code"))
    assert files(published).keys() == {
        *(f"data/idf.{suffix}" for suffix in WHOLE),
        *(f"doc/{name}.{suffix}" for name in things for suffix in ("ttl", "jsonld")),
        *(f"shapes/{path.name}" for path in (ROOT / "shapes").glob("*.ttl")),
        *(f"pages/{sha256(path.read_bytes()).hexdigest()}.txt" for path in (ROOT / "data/pages").glob("*.txt")),
        *("def.ttl", "def.jsonld", "context.jsonld", "report.ttl", SUMS),
    }


def test_words_are_published_as_written(published: Path) -> None:
    pairs = [("def.ttl", "ontology/idf.ttl"), ("context.jsonld", "ontology/context.jsonld")]
    pairs += [(f"shapes/{path.name}", f"shapes/{path.name}") for path in (ROOT / "shapes").glob("*.ttl")]
    for here, there in pairs:
        assert (published / here).read_bytes() == (ROOT / there).read_bytes()
    assert by_oxigraph(published / "def.ttl") == by_oxigraph(published / "def.jsonld")


def is_whole(release: Path) -> bool:
    """Whether a release holds exactly the files that its list of sums names, with these sums."""
    found = files(release)
    lines = [f"{sha256(data).hexdigest()}  {path}\n" for path, data in sorted(found.items()) if path != SUMS]
    return "".join(lines).encode() == found[SUMS]


def test_sums_are_right_and_complete(published: Path, tmp_path: Path) -> None:
    assert is_whole(published)
    copy = shutil.copytree(published, tmp_path / "copy")
    (copy / "report.ttl").write_text("other")
    assert not is_whole(copy)


@pytest.mark.parametrize(
    ("read", "suffix"),
    [(read, suffix) for read in (by_oxigraph, by_rdflib) for suffix in WHOLE]
    + [(by_rapper, suffix) for suffix in ("nq", "trig", "ttl", "nt")],
)
@pytest.mark.filterwarnings("ignore:(Dataset.default_context|Dataset.contexts|ConjunctiveGraph) is deprecated")
def test_dumps_hold_the_same_statements(
    published: Path,
    quads: Statements,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
    read: Callable[[Path], Statements],
) -> None:
    if read is by_rapper and not shutil.which("rapper") and os.environ.get("CI") != "true":
        pytest.skip("rapper is not installed (Debian: raptor2-utils)")
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    expected = {quad for quad in quads if WHOLE[suffix] or quad.graph_name == ox.DefaultGraph()}
    assert len(expected) > 900
    assert read(published / "data" / f"idf.{suffix}") == expected


def test_quads_are_the_canonical_form(published: Path) -> None:
    data = (published / "data" / "idf.nq").read_bytes()
    lines = data.decode().splitlines(keepends=True)
    assert lines == sorted(set(lines))
    dataset = ox.Dataset(ox.parse(data, format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    canonical = "".join(sorted(f"{quad} .\n" for quad in dataset))
    assert sha256(canonical.encode()).digest() == sha256(data).digest()


def test_documents_hold_a_resource_its_links_and_its_provenance(
    quads: Statements, documents: dict[str, tuple[set[ox.Triple], set[ox.Triple]]]
) -> None:
    everything, content = merged(quads), default(quads)
    sources: dict[str, set[str]] = {name: {name} if name.startswith("source/") else set() for name in documents}
    for triple in content:
        if triple.predicate.value.endswith("#hadPrimarySource"):
            sources[thing(triple.subject) or ""].add(thing(triple.object) or "")
    for name, (turtle, jsonld) in documents.items():
        graphs = {f"{BASE}graph/{source}" for source in sources[name]} | {f"{BASE}graph/decision/{Path(name).name}"}
        said = {triple for triple in content if name in (thing(triple.subject), thing(triple.object))}
        proven = {quad.triple for quad in quads if getattr(quad.graph_name, "value", "") in graphs}
        assert turtle == jsonld
        assert said | proven <= turtle <= everything, name
        assert bool(proven) == name.startswith(("project/", "programme/", "source/"))
        assert any(thing(triple.subject) == name for triple in turtle)


def test_turtle_is_prefixed_with_one_value_a_line(published: Path) -> None:
    paths = [published / "data" / "idf.ttl", published / "report.ttl", *(published / "doc").rglob("*.ttl")]
    for path in paths:
        lines = [line for line in path.read_text("utf-8").splitlines() if line]
        prefixes = {found[1] for line in lines if (found := re.fullmatch(r"@prefix \S*: <(.+)> \.", line))}
        body = [re.sub(r'"(\\.|[^"\\])*"', "", line) for line in lines if not line.startswith("@")]
        full = [
            re.fullmatch(r"(.*[/#])(\w([\w.-]*[\w-])?)", iri) for line in body for iri in re.findall("<(.+?)>", line)
        ]
        assert len(body) == len(by_oxigraph(path))
        assert not [iri[0] for iri in full if iri and iri[1] in prefixes], path


@pytest.mark.parametrize(
    "name", ["project/V47-805", "programme/mainstreaming-migration", "org/iom", "state/MDA", "code/type-tc"]
)
def test_jsonld_holds_its_context_and_of_it_only_what_it_uses(published: Path, name: str) -> None:
    document = json.loads((published / "doc" / f"{name}.jsonld").read_text("utf-8"))
    context = document["@context"]
    assert isinstance(context, dict)
    assert not re.search(r'"@(?!graph")', json.dumps(document["@graph"]))
    for term in context.keys() - {"@version"}:
        rest = {key: value for key, value in context.items() if key != term}
        assert triples_or_none({**document, "@context": rest}) != triples_or_none(document), term


def triples_or_none(document: object) -> Statements | None:
    try:
        return set(ox.parse(json.dumps(document), format=ox.RdfFormat.JSON_LD, base_iri="https://example.org/"))
    except SyntaxError:
        return None


def test_report_is_a_shacl_report_with_named_nodes(published: Path) -> None:
    triples = merged(by_oxigraph(published / "report.ttl"))
    results = check([ROOT / "data"]).report.results
    assert results
    assert not any(isinstance(term, ox.BlankNode) for triple in triples for term in (triple.subject, triple.object))
    counts = Counter(triple.predicate.value.removeprefix(SH) for triple in triples)
    assert (counts["conforms"], counts["result"]) == (1, len(results))
    for name in ("focusNode", "resultSeverity", "sourceShape", "sourceConstraintComponent"):
        assert counts[name] == len(results)
    assert counts["resultMessage"] == 3 * len(results)


# How a release takes its place


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A small data folder: one record and its page."""
    folder = tmp_path / "data"
    for path in ("dataset.yaml", "pages/000_3cd946cab0f19b2c.txt", "records/V47-805.yaml"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "data" / path, folder / path)
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The place of a release in a folder of its own."""
    return tmp_path / "site" / "public"


Fault = Callable[[Path, pytest.MonkeyPatch], type[BaseException]]


def broken_shape(data: Path, _: pytest.MonkeyPatch) -> type[BaseException]:
    record = data / "records" / "V47-805.yaml"
    record.write_text(record.read_text("utf-8").replace("coverage: national", "coverage: regional"), "utf-8")
    return ShapesViolated


def faulty_page(data: Path, _: pytest.MonkeyPatch) -> type[BaseException]:
    (data / "pages" / "z.txt").write_bytes(b"\0")
    return BadInput


def faulty_line(data: Path, _: pytest.MonkeyPatch) -> type[BaseException]:
    (data / "records" / "z.jsonl").write_text('{"kind": "project", "id": "A10-001"}\n{\n')
    return BadRecord


def full_disk(_: Path, monkeypatch: pytest.MonkeyPatch) -> type[BaseException]:
    monkeypatch.setattr(pipeline, "write_words", raising(OSError(28, "No space left on device")))
    return BadOutput


def defect(_: Path, monkeypatch: pytest.MonkeyPatch) -> type[BaseException]:
    monkeypatch.setattr(pipeline, "check_dumps", raising(ZeroDivisionError()))
    return ZeroDivisionError


def interrupt(_: Path, monkeypatch: pytest.MonkeyPatch) -> type[BaseException]:
    monkeypatch.setattr(pipeline, "write_documents", raising(KeyboardInterrupt()))
    return KeyboardInterrupt


def raising(error: BaseException) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize("fault", [broken_shape, faulty_page, faulty_line, full_disk, defect, interrupt])
@pytest.mark.parametrize("old", [True, False])
def test_a_failing_publish_changes_nothing(
    data: Path, out: Path, monkeypatch: pytest.MonkeyPatch, fault: Fault, old: bool
) -> None:
    if old:
        publish([data], out)
    before = files(out.parent)
    with pytest.raises(fault(data, monkeypatch)):
        publish([data], out)
    assert files(out.parent) == before
    assert [path.name for path in out.parent.glob("*")] == (["public"] if old else [])


@pytest.fixture(params=[".new", ".old", ".old swapping", ".new .old", ".new .old swapping"])
def interrupted(request: pytest.FixtureRequest, data: Path, out: Path) -> dict[str, bytes]:
    """What an interrupted run leaves beside a release (or, while swapping, in its stead); the release's files."""
    publish([data], out)
    release = files(out)
    left = str(request.param).split()
    for name in {".new", ".old"} & set(left):
        shutil.copytree(out, out.with_name(f".public{name}"))
    if "swapping" in left:
        shutil.rmtree(out)
    return release


def test_what_an_interrupted_run_left_is_removed(data: Path, out: Path, interrupted: dict[str, bytes]) -> None:
    publish([data], out)
    assert files(out) == interrupted
    assert [path.name for path in out.parent.iterdir()] == ["public"]


def test_what_an_interrupted_run_left_is_restored(
    data: Path, out: Path, monkeypatch: pytest.MonkeyPatch, interrupted: dict[str, bytes]
) -> None:
    with pytest.raises(defect(data, monkeypatch)):
        publish([data], out)
    assert files(out) == interrupted
    assert [path.name for path in out.parent.iterdir()] == ["public"]


@pytest.mark.parametrize("path", ["public/letter.txt", "public/inner/letter.txt", "public"])
def test_what_is_no_release_is_refused(data: Path, out: Path, path: str) -> None:
    (out.parent / path).parent.mkdir(parents=True)
    (out.parent / path).write_text("dear")
    with pytest.raises(BadOutput, match="not a release"):
        publish([data], out)
    assert files(out.parent) == {path: b"dear"}


def test_an_empty_folder_is_taken(data: Path, out: Path) -> None:
    out.mkdir(parents=True)
    publish([data], out)
    assert is_whole(out)


def test_a_link_leads_to_the_release(data: Path, out: Path) -> None:
    (out.parent / "real").mkdir(parents=True)
    out.symlink_to("real", target_is_directory=True)
    for _ in range(2):
        publish([data], out)
        assert is_whole(out)
        assert {path.name for path in out.parent.iterdir()} == {"public", "real"}


@pytest.mark.parametrize("where", [".", "..", "/"])
def test_a_folder_is_meant_however_it_is_written(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    (tmp_path / "site" / "inner").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "site" / "inner" if where == ".." else tmp_path / "site")
    if where == ".":
        (tmp_path / "site" / "inner").rmdir()
        publish([data], Path(where))
        assert is_whole(tmp_path / "site")
    else:
        with pytest.raises(BadOutput):
            publish([data], Path(where))


@pytest.mark.parametrize("path", ["a.txt", "b/../a.txt/", "../x", "b/../../x", "/x", "."])
def test_a_folder_writes_a_path_once_and_inside(tmp_path: Path, path: str) -> None:
    (tmp_path / "in").mkdir()
    folder = Folder(tmp_path / "in")
    folder.write("a.txt", ["é\n", b"\n"])
    with pytest.raises((BadOutput, OSError)):
        folder.write(path, ["other"])
    assert files(tmp_path) == {"in/a.txt": "é\n\n".encode()}


KILLED = """
import os, signal, sys
from pathlib import Path
from idfgraph import publish
left, seen = int(sys.argv[1]), []
def hook(event, arguments):
    global left
    if event in {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir"}:
        seen.append(event)
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
publish([Path(sys.argv[2])], Path(sys.argv[3]))
print(*seen)
"""


def run_killed(at: int, data: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """Publishes in a process that kills itself at its n-th step in the file system (0: never)."""
    command = [sys.executable, "-c", KILLED, str(at), str(data), str(out)]
    environment = {**os.environ, "TMPDIR": str(out.parent)}
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=environment)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")
def test_a_killed_publish_leaves_the_old_release_or_the_new_one(data: Path, out: Path, published: Path) -> None:
    publish([data], out)
    first = shutil.copytree(out, data.parent / "first")
    old, new = files(first), files(published)
    steps = run_killed(0, ROOT / "data", out).stdout.split()
    moves = [number for number, event in enumerate(steps, 1) if event == "os.rename"]
    assert files(out) == new
    assert (len(moves), len(steps) > 200) == (2, True)
    for at in {*moves, *random.Random(20).sample(range(1, len(steps) + 1), 10)}:
        shutil.rmtree(out)
        shutil.copytree(first, out)
        assert run_killed(at, ROOT / "data", out).returncode == -signal.SIGKILL
        assert files(out if out.exists() else out.with_name(".public.old")) in (old, new)
        with pytest.raises(ZeroDivisionError):
            publish([data], out, count=raising(ZeroDivisionError()))
        assert files(out) in (old, new)
        assert [path.name for path in out.parent.iterdir()] == ["public"]
