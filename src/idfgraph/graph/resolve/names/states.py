"""Names of states: read as they are known and, where that leaves something over, by what tells them
from others.

'Congo, Dem. Rep.' is the state whose name has these words, whatever their order, language and
particles. A name never stands while a word beside it is left over that makes another thing of it:
'Republic of China' is not China with two words over.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ....model.names import words
from ....model.text import Language
from .covers import Named, Step
from .forms import EXCLUDING, PARTICLES, TELLING, Loose, loose
from .gazetteer import Gazetteer, steps_of, turns
from .mentions import IsHeld, KnownName, Name, Prose
from .qualifiers import unqualified
from .runs import AND, Cut, NameRun, left_over

#: What a name costs that is known by its words alone: more than two names as they are known.
_LOOSE = 5


class States(Gazetteer):
    """Known names of states, found in prose too, as they are written there; `silent` are longer
    names that stand for none of them, and `is_held` tells where one is a part of such a name.

    >>> names = [KnownName("Republic of the Congo", "en", "st:COG")]
    >>> names += [KnownName("Chad", "en", "st:TCD")]
    >>> [name.id for name in States(names).cut("Chad; Congo, Rep.").names]
    ['st:TCD', 'st:COG']
    """

    def __init__(
        self,
        known: Iterable[KnownName],
        silent: Iterable[str] = (),
        is_held: IsHeld = lambda _text, _span: False,
    ) -> None:
        names = list(known)
        super().__init__(names)
        self._prose = Prose(names, silent, is_held)
        self._loose: dict[Loose, str | None] = {}
        for name in names:
            key = loose(word.folded for word in words(name.name))
            same = self._loose.setdefault(key, name.id) == name.id
            self._loose[key] = name.id if same else None

    def cut(self, run: str) -> Cut:
        """The names in a run of names, and what is left over."""
        read, steps = self.read(unqualified(run))
        if left_over(steps):
            found = steps_of(read, self._loosely)
            steps = _guarded(read, found if _stands(read, found) else steps)
        return read.cut(list(_without_excluded(read, steps)))

    def mentions(self, prose: str, language: Language) -> Iterator[Name]:
        """The names written in prose, letter case and accents as they are, each place once, longest
        name first.
        """
        return self._prose.mentions(prose, language)

    def _loosely(self, run: NameRun, end: int) -> Iterator[Named]:
        """The names that end before a place, as they are known or by their words alone."""
        yield from self.ending(run, end)
        if run.folded[end - 1] not in PARTICLES:
            yield from self._straight(run, end)
        if run.parted(end) or run.folded[end - 1] not in PARTICLES:
            yield from self._about(run, end)

    def _straight(self, run: NameRun, end: int) -> Iterator[Named]:
        """Names without a sign in them."""
        for start in range(end - 1, max(-1, end - 1 - self.longest), -1):
            name = run.folded[start:end]
            if name[0] not in PARTICLES and (id_ := self._loose.get(loose(name))):
                yield Named(start, id_, _LOOSE)
            if run.signs[start]:
                break

    def _about(self, run: NameRun, end: int) -> Iterator[Named]:
        """Names in two parts, as they stand or turned round, whatever follows: in 'Alemania,
        República Democrática Congo' it may be that of either, and neither is taken.
        """
        for start, turn in turns(run, end, self.longest):
            head, lead = run.folded[start:turn], run.folded[turn:end]
            halves = loose(head).forms & loose(lead).forms
            if halves or head[0] in PARTICLES or head[-1] in PARTICLES:
                continue
            straight, round_ = (self._loose.get(loose(name)) for name in (head + lead, lead + head))
            if id_ := straight or round_:
                yield Named(start, id_, _LOOSE)


def _stands(run: NameRun, steps: Sequence[Step]) -> bool:
    """Whether signs part all names from what is left over."""
    return not any(
        bool(one.id) != bool(two.id) and run.beside(one, two) for one, two in pairwise(steps)
    )


def _guarded(run: NameRun, steps: Sequence[Step]) -> list[Step]:
    """The steps, those names left over beside which a word is left over that makes another thing of
    them.
    """
    found: list[Step] = []
    place = 0
    while place < len(steps):
        end = place + 1
        while end < len(steps) and not steps[place].id and _continued(run, steps, end):
            end += 1
        stretch = list(steps[place:end])
        if not stretch[0].id and _tells(run, stretch):
            if found and found[-1].id and _linked(run, found[-1], stretch):
                stretch = [found.pop(), *stretch]
            if end < len(steps) and run.beside(stretch[-1], steps[end]):
                stretch.append(steps[end])
                end += 1
            stretch = [Step(stretch[0].start, stretch[-1].end, None)]
        found += stretch
        place = end
    return found


def _without_excluded(run: NameRun, steps: Sequence[Step]) -> Iterator[Step]:
    """The steps, those behind words such as "all but" left over: up to the end, or to that of the
    bracket in which these stand.
    """
    out = bracket = inside = False
    for step in steps:
        closed = run.signs[step.start] == ")"
        inside = "(" in run.signs[step.start : step.end] or (inside and not closed)
        out = out and not (bracket and closed)
        if not out and not step.id:
            out = not EXCLUDING.isdisjoint(run.folded[step.start : step.end])
            bracket = inside
        yield step._replace(id=None) if out else step


def _continued(run: NameRun, steps: Sequence[Step], place: int) -> bool:
    return not steps[place].id and run.beside(steps[place - 1], steps[place])


def _tells(run: NameRun, stretch: Iterable[Step]) -> bool:
    return any(word in TELLING for step in stretch for word in run.folded[step.start : step.end])


def _linked(run: NameRun, name: Step, stretch: Sequence[Step]) -> bool:
    """Whether words left over belong to the name before them."""
    if any(run.folded[place] in AND for place in range(name.end, stretch[0].start)):
        return False
    rest = [word for word in run.folded[name.end : stretch[-1].end] if word not in PARTICLES]
    signs = [sign for sign in run.signs[name.end : stretch[0].start + 1] if sign]
    return (
        not signs
        or all(word in TELLING for word in rest)
        or (rest[0] in TELLING and signs[0] in {",", "("})
    )
