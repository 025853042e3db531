"""All sums of a release, each made once."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from .project_facts import ProjectFacts, read_projects
from .sums import ProjectSum, parted, summed


class Overview(NamedTuple):
    """The projects of a release together and by what parts them: compact IRIs of codes, years as
    texts; of states each has the projects that it benefits from, so that these overlap.
    """

    all: ProjectSum
    regions: Mapping[str, ProjectSum]
    types: Mapping[str, ProjectSum]
    statuses: Mapping[str, ProjectSum]
    years: Mapping[str, ProjectSum]
    states: Mapping[str, ProjectSum]

    @property
    def doubted(self) -> Sequence[ProjectFacts]:
        """The projects with a value in doubt."""
        return [one for one in self.all.projects if one.doubts]

    @property
    def doubts(self) -> int:
        """How many values are in doubt."""
        return sum(one.doubts for one in self.all.projects)


def read_overview(tables: Path, prefixes: Mapping[str, str]) -> Overview:
    """The sums of a release from its tables in SQLite; `prefixes` make IRIs compact."""
    with closing(sqlite3.connect(f"{tables.absolute().as_uri()}?mode=ro", uri=True)) as store:
        return overview_of(list(read_projects(store, prefixes)))


def overview_of(projects: Sequence[ProjectFacts]) -> Overview:
    """The sums of projects, which are in the order of their ids."""
    return Overview(
        summed(projects),
        parted(projects, lambda one: [one.region] if one.region else []),
        parted(projects, lambda one: one.types),
        parted(projects, lambda one: [one.status] if one.status else []),
        parted(projects, lambda one: [str(one.start)] if one.start else []),
        _by_state(projects),
    )


def _by_state(projects: Sequence[ProjectFacts]) -> Mapping[str, ProjectSum]:
    """What each state's projects come to; one for several states is in each, and never divided."""
    found: dict[str, list[ProjectFacts]] = defaultdict(list)
    for project in projects:
        for state in project.states:
            found[state].append(project)
    return {state: summed(found[state]) for state in sorted(found)}


#: A release without projects.
NONE = overview_of([])
