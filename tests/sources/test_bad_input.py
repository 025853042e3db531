"""What bad input gets: one clear line (file, line, field, advice), exit 2 or 1; nothing lost or
half-written.
"""

import json
import os
import re
import sys
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest
from support.command import DATASET, IDFGRAPH, RECORD, SEED, run, snapshot

PAGE = SEED.read_text("utf-8")
YAML = RECORD.read_text("utf-8").partition("\n")[2]  # without the line for editors
SETTINGS = DATASET.read_text("utf-8")


class Bad(NamedTuple):
    """Files to put down, and the line expected: where, as a pattern, and words of the message.

    With `row`, the data breaks shapes: exit 1 and a row for that place in the table.
    """

    files: dict[str, str | bytes]
    where: str
    message: str
    args: tuple[str, ...] = ("in",)
    row: bool = False


def page(before: str, after: str) -> dict[str, str | bytes]:
    """The page of a seed, with one change."""
    assert before in PAGE
    return {"in/p.txt": PAGE.replace(before, after, 1)}


def record(before: str, after: str) -> dict[str, str | bytes]:
    """A reviewed record, with one change throughout."""
    assert before in YAML
    return {"in/r.yaml": YAML.replace(before, after)}


def settings(before: str, after: str) -> dict[str, str | bytes]:
    """A data folder with a change in its dataset.yaml."""
    assert before in SETTINGS
    return {"in/dataset.yaml": SETTINGS.replace(before, after, 1), "in/pages/p.txt": PAGE}


def field(printed: str, value: str, place: str, words: str) -> Bad:
    """A page whose field has another value, refused in the table."""
    return Bad(page(printed, value), rf"in/p\.txt:{place}", words, row=True)


