"""Reports count their results."""

import pytest

from idfgraph.model.findings import Report, Result
from idfgraph.model.vocab import SEVERITIES


def report(*severities: str) -> Report:
    """A report with results of these severities."""
    return Report(
        tuple(Result(severity, "", "", "", "", "", "", {}, {}) for severity in severities)
    )


def test_results_are_counted_by_severity() -> None:
    found = report("Warning", "Violation", "Warning")
    assert [found.count(severity) for severity in SEVERITIES] == [1, 2, 0]


@pytest.mark.parametrize(
    ("severities", "conforms"),
    [((), True), (("Warning", "Info"), True), (("Info", "Violation"), False)],
)
def test_only_violations_keep_a_report_from_conforming(
    severities: tuple[str, ...], conforms: bool
) -> None:
    assert report(*severities).conforms is conforms
