"""Which items of a list are which of another: those that stay, those that change, those that go or
come.
"""

from collections.abc import Mapping, Sequence

#: Keys that tell the items of a record's lists apart, the first that both have.
_TELLING = ("property", "measure", "agent", "issue", "language", "by")

#: How many comparisons two lists may take; longer ones are taken to have nothing in common.
_LIMIT = 250_000

Pairs = list[tuple[int | None, int | None]]


def same(read: object, data: object) -> bool:
    """Whether what was read (every scalar a text) is the data.

    >>> same({"a": ["1"]}, {"a": [1]})
    True
    """
    if isinstance(read, Mapping) and isinstance(data, Mapping):
        return read.keys() == data.keys() and all(same(read[key], data[key]) for key in read)
    if isinstance(read, list) and isinstance(data, list):
        return len(read) == len(data) and all(
            same(one, other) for one, other in zip(read, data, strict=True)
        )
    return isinstance(read, str) and isinstance(data, str | int) and read == str(data)


def aligned(old: Sequence[object], new: Sequence[object]) -> Pairs:
    """Pairs of positions, in order: both where an item stays or changes, one where it goes or
    comes.

    >>> aligned(["a", "b"], ["b", "c"])
    [(0, None), (1, 0), (None, 1)]
    """
    head = 0
    while head < min(len(old), len(new)) and same(old[head], new[head]):
        head += 1
    middle = (
        _aligned(old[head:], new[head:])
        if (len(old) - head) * (len(new) - head) <= _LIMIT
        else _apart(old, new)
    )
    shifted: Pairs = [
        (None if i is None else i + head, None if j is None else j + head) for i, j in middle
    ]
    return [*((i, i) for i in range(head)), *shifted]


def _apart(old: Sequence[object], new: Sequence[object]) -> Pairs:
    return [*((i, None) for i in range(len(old))), *((None, j) for j in range(len(new)))]


def _aligned(old: Sequence[object], new: Sequence[object]) -> Pairs:
    """The pairs of greatest weight."""
    kin = [[_kin(one, other) for other in new] for one in old]
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = kin[i][j] + best[i + 1][j + 1] if kin[i][j] else 0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs: Pairs = []
    i = j = 0
    while i < len(old) and j < len(new):
        if kin[i][j] and best[i][j] == kin[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, j))
            j += 1
    return [
        *pairs,
        *((k, None) for k in range(i, len(old))),
        *((None, k) for k in range(j, len(new))),
    ]


def _kin(one: object, other: object) -> int:
    """How near two items are: 2 the same, 1 mappings about the same thing, 0 neither."""
    if same(one, other):
        return 2
    if not (isinstance(one, Mapping) and isinstance(other, Mapping)):
        return 0
    key = next((key for key in _TELLING if key in one and key in other), None)
    return int(key is not None and one[key] == other[key])
