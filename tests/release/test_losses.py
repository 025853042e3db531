"""Losses are counted themselves: what was published and is gone is named, and nothing else is."""

import os
import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from itertools import chain, groupby
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.command import run
from support.printed import page

import idfgraph
from idfgraph import Project, publish
from idfgraph.curation.start import init
from idfgraph.graph.lines import Spool, subject_of
from idfgraph.graph.setting import prepare
from idfgraph.model.errors import BadConfig, LostData
from idfgraph.model.judgements import Decision, Withdrawal
from idfgraph.model.text import Language
from idfgraph.release.history import releases
from idfgraph.release.losses import AcceptedLosses, PreviousRelease, told_losses, undone
from idfgraph.release.record_values import Loss, RecordLines, lost, read_records

HISTORIES = 2000 if os.environ.get("IDFGRAPH_FULL") == "1" else 40
SETTING = prepare([])
WORDS: dict[Language, str] = {"en": "A.", "fr": "B.", "es": "C."}
BASE = "https://w3id.org/iom-idf/"

#: What pages print, and what it is corrected to: years that put none of the others in doubt.
PRINTED = {
    "title": ("A project", "A better title"),
    "startYear": ("2001", "2002"),
    "endYear": ("2003", "2004"),
    "allocationYear": ("2000", "2001"),
    "status": ("Completed", "Active"),
    "coverage": ("National", "Regional"),
    "budget.value": ("5000.00", "6000.00"),
    "narrative": ("It helps.", "It helps people."),
}
STATES = ("Albania", "Serbia", "Kenya")
IDS = ("PX.0001", "PX.0002", "PX.0003")


class Model(NamedTuple):
    """A record: what its English page prints, the states on it, its French title, the fields that
    are decided to be none, whether it is withdrawn.
    """

    printed: frozenset[tuple[str, str]] = frozenset()
    states: frozenset[str] = frozenset()
    french: str = ""
    none: frozenset[str] = frozenset()
    withdrawn: bool = False


Desk = Mapping[str, Model]


class Step(NamedTuple):
    """A change of a desk: what is done, to which record, to which field, to which state."""

    verb: str
    id: str
    field: str
    state: str


#: What is done that loses nothing, and what does.
GROWTH = ("add", "correct", "benefit", "translate", "withdraw", "return", "decide", "swap")
SHRINKING = ("drop", "forget", "untranslate", "remove")


def steps(*verbs: str) -> st.SearchStrategy[list[Step]]:
    step = st.builds(
        Step,
        st.sampled_from(verbs),
        st.sampled_from(IDS),
        st.sampled_from(sorted(PRINTED)),
        st.sampled_from(STATES),
    )
    return st.lists(step, min_size=2, max_size=8)


def done(desk: Desk, step: Step) -> Desk:
    """The desk after a step; a record that is not there is made by whatever is done to it."""
    if step.verb == "remove":
        return {id_: model for id_, model in desk.items() if id_ != step.id}
    model = desk.get(step.id, Model())
    return {**desk, step.id: model._replace(**_changed(model, step))}


#: States that can take the place of one.
SPARE = ("Malta", "Mexico", "Morocco", "Panama", "Poland", "Tunisia")


def _changed(model: Model, step: Step) -> dict[str, Any]:
    """What becomes of a record."""
    old, new = PRINTED[step.field]
    printed = dict(model.printed)
    kept = frozenset(item for item in model.printed if item[0] != step.field)
    others = model.states - {min(model.states, default="")}
    fresh = [state for state in (step.state, *SPARE) if state not in model.states][:1]
    changes: Mapping[str, dict[str, Any]] = {
        "add": {"printed": model.printed if step.field in printed else kept | {(step.field, old)}},
        "correct": {"printed": kept | {(step.field, new)} if step.field in printed else kept},
        "drop": {"printed": kept},
        "benefit": {"states": model.states | {step.state}},
        "forget": {"states": model.states - {step.state}},
        "swap": {"states": others.union(fresh) if fresh and others else model.states},
        "translate": {"french": "Un projet"},
        "untranslate": {"french": ""},
        "withdraw": {"withdrawn": True},
        "return": {"withdrawn": False},
        "decide": {"none": model.none | ({step.field} if "." not in step.field else set())},
    }
    return changes[step.verb]


