"""A release's pages alone, made from records without the rest of a release."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from idfgraph.exports.figures import Noted, Overview, ProjectFacts, overview_of
from idfgraph.exports.site import (
    BrowserLoad,
    Download,
    Outline,
    Outlines,
    Pages,
    Site,
    narratives_of,
    read_catalogue,
)
from idfgraph.graph.lines import by_resource, collecting, weave, weave_nodes
from idfgraph.graph.lines import document as document_of
from idfgraph.graph.setting import Setting, linked, prepare
from idfgraph.model.fields import FIELDS
from idfgraph.query.ask import questions
from idfgraph.sources.stream import read_files

VERSION = "2026-11-21-0123456789ab"
DATA = Path(__file__).parents[2] / "data"

#: A map with two states on it, one of them a dot.
OUTLINES = Outlines(
    (2000, 864),
    "M900 100l300 0 0 300 -300 0z",
    "M1040 180l10 20",
    {
        "ALB": Outline((1035, 177, 1043, 197), "M1035 177l8 4 0 16 -6 -2z"),
        "MEX": Outline((420, 300, 420, 300)),
    },
)

#: Keys of a project that stand for one code, and what the facts call them.
_CODES = {"status": "status", "coverage": "coverage", "fundRegion": "region"}


def data_setting() -> Setting:
    """The setting of the records that the package ships with."""
    return prepare([DATA])


def site_of(setting: Setting) -> Site:
    """What the pages of a setting say of their release."""
    return Site(
        setting,
        version=VERSION,
        downloads=[
            Download(
                dict.fromkeys(("en", "fr", "es"), "data/idf.nq"),
                "data/idf.nq",
                "a/b",
                1234,
                "0" * 64,
            )
        ],
        questions=tuple(questions()),
        earlier=["2025-11-21-0123456789ab"],
        outlines=OUTLINES,
        load=BrowserLoad(1_000, 9_000, 100_000, 900_000, 4_000_000),
    )


def woven(setting: Setting) -> list[str]:
    """The sorted spool lines of all documents of a setting."""
    with collecting() as spools:
        shard = weave(
            setting.mapper, (linked(setting, one.record) for one in read_files(setting.files))
        )
        spools.take(shard)
        spools.take(weave_nodes(setting.mapper, setting.reference.nodes(shard.touched)))
        return list(spools.entries.sorted())


def overview(entries: Sequence[str]) -> Overview:
    """What the projects of spool lines come to."""
    split = (line.split("\t", 3) for line in entries)
    own = (msgspec.json.decode(text) for _, rank, _, text in split if rank == "0")
    nodes = [node for node in own if node.get("type") == "Project"]
    return overview_of([_facts(node) for node in nodes])


def _facts(node: dict[str, Any]) -> ProjectFacts:
    budget = node.get("budget", {}).get("value", "")
    states = {*node.get("beneficiary", ()), *node.get("otherBeneficiary", ())}
    years = (node.get(key) for key in ("startYear", "endYear", "allocationYear"))
    start, end, allocation = (int(year) if year else None for year in years)
    return ProjectFacts(
        node["id"],
        **{
            name: f"{FIELDS[key].prefix}{node[key]}" if key in node else ""
            for key, name in _CODES.items()
        },
        types=[f"code:type-{one}" for one in node.get("projectType", ())],
        states=[f"st:{state}" for state in sorted(states)],
        budget=Decimal(budget) if re.fullmatch(r"[0-9.]+", budget) else None,
        start=start,
        end=end,
        allocation=allocation,
        prima=node.get("primaId", ""),
        doubts=[one for one in map(_noted, _notes(node)) if one.is_doubt],
    )


def _notes(node: dict[str, Any]) -> Sequence[dict[str, Any]]:
    notes: Sequence[dict[str, Any]] = node.get("record", {}).get("qualityNote", ())
    return notes


def _noted(note: dict[str, Any]) -> Noted:
    issue = f"code:issue-{note['issueType']}"
    return Noted(note["id"], issue, note["severity"], note["aboutProperty"])


def rendered(entries: Sequence[str], site: Site, **options: Any) -> dict[str, str]:
    """The pages by path."""
    pages: dict[str, str] = {}

    def write(path: str, pieces: Iterable[str | bytes]) -> None:
        assert path not in pages
        pages[path] = "".join(
            piece if isinstance(piece, str) else piece.decode() for piece in pieces
        )

    site = site._replace(overview=overview(entries))
    made = Pages(write, read_catalogue(entries), site, **options)
    for document in filter(None, map(document_of, by_resource(entries))):
        made.write_document(document)
    made.write_others(narratives=narratives_of(entries))
    return pages


def saved(pages: dict[str, str], folder: Path) -> Path:
    """The folder, with the pages in it."""
    for path, text in pages.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
    return folder
