"""Doubts that a person has seen: their notes become information; they come back when the words
that they were about change.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from ...model.judgements import Acceptance, in_list
from ...model.names import folded
from ...model.nodes import LiteralValue, Term
from .case import Case
from .decisions import printed, shown_apart
from .issues import Issue
from .readings import Reading, whole_of

#: What stands between texts that one note tells apart.
_BETWEEN = " / "

_PREFIX = re.compile("(st|ag|code):([a-z]+-)?")


def with_seen(case: Case, issues: Iterable[Issue]) -> Iterator[Issue]:
    """The issues of a record, those that a person has seen as information that says so; and those
    of acceptances that no longer fit.
    """
    found = list(issues)
    fitting: set[int] = set()
    for issue in found:
        seen = {n: one for n, one in enumerate(case.record.accepted) if _fits(one, issue, case)}
        fitting.update(seen)
        yield issue._replace(severity="Info", seen=tuple(seen.values())) if seen else issue
    for number, one in enumerate(case.record.accepted):
        if number not in fitting:
            yield _idle(one, [issue for issue in found if _is_alike(one, issue)])


def in_doubt(issue: Issue) -> tuple[str, ...]:
    """The words or values that an issue doubts, each once: those that an acceptance of it has."""
    return tuple(dict.fromkeys(word for word in _doubted(issue) if word))


def _idle(one: Acceptance, alike: Sequence[Issue]) -> Issue:
    """The issue of an acceptance that fits no doubt: that there is none, or that it is about other
    words.
    """
    if not alike:
        return Issue("acceptance-not-needed", one.property, words=(one.by, one.on))
    then = _BETWEEN.join(in_list(one.words)) or "–"
    now = _BETWEEN.join(dict.fromkeys(word for issue in alike for word in _doubted(issue)))
    then, now = shown_apart(then, now or "–")
    return Issue("acceptance-overtaken", one.property, words=(one.by, then, one.on, now))


def _fits(one: Acceptance, issue: Issue, case: Case) -> bool:
    """Whether a person has seen this doubt: its words are all of those that are doubted, as values
    or as printed, and none that nothing has now.
    """
    if not _is_alike(one, issue):
        return False
    words = set(map(folded, in_list(one.words)))
    doubted = _doubted(issue)
    printings = {word: _printed(case, issue, word) for word in doubted}
    known = {folded(_slug(word)) for word in issue.words} | _all_printed(case, issue)
    known |= {folded(word) for word in doubted} | set().union(*printings.values())
    if not words <= known or bool(words) != bool(doubted):
        return False
    each = all(words & {folded(word), *printings[word]} for word in doubted)
    return each or (not issue.values and words == _all_printed(case, issue))


def _is_alike(one: Acceptance, issue: Issue) -> bool:
    """Whether an acceptance is of this kind of doubt on this property."""
    same = whole_of(one.property) == whole_of(issue.property)
    return same and one.issue == issue.code


def _doubted(issue: Issue) -> list[str]:
    """What an issue doubts: its values, or else the first of its words, which may be several."""
    if issue.values:
        return [_slug(value) for value in issue.values]
    return [_slug(word) for word in issue.words[:1] for word in word.split(_BETWEEN)]


def _printed(case: Case, issue: Issue, word: str) -> set[str]:
    """The words in which pages print a value that is doubted."""
    return {
        folded(evidence.text)
        for reading in _about(case, issue)
        for evidence in reading.evidence
        if evidence.value and _slug(evidence.value) == word
    }


def _all_printed(case: Case, issue: Issue) -> set[str]:
    """All words in which pages print the property of an issue; of an amount, the amount."""
    return {
        folded(words)
        for reading in _about(case, issue)
        if reading.property != "budget.currency" and (words := printed(reading))
    }


def _about(case: Case, issue: Issue) -> Iterator[Reading]:
    name = whole_of(issue.property)
    return (reading for reading in case.readings if whole_of(reading.property) == name)


def _slug(word: Term) -> str:
    """A value without what its compact IRI begins with.

    >>> _slug("st:ALB"), _slug("code:coverage-national"), _slug("2024")
    ('ALB', 'national', '2024')
    """
    text = word.value if isinstance(word, LiteralValue) else word
    return _PREFIX.sub("", text, count=1)
