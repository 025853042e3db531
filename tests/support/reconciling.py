"""A release that names every state and organisation that we know, and a client that matches names
to them.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

import msgspec
import yaml
from jsonschema import Draft202012Validator

from idfgraph.curation.extract import reviewed_form
from idfgraph.graph.setting import prepare
from idfgraph.model.iris import BASE
from idfgraph.model.layout import (
    CATALOG,
    CONTEXT,
    JSON_LD,
    ONTOLOGY,
    QUADS,
    SUMMARY,
    TOMBSTONES,
)
from idfgraph.model.records import Capture, Programme, Project, Record, Source
from idfgraph.model.text import Language, ours
from idfgraph.pipeline import publish
from idfgraph.release.build import Target, release_build
from idfgraph.sources.reference_files import read_reference
from idfgraph.system import resources
from support.command import ROOT
from support.served import Answer, Served

DATA = ROOT / "tests" / "data" / "reconcile"

#: Where the server is told that it is reached.
ADDRESS = "http://example.org/"

#: States, and organisations, that one record names.
_TOGETHER = 25

_FIELDS = ("title", "beneficiary", "status", "fundRegion", "startYear", "endYear")


def rows(name: str) -> list[list[str]]:
    """The rows of a table of the tests' own, without its comments."""
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def publish_all(folder: Path) -> Path:
    """A release of the repository's own data, of made-up records, and of some that name all states
    and organisations of the reference data.
    """
    setting, encode = prepare([]), msgspec.json.encode
    entries = read_reference(resources.REFERENCE).entries
    names = {entry.id: next(iter(entry.pref_label.values())).text for entry in entries}
    lines = (encode(reviewed_form(setting, record)) for record in _records(names))
    (folder / "made.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    publish([ROOT / "data", folder / "made.jsonl"], folder / "public")
    return folder / "public"


def _records(names: Mapping[str, str]) -> Iterator[Record]:
    for id_, language, title, states, *rest in rows("projects.tsv"):
        printed = "; ".join(names[f"st:{state}"] for state in states.split())
        values = zip(_FIELDS, (title, printed, *rest), strict=True)
        yield Project(id=id_, sources=(_source(id_, [("projectId", id_), *values], language),))
    for id_, language, title in rows("programmes.tsv"):
        yield Programme(id=id_, sources=(_source(id_, [("title", title)], language),))
    for number, some in enumerate(_batched(names, "st:")):
        id_ = f"YY.{number:04}"
        printed = "; ".join(some)
        yield Project(
            id=id_, sources=(_source(id_, [("projectId", id_), ("beneficiary", printed)]),)
        )
    for number, some in enumerate(_batched(names, "ag:")):
        id_ = f"partners-{number}"
        partners = [("association.implementing", name) for name in some]
        yield Programme(id=id_, sources=(_source(id_, partners),))


def _source(id_: str, printed: Sequence[tuple[str, str]], language: str = "en") -> Source:
    captures, place = [], 0
    for field, text in printed:
        captures.append(Capture(property=field, text=text, span=(place, place + len(text))))
        place += len(text) + 1
    known: Language = ours(language) or "en"
    digest = sha256(id_.encode()).hexdigest()
    return Source(page=digest, identifier=id_, language=known, values=tuple(captures))


def _batched(names: Mapping[str, str], prefix: str) -> Iterator[Sequence[str]]:
    """Names of things, so many at a time."""
    some = [name for id_, name in names.items() if id_.startswith(prefix)]
    return (some[at : at + _TOGETHER] for at in range(0, len(some), _TOGETHER))


class Refine:
    """A client that speaks to the service of a server as OpenRefine does: it knows no more than
    where the service is, and what that says of itself; every answer is held against the API.
    """

    def __init__(self, server: Served, path: str = "/reconcile") -> None:
        self._server, self.path = server, path
        schema = yaml.safe_load((DATA / "messages.schema.yaml").read_text("utf-8"))
        self._checks = {
            name: Draft202012Validator({**schema, "$ref": f"#/$defs/{name}"})
            for name in schema["$defs"]
        }
        self.manifest = self.read("manifest", server.ask("GET", path))

    def read(self, kind: str, answer: Answer) -> Any:
        """An answer as JSON that is what the API asks for."""
        assert answer.status == 200, answer.body
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["access-control-allow-origin"] == "*"
        read = json.loads(answer.body)
        self._checks[kind].validate(read)
        return read

    def posted(self, **fields: object) -> Answer:
        """The answer to a form."""
        form = urlencode({name: json.dumps(value) for name, value in fields.items()})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._server.ask("POST", self.path, kind, form.encode())

    def match(self, queries: Sequence[Mapping[str, object]], size: int = 10) -> list[Any]:
        """The candidates of each query, asked for so many at a time."""
        found = []
        for at in range(0, len(queries), size):
            batch = {f"q{number}": each for number, each in enumerate(queries[at : at + size])}
            results = self.read("results", self.posted(queries=batch))
            assert list(results) == list(batch)
            found += [each["result"] for each in results.values()]
        return found

    def extend(self, ids: Sequence[str], *columns: Mapping[str, object]) -> Any:
        """Columns for things."""
        return self.read("columns", self.posted(extend={"ids": ids, "properties": columns}))

    def at(self, place: Mapping[str, str], kind: str, **fields: object) -> Any:
        """What stands where the service says that something is."""
        address = f"{place['service_url']}{place['service_path']}?{urlencode(fields)}"
        return self.read(kind, self.page(address))

    def page(self, address: str) -> Answer:
        """What stands at an address of the service."""
        assert address.startswith(ADDRESS)
        return self._server.ask("GET", f"/{address.removeprefix(ADDRESS)}")


def publish_many(like: Path, out: Path, count: int) -> list[str]:
    """A release with what another describes and so many made-up projects besides; their titles, of
    words of its own, each once.
    """
    dump = json.loads((like / JSON_LD).read_text("utf-8"))
    chance, project = Random(2026), next(n for n in dump["@graph"] if n.get("type") == "Project")
    text = " ".join(node["definition"]["fr"] for node in dump["@graph"] if "definition" in node)
    words = sorted({*text.split()})
    titles = [" ".join(chance.sample(words, 12)) for _ in range(count)]
    for number, title in enumerate(titles):
        own = {"id": f"prj:ZZ.{number:05}", "projectId": f"ZZ.{number:05}", "title": {"fr": title}}
        dump["@graph"].append({**project, **own})
    with release_build(Target(out)) as build:
        summary = json.loads((like / SUMMARY).read_text("utf-8"))
        build.folder.write(SUMMARY, [json.dumps({**summary, "statements": 1})])
        for path in (f"{ONTOLOGY}.ttl", f"{CATALOG}.jsonld", CONTEXT, TOMBSTONES):
            build.folder.write(path, [(like / path).read_text("utf-8")])
        build.folder.write(JSON_LD, [json.dumps(dump)])
        build.folder.write(QUADS, [f"<{BASE}id/project/A1> <{BASE}says> <{BASE}nothing> .\n"])
    return titles