CASES = {
    # pages
    "empty file": Bad({"in/p.txt": ""}, r"in/p\.txt", "is empty"),
    "blank file": Bad({"in/p.txt": " \r\n\n"}, r"in/p\.txt", "is empty"),
    "an image": Bad({"in/p.txt": b"\x89PNG\r\n\x1a\n\0\0"}, r"in/p\.txt", "is an image, no page"),
    "binary file": Bad({"in/p.txt": b"Projet \0\0"}, r"in/p\.txt", "no text from byte 7 on"),
    "not UTF-8": Bad(
        {"in/p.txt": PAGE.encode("cp437", "replace")},
        r"in/p\.txt:3",
        "byte 0x8a at offset 108 is not utf-8; name",
    ),
    "another encoding": Bad(
        page("", ""), r"in/p\.txt", "'klingon'", ("in", "--encoding", "klingon")
    ),
    "encoding that decodes nothing": Bad(
        page("", ""), r"in/p\.txt", "undefined", ("in", "--encoding", "undefined")
    ),
    "too large": Bad({"in/p.txt": PAGE + 512_000 * "x"}, r"in/p\.txt", "larger than 512,000 bytes"),
    "label twice": Bad(
        page("-\nAnnée\n", "-\nAnnée\n2021\n-\nAnnée\n"),
        r"in/p\.txt:53:1",
        "'Année' twice, first on line 50",
    ),
    "control character": Bad(page("Actif", "Ac\x07tif"), r"in/p\.txt:39:3", "U+0007"),
    "lost letter": Bad(
        page("Actif", "Act\ufffdf"), r"in/p\.txt:39:4", "replacement character U+FFFD"
    ),
    "bidi character": Bad(page("Actif", "Ac\u202etif"), r"in/p\.txt:39:3", "U+202E"),
    # fields of pages
    "budget 1.2e5": field("400000.00", "1.2e5", "45:1: budget", "“1.2e5”"),
    "budget -5": field("400000.00", "-5", "45:1: budget", "“-5”"),
    "budget abc": field("400000.00", "abc", "45:1: budget", "“abc”"),
    "budget 0": field("400000.00", "0", "45:1: budget", "“0”"),
    "year 20O4": field("\n2021\n", "\n20O4\n", "33:1: startYear", "“20O4”"),
    "year of other digits": field("\n2021\n", "\n٢٠٢١\n", "33:1: startYear", "“٢٠٢١”"),
    "no year at all": field("\n2021\n", "\nen cours\n", "33:1: startYear", "“en cours”"),
    "year 1899": field("\n2021\n", "\n1899\n", "33:1: startYear", "1899 is before the Fund"),
    "unknown state": field(
        "Fidji Tonga", "Fidji Syldavie Tonga", "63:1: beneficiary", "“Syldavie”"
    ),
    "id outside the grammar": field("PX.0220", "PX 220", "60:1: projectId", "“PX 220”"),
    "id that walks out": field("PX.0220", "../x", "60:1: projectId", "“../x”"),
    # records
    "YAML id outside the grammar": Bad(
        record("PX.0220", "PX 0220"),
        r"in/r\.yaml:3:1: id",
        "“PX 0220” is not an id of letters, digits, dots and hyphens; write PX.0220",
    ),
    "YAML id that walks out": Bad(
        record("PX.0220", "../x"),
        r"in/r\.yaml:3:1: id",
        "“../x” is not an id of letters, digits, dots and hyphens; write it as in PX.0220",
    ),
    "YAML budget 1.2e5": Bad(
        record("'400000.00'", "1.2e5"),
        r"in/r\.yaml:21:5: values\.budget\.value",
        "“1.2e5” is not an amount without separators; write it as in 49997.00",
    ),
    "YAML budget -5": Bad(
        record("'400000.00'", "-5"),
        r"in/r\.yaml:21:5: values\.budget\.value",
        "“-5” is not an amount without separators; write it as in 49997.00",
    ),
    "YAML budget 0": Bad(record("'400000.00'", "0"), r"in/r\.yaml:20:3: budget", "“0”", row=True),
    "YAML year 20O4": Bad(
        record("'2021'", "20O4"),
        r"in/r\.yaml:16:3: values\.startYear",
        "“20O4” is not a year; write it as in 2021",
    ),
    "YAML unknown status": Bad(
        record("status: active", "status: idle"), r"in/r\.yaml:18:3: status", "idle", row=True
    ),
    "YAML value nobody gives": Bad(
        record("[px]", "[tc]"), r"in/r\.yaml:26:3: projectType", "tc", row=True
    ),
    "YAML control character": Bad(record("Actif", "Ac\x07tif"), r"in/r\.yaml:49:17", "U+0007"),
    "YAML escaped bidi character": Bad(
        record("text: Actif", 'text: "\\u202EActif"'), r"in/r\.yaml:49:15: .+", "U+202E"
    ),
    "YAML duplicate key": Bad(
        record("kind: project", "kind: project\nkind: page"), r"in/r\.yaml:3:1: kind", "twice"
    ),
    "YAML that is none": Bad(record("values:", "values: ["), r"in/r\.yaml:\d+:\d+", "write"),
    "two records with one id": Bad(
        record("", "") | {"in/s.yaml": YAML},
        r"in/s\.yaml:3:1: id",
        "has the id PX.0220, as has in/r.yaml",
    ),
    "two ids that differ by case": Bad(
        record("", "") | {"in/s.yaml": YAML.replace("PX.0220", "px.0220")},
        r"in/s\.yaml:3:1: id",
        "px.0220, as has",
    ),
    "a capture that is not on its page": Bad(
        page("", "") | record("text: Actif", "text: Passif"),
        r"in/r\.yaml:48:9: sources #1, values #4",
        "'Passif'",
    ),
    "a narrative that is not on its page": Bad(
        page("", "") | record("En 2018, l", "En 2019, l"),
        r"in/r\.yaml:\d+:\d+: narrative",
        "En 2019",
        row=True,
    ),
    "JSON line": Bad(
        {"in/r.jsonl": '{"kind":"project","id":"A"}\n{"kind"\n'}, r"in/r\.jsonl:2:8", "is not JSON"
    ),
    "JSON field": Bad(
        {"in/r.jsonl": '\n{"kind":"project","id":"../x"}\n'},
        r"in/r\.jsonl:2:19: id",
        "“../x” is not an id of letters, digits, dots and hyphens; write it as in PX.0220",
    ),
    # settings and the command
    "unknown option": Bad({}, "", "--frobnicate", ("in", "--frobnicate")),
    "option without its value": Bad({}, "", "--out", ("in", "--out")),
    "number that is none": Bad({}, "", "--jobs", ("in", "--jobs", "many")),
    "missing source": Bad({}, "nowhere", "does not exist", ("nowhere",)),
    "no source at all": Bad({}, "", "no source is named", ()),
    "folder without input": Bad({"in/readme.md": "Nothing."}, "", "no page and no record found"),
    "bad --base": Bad(page("", ""), "", "'ftp://x'", ("in", "--base", "ftp://x")),
    "--base without a slash": Bad(
        page("", ""), "", "ends in '/'", ("in", "--base", "https://example.org/x")
    ),
    "dataset.yaml unknown key": Bad(
        settings("base:", "bse:"),
        r"in/dataset\.yaml:\d+:\d+(: bse)?",
        "there is no field “bse” here; did you mean base?",
    ),
    "dataset.yaml bad base": Bad(
        settings("https://w3id.org", "ftp://w3id.org"), r"in/dataset\.yaml.*", "ftp://"
    ),
    "dataset.yaml no such day": Bad(
        settings("2026-11-21", "2026-13-41"),
        r"in/dataset\.yaml:\d+:\d+: asOf",
        "“2026-13-41” is not a day; write it as in 2026-11-21",
    ),
    "pages.yaml bad address": Bad(
        {"in/p.txt": PAGE, "in/pages.yaml": "p.txt: iom int\n"},
        r"in/pages\.yaml:1:1: p\.txt",
        "“iom int” is not an address of the web; write it as in https://…",
    ),
}


