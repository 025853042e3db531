"""A record as it is compared: its values, decisions and review as plain fields, long texts as their
digest.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec

from ...model.fields import VALUES, ProgrammeValues, ProjectValues
from ...model.judgements import Acceptance, Decision, Review
from ...model.records import Record, Source


class LongText(msgspec.Struct, frozen=True):
    """A text that is compared, not shown: how many characters, and the first 16 hex digits of its
    SHA-256.
    """

    characters: int
    digest: str


#: What a field can have: a text or code as the record states it, several, or a long text.
Value = str | tuple[str, ...] | LongText

#: Fields whose values are long texts by language.
_LONG = frozenset(field.name for field in VALUES if field.is_long)


class Snapshot(msgspec.Struct, frozen=True):
    """A record as it is compared: its kind, and its fields (`status`, `title.fr`,
    `association.funding`).
    """

    kind: str
    fields: Mapping[str, Value]

    @property
    def titles(self) -> Mapping[str, str]:
        """The record's titles by language."""
        titles = {
            field.partition(".")[2]: text
            for field, text in self.fields.items()
            if field.startswith("title.")
        }
        return {language: text for language, text in titles.items() if isinstance(text, str)}


class Change(NamedTuple):
    """A field whose value is another one; None where it is absent."""

    field: str
    before: Value | None
    after: Value | None


def snapshot(record: Record, values: ProjectValues | ProgrammeValues | None) -> Snapshot:
    """The snapshot of a record with the values that are accepted for it; None for a page that names
    no project.

    >>> from ...model.records import Project
    >>> snapshot(Project(id="V47-805"), ProjectValues(status="active")).fields
    {'status': 'active'}
    """
    stated: Mapping[str, Any] = msgspec.to_builtins(values) if values else {}
    fields: dict[str, Value] = {}
    for name, value in stated.items():
        fields.update(_fields(name, value))
    if record.sources:
        fields["source"] = tuple(map(_page, record.sources))
    if record.reviewed:
        fields["reviewed"] = tuple(map(_review, record.reviewed))
    fields |= _decisions(record.decisions)
    return Snapshot(str(record.__struct_config__.tag), {**fields, **_acceptances(record.accepted)})


def changes(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """The fields that differ, in the order of a record; the order of a list's items does not
    matter.

    >>> changes(Snapshot("project", {"status": "active"}), Snapshot("project", {}))
    (Change(field='status', before='active', after=None),)
    """
    old, new = {"kind": before.kind, **before.fields}, {"kind": after.kind, **after.fields}
    differing = (
        Change(field, old.get(field), new.get(field)) for field in sorted({*old, *new}, key=_order)
    )
    return tuple(change for change in differing if _plain(change.before) != _plain(change.after))


#: The order in which fields are told; what is not here comes before decisions, reviews and pages.
_ORDER = {
    name: number
    for number, name in enumerate(
        [
            "kind",
            "title",
            "narrative",
            "status",
            "startYear",
            "endYear",
            "allocationYear",
            "budget",
        ]
    )
} | {"decision": 100, "accepted": 101, "reviewed": 102, "source": 103}


def _order(field: str) -> tuple[int, str]:
    return _ORDER.get(field.partition(".")[0], 50), field


def _plain(value: Value | None) -> object:
    return sorted(value) if isinstance(value, tuple) else value


def _fields(name: str, value: Any) -> Iterator[tuple[str, Value]]:
    """A value as the fields that are compared."""
    if name in _LONG:
        yield from ((f"{name}.{language}", _long(text)) for language, text in value.items())
    elif name == "budget":
        yield name, " ".join(value.values())
    elif isinstance(value, Mapping):
        yield from ((f"{name}.{language}", text) for language, text in value.items())
    elif isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
        yield from _by_part(name, value)
    else:
        yield name, tuple(value) if isinstance(value, list | tuple) else value


def _by_part(name: str, items: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, Value]]:
    """Partners by their role, and counts by what they measure: the second word of an item says
    which.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for item in items:
        value, part = item.values()
        found[f"{name}.{part}"].append(value)
    yield from ((field, tuple(values)) for field, values in sorted(found.items()))


def _long(text: str) -> LongText:
    return LongText(len(text), sha256(text.encode()).hexdigest()[:16])


def _review(review: Review) -> str:
    return ", ".join(filter(None, (review.by, review.on, review.values)))


def _page(source: Source) -> str:
    known = filter(None, (source.language, source.page[:16], source.captured))
    return f"{source.identifier} ({', '.join(known)})"


def _decisions(decisions: Iterable[Decision]) -> Mapping[str, Value]:
    """What people decided, why, on what evidence, who and when: a field of each for a property."""
    found: dict[str, list[str]] = defaultdict(list)
    for decision in decisions:
        name = f"decision.{decision.property}"
        found[name] += _items(decision.value)
        found[f"{name}.insteadOf"] += _items(decision.instead_of)
        found[f"{name}.by"].append(f"{decision.by}, {decision.on}")
        found[f"{name}.evidence"] += map(str, decision.evidence)
        for language, why in sorted(decision.why.items()):
            found[f"{name}.why.{language}"].append(why)
    return {field: tuple(items) for field, items in found.items() if items}


def _acceptances(accepted: Iterable[Acceptance]) -> Mapping[str, Value]:
    """The doubts that people have seen, the words in doubt, why, who and when."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in accepted:
        name = f"accepted.{one.issue}.{one.property}"
        found[name] += _items(one.words) or ["–"]
        found[f"{name}.by"].append(f"{one.by}, {one.on}")
        for language, why in sorted(one.why.items()):
            found[f"{name}.why.{language}"].append(why)
    return {field: tuple(items) for field, items in found.items()}


def _items(value: Any) -> list[str]:
    """What a decision says, as texts; one of several languages with its language before it."""
    if isinstance(value, Mapping):
        return [f"{language}: {text}" for language, text in sorted(value.items())]
    return [value] if isinstance(value, str) else list(value)
