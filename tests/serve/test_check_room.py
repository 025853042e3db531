"""A file that somebody drops is checked as the command line checks it, within bounds, and stored
nowhere.
"""

import json
import tempfile
import time
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from support.command import ROOT
from support.desk import Desk
from support.http_servers import ask

from idfgraph.checks.check import check
from idfgraph.release.history import page_copies
from idfgraph.serve.people.upload import LIMITS

RECORD = (ROOT / "data" / "records" / "V47-805.yaml").read_bytes()
PAGE = (ROOT / "data" / "pages" / "000_3cd946cab0f19b2c.txt").read_bytes()
JSON = {"Accept": "application/json"}


def form(name: str, data: bytes, field: str = "file") -> tuple[bytes, dict[str, str]]:
    """A form with a file, as browsers send it."""
    head = f'--x\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
    return head.encode() + data + b"\r\n--x--\r\n", {
        "Content-Type": "multipart/form-data; boundary=x"
    }


def findings(answer: bytes) -> list[object]:
    return list(json.loads(answer).get("findings"))


def test_findings_are_those_of_the_command_line(
    desk: Desk, published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    wrong = RECORD.replace(b"format: 2", b"format: 2\nsurprise: 1")
    line = json.dumps({"format": 2, "kind": "project", "id": "V47-805"}).encode()
    for name, data in {
        "a.yaml": RECORD,
        "b.txt": PAGE,
        "c.yaml": wrong,
        "d.jsonl": line,
        "e.html": b"<p>x",
    }.items():
        (tmp_path / name).write_bytes(data)
        found = check([Path(name)], jobs=1, copies=page_copies(str(published), ())).findings
        body, headers = form(name, data)
        answer = desk.post("/check", body, headers | JSON)
        assert answer.status == 200, name
        told = [(one["rule"], one["place"].get("line", 0)) for one in findings(answer.body)]  # type: ignore[index]
        assert sorted(told) == sorted((one.result.rule, one.place.line) for one in found), name


def test_forms_of_a_report(desk: Desk) -> None:
    body, headers = form("V47-805.yaml", RECORD)
    for types, kind in {
        "text/html": "text/html; charset=utf-8",
        "application/json": "application/json",
        "text/turtle": "text/turtle; charset=utf-8",
        "application/sarif+json": "application/sarif+json",
        "text/plain": "text/plain; charset=utf-8",
    }.items():
        answer = desk.post("/check?lang=fr", body, headers | {"Accept": types})
        assert (answer.status, answer.headers["content-type"]) == (200, kind)
        assert answer.headers["cache-control"] == "no-store"
        if kind == "text/turtle; charset=utf-8":
            assert list(parse(answer.body, format=RdfFormat.TURTLE))
        else:
            assert "V47-805.yaml" in answer.body.decode()
    page = desk.post("/check?lang=fr", body, headers).body.decode()
    assert "Aucune année de début n'est publiée." in page
    assert 'href="shapes/index.fr.html#project-start-year-present"' in page


def test_a_file_comes_by_itself_or_as_text(desk: Desk) -> None:
    for kind, data in {"application/yaml": RECORD, "text/plain": PAGE, "": PAGE}.items():
        answer = desk.post("/check", data, JSON | ({"Content-Type": kind} if kind else {}))
        assert (answer.status, bool(findings(answer.body))) == (200, True)
    body, headers = form("", b"", "file")
    text = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nid: V47-805\r\n'
    answer = desk.post("/check", text + body, headers | JSON)
    assert answer.status == 200
    assert b"record.yaml" in answer.body


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"", {"Content-Type": "text/plain"}, 400),
        (b"x", {"Content-Type": "multipart/form-data"}, 400),
        (b"--x\r\n", {"Content-Type": "multipart/form-data; boundary=x"}, 400),
        (b"--x" * 9000, {"Content-Type": "multipart/form-data; boundary=x"}, 400),
        (b"x", {"Content-Type": "image/png"}, 415),
        (b"x", {"Content-Type": "text/plain", "Content-Encoding": "gzip"}, 415),
        (b"x" * (LIMITS["page"] + 1), {"Content-Type": "text/plain"}, 413),
        (b"id: x\n" * (LIMITS["record"] // 6 + 1), {"Content-Type": "application/yaml"}, 413),
        (b'{"a": 1}\n' * (LIMITS["lines"] // 9 + 1), {"Content-Type": "text/plain"}, 413),
        (b"x" * (6 << 20), {"Content-Type": "application/octet-stream"}, 413),
    ],
)
def test_what_cannot_be_checked_is_told(
    desk: Desk, body: bytes, headers: dict[str, str], status: int
) -> None:
    answer = desk.post("/check", body, headers)
    assert answer.status == status
    assert '<h2 id="refusal">' in answer.body.decode()
    plain = desk.post("/check", body, headers | JSON)
    assert plain.status == status
    assert plain.body.count(b"\n") == 1


@pytest.mark.parametrize(
    "data",
    [
        b"id: &a [" + b"*a," * 1000 + b"]",
        b"id: " + b"[" * 100_000,
        b"- " * 100_000,
        b'{"id": ' + b"[" * 100_000,
        b"<div>" * 50_000,
        b"\x00\xff\xfe" * 1000,
        b"id: V47-805\nid: V47-805\n",
        b"Projet ID\n" * 20_000,
    ],
)
def test_hostile_files_are_reports_too(desk: Desk, data: bytes) -> None:
    begun = time.monotonic()
    answer = desk.post("/check", data, JSON | {"Content-Type": "application/octet-stream"})
    assert answer.status in {200, 422}
    assert time.monotonic() - begun < 30
    assert desk.get("/health").status == 200


def test_hostile_names_are_not_used(desk: Desk, tmp_path: Path) -> None:
    for name in (
        "../../etc/passwd.yaml",
        str(tmp_path / "planted.yaml"),
        "a\\b.yaml",
        ".hidden.yaml",
        "-rf.yaml",
        "x" * 300 + ".yaml",
    ):
        body, headers = form(name, b"id: V47-805")
        answer = desk.post("/check", body, headers | JSON)
        assert answer.status == 200
        assert b'"file": "record.yaml"' in answer.body
    assert not list(tmp_path.iterdir())


def test_nothing_is_stored(desk: Desk) -> None:
    """What the server laid down for a while is gone."""
    secret = b"a-word-that-stands-nowhere-else"
    desk.post("/check", b"id: V47-805\n# " + secret, {"Content-Type": "application/yaml"})
    root = Path(tempfile.gettempdir())
    kept = [
        path
        for folder in root.glob("idfgraph-" + "[0-9a-f]" * 16)
        for path in folder.rglob("*.yaml")
        if path.is_file() and secret in path.read_bytes()
    ]
    assert not kept


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("text/html", "page.html"),
        ("application/yaml; charset=utf-8", "record.yaml"),
        ("application/x-ndjson", "lines.jsonl"),
    ],
)
def test_a_file_by_itself_is_what_its_media_type_says(desk: Desk, kind: str, name: str) -> None:
    answer = desk.post("/check", b"V47-805", JSON | {"Content-Type": kind})
    assert answer.status == 200
    assert f'"file": "{name}"' in answer.body.decode()


def test_refusals_are_in_the_language_of_the_reader(desk: Desk) -> None:
    for language, words in {"fr": "Il n'y a pas de PUT ici", "es": "Aquí no hay PUT"}.items():
        with_language = {"Accept-Language": language}
        answer = ask(desk.port, "PUT", "/check", with_language)
        assert (answer.status, answer.headers["content-language"]) == (405, language)
        assert answer.body.decode().startswith(words)
    answer = desk.get("/check", {"Accept-Language": "es", "Accept": "image/png"})
    assert (answer.status, answer.body.decode()[:12]) == (406, "No aceptable")


def test_a_form_of_many_fields_is_none(desk: Desk) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded", **JSON}
    answer = desk.post("/check", b"&".join(b"a%d=b" % n for n in range(9)), kind)
    assert (answer.status, answer.body) == (400, b"The form cannot be read.\n")
    assert desk.post("/check", b"text=" + b"%41" * 400_000, kind).status == 413
    assert desk.post("/check", b"a=b&text=id:+V47-805", kind).status == 200
