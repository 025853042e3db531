"""What matters most: what each reason to look at a record weighs, and findings in that order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from ..model.findings import Finding, Result, record_id

#: What each reason to look at a record weighs; a record weighs what its reasons do together.
WEIGHTS: Mapping[str, int] = {
    "violation": 100,
    "contradiction": 20,
    "lapsed": 10,
    "unreviewed": 5,
    "warning": 3,
    "vanished": 2,
    "suggested": 1,
    "unused": 1,
    "info": 0,
}

#: Issue of a note -> the kind of the reason that it is, where its severity is not.
_BY_NOTE: Mapping[str, str] = {"contradiction": "contradiction", "suggested-value": "suggested"}

#: The issues that are information only once a person has seen them.
_SEEN = frozenset({"contradiction"})


def kind_of(result: Result) -> str:
    """The kind of the reason to look at a record that a result is: a key of WEIGHTS.

    >>> kind_of(Result("Warning", "", "x:a#note-contradiction-title", "", "", "", "", {}, {}))
    'contradiction'
    """
    for issue, kind in _BY_NOTE.items():
        is_seen = result.severity == "Info" and issue in _SEEN
        if f"#note-{issue}-" in result.focus and not is_seen:
            return kind
    return result.severity.casefold()


def by_weight(findings: Iterable[Finding]) -> list[Finding]:
    """The findings of what weighs most first: of each record together, its gravest first; what is
    about no record weighs what the gravest of its file does.

    >>> by_weight([])
    []
    """
    found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for one in findings:
        id_ = record_id(one)
        found[id_, "" if id_ else one.place.file].append(one)
    weighed = ((_together(key[0], some), key, some) for key, some in found.items())
    ordered = sorted(weighed, key=lambda item: (-item[0], item[1]))
    return [one for _, _, some in ordered for one in sorted(some, key=_rank)]


def _together(record: str, findings: Iterable[Finding]) -> int:
    weights = [WEIGHTS[kind_of(one.result)] for one in findings]
    return sum(weights) if record else max(weights)


def _rank(finding: Finding) -> tuple[object, ...]:
    return -WEIGHTS[kind_of(finding.result)], finding.place, finding.result.rule
