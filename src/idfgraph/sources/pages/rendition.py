"""A captured page as text: what spans count, whatever the page was captured as."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import Literal, NamedTuple

from ...model.datatypes import Span
from ...model.mending import Mended
from ...model.records import Capture
from ...model.text import Language
from ..positions import Mark, Positions

#: Why something is left out of a page's text.
Reason = Literal[
    "hidden",
    "navigation",
    "related",
    "sharing",
    "aside",
    "footer",
    "form",
    "banner",
    "about-page",
    "links",
    "twice",
    "several",
    "other-project",
    "apart",
]


class LeftOut(NamedTuple):
    """Words that were left out of a page's text, or of what is read of it: why, what they are,
    their line in the file, and where in the text they begin.
    """

    reason: Reason
    text: str
    line: int
    start: int = -1


class Rendition(NamedTuple):
    """The text of a page, and what its HTML says besides: language, address, where its heading
    starts, where lines are labels, what is left out of the text, and what the page tells machines
    of itself, which stands in the last lines of the text.

    `encoding` is that of the bytes where it is not UTF-8; `rows` are offsets of the text with their
    line in the file, which nobody knows of a page that is `wrapped`, `tongues` the languages that
    these lines are said to be in.
    """

    text: str
    encoding: str | None = None
    language: Language | None = None
    url: str | None = None
    heading: int | None = None
    rows: tuple[tuple[int, int], ...] = ()
    labels: frozenset[int] = frozenset()
    left: tuple[LeftOut, ...] = ()
    told: tuple[Capture, ...] = ()
    tongues: tuple[str, ...] = ()
    wrapped: bool = False

    @property
    def shown(self) -> str:
        """The text that people are shown.

        >>> told = Capture(property="title", label="og:title", text="B", span=(12, 13))
        >>> Rendition("a\\nog:title: B\\n", told=(told,)).shown
        'a\\n'
        """
        first = next(iter(self.told), None)
        if first is None or not first.span:
            return self.text
        return self.text[: self.text.rindex("\n", 0, first.span[0]) + 1]

    def tongue(self, span: Span) -> str:
        """The language that all lines of a span are said to be in; empty where there is none.

        >>> page = Rendition("un\\ntwo", rows=((0, 7), (3, 9)), tongues=("", "en"))
        >>> page.tongue((3, 6)), page.tongue((0, 6))
        ('en', '')
        """
        starts = [start for start, _ in self.rows]
        first = max(bisect_right(starts, span[0]) - 1, 0)
        said = set(self.tongues[first : bisect_left(starts, span[1])])
        return said.pop() if len(said) == 1 else ""

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column in the file of an offset in the text; column 0 where it is not known.

        >>> Rendition("one\\ntwo").position(5)
        (2, 2)
        >>> Rendition("one\\ntwo", rows=((0, 7), (4, 9))).position(5)
        (9, 0)
        """
        return self.marker()((offset, offset))[:2]

    def marker(self) -> Callable[[Span], Mark]:
        """What finds the mark of a span; of HTML its first and last line in the file, without
        columns.

        >>> Rendition("one\\ntwo", rows=((0, 7), (4, 9))).marker()((1, 6))
        Mark(line=7, column=0, end_line=9, end_column=0, text='')
        """
        if self.wrapped:
            return lambda _: Mark(0, 0)
        if self.rows:
            return lambda span: Mark(self._row(span[0]), 0, self._row(max(span[0], span[1] - 1)))
        lines = Positions(self.text)
        return lambda span: lines.mark(*span)

    def seen(self, mended: Mended) -> "Rendition":
        """The same as people see it, given the mended text of what they are shown.

        >>> from idfgraph.model.mending import mend
        >>> page = Rendition("Un\\xad\\ntitre", heading=4, rows=((0, 7), (4, 9)))
        >>> page.seen(mend(page.text))[:1], page.seen(mend(page.text)).heading
        (('Un\\ntitre',), 3)
        """
        if not self.told and mended.text == self.text:
            return self
        return self._replace(
            text=mended.text,
            heading=None if self.heading is None else bisect_left(mended.starts, self.heading),
            rows=tuple((bisect_left(mended.starts, start), line) for start, line in self.rows),
            labels=frozenset(bisect_left(mended.starts, start) for start in self.labels),
            told=(),
        )

    def _row(self, offset: int) -> int:
        return self.rows[max(bisect_right(self.rows, (offset, 0xFFFFFFFF)) - 1, 0)][1]
