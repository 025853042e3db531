"""How errors name their place."""

import pytest

from idfgraph.model.errors import BadInput, Place


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Place(), "is bad; mend it"),
        (Place("a.yaml"), "a.yaml: is bad; mend it"),
        (Place("a.yaml", 3), "a.yaml:3: is bad; mend it"),
        (Place("a.yaml", 3, 5, "id"), "a.yaml:3:5: id: is bad; mend it"),
        (Place(field="id"), "id: is bad; mend it"),
    ],
)
def test_a_place_says_no_more_than_is_known(place: Place, shown: str) -> None:
    assert str(BadInput("is bad", place, hint="mend it")) == shown