def check_one_line(stderr: str, where: str, message: str) -> None:
    """One line that begins with the command's name and the place, holds the message, and ends in
    advice.
    """
    assert stderr.count("\n") == 1 and stderr.endswith("\n"), stderr
    assert re.match(rf"idfgraph: {where}: " if where else "idfgraph: ", stderr), stderr
    assert message in stderr
    assert "; " in stderr, "there is no advice"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a release in it, and something else."""
    (tmp_path / "public" / "data").mkdir(parents=True)
    dump = b"# an older release\n"
    sums = f"{sha256(dump).hexdigest()}  data/idf.nq\n"
    (tmp_path / "public" / "data" / "idf.nq").write_bytes(dump)
    (tmp_path / "public" / "SHA256SUMS").write_text(sums)
    (tmp_path / "public" / ".idfgraph-release").write_text(
        f"# idfgraph release 1, number 1\n{sums}"
    )
    (tmp_path / "other.txt").write_bytes(b"mine\n")
    return tmp_path


def put(folder: Path, files: dict[str, str | bytes]) -> None:
    """Writes files, text as UTF-8."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)


@pytest.mark.parametrize("name", CASES)
def test_bad_input(name: str, desk: Path) -> None:
    """Refused in one line by `publish`, and all that was there stays as it was."""
    bad = CASES[name]
    (desk / "in").mkdir()
    put(desk, bad.files)
    before = snapshot(desk)
    done = run("publish", *bad.args, cwd=desk)
    assert "Traceback" not in done.stdout + done.stderr
    assert snapshot(desk) == before
    assert done.returncode == (1 if bad.row else 2), done.stderr
    if not bad.row:
        check_one_line(done.stderr, bad.where, bad.message)
        assert not done.stdout
        return
    check_one_line(done.stderr, "", "the data breaks rules, so nothing was published")
    found = [
        error.split("\n", 2) for error in done.stdout.split("\n\n") if error.startswith("error[")
    ]
    places = [place for message, place, *_ in found if bad.message in message]
    assert [place for place in places if re.fullmatch(rf" *--> {bad.where}", place)], done.stdout


