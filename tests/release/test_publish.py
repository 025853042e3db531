"""A release has all its files, and they say the same."""

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from idfgraph import check, publish
from idfgraph.exports.dumps import DumpTask, check_dumps
from idfgraph.exports.file_tasks import MadeFile
from idfgraph.exports.site import read_outlines
from idfgraph.model import iris
from idfgraph.model.errors import BadConfig, BadOutput
from idfgraph.model.layout import MARK, PACKED_QUADS, SUMS
from idfgraph.model.vocab import DCT
from idfgraph.system.folder import Folder

ROOT = Path(__file__).parents[2]
BASE = "https://w3id.org/iom-idf/"
SH = "http://www.w3.org/ns/shacl#"
THING = re.compile(rf"{BASE}(?:id/(?=(?:project|programme|org|state|source)/)|(?=code/))([^#]+)")
WHOLE = {"nq": True, "trig": True, "ttl": False, "nt": False, "jsonld": False}

Statements = set[ox.Quad]

#: The lists behind the numbers of the first page, and of that on quality.
COUNTED = (
    *("in-doubt", "several-states", "start-2021", "without-start-year", "without-end-year"),
    *("without-allocation-year", "without-prima-id"),
    *(
        "told-by-rules",
        "noted-alone",
        "not-accepted",
        "noted-eu-member-info",
        "noted-implausible-date-warning",
    ),
    *("noted-mentioned-only-info", "noted-missing-value-info", "noted-missing-value-warning"),
    *("noted-outside-funding-range-info", "noted-quoted-narrative-info"),
    *("noted-stale-status-warning", "unnamed-project-en", "unnamed-project-es"),
    *("unnamed-programme-en", "unnamed-programme-es"),
)


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder and its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def by_oxigraph(path: Path) -> Statements:
    return set(ox.parse(path=str(path)))


def by_rdflib(path: Path) -> Statements:
    dataset = rdflib.Dataset()
    dataset.parse(
        path, format={"nq": "nquads", "jsonld": "json-ld"}.get(path.suffix[1:], path.suffix[1:])
    )
    return {rdflib_quad(*quad) for quad in dataset.quads()}


def rdflib_quad(subject: object, predicate: object, value: object, graph: object) -> ox.Quad:
    """A statement of rdflib as one of Oxigraph."""
    name = (
        ox.NamedNode(str(graph))
        if graph and graph != DATASET_DEFAULT_GRAPH_ID
        else ox.DefaultGraph()
    )
    return ox.Quad(
        ox.NamedNode(str(subject)), ox.NamedNode(str(predicate)), oxigraph_term(value), name
    )


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
    """The triples of each document as Turtle and as JSON-LD."""
    paths = sorted((published / "doc").rglob("*.ttl"))
    triples = {
        path: (merged(by_oxigraph(path)), merged(by_oxigraph(path.with_suffix(".jsonld"))))
        for path in paths
    }
    return {
        path.relative_to(published / "doc").with_suffix("").as_posix(): pair
        for path, pair in triples.items()
    }


#: What a document is published as.
GRAPH, PAGE = ("ttl", "nt", "jsonld"), ("html", "fr.html", "es.html")
LISTS = ("codes", "partners", "programmes", "projects", "regions", "sources", "states")
TABLES = (
    *("decisions", "dictionary", "notes", "partners", "programmes"),
    *("project-states", "project-totals", "projects", "sources"),
)

#: What people download besides the dumps that are compared.
DOWNLOADED = (
    "data/idf.nq.gz",
    "data/idf.nq.zst",
    "data/links.sssom.tsv",
    *(f"tables/{name}.csv" for name in TABLES),
    *(f"tables/idf.{suffix}" for suffix in ("xlsx", "fr.xlsx", "es.xlsx", "sqlite")),
    *("tables/csv-metadata.json", "tables/datapackage.json"),
)
QUERIES = sorted((ROOT / "queries").glob("*.rq"))


