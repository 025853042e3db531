"""Separators of lines and paragraphs, which some programs write in the place of line ends."""

import re

from ...model.mending import Mended
from .marked_words import LABEL_LIMIT
from .page_labels import field_of

_SEPARATORS = "\x85\u2028\u2029"
_END = re.compile(r"[\r\n]")
_SEPARATOR = re.compile(f"[{_SEPARATORS}]")


def with_line_ends(page: str, mended: Mended) -> Mended:
    """A page's mended text with its separators as line ends, where a blank line, a dash or a label
    stands beside one; else they stand within lines, as spaces.

    >>> from idfgraph.model.mending import mend
    >>> [with_line_ends(page, mend(page)).text for page in ("Year\\u20282021", "a\\u2028b")]
    ['Year\\n2021', 'a b']
    """
    parted = (one for one in _END.split(page) if _SEPARATOR.search(one))
    lines = (line.strip(" -") for one in parted for line in _SEPARATOR.split(one))
    if not any(not line or (len(line) <= LABEL_LIMIT and field_of(line)) for line in lines):
        return mended
    places = zip(mended.text, mended.starts, strict=False)
    text = "".join("\n" if page[at : at + 1] in tuple(_SEPARATORS) else one for one, at in places)
    return mended._replace(text=text)
