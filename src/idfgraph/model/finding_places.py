"""Where findings are: their order in files, and their place in words."""

from collections.abc import Iterable

from .findings import Finding


def by_place(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by file, line and column, those without a file last, otherwise in their order.

    >>> by_place([])
    []
    """
    return sorted(
        findings, key=lambda found: (not found.place.file, found.place.file, *found.place[1:3])
    )


def where(finding: Finding) -> str:
    """The place of a finding, or where that has no file, its focus node and field.

    >>> from .errors import Place
    >>> from .findings import Result
    >>> result = Result("Info", "x:s", "x:a", "", "", "", "", {}, {})
    >>> where(Finding(result, Place("a.yaml", 3))), where(Finding(result, Place(field="id")))
    ('a.yaml:3', 'x:a: id')
    """
    place = finding.place
    return (
        str(place)
        if place.file
        else ": ".join(part for part in (finding.result.focus, place.field) if part)
    )
