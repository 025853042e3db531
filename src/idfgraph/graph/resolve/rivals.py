"""Readings that compete for one value, and the one that is chosen: those of labelled pages come
before those of unlabelled ones; where they still differ, none is (design: 5).

Values are compared by what they mean: codes and states whatever the page's language, amounts by
their number, texts of one language but for white space.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from ...model.fields import VALUES
from .case import Case
from .decisions import same
from .readings import Reading

#: Properties that readings of one page fill with one value for each language.
_TAGGED = frozenset(field.name for field in VALUES if field.kind == "texts")

#: What readings say that no capture contests: ids, fields that are not known, and states named in a
#: narrative.
_UNRIVALLED = frozenset({"projectId", "unknown", "mentionsState"})


class Rivals:
    """The readings of one property (of texts, in one language) that could be accepted."""

    def __init__(self, readings: tuple[Reading, ...]) -> None:
        self.readings = readings

    @cached_property
    def agree(self) -> bool:
        """Whether all of them mean one value."""
        return _agree(self.readings)

    @cached_property
    def chosen(self) -> Reading | None:
        """The one reading that the others agree with, those of labelled pages first; None if they
        differ.
        """
        best = tuple(filter(_is_labelled, self.readings)) or self.readings
        return best[0] if _agree(best) else None

    @property
    def is_ruled(self) -> bool:
        """Whether they differ, and a rule chooses all the same."""
        return not self.agree and self.chosen is not None


def rivals_of(case: Case) -> Mapping[str, Rivals]:
    """The readings that compete for one value, by property (of texts, with the language)."""
    groups: dict[str, list[Reading]] = defaultdict(list)
    for reading in case.readings:
        if reading.value and reading.property not in _UNRIVALLED and case.counts(reading):
            groups[name_of(reading)].append(reading)
    return {name: Rivals(_listed(group)) for name, group in groups.items()}


def _listed(group: list[Reading]) -> tuple[Reading, ...]:
    """The readings whose words a list has, where there are any; else all."""
    known = [
        reading
        for reading in group
        if all(issue.code != "unknown-code" for issue in reading.issues)
    ]
    return tuple(known or group)


def name_of(reading: Reading) -> str:
    """What a reading competes under: its property, of texts with the language.

    Amounts, partners and results compete part by part (`budget.value`).
    """
    if reading.property in _TAGGED and isinstance(reading.value, dict):
        return f"{reading.property}@{'-'.join(reading.value)}"
    return reading.property


def _agree(group: tuple[Reading, ...]) -> bool:
    return all(same(reading.property, reading.value, group[0].value) for reading in group[1:])


def _is_labelled(reading: Reading) -> bool:
    """Whether a value has a label; for texts, which have none anywhere, whether their page has
    labels.
    """
    on_page = reading.property in _TAGGED and any(
        capture.label for capture in reading.source.values
    )
    return reading.labelled or on_page
