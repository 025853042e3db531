"""Days that cannot be: of what people sign, still to come; captures after the day of the data."""

from collections.abc import Iterator

from ..model.errors import Place
from ..model.findings import Finding, Result
from ..model.text import N_, texts
from ..sources.origin import Sourced

_NAME = N_("Day to come")

#: What people sign, by the list of a record that it stands in, and how its day is told.
_SIGNED = {
    "reviewed": N_("The review by {by} is dated {on}, which is still to come. Today is {today}."),
    "accepted": N_(
        "The acceptance by {by} is dated {on}, which is still to come. Today is {today}."
    ),
    "decisions": N_(
        "The decision by {by} is dated {on}, which is still to come. Today is {today}."
    ),
}
_LATE = N_("Captured after the day of the data")
_CAPTURED = N_(
    "The data are as of {day}, and pages of these records were captured later: {records}; the last "
    "on {last}. Set asOf in dataset.yaml to that day, or a later one."
)


def signed_to_come(sourced: Sourced, today: str) -> Iterator[Finding]:
    """A warning for each thing that is signed for a record with a day after today (YYYY-MM-DD)."""
    for name, message in _SIGNED.items():
        for number, one in enumerate(getattr(sourced.record, name)):
            if one.on > today:
                said = texts(message, by=one.by, on=one.on, today=today)
                result = Result("Warning", "", "", "", "", "", "", texts(_NAME), said)
                yield Finding(result, sourced.origin.place(f"{name}[{number}].on", name))


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
