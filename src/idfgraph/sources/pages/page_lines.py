"""A page as lines that know where they stand."""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from ...model.datatypes import Span
from ...model.names import folded
from .page_labels import LABELS

_LINE = re.compile(r"[^\r\n]+")
_BREAK = re.compile(r"\r\n?|\n")
_MARKS = "-\u2010\u2011\u2012–—\u2015\u2212*•·▪◦●○‣"
_MARKER = re.compile(rf"[{_MARKS}](?:\s+|$)")

#: White space at the ends of lines, with marks that show nothing.
_OUTER = " \t\r\n\xa0\u1680\u202f\u205f\u2060\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x2010))
)

#: No label is longer, and what follows it on its line stands after a colon.
_LABEL_LIMIT = 120

#: The end of a sentence: after a long word inside a text, or at its own end; and marks that only
#: prose begins with.
_SENTENCE = re.compile(r"""(?<=\w{4})[.!?…]["”»’)]*\s""")
_ENDING = re.compile(r"""[.!?…:]["”»’)]*$""")
_QUOTES = ('"', "“", "«")
_SHORT = 25


class PageLine(NamedTuple):
    """A line without its outer white space: where it starts, how far it is indented, if a blank
    line is before it, if the page's markup says that it is a label.
    """

    text: str
    start: int
    indent: int = 0
    gap: bool = False
    is_label: bool = False

    @property
    def span(self) -> Span:
        """Start and end in code points."""
        return self.start, self.start + len(self.text)

    @property
    def marked(self) -> bool:
        """Whether a dash or bullet begins it."""
        return bool(_MARKER.match(self.text))

    @property
    def lone(self) -> bool:
        """Whether it is a dash or bullet, or several, and nothing more.

        >>> [PageLine(text, 0).lone for text in ("-", "--", "- -", "- a")]
        [True, True, True, False]
        """
        return not self.text.strip(f"{_MARKS} ")

    @property
    def bare(self) -> "PageLine":
        """It without the dash or bullet that begins it."""
        found = _MARKER.match(self.text)
        return (
            self._replace(text=self.text[found.end() :], start=self.start + found.end())
            if found
            else self
        )

    @property
    def known(self) -> bool:
        """Whether it is a known label, with its value or without, or any that is marked as one."""
        if self.is_label:
            return True
        head, colon, _ = self.text[:_LABEL_LIMIT].partition(":")
        return bool(colon or len(self.text) <= _LABEL_LIMIT) and folded(head) in LABELS

    @property
    def prose(self) -> bool:
        """Whether it reads as a text, not as a value: it has sentences, or opens a quotation.

        >>> PageLine("Saint Kitts and Nevis St. Lucia", 0).prose
        False
        >>> PageLine("Ce projet aide Fidji. Il dure.", 0).prose
        True
        """
        ends = self.text.endswith(":") or (
            len(self.text) >= _SHORT and _ENDING.search(self.text[-5:])
        )
        return bool(ends or _SENTENCE.search(self.text)) or self.text.startswith(_QUOTES)


def lines_of(page: str, labels: Collection[int] = ()) -> tuple[PageLine, ...]:
    """The lines of a page that are not blank; labels start at these offsets.

    >>> [tuple(line) for line in lines_of("a\\n\\n  b ", [5])]
    [('a', 0, 0, False, False), ('b', 5, 2, True, True)]
    """
    lines: list[PageLine] = []
    end = 0
    for match in _LINE.finditer(page):
        start, stop = stripped(page, match.span())
        if start < stop:
            before = page[match.start() : start]
            indent = before.count(" ") + before.count("\t")
            gap = len(_BREAK.findall(page, end, start)) > 1
            line = PageLine(page[start:stop], start, indent, gap)
            is_label = bool(labels) and line.bare.start in labels
            lines.append(line._replace(is_label=is_label))
            end = stop
    return tuple(lines)


def stripped(page: str, span: Span) -> Span:
    """The span without white space (and marks that show nothing) at its ends."""
    text = page[slice(*span)]
    return span[0] + len(text) - len(text.lstrip(_OUTER)), span[0] + len(text.rstrip(_OUTER))


def hull(lines: Sequence[PageLine]) -> Span:
    """The span from the first line's start to the last line's end."""
    return lines[0].start, lines[-1].span[1]
