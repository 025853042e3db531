"""The command line: its commands, what they print, and how they end."""

import json
import os
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Graph
from rdflib.namespace import RDF, SH
from support.command import IDFGRAPH, RECORD, ROOT, SEED, environment, run, snapshot

from idfgraph.release.history import releases

COMMANDS = ("publish", "validate", "extract", "query")
OPTIONS = {
    "publish": ("--out", "--base", "--encoding", "--jobs", "--quarantine", "--lang"),
    "validate": (
        "--format",
        "--output",
        "--baseline",
        "--write-baseline",
        "--summary",
        "--engine",
        "--fail-on",
        "--base",
        "--encoding",
        "--jobs",
        "--lang",
    ),
    "extract": ("--into", "--url", "--encoding", "--programme"),
    "query": ("--on", "--format", "--set", "--list", "--lang"),
}
CONSTRUCT = "CONSTRUCT WHERE { ?s <http://purl.org/dc/terms/title> ?o }"
STALE = {
    "en": "The page calls the project active, though its end year 2024 is past.",
    "fr": "La page dit le projet actif, bien que son année de fin 2024 soit passée.",
    "es": "La página dice que el proyecto está activo, aunque su año final 2024 ya pasó.",
}
UNREAD = {
    "en": "“abc” cannot be read as this kind of value.",
    "fr": "« abc » ne peut pas être lu comme une valeur de ce genre.",
    "es": "«abc» no se puede leer como un valor de este tipo.",
}


#### Help ####


def test_version(tmp_path: Path) -> None:
    assert run("--version", cwd=tmp_path).stdout == f"{version('idfgraph')}\n"


