"""What `decide` tells, in the language of who asks."""

import shutil
from pathlib import Path

import pytest
from support.command import ROOT
from typer.testing import CliRunner

from idfgraph.cli import app
from idfgraph.curation.decide import DecidedField, DecisionOutcome
from idfgraph.curation.decide_words import told_of_decision
from idfgraph.curation.merge.outcome import PageNews, Stay
from idfgraph.model.errors import BadConfig, BadInput, Place
from idfgraph.model.text import LANGUAGES, Language


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk that one is in."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path / "data")
    monkeypatch.setenv("IDFGRAPH_BY", "Ada")
    return tmp_path / "data"


def said(*args: str) -> list[str]:
    """The lines of a command that does what it is told."""
    done = CliRunner().invoke(app, args)
    assert done.exit_code == 0, done.exception
    return done.stdout.splitlines()


NAMED = ("--evidence", "https://example.org/report")

#: Two values that are alike for longer than a message shows.
ALIKE = "The same words for a long while, " * 5
LONG = (f"{ALIKE}one year", f"{ALIKE}two years")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_long_values_are_told_where_they_differ(lang: Language) -> None:
    before, after = LONG
    decided = DecidedField("narrative.en", before, after, LONG)
    told = [
        *told_of_decision(DecisionOutcome(Path("x.yaml"), (decided,)), lang),
        PageNews("narrative.en", before, after).told(lang),
        Stay(Place("x.yaml", 1), before, after).told(lang),
    ]
    assert len(told) == 4
    for line in told:
        assert 'one year"' in line and 'two years"' in line and '"…' in line
        assert len(line) < 300


def test_a_decision_is_told(desk: Path) -> None:
    words = ("decide", "v47-805", "status", "Actif", "--why", "The office says so.")
    file = (desk / "records" / "V47-805.yaml").relative_to(desk)
    assert said(*words) == [
        f"{file}: decided",
        '  status: "active"; before: "completed"',
        '  against the printed words: "Achevé"',
        "  cited for want of other evidence, though it says otherwise: "
        "https://iom.int/fr/node/175831; name what you know it from with --evidence",
    ]
    assert said(*words, *NAMED)[1:] == [
        '  status: "active", as it was',
        '  against the printed words: "Achevé"',
    ]
    assert said(*words[:2], "status", "achevé", "--why", "x", "--lang", "fr") == [
        f"{file}: décidé",
        '  status : "completed" ; avant : "active"',
        "  ses pages le disent elles-mêmes : aucune décision n'est nécessaire, et aucune n'est "
        "gardée",
    ]


@pytest.mark.usefixtures("desk")
def test_states_are_told_by_name() -> None:
    words = (
        "decide",
        "PX.0220",
        "beneficiary",
        "Fidji Tonga",
        "--why",
        "x",
        "--lang",
        "es",
        *NAMED,
    )
    assert said(*words)[1].endswith(
        '"Fiji (FJI), Tonga (TON)"; antes: "Fiji (FJI), Tonga (TON), Vanuatu (VUT)"'
    )


def test_edits_are_decided_in_all_records(desk: Path) -> None:
    for name in ("V47-805", "PX.0220"):
        file = desk / "records" / f"{name}.yaml"
        text = file.read_text("utf-8").replace("  coverage:", "  coverage: global #", 1)
        file.write_text(text, "utf-8")
    done = CliRunner().invoke(app, ["decide", "--from-edits", "--why", "Told by mail.", *NAMED])
    assert done.stdout.count('coverage: "global", as it was') == 2
    assert "2 edited values decided in 2 records" in done.stderr


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["V47-805", "status"], "a record, a field and a value are needed"),
        (["V47-805", "status", "active", "--by", " "], "nobody's name"),
        (["V47-805", "status", "active", "--on", "soon"], "no day"),
        (["V47-850", "status", "active"], "there is no record"),
    ],
)
def test_what_is_missing_is_asked_for(args: list[str], told: str) -> None:
    done = CliRunner().invoke(app, ["decide", *args, "--why", "x"])
    assert isinstance(done.exception, BadConfig | BadInput)
    assert told in str(done.exception)


@pytest.mark.usefixtures("desk")
def test_a_reason_is_needed() -> None:
    done = CliRunner().invoke(app, ["decide", "V47-805", "status", "active"])
    assert "say why with --why" in str(done.exception.text)  # type: ignore[union-attr]
