"""Names of things of one kind: found as they are written, by how they begin, by likeness."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from math import log

from rapidfuzz import fuzz, process

from .likeness import likeness

#: Names that are held against what is asked for, places that are looked up for its words, and the
#: words up to which, and the likeness under which, all names of its length are held against it.
_MOST, _LOOKED_UP, _FEW, _GOOD = 40, 8_000, 3, 80.0

#: Names less like than this are none.
_LEAST = 60.0


class NameIndex:
    """Names, as keys, of things that are given by their numbers.

    >>> index = NameIndex([("guinea", 1), ("guinea bissau", 2)])
    >>> index.named("guinea"), [number for number, _ in index.like("guinea bisau")]
    ([1], [2, 1])
    """

    def __init__(self, named: Iterable[tuple[str, int]]) -> None:
        owners: dict[str, list[int]] = defaultdict(list)
        for key, number in named:
            if number not in owners[key][-1:]:
                owners[key].append(number)
        self._owners = dict(owners)
        self._keys = sorted(owners, key=lambda key: (len(key), key))
        self._lengths = list(map(len, self._keys))
        self._words: dict[str, list[int]] = defaultdict(list)
        for place, key in enumerate(self._keys):
            for word in {*key.split()}:
                self._words[word].append(place)

    def named(self, key: str) -> Sequence[int]:
        """The things that have this name."""
        return self._owners.get(key, ())

    def like(self, key: str) -> list[tuple[int, float]]:
        """Things whose names are like one, with how like they are, best first."""
        words = key.split()
        scores = {name: likeness(key, name) for name in self._sharing(words)}
        if len(words) <= _FEW or max(scores.values(), default=0.0) < _GOOD:
            scores |= {name: likeness(key, name) for name in self._near(key)}
        found: dict[int, float] = {}
        for name, score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
            for number in self._owners[name] if score >= _LEAST else ():
                found.setdefault(number, score)
        return list(found.items())

    def beginning(self, key: str) -> Iterator[int]:
        """Things with a name that begins so, shortest first; then those where a word does."""
        first = (name for name in self._keys if name.startswith(key))
        later = (name for name in self._keys if f" {key}" in name)
        for names in (first, later):
            for name in names:
                yield from self._owners[name]

    def _sharing(self, words: Sequence[str]) -> Iterator[str]:
        """The names that share words with some, rare words first."""
        weights: dict[int, float] = defaultdict(float)
        left = _LOOKED_UP
        known = ({*words} & self._words.keys()) if words else ()
        for word in sorted(known, key=lambda word: (len(self._words[word]), word)):
            places = self._words[word]
            left -= len(places)
            if left < 0 and weights:
                break
            weight = 1 / (1 + log(len(places)))
            for place in places:
                weights[place] += weight
        best = nlargest(_MOST, weights, key=weights.__getitem__)
        return (self._keys[place] for place in best)

    def _near(self, key: str) -> Iterator[str]:
        """The names that differ least in their letters, among those that are as long."""
        ratio = (200 - _LEAST) / _LEAST
        first = bisect_left(self._lengths, len(key) / ratio)
        last = bisect_right(self._lengths, len(key) * ratio)
        names = self._keys[first:last]
        found = process.extract(
            key, names, scorer=fuzz.ratio, score_cutoff=_LEAST, limit=_MOST, processor=None
        )
        return (name for name, _, _ in found)
