"""Texts read as people see them: characters that do not show left out, those encoded twice or
wrongly put right, and where each stood.

What a page has stays as it is: a mended text is what is read, with the place in the page of each of
its characters. What cannot be mended without a guess is left for others to refuse.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from .visible import visible

#: How often a character can be encoded in another; each time is a pass of its own.
_PASSES = 4

#: What is left out wherever it stands: soft hyphens, spaces and joiners without width, marks of
#: order.
_UNSEEN = "\xad\u180e\u200b\u200e\u2060-\u2064\ufeff"

#: Marks from right to left change what is seen of digits beside them, and joiners that of letters
#: beyond those of Europe.
_INVISIBLE = re.compile(
    f"[{_UNSEEN}]|(?<![0-9])(?<![0-9]\\W)[\u061c\u200f](?!\\W?[0-9])"
    "|(?<![\u0590-\U0010ffff])[\u200c\u200d](?![\u0590-\U0010ffff])"
)

#: Embeddings and isolates that begin and end on one line, none in another.
_CONTROLS = "\u202a-\u202e\u2066-\u2069"
_PAIR = re.compile(
    f"[\u202a\u202b]([^{_CONTROLS}\r\n\u2028\u2029]*)\u202c"
    f"|[\u2066-\u2068]([^{_CONTROLS}\r\n\u2028\u2029]*)\u2069"
)
_TO_LEFT, _TO_RIGHT, _EITHER = "\u202b\u2067", "\u202a\u2066", "\u2068"

_ACCENTED = re.compile("[^\\W\\d_][\u0300-\u036f]+")
_ENTITY = re.compile("&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
#: What stands for a character that is none.
_LOST = "\ufffd"

_SEPARATOR = re.compile("[\u2028\u2029]")

#: Quotes, dashes and letters of Windows that a page took for controls
#: (https://encoding.spec.whatwg.org/#windows-1252).
_OF_WINDOWS = re.compile("[\x80\x82\x84\x8c\x91-\x97\x99\x9c]")

#: Bytes of UTF-8 read as Windows': only of letters and signs that the three languages use, and that
#: none of them has in this order.
_LATER = "".join(bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0xC0))
_LATER = re.escape(_LATER.replace("\ufffd", "")) + "\x80-\x9f"
_TWICE = re.compile(
    f"[\xc2\xc3][{_LATER}]|\xe2\u20ac[{_LATER}]|\xe2\u201a\xac|\xe2\u201e\xa2"
    "|\xc5[\x92\x93\u2019\u201c\xb8\xa0\xa1\xbd\xbe]|\xc6\u2019|\xcb[\u2020\u0153]"
)

#: Whether there is anything to mend at all; and with what that begins, which is found faster.
_ALONE = f"\x80-\x9f\u0300-\u036f\u061c\u200c\u200d\u200f\u2028\u2029{_CONTROLS}{_UNSEEN}"
_ODD = re.compile(f"[{_ALONE}]|{_ENTITY.pattern}|{_TWICE.pattern}")
_BEGINS = re.compile(f"[{_ALONE}&\xc2\xc3\xc5\xc6\xcb\xe2]")

#: How much of a text is shown around what was mended.
_AROUND = 12

#: What of a text becomes another: from an offset to another (not included), and the new text.
_Edit = tuple[int, int, str]


class Mended(NamedTuple):
    """A text as people see it, and where each of its characters begins and ends in the text as it
    was; last the end of that.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, span: tuple[int, int]) -> tuple[int, int]:
        """Where a span of the mended text is in the text as it was, with what was left out before
        and after it.

        >>> mend("(\u2068Tc\xadhad\u2069)").span((1, 6))
        (1, 9)
        """
        return self.ends[span[0] - 1] if span[0] else 0, self.starts[span[1]]


class Mending(NamedTuple):
    """What was mended of a text: the first place of it, as it was and as it is read."""

    printed: str
    read: str


@lru_cache(maxsize=8)
def mend(text: str) -> Mended:
    """The text as people see it; asked for several times in a row.

    >>> mend("Ren\xadforcement de l&amp;#039;unite\u0301").text
    "Renforcement de l'unité"
    """
    whole = Mended(text, range(len(text) + 1), range(1, len(text) + 1))
    if not any(_ODD.match(text, found.start()) for found in _BEGINS.finditer(text)):
        return whole
    for _ in range(_PASSES):
        before = whole
        whole = _edited(whole, _each(_OF_WINDOWS, _windows, whole.text))
        whole = _edited(whole, _each(_TWICE, _once, whole.text))
        whole = _edited(whole, _each(_ENTITY, _decoded, whole.text))
        if whole is before:
            break
    whole = _edited(whole, _each(_INVISIBLE, lambda _: "", whole.text))
    whole = _edited(whole, _each(_ACCENTED, _composed, whole.text))
    whole = _edited(whole, _unpaired(whole.text))
    return _edited(whole, _each(_SEPARATOR, lambda _: " ", whole.text))