def test_help(tmp_path: Path) -> None:
    """The command names its commands, each command its options and what it does."""
    shown = run("--help", cwd=tmp_path)
    assert shown.returncode == 0
    assert all(name in shown.stdout for name in COMMANDS)
    for name in COMMANDS:
        done = run(name, "--help", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert not [option for option in OPTIONS[name] if option not in done.stdout]
    bare = run(cwd=tmp_path)
    assert "Usage" in bare.stdout + bare.stderr and "Traceback" not in bare.stderr


def test_without_a_word_it_shows_help(tmp_path: Path) -> None:
    alone, asked = run(cwd=tmp_path), run("--help", cwd=tmp_path)
    assert (alone.returncode, alone.stdout, alone.stderr) == (0, asked.stdout, "")


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    """`idfgraph.cli` is there before the libraries that take long to load."""
    heavy = ("rdflib", "pyshacl", "pyoxigraph", "rich", "msgspec", "yaml", "rapidfuzz", "requests")
    code = f"import sys, idfgraph.cli; print(*[name for name in {heavy} if name in sys.modules])"
    done = run("-c", code, cwd=tmp_path, command=(sys.executable,))
    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr


def test_the_library_is_all_there_when_asked(tmp_path: Path) -> None:
    """Every public name, in a process that asks for that name first."""
    code = "import idfgraph; print(*idfgraph.__all__)"
    code += "; [getattr(idfgraph, name) for name in idfgraph.__all__]"
    code += "; from idfgraph import *; read, publish, IdfgraphError"
    done = run("-c", code, cwd=tmp_path, command=(sys.executable,))
    assert done.returncode == 0, done.stderr
    assert {"publish", "read", "resolve", "to_quads", "validate"} <= set(done.stdout.split())


def test_a_choice_that_is_none_is_told_in_few_words(tmp_path: Path) -> None:
    """Those that there are, and nothing of how they were checked; help names no other."""
    done = run("query", "--lang", "de", cwd=tmp_path)
    told = "--lang: 'de' is none of 'en', 'fr', 'es'; see idfgraph query --help"
    assert (done.returncode, done.stderr) == (2, f"idfgraph: {told}\n")
    assert "Violation" not in run("validate", "--help", cwd=tmp_path).stdout


#### Publish ####


def test_publish_takes_data_by_itself(published: Path, tmp_path: Path) -> None:
    """Without a source, `data/`; with two processes, the same release; each file is told of."""
    asked = ("--why", "index.html", "--why", tmp_path / "public/none.html")
    done = run("publish", "--out", tmp_path / "public", "--jobs", "2", *asked, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    (row,) = releases(tmp_path / "public")
    said = f"published 5 records in {tmp_path / 'public'} as {row.release.name}"
    why = "index.html is made anew for each release\nnone.html is no file of this release\n"
    told = f"{why}{said} (0 errors, 10 warnings, 16 notices)\n"
    assert (done.stdout, done.stderr) == ("", told)
    assert (tmp_path / "public" / "SHA256SUMS").read_bytes() == (
        published / "SHA256SUMS"
    ).read_bytes()


def test_publish_replaces_its_own_release(tmp_path: Path) -> None:
    for source in (SEED, ROOT / "data" / "records" / "V47-805.yaml"):
        assert run("publish", source, "--allow-removals", cwd=tmp_path).returncode == 0
    assert (tmp_path / "public" / "doc" / "project" / "V47-805.ttl").is_file()
    gone = (tmp_path / "public" / "doc" / "project" / "PX.0220.ttl").read_text("utf-8")
    assert "owl:deprecated" in gone
    assert "dct:title" not in gone
    assert {path.name for path in tmp_path.iterdir()} == {"public", ".public-releases"}


@pytest.mark.parametrize("lang", STALE)
def test_messages_in_three_languages(lang: str, tmp_path: Path) -> None:
    """What was found is told in the language asked for: validated, or refused."""
    assert STALE[lang] in run("validate", SEED, "--lang", lang, cwd=tmp_path).stdout
    bad = tmp_path / "bad.txt"
    bad.write_text(SEED.read_text("utf-8").replace("400000.00", "abc"), "utf-8")
    refused = run("publish", bad, "--lang", lang, cwd=tmp_path)
    assert refused.returncode == 1
    assert UNREAD[lang] in refused.stdout and STALE[lang] not in refused.stdout


def test_another_base(tmp_path: Path) -> None:
    assert (
        run("publish", SEED, "--base", "https://data.example.org/idf/", cwd=tmp_path).returncode
        == 0
    )
    text = (tmp_path / "public" / "doc" / "project" / "PX.0220.ttl").read_text("utf-8")
    assert "https://data.example.org/idf/" in text and "w3id.org/iom-idf" not in text


#### Validate ####


@pytest.mark.parametrize(
    ("fail_on", "code"), [(None, 0), ("violation", 0), ("warning", 1), ("info", 1)]
)
def test_fail_on(fail_on: str | None, code: int, tmp_path: Path) -> None:
    """Warnings and remarks fail when they are asked to; nothing is written."""
    done = run("validate", SEED, *(("--fail-on", fail_on) if fail_on else ()), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (
        code,
        f"checked 1 record ({done.stdout.splitlines()[-1]})\n",
    )
    assert not snapshot(tmp_path)


def test_violations_fail(tmp_path: Path) -> None:
    """With file, line, column and field, the line quoted and the field marked."""
    (tmp_path / "p.txt").write_text(SEED.read_text("utf-8").replace("400000.00", "abc"), "utf-8")
    done = run("validate", "p.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert (
        "]: “abc” cannot be read as this kind of value.\n  --> p.txt:45:1: budget\n" in done.stdout
    )
    assert "\n45 | abc\n   | ^^^\n" in done.stdout


def test_the_report_is_a_shacl_report(tmp_path: Path) -> None:
    """It parses, names each result once, and holds as many of each severity as are counted; no node
    is blank.
    """
    done = run(
        "validate", ROOT / "data", "--format", "ttl", "--output", "in/here/report.ttl", cwd=tmp_path
    )
    assert done.returncode == 0
    report = Graph().parse(tmp_path / "in" / "here" / "report.ttl")
    (node,) = report.subjects(RDF.type, SH.ValidationReport)
    results = list(report.objects(node, SH.result))
    severities = [report.value(result, SH.resultSeverity) for result in results]
    shown = f"{severities.count(SH.Warning)} warnings, {severities.count(SH.Info)} notices"
    assert done.stderr == f"checked 5 records (0 errors, {shown})\n"
    assert (
        len(results)
        == len(set(results))
        == severities.count(SH.Warning) + severities.count(SH.Info)
        > 0
    )
    assert done.stdout == ""
    for result in results:
        assert report.value(result, SH.focusNode) and report.value(result, SH.sourceShape)
        assert {
            getattr(text, "language", None) for text in report.objects(result, SH.resultMessage)
        } == {
            "en",
            "fr",
            "es",
        }
    assert not [term for triple in report for term in triple if type(term).__name__ == "BNode"]
    assert snapshot(tmp_path).keys() == {"in", "in/here", "in/here/report.ttl"}


#### Query ####


def test_the_list_of_questions(tmp_path: Path) -> None:
    """Each with its title, in three languages, and its parameters: their defaults, what they
    are.
    """
    names = sorted(path.stem for path in (ROOT / "queries").glob("*.rq"))
    assert len(names) >= 20
    heads = {
        "en": ["name", "title", "parameters"],
        "fr": ["nom", "titre", "paramètres"],
        "es": ["nombre", "título", "parámetros"],
    }
    for lang, head in heads.items():
        rows = [
            line.split("\t")
            for line in run("query", "--list", "--lang", lang, cwd=tmp_path).stdout.splitlines()
        ]
        assert rows[0] == head
        assert [row[0] for row in rows[1:]] == names
        assert all(row[1] for row in rows[1:])
        shown = {row[0]: row[2] for row in rows}
        assert shown["beneficiary-projects"] == (
            f"state=MDA (ISO 3166-1 alpha-3 code of a state); lang={lang} (language of the titles)"
        )
        assert shown["budget-source"] == "project=PX.0220 (Projet ID of a project)"


def test_a_question_with_a_parameter(published: Path, tmp_path: Path) -> None:
    done = run(
        "query", "beneficiary-projects", "--on", published, "--set", "state=ALB", cwd=tmp_path
    )
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert rows[0] == ["intervention", "title"]
    assert [row[0] for row in rows[1:]] == ["prj:V47-805"]


@pytest.mark.parametrize(
    ("lang", "heads"),
    [
        ("en", ["region", "label", "budget", "projects", "withBudget"]),
        ("fr", ["région", "libellé", "budget", "projets", "avec un budget"]),
        ("es", ["región", "etiqueta", "presupuesto", "proyectos", "con presupuesto"]),
    ],
)
def test_columns_have_names_in_the_language_asked_for(
    published: Path, tmp_path: Path, lang: str, heads: list[str]
) -> None:
    """Wherever the option stands; those of CSV stay the variables."""
    for words in (["--lang", lang, "budget-by-region"], ["budget-by-region", "--lang", lang]):
        done = run("query", *words, "--on", published, cwd=tmp_path)
        assert done.stdout.splitlines()[0].split("\t") == heads
    done = run("query", *words, "--on", published, "--format", "csv", cwd=tmp_path)
    assert done.stdout.splitlines()[0] == "region,label,budget,projects,withBudget"


def test_nothing_published_is_said_so(published: Path, tmp_path: Path) -> None:
    """In the language asked for, and never as zero."""
    said = {
        "en": "nothing that is published answers",
        "fr": "rien de ce qui est publié ne répond",
        "es": "nada de lo publicado responde",
    }
    for lang, words in said.items():
        args = ("beneficiary-projects", "--on", published, "--set", "state=FRA", "--lang", lang)
        assert run("query", *args, cwd=tmp_path).stdout == f"{words}\n"
    cells = run("query", "claims", "--on", published, "--set", "project=V47-805", cwd=tmp_path)
    assert "not published" not in cells.stdout and "–" in cells.stdout


def test_an_answer_says_what_it_was_asked_of(published: Path, tmp_path: Path) -> None:
    """A parameter that was not given has a default; one that was is not repeated."""
    ask = ("query", "budget-source", "--on", published)
    done = run(*ask, cwd=tmp_path)
    assert done.stderr == "project=PX.0220 (another: --set project=VALUE)\n"
    assert "400000.00" in done.stdout
    assert run(*ask, "--set", "project=V47-805", cwd=tmp_path).stderr == ""


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("budget-source", "project=NOPE"),
        ("budget-source", "project=px.9999"),
        ("programme-results", "programme=none"),
    ],
)
def test_what_nobody_knows_is_no_silence(
    question: str, value: str, published: Path, tmp_path: Path
) -> None:
    """An id that neither the release nor the reference data has is refused, not answered."""
    done = run("query", question, "--on", published, "--set", value, cwd=tmp_path)
    name, _, id_ = value.partition("=")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{published}: knows no {name} '{id_}'; give --set {name}=" in done.stderr


def test_a_default_that_a_release_does_not_have_is_no_silence(tmp_path: Path) -> None:
    assert run("publish", RECORD.with_name("V47-805.yaml"), cwd=tmp_path).returncode == 0
    done = run("query", "budget-source", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "public: knows no project 'PX.0220'" in done.stderr


def test_a_parameter_without_a_place_is_refused(published: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("# param a: st: a state\nSELECT (1 AS ?one) {}", "utf-8")
    done = run("query", "mine.rq", "--on", published, "--set", "a=ALB", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "has no place for its parameter a" in done.stderr


def test_every_form_of_an_answer(published: Path, tmp_path: Path) -> None:
    """Rows as csv, json and xml; a graph as ttl and jsonld; either as a table."""

    def ask(
        form: str, question: str = "beneficiaries-by-un-region", stdin: str | None = None
    ) -> str:
        done = run(
            "query", question, "--on", published, "--format", form, cwd=tmp_path, stdin=stdin
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    rows = ask("table").splitlines()
    assert "\t" in rows[0] and len(rows) > 5
    assert len(ask("csv").splitlines()) == len(rows)
    assert len(json.loads(ask("json"))["results"]["bindings"]) == len(rows) - 1
    assert len(ElementTree.fromstring(ask("xml")).findall(".//{*}result")) == len(rows) - 1
    assert ask("table", "-", "\ufeffASK {}") == ask("table", "-", "ASK {}")
    turtle = {
        str(quad.triple) for quad in parse(ask("ttl", "-", CONSTRUCT), format=RdfFormat.TURTLE)
    }
    linked = {
        str(quad.triple) for quad in parse(ask("jsonld", "-", CONSTRUCT), format=RdfFormat.JSON_LD)
    }
    assert len(turtle) >= 5 and turtle == linked
    assert len(ask("table", "-", CONSTRUCT).splitlines()) >= 6
    assert ask("table", "-", "ASK {}") == "answer\ntrue\n"


def test_a_question_in_a_file(published: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("SELECT (1 AS ?one) {}", "utf-8")
    assert run("query", "mine.rq", "--on", published, cwd=tmp_path).stdout == "one\n1\n"


@pytest.mark.parametrize(
    ("args", "stdin", "message"),
    [
        (("beneficiary-projects", "--set", "state"), None, "has no '='"),
        (
            ("beneficiary-projects", "--set", "colour=red"),
            None,
            "no parameter 'colour'; its parameters: state, lang",
        ),
        (("beneficiary-states", "--set", "state=ALB"), None, "no parameter 'state'"),
        (("beneficiary-projects", "--set", "stat=ALB"), None, "did you mean state?"),
        (("beneficary-projects",), None, "did you mean beneficiary-projects"),
        (
            ("beneficiary-projects", "--set", "state=Albanja"),
            None,
            "no such state: 'Albanja'; did you mean Albania (ALB)?",
        ),
        (
            ("beneficiary-projects", "--set", "state=ALB } #"),
            None,
            "'ALB } #' is no value of state",
        ),
        (("beneficiary-projects", "--set", "state=ALB\n"), None, "is no value of state"),
        (
            ("beneficiary-projects", "--set", "lang=de"),
            None,
            "'de' is no value of lang; give language of the titles: en, fr, es",
        ),
        (("beneficiary-states", "--format", "ttl"), None, "rows cannot be written as ttl"),
        (("-", "--format", "csv"), CONSTRUCT, "a graph cannot be written as csv"),
        (("-",), "SELECT", "the query cannot be run"),
        (("-",), "DELETE WHERE { ?s ?p ?o }", "the query cannot be run"),
        (("-",), "", "the query cannot be run"),
    ],
)
def test_questions_that_cannot_be_asked(
    args: tuple[str, ...], stdin: str | None, message: str, published: Path, tmp_path: Path
) -> None:
    done = run("query", *args, "--on", published, cwd=tmp_path, stdin=stdin)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("idfgraph: ") and done.stderr.count("\n") == 1
    assert message in done.stderr


#### A terminal, and a pipe ####


def on_a_terminal(*args: str | Path, cwd: Path, width: int = 100, **more: str) -> str:
    """What the command writes to a terminal that is as wide; `more` are environment variables."""
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    leader, follower = pty.openpty()
    termios.tcsetwinsize(follower, (24, width))
    env = environment(**{"TERM": "xterm", "NO_COLOR": "1", **more})
    with subprocess.Popen(
        [*IDFGRAPH, *map(str, args)], cwd=cwd, env=env, stdout=follower, stderr=follower
    ) as process:
        os.close(follower)
        written = b""
        try:
            while piece := os.read(leader, 65_536):
                written += piece
        except OSError:
            pass  # how Linux says that the other side is closed
        finally:
            os.close(leader)
    assert process.returncode == 0
    return written.decode()


def test_a_terminal_gets_a_table_and_a_pipe_gets_tabs(published: Path, tmp_path: Path) -> None:
    args = ("query", "beneficiary-states", "--on", published)
    piped = run(*args, cwd=tmp_path).stdout
    shown = on_a_terminal(*args, cwd=tmp_path)
    assert all(
        line.count("\t") == piped.splitlines()[0].count("\t") > 0 for line in piped.splitlines()
    )
    assert "\x1b" not in piped and "─" not in piped
    assert "─" in shown and "\t" not in shown
    cells = [cell for line in piped.splitlines() for cell in line.split("\t")]
    assert not [cell for cell in cells if cell not in " ".join(shown.split())]


@pytest.mark.parametrize(
    ("args", "head", "term"),
    [
        (("query", "beneficiary-states", "--on", "{public}"), "throughProjects", ""),
        (("query", "--list"), "parameters", "xterm-256color"),
        (("releases", "{public}"), "issued", "xterm"),
        (("todo", "{data}"), "weight", "xterm-256color"),
        (("explain",), "rule", "xterm"),
    ],
)
def test_tables_fit_a_terminal_and_show_no_signs_of_their_looks(
    args: tuple[str, ...], head: str, term: str, published: Path, tmp_path: Path
) -> None:
    """The bold of a head is obeyed, not printed, whatever the terminal says it is."""
    words = [word.format(public=published, data=ROOT / "data" / "records") for word in args]
    shown = on_a_terminal(*words, cwd=tmp_path, width=80, TERM=term)
    lines = re.sub("\x1b\\[[0-9;?]*[A-Za-z]", "", shown).replace("\r", "\n").splitlines()
    assert "<U+" not in shown and head in " ".join(lines)
    assert max(map(len, lines)) <= 80


def test_markup_in_the_data_is_no_markup(published: Path, tmp_path: Path) -> None:
    """Square brackets are printed as they are, on a terminal too."""
    (tmp_path / "q.rq").write_text('SELECT ("[bold]x[/bold]" AS ?a) {}', "utf-8")
    assert "[bold]x[/bold]" in on_a_terminal("query", "q.rq", "--on", published, cwd=tmp_path)


def test_a_terminal_is_told_what_was_done(tmp_path: Path) -> None:
    assert "published 1 record in public" in on_a_terminal("publish", SEED, cwd=tmp_path)


@pytest.mark.parametrize("error", ["MemoryError", 'RuntimeError("can\'t start new thread")'])
def test_too_little_memory_is_no_defect_of_ours(tmp_path: Path, error: str) -> None:
    code = (
        "import idfgraph.checks.check as room\n"
        f"def check(*a, **k): raise {error}\n"
        "room.check = check\n"
        "import idfgraph.cli; idfgraph.cli.main()"
    )
    done = run("validate", SEED, cwd=tmp_path, command=(sys.executable, "-c", code))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("idfgraph: there is too little memory; make room")


def test_a_defect_of_ours_is_told_as_one(tmp_path: Path) -> None:
    """One line and exit 3; the traceback is for those who ask."""
    code = (
        "import idfgraph.checks.check as room; room.check = lambda *a, **k: 1 / 0; "
        "import idfgraph.cli; idfgraph.cli.main()"
    )
    command = (sys.executable, "-c", code)
    done = run("validate", SEED, cwd=tmp_path, command=command)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("idfgraph: a defect of ours: ZeroDivisionError")
    assert (
        "Traceback"
        in run("validate", SEED, cwd=tmp_path, command=command, IDFGRAPH_DEBUG="1").stderr
    )
