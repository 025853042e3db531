"""A difference as one HTML page that needs no other file and runs nothing."""

from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from html import escape

from .difference import Difference
from .telling import ChangeTable, ChangeVoice, tables
from .words import word

_STYLE = (
    ":root{color-scheme:light dark}body{font:1rem/1.5 sans-serif;margin:0 auto;max-width:75rem;padding:1rem}"
    "div{overflow-x:auto}table{border-collapse:collapse}"
    "th,td{border:1px solid;padding:.25rem .5rem;text-align:start;vertical-align:top}td{overflow-wrap:anywhere}"
)
_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"


def render(
    found: Difference, voice: ChangeVoice, language: str, visible: Callable[[str], str]
) -> Iterator[str]:
    """The difference as pieces of an HTML page in a language; `visible` writes out what readers
    cannot see.

    >>> from .difference import Names
    >>> same = Difference("1f", "1f", (), ())
    >>> "".join(render(same, ChangeVoice(str, str, {}, Names({}, {})), "fr", str)).splitlines()[1]
    '<html lang="fr">'
    """
    title = word("heading", language)
    yield f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    yield f"<p>{word('from', language).format(escape(found.old), escape(found.new))}</p>\n"
    if not found.resources and not found.evidence:
        yield f"<p>{escape(word('nothing', language))}</p>\n"
    for number, table in enumerate(tables(found, voice, language), 1):
        yield from _table(table, f"t{number}", visible)
    yield "</main>\n</body>\n</html>\n"


def _table(table: ChangeTable, name: str, visible: Callable[[str], str]) -> Iterator[str]:
    yield f'<h2 id="{name}">{escape(table.title)} ({table.number})</h2>\n'
    yield f'<div role="region" aria-labelledby="{name}" tabindex="0">\n<table>\n'
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
    yield f"<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    yield from (_row(row, visible) for row in table.rows)
    yield "</tbody>\n</table>\n</div>\n"


def _row(cells: Sequence[str], visible: Callable[[str], str]) -> str:
    """A row; what stands in a cell does not turn the text around it."""
    return (
        "<tr>"
        + "".join(f"<td><bdi>{escape(visible(cell))}</bdi></td>" for cell in cells)
        + "</tr>\n"
    )