def test_the_list_is_whole() -> None:
    assert len(CASES) >= 50


def test_an_encoding_that_is_named_is_recorded(tmp_path: Path) -> None:
    """The page of the refusal above is read once its encoding is named, and the release says so."""
    put(tmp_path, {"in/p.txt": PAGE.encode("cp1252")})
    done = run("publish", "in", "--encoding", "cp1252", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert '"cp1252"' in (tmp_path / "public" / "data" / "idf.nq").read_text("utf-8")


@pytest.mark.parametrize(
    "args", [("in/mem.txt",), ("in",), ("in/folder.txt/x",), ("in/dangling.txt",)]
)
@pytest.mark.skipif(
    not Path("/proc/self/mem").exists(), reason="needs a file that opens but cannot be read"
)
def test_unreadable_file(args: tuple[str, ...], desk: Path) -> None:
    """A file that the system refuses to give; /proc/self/mem is one even for root."""
    put(desk, page("", ""))
    (desk / "in" / "folder.txt").mkdir()
    (desk / "in" / "mem.txt").symlink_to("/proc/self/mem")
    (desk / "in" / "dangling.txt").symlink_to(desk / "nowhere")
    check_refused(desk, *args, where="in/.*", message="")


def test_forbidden_file_and_folder(desk: Path) -> None:
    """Permissions taken away: from a page, and from the folder of the release."""
    put(desk, page("", ""))
    (desk / "in" / "p.txt").chmod(0)
    if os.access(desk / "in" / "p.txt", os.R_OK):
        pytest.skip("this user may read everything")
    check_refused(desk, "in", where=r"in/p\.txt", message="Permission denied")
    (desk / "in" / "p.txt").chmod(0o600)
    desk.chmod(0o500)
    try:
        check_refused(desk, "in", where=".*", message="Permission denied")
    finally:
        desk.chmod(0o700)


def check_refused(
    desk: Path, *args: str, where: str, message: str, command: tuple[str, ...] = IDFGRAPH
) -> None:
    """`publish` ends with exit 2 and one line; nothing on the desk changes."""
    before = snapshot(desk)
    done = run("publish", *args, cwd=desk, command=command)
    assert "Traceback" not in done.stdout + done.stderr
    assert done.returncode == 2, done.stderr
    check_one_line(done.stderr, where, message)
    assert snapshot(desk) == before


@pytest.mark.parametrize("limit", [0, 20_000, 6_000_000])
@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of file size")
def test_full_disk(limit: int, desk: Path) -> None:
    """No file can grow beyond so many bytes: not even a temporary one, one of the dumps, or (6 MB)
    all fits.
    """
    put(desk, page("", ""))
    code = (
        "import os, resource, sys; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2); "
        "os.execv(sys.argv[2], sys.argv[2:])"
    )
    limited = (sys.executable, "-c", code, str(limit), *IDFGRAPH)
    if limit < 1_000_000:
        check_refused(desk, "in", where=".*", message="", command=limited)
    else:
        assert run("publish", "in", cwd=desk, command=limited).returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("args", [("query", "--list"), ("validate", "in"), ("--help",)])
def test_full_standard_output(args: tuple[str, ...], desk: Path) -> None:
    """What is printed cannot be written: one line says so."""
    put(desk, page("", ""))
    shell = ("sh", "-c", '"$@" > /dev/full', "sh", *IDFGRAPH)
    done = run(*args, cwd=desk, command=shell)
    assert done.returncode == 2, done.stderr
    line = done.stderr.splitlines()[-1]
    assert line.startswith("idfgraph: ") and "No space left" in line
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_a_reader_that_leaves(desk: Path) -> None:
    """A closed pipe is no mistake of anyone's: nothing is said."""
    done = run("query", "--list", cwd=desk, command=("sh", "-c", '"$@" | true', "sh", *IDFGRAPH))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "out", ["file.txt", "file.txt/public", "folder", ".", "/", "/proc/public", ".."]
)
def test_output_that_cannot_be_written(out: str, tmp_path: Path) -> None:
    """A file, a path under one, a folder of someone else's, the folder one stands in, a file system
    that refuses.
    """
    desk = tmp_path / "desk"
    put(desk, page("", "") | {"file.txt": "mine", "folder/letter.txt": "mine"})
    check_refused(desk, "in", "--out", out, where=".*", message="")
    assert [path.name for path in tmp_path.iterdir()] == ["desk"]


