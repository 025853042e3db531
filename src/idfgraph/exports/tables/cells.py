"""The cells of a table as spreadsheets get them, so that none runs a text: what would be read as a
formula gets an apostrophe, control characters are replaced.

The rule is that of OWASP's page on CSV injection: the start of a cell, and what follows a character
at which a program set to another separator would begin a new one.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from .column import Column, Value

#: Labels come again and again; texts longer than this do not.
_SHORT = 100

#: What may stand before a sign without being seen: spaces, controls, and characters that only join
#: or direct.
_UNSEEN = (
    r"\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff"
)

#: The signs that begin a formula, with those that are drawn or folded like them; the dash of every
#: keyboard apart.
_SIGNS = "".join(
    char for char in map(chr, range(0x10000)) if unicodedata.normalize("NFKC", char) in set("=+@-−")
)
_OTHERS = re.escape(_SIGNS.replace("-", ""))

_START = re.compile(rf"[\t\r\n]|[{_UNSEEN}]*+[-{_OTHERS}]")
_WITHIN = re.compile(rf'([;\t\r\n][;"{_UNSEEN}]*+)([{_OTHERS}]|-(?! [^|\r\n]*+(?:[\r\n]|\Z)))?')
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def harmless(text: str) -> str:
    """The text as it may stand in a cell: with an apostrophe before each sign that would begin a
    formula.

    A dash and a space that begin a line within the text, as in a list, stay, unless a bar follows
    on the line. Control characters other than tab and line ends become U+FFFD.
    (https://owasp.org/www-community/attacks/CSV_Injection)

    >>> [harmless(text) for text in ("=1+1", " ＝1", "a;=1", "a:\\n- one", "A-1 = 2")]
    ["'=1+1", "' ＝1", "a;'=1", 'a:\\n- one', 'A-1 = 2']
    """
    within = _WITHIN.sub(_marked, _CONTROL.sub("\ufffd", text))
    return f"'{within}" if _START.match(text) else within


_short = lru_cache(10_000)(harmless)


def _marked(found: re.Match[str]) -> str:
    return f"{found[1]}'{found[2]}" if found[2] else found[1]


class Cells:
    """Makes the cells of a table harmless and counts them by column."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._texts = [at for at, column in enumerate(columns) if column.type in {"text", "code"}]
        self.marked = [0] * len(columns)

    def of(self, rows: Iterable[Sequence[Value]]) -> Iterator[list[Value]]:
        """The rows, their texts harmless."""
        for row in rows:
            cells = list(row)
            for at in self._texts:
                text = cells[at]
                if isinstance(text, str):
                    cells[at] = safe = _short(text) if len(text) < _SHORT else harmless(text)
                    self.marked[at] += safe != text
            yield cells