@cache
def quads(id_: str, model: Model) -> tuple[str, ...]:
    """The lines that are published of a record."""
    printed = dict(model.printed)
    if model.states:
        printed["beneficiary"] = ", ".join(sorted(model.states))
    sources = [page("en", {"projectId": id_, **printed})]
    if model.french:
        sources.append(page("fr", {"projectId": id_, "title": model.french}))
    evidence = ("https://example.org/letter",)
    decisions = tuple(
        Decision(
            property=field, value="none", why=WORDS, evidence=evidence, by="A", on="2026-11-21"
        )
        for field in sorted(model.none)
    )
    withdrawn = Withdrawal(date="2026-11-22", reason=WORDS) if model.withdrawn else None
    record = Project(id=id_, sources=tuple(sources), decisions=decisions, withdrawn=withdrawn)
    return tuple(idfgraph.to_quads(idfgraph.resolve(record)))


def losses(was: Desk, now: Desk) -> list[Loss]:
    """What the code says is lost."""
    records = RecordLines(SETTING.mapper)
    before = sorted(chain.from_iterable(quads(*item) for item in was.items()))
    after = sorted(chain.from_iterable(quads(*item) for item in now.items()))
    rows = sorted(
        row for _, lines in groupby(before, subject_of) for row in records.rows(list(lines))
    )
    withdrawn = {f"prj:{id_}" for id_, model in now.items() if model.withdrawn}
    with Spool() as spool:
        decided = read_records(after, SETTING, spool)
        return list(lost(rows, spool.sorted(), withdrawn, decided))


def facts(desk: Desk) -> dict[tuple[str, str, str], set[str]]:
    """The values of records by id, property and language, read by another program."""
    found: dict[tuple[str, str, str], set[str]] = {}
    for quad in ox.parse(
        "".join(chain.from_iterable(quads(*item) for item in desk.items())),
        format=ox.RdfFormat.N_QUADS,
    ):
        if isinstance(quad.graph_name, ox.DefaultGraph):
            subject, name = (
                quad.subject.value,
                quad.predicate.value.rpartition("#")[2].rpartition("/")[2],
            )
            language = getattr(quad.object, "language", None) or ""
            if subject.startswith(f"{BASE}id/project/") and "#" not in subject:
                found.setdefault((subject.rpartition("/")[2], name, language), set()).add(
                    quad.object.value
                )
    return found


def expected(was: Desk, now: Desk) -> set[tuple[str, str]]:
    """The records and fields of which there is less, unless a person said so."""
    before, after = facts(was), facts(now)
    less: set[tuple[str, str]] = {(id_, "") for id_ in was if id_ not in now}
    names = {
        "title",
        "narrative",
        "startYear",
        "endYear",
        "allocationYear",
        "status",
        "coverage",
        "budget",
        "beneficiary",
    }
    for (id_, name, language), values in before.items():
        model = now.get(id_)
        if model is None or model.withdrawn or name in model.none or name not in names:
            continue
        if len(after.get((id_, name, language), ())) < len(values):
            less.add((id_, name))
    return less


def named(found: list[Loss]) -> set[tuple[str, str]]:
    return {(loss.id.partition(":")[2], loss.field) for loss in found}


@settings(max_examples=HISTORIES, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps(*GROWTH))
def test_growth_is_never_a_loss(history: list[Step]) -> None:
    """Adding, correcting, withdrawing, un-withdrawing, deciding: nothing is refused."""
    desk: Desk = {}
    for step in history:
        after = done(desk, step)
        assert expected(desk, after) == set(), step
        assert losses(desk, after) == [], step
        desk = after


