"""Findings as workflow commands of GitHub Actions, which show them beside the lines of a change."""

from collections.abc import Sequence

from ...model.findings import Finding, value_text, where
from ...model.text import gettext
from ...model.visible import visible

_COMMANDS = {"Violation": "error", "Warning": "warning", "Info": "notice"}


def render(findings: Sequence[Finding], language: str) -> str:
    """A command for each finding, in their order, messages in a language.

    >>> render([], "en")
    ''
    """
    return "".join(f"{_command(found, language)}\n" for found in findings)


def _command(found: Finding, language: str) -> str:
    result = found.result
    properties = {**_place(found), "title": _title(found, language)}
    named = ",".join(f"{key}={_property(text)}" for key, text in properties.items() if text)
    lines = [visible(result.message(language))]
    if not found.place.file:
        lines.append(visible(where(found)))
    if value := value_text(result):
        lines.append(gettext("value: {value}", language, value=visible(value)))
    lines += [
        gettext("see also {place}", language, place=visible(str(place))) for place in found.also
    ]
    return f"::{_COMMANDS.get(result.severity)} {named}::{_data(chr(10).join(lines))}"


def _place(found: Finding) -> dict[str, str]:
    """File and numbers; columns only where the region stays on one line, because they are refused
    elsewhere.
    """
    place = found.place
    if not place.file:
        return {}
    numbers = {"line": place.line, "endLine": place.end_line}
    if place.end_line in {0, place.line}:
        numbers |= {"col": place.column, "endColumn": place.end_column}
    return {
        "file": visible(place.file.replace("\\", "/")),
        **{key: str(number) for key, number in numbers.items() if number and place.line},
    }


def _title(found: Finding, language: str) -> str:
    names = found.result.names
    name = names.get(language) or names.get("en", "")
    return visible(f"{name} ({found.result.rule})" if name else found.result.rule)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
