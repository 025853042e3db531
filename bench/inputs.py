"""Files to validate: made-up records, the plan of their flaws, and what they say as N-Triples."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from shutil import copyfileobj
from typing import NamedTuple

import msgspec
from generate import Maker

from idfgraph.checks.evidence_seen import evidence_lines
from idfgraph.graph.lines import touched
from idfgraph.graph.setting import linked, prepare
from idfgraph.system.workers import in_order

#: Records that one process makes at a time.
_CHUNK = 500


class Made(NamedTuple):
    """Some records: lines of JSON, lines of N-Triples, the plan of their flaws, ids of what they
    link to.
    """

    json: bytes
    content: str
    plan: str
    touched: set[str]


def make(numbers: Sequence[int]) -> Made:
    """The records of some numbers."""
    maker, encode = _maker(), msgspec.json.encode
    mapper, planned = maker.setting.mapper, [maker.planned(number) for number in numbers]
    items = [linked(maker.setting, project) for project, _ in planned]
    return Made(
        json=b"".join(encode(project) + b"\n" for project, _ in planned),
        content="".join(
            line
            for item in items
            for line in (*sorted(mapper.quads(item.node)), *evidence_lines(mapper, item))
        ),
        plan="".join(f"{project.id}\t{rule}\n" for project, rules in planned for rule in rules),
        touched=touched(mapper, [item.node for item in items]),
    )


@lru_cache(maxsize=1)
def _maker() -> Maker:
    return Maker()


def make_input(work: Path, size: int, jobs: int) -> None:
    """Writes the records, the plan of their flaws, and what they say as N-Triples: content with its
    evidence, reference data with the day of the data, both.
    """
    known, setting = set[str](), prepare([])
    chunks = (range(start, min(start + _CHUNK, size)) for start in range(0, size, _CHUNK))
    with (
        (work / "records.jsonl").open("wb") as json,
        (work / "plan.tsv").open("w", encoding="utf-8", newline="\n") as plan,
        (work / "content.nt").open("w", encoding="utf-8", newline="\n") as content,
    ):
        for made in in_order(make, chunks, jobs):
            assert isinstance(made, Made)
            json.write(made.json)
            plan.write(made.plan)
            content.write(made.content)
            known |= made.touched
    lines = (line for node in setting.reference.nodes(known) for line in setting.mapper.quads(node))
    day = setting.mapper.quads({"id": "base:catalog#dataset", "asOf": setting.as_of})
    (work / "reference.nt").write_text("".join((*day, *lines)), "utf-8", newline="\n")
    with (work / "data.nt").open("wb") as data:
        for name in ("content.nt", "reference.nt"):
            with (work / name).open("rb") as part:
                copyfileobj(part, data)
