"""Both sides of a merge in a list of what people said: what is advised loses nothing."""

import pytest

from idfgraph.sources.records.slips import with_slips_mended

REVIEWS = """id: V47-805
reviewed:
<<<<<<< HEAD
  - by: Ada
    on: '2026-11-25'
=======
  - by: Bo
    on: '2026-11-26'
>>>>>>> mine
values:
"""
WHOLE = """id: V47-805
<<<<<<< HEAD
decisions:
  - property: startYear
=======
decisions:
  - property: endYear
>>>>>>> mine
values:
"""
#: What two decide of one field, each in the file of that field.
FIELD = """kind: project
id: V47-805
decisions:
  - property: startYear
<<<<<<< HEAD
    value: '2003'
=======
    value: '2004'
>>>>>>> mine
"""
ADVICE = {
    "reviews": (REVIEWS, "idfgraph review"),
    "first reviews": (WHOLE.replace("decisions", "reviewed"), "idfgraph review"),
    "decisions": (WHOLE, "keep the lines of both sides"),
    "doubts": (REVIEWS.replace("reviewed", "accepted"), "keep the lines of both sides"),
    "a field": (FIELD, "keep one side"),
    "values": (REVIEWS.replace("reviewed", "values"), "keep one side"),
}


@pytest.mark.parametrize(("text", "told"), ADVICE.values(), ids=ADVICE.keys())
def test_what_to_keep(text: str, told: str) -> None:
    _, (slip, *_) = with_slips_mended(text)
    assert told in str(slip.told)
    assert ("idfgraph review" in str(slip.told)) == (told == "idfgraph review")
