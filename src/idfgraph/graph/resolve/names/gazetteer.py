"""Names to identifiers: a run of names is cut by dynamic programming.

It is accepted only where all covers that leave the fewest words over and use the fewest names
read the same; words left over are residue, and nothing is ever guessed for them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from rapidfuzz import fuzz, process

from ....model.names import folded, words, words_apart
from .covers import Named, Step, cover
from .mentions import KnownName
from .runs import JOINING, TURNS, Cut, Key, NameRun, left_over, signed

#: How like a known name (of 100) a residue must be for the name to be suggested.
_ALIKE = 75

#: What a name costs as it is known, and otherwise written: less than two names.
_PLAIN, _TURNED = 2, 3


class Gazetteer:
    """Known names, found in a run whatever their accents and case."""

    def __init__(self, known: Iterable[KnownName]) -> None:
        names = list(known)
        self._ids, self._doubtful = _keyed(names)
        self._spelled = {folded(name.name): name.id for name in names}
        self.longest = max(map(len, self._ids), default=0)
        self._widths = _widths(self._ids)

    def find(self, name: str) -> str | None:
        """The identifier of one name, or None."""
        return self._ids.get(tuple(folded(name).split())) or self._ids.get(signed(name))

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
        read, steps = self.read(run)
        return read.cut(steps)

    def read(self, text: str) -> tuple[NameRun, list[Step]]:
        """A run as words, whole or parted at capitals, and what they are."""
        whole = NameRun(text, list(words(text)))
        steps = steps_of(whole, self.ending)
        if left_over(steps) and len(apart := list(words_apart(text))) > len(whole.folded):
            parted = NameRun(text, apart)
            if not left_over(found := steps_of(parted, self.ending)):
                return parted, found
        return whole, steps

    def ending(self, run: NameRun, end: int) -> Iterator[Named]:
        """The names that end before a place: as they are known or, at more cost, otherwise
        written.
        """
        for width in self._widths.get(run.folded[end - 1], ()):
            if width <= end and (id_ := self._ids.get(key := run.key(end - width, end))):
                listed = key in self._doubtful or self._listed(run, end - width, end)
                yield Named(end - width, id_, 2 * _PLAIN if listed else _PLAIN)
        if run.parted(end):
            yield from self._turned(run, end)

    def _turned(self, run: NameRun, end: int) -> Iterator[Named]:
        """The names in two parts that end before a place.

        'Guinée (Bissau)' is read out of its brackets, 'Salomon (Îles)' and 'Corée, République de'
        are turned round.
        """
        for start, turn in turns(run, end, self.longest):
            head, lead = run.folded[start:turn], run.folded[turn:end]
            straight = self._ids.get((*head, *lead)) if run.signs[turn] == "(" else None
            if id_ := straight or self._ids.get((*lead, *head)):
                yield Named(start, id_, _TURNED)

    def _listed(self, run: NameRun, start: int, end: int) -> bool:
        """Whether words, after a comma, are as well the two last names of a list: ', Serbia and
        Montenegro'.
        """
        joints = (place for place in range(start + 1, end - 1) if run.folded[place] in JOINING)
        return run.signs[start] == "," and any(
            run.key(start, joint) in self._ids and run.key(joint + 1, end) in self._ids
            for joint in joints
        )


def steps_of(run: NameRun, names: Callable[[NameRun, int], Iterable[Named]]) -> list[Step]:
    """What the words of a run are; one step, no name, where two ways are as good."""
    weights = [int(word not in JOINING) for word in run.folded]
    steps = cover(weights, lambda end: names(run, end))
    return [Step(0, len(run.folded), None)] if steps is None else run.told(steps)


def turns(run: NameRun, end: int, longest: int) -> Iterator[tuple[int, int]]:
    """Where a name in two parts that ends before a place may begin, and its second part."""
    first = max(0, end - longest)
    turn = next((place for place in range(end - 1, first, -1) if run.signs[place]), 0)
    for start in range(turn - 1, first - 1, -1) if run.signs[turn] in TURNS else ():
        yield start, turn
        if run.signs[start]:
            break


def _keyed(names: Iterable[KnownName]) -> tuple[Mapping[Key, str], frozenset[Key]]:
    """Names by their keys, the last that has a key; and the keys that are as well two names.

    'Hong Kong (China)' is one name, 'Hong Kong, China' and 'Hong Kong/China' as well two, 'Hong
    Kong China' two.
    """
    known = [(name.id, run) for name in names for run in _runs(name.name)]
    bare = {tuple(run.folded): id_ for id_, run in known}
    ids: dict[Key, str] = {}
    listed: dict[Key, str] = {}
    doubtful: set[Key] = set()
    for id_, run in known:
        key, turn = run.key(0, len(run.folded)), run.turn
        ids[key] = id_
        parts = [bare.get(tuple(run.folded[:turn])), bare.get(tuple(run.folded[turn:]))]
        two = bool(turn) and None not in parts and set(parts) != {id_}
        if not two or parts[0] != id_:
            ids[tuple(run.folded)] = id_
            doubtful |= {tuple(run.folded)} if two else set()
        if run.signs[turn] == "(":
            for sign in ",/":
                as_listed = (*key[:turn], sign + run.folded[turn], *key[turn + 1 :])
                listed[as_listed] = id_
                doubtful |= {as_listed} if two else set()
    return listed | ids, frozenset(doubtful - {run.key(0, len(run.folded)) for _, run in known})


def _runs(name: str) -> Iterator[NameRun]:
    """A name as words, cut at capitals (McDonald), and with the letters of its abbreviations apart
    (USA: U.S.A.).
    """
    whole, cut = list(words(name)), list(words_apart(name))
    yield NameRun(name, whole)
    if cut != whole:
        yield NameRun(name, cut)
    if any(2 <= len(word) <= 4 and word.isupper() for word in name.split()):
        apart = " ".join(
            " ".join(word) if 2 <= len(word) <= 4 and word.isupper() else word
            for word in name.split()
        )
        yield NameRun(apart, list(words(apart)))


def _widths(keys: Iterable[Key]) -> Mapping[str, Sequence[int]]:
    """For each word the numbers of words of the names that end with it, fewest first."""
    found: dict[str, set[int]] = defaultdict(set)
    for key in keys:
        found[key[-1].lstrip("(),/;")].add(len(key))
    return {word: sorted(widths) for word, widths in found.items()}