def test_files_are_those_promised_and_no_others(published: Path, quads: Statements) -> None:
    things = {thing(term) for quad in quads for term in (quad.subject, quad.object)} - {None}
    kinds = Counter(str(name).partition("/")[0] for name in things)
    assert {"project": 4, "programme": 1, "source": 5}.items() <= kinds.items()
    assert all(kinds[kind] for kind in ("org", "state", "code"))
    drawn = {name for name in read_outlines().states if f"state/{name}" in things}
    (version,) = (path.stem for path in (published / "release").glob("*.ttl"))
    assert files(published).keys() == {
        *(f"data/idf.{suffix}" for suffix in WHOLE),
        *(f"doc/{name}.{suffix}" for name in things for suffix in (*GRAPH, *PAGE)),
        *(f"map/{name}.svg" for name in drawn | ({"land"} if drawn else set())),
        *("shapes/all.ttl", "shapes/core.ttl"),
        *(f"shapes/{path.name}" for path in (ROOT / "shapes").glob("*.ttl")),
        *(
            f"pages/{sha256(path.read_bytes()).hexdigest()}.txt"
            for path in (ROOT / "data/pages").glob("*.txt")
        ),
        *(
            f"{name}.{suffix}"
            for name in ("def", "profile", "rights", "queries")
            for suffix in (*GRAPH, *PAGE)
        ),
        *(
            f"{name}.{suffix}"
            for name in ("index", "shapes/index", "quality", "changes", "ask", "downloads")
            for suffix in PAGE
        ),
        *(f"answers/{path.stem}.{suffix}" for path in QUERIES for suffix in PAGE),
        *("changes.json", "changes.atom", "changes.fr.atom", "changes.es.atom"),
        *(f"lists/{name}.{suffix}" for name in (*LISTS, *COUNTED) for suffix in PAGE),
        *(
            f"lists/{name}-{language}.js"
            for name in ("rows", "things")
            for language in ("en", "fr", "es")
        ),
        "lists/words-0.js",
        *(f"lists/texts/{path.stem}.js" for path in (published / "doc/project").glob("*.ttl")),
        *(f"{name}.{suffix}" for name in ("catalog", "void", "graph/run") for suffix in GRAPH),
        *(f"release/{version}.{suffix}" for suffix in (*GRAPH, *PAGE)),
        *(f"archive/{version}/data/idf.{suffix}" for suffix in WHOLE),
        *(f"archive/{version}/{path}" for path in DOWNLOADED),
        *(f"queries/{path.stem}.{suffix}" for path in QUERIES for suffix in (*GRAPH, "rq")),
        *(
            f".well-known/sparql-examples/{name}.ttl"
            for name in ("index", *(path.stem for path in QUERIES))
        ),
        *DOWNLOADED,
        *(
            "404.html",
            "410.html",
            "ontology/1.0.0.ttl",
            "profile.svg",
            *("style.css", "icon.svg"),
            *("list.js", "narratives.js", "things.js"),
            *("ask.js", "ask-worker.js", "csv.js", "oxigraph.js", "oxigraph.wasm"),
            ".well-known/void",
        ),
        *(
            "linkset.json",
            "CITATION.cff",
            "context.jsonld",
            "report.nt",
            "report.ttl",
            "release.json",
            "tombstones.json",
            "sitemap.xml",
            "robots.txt",
            SUMS,
            MARK,
        ),
    }


def test_words_are_published_as_written(published: Path) -> None:
    pairs = [("def.ttl", "ontology/idf.ttl"), ("context.jsonld", "ontology/context.jsonld")]
    for here, there in pairs:
        assert (published / here).read_bytes() == (ROOT / there).read_bytes()
    for path in (ROOT / "shapes").glob("*.ttl"):
        words, itself = (
            path.read_text("utf-8"),
            f"<{iris.BASE}shapes/{path.stem}> a <{DCT}Standard>",
        )
        assert (published / "shapes" / path.name).read_text("utf-8") == f"{words}\n{itself} .\n"
    forms = [by_oxigraph(published / f"def.{form}") for form in GRAPH]
    assert forms[0] == forms[1] == forms[2]
    assert by_oxigraph(published / "report.ttl") == by_oxigraph(published / "report.nt")


