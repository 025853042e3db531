"""A difference as Markdown: a heading, then a table for each thing that became of resources."""

from collections.abc import Callable, Iterator, Sequence

from .difference import Difference
from .telling import ChangeVoice, tables
from .words import word


def render(
    found: Difference, voice: ChangeVoice, language: str, escaped: Callable[[str], str]
) -> Iterator[str]:
    """The difference as pieces of GitHub Flavored Markdown in a language; `escaped` makes texts of
    others safe.

    >>> from .difference import Names
    >>> same = Difference("1f", "1f", (), ())
    >>> "".join(render(same, ChangeVoice(str, str, {}, Names({}, {})), "en", str)).splitlines()[-1]
    'Nothing changed: both releases make the same statements.'
    """
    yield f"# {word('heading', language)}\n\n"
    yield word("from", language).format(escaped(found.old), escaped(found.new)) + "\n"
    if not found.resources and not found.evidence:
        yield f"\n{word('nothing', language)}\n"
    for table in tables(found, voice, language):
        yield f"\n## {table.title} ({table.number})\n\n"
        yield _row(table.heads) + _row(["---"] * len(table.heads))
        yield from (_row([escaped(cell) for cell in row]) for row in table.rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
