"""The lists behind the numbers of a release: projects that share something, or lack it, each list
with an address of its own.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ...model.text import N_
from ..figures import SEVERAL, UNKNOWN, Overview, ProjectSum, summed

#: Values that a project can lack, by the key of the property, in the order in which pages tell of
#: them.
GAPS: Mapping[str, str] = {
    "budget": "budget",
    "status": "status",
    "fundRegion": "region",
    "beneficiary": "states",
    "projectType": "types",
    "coverage": "coverage",
    "startYear": "start",
    "endYear": "end",
    "allocationYear": "allocation",
    "primaId": "prima",
}


#: How many projects a page shows with what is known of them.
ROWS = 100


class Selection(NamedTuple):
    """Projects under an address: the name of its list, its heading with a {place} for what they
    share, what fills that place (a year, the key of a property, a resource), and the projects.
    """

    name: str
    heading: str
    about: str
    sum: ProjectSum


def missing(key: str) -> str:
    """The name of the list of projects that lack a value.

    >>> missing("startYear")
    'without-start-year'
    """
    return "without-" + "".join(f"-{one.lower()}" if one.isupper() else one for one in key)


def starting(year: str) -> str:
    """The name of the list of projects that start in a year."""
    return f"start-{year}"


#: Names of the lists of projects with several types, for several states, and in doubt.
SEVERAL_TYPES, SHARED, DOUBTED = "several-types", "several-states", "in-doubt"


def projects_of(overview: Overview, resource: str) -> ProjectSum | None:
    """The projects of a code or a state, or None where no project has it."""
    for parts in (overview.states, overview.regions, overview.types, overview.statuses):
        if resource in parts:
            return parts[resource]
    return None


def listed_apart(resource: str) -> str:
    """The name of the list of a code's or a state's projects, where its own page has no room.

    >>> listed_apart("code:region-africa")
    'of-region-africa'
    """
    return f"of-{resource.partition(':')[2]}"


def printed_as(code: str) -> str:
    """The name of the list of projects whose pages print a word that no list has.

    >>> printed_as("code:type-provisional-other")
    'word-type-provisional-other'
    """
    return f"word-{code.partition(':')[2]}"


def selections(overview: Overview) -> Iterator[Selection]:
    """The lists behind all numbers of an overview but zero; those of codes and states where their
    own pages have no room for them.
    """
    projects = overview.all.projects
    for parts in (overview.states, overview.regions, overview.types, overview.statuses):
        for resource, part in parts.items():
            if resource not in {UNKNOWN, SEVERAL} and len(part.projects) > ROWS:
                yield Selection(listed_apart(resource), N_("Projects: {about}"), resource, part)
    for code in overview.quality.provisional:
        if (using := overview.using(code)).projects:
            yield Selection(printed_as(code), N_("Projects: {about}"), code, using)
    for key, name in GAPS.items():
        lacking = overview.lacking[name]
        if lacking.projects:
            yield Selection(missing(key), N_("Projects without: {about}"), key, lacking)
    for year, part in overview.years.items():
        if year not in {UNKNOWN, SEVERAL}:
            yield Selection(starting(year), N_("Projects that start in {about}"), year, part)
    if SEVERAL in overview.types:
        several = overview.types[SEVERAL]
        yield Selection(SEVERAL_TYPES, N_("Projects of several types"), "", several)
    if overview.all.several:
        shared = summed(one for one in projects if one.is_shared)
        yield Selection(SHARED, N_("Projects for several states"), "", shared)
    doubted = summed(overview.doubted)
    yield Selection(DOUBTED, N_("Projects with a value in doubt"), "", doubted)
