"""Days that cannot be: reviews that are still to come, captures after the day of the data."""

from collections.abc import Iterator

from ..model.errors import Place
from ..model.findings import Finding, Result
from ..model.text import N_, texts
from ..sources.origin import Sourced

_NAME = N_("Day to come")
_REVIEW = N_("The review by {by} is dated {on}, which is still to come. Today is {today}.")
_LATE = N_("Captured after the day of the data")
_CAPTURED = N_(
    "The data are as of {day}, and pages of these records were captured later: {records}; the last "
    "on {last}. Set asOf in dataset.yaml to that day, or a later one."
)


def reviews_to_come(sourced: Sourced, today: str) -> Iterator[Finding]:
    """A warning for each review of a record that is dated after today (YYYY-MM-DD)."""
    for number, review in enumerate(sourced.record.reviewed):
        if review.on > today:
            said = texts(_REVIEW, by=review.by, on=review.on, today=today)
            result = Result("Warning", "", "", "", "", "", "", texts(_NAME), said)
            yield Finding(result, sourced.origin.place(f"reviewed[{number}].on", "reviewed"))


class LateCaptures:
    """The captures of records after the day of the data (YYYY-MM-DD), told as one finding."""

    def __init__(self, as_of: str) -> None:
        self._as_of, self._last = as_of, ""
        self._places = list[Place]()

    def note(self, sourced: Sourced) -> None:
        """Takes note of the captures of a record."""
        days = [source.captured_on for source in sourced.record.sources]
        late = [number for number, day in enumerate(days) if day > self._as_of]
        if late:
            self._last = max(self._last, *days)
            self._places.append(sourced.origin.place(f"sources[{late[0]}].captured"))

    def findings(self) -> Iterator[Finding]:
        """A warning, if there are any."""
        if self._places:
            count = str(len(self._places))
            said = texts(_CAPTURED, day=self._as_of, records=count, last=self._last)
            result = Result("Warning", "", "", "", "", "", "", texts(_LATE), said)
            yield Finding(result, self._places[0])
