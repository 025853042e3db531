"""Releases that leave the documents of resources out, for machines or altogether: a server makes
them as their files would have been, and nothing else tells of what is not there.
"""

import json
import os
import re
import shutil
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urldefrag, urlsplit

import pytest
from support.command import ROOT
from support.http_servers import free_port, idfgraph
from support.linked_requests import WITHDRAWN
from support.served import Served
from typer.testing import CliRunner

from idfgraph import publish
from idfgraph.cli import app
from idfgraph.curation.start import demo
from idfgraph.model.errors import BadConfig, BadOutput
from idfgraph.model.formats import DOCUMENTS, media_type
from idfgraph.model.iris import BASE
from idfgraph.model.layout import DOCUMENT_LINES, PAGE_SUFFIXES, QUADS
from idfgraph.model.text import LANGUAGES
from idfgraph.release.build import Target, release_build
from idfgraph.release.history import check, mend, redact
from idfgraph.release.make import ReleaseParts
from idfgraph.serve.linked_data import PinnedFiles
from idfgraph.serve.linked_data.dump_statements import in_graphs
from idfgraph.serve.linked_data.made_documents import MadeDocuments

FULL = os.environ.get("IDFGRAPH_FULL") == "1"

#: What documents are left out -> the site that goes with it.
KINDS = {"all": "full", "html": "full", "none": "none"}

GONE = "doc/project/PX.0221"
PAGE = "ea0243d4edc78dd7c89e005fc2f5bd1d41aee31412666bf6ce37b5838d8ddc70"


class Desk(NamedTuple):
    """Data, and the releases of it in a folder, by what documents they hold."""

    data: Path
    out: Path
    made: dict[str, Path]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("left-out")
    data = folder / "data"
    shutil.copytree(ROOT / "data", data)
    (data / "records" / "PX.0221.yaml").write_text(WITHDRAWN, encoding="utf-8")
    made = {}
    for kind, site in KINDS.items():
        asked = [str(data), "--out", str(folder / "public"), "--site", site, "--jobs", "1"]
        done = CliRunner().invoke(app, ["publish", *asked, "--documents", kind])
        assert (done.exit_code, "lost" in done.output) == (0, False), done.output
        made[kind] = (folder / "public").resolve()
    return Desk(data, folder / "public", made)


def stems(release: Path) -> list[str]:
    """The documents of resources of a whole release, without suffix."""
    files = sorted((release / "doc").rglob("*.ttl"))
    return [file.relative_to(release).as_posix().removesuffix(".ttl") for file in files]


@pytest.fixture(scope="module", params=["html", "none"])
def server(request: pytest.FixtureRequest, desk: Desk) -> Iterator[Served]:
    """A server over a release that has no documents for machines."""
    port = free_port()
    with idfgraph(desk.made[request.param], port):
        yield Served(port, None)  # type: ignore[arg-type]


def test_a_server_gives_what_files_would_have_held(desk: Desk, server: Served) -> None:
    whole = desk.made["all"]
    asked, dump = stems(whole), (whole / QUADS).read_bytes()
    assert len(asked) > 90
    assert GONE in asked
    for stem in asked:
        status = 410 if stem == GONE else 200
        for form in DOCUMENTS:
            expected = (whole / f"{stem}.{form}").read_bytes()
            got = server.ask("GET", f"/{stem}.{form}")
            assert (got.status, got.body) == (status, expected), (stem, form)
            assert got.headers["etag"] == f'"{sha256(expected).hexdigest()[:32]}"'
            chosen = server.ask("GET", f"/{stem}", {"Accept": media_type(form)})
            assert (chosen.status, chosen.body) == (status, expected)
        quads = server.ask("GET", f"/{stem}.nq").body
        assert quads == in_graphs((whole / f"{stem}.nt").read_bytes(), dump)


@pytest.mark.parametrize("suffix", PAGE_SUFFIXES.values())
def test_pages_of_what_was_withdrawn_are_gone_where_there_are_none(
    suffix: str, server: Served
) -> None:
    page = server.ask("GET", f"/{GONE}{suffix}", {"Accept": "text/html"})
    assert page.status == 410
    is_page = server.ask("GET", "/index.html").status == 200
    assert page.headers["content-type"].startswith("text/html" if is_page else "text/turtle")
    assert is_page or b"invalidatedAtTime" in page.body
    assert server.ask("GET", f"/doc/project/NONE{suffix}").status == 404


