"""What the records of a data folder come to: how many of what, how much, how many states."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from .compared_record import Snapshot


class Total(NamedTuple):
    """A sum before and after as decimal strings: its name (`records`, `kind`, `budget`, `states`,
    `status`) and key.
    """

    name: str
    key: str
    before: str
    after: str

    @property
    def difference(self) -> str:
        """How much more, with its sign; `0` where it is the same.

        >>> Total("states", "", "3", "1").difference
        '-2'
        """
        difference = Decimal(self.after) - Decimal(self.before)
        return f"{difference:+}" if difference else "0"


#: The names of totals, in their order.
_NAMES = ("records", "kind", "budget", "states", "status")

#: A total's name and key.
_Key = tuple[str, str]


class TotalsCount:
    """Totals as records are counted, one after the other."""

    def __init__(self) -> None:
        self._sums: Counter[_Key] = Counter()
        self._money: dict[_Key, Decimal] = {}
        self._states: set[str] = set()

    def count(self, record: Snapshot) -> None:
        """Counts a record in."""
        self._sums["records", ""] += 1
        self._sums["kind", record.kind] += 1
        if record.kind != "page":
            self._sums["status", _text(record.fields.get("status"))] += 1
        value, _, currency = _text(record.fields.get("budget")).partition(" ")
        if value:
            key = ("budget", currency)
            self._money[key] = self._money.get(key, Decimal("0.00")) + Decimal(value)
        beneficiaries = record.fields.get("beneficiary")
        self._states.update(beneficiaries if isinstance(beneficiaries, tuple) else ())

    def sums(self) -> Mapping[_Key, str]:
        """All sums as decimal strings."""
        counts = {**self._sums, ("states", ""): len(self._states)}
        return {key: str(number) for key, number in {**counts, **self._money}.items()}


def totals(before: Iterable[Snapshot], after: Iterable[Snapshot]) -> tuple[Total, ...]:
    """The totals of records before and after, those that are zero on both sides left out but for
    the first of all.

    >>> totals([Snapshot("project", {"budget": "5 USD"})], [])[2]
    Total(name='budget', key='USD', before='5.00', after='0')
    """
    old, new = _sums(before), _sums(after)
    keys = sorted(
        {*old, *new, ("records", "")}, key=lambda key: (_NAMES.index(key[0]), not key[1], key[1])
    )
    found = (Total(*key, old.get(key, "0"), new.get(key, "0")) for key in keys)
    return tuple(
        total for total in found if total.name == "records" or {total.before, total.after} != {"0"}
    )


def _sums(records: Iterable[Snapshot]) -> Mapping[_Key, str]:
    tally = TotalsCount()
    for record in records:
        tally.count(record)
    return tally.sums()


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
