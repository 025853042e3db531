"""What the captures of a record give, now and before the desk gave their words a meaning: a value
that the record has from then is no edit. Pure.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from ...graph.resolve import Reference, accepted_values, stated_values
from ...model.provisional_codes import scheme_and_code
from ...model.records import Record
from ...model.text import LANGUAGES
from .three_way import Fields, by_field, same

#: How many words of a list are told that are like one, and how many at all.
_NEAR, _MOST = 5, 12


class WordMeanings(NamedTuple):
    """What words mean: with what the desk adds, and (made when it is asked for) without."""

    now: Reference
    shipped: Callable[[], Reference]

    def given(self, record: Record) -> Fields:
        """The fields that the captures and decisions of a record give."""
        return _given(record, self.now)

    def edit(self, record: Record) -> Fields:
        """The fields that a record states, their codes as they are called by now."""
        return by_field(plain(stated_values(record, self.now)))

    def base(self, record: Record, edit: Fields) -> Fields:
        """The fields that a record was given before people edited it: those of now, but where the
        edit is what its captures gave without a name that the desk added, or without a decision.
        """
        now = self.given(record)
        base = dict(now)
        differ = [name for name in {*now, *edit} if not same(now.get(name), edit.get(name))]
        for before in self._before(record) if differ else ():
            for name in differ:
                if _is_between(before.get(name), edit.get(name), now.get(name)):
                    base[name] = edit.get(name)
        return base

    def _before(self, record: Record) -> Iterator[Fields]:
        """What a record's captures gave while less was known of them."""
        undecided = replace(record, decisions=())
        yield _given(undecided, self.now)
        yield _given(record, self.shipped())
        yield _given(undecided, self.shipped())


def plain(values: object) -> Mapping[str, object]:
    """Values as plain data, without what is absent; none where there are none."""
    data: Fields | None = msgspec.json.decode(msgspec.json.encode(values))
    return data or {}


def _given(record: Record, reference: Reference) -> Fields:
    return by_field(plain(accepted_values(record, reference)))


def _is_between(before: object, edit: object, now: object) -> bool:
    """Whether an edit is what was given before, or a list on its way from there to what is now."""
    if same(before, edit):
        return True
    few, some, many = (one if isinstance(one, list) else [] for one in (before, edit, now))
    return bool(some) and all(one in some for one in few) and all(one in many for one in some)


def listed_like(reference: Reference, words: str, scheme: str) -> Sequence[str]:
    """The words of a list that are like some words, or the first of all of them."""
    ids = [id_ for id_ in reference.ids() if scheme_and_code(id_)[0] == scheme]
    coded = (id_ for id_ in ids if scheme_and_code(id_)[1])
    known = sorted({reference.label(id_, tag) for id_ in coded for tag in LANGUAGES})
    return (get_close_matches(words, known, n=_NEAR) or known)[:_MOST]
