"""Findings as JUnit XML, for build servers: a suite for each file, a case for each record and
rule.
"""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby

from ...model.findings import Finding, by_place, severity_name, value_text, where
from ...model.visible import visible
from .words import phrase

#: Severities that fail a case; the others are properties and output of a case that passes.
FAILING = "Violation"


def render(findings: Sequence[Finding], language: str) -> str:
    """The findings as XML in UTF-8, messages in a language; a violation is a failure, a warning or
    remark is not.

    >>> print(render([], "en").splitlines()[1])
    <testsuites name="idfgraph" tests="0" failures="0">
    """
    cases = _cases(findings)
    suites = [
        _suite(file, list(group), cases, language)
        for file, group in groupby(cases, key=lambda case: case[0])
    ]
    head = _tag("testsuites", {"name": "idfgraph", **_numbers(list(cases.values()))})
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>", ""])


#: File, record and rule.
_Key = tuple[str, str, str]


def _cases(findings: Sequence[Finding]) -> dict[_Key, list[Finding]]:
    """The findings of each file, record and rule, files in order."""
    cases: dict[_Key, list[Finding]] = {}
    for found in by_place(findings):
        record = found.result.focus.partition("#")[0]
        cases.setdefault((found.place.file, record, found.result.rule), []).append(found)
    return cases


def _numbers(cases: Sequence[Sequence[Finding]]) -> dict[str, str]:
    failures = sum(any(found.result.severity == FAILING for found in case) for case in cases)
    return {"tests": str(len(cases)), "failures": str(failures)}


def _suite(
    file: str, keys: Sequence[_Key], cases: Mapping[_Key, Sequence[Finding]], language: str
) -> str:
    found = [cases[key] for key in keys]
    head = _tag(
        "testsuite", {"name": file or "-", **_numbers(found), "errors": "0", "skipped": "0"}
    )
    body = [_case(key, case, language) for key, case in zip(keys, found, strict=True)]
    return "\n".join([f"  {head}", *body, "  </testsuite>"])


def _case(key: _Key, findings: Sequence[Finding], language: str) -> str:
    file, record, rule = key
    line = findings[0].place.line
    names = {"classname": record.rpartition("/")[2] or file or "-", "name": rule}
    names |= {"file": file} if file else {}
    names |= {"line": str(line)} if file and line else {}
    remarks = [found for found in findings if found.result.severity != FAILING]
    properties = [
        _tag(
            "property",
            {"name": found.result.severity.lower(), "value": _line(found, language)},
            "/",
        )
        for found in remarks
    ]
    inner = [f"      <properties>{''.join(properties)}</properties>"] if properties else []
    inner += [_failure(found, language) for found in findings if found.result.severity == FAILING]
    if remarks:
        inner.append(
            f"      <system-out>{_xml(chr(10).join(_line(found, language) for found in remarks))}</system-out>"
        )
    return "\n".join([f"    {_tag('testcase', names)}", *inner, "    </testcase>"])


def _failure(found: Finding, language: str) -> str:
    names = {"type": found.result.severity.lower(), "message": found.result.message(language)}
    return f"      {_tag('failure', names)}{_xml(_line(found, language))}</failure>"


def _line(found: Finding, language: str) -> str:
    """A finding in a line: place, severity, message and value."""
    result = found.result
    place = f"{named}: " if (named := where(found)) else ""
    said = value_text(result)
    value = f" ({phrase('value', language)}: {said})" if said else ""
    return visible(
        f"{place}{severity_name(result.severity, language)}: {result.message(language)}{value}"
    )


def _tag(name: str, attributes: Mapping[str, str], end: str = "") -> str:
    given = "".join(f' {key}="{_xml(visible(text))}"' for key, text in attributes.items())
    return f"<{name}{given}{end}>"


def _xml(text: str) -> str:
    return escape(text)
