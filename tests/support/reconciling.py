"""A release that names every state and organisation that we know, for names to be matched to."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from idfgraph.curation.extract import reviewed_form
from idfgraph.graph.setting import prepare
from idfgraph.model.records import Capture, Programme, Project, Record, Source
from idfgraph.model.text import Language, ours
from idfgraph.pipeline import publish
from idfgraph.sources.reference_files import read_reference
from idfgraph.system import resources
from support.command import ROOT

DATA = ROOT / "tests" / "data" / "reconcile"

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
