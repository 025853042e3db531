"""A page's text and quotes are taken out of every version; a tombstone and new sums stay."""

import io
import json
import os
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import parse
from support.command import ROOT, run, snapshot

from idfgraph import publish
from idfgraph.model.errors import BadInput, BadOutput
from idfgraph.model.layout import PACKED_QUADS
from idfgraph.release.history import check, check_dump, keep, redact, releases, rollback
from idfgraph.system.packing import unpacked
from idfgraph.system.parquet import read_parquet

pytestmark = pytest.mark.skipif(
    not os.environ.get("IDFGRAPH_FULL"), reason="takes long: .ci/long attacks"
)

PAGE = "ea0243d4edc78dd7c89e005fc2f5bd1d41aee31412666bf6ce37b5838d8ddc70"
OTHER = "45190e6ea96b612f41758d78f1d16bd510039f3f40ef9f38bbd9fe791184d2bf"
TITLE = "une unité de soutien à la gestion des migrations en Albanie"


def texts(out: Path) -> Iterator[tuple[str, str]]:
    """All text of all releases, by path: of workbooks and databases, what is in them."""
    for row in releases(out):
        for file in row.release.path.rglob("*"):
            if file.is_file():
                data = file.read_bytes()
                if file.suffix == ".xlsx":
                    with zipfile.ZipFile(io.BytesIO(data)) as parts:
                        data = b"".join(parts.read(name) for name in parts.namelist())
                if file.suffix in {".gz", ".zst"}:
                    data = b"".join(unpacked([data], file.suffix))
                if file.suffix == ".parquet":
                    data = repr(read_parquet(data).rows).encode()
                yield str(file), data.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three releases of the five records, the first of them pruned."""
    root = tmp_path_factory.mktemp("redaction")
    data = shutil.copytree(ROOT / "data", root / "data")
    with (data / "dataset.yaml").open("a", encoding="utf-8") as settings_file:
        settings_file.write("publishParquet: true\n")
    for day in ("2026-11-21", "2026-11-22", "2026-11-23"):
        settings = (data / "dataset.yaml").read_text("utf-8")
        (data / "dataset.yaml").write_text(
            re.sub(r"(?m)^asOf: .*$", f"asOf: {day}", settings), "utf-8"
        )
        publish([data], root / "public")
    keep(root / "public", 2)
    return root


@pytest.fixture
def copy(desk: Path, tmp_path: Path) -> Path:
    """A copy of them."""
    return shutil.copytree(desk, tmp_path / "desk", symlinks=True)


def test_a_page_is_taken_out_of_every_version(copy: Path) -> None:
    out = copy / "public"
    page = (out / "pages" / f"{PAGE}.txt").read_text("utf-8").splitlines()
    said, told = (out / "doc/project/V47-805.nt").read_text("utf-8"), dict(texts(out))
    assert sum(TITLE in text for text in told.values()) > 50
    elsewhere = (out / "doc/project/V57-805.nt").read_text("utf-8")
    lines = [line for line in map(str.strip, page) if len(line) > 60 and line in said]
    lines = [line for line in lines if line not in elsewhere]
    assert lines
    other = (out / "pages" / f"{OTHER}.txt").read_bytes()
    assert len(redact(out, PAGE)) == 3
    left = {path for path, text in texts(out) for line in (TITLE, *lines) if line in text}
    assert left == set()
    assert "was taken out" in (out / "pages" / f"{PAGE}.txt").read_text("utf-8")
    assert (out / "pages" / f"{OTHER}.txt").read_bytes() == other
    assert check(out).damage == ()
    assert len(releases(out)) == 3
    assert [row.release.is_pruned for row in releases(out)] == [True, False, False]
    check_dump(out)
    rollback(out)


def test_short_quotes_go_where_they_are_quotes(copy: Path) -> None:
    out = copy / "public"
    redact(out, PAGE)
    claims = f"/source/{PAGE[:16]}#"
    quads = list(parse(path=out / "data/idf.nq"))
    quoted = {
        quad.object.value
        for quad in quads
        if claims in str(quad.subject) and str(quad.predicate).endswith("#sourceText>")
    }
    assert quoted == {"[redacted]"}
    for path in PACKED_QUADS:
        packed = b"".join(unpacked([(out / path).read_bytes()], Path(path).suffix))
        assert packed == (out / "data/idf.nq").read_bytes()
    assert any(str(quad.object).startswith('"49997.00"') for quad in quads)
    with sqlite3.connect(out / "tables" / "idf.sqlite") as tables:
        rows = tables.execute(
            "SELECT DISTINCT text FROM sources WHERE iri LIKE ?", (f"%{claims}%",)
        )
        assert set(rows) <= {("[redacted]",), (None,)}
    dumps = [parse(path=out / f"data/idf.{form}") for form in ("nt", "ttl")]
    assert len({frozenset(str(quad.triple) for quad in dump) for dump in dumps}) == 1
    document = json.loads((out / f"doc/source/{PAGE[:16]}.jsonld").read_text("utf-8"))
    assert "[redacted]" in json.dumps(document)


def test_sums_that_others_name_are_the_new_ones(copy: Path) -> None:
    out = copy / "public"
    before = dict(line.split("  ")[::-1] for line in (out / "SHA256SUMS").read_text().splitlines())
    redact(out, PAGE)
    after = dict(line.split("  ")[::-1] for line in (out / "SHA256SUMS").read_text().splitlines())
    catalogue = (out / "catalog.ttl").read_text("utf-8")
    assert before["data/idf.nq"] not in catalogue
    assert after["data/idf.nq"] in catalogue


def test_what_was_taken_out_is_not_published_again(copy: Path) -> None:
    out = copy / "public"
    redact(out, PAGE)
    before = snapshot(copy)
    with pytest.raises(BadInput, match="was taken out of all releases"):
        publish([copy / "data"], out)
    assert snapshot(copy) == before


def test_the_same_again_changes_nothing(copy: Path) -> None:
    out = copy / "public"
    redact(out, PAGE)
    before = snapshot(copy)
    assert redact(out, PAGE) == []
    assert snapshot(copy) == before


def test_what_cannot_be_taken_out_changes_nothing(copy: Path) -> None:
    out = copy / "public"
    before = snapshot(copy)
    for digest, said in (("0" * 64, "no release has this page"), ("../x", "is no SHA-256")):
        done = run("releases", out, "--redact", digest, cwd=copy)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr
    assert snapshot(copy) == before
    (out / "mine.txt").write_text("dear")
    with pytest.raises(BadOutput, match="holds what is not ours"):
        redact(out, PAGE)
    assert (out / "mine.txt").read_text() == "dear"
