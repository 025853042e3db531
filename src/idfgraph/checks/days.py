"""Days that people wrote and that are still to come: nobody has looked at anything tomorrow."""

from collections.abc import Iterator

from ..model.findings import Finding, Result
from ..model.text import N_, texts
from ..sources.origin import Sourced

_NAME = N_("Day to come")
_REVIEW = N_("The review by {by} is dated {on}, which is still to come. Today is {today}.")


def reviews_to_come(sourced: Sourced, today: str) -> Iterator[Finding]:
    """A warning for each review of a record that is dated after today (YYYY-MM-DD)."""
    for number, review in enumerate(sourced.record.reviewed):
        if review.on > today:
            said = texts(_REVIEW, by=review.by, on=review.on, today=today)
            result = Result("Warning", "", "", "", "", "", "", texts(_NAME), said)
            yield Finding(result, sourced.origin.place(f"reviewed[{number}].on", "reviewed"))