def mending(text: str) -> Mending | None:
    """What was mended of a text; None where it is as people see it.

    >>> mending("Tc\\xadhad")
    Mending(printed='Tc<U+00AD>had', read='Tchad')
    """
    mended = mend(text)
    if mended.text == text:
        return None
    start, end, first, last = next(_places(mended, text))
    before, after = max(first - _AROUND, 0), min(last + _AROUND, len(mended.text))
    head, tail = min(mended.starts[before], start), max(mended.starts[after], end)
    read = mended.text[before:after]
    return Mending(visible(text[head:tail]), " ".join(read.split()))


def _places(mended: Mended, text: str) -> Iterator[tuple[int, int, int, int]]:
    """Where a text and the mended one differ: start and end in the one, then in the other."""
    alike = [
        (start, number)
        for number, (start, end) in enumerate(zip(mended.starts, mended.ends, strict=False))
        if end == start + 1 and mended.text[number] == text[start]
    ]
    ends = [(-1, -1), *alike, (len(text), len(mended.text))]
    for (was, number), (next_, following) in pairwise(ends):
        if next_ > was + 1 or following > number + 1:
            yield was + 1, next_, number + 1, following


def _edited(before: Mended, edits: Iterable[_Edit]) -> Mended:
    """The text after edits that stand in order and change something; itself where there are
    none.
    """
    text, starts, ends, at = list[str](), list[int](), list[int](), 0
    for start, end, new in edits:
        text += before.text[at:start], new
        starts += [*before.starts[at:start], *[before.starts[start]] * len(new)]
        ends += [*before.ends[at:start], *[before.ends[end - 1]] * len(new)]
        at = end
    if not at:
        return before
    return Mended(
        "".join(text) + before.text[at:],
        [*starts, *before.starts[at:]],
        [*ends, *before.ends[at:]],
    )


def _each(
    pattern: re.Pattern[str], becomes: Callable[[re.Match[str]], str], text: str
) -> Iterator[_Edit]:
    """The edits that a pattern gives, where what is found becomes something else."""
    for found in pattern.finditer(text):
        if (new := becomes(found)) != found[0]:
            yield found.start(), found.end(), new


def _windows(found: re.Match[str]) -> str:
    return found[0].encode("latin-1").decode("cp1252")


def _once(found: re.Match[str]) -> str:
    """The character whose bytes were read one by one; what was found, where they are none of it."""
    data = b"".join(_byte(letter) for letter in found[0])
    try:
        return data.decode()
    except UnicodeDecodeError:
        return found[0]


def _byte(letter: str) -> bytes:
    return letter.encode("latin-1") if letter < "\u0100" else letter.encode("cp1252")


def _decoded(found: re.Match[str]) -> str:
    """The character of an entity, where it is one that shows, or a soft hyphen."""
    new = html.unescape(found[0])
    shows = all(
        unicodedata.category(letter)[0] in "LMNPS" or letter in " \xa0\xad" for letter in new
    )
    return new if shows and new != _LOST else found[0]


def _composed(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", found[0])


def _unpaired(text: str) -> Iterator[_Edit]:
    """The edits that leave out controls of direction that change nothing of what is seen."""
    for found in _PAIR.finditer(text):
        if _changes_nothing(found[0][0], found[1] if found[1] is not None else found[2]):
            yield found.start(), found.start() + 1, ""
            yield found.end() - 1, found.end(), ""


def _changes_nothing(opening: str, inside: str) -> bool:
    """Whether a text shows the same without the controls around it, on a page that is read from
    left to right: all its letters run the way they say; to the left without digits, and from its
    first character to its last.
    """
    kinds = [unicodedata.bidirectional(letter) for letter in inside]
    runs = set(kinds) & {"L", "R", "AL", "EN", "AN"}
    if opening in _TO_RIGHT + _EITHER and runs <= {"L", "EN"}:
        return True
    ends = {*kinds[:1], *kinds[-1:]}
    return opening in _TO_LEFT + _EITHER and ends <= runs <= {"R", "AL"}