def is_whole(release: Path) -> bool:
    """Whether a release holds exactly the files that its list of sums names, with these sums."""
    found = files(release)
    lines = [
        f"{sha256(data).hexdigest()}  {path}\n"
        for path, data in sorted(found.items())
        if path not in {SUMS, MARK}
    ]
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
@pytest.mark.filterwarnings(
    "ignore:(Dataset.default_context|Dataset.contexts|ConjunctiveGraph) is deprecated"
)
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
    sources: dict[str, set[str]] = {
        name: {name} if name.startswith("source/") else set() for name in documents
    }
    for triple in content:
        if triple.predicate.value.endswith("#hadPrimarySource"):
            record = getattr(triple.subject, "value", "").removeprefix(f"{BASE}doc/")
            sources[record].add(thing(triple.object) or "")
    for name, (turtle, jsonld) in documents.items():
        graphs = {f"{BASE}graph/{source}" for source in sources[name]} | {
            f"{BASE}graph/decision/{Path(name).name}",
            f"{BASE}graph/decision/{name}",
        }
        said = {
            triple for triple in content if name in (thing(triple.subject), thing(triple.object))
        }
        proven = {quad.triple for quad in quads if getattr(quad.graph_name, "value", "") in graphs}
        assert turtle == jsonld
        about = {
            triple
            for triple in turtle
            if getattr(triple.subject, "value", "") == f"{BASE}doc/{name}"
        }
        assert said | proven <= turtle <= everything | about, name
        of_itself = {triple.predicate.value.rpartition("/")[2] for triple in about}
        assert {"primaryTopic", "void#inDataset"} <= of_itself
        assert proven or not name.startswith(("project/", "programme/", "source/"))
        assert any(thing(triple.subject) == name for triple in turtle)


def test_turtle_is_prefixed_with_one_value_a_line(published: Path) -> None:
    paths = [
        published / "data" / "idf.ttl",
        published / "report.ttl",
        *(published / "doc").rglob("*.ttl"),
    ]
    for path in paths:
        lines = [line for line in path.read_text("utf-8").splitlines() if line]
        prefixes = {
            found[1] for line in lines if (found := re.fullmatch(r"@prefix \S*: <(.+)> \.", line))
        }
        body = [re.sub(r'"(\\.|[^"\\])*"', "", line) for line in lines if not line.startswith("@")]
        full = [
            re.fullmatch(r"(.*[/#])(\w([\w.-]*[\w-])?)", iri)
            for line in body
            for iri in re.findall("<(.+?)>", line)
        ]
        assert len(body) == len(by_oxigraph(path))
        assert not [iri[0] for iri in full if iri and iri[1] in prefixes], path


@pytest.mark.parametrize(
    "name",
    [
        "project/V47-805",
        "programme/mainstreaming-migration",
        "org/iom",
        "state/MDA",
        "code/type-tc",
    ],
)
def test_jsonld_holds_its_context_and_of_it_only_what_it_uses(published: Path, name: str) -> None:
    document = json.loads((published / "doc" / f"{name}.jsonld").read_text("utf-8"))
    context = document["@context"]
    assert isinstance(context, dict)
    assert not re.search(r'"@(?!(graph|value|language|type)")', json.dumps(document["@graph"]))
    for term in context.keys() - {"@version"}:
        rest = {key: value for key, value in context.items() if key != term}
        assert triples_or_none({**document, "@context": rest}) != triples_or_none(document), term


def triples_or_none(document: object) -> Statements | None:
    try:
        return set(
            ox.parse(
                json.dumps(document), format=ox.RdfFormat.JSON_LD, base_iri="https://example.org/"
            )
        )
    except SyntaxError:
        return None


def test_report_is_a_shacl_report_with_named_nodes(published: Path) -> None:
    triples = merged(by_oxigraph(published / "report.ttl"))
    results = check([ROOT / "data"]).report.results
    assert results
    assert not any(
        isinstance(term, ox.BlankNode)
        for triple in triples
        for term in (triple.subject, triple.object)
    )
    counts = Counter(triple.predicate.value.removeprefix(SH) for triple in triples)
    assert (counts["conforms"], counts["result"]) == (1, len(results))
    for name in ("focusNode", "resultSeverity", "sourceShape", "sourceConstraintComponent"):
        assert counts[name] == len(results)
    assert counts["resultMessage"] == 3 * len(results)


