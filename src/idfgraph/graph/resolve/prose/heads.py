"""Which noun words of a sentence belong to: the programme of its page, or a thing beside it, such
as an office, a study or a visit.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from .patterns import bounded
from .phrasebook import Cue, Phrasebook

#: The space behind a word, none behind an apostrophe; a word with it.
_GAP = r"(?:\s+|(?<='))"
_WORD = rf"(?:[^\W\d_][\w-]*{_GAP})"

#: How many words may stand between a noun and a clause about it, whatever they are.
_FEW = 2

_COMMA = re.compile(r"\)?\s*(?:\([^()\n]{1,60}\))?,\s*")


class Head(NamedTuple):
    """A noun that other words may belong to, and where it stands."""

    start: int
    end: int
    is_thing: bool


class Heads:
    """What tells which noun a phrase belongs to.

    A participle belongs to the noun before it: schools funded by X. A verb, or words such as "with
    funding from", belong to the noun that their clause begins with: the programme helps schools and
    is funded by X.
    """

    def __init__(self, phrases: Phrasebook, names: frozenset[str]) -> None:
        words = phrases.words
        self._phrases = phrases
        self._nouns = _nouns(words("thing"), words("programme"), words("of"))
        self._name = re.compile(bounded("|".join(map(re.escape, sorted(names))) or "(?!)"))
        self._a = re.compile(bounded(words("a")), re.IGNORECASE)
        self._is_a, self._own, self._led = _around(
            words("be"), words("article"), words("of"), words("and")
        )

    def is_of_a_thing(self, text: str, start: int, cue: Cue) -> bool:
        """Whether a phrase belongs to a thing that stands before it, from a place on."""
        heads = self.within(text, start, cue.start)
        if not heads:
            return False
        last = heads[-1]
        between = text[last.end : cue.start]
        relative = self._phrases.first("relative", between, 0, len(between))
        if relative is not None:
            near = last.is_thing or not self._belongs(between[:relative])
        else:
            thing = last.is_thing or self._is_introduced(between.rpartition(",")[2])
            near = thing and self._is_near(text, last.end, cue)
        return near or self._begins_with_thing(text, start, cue.start, heads)

    def ends_with_thing(self, text: str, start: int, end: int) -> bool:
        """Whether a part of a text ends with another noun than that of the programme."""
        heads = self.within(text, start, end)
        if not heads:
            return False
        return heads[-1].is_thing or not self._belongs(text[heads[-1].end : end])

    def opens_with_thing(self, text: str, start: int, end: int) -> bool:
        """Whether the noun that a sentence begins with is a thing."""
        first = next(iter(self.within(text, start, end)), None)
        if first is None or not first.is_thing or first.start == start:
            return False
        return self._led.fullmatch(text, start, first.start) is not None

    def behind(self, text: str, start: int, end: int) -> Head | None:
        """The noun behind the comma that closes a clause: funded by X, the programme helps."""
        comma = _COMMA.match(text, start, end)
        heads = self.within(text, comma.end(), end) if comma else ()
        if not comma or not heads:
            return None
        first = heads[0]
        named = not self._phrases.is_wholly("article", text[first.start : first.end])
        own = self._own.fullmatch(text, comma.end(), first.start)
        return first if own and (named or first.start == comma.end()) else None

    def within(self, text: str, start: int, end: int) -> Sequence[Head]:
        """The nouns of a part of a text, but for what the programme is said to be: a centre."""
        found = [
            *(
                Head(*one.span(), bool(one["thing"]))
                for one in self._nouns.finditer(text, start, end)
            ),
            *(Head(*one.span(), False) for one in self._name.finditer(text, start, end)),
        ]
        return list(self._things(text, sorted(found)))

    def is_by_the_way(self, words: str) -> bool:
        """Whether words go with the verb of their clause, wherever they are: with, thanks to."""
        return self._phrases.is_wholly("of", words.partition(" ")[0])

    def _things(self, text: str, heads: Sequence[Head]) -> Iterator[Head]:
        first: Head | None = None
        before: Head | None = None
        for head in heads:
            said = before and self._is_a.fullmatch(text, before.end, head.start)
            if head.is_thing and said:
                continue
            first = first or head
            pronoun = self._phrases.is_wholly("pronoun", text[head.start : head.end])
            yield head._replace(is_thing=head.is_thing or (pronoun and first.is_thing))
            before = None if head.is_thing else head

    def _belongs(self, between: str) -> bool:
        """Whether words behind a noun go with it, before a clause: the project in X, which."""
        words = between.strip(" ,")
        few = between.rstrip().endswith(",") and len(words.split()) <= _FEW
        named = not words or few or not words[0].islower() or self.is_by_the_way(words)
        return named and not self._is_introduced(between)

    def _is_introduced(self, clause: str) -> bool:
        """Whether words behind a noun introduce another one: buys seedlings from a nursery."""
        for found in self._a.finditer(clause):
            lead = clause[: found.start()].rstrip()
            if lead and not self._phrases.ends("be", lead, 0, len(lead)):
                return True
        return False

    def _is_near(self, text: str, start: int, cue: Cue) -> bool:
        """Whether a phrase is about the noun that ends at a place before it."""
        between = text[start : cue.start]
        finite = self._phrases.has("be", text, start, cue.end)
        if not cue.says.startswith("association."):
            return not between.strip(" ,(") and not (finite and "," in between)
        joined = self._phrases.ends("and", between, 0, len(between))
        by_the_way = self.is_by_the_way(text[cue.start : cue.end])
        return not (finite or by_the_way or (joined and not self._phrases.has("by", between)))

    def _begins_with_thing(self, text: str, start: int, end: int, heads: Sequence[Head]) -> bool:
        """Whether the noun that the clause before a place begins with is a thing."""
        comma = 1 + max(text.rfind(mark, start, end) for mark in ",;:")
        own = [head for head in heads if head.start >= comma > 0]
        for head in own or heads:
            opens = self._led.fullmatch(text, comma if own else start, head.start)
            if opens or not head.is_thing:
                return head.is_thing
        return False


@cache
def _nouns(thing: str, programme: str, of: str) -> re.Pattern[str]:
    """Things, and the programme: its office, the office of the programme and the programme's office
    are things.
    """
    own = rf"(?:{programme})(?:'s\s{_WORD}{{0,2}}?|[\s-])"
    whose = rf"\s(?:{of}){_GAP}{_WORD}{{0,2}}?(?:{programme})"
    things = rf"(?:{own})?(?:{thing})(?:{whose})?"
    return re.compile(bounded(f"(?P<thing>{things})|{programme}"), re.IGNORECASE)


@cache
def _around(be: str, article: str, of: str, joint: str) -> tuple[re.Pattern[str], ...]:
    """What stands between the programme and what it is said to be, before the noun that follows a
    clause, and before the one that a clause begins with.
    """
    nominal = rf"(?i:(?:{article}){_GAP}(?:(?!(?:{article})(?![^\W_])){_WORD}){{0,3}})?"
    named = rf"(?:(?!(?i:{of})(?![^\W_]))[A-ZÀ-ÖØ-Þ][\w-]*{_GAP}{_WORD}{{0,2}})?"
    return (
        re.compile(rf"\s(?i:{be})\s+(?i:{article}){_GAP}{_WORD}{{0,3}}"),
        re.compile(nominal),
        re.compile(rf"\s*(?:(?i:{joint})\s+)?{nominal}{named}"),
    )
