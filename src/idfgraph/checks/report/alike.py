"""Findings that say the same of many places, told together."""

from collections import Counter
from collections.abc import Sequence

from ...model.findings import Finding, skeleton
from ...model.vocab import SEVERITIES

#: From how many findings on those that are alike are told together.
MANY = 20

#: How many messages of one rule are told apart, though only words of the data differ in them.
_MESSAGES = 5

#: The rule of what cannot be read, whatever the cause.
_UNREADABLE = "input"

_Key = tuple[str, str, str]


def together(findings: Sequence[Finding]) -> list[tuple[Finding, ...]]:
    """The findings, in their order; where there are many, those of a kind stand with the first, and
    the gravest kinds before others.

    Of a kind are those of a rule that say the same; all of a rule that says much; of what cannot be
    read, those whose messages differ by numbers and words of the data alone.

    >>> together([])
    []
    """
    if len(findings) <= MANY:
        return [(found,) for found in findings]
    said = {_said(found) for found in findings}
    messages = Counter((severity, rule) for severity, rule, _ in said)
    kinds: dict[_Key, list[Finding]] = {}
    for found in findings:
        severity, rule, message = _said(found)
        if messages[severity, rule] > _MESSAGES:
            message = skeleton(message) if rule == _UNREADABLE else ""
        kinds.setdefault((severity, rule, message), []).append(found)
    ranked = sorted(kinds, key=lambda kind: SEVERITIES.index(kind[0]))
    return [tuple(kinds[kind]) for kind in ranked]


def _said(found: Finding) -> _Key:
    result = found.result
    return result.severity, result.rule, result.message("en")
