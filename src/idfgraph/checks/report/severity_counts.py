"""How many findings there are of each severity."""

from collections.abc import Iterable

from ...model.findings import Finding, severity_name
from ...model.vocab import SEVERITIES


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings have each severity, gravest first.

    >>> counts([])
    {'Violation': 0, 'Warning': 0, 'Info': 0}
    """
    found = [finding.result.severity for finding in findings]
    return {severity: found.count(severity) for severity in SEVERITIES}


def totals(findings: Iterable[Finding], language: str) -> str:
    """How many findings of each severity, in words.

    >>> totals([], "en")
    '0 errors, 0 warnings, 0 notices'
    """
    numbers = counts(findings).items()
    return ", ".join(
        f"{number} {severity_name(severity, language, number)}" for severity, number in numbers
    )
