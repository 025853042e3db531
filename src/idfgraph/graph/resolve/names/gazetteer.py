"""Names to identifiers: a run of names is cut by dynamic programming, prose is searched word by
word.

A run is accepted only where all covers that leave the fewest words over and use the fewest names
read the same; words left over are residue, and nothing is ever guessed for them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz, process

from ....model.datatypes import Span
from ....model.names import Word, folded, mark, words, words_apart
from ....model.text import Language
from .covers import Named, Step, cover
from .mentions import KnownName, Name, Prose, closed

#: Words that may stand between names and name nothing.
JOINING = frozenset(["et", "y", "e", "and", "la", "le", "les", "l", "el", "los", "las", "the"])

#: How like a known name (of 100) a residue must be for the name to be suggested.
_ALIKE = 75

#: What a name costs as it is known, and otherwise written: less than two names.
_PLAIN, _TURNED = 2, 3

#: The signs at which a name may be turned round.
_TURNS = frozenset("(,")

#: The words of a name, folded; a word that a sign parts from the one before begins with the sign.
Key = tuple[str, ...]


class Cut(NamedTuple):
    """A run of names cut: the names found, and the spans of what is left over."""

    names: tuple[Name, ...]
    residue: tuple[Span, ...]


class Gazetteer:
    """Known names, found whatever their accents and case in a run, as they are written in prose."""

    def __init__(self, known: Iterable[KnownName]) -> None:
        names = list(known)
        self._ids = {key: name.id for name in names for key in _keys(name.name)}
        self._spelled = {folded(name.name): name.id for name in names}
        self._longest = max(map(len, self._ids), default=0)
        self._widths = _widths(self._ids)
        self._prose = Prose(names)

    def find(self, name: str) -> str | None:
        """The identifier of one name, or None."""
        return self._ids.get(tuple(word.folded for word in words(name)))

    def suggest(self, text: str) -> str | None:
        """The identifier of the known name that is most like a text, or None; to be shown, never to
        be taken.
        """
        found = process.extractOne(
            folded(text), self._spelled.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE
        )
        return self._spelled[found[0]] if found else None

    def cut(self, run: str) -> Cut:
        """The names in a run of names; all of it is residue where two covers are equally good.

        Names run together are parted at capitals if that leaves nothing over.
        """
        whole = list(words(run))
        cut = self._cut(run, whole)
        if cut.residue and len(apart := list(words_apart(run))) > len(whole):
            parted = self._cut(run, apart)
            return cut if parted.residue else parted
        return cut

    def mentions(self, prose: str, language: Language) -> Iterator[Name]:
        """The names written in prose, letter case and accents as they are, each place once, longest
        name first.
        """
        return self._prose.mentions(prose, language)

    def _cut(self, text: str, found: Sequence[Word]) -> Cut:
        run = _NameRun(text, found)
        weights = [int(word.folded not in JOINING) for word in found]
        steps = cover(weights, lambda end: self._ending(run, end))
        if steps is None:
            return Cut((), ((found[0].start, found[-1].end),))
        told = [step for step in steps if step.id or weights[step.start]]
        settled = [step for block in _blocks(run, told) for step in _settled(block)]
        names = (Name(step.id, run.span(step)) for step in settled if step.id)
        return Cut(tuple(names), tuple(run.span(step) for step in settled if not step.id))

    def _ending(self, run: "_NameRun", end: int) -> Iterator[Named]:
        """The names that end before a place: as they are known or, at more cost, otherwise
        written.
        """
        for width in self._widths.get(run.folded[end - 1], ()):
            if width <= end and (id_ := self._ids.get(run.key(end - width, end))):
                yield Named(
                    end - width, id_, 2 * _PLAIN if self._listed(run, end - width, end) else _PLAIN
                )
        if run.parted(end):
            yield from self._turned(run, end)

    def _turned(self, run: "_NameRun", end: int) -> Iterator[Named]:
        """The names in two parts that end before a place.

        'Guinée (Bissau)' is read out of its brackets, 'Salomon (Îles)' and 'Corée, République de'
        are turned round.
        """
        first = max(0, end - self._longest)
        turn = next((place for place in range(end - 1, first, -1) if run.signs[place]), 0)
        for start in range(turn - 1, first - 1, -1) if run.signs[turn] in _TURNS else ():
            head, lead = run.folded[start:turn], run.folded[turn:end]
            straight = self._ids.get((*head, *lead)) if run.signs[turn] == "(" else None
            if id_ := straight or self._ids.get((*lead, *head)):
                yield Named(start, id_, _TURNED)
            if run.signs[start]:
                break

    def _listed(self, run: "_NameRun", start: int, end: int) -> bool:
        """Whether words, after a comma, are as well the two last names of a list: ', Serbia and
        Montenegro'.
        """
        joints = (place for place in range(start + 1, end - 1) if run.folded[place] in JOINING)
        return run.signs[start] == "," and any(
            run.key(start, joint) in self._ids and run.key(joint + 1, end) in self._ids
            for joint in joints
        )


class _NameRun:
    """The words of a run, and before each the sign that parts it from the one before.

    The sign is '(' or ')' for a bracket, ',' for a comma, '/' for any other, '' for none; a dot is
    none.
    """

    def __init__(self, text: str, found: Sequence[Word]) -> None:
        gaps = (mark(text[before.end : word.start]) for before, word in pairwise(found))
        self.signs = ["", *map(_sign, gaps)]
        self.folded = [word.folded for word in found]
        self._signed = [sign + word for sign, word in zip(self.signs, self.folded, strict=False)]
        self._text, self._found = text, found

    def key(self, start: int, end: int) -> Key:
        """The key of words as one name."""
        return (self.folded[start], *self._signed[start + 1 : end])

    def parted(self, end: int) -> bool:
        """Whether a sign, or the end of the run, comes after the words before this place."""
        return end == len(self.folded) or bool(self.signs[end])

    def span(self, step: Step) -> Span:
        """The span of a step's words, with the bracket that closes them."""
        return closed(self._text, (self._found[step.start].start, self._found[step.end - 1].end))


def _sign(given: str) -> str:
    bracket = "(" if "(" in given else ")" if ")" in given else ""
    return bracket or (given if given == "," else "" if given in {"", "."} else "/")


def _keys(name: str) -> Iterator[Key]:
    """The keys of a name: with the signs in it and without, as words and cut at capitals
    (McDonald).
    """
    for found in (list(words(name)), list(words_apart(name))):
        yield _NameRun(name, found).key(0, len(found))
        yield tuple(word.folded for word in found)


def _widths(keys: Iterable[Key]) -> Mapping[str, Sequence[int]]:
    """For each word the numbers of words of the names that end with it, fewest first."""
    found: dict[str, set[int]] = defaultdict(set)
    for key in keys:
        found[key[-1].lstrip("(),/")].add(len(key))
    return {word: sorted(widths) for word, widths in found.items()}


def _blocks(run: _NameRun, steps: Iterable[Step]) -> Iterator[list[Step]]:
    """Each step, with those that follow it in brackets."""
    block: list[Step] = []
    inside = False
    for step in steps:
        sign = run.signs[step.start]
        inside = sign == "(" or (inside and sign != ")")
        if block and not inside:
            yield block
            block = []
        block.append(step)
    if block:
        yield block


def _settled(block: Sequence[Step]) -> Sequence[Step]:
    """The steps of a block; a name that anything else follows in brackets is left over with it, as
    one step.
    """
    head = block[0]
    doubtful = head.id and any(step.id != head.id for step in block)
    return [Step(head.start, block[-1].end, None)] if doubtful else block
