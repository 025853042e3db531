"""Other projects on the page of one: before and after it, for the same states, of the same type."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from ..figures import Overview, ProjectFacts, ProjectSum
from .markup import link, visible
from .page_voice import PageVoice

#: How many projects are named for the same states, and of the same type.
_NAMED = 4


class NearProjects(NamedTuple):
    """The ids of projects near one: before and after it (empty at an end), for the same states, of
    the same types.
    """

    before: str
    after: str
    states: Sequence[str]
    types: Sequence[str]


class Neighbours(NamedTuple):
    """Links to other projects: before and after in the order of ids (None at an end), those for the
    same states, those of the same types.
    """

    before: Markup | None
    after: Markup | None
    states: Sequence[Markup]
    types: Sequence[Markup]


def near(overview: Overview, project: str) -> NearProjects | None:
    """The projects near one, or None of what is none, or alone."""
    projects = overview.all.projects
    place = _place(projects, project)
    if len(projects) < 2 or place == len(projects) or projects[place].id != project:
        return None
    own = projects[place]
    states = _first(_near(overview.states, own.states, project), {project})
    types = _first(_near(overview.types, own.types, project), {project, *states})
    return NearProjects(
        projects[place - 1].id if place else "",
        projects[place + 1].id if place + 1 < len(projects) else "",
        states,
        types,
    )


def neighbours(voice: PageVoice, found: NearProjects) -> Neighbours:
    """The projects near one as its page shows them."""
    return Neighbours(
        _by_id(voice, found.before) if found.before else None,
        _by_id(voice, found.after) if found.after else None,
        [voice.resource(one) for one in found.states],
        [voice.resource(one) for one in found.types],
    )


def _near(parts: Mapping[str, ProjectSum], shared: Sequence[str], project: str) -> Iterator[str]:
    """The projects of the parts that a project is in, of each part those after it first."""
    for one in filter(parts.__contains__, shared):
        projects = parts[one].projects
        start = _place(projects, project)
        yield from (projects[n % len(projects)].id for n in range(start, start + len(projects)))


def _first(projects: Iterable[str], without: set[str]) -> Sequence[str]:
    """Some of the projects, none twice."""
    found: list[str] = []
    for one in projects:
        if len(found) == _NAMED:
            break
        if one not in without and one not in found:
            found.append(one)
    return found


def _by_id(voice: PageVoice, project: str) -> Markup:
    return link(voice.address(project), visible(project.partition(":")[2]))


def _place(projects: Sequence[ProjectFacts], project: str) -> int:
    """Where a project stands, or would, among those in the order of ids."""
    return bisect_left(projects, project, key=lambda one: one.id)