def test_a_value_that_another_puts_in_doubt_is_lost() -> None:
    """What is doubted is not accepted: it was published, and is no more."""
    desk = {"PX.0001": Model(printed=frozenset({("endYear", "2031")}))}
    after = {"PX.0001": Model(printed=frozenset({("endYear", "2031"), ("startYear", "2001")}))}
    assert named(losses(desk, after)) == expected(desk, after) == {("PX.0001", "endYear")}


@settings(max_examples=HISTORIES, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps(*GROWTH, *SHRINKING))
def test_no_refusal_without_a_loss_no_loss_without_a_refusal(history: list[Step]) -> None:
    """Each loss is named, accepted by its name, and by no other."""
    desk: Desk = {}
    for step in history:
        after = done(desk, step)
        found = losses(desk, after)
        assert named(found) == expected(desk, after), step
        names = tuple(":".join(filter(None, name)) for name in sorted(named(found)))
        assert told_losses(found, (), AcceptedLosses(names), str).refused == ()
        for left_out in names:
            others = tuple(name for name in names if name != left_out)
            refused = told_losses(found, (), AcceptedLosses(others), str).refused
            assert refused, left_out
            assert all(f"--accept-loss {left_out}" in line for line in refused)
        desk = after


def test_what_is_read_from_a_narrative_is_lost_with_it_alone() -> None:
    was = ["prj:A\t\t\n", "prj:A\tmentionsState\t<x:ALB>\n", 'prj:A\tnarrative\t"Of Albania."@en\n']
    assert not list(lost(was, ["prj:A\t\t\n", 'prj:A\tnarrative\t"Of it."@en\n']))
    gone = [loss.field for loss in lost(was, ["prj:A\t\t\n", was[2]])]
    assert gone == ["mentionsState"]
    assert [loss.field for loss in lost(was, ["prj:A\t\t\n"])] == ["narrative"]


def test_a_text_whose_language_was_mistaken_is_no_loss() -> None:
    was, now = (["prj:A\t\t\n", f'prj:A\ttitle\t"Titre"@{tag}\n'] for tag in ("en", "fr"))
    assert not list(lost(was, now))
    assert list(lost(was, ["prj:A\t\t\n", 'prj:A\ttitle\t"Autre"@fr\n']))


def test_losses_are_told_in_order_shortened_and_visible() -> None:
    long = '"' + "x\u202e" * 90 + '"@en'
    found = [Loss("prj:A", "title", long), Loss("prj:B")]
    told = told_losses(found, ["expected"], AcceptedLosses(), str).refused
    assert [line.partition(" ")[0] for line in told] == ["expected", "prj:A:", "prj:B"]
    assert "\u202e" not in told[1]
    assert len(told[1]) < 900


@pytest.mark.parametrize(
    "name", ["", ":", "a b", "V47-805:", "V47-805:colour", "V47-805:a:b", "../x"]
)
def test_what_names_nothing_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match="names no record and no field"):
        publish(["data"], tmp_path / "public", accept_losses=[name])


