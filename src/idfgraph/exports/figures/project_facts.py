"""What a release knows of each project, as far as it is counted."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from .notes import Noted

#: What is counted of each project, in the order of ids.
_PROJECTS = """SELECT iri, status_iri, coverage_iri, region_iri, budget, currency, start_year,
    end_year, allocation_year, prima_id FROM projects ORDER BY iri"""

#: What a project may have several of: its types, and the states that benefit in any way.
_TYPES = "SELECT project_iri, type_iri FROM project_types ORDER BY 1, 2"
_STATES = "SELECT DISTINCT project_iri, state_iri FROM project_states ORDER BY 1, 2"

#: The facts that a project may lack.
FACTS = (
    *("budget", "status", "coverage", "region", "types", "states"),
    *("start", "end", "allocation", "prima"),
)


class ProjectFacts(NamedTuple):
    """A project by its compact IRI, its codes and states as compact IRIs (empty: not published),
    its budget in US dollars, its years, and the doubts of its values.
    """

    id: str
    status: str = ""
    coverage: str = ""
    region: str = ""
    types: Sequence[str] = ()
    states: Sequence[str] = ()
    budget: Decimal | None = None
    start: int | None = None
    end: int | None = None
    allocation: int | None = None
    prima: str = ""
    doubts: Sequence[Noted] = ()

    def gives(self, fact: str) -> bool:
        """Whether a fact is published; that a budget is nothing is one.

        >>> free = ProjectFacts("prj:A", budget=Decimal(0))
        >>> free.gives("budget"), free.gives("end")
        (True, False)
        """
        value = getattr(self, fact)
        return bool(value) or value == 0

    @property
    def is_shared(self) -> bool:
        """Whether several states benefit."""
        return len(self.states) > 1


def read_projects(
    tables: sqlite3.Connection,
    compact: Callable[[str], str],
    doubts: Mapping[str, Sequence[Noted]],
) -> Iterator[ProjectFacts]:
    """The projects of a release's tables, in the order of their ids, each with its doubts;
    `compact` gives the compact form of an IRI.
    """
    types, states = _several(tables, _TYPES), _several(tables, _STATES)
    for row in tables.execute(_PROJECTS):
        iri, status, coverage, region, budget, currency, start, end, allocation, prima = row
        yield ProjectFacts(
            id=(id_ := compact(iri)),
            status=compact(status or ""),
            coverage=compact(coverage or ""),
            region=compact(region or ""),
            types=[compact(one) for one in types.get(iri, ())],
            states=[compact(one) for one in states.get(iri, ())],
            budget=Decimal(str(budget)) if budget is not None and currency == "USD" else None,
            start=start,
            end=end,
            allocation=allocation,
            prima=prima or "",
            doubts=doubts.get(id_, ()),
        )


def _several(tables: sqlite3.Connection, query: str) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for project, value in tables.execute(query):
        found[project].append(value)
    return found