@pytest.mark.parametrize("path", ["a.txt", "b/../a.txt/", "../x", "b/../../x", "/x", "."])
def test_a_folder_writes_a_path_once_and_inside(tmp_path: Path, path: str) -> None:
    (tmp_path / "in").mkdir()
    folder = Folder(tmp_path / "in")
    folder.write("a.txt", ["é\n", b"\n"])
    with pytest.raises((BadOutput, OSError)):
        folder.write(path, ["other"])
    assert files(tmp_path) == {"in/a.txt": "é\n\n".encode()}


def read_again(folder: Path) -> list[MadeFile]:
    """What all dumps of a folder hold."""
    return [DumpTask(folder, f"data/idf.{dump}", "", {})() for dump in WHOLE]


@pytest.mark.parametrize(
    "spoil", [lambda line: line.replace("Project", "Projekt"), lambda _: "", lambda _: "x\n"]
)
@pytest.mark.parametrize("dump", WHOLE)
def test_a_dump_that_says_otherwise_is_refused(
    published: Path, tmp_path: Path, dump: str, spoil: Callable[[str], str]
) -> None:
    shutil.copytree(published / "data", tmp_path / "data")
    path = tmp_path / "data" / f"idf.{dump}"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    at = next(
        number for number, line in enumerate(lines) if "V47-805" in line and "Project" in line
    )
    check_dumps(read_again(tmp_path))
    path.write_text("".join([*lines[:at], spoil(lines[at]), *lines[at + 1 :]]), "utf-8")
    with pytest.raises(BadOutput, match=r"does not parse|holds other statements"):
        check_dumps(read_again(tmp_path))


@pytest.mark.parametrize("path", PACKED_QUADS)
def test_a_packed_dump_that_holds_other_bytes_is_refused(published: Path, path: str) -> None:
    whole = sha256((published / "data" / "idf.nq").read_bytes()).hexdigest()
    assert DumpTask(published, path, "", {}, whole)().path == path
    with pytest.raises(BadOutput, match="holds other bytes"):
        DumpTask(published, path, "", {}, sha256(b"other").hexdigest())()


@pytest.mark.parametrize("part", [1, 3, 1_000])
def test_a_dump_of_json_ld_is_read_part_by_part(
    published: Path, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    monkeypatch.setattr("idfgraph.graph.lines.jsonld._PART", part)
    held = {one.path: one.held for one in read_again(published)}
    assert held["data/idf.jsonld"] == held["data/idf.nt"]


@pytest.mark.parametrize(
    ("old", "new"), [("},\n", "}\n"), ('  "@graph": [\n', ""), ("\n  ]\n}\n", "\n  ]\n}\n\n{}\n")]
)
def test_a_dump_of_json_ld_that_is_no_json_is_refused(
    published: Path, tmp_path: Path, old: str, new: str
) -> None:
    (tmp_path / "data").mkdir()
    text = (published / "data" / "idf.jsonld").read_text("utf-8")
    (tmp_path / "data" / "idf.jsonld").write_text(new.join(text.rsplit(old, 1)), "utf-8")
    with pytest.raises(BadOutput, match="does not parse"):
        DumpTask(tmp_path, "data/idf.jsonld", "", {})()


@pytest.mark.parametrize(("site", "kinds"), [("none", set()), ("plain", {".html", ".css"})])
def test_a_release_has_as_much_of_a_site_as_is_asked_for(
    tmp_path: Path, published: Path, site: str, kinds: set[str]
) -> None:
    out, people = tmp_path / "public", {".html", ".css", ".js", ".atom"}
    publish([ROOT / "data"], out, site=site)
    mine, whole = files(out), files(published)
    told = {Path(path).suffix for path in mine} & people
    assert told == kinds | ({".atom"} if kinds else set())
    assert "<form" not in mine.get("index.html", b"").decode()
    same = {path for path in whole if path.startswith(("data/idf", "tables/", "doc/"))}
    for path in same - {path for path in same if Path(path).suffix == ".html"}:
        assert mine[path] == whole[path], path


def test_an_unknown_site_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match="use none, plain, full"):
        publish([ROOT / "data"], tmp_path / "public", site="some")
    assert not list(tmp_path.iterdir())
