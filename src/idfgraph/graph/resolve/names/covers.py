"""A run of words covered by names: the cheapest way, or none where two ways are equally cheap."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class Named(NamedTuple):
    """Where words begin, what they stand for as a name, and what it costs to read them so."""

    start: int
    id: str
    cost: int


class Step(NamedTuple):
    """Words of a run, from `start` up to `end`, and what the name they are stands for (None: no
    name).
    """

    start: int
    end: int
    id: str | None


class _Cover(NamedTuple):
    """A best way to cover the first words of a run: costs, last step, numbers of the readings (two
    at most) as good.

    Of ways that cost the same and read the same, the one that passes over the fewest words is
    taken.
    """

    left_over: int
    cost: int
    passed: int
    readings: tuple[int, ...]
    last: Step


def cover(weights: Sequence[int], names: Callable[[int], Iterable[Named]]) -> list[Step] | None:
    """The steps that leave the least over, with names that cost the least; None if two such ways
    read differently.

    `weights` are what each word weighs left over, `names` tells the names that end before a place.

    >>> known = {2: [Named(0, "st:CRI", 1)], 3: [Named(2, "st:PAN", 1)]}
    >>> [step.id for step in cover([1, 1, 1, 1], lambda end: known.get(end, []))]
    ['st:CRI', 'st:PAN', None]
    """
    numbers: dict[tuple[int, str], int] = {}
    covers = [_Cover(0, 0, 0, (0,), Step(0, 0, None))]
    for end, weight in enumerate(weights, 1):
        over, cost, passed, readings, _ = covers[-1]
        options = [_Cover(over + weight, cost, passed + 1, readings, Step(end - 1, end, None))]
        options += [_with(covers[named.start], named, end, numbers) for named in names(end)]
        covers.append(_best(options) if len(options) > 1 else options[0])
    return None if len(covers[-1].readings) > 1 else _steps(covers)


def _with(before: _Cover, named: Named, end: int, numbers: dict[tuple[int, str], int]) -> _Cover:
    """The cover with a name more; each reading, as one before it and a name, has a number from
    1.
    """
    readings = (
        numbers.setdefault((reading, named.id), len(numbers) + 1) for reading in before.readings
    )
    cost = before.cost + named.cost
    return _Cover(
        before.left_over, cost, before.passed, tuple(readings), Step(named.start, end, named.id)
    )


def _best(options: Sequence[_Cover]) -> _Cover:
    best = min(options, key=lambda option: option[:3])
    equal = {reading for option in options if option[:2] == best[:2] for reading in option.readings}
    return best._replace(readings=tuple(sorted(equal)[:2]))


def _steps(covers: Sequence[_Cover]) -> list[Step]:
    """The steps of the last cover, from first to last."""
    steps, end = [], len(covers) - 1
    while end:
        steps.append(covers[end].last)
        end = covers[end].last.start
    return steps[::-1]