@pytest.mark.parametrize(
    "args",
    [
        ("validate", "in", "--output", "in/p.txt/report.ttl"),
        ("validate", "in", "--output", "/proc/report.ttl"),
        ("validate", "in", "--output", "in"),
        ("extract", "in/p.txt", "--into", "in/p.txt/records"),
        ("extract", "in/p.txt", "--url", "not an address"),
        ("extract", "in/p.txt", "--programme", "../x"),
        ("extract", "nowhere.txt"),
        ("extract",),
        ("query", "nothing-of-this-name"),
        ("query", "in"),
        ("query", "SELECT * { ?s ?p ?o } # " + 300 * "x"),
        ("query", "beneficiary-states", "--on", "in"),
        ("query", "beneficiary-states", "--format", "docx"),
        ("frobnicate",),
        ("--frobnicate",),
    ],
    ids=lambda args: " ".join(args)[:50],
)
def test_other_commands(args: tuple[str, ...], tmp_path: Path) -> None:
    """The other commands say it in one line, too, and write nothing."""
    put(tmp_path, page("", ""))
    before = snapshot(tmp_path)
    done = run(*args, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert done.stderr.startswith("idfgraph: ") and done.stderr.count("\n") == 1, done.stderr
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("epoch", ["x", "-1", "1.5", "", "999999999999999"])
def test_source_date_epoch(epoch: str, desk: Path) -> None:
    put(desk, page("", ""))
    done = run("publish", "in", cwd=desk, SOURCE_DATE_EPOCH=epoch)
    assert done.returncode == 2
    check_one_line(done.stderr, "", "SOURCE_DATE_EPOCH")


def test_quarantine_publishes_the_sound_and_lists_the_others(desk: Path) -> None:
    """What cannot be read at all is set aside as well, and the exit code says so."""
    other = PAGE.replace("PX.0220", "PX.0999").replace("\n2021\n", "\n20O4\n")
    put(desk, page("", "") | {"in/q.txt": other})
    done = run("publish", "in", "--quarantine", cwd=desk)
    assert done.returncode == 2, done.stderr
    assert "left out: PX.0999\n" in done.stderr
    assert "no dataset.yaml says what this is: it is published as “Projects of the" in done.stderr
    assert "published 1 record in public" in done.stderr
    assert (desk / "public" / "doc" / "project" / "PX.0220.ttl").is_file()
    told = {
        path.rpartition("/")[2]
        for path, data in snapshot(desk / "public").items()
        if b"PX.0999" in (data or path.encode())
    }
    assert told == {"release.json", "quality.html", "quality.fr.html", "quality.es.html"}
    assert json.loads((desk / "public/release.json").read_bytes())["leftOut"] == ["PX.0999"]
    put(desk, {"in/e.txt": ""})
    done = run("publish", "in", "--quarantine", cwd=desk)
    assert (done.returncode, "is empty" in done.stdout) == (2, True)
    assert "unchanged: 1 record in public" in done.stderr
