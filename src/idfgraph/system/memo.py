"""What was found out before, kept up to a bound."""

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

#: How much is kept where nothing else is said.
_MOST = 10_000


class Memo(dict[K, V]):
    """What was found out, by what was asked; once it is too much, all of it is forgotten: what is
    asked again is mostly asked soon.

    >>> Memo[str, int]().keep("a", 1)
    1
    """

    def __init__(self, most: int = 0) -> None:
        super().__init__()
        self._most = most or _MOST

    def keep(self, asked: K, found: V) -> V:
        """What was found, kept from now on."""
        if len(self) >= self._most:
            self.clear()
        self[asked] = found
        return found


class Made(Memo[K, V]):
    """What a function makes of what it is asked, kept as in a memo.

    >>> Made(len)["abc"]
    3
    """

    def __init__(self, make: Callable[[K], V], most: int = 0) -> None:
        super().__init__(most)
        self._make = make

    def __missing__(self, asked: K) -> V:
        if len(self) >= self._most:
            self.clear()
        found = self[asked] = self._make(asked)
        return found
