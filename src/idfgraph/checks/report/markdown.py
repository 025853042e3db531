"""Findings as Markdown, for the page of a job: totals, then tables by severity with links to the
lines.
"""

import re
from collections.abc import Sequence

from ...model.findings import Finding, severity_name, value_text, where
from ...model.text import N_, gettext, ngettext
from ...model.visible import visible
from ...model.vocab import SEVERITIES
from .severity_counts import counts
from .uris import file_uri

#: How many findings are listed.
ROWS = 50

#: The heads of a table of findings.
_HEADS = (N_("Place"), N_("Rule"), N_("Message"), N_("Value"))

#: What could be read as markup, a mention or the end of a cell; a parenthesis only as the address
#: of a link, behind its words.
_MARKUP = re.compile(r"[&<>\\`*_\[\]|~#@$]|(?<=\])\(|:(?=//|\w+:)|(?<=www)\.")


def render(findings: Sequence[Finding], language: str, *, rows: int = ROWS) -> str:
    """The findings as GitHub Flavored Markdown, messages in a language, at most `rows` of them
    listed.

    >>> render([], "fr").splitlines()[0]
    '## Validation'
    """
    totals = [
        [severity_name(name, language, 2), str(number)] for name, number in counts(findings).items()
    ]
    parts = [
        "## " + gettext("Validation", language),
        _table([gettext("Severity", language), gettext("Number", language)], totals),
    ]
    listed = sorted(findings, key=lambda found: SEVERITIES.index(found.result.severity))[:rows]
    for severity in SEVERITIES:
        some = [found for found in listed if found.result.severity == severity]
        if some:
            parts += [
                f"### {severity_name(severity, language, 2).capitalize()}",
                _findings(some, language),
            ]
    if len(findings) > rows:
        parts.append(
            ngettext("and {number} more", "and {number} more", len(findings) - rows, language)
        )
    if not findings:
        parts.append(gettext("Nothing was found.", language))
    return "\n\n".join(parts) + "\n"


def _findings(findings: Sequence[Finding], language: str) -> str:
    heads = [gettext(head, language) for head in _HEADS]
    return _table(heads, [_row(found, language) for found in findings])


def _row(found: Finding, language: str) -> list[str]:
    result = found.result
    value = value_text(result)
    return [
        _place(found),
        escaped(result.rule),
        escaped(result.message(language)),
        escaped(value if len(value) <= ROWS * 2 else f"{value[: ROWS * 2]}..."),
    ]


def _place(found: Finding) -> str:
    """The place as a link to the line in the repository, where its file is given as a relative
    path.
    """
    place = found.place
    if not place.file:
        return escaped(where(found))
    name = escaped(":".join(str(part) for part in (place.file, place.line or "") if part))
    uri = file_uri(place.file)
    fragment = f"#L{place.line}" if place.line else ""
    return (
        name
        if uri.startswith("file:")
        else f"[{name}]({uri.replace('*', '%2A').replace('~', '%7E')}{fragment})"
    )


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = (f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *rows))
    return "\n".join(lines)


def escaped(text: str) -> str:
    """The text as it reads, on one line, whatever Markdown would make of it.

    >>> escaped("a|b <i>"), escaped("[a](b)"), escaped("États (4)")
    ('a&#124;b &#60;i&#62;', '&#91;a&#93;&#40;b)', 'États (4)')
    """
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", visible(text))
