"""Sums that say what they leave out: budgets that are not known, and those of several states, which
are never divided.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from .project_facts import ProjectFacts

#: The part of projects that do not say what parts them, and of those that stand in several parts.
UNKNOWN, SEVERAL = "", "*"


class ProjectSum(NamedTuple):
    """Projects, in the order of ids, and what they come to in US dollars: `usd` is what is known,
    `shared` the part of it for several states, `several` how many projects that is, `unknown` how
    many publish no budget.
    """

    projects: Sequence[ProjectFacts]
    usd: Decimal
    shared: Decimal
    several: int
    unknown: int

    @property
    def alone(self) -> Decimal:
        """The part for one state, or for none that is named."""
        return self.usd - self.shared


def summed(projects: Iterable[ProjectFacts]) -> ProjectSum:
    """What projects come to.

    >>> two = [ProjectFacts("prj:A", budget=Decimal(5)), ProjectFacts("prj:B")]
    >>> summed(two).usd, summed(two).unknown
    (Decimal('5'), 1)
    """
    found = list(projects)
    shared = [one for one in found if one.is_shared]
    return ProjectSum(
        found,
        _usd(found),
        _usd(shared),
        len(shared),
        sum(one.budget is None for one in found),
    )


def parted(
    projects: Iterable[ProjectFacts], key: Callable[[ProjectFacts], Sequence[str]]
) -> Mapping[str, ProjectSum]:
    """What the projects of each part come to, the parts in order: those with no key are UNKNOWN,
    those with several are SEVERAL and in no other part, so that all parts come to the whole.

    >>> one = ProjectFacts("prj:A", types=["code:type-a", "code:type-b"])
    >>> list(parted([one, ProjectFacts("prj:B")], lambda project: project.types))
    ['', '*']
    """
    parts: dict[str, list[ProjectFacts]] = defaultdict(list)
    for project in projects:
        keys = key(project)
        parts[keys[0] if len(keys) == 1 else SEVERAL if keys else UNKNOWN].append(project)
    return {name: summed(parts[name]) for name in sorted(parts)}


def _usd(projects: Iterable[ProjectFacts]) -> Decimal:
    return sum((one.budget for one in projects if one.budget is not None), Decimal(0))
