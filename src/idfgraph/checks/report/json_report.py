"""Findings as JSON: all that is known, one finding a line; the schema is `findings.schema.json`
beside this file.
"""

import json
from collections.abc import Mapping, Sequence

from ...model.errors import Place
from ...model.findings import Finding, fingerprint
from ...model.visible import whole
from .severity_counts import counts

#: The version of the form; it changes when a reader of the old form would misread the new one.
FORMAT = 1


def render(findings: Sequence[Finding], _language: str = "en") -> str:
    """The findings as a JSON document, with the messages in every language.

    >>> json.loads(render([]))["summary"]
    {'violation': 0, 'warning': 0, 'info': 0}
    """
    summary = json.dumps(
        {severity.lower(): number for severity, number in counts(findings).items()}
    )
    lines = ",\n".join(
        json.dumps(finding_form(finding), ensure_ascii=False) for finding in findings
    )
    body = f"[\n{whole(lines)}\n]" if lines else "[]"
    return f'{{"format": {FORMAT}, "summary": {summary}, "findings": {body}}}\n'


def finding_form(finding: Finding) -> Mapping[str, object]:
    """All that is known of a finding, under the keys of the form."""
    result = finding.result
    return {
        "severity": result.severity.lower(),
        "rule": result.rule,
        "shape": result.shape,
        "names": dict(sorted(result.names.items())),
        "messages": dict(sorted(result.messages.items())),
        "focus": result.focus,
        "path": result.path,
        "value": result.value,
        "component": result.component,
        "about": result.about,
        "place": place_form(finding.place),
        "also": [place_form(place) for place in finding.also],
        "fingerprint": fingerprint(finding),
    }


def place_form(place: Place) -> Mapping[str, object]:
    """What is known of a place, under the keys of the form.

    >>> place_form(Place("a.yaml", 3, 0, "id"))
    {'file': 'a.yaml', 'field': 'id', 'line': 3}
    """
    form = {
        "file": place.file,
        "field": place.field,
        "line": place.line,
        "column": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {key: value for key, value in form.items() if value}
