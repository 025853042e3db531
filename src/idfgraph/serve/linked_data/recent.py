"""What was asked for lately, up to so much of it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class Recent(Generic[_Key, _Value]):
    """Values by key: what was not asked for longest makes room where all weigh too much.

    >>> kept = Recent[str, str](5, len)
    >>> kept["a"], kept["b"], kept["c"] = "xx", "xx", "xx"
    >>> kept.get("a"), kept.get("c")
    (None, 'xx')
    """

    def __init__(self, most: int, weigh: Callable[[_Value], int]) -> None:
        self._most, self._weigh = most, weigh
        self._values: OrderedDict[_Key, _Value] = OrderedDict()
        self.weight = 0

    def get(self, key: _Key) -> _Value | None:
        """The value of a key; None where there is none."""
        if (value := self._values.get(key)) is not None:
            self._values.move_to_end(key)
        return value

    def __setitem__(self, key: _Key, value: _Value) -> None:
        before = self._values.pop(key, None)
        self.weight += self._weigh(value) - (self._weigh(before) if before is not None else 0)
        self._values[key] = value
        while self.weight > self._most and self._values:
            _, old = self._values.popitem(last=False)
            self.weight -= self._weigh(old)
