"""Findings as JUnit XML, for build servers: a suite for each file, a case for each record and
rule.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ...model.findings import Finding, by_place, severity_name, value_text
from ...model.text import gettext
from ...model.visible import visible

#: Severities that fail a case; the others are properties and output of a case that passes.
FAILING = "Violation"

#: File, record and rule.
_Key = tuple[str, str, str]


def render(findings: Sequence[Finding], language: str) -> str:
    """The findings as XML in UTF-8, messages in a language; a violation is a failure, a warning or
    remark is not.

    >>> print(render([], "en").splitlines()[1])
    <testsuites name="idfgraph" tests="0" failures="0" />
    """
    cases = _cases(findings)
    root = _element(None, "testsuites", {"name": "idfgraph", **_numbers(cases.values())})
    for file, keys in groupby(cases, key=lambda key: key[0]):
        suite = {key: cases[key] for key in keys}
        numbers = {**_numbers(suite.values()), "errors": "0", "skipped": "0"}
        element = _element(root, "testsuite", {"name": file or "-", **numbers})
        for key, some in suite.items():
            _add_case(element, key, some, language)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _cases(findings: Sequence[Finding]) -> dict[_Key, list[Finding]]:
    """The findings of each file, record and rule, files in order."""
    cases: dict[_Key, list[Finding]] = {}
    for found in by_place(findings):
        record = found.result.focus.partition("#")[0]
        cases.setdefault((found.place.file, record, found.result.rule), []).append(found)
    return cases


def _numbers(cases: Collection[Sequence[Finding]]) -> dict[str, str]:
    failures = sum(any(found.result.severity == FAILING for found in case) for case in cases)
    return {"tests": str(len(cases)), "failures": str(failures)}


def _add_case(suite: Element, key: _Key, findings: Sequence[Finding], language: str) -> None:
    file, record, rule = key
    line = findings[0].place.line
    names = {"classname": record.rpartition("/")[2] or file or "-", "name": rule}
    names |= {"file": file} if file else {}
    names |= {"line": str(line)} if file and line else {}
    case = _element(suite, "testcase", names)
    remarks = [found for found in findings if found.result.severity != FAILING]
    if remarks:
        properties = _element(case, "properties", {})
        for found in remarks:
            severity = found.result.severity.lower()
            _element(properties, "property", {"name": severity, "value": _line(found, language)})
    for found in findings:
        if found.result.severity == FAILING:
            names = {"type": FAILING.lower(), "message": found.result.message(language)}
            _element(case, "failure", names).text = _line(found, language)
    if remarks:
        lines = (_line(found, language) for found in remarks)
        _element(case, "system-out", {}).text = "\n".join(lines)


def _line(found: Finding, language: str) -> str:
    """A finding in a line: place, severity, message and value."""
    result = found.result
    place = found.place
    parts = [str(place._replace(field="")) if place.file else result.focus, place.field]
    parts += [severity_name(result.severity, language), result.message(language)]
    line = ": ".join(filter(None, parts))
    if value := value_text(result):
        line += " (" + gettext("value: {value}", language, value=value) + ")"
    return visible(line)


def _element(parent: Element | None, name: str, attributes: Mapping[str, str]) -> Element:
    """An element in its parent, hidden characters of its attributes written out."""
    shown = {key: visible(text) for key, text in attributes.items()}
    return Element(name, shown) if parent is None else SubElement(parent, name, shown)
