"""A comparison as titled tables of plain text in one language, and as Markdown for a comment on a
pull request or the page of a job.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from ...model.findings import Finding, severity_name, where
from ...model.text import N_, chosen, gettext
from ...release.changelog import Changelog, ChangeTable, change_heads, named, render_markdown
from .comparison import Changed, Comparison, RecordTitle
from .voice import RecordVoice, cut, kind, more

#: How many rows a table shows at most; fewer where the whole would have more bytes than a comment
#: on GitHub may have.
ROWS = (100, 50, 25, 10, 5, 2, 1)
LIMIT = 60_000

#: Tables with more rows are folded.
_OPEN = 10

#: The heads of tables.
_TOTALS = (N_("Total"), N_("Before"), N_("After"), N_("Difference"))
_RECORDS = (N_("Record"), N_("Kind"), N_("Title"))
_COUNTED = N_("Records that cannot be read on one side are counted as the other side has them.")
_RESULTS = (N_("Severity"), N_("Place"), N_("Rule"), N_("Message"))


def render_comment(comparison: Comparison, language: str, voice: RecordVoice) -> str:
    """The comparison as GitHub Flavored Markdown in a language, at most 100 rows a table, about
    60,000 bytes.

    >>> from .comparison import Results
    >>> empty = Comparison("main", "topic", (), (), (), (), Results())
    >>> print(render_comment(empty, "en", RecordVoice(lambda *_: None, {})), end="")
    ## Comparison
    <BLANKLINE>
    From main to topic
    <BLANKLINE>
    Nothing changed: no record and no result of validation differs.
    """
    text = ""
    for rows in ROWS:
        log = comparison_log(comparison, language, voice, rows)
        text = "".join(render_markdown(log, level=2))
        if len(text.encode("utf-8", "replace")) <= LIMIT:
            break
    return text


def comparison_log(
    comparison: Comparison, language: str, voice: RecordVoice, rows: int
) -> Changelog:
    """The changelog of a comparison in a language, with at most so many rows a table."""
    base, head = cut(comparison.base), cut(comparison.head)
    sides = gettext("From {base} to {head}", language, base=base, head=head)
    title = gettext("Comparison", language)
    if comparison.is_empty:
        same = gettext("Nothing changed: no record and no result of validation differs.", language)
        return Changelog(language, title, [sides, same], [])
    tables = list(_ComparisonTables(comparison, language, voice, rows).tables())
    counts = " · ".join(named(table.title, table.number, language) for table in tables[1:])
    shown = (table for table in tables if table.number != 0)
    return Changelog(language, title, [sides, counts], shown)


class _ComparisonTables:
    """The tables of a comparison in one language, with at most so many rows each."""

    def __init__(
        self, comparison: Comparison, language: str, voice: RecordVoice, rows: int
    ) -> None:
        self._comparison, self._language, self._voice = comparison, language, voice
        self._most = rows

    def tables(self) -> Iterator[ChangeTable]:
        """That of totals, then all others, those with nothing in them, too."""
        found, language = self._comparison, self._language
        yield self._totals()
        unread = [(gettext("Records that cannot be read", language), found.unread)]
        for title, records in (
            (gettext("New records", language), found.new),
            (gettext("Gone records", language), found.gone),
            *(unread if found.unread else ()),
        ):
            rows = map(self._record, records)
            yield self._cut(title, len(records), self._heads(_RECORDS), rows, len(records))
        yield self._cut(
            gettext("Changed records", language),
            len(found.changed),
            [gettext("Record", language), *change_heads(language)],
            self._changes(found.changed),
            sum(len(changed.changes) for changed in found.changed),
        )
        for title, findings in (
            (gettext("New results of validation", language), found.results.new),
            (gettext("Solved results of validation", language), found.results.solved),
        ):
            rows = map(self._result, findings)
            yield self._cut(title, len(findings), self._heads(_RESULTS), rows, len(findings))

    def _totals(self) -> ChangeTable:
        language = self._language
        rows = (
            [cut(self._voice.total(one, language)), one.before, one.after, one.difference]
            for one in self._comparison.totals
        )
        note = gettext(_COUNTED, language) if self._comparison.unread else ""
        return ChangeTable(gettext("Totals", language), None, self._heads(_TOTALS), rows, note=note)

    def _heads(self, messages: Sequence[str]) -> list[str]:
        return [gettext(message, self._language) for message in messages]

    def _cut(
        self,
        title: str,
        number: int,
        heads: Sequence[str],
        rows: Iterable[Sequence[str]],
        size: int,
    ) -> ChangeTable:
        """A table of so many rows, cut and folded where it is long."""
        return ChangeTable(
            title,
            number,
            heads,
            islice(rows, self._most),
            fold=gettext("Show the table", self._language) if size > _OPEN else "",
            note="".join(more(size - self._most, self._language)),
        )

    def _record(self, entry: RecordTitle) -> list[str]:
        title, _ = chosen(entry.titles, self._language)
        return [cut(text) for text in (entry.id, kind(entry.kind, self._language), title)]

    def _changes(self, records: Iterable[Changed]) -> Iterator[list[str]]:
        for changed in records:
            for change in changed.changes:
                name = self._voice.field(change.field, self._language)
                sides = self._voice.sides(change, self._language)
                yield [cut(changed.id), cut(name), *sides]

    def _result(self, found: Finding) -> list[str]:
        result, language = found.result, self._language
        severity = severity_name(result.severity, language)
        return [
            cut(text) for text in (severity, where(found), result.rule, result.message(language))
        ]
