"""Reference data that a desk adds: its entries beside those that ship, its words for these, and
what is given twice. Nothing that ships is replaced.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from ..model.entries import Entry, Label, Membership
from ..model.provisional_codes import kind_of, word_key
from ..model.text import Language

#: The fields of an entry that hold one thing; those that hold several, of which each counts.
_SINGLE = ("type", "iso2", "iso3", "m49")
_SEVERAL = (
    *("notation", "identifier", "broader", "unit_of", "exact_match", "close_match"),
    *("broad_match", "narrow_match", "in_scheme", "replaces"),
)


class AdditionNote(NamedTuple):
    """A line on something that is given twice, and the id of the entry that gives it again."""

    id: str
    text: str


class Additions(NamedTuple):
    """Entries with what was added to them, and a note on each thing that is given twice."""

    entries: tuple[Entry, ...]
    notes: tuple[AdditionNote, ...] = ()


def with_additions(shipped: Iterable[Entry], own: Iterable[Entry]) -> Additions:
    """The entries that ship and those of a desk; of one id, all that both say.

    >>> land = Entry(id="st:ALB", type="State", pref_label={"en": Label(text="Albania")})
    >>> more = Entry(id="st:ALB", type="State", pref_label={"en": Label(text="Shqipëria")})
    >>> with_additions([land], [more]).notes[0].text
    "st:ALB is 'Albania' (en) in the list that ships: 'Shqipëria' is another name of it"
    """
    entries = {entry.id: entry for entry in shipped}
    new = [entry for entry in own if entries.get(entry.id) != entry]
    owners = _owners(entries.values()) if new else {}
    notes: list[AdditionNote] = []
    for entry in new:
        more, taken = _without_taken(entry, owners)
        known = entries.get(entry.id)
        said = [*taken, *(_conflicts(known, more) if known else ())]
        notes += [AdditionNote(entry.id, text) for text in said]
        entries[entry.id] = _joined(known, more) if known else more
    notes += _replacements(entries)
    return Additions(tuple(entries.values()), tuple(notes))


def _replacements(entries: Mapping[str, Entry]) -> Iterator[AdditionNote]:
    """A note on each code that is still there though another took its place, or that two did."""
    taken: dict[str, str] = {}
    for entry in entries.values():
        for old in entry.replaces:
            if old in entries:
                said = f"{entry.id} replaces {old}, which is still a code: that stays"
                yield AdditionNote(entry.id, said)
            elif (by := taken.setdefault(old, entry.id)) != entry.id:
                said = f"{entry.id} replaces {old}, as {by} does: that of {by} counts"
                yield AdditionNote(entry.id, said)


def _owners(entries: Iterable[Entry]) -> dict[tuple[str, str], str]:
    """The entry that has each name, by what it is looked up among."""
    owners: dict[tuple[str, str], str] = {}
    for entry in entries:
        for _, label in _names(entry):
            owners.setdefault((kind_of(entry.id), word_key(label.text)), entry.id)
    return owners


def _names(entry: Entry) -> Iterator[tuple[Language, Label]]:
    yield from entry.pref_label.items()
    for language, names in entry.alt_label.items():
        yield from ((language, name) for name in names)


def _without_taken(entry: Entry, owners: Mapping[tuple[str, str], str]) -> tuple[Entry, list[str]]:
    """An entry without other names that the list has for another one, and a line for each name."""
    kind, notes = kind_of(entry.id), []
    for language, label in _names(entry):
        owner = owners.get((kind, word_key(label.text)), entry.id)
        if owner != entry.id:
            notes.append(f"{label.text!r} ({language}, {entry.id}) is a name of {owner} already")
    alt = {
        language: tuple(
            name for name in names if owners.get((kind, word_key(name.text)), entry.id) == entry.id
        )
        for language, names in entry.alt_label.items()
    }
    return replace(entry, alt_label={key: names for key, names in alt.items() if names}), notes


def _conflicts(known: Entry, more: Entry) -> Iterator[str]:
    """A line for each thing that a desk says otherwise than the list that ships."""
    for language, label in more.pref_label.items():
        has = known.pref_label.get(language)
        if has and has.text != label.text:
            said = f"{has.text!r} ({language}) in the list that ships"
            yield f"{known.id} is {said}: {label.text!r} is another name of it"
    for name in _SINGLE:
        has, says = getattr(known, name), getattr(more, name)
        if has and says and has != says:
            yield f"{known.id} has {name} {has} in the list that ships: {says} is not used"
    days = {each.organization: each for each in known.membership}
    for each in more.membership:
        if days.get(each.organization, each) != each:
            said = "has a membership in the list that ships"
            yield f"{known.id} {said}: that in {each.organization} is not used"
    for language in more.definition:
        if known.definition.get(language, more.definition[language]) != more.definition[language]:
            yield f"{known.id} is defined ({language}) in the list that ships: that stays"


def _joined(known: Entry, more: Entry) -> Entry:
    """An entry that ships, with what a desk adds to it."""
    several = {
        name: tuple(dict.fromkeys((*getattr(known, name), *getattr(more, name))))
        for name in _SEVERAL
    }
    single = {name: getattr(known, name) or getattr(more, name) for name in _SINGLE}
    return replace(
        known,
        **single,
        **several,
        pref_label={**more.pref_label, **known.pref_label},
        alt_label=_other_names(known, more),
        definition={**more.definition, **known.definition},
        membership=tuple(_memberships(known, more)),
        sources={**more.sources, **known.sources},
    )


def _other_names(known: Entry, more: Entry) -> dict[Language, tuple[Label, ...]]:
    """The other names of both: names that differ from that of the list are among them."""
    found = {language: list(names) for language, names in known.alt_label.items()}
    preferred = {**more.pref_label, **known.pref_label}
    for language, label in _names(more):
        has = {one.text for one in (*found.get(language, ()), *_named(preferred, language))}
        if label.text not in has:
            found.setdefault(language, []).append(label)
    return {language: tuple(names) for language, names in found.items()}


def _named(labels: Mapping[Language, Label], language: Language) -> Iterator[Label]:
    if language in labels:
        yield labels[language]


def _memberships(known: Entry, more: Entry) -> Iterator[Membership]:
    """The memberships of both, one in each organisation."""
    yield from known.membership
    own = {each.organization for each in known.membership}
    yield from (each for each in more.membership if each.organization not in own)
