"""Answers that were given, kept as long as there is room for them."""

from collections import OrderedDict

from ..engine import Asked, QueryOutcome

#: What part of the room one answer may take; the bytes that each takes beside its own.
_SHARE, _BESIDE = 8, 1 << 10


class Remembered:
    """Whole answers by their questions, in so many bytes; those not asked for longest go first.

    >>> kept = Remembered(1 << 20)
    >>> kept.keep(Asked("ASK {}", ""), QueryOutcome(200, "json", b"yes"))
    >>> kept.get(Asked("ASK {}", ""))
    QueryOutcome(status=200, form='json', body=b'yes', digest='')
    """

    def __init__(self, room: int) -> None:
        self._room, self._taken = room, 0
        self._kept: OrderedDict[Asked, QueryOutcome] = OrderedDict()

    def get(self, asked: Asked) -> QueryOutcome | None:
        """What was answered to a question, if that is kept."""
        found = self._kept.get(asked)
        if found:
            self._kept.move_to_end(asked)
        return found

    def keep(self, asked: Asked, told: QueryOutcome) -> None:
        """Keeps an answer, unless it is an error or too long, or there already."""
        size = _size(asked, told)
        if told.status != 200 or size > self._room // _SHARE or asked in self._kept:
            return
        self._kept[asked] = told
        self._taken += size
        while self._taken > self._room:
            self._taken -= _size(*self._kept.popitem(last=False))


def _size(asked: Asked, told: QueryOutcome) -> int:
    graphs = sum(map(len, (*asked.default_graphs, *asked.named_graphs)))
    return len(told.body) + 4 * (len(asked.query) + graphs) + _BESIDE
