"""What was found out is kept up to a bound, and nothing is found otherwise for that."""

import pytest
from support.command import ROOT

from idfgraph.graph.resolve.names.states import States
from idfgraph.graph.setting import linked, prepare
from idfgraph.library import read
from idfgraph.system import memo
from idfgraph.system.memo import Memo


def test_what_is_too_much_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memo, "_MOST", 2)
    known = Memo[str, int]()
    assert [known.keep(letter, number) for number, letter in enumerate("abc")] == [0, 1, 2]
    assert known == {"c": 2}


def lines() -> list[str]:
    """All that the records of the data say, as N-Quads lines."""
    setting = prepare([])
    items = [linked(setting, record) for record in read(ROOT / "data" / "records")]
    nodes = [
        node for item in items for node in (item.node, *(n for _, ns in item.graphs for n in ns))
    ]
    return [line for node in nodes for line in setting.mapper.quads(node)]


def test_records_say_the_same_whatever_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    known = lines()
    monkeypatch.setattr(memo, "_MOST", 1)
    assert lines() == known


def test_a_run_of_names_is_cut_the_same_again() -> None:
    states = prepare([]).reference.states
    runs = ("Albanie Tchad", "", "Congo, Dem. Rep.", "Republic of China", "Lake Chad")
    assert isinstance(states, States)
    assert [states.cut(run) for run in runs] == [states._cut(run) for run in runs]
    assert [states.cut(run) for run in runs] == [states._cut(run) for run in runs]
