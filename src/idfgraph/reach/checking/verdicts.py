"""What checks found: as rows for people, and as JUnit XML for build servers."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Literal, NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ...model.text import N_, gettext
from ...model.visible import visible
from .checks import HttpCheck

#: How a check ended: a must that fails is a failure, a should that does is a warning; nothing is
#: asked where what it is about is not there.
Outcome = Literal["passed", "failed", "warning", "not asked"]


class Verdict(NamedTuple):
    """What was asked, what came, and what is amiss in it."""

    check: HttpCheck
    outcome: Outcome
    asked: str
    came: str
    amiss: str


#: What outcomes are called.
_OUTCOMES: Mapping[Outcome, str] = {
    "passed": N_("passed"),
    "failed": N_("failed"),
    "warning": N_("warning"),
    "not asked": N_("not asked"),
}


def rows(verdicts: Sequence[Verdict], language: str = "en") -> list[list[str]]:
    """A row for each check: outcome, in a language, name, clause, and, in the English of standards,
    what should come and what came otherwise.
    """
    return [
        [
            gettext(_OUTCOMES[one.outcome], language),
            _name(one),
            one.check.clause,
            one.check.says,
            one.amiss or one.came,
        ]
        for one in verdicts
    ]


def render_junit(verdicts: Sequence[Verdict]) -> str:
    """The verdicts as XML: a suite for each subject. A warning is the output of a case that
    passes.

    >>> render_junit([]).splitlines()[1]
    '<testsuites name="idfgraph check-http" tests="0" failures="0" />'
    """
    root = _element(None, "testsuites", {"name": "idfgraph check-http", **_numbers(verdicts)})
    for about, group in groupby(verdicts, lambda one: one.check.about):
        some = list(group)
        skipped = sum(one.outcome == "not asked" for one in some)
        numbers = {**_numbers(some), "errors": "0", "skipped": str(skipped)}
        suite = _element(root, "testsuite", {"name": about, **numbers})
        for one in some:
            _add_case(suite, one)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _add_case(suite: Element, one: Verdict) -> None:
    case = _element(suite, "testcase", {"classname": one.check.clause, "name": _name(one)})
    check = one.check
    said = _safe(
        f"asked: {one.asked}\ncame: {one.came}\nshould come: {check.says}\nsee {check.address}"
    )
    if one.outcome == "failed":
        _element(case, "failure", {"message": one.amiss, "type": check.level}).text = said
    elif one.outcome == "warning":
        text = f"warning: {visible(one.amiss)}\n{said}"
        _element(case, "system-out", {}).text = text
    elif one.outcome == "not asked":
        _element(case, "skipped", {"message": one.came})


def _name(one: Verdict) -> str:
    return f"{one.check.about}/{one.check.name}"


def _numbers(verdicts: Sequence[Verdict]) -> dict[str, str]:
    failed = sum(one.outcome == "failed" for one in verdicts)
    return {"tests": str(len(verdicts)), "failures": str(failed)}


def _element(parent: Element | None, tag: str, attributes: dict[str, str]) -> Element:
    safe = {name: visible(text) for name, text in attributes.items()}
    return Element(tag, safe) if parent is None else SubElement(parent, tag, safe)


def _safe(text: str) -> str:
    return "\n".join(map(visible, text.splitlines()))
