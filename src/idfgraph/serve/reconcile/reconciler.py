"""Names to things: candidates with scores, and the one that a name surely stands for."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ...graph.resolve import KnownName, States, loose
from ...model.text import LANGUAGES, ours
from .likeness import SAME, code_key, key_of
from .name_index import NameIndex
from .property_values import PropertyReader
from .reconcile_requests import NameQuery
from .release_things import KINDS, KnownThing, ReleaseThings
from .wishes import Wishes, share

#: Another thing as like as this is so near that none is surely meant.
_NEAR = 96.0

#: A code as short as this may be a word: where no type is asked for, it is not surely meant.
_SHORT, _SHORT_CODE = 3, 99.0

#: No state has a name as long as this.
_LONGEST = 200

#: The score of a state whose name differs in words of the forms of states alone.
_OTHER_FORM = 90.0

#: What parts the two names of one thing: "Name (N)", "N – Name", "Name / Nom".
_PARTING = re.compile(r"[()\[\]/–—]|\s-\s")

#: What is left of a score where a thing has none of the types that it should rather have.
_OF_OTHER_TYPE = 0.75


class ReconcileCandidate(NamedTuple):
    """A thing that a query may mean: how likely it is that it does (100 at most), how like its name
    is, whether it has each property as wished, and whether it is surely meant.
    """

    thing: KnownThing
    score: float
    name: float
    kept: Sequence[bool | None]
    match: bool = False


class Reconciler:
    """The things of a release, found by their names, codes and properties; `base` is what their
    ids stand behind in full IRIs.
    """

    def __init__(self, known: ReleaseThings, base: str) -> None:
        self.things = list(known.things.values())
        self.by_id = {thing.id: thing for thing in self.things}
        self.reader, self._base = PropertyReader(known), base
        self._numbers = {thing.id: number for number, thing in enumerate(self.things)}
        self._names = {
            kind: NameIndex(
                (key_of(name), number)
                for number, thing in enumerate(self.things)
                if thing.kind == kind
                for name in thing.names
            )
            for kind in KINDS
        }
        self._codes: dict[str, dict[int, None]] = defaultdict(dict)
        for number, thing in enumerate(self.things):
            for code in thing.codes:
                self._codes[code_key(code)][number] = None
        self._states = States(_state_names(self.things))
        self._bare: dict[Sequence[str], dict[int, None]] = defaultdict(dict)
        for state in _state_names(self.things):
            self._bare[_bare(state.name)][self._numbers[state.id]] = None

    def thing(self, id_: str) -> KnownThing | None:
        """A thing by its id or its full IRI."""
        return self.by_id.get(id_.removeprefix(self._base))

    def candidates(self, query: NameQuery) -> list[ReconcileCandidate]:
        """What a query may mean, the likeliest first."""
        wishes = Wishes(query.properties, self.reader, self._meant)
        types = [self.type_of(type_) for type_ in query.types]
        is_named = bool(key_of(query.query))
        if is_named:
            names = self._named(query.query, types if query.type_strict != "should" else ())
        else:
            names = dict.fromkeys(range(len(self.things)), SAME) if wishes else {}
        found = list(self._held(names, types, query.type_strict, wishes))
        if not is_named:
            found = [one for one in found if True in one.kept]
        found.sort(key=lambda one: (-one.score, one.thing.id))
        first, second = [*(one.score for one in found[:2]), 0.0, 0.0][:2]
        if is_named and first == SAME and second < _NEAR:
            found[0] = found[0]._replace(match=True)
        return found[: query.most]

    def type_of(self, type_: str) -> str:
        """A type as this service calls it, given so or by its full IRI."""
        return type_.removeprefix(f"{self._base}def#").removeprefix(self._base)

    def beginning(self, prefix: str, kinds: Sequence[str] = KINDS) -> Iterator[KnownThing]:
        """Things of some kinds whose id, a code or a name begins so, each once; then those with
        names like it.
        """
        numbers = dict.fromkeys(self._beginning(prefix, kinds))
        return (thing for number in numbers if (thing := self.things[number]).kind in kinds)

    def _beginning(self, prefix: str, kinds: Sequence[str]) -> Iterator[int]:
        code, key = code_key(prefix), key_of(prefix)
        if not key:
            return
        yield from self._called(prefix, kinds)
        yield from self._codes.get(code, ())
        for kind in kinds:
            yield from self._names[kind].beginning(key)
        for known, numbers in self._codes.items():
            yield from numbers if known.startswith(code) else ()
        likes = [each for kind in kinds for each in self._names[kind].like(key)]
        yield from (number for number, _ in sorted(likes, key=lambda each: -each[1]))

    def _named(self, text: str, types: Sequence[str]) -> Mapping[int, float]:
        """Things, by number, that a text may name, with how like their names are to it."""
        found: dict[int, float] = {}
        key, code, kinds = key_of(text), code_key(text), self._kinds(types)
        for kind in kinds:
            found |= self._names[kind].like(key)
        for number in self._bare.get(_bare(text), ()) if "State" in kinds else ():
            found[number] = max(found.get(number, 0), _OTHER_FORM)
        if len(code) <= _SHORT and not types:
            found |= dict.fromkeys(self._codes.get(code, ()), _SHORT_CODE)
            return found | dict.fromkeys(self._called(text, kinds), SAME)
        return found | dict.fromkeys([*self._codes.get(code, ()), *self._called(text, kinds)], SAME)

    def _called(self, text: str, kinds: Sequence[str]) -> Iterator[int]:
        """Things of some kinds, by number, that a text is the name or the id of."""
        if exact := self.thing(text.strip()):
            yield self._numbers[exact.id]
        for kind in kinds:
            yield from self._names[kind].named(key_of(text))
            yield from self._twice(text, self._names[kind])
        if "State" in kinds and len(text) < _LONGEST:
            cut = self._states.cut(text)
            if len(cut.names) == 1 and not cut.residue:
                yield self._numbers[cut.names[0].id]

    @staticmethod
    def _twice(text: str, names: NameIndex) -> Iterator[int]:
        """Things that a text names twice: in full, and by an acronym or in another language."""
        parts = [key for part in _PARTING.split(text) if (key := key_of(part))]
        if len(parts) == 2:
            yield from set(names.named(parts[0])) & set(names.named(parts[1]))

    def _meant(self, text: str) -> frozenset[str]:
        """The ids of the things that a text is a name, a code or the id of."""
        numbers = (*self._called(text, KINDS), *self._codes.get(code_key(text), ()))
        return frozenset(self.things[number].id for number in numbers)

    def _kinds(self, types: Sequence[str]) -> Sequence[str]:
        """The kinds that things of some types are of; all where none is asked for that there is."""
        asked = ["Concept" if type_.startswith("code/") else type_ for type_ in types]
        return list(dict.fromkeys(kind for kind in asked if kind in KINDS)) or KINDS

    def _held(
        self, names: Mapping[int, float], types: Sequence[str], strict: str, wishes: Wishes
    ) -> Iterator[ReconcileCandidate]:
        """Things by how like their names are, held against types and properties."""
        for number, name in names.items():
            thing = self.things[number]
            of_type = [type_ in thing.types for type_ in types]
            fits = all(of_type) if strict == "all" else any(of_type) or not types
            if not fits and strict != "should":
                continue
            kept = wishes.kept(thing)
            score = name * share(kept) * (1.0 if fits else _OF_OTHER_TYPE)
            yield ReconcileCandidate(thing, round(score, 2), round(name, 2), kept)


def _bare(name: str) -> Sequence[str]:
    """The words of the name of a state but for those of the forms of states; all where there are no
    others.

    >>> _bare("Islamic Republic of the Gambia"), _bare("United States")
    (('gambia',), ('united', 'states'))
    """
    words = key_of(name).split()
    return loose(words).others or tuple(words)


def _state_names(things: Sequence[KnownThing]) -> Iterator[KnownName]:
    """The names of states by their ids; the language counts in running text alone."""
    for thing in things:
        for name in thing.names if thing.kind == "State" else ():
            tags = [tag for tag, label in thing.label.items() if label == name]
            yield KnownName(name, ours(tags[0] if tags else "") or LANGUAGES[0], thing.id)
