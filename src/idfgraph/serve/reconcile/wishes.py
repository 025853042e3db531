"""Whether a thing has the properties that a query wishes it to have."""

from collections.abc import Callable, Sequence, Set
from typing import Any

from .likeness import key_of
from .property_values import PropertyReader, PropertyValue
from .reconcile_requests import CHARACTERS, PropertyWish
from .release_things import KnownThing

#: What is left of a score by a property that a thing has otherwise, and by one that nothing is
#: known of, if it is the only one.
_OTHERWISE, _UNKNOWN = 0.5, 0.75


class Wishes:
    """The properties that a query wishes, held against things; `meant` gives the ids of the things
    that a text is a name, a code or the id of.
    """

    def __init__(
        self,
        wishes: Sequence[PropertyWish],
        reader: PropertyReader,
        meant: Callable[[str], Set[str]],
    ) -> None:
        self._reader = reader
        self._wishes = [(wish.pid, [_Wished(one, meant) for one in wish.values]) for wish in wishes]

    def __bool__(self) -> bool:
        return bool(self._wishes)

    def kept(self, thing: KnownThing) -> list[bool | None]:
        """For each property whether a thing has it as wished; None where nothing is known of it."""
        return [self._kept(thing, pid, wished) for pid, wished in self._wishes]

    def _kept(self, thing: KnownThing, pid: str, wished: Sequence["_Wished"]) -> bool | None:
        values = list(self._reader.values(thing, pid))
        if not values:
            return None
        return any(one.is_met(value) for one in wished for value in values)


def share(kept: Sequence[bool | None]) -> float:
    """What is left of a score by which properties a thing has as wished.

    >>> share([True]), share([None]), share([True, False])
    (1.0, 0.75, 0.75)
    """
    left = {True: 1.0, False: _OTHERWISE, None: _UNKNOWN}
    return sum(left[one] for one in kept) / len(kept) if kept else 1.0


class _Wished:
    """A value that is wished: a text, a number, or a thing by its name, code or id."""

    def __init__(self, said: Any, meant: Callable[[str], Set[str]]) -> None:
        is_whole = isinstance(said, float) and said.is_integer()
        self._text = str(int(said) if is_whole else said).strip()[:CHARACTERS]
        self._key, self._number = _key(self._text), _number(self._text)
        self._things = meant(self._text)

    def is_met(self, value: PropertyValue) -> bool:
        """Whether a value is the one that is wished."""
        if value.number is not None:
            return self._number == value.number
        if value.thing:
            return value.thing.id in self._things
        if value.iri and value.iri == self._text:
            return True
        return bool(self._key) and self._key in map(_key, value.texts.values())


def _key(text: str) -> str:
    """What a text is compared by; a number without the zeros before it, which tables lose.

    >>> _key("008") == _key("8"), _key("0")
    (True, '0')
    """
    key = key_of(text)
    return key.lstrip("0") or "0" if key.isdecimal() else key


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
