"""Where words stand on a page, however their spaces, hyphens and quotation marks are written."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from ..model.datatypes import Span
from ..sources.positions import Positions

#: Characters that people write for one another.
_ALIKE = ("'’´ʼ‘", "-‐‑–", '"“”„«»')

#: What may stand between two letters of a word and is not seen.
_UNSEEN = "[\u00ad\u200b\u200c\u200d\u2060\ufeff]*"

#: How many characters are shown on each side of words.
_AROUND = 40


class Standing(NamedTuple):
    """Where words stand: the number of the source, their span on its page, the line, and the words
    themselves between those around them, as the page has them.
    """

    source: int
    span: Span
    line: int
    before: str
    words: str
    after: str

    def __str__(self) -> str:
        words = " ".join(self.words.split())
        return f"line {self.line}: {self.before}[{words}]{self.after}"


def standings_on(number: int, text: str, words: str) -> Iterator[Standing]:
    """The places where words stand in a text of a number."""
    lines = Positions(text)
    for found in pattern_of(words).finditer(text):
        start, end = found.span()
        line_start, line_end = lines.offset(lines.at(start)[0], 1), lines.line_end(end)
        yield Standing(
            number,
            (start, end),
            lines.at(start)[0],
            text[max(line_start, start - _AROUND) : start].lstrip(),
            found.group(),
            text[end : min(line_end, end + _AROUND)].rstrip(),
        )


def pattern_of(words: str) -> re.Pattern[str]:
    """What finds words as a page may write them, as words of their own."""
    bare = unicodedata.normalize("NFC", words).split()
    inner = r"\s+".join(_UNSEEN.join(map(_letter, word)) for word in bare)
    return re.compile(rf"(?<!\w){inner}(?!\w)" if _bounded(bare) else inner or r"(?!)")


def _bounded(words: list[str]) -> bool:
    """Whether words begin and end with a letter or digit."""
    return bool(words) and words[0][0].isalnum() and words[-1][-1].isalnum()


def _letter(letter: str) -> str:
    """A pattern of a character, composed or not, or of what people write for it."""
    alike = next((chars for chars in _ALIKE if letter in chars), "")
    if alike:
        return f"[{re.escape(alike)}]"
    apart = unicodedata.normalize("NFD", letter)
    return re.escape(letter) if apart == letter else f"(?:{letter}|{apart})"