def test_they_are_asked_as_files_are(server: Served) -> None:
    path = "/doc/project/V47-805.ttl"
    thing = server.ask("GET", "/id/project/V47-805", {"Accept": "text/turtle"})
    assert (thing.status, thing.headers["location"]) == (303, f"../..{path}")
    got = server.ask("GET", path)
    body, tag = got.body, got.headers["etag"]
    head = server.ask("HEAD", path)
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(body)))
    assert server.ask("GET", path, {"If-None-Match": tag}).status == 304
    part = server.ask("GET", path, {"Range": "bytes=5-9"})
    assert (part.status, part.body) == (206, body[5:10])
    packed = server.ask("GET", path, {"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert '<V47-805.ttl>; rel="describedby"; type="text/turtle"' in got.headers["link"]
    has_pages = server.ask("GET", "/index.html").status == 200
    assert ("index.html" in got.headers["link"]) == has_pages
    named = server.ask("GET", f"{path}?_profile=labels")
    assert named.status == 200
    assert len(named.body) > len(body)
    for none in ("/doc/project/V47.ttl", "/doc/project/V47-8051.ttl", "/doc/state.ttl"):
        assert server.ask("GET", none).status == 404


def test_a_release_says_only_what_is_there(desk: Desk) -> None:
    for kind, release in desk.made.items():
        files = {
            file.relative_to(release).as_posix() for file in release.rglob("*") if file.is_file()
        }
        assert (DOCUMENT_LINES in files) == (kind != "all")
        assert set(linked(release)) - files == set()
        told = (release / "linkset.json").read_text("utf-8") + (release / "sitemap.xml").read_text()
        named = set(re.findall(rf'{re.escape(BASE)}([^"<#]+\.(?:ttl|nt|jsonld|html))', told))
        assert named
        assert named - files == set()
        examples = re.findall(
            r"void:exampleResource ([^;.]*)[;.]", (release / "void.ttl").read_text()
        )
        assert bool(examples) == (kind != "none")


def linked(release: Path) -> Iterator[str]:
    """The paths in a release that its pages lead to; whole addresses of ours are names."""
    for file in release.rglob("*.html"):
        folder = file.relative_to(release).parent
        for href in re.findall(r'(?:href|src)="([^"]*)"', file.read_text("utf-8")):
            path = urldefrag(unescape(href))[0].partition("?")[0]
            if path and not urlsplit(path).scheme:
                yield os.path.normpath(folder / path)


def test_all_come_again_as_they_were(desk: Desk, tmp_path: Path) -> None:
    copy = shutil.copytree(desk.out.parent, tmp_path / "desk", symlinks=True)
    first = desk.made["all"].name
    path = f"{stems(desk.made['all'])[0]}.ttl"
    done = publish([copy / "data"], copy / "public", jobs=1, why=[path])
    assert (done.release, done.notes) == (first, ())
    assert "the release before does not have it" in done.why[0]["en"]
    assert check(copy / "public").damage == ()


def test_what_is_damaged_is_told_and_mended(desk: Desk, tmp_path: Path) -> None:
    copy = shutil.copytree(desk.out.parent, tmp_path / "desk", symlinks=True)
    release = copy / ".public-releases" / desk.made["html"].name
    lines = release / DOCUMENT_LINES
    sound = lines.read_bytes()
    lines.unlink()
    lines.write_bytes(sound.replace(b"V47-805", b"V47-806"))
    with pytest.raises(BadOutput, match="is not what its sum says"):
        MadeDocuments(PinnedFiles(release)).forms("doc/project/V47-805")
    assert any(DOCUMENT_LINES in line for line in check(copy / "public").damage)
    mend(copy / "public")
    assert lines.read_bytes() == sound


def test_a_record_is_held_back_of_lines_as_of_files(desk: Desk, tmp_path: Path) -> None:
    dumps = []
    for kind in ("all", "none"):
        copy = shutil.copytree(desk.data, tmp_path / kind / "data")
        record = copy / "records" / "V47-805.yaml"
        text = record.read_text("utf-8")
        record.write_text(text.replace("coverage: national", "coverage: regional"), "utf-8")
        out = tmp_path / kind / "public"
        before = str(desk.made[kind])
        done = publish(
            [copy], out, previous=before, quarantine=True, site="none", documents="none", jobs=1
        )
        assert done.staying == ("V47-805",)
        dumps.append((out / QUADS).read_bytes())
    assert dumps[0] == dumps[1]


@pytest.mark.parametrize(
    ("site", "documents", "says"),
    [
        ("full", "none", "give --site none too, or --documents html"),
        ("none", "html", "give --documents none, or leave --site out"),
        ("full", "some", "use all, html, none"),
    ],
)
def test_what_does_not_go_together_is_refused(
    tmp_path: Path, site: str, documents: str, says: str
) -> None:
    target = Target(tmp_path / "public", parts=ReleaseParts(site, documents))
    with pytest.raises(BadConfig) as refused, release_build(target):
        pass
    assert refused.value.told_in("en").endswith(f"; {says}")
    assert len({refused.value.told_in(language) for language in LANGUAGES}) == 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not FULL, reason="takes long: .ci/long attacks")
def test_so_it_is_of_thirty_real_pages(tmp_path: Path) -> None:
    demo(tmp_path / "demo")
    for kind in ("all", "none"):
        publish([tmp_path / "demo"], tmp_path / kind, site="none", documents=kind)
    asked = stems(tmp_path / "all")
    assert len(asked) > 150
    made = MadeDocuments(PinnedFiles(tmp_path / "none"))
    for path in (f"{stem}.{form}" for stem in asked for form in DOCUMENTS):
        assert made.read(path) == (tmp_path / "all" / path).read_bytes()


@pytest.mark.skipif(not FULL, reason="takes long: .ci/long attacks")
def test_a_page_is_taken_out_of_lines_too(tmp_path: Path) -> None:
    data = shutil.copytree(ROOT / "data", tmp_path / "data")
    publish([data], tmp_path / "public", site="none", documents="none", jobs=1)
    lines = tmp_path / "public" / DOCUMENT_LINES
    before = lines.read_text("utf-8")
    redact(tmp_path / "public", PAGE)
    after = (tmp_path / "public" / DOCUMENT_LINES).read_text("utf-8")
    words = "une unité de soutien à la gestion des migrations en Albanie"
    assert words in before
    assert words not in after
    assert [one.rpartition("\t")[0] for one in after.splitlines()] == [
        one.rpartition("\t")[0] for one in before.splitlines()
    ]
    assert '"sourceText": "49997.00"' not in after
    for line in after.split("\n")[:-1]:
        json.loads(line.rpartition("\t")[2])
