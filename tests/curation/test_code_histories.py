"""Whatever is accepted, merged and renamed, in whatever order: each step is done or refused, the
desk publishes after it, nothing is lost, and codes that were published stay described.
"""

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, Store

from idfgraph import publish
from idfgraph.curation.code_desk import accept, merge, rename
from idfgraph.model.errors import BadConfig
from idfgraph.model.vocab import DCT, OWL
from idfgraph.system import resources

#: What the page of each record prints.
PRINTED = (
    {"status": "En suspens"},
    {"status": "Suspendu"},
    {"projectType": "Diaspora"},
    {"projectType": "Dance"},
    {"result.teachers": "300"},
    {"result.pupils": "8"},
)
WORDS = {
    "status": ("en-suspens", "suspendu"),
    "type": ("diaspora", "dance"),
    "measure": ("teachers", "pupils"),
}
SHIPPED = {"status": ("completed",), "type": ("tc",), "measure": ("projects",)}
OWN = ("one", "two", "teachers")
BASE = "https://w3id.org/iom-idf/"


class Step(NamedTuple):
    """What a person does: with which code of a list, into which, and what it is called in one
    language.
    """

    verb: str
    code: str
    other: str
    label: dict[str, str]


@st.composite
def steps(draw: st.DrawFn) -> Step:
    scheme = draw(st.sampled_from(sorted(WORDS)))
    provisional = [f"provisional-{word}" for word in WORDS[scheme]]
    known = [*OWN, *SHIPPED[scheme]]
    verb = draw(st.sampled_from(["accept", "merge", "rename"]))
    code = draw(st.sampled_from(provisional if verb == "accept" else [*provisional, *known]))
    other = draw(st.sampled_from(known))
    tag = draw(st.sampled_from(["en", "fr", "es"]))
    said = draw(st.sampled_from([{}, {tag: "One"}, {tag: "Another"}]))
    name = other if verb != "merge" else f"{scheme}-{other}"
    return Step(verb, f"{scheme}-{code}", name, said)


def desk(folder: Path) -> Path:
    """A data folder of projects and programmes, with words that no list has."""
    (folder / "records").mkdir(parents=True)
    (folder / "dataset.yaml").write_bytes(resources.DATASET.read_bytes())
    lines = [line(number, printed) for number, printed in enumerate(PRINTED)]
    (folder / "records" / "all.jsonl").write_text("".join(lines), "utf-8")
    return folder


def line(number: int, printed: Mapping[str, str]) -> str:
    """A record whose page prints this."""
    id_ = f"PX.{number:04}"
    is_project = not any(name.startswith("result.") for name in printed)
    own = {"projectId": id_} if is_project else {}
    values = [
        {"property": name, "text": word, "label": name, "span": [20 * at, 20 * at + len(word)]}
        for at, (name, word) in enumerate({**printed, **own}.items())
    ]
    page = {"page": f"{number:04x}" * 16, "identifier": id_, "language": "fr", "values": values}
    kind = {"kind": "project"} if is_project else {"kind": "programme"}
    return json.dumps({**kind, "id": id_, "sources": [page]}) + "\n"


def is_done(folder: Path, step: Step) -> bool:
    """Does what a person asks for, if it can be done."""
    try:
        if step.verb == "accept":
            accept(folder, step.code, step.other, step.label)  # type: ignore[arg-type]
        else:
            (merge if step.verb == "merge" else rename)(folder, step.code, step.other)
    except BadConfig:
        return False
    return True


def codes_of(public: Path) -> set[str]:
    """The codes that a release has documents of."""
    return {path.stem for path in (public / "doc/code").glob("*.ttl")}


def successor(public: Path, code: str) -> str:
    """What took the place of a code, or itself; empty for one that is gone with nothing in its
    place.
    """
    store, iri = Store(), NamedNode(f"{BASE}code/{code}")
    store.load(path=public / f"doc/code/{code}.ttl", format=RdfFormat.TURTLE)
    found = {quad.predicate.value: quad.object for quad in store.quads_for_pattern(iri, None, None)}
    if f"{OWL}deprecated" not in found:
        return code
    return str(found.get(f"{DCT}isReplacedBy", "")).strip("<>").removeprefix(f"{BASE}code/")


def fields(public: Path) -> set[tuple[str, str]]:
    """The records that have values of open lists, and of which."""
    rows = (public / "data/idf.nt").read_text("utf-8").splitlines()
    return {
        (row.partition(">")[0].partition("#")[0], name)
        for row in rows
        for name in ("status", "projectType", "measure")
        if f"def#{name}> <{BASE}code/" in row
    }


@pytest.mark.skipif(not os.environ.get("IDFGRAPH_FULL"), reason="takes long: .ci/long attacks")
@settings(max_examples=40, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@example(
    [
        Step("merge", "status-provisional-suspendu", "status-completed", {}),
        Step("rename", "status-completed", "one", {}),
    ]
)
@example(
    [
        Step("accept", "measure-provisional-teachers", "one", {"es": "One"}),
        Step("merge", "measure-provisional-pupils", "measure-one", {}),
    ]
)
@given(st.lists(steps(), min_size=2, max_size=5))
def test_each_history_publishes_and_what_was_published_stays_described(
    history: list[Step],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, public = desk(Path(name) / "data"), Path(name) / "public"
        publish(folder, public, jobs=1)
        told, filled = codes_of(public), fields(public)
        for step in history:
            if not is_done(folder, step):
                continue
            assert publish(folder, public, jobs=1).report.conforms
            assert told <= codes_of(public)
            assert fields(public) == filled
            assert {successor(public, successor(public, code)) for code in told} <= codes_of(public)
            told |= codes_of(public)
