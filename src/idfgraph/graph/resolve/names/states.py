"""Names of states: read as they are known and, where that leaves something over, by what tells them
from others.

'Congo, Dem. Rep.' is the state whose name has these words, whatever their order, language and
particles. A name never stands while a word beside it is left over that makes another thing of it:
'Republic of China' is not China with two words over.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain, pairwise

from ....model.datatypes import Span
from ....model.names import words
from ....model.text import LANGUAGES, Language
from ....system.memo import Memo
from .covers import Named, Step
from .forms import EXCLUDING, PARTICLES, TELLING, Loose, loose
from .gazetteer import Gazetteer, steps_of, turns
from .mentions import PLACES, IsHeld, KnownName, Name, Prose
from .qualifiers import unqualified
from .runs import AND, JOINING, Cut, Key, NameRun, left_over, signed

#: What a name costs that is known by its words alone: more than two names as they are known.
_LOOSE = 5

#: How far around words a name that holds them goes.
_AROUND = 100

#: What the name of a place costs that holds that of a state: less than any other.
_PLACED = 1

_PLACES = frozenset(signed(place) for place in PLACES.split(";"))
_LONGEST_PLACE = max(map(len, _PLACES))


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
        self._making = _making(self._ids)
        self._cuts = Memo[str, Cut]()

    def cut(self, run: str) -> Cut:
        """The names in a run of names, and what is left over."""
        return self._cuts.get(run) or self._cuts.keep(run, self._cut(run))

    def _cut(self, run: str) -> Cut:
        read, steps = self.read(unqualified(run))
        if left_over(steps):
            found = steps_of(read, self._loosely)
            steps = _guarded(read, found if _stands(read, found) else steps, self._making)
        return read.cut(list(_without_excluded(read, steps)))

    def alike(self, name: str) -> frozenset[str]:
        """The states that a name can mean if the form of a state is not said with it.

        >>> names = [KnownName("Republic of Korea", "en", "st:KOR")]
        >>> names += [KnownName("Democratic Republic of Korea", "en", "st:PRK")]
        >>> sorted(States(names).alike("Korea")), States(names).alike("Republic of Korea")
        (['st:KOR', 'st:PRK'], frozenset())
        """
        forms, others = loose(word.folded for word in words(name))
        known = self._loose.items() if others and not forms else ()
        return frozenset(id_ for key, id_ in known if id_ and key.others == others)

    def longer(self, text: str, span: Span) -> Name | None:
        """The name of another state that words at a place, which name one, are a part of.

        >>> names = [KnownName("Congo", "en", "st:COG"), KnownName("RD Congo", "fr", "st:COD")]
        >>> States(names).longer("in RD Congo", (6, 11))
        Name(id='st:COD', span=(3, 11))
        """
        named = {name.id for name in self.cut(text[slice(*span)]).names}
        first, last = max(0, span[0] - _AROUND), span[1] + _AROUND
        part = text[first:last]
        every = (self.cut(part).names, *(self.mentions(part, language) for language in LANGUAGES))
        for name in chain.from_iterable(every):
            start, end = name.span[0] + first, name.span[1] + first
            if named and start <= span[0] < span[1] <= end and name.id not in named:
                return Name(name.id, (start, end))
        return None

    def ending(self, run: NameRun, end: int) -> Iterator[Named]:
        """The names that end before a place; a place that holds the name of a state is none."""
        for width in range(2, min(end, _LONGEST_PLACE) + 1):
            if run.key(end - width, end) in _PLACES:
                yield Named(end - width, "", _PLACED)
        yield from super().ending(run, end)

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


def _making(ids: Mapping[Key, str]) -> Mapping[str, Set[str]]:
    """For each state the words that make the name of another one of its own: papua of Guinea."""
    found: dict[str, set[str]] = defaultdict(set)
    plain = {tuple(word.lstrip("(),/;") for word in key): id_ for key, id_ in ids.items()}
    for key, id_ in plain.items():
        parts = (key[a:b] for a in range(len(key)) for b in range(a + 1, len(key) + 1))
        for part in parts:
            if (other := plain.get(part, id_)) != id_:
                found[other] |= {*key} - {*part} - PARTICLES - JOINING
    return found


def _guarded(run: NameRun, steps: Sequence[Step], making: Mapping[str, Set[str]]) -> list[Step]:
    """The steps, those names left over beside which a word is left over that makes another thing of
    them, or which "of" alone parts.
    """
    found: list[Step] = []
    place = 0
    while place < len(steps):
        end = place + 1
        while end < len(steps) and not steps[place].id and _continued(run, steps, end):
            end += 1
        stretch = list(steps[place:end])
        before = found[-1] if found and found[-1].id else None
        after = steps[end] if end < len(steps) and run.beside(stretch[-1], steps[end]) else None
        told = TELLING | _made_of(before, making)
        if stretch[0].id or not (
            _tells(run, stretch, told | _made_of(after, making))
            or _joins(run, before, stretch, after)
        ):
            found += stretch
        else:
            first = found.pop() if before and _linked(run, before, stretch, told) else stretch[0]
            last = after or stretch[-1]
            found.append(Step(first.start, last.end, None))
            end += after is not None
        place = end
    return found


def _made_of(name: Step | None, making: Mapping[str, Set[str]]) -> Set[str]:
    return making.get(name.id, frozenset()) if name and name.id else frozenset()


def _joins(run: NameRun, one: Step | None, stretch: Sequence[Step], other: Step | None) -> bool:
    """Whether nothing but words such as "of" stands between two names."""
    words_between = {word for step in stretch for word in run.folded[step.start : step.end]}
    return (
        one is not None
        and other is not None
        and bool(other.id)
        and run.beside(one, stretch[0])
        and words_between <= PARTICLES
    )


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


def _tells(run: NameRun, stretch: Iterable[Step], telling: Set[str]) -> bool:
    return any(word in telling for step in stretch for word in run.folded[step.start : step.end])


def _linked(run: NameRun, name: Step, stretch: Sequence[Step], telling: Set[str]) -> bool:
    """Whether words left over belong to the name before them."""
    if any(run.folded[place] in AND for place in range(name.end, stretch[0].start)):
        return False
    rest = [word for word in run.folded[name.end : stretch[-1].end] if word not in PARTICLES]
    signs = [sign for sign in run.signs[name.end : stretch[0].start + 1] if sign]
    return (
        not signs
        or all(word in telling for word in rest)
        or (rest[0] in telling and signs[0] in {",", "("})
    )
