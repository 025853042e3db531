"""All sums of a release, each made once."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ...model.errors import BadOutput, Place
from ...model.text import N_
from .budget_sums import ProjectSum, parted, summed
from .list_entries import Listings, read_listings
from .note_counts import Quality, read_quality
from .notes import doubts_of
from .project_facts import FACTS, ProjectFacts, read_projects


class Overview(NamedTuple):
    """The projects of a release together and by what parts them: compact IRIs of codes, years as
    texts; of states each has the projects that it benefits from, so that these overlap;
    those that lack each fact; what is to be known of its quality; and what lists tell.
    """

    all: ProjectSum
    regions: Mapping[str, ProjectSum]
    types: Mapping[str, ProjectSum]
    statuses: Mapping[str, ProjectSum]
    years: Mapping[str, ProjectSum]
    states: Mapping[str, ProjectSum]
    lacking: Mapping[str, ProjectSum]
    quality: Quality = Quality()
    listings: Listings = Listings()

    @property
    def doubted(self) -> Sequence[ProjectFacts]:
        """The projects with a value in doubt."""
        return [one for one in self.all.projects if one.doubts]

    @property
    def doubts(self) -> int:
        """How many values are in doubt."""
        return sum(len(one.doubts) for one in self.all.projects)

    def using(self, code: str) -> ProjectSum:
        """The projects that have a code, whatever else they have."""
        return summed(
            one
            for one in self.all.projects
            if code in {one.status, one.coverage, one.region, *one.types}
        )


def read_overview(tables: Path, compact: Callable[[str], str]) -> Overview:
    """The sums of a release from its tables in SQLite, or BadOutput where these cannot be read;
    `compact` gives the compact form of an IRI.
    """
    compact = cache(compact)
    try:
        with closing(sqlite3.connect(f"{tables.absolute().as_uri()}?mode=ro", uri=True)) as store:
            quality = read_quality(store, compact)
            projects = list(read_projects(store, compact, doubts_of(quality.notes)))
            return overview_of(projects)._replace(
                quality=quality, listings=read_listings(store, compact)
            )
    except sqlite3.DatabaseError as error:
        raise BadOutput(N_("cannot be read: {error}"), Place(str(tables)), error=error) from error


def overview_of(projects: Sequence[ProjectFacts]) -> Overview:
    """The sums of projects, which are in the order of their ids."""
    return Overview(
        summed(projects),
        parted(projects, lambda one: [one.region] if one.region else []),
        parted(projects, lambda one: one.types),
        parted(projects, lambda one: [one.status] if one.status else []),
        parted(projects, lambda one: [str(one.start)] if one.start else []),
        _by_state(projects),
        {name: summed(one for one in projects if not one.gives(name)) for name in FACTS},
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
