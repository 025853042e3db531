"""What a programme is called: its page's heading, or the name that its first sentences give."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ....model.datatypes import Span
from .labelled_lines import Labels
from .phrasebook import Phrasebook
from .roles import Fact
from .sentences import Sentence

#: The longest heading; how many lines may stand before it.
_LONGEST, _LINES = 255, 8

_MARK = re.compile(r"\s*[•*·▪◦●○‣#|-]")
_PROSE = re.compile(r"[.;!…:]$|(?<=[^\W\d_]{4})[.!?…]\s")
_CRUMBS = re.compile(r"\s[>»›]\s|\s/\s.*\s/\s")

#: What parts the entries of a site's menu, and how long they are.
_MENU, _ENTRY = re.compile(r"\s*[|·•>»›]\s*|\s+/\s+|\s{3,}"), 30

#: How sure a name from the text is.
_TOLD = Decimal("0.8")

#: How programmes' names begin: with a capital, after an article.
_NAMED = re.compile(
    r"\b(?:un|une|le|la|el|una|[Ll]e|[Ll]a|[Ee]l|[Uu]n|[Uu]ne|[Uu]na)\s+"
    r"(?P<name>(?:Programme|Projet|Initiative|Programa|Proyecto|Iniciativa)\s[^,.;:()\n]{8,250})"
    r"(?=[,.;:()\n]|$)|l'(?P<elided>Initiative\s[^,.;:()\n]{8,250})(?=[,.;:()\n]|$)"
)
_CAPITALS = re.compile(
    r"\b[Tt]he\s+(?P<name>(?:[A-Z][\w'-]*\s+){0,6}(?:Programme|Program|Project|Initiative)"
    r"(?:\s+(?:on|for|of|to)\s+[A-Z][\w'-]*(?:\s+(?:[A-Z][\w'-]*|and|of|for|in|into|the|on|to|with))*"
    r"\s+[A-Z][\w'-]*)?)(?![\w-])"
)


class Titles:
    """What finds the title of a page."""

    def __init__(self, phrases: Phrasebook, labels: Labels) -> None:
        self._phrases, self._labels = phrases, labels

    def heading(self, text: str, lines: Sequence[Span]) -> Span | None:
        """The first line that is no matter of the site, if it reads as a heading."""
        for number, (start, end) in enumerate(lines[:_LINES]):
            line = text[start:end]
            if self._is_of_the_site(line):
                continue
            fits = len(line) <= _LONGEST and number + 1 < len(lines)
            reads = not _MARK.match(line) and not _PROSE.search(line)
            known = self._labels.is_labelled(line) or self._phrases.label(line)
            return (start, end) if fits and reads and not known else None
        return None

    def _is_of_the_site(self, line: str) -> bool:
        """Whether a line is no matter of the programme: a menu, a path, a date, who publishes."""
        if self._phrases.is_wholly("chrome", line) or _CRUMBS.search(line):
            return True
        if not re.search(r"[^\W\d_]{2,}", line) or self._labels.is_organisation(line):
            return True
        entries = [entry for entry in _MENU.split(line.strip(" |·•>-")) if entry]
        short = all(len(entry) <= _ENTRY for entry in entries)
        chrome = any(self._phrases.is_wholly("chrome", entry) for entry in entries)
        if len(entries) > 1 and short and (chrome or len(entries) > 2):
            return True
        return self._phrases.is_wholly("dated", line)

    def told(self, text: str, sentences: Sequence[Sentence]) -> Iterator[Fact]:
        """The name of the programme in the first sentences, if they give one."""
        for sentence in sentences[:2]:
            french = _NAMED.search(text, *sentence)
            if french:
                span = self._cut(text, french.span("name" if french["name"] else "elided"))
                yield Fact("title", span, _TOLD)
                return
            english = _CAPITALS.search(text, *sentence)
            if english and len(english["name"].split()) > 2:
                yield Fact("title", english.span("name"), _TOLD)
                return

    def _cut(self, text: str, span: Span) -> Span:
        """A name up to the verb that follows it."""
        start, end = span
        first = self._phrases.first("verb", text, start, end)
        end = first if first is not None else end
        return start, start + len(text[start:end].rstrip())
