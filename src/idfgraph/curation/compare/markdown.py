"""A comparison as Markdown, for a comment on a pull request or the page of a job."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from ...model.findings import Finding
from .comparison import Changed, Comparison, RecordTitle
from .voice import RecordVoice, cut, title
from .words import named, word

#: How many rows a table shows at most; fewer where the whole would have more bytes than a comment
#: on GitHub may have.
ROWS = (100, 50, 25, 10, 5, 2, 1)
LIMIT = 60_000

#: Tables with more rows are folded.
_OPEN = 10

#: The heads of tables.
_ENTRY = ("record", "kind", "title")
_CHANGE = ("record", "field", "taken", "added")
_RESULT = ("severity", "place", "rule", "message")

#: The cells of one row, escaped.
_Cells = list[str]


def render(comparison: Comparison, language: str, voice: RecordVoice) -> str:
    """The comparison as GitHub Flavored Markdown in a language, at most 100 rows a table, about
    60,000 bytes.

    >>> from .comparison import Results
    >>> empty = Comparison("main", "topic", (), (), (), (), Results())
    >>> print(render(empty, "en", RecordVoice(lambda *_: None, min, str, list)), end="")
    ## Comparison
    <BLANKLINE>
    From main to topic
    <BLANKLINE>
    Nothing changed: no record and no result of validation differs.
    """
    texts = (_rendered(_Comparison(comparison, language, voice, rows)) for rows in ROWS)
    text = ""
    for text in texts:
        if len(text.encode("utf-8", "replace")) <= LIMIT:
            break
    return text


def _rendered(page: "_Comparison") -> str:
    return "\n\n".join(page.parts()) + "\n"


class _Comparison:
    """One page: a comparison, a language, and how many rows a table may have."""

    def __init__(
        self, comparison: Comparison, language: str, voice: RecordVoice, rows: int
    ) -> None:
        self.comparison, self.language, self.voice, self.rows = comparison, language, voice, rows

    def word(self, name: str) -> str:
        """A word of ours as a table or title begins with it."""
        said = word(name, self.language)
        return said[:1].upper() + said[1:]

    def cell(self, text: str) -> str:
        """A text of others as a cell holds it."""
        return self.voice.escaped(cut(text))

    def parts(self) -> Iterator[str]:
        """The paragraphs of the page."""
        told = self.comparison
        yield f"## {self.word('heading')}"
        yield self.word("from").format(self.cell(told.base), self.cell(told.head))
        if told.is_empty:
            yield self.word("nothing")
            return
        yield self._counts()
        yield self._totals()
        for name, entries in (("new", told.new), ("gone", told.gone)):
            yield from self._section(name, _ENTRY, map(self._entry, entries), len(entries))
        several = sum(len(changed.changes) for changed in told.changed)
        yield from self._section(
            "changed", _CHANGE, self._changes(told.changed), several, len(told.changed)
        )
        for name, found in zip(("new results", "solved results"), told.results, strict=True):
            yield from self._section(name, _RESULT, map(self._result, found), len(found))

    def _counts(self) -> str:
        """How many records and results differ, in one line."""
        told = self.comparison
        sizes = (len(told.new), len(told.gone), len(told.changed), *map(len, told.results))
        names = ("new", "gone", "changed", "new results", "solved results")
        return " · ".join(
            named(self.word(name), size, self.language)
            for name, size in zip(names, sizes, strict=True)
        )

    def _totals(self) -> str:
        rows = (
            [
                self.cell(self.voice.total(total, self.language)),
                total.before,
                total.after,
                total.difference,
            ]
            for total in self.comparison.totals
        )
        heads = [self.word(name) for name in ("total", "before", "after", "difference")]
        return f"### {self.word('totals')}\n\n" + _table(
            heads, ["---", "---:", "---:", "---:"], rows
        )

    def _section(
        self,
        name: str,
        heads: Sequence[str],
        rows: Iterable[_Cells],
        size: int,
        counted: int | None = None,
    ) -> Iterator[str]:
        """A titled table of so many rows, folded where it is long; nothing where it is empty."""
        if not size:
            return
        table = _table(
            [self.word(head) for head in heads], ["---"] * len(heads), islice(rows, self.rows)
        )
        if size > self.rows:
            table += f"\n\n{word('more', self.language).format(size - self.rows)}"
        yield f"### {self.word(name)} ({size if counted is None else counted})"
        folded = f"<details><summary>{self.word('show')}</summary>\n\n{table}\n\n</details>"
        yield table if size <= _OPEN else folded

    def _entry(self, entry: RecordTitle) -> _Cells:
        texts = (entry.id, word(entry.kind, self.language), title(entry.titles, self.language))
        return [self.cell(text) for text in texts]

    def _changes(self, records: Iterable[Changed]) -> Iterator[_Cells]:
        for changed in records:
            for change in changed.changes:
                sides = self.voice.sides(change, self.language)
                name = self.voice.field(change.field, self.language)
                yield [self.cell(changed.id), self.cell(name), *map(self.voice.escaped, sides)]

    def _result(self, found: Finding) -> _Cells:
        result, place = found.result, found.place
        where = str(place) if place.file else ": ".join(filter(None, (result.focus, place.field)))
        severity = self.voice.severity(result.severity, self.language)
        return [
            self.cell(text)
            for text in (severity, where, result.rule, result.message(self.language))
        ]


def _table(heads: Sequence[str], marks: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (f"| {' | '.join(cells)} |" for cells in (heads, marks, *rows))
    return "\n".join(lines)
