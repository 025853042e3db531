"""Findings as a SARIF 2.1.0 log (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), for editors and
code scanning.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from importlib.metadata import version as installed

from ...model.errors import Place
from ...model.findings import Finding, Result, fingerprint
from ...model.visible import visible, whole
from ...model.vocab import SARIF_SCHEMA
from .uris import file_uri, web_address

_LEVELS = {"Violation": "error", "Warning": "warning", "Info": "note"}


def render(findings: Sequence[Finding], language: str, *, version: str = "") -> str:
    """The findings as one run, messages in a language; `version` is ours, by default the installed
    one.

    >>> json.loads(render([], "en"))["runs"][0]["results"]
    []
    """
    named = sorted(
        {
            file_uri(place.file)
            for found in findings
            for place in (found.place, *found.also)
            if place.file
        }
    )
    files = {uri: index for index, uri in enumerate(named)}
    results: dict[str, list[Result]] = defaultdict(list)
    for found in findings:
        results[found.result.rule].append(found.result)
    rules = sorted(results)
    driver = {
        "name": "idfgraph",
        "version": version or installed("idfgraph"),
        "rules": [_rule(results[name], language) for name in rules],
    }
    run = {
        "tool": {"driver": driver},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": uri}} for uri in named],
        "results": [_result(found, language, rules, files) for found in findings],
    }
    log = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return whole(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _rule(results: Sequence[Result], language: str) -> Mapping[str, object]:
    """A rule; its full description is its message, where all of its results have one."""
    first = results[0]
    title = first.names.get(language) or first.names.get("en") or first.rule
    messages = {result.message(language) for result in results}
    rule = {
        "id": first.rule,
        "name": first.rule.rpartition("/")[2],
        "shortDescription": {"text": _text(title)},
        "fullDescription": {"text": _text(messages.pop() if len(messages) == 1 else title)},
        "defaultConfiguration": {"level": _LEVELS.get(first.severity)},
    }
    return {**rule, "helpUri": first.shape} if web_address(first.shape) else rule


def _result(
    found: Finding, language: str, rules: Sequence[str], files: Mapping[str, int]
) -> Mapping[str, object]:
    result = found.result
    more = {
        "focus": result.focus,
        "path": result.path,
        "value": result.value,
        "component": result.component,
    }
    more |= {"about": result.about, "field": found.place.field}
    form = {
        "ruleId": result.rule,
        "ruleIndex": rules.index(result.rule),
        "level": _LEVELS.get(result.severity),
        "message": {"text": _text(result.message(language))},
        "locations": [where for where in [_location(found.place, files, result.focus)] if where],
        "relatedLocations": [
            {"id": number, **_location(place, files, place.field)}
            for number, place in enumerate(found.also, 1)
        ],
        "partialFingerprints": {"idfgraph/v1": fingerprint(found)},
        "properties": {key: value for key, value in more.items() if value},
    }
    return {key: value for key, value in form.items() if value not in ([], {})}


def _location(place: Place, files: Mapping[str, int], name: str) -> Mapping[str, object]:
    """Where it is: a region of a file, or for what has no file the name of what it is about."""
    if not place.file:
        return {"logicalLocations": [{"fullyQualifiedName": name}]} if name else {}
    uri = file_uri(place.file)
    physical = {"artifactLocation": {"uri": uri, "index": files.get(uri)}, "region": _region(place)}
    return {"physicalLocation": {key: value for key, value in physical.items() if value}}


def _region(place: Place) -> dict[str, int]:
    """The region of a place: a line at least; columns count code points, the last is the one after
    the region.
    """
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {key: number for key, number in region.items() if number} if place.line else {}


def _text(text: str) -> str:
    """A message that shows as the text is: braces doubled (3.11.5), nothing that reads as a link
    (3.11.6).
    """
    return visible(text).replace("{", "{{").replace("}", "}}").replace("](", "] (") or " "