#### Published ####


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A data folder as `init` makes it."""
    init(tmp_path / "data")
    return tmp_path / "data"


def test_a_page_without_a_start_year_is_no_loss(desk: Path, tmp_path: Path) -> None:
    """What `init` made, published; one page more, published again."""
    out = tmp_path / "public"
    publish([desk], out)
    text = (desk / "pages/example.txt").read_text("utf-8").replace("EX.0001", "EX.0002")
    assert "Start Date\n2021\n-\n" in text
    (desk / "pages/another.txt").write_text(text.replace("Start Date\n2021\n-\n", ""), "utf-8")
    before = msgspec.json.decode((out / "release.json").read_bytes())
    assert publish([desk], out).notes == ()
    after = msgspec.json.decode((out / "release.json").read_bytes())
    assert (before["projects"], after["projects"]) == (1, 2)
    assert before["fields"]["startYear"] == after["fields"]["startYear"] == 1


def test_what_is_lost_is_told_under_the_address_that_it_had(desk: Path, tmp_path: Path) -> None:
    out = tmp_path / "public"
    publish([desk], out, base="https://example.org/then/", site="none")
    with pytest.raises(LostData) as error:
        publish([Path("data")], out, base="https://example.org/now/", site="none")
    assert any(
        "https://example.org/then/id/project/EX.0001 was" in one for one in error.value.losses
    )


def test_a_value_that_is_gone_is_named_and_accepted(desk: Path, tmp_path: Path) -> None:
    out = tmp_path / "public"
    publish([desk], out)
    record = desk / "records" / "EX.0001.yaml"
    lines = record.read_text("utf-8").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if "property: startYear" in line)
    end = next(n for n in range(at + 1, len(lines)) if lines[n].lstrip().startswith("- "))
    record.write_text(
        "".join(one for one in lines[:at] + lines[end:] if "  startYear:" not in one), "utf-8"
    )
    done = run("publish", desk, "--out", out, cwd=tmp_path)
    assert done.returncode == 1
    (line,) = (line for line in done.stderr.splitlines() if line.startswith("lost: "))
    assert "EX.0001: startYear " in line
    assert line.endswith("or give --accept-loss EX.0001:startYear")
    with pytest.raises(LostData):
        publish([desk], out, accept_losses=["EX.0001:endYear"], base="https://example.org/x/")
    assert done.stderr.count("startYear ") == 1
    args = ("--accept-loss", "EX.0001:startYear", "--accept-loss", "EX.0009")
    done = run("publish", desk, "--out", out, *args, cwd=tmp_path)
    assert done.returncode == 0
    assert re.search(r"^accepted: \S+EX.0001: startYear .* is gone$", done.stderr, re.M)
    name = releases(out)[-1].release.name
    assert f"published 1 record in {out} as {name} (" in done.stderr
    assert "--accept-loss EX.0009: nothing of it is lost" in done.stderr
    again = publish([desk], out)
    assert (again.notes, again.release, again.unchanged) == ((), name, True)


def test_a_page_alone_does_not_undo_a_withdrawal(desk: Path, tmp_path: Path) -> None:
    """A folder of records that is mistyped loses the word that something is withdrawn."""
    out, record = tmp_path / "public", desk / "records" / "EX.0001.yaml"
    withdrawal = "withdrawn:\n  date: '2026-11-20'\n  reason: {en: A., fr: B., es: C.}\n"
    record.write_text(f"format: 2\nkind: project\nid: EX.0001\n{withdrawal}", "utf-8")
    publish([desk], out, base="https://example.org/was/")
    (desk / "records").rename(desk / "record")
    done = run("publish", desk, "--out", out, cwd=tmp_path)
    assert done.returncode == 1
    assert "EX.0001 was withdrawn, and is content again" in done.stderr
    assert "--accept-loss EX.0001" in done.stderr
    assert "record: " in done.stderr and "records/?" in done.stderr


def test_what_was_withdrawn_is_content_again_if_a_record_says_so_or_it_is_accepted(
    tmp_path: Path,
) -> None:
    (tmp_path / "tombstones.json").write_text(
        f'[{{"id": "{BASE}id/project/A", "document": ""}}]', "utf-8"
    )
    sums = {"tombstones.json": sha256((tmp_path / "tombstones.json").read_bytes()).hexdigest()}
    before = PreviousRelease(tmp_path, None, sums)
    assert list(undone(None, SETTING, {"prj:A"}, ())) == []
    assert list(undone(before, SETTING, (), ())) == []
    assert list(undone(before, SETTING, {"prj:A"}, {"A"})) == []
    found = list(undone(before, SETTING, {"prj:A"}, {"B"}))
    assert found == [Loss("prj:A", "withdrawn")]
    assert told_losses(found, (), AcceptedLosses(("A",)), str).refused == ()
    assert told_losses(found, (), AcceptedLosses(("B",)), str).idle == ("B",)
