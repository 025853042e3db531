"""What is put away comes back as it was, in the order of its keys, however little is held."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from idfgraph.system import cupboard as module
from idfgraph.system.cupboard import Cupboard

KEYS = some.text(some.characters(exclude_categories=()), max_size=3)


@pytest.fixture(autouse=True)
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_HELD", 3)
    monkeypatch.setattr(module, "_AT_A_TIME", 2)


@given(some.lists(some.tuples(KEYS, some.integers())))
def test_what_is_put_away_comes_back(items: list[tuple[str, int]]) -> None:
    cupboard, known = Cupboard[int](), dict[str, int]()
    for key, value in items:
        assert cupboard.get(key) == known.get(key)
        cupboard[key] = known[key] = value
        assert (key in cupboard, len(cupboard)) == (True, len(known))
    assert list(cupboard.items()) == sorted(known.items())
    assert list(cupboard.in_order()) == [known[key] for key in sorted(known)]
    with pytest.raises(KeyError):
        cupboard["none of these"]
    assert None not in cupboard
