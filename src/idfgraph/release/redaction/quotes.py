"""What a release quotes of a page: the words of its claims, and the narrative read from it."""

import html
import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import Literal, Quad

#: What stands in the place of words that were taken out.
REDACTED = "[redacted]"

#: Words that are looked for wherever they stand have so many characters at least; shorter ones are
#: names, numbers and codes, and taken out only where they are quotes.
LEAST = 20

_QUOTING = ("#sourceText", "#aboutValue")


class Quotes(NamedTuple):
    """What is to be taken out: the id of the page (16 digits), its quotes, and their long lines."""

    page: str
    words: frozenset[str]
    pieces: tuple[str, ...]

    def is_claim(self, iri: str) -> bool:
        """Whether an IRI, full or compact, is that of a claim of the page."""
        return f"source/{self.page}#" in iri or iri.startswith(f"src:{self.page}#")

    def without(self, text: str) -> str:
        """A text without the quotes that are long, in any of the ways that files write them."""
        for piece in self.pieces:
            for form in _forms(piece):
                text = text.replace(form, REDACTED)
        return text

    def concern(self, text: str) -> bool:
        """Whether a text tells of the page, or quotes it."""
        return self.page in text or any(
            form in text for piece in self.pieces for form in _forms(piece)
        )


def quotes_of(page: str, dumps: Iterable[Iterable[Quad]]) -> Quotes:
    """What dumps quote of a page; what they quote of another page too is that page's as well, and
    stays.
    """
    own, others = set[str](), set[str]()
    for dump in dumps:
        quads = list(dump)
        narrated = {
            quad.object
            for quad in quads
            if f"source/{page}#narrative" in str(quad.subject)
            and str(quad.predicate).endswith("#aboutResource>")
        }
        for quad in quads:
            words = quad.object.value if isinstance(quad.object, Literal) else ""
            if _is_quote(quad):
                (own if f"/source/{page}#" in str(quad.subject) else others).add(words)
            elif str(quad.predicate).endswith("narrative>"):
                (own if quad.subject in narrated else others).add(words)
    long = {line for line in _lines(own) - _lines(others) if len(line) >= LEAST}
    return Quotes(page, frozenset(own), tuple(sorted(long, key=lambda one: (-len(one), one))))


def _lines(texts: Iterable[str]) -> set[str]:
    return {line.strip() for text in texts for line in text.splitlines()}


def _is_quote(quad: Quad) -> bool:
    return isinstance(quad.object, Literal) and str(quad.predicate)[:-1].endswith(_QUOTING)


def _forms(piece: str) -> Iterator[str]:
    """The ways in which files write a line: as it is, in JSON or Turtle, in HTML or XML, in CSV."""
    quoted = html.escape(piece)
    numbered = quoted.replace("&#x27;", "&#39;").replace("&quot;", "&#34;")
    yield from dict.fromkeys(
        (
            *(piece, json.dumps(piece, ensure_ascii=False)[1:-1], quoted, numbered),
            *(html.escape(piece, quote=False), piece.replace('"', '""')),
        )
    )
