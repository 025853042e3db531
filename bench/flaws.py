"""Flaws for made-up records: ten kinds, each of which breaks rules that no made-up record breaks
otherwise.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from idfgraph.curation.extract import reviewed_form
from idfgraph.graph.setting import Setting
from idfgraph.model.records import Capture, Project

#: One record in so many has a flaw.
EVERY = 200

#: Captures of a page to those of a flawed page.
Change = Callable[[Sequence[Capture]], Sequence[Capture]]


class Kind(NamedTuple):
    """A kind of flaw: what is done to the captures, the rules that it breaks, what the record
    states all the same.
    """

    change: Change
    rules: tuple[str, ...]
    stated: Mapping[str, str] = {}


def _without(property_: str) -> Change:
    return lambda captures: [
        capture for capture in captures if capture.property.partition(".")[0] != property_
    ]


def _printed(property_: str, text: str) -> Change:
    """The page prints another text; it is added where the property is missing."""

    def change(captures: Sequence[Capture]) -> Sequence[Capture]:
        others = [capture for capture in captures if capture.property != property_]
        return [
            *others,
            Capture(property=property_, text=text, label="Autre", label_language="fr", span=(1, 2)),
        ]

    return change


#: The rules are named as reports name them; an empty field is one that the page does not print.
KINDS: Mapping[str, Kind] = {
    "no title": Kind(_without("title"), ("project/title-present",)),
    "no coverage": Kind(_without("coverage"), ("project/coverage-present",)),
    "no region": Kind(_without("fundRegion"), ("project/region-present",)),
    "no budget": Kind(_without("budget"), ("project/budget-present",)),
    "no status": Kind(_without("status"), ("project/status-present",)),
    "unknown state": Kind(
        _printed("beneficiary", "Atlantide"),
        ("note/unresolved-name", "project/beneficiary-present"),
    ),
    "malformed PRIMA ID": Kind(_printed("primaId", "AL-10-0019"), ("project/prima-id",)),
    "starts after its end": Kind(_printed("startYear", "2029"), ("intervention/years-in-order",)),
    "budget of nothing": Kind(
        _printed("budget.value", "0.00"), ("note/unreadable-value", "project/budget-present")
    ),
    "states another status": Kind(list, ("note/unsupported-value",), {"status": "pipeline"}),
}


def flawed(setting: Setting, project: Project, kind: Kind) -> Project:
    """The project with a flaw of some kind, as `idfgraph extract` would write it."""
    (source,) = project.sources
    source = msgspec.structs.replace(source, values=tuple(kind.change(source.values)))
    changed = reviewed_form(setting, Project(id=project.id, sources=(source,)))
    assert isinstance(changed, Project) and changed.values
    stated = msgspec.structs.replace(changed.values, **kind.stated)
    return msgspec.structs.replace(changed, values=stated)
