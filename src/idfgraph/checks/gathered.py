"""Findings as they are gathered: each once, in the order of a report, on disk if they are many."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import overload

from ..model.errors import Place
from ..model.findings import Finding, Result, rank
from ..system.cupboard import Cupboard

#: How many findings are told as a tuple: more stay on disk.
_FEW = 1_000


class Gathered:
    """Findings, each once: those of one result and place lie together, in the order in which they
    were found.
    """

    def __init__(self) -> None:
        self._found = Cupboard[tuple[Finding, ...]]()
        self._number = 0

    def take(self, findings: Iterable[Finding]) -> None:
        """Takes findings; what is known is left."""
        for finding in findings:
            key = _key(finding.result, finding.place)
            known = self._found.get(key, ())
            if all(one.also != finding.also for one in known):
                self._found[key] = (*known, finding)
                self._number += 1

    def told(self) -> "Sequence[Finding]":
        """All of them, in the order of a report."""
        many = ManyFindings(self._found, self._number)
        return many if self._number > _FEW else tuple(many)


class ManyFindings(Sequence[Finding]):
    """Findings in the order of a report, read from disk whenever they are asked for."""

    def __init__(self, found: Cupboard[tuple[Finding, ...]], number: int) -> None:
        self._found, self._number = found, number

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[Finding]:
        return (finding for findings in self._found.in_order() for finding in findings)

    @overload
    def __getitem__(self, index: int) -> Finding: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Finding]: ...

    def __getitem__(self, index: int | slice) -> Finding | Sequence[Finding]:
        if isinstance(index, slice):
            return tuple(self)[index]
        number = range(self._number)[index]
        return next(islice(self, number, None))


class ManyResults(Sequence[Result]):
    """The results of findings, in their order."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._findings = findings

    def __len__(self) -> int:
        return len(self._findings)

    def __iter__(self) -> Iterator[Result]:
        return (finding.result for finding in self._findings)

    @overload
    def __getitem__(self, index: int) -> Result: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Result]: ...

    def __getitem__(self, index: int | slice) -> Result | Sequence[Result]:
        if isinstance(index, slice):
            return [finding.result for finding in self._findings[index]]
        return self._findings[index].result


def results_of(findings: Sequence[Finding]) -> Sequence[Result]:
    """The results of findings, which stay where these are.

    >>> results_of(())
    ()
    """
    if isinstance(findings, ManyFindings):
        return ManyResults(findings)
    return tuple(finding.result for finding in findings)


def _key(result: Result, place: Place) -> str:
    """What places a finding in a report, as a text that comes as early in its order."""
    severity, *names = rank(result)
    parts = (str(severity), *names, *(_part(one) for one in place))
    return "\0".join(parts)


def _part(one: str | int) -> str:
    return f"{one:010}" if isinstance(one, int) else one
