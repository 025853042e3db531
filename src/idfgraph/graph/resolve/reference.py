"""Reference data ready for use: names found, codes looked up, areas and regions compared, entries
as nodes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz import fuzz, process

from ...model import iris
from ...model.entries import Alias, Entry, FieldLabel, Membership, ReferenceData
from ...model.names import folded
from ...model.nodes import Json, Node, id_of
from ...model.provisional_codes import PROVISIONAL, kind_of, provisional, scheme_and_code, word_key
from ...model.text import Language, chosen
from ...sources.pages import PRINTED
from .aliases import METHOD, alias_decision, labelled, new_names, other_names
from .names import Gazetteer, KnownName, States
from .prose import Holders, Phrasebook, ProseReader

EU = "ag:eu"

#: How like a known label (of 100) another one must be to be shown beside it.
_ALIKE = 84

#: How the ids of governments begin: their names name their states.
_GOVERNMENT = "ag:government-"


class Reference:
    """States, areas, organisations and concepts with their names, indexed once for a whole run."""

    def __init__(self, data: ReferenceData, labels: Iterable[FieldLabel] = ()) -> None:
        self.made_of = data, tuple(labels)
        self._entries = {entry.id: entry for entry in data.entries}
        self._added = new_names(data)
        self._sources = data.sources
        known = list(_known(data))
        organisations = [name for name in known if name.id.startswith("ag:")]
        self.organisations = Gazetteer(organisations)
        self.states = States(
            (name for name in known if name.id.startswith("st:")),
            silent=(name.name for name in organisations if not name.id.startswith(_GOVERNMENT)),
            is_held=Holders(Phrasebook(data.phrases)).hold,
        )
        self.prose = ProseReader(self.states, known, data.phrases)
        self._codes: dict[str, dict[str, str]] = defaultdict(dict)
        for name in known:
            scheme, code = scheme_and_code(name.id)
            if code:
                self._codes[scheme].setdefault(word_key(name.name), code)
        self._moved = {**_named_codes(known), **moved_codes(data.entries)}
        self._labels = (*PRINTED, *(one.label for one in self.made_of[1]))
        self._exceptions = {(item.state, item.region): item.page for item in data.exceptions}
        self._areas: dict[str, set[str]] = {}

    def code(self, scheme: str, printed: str) -> str:
        """The code that a printed value stands for in a scheme, a provisional one where no list has
        it; empty for what is no word.
        """
        if listed := self._codes[scheme].get(word_key(printed)):
            return listed
        word = provisional(printed)
        return self.settled(scheme, word) if word else ""

    def settled(self, scheme: str, code: str) -> str:
        """The code itself if a list has it, else what took its place, else a provisional one."""
        if f"code:{scheme}-{code}" in self._entries:
            return code
        word = code if code.startswith(PROVISIONAL) else provisional(code)
        now = self._moved.get(f"code:{scheme}-{code}") or self._moved.get(f"code:{scheme}-{word}")
        return scheme_and_code(now)[1] if now else word

    @property
    def moved(self) -> Mapping[str, str]:
        """Codes that others took the place of, with these, as compact IRIs."""
        return self._moved

    def lists(self, id_: str) -> bool:
        """Whether an entry has this id."""
        return id_ in self._entries

    def label(self, id_: str, language: Language) -> str:
        """The label of an entry in a language, else in another that it has one in, else its id."""
        if id_ not in self._entries:
            return id_
        labels = self._entries[id_].pref_label
        return chosen({tag: label.text for tag, label in labels.items()}, language)[0] or id_

    def label_like(self, label: str) -> str:
        """The label of a field that is most like another one; empty where none is like it."""
        found = process.extractOne(
            label,
            self._labels,
            processor=folded,
            scorer=fuzz.token_sort_ratio,
            score_cutoff=_ALIKE,
        )
        return found[0] if found else ""

    def iso2(self, state: str) -> str | None:
        """The ISO 3166-1 alpha-2 code of a state, or None where it has none."""
        entry = self._entries.get(state)
        return entry.iso2 if entry else None

    def is_in_eu(self, state: str, day: str) -> bool:
        """Whether a state is a member of the European Union on a day (YYYY-MM-DD)."""
        entry = self._entries.get(state)
        memberships = entry.membership if entry else ()
        return any(each.organization == EU and each.covers(day) for each in memberships)

    def is_in_region(self, state: str, region: str) -> bool:
        """Whether a state lies in the M49 areas that a region of the Fund is matched to, or the
        Fund puts it there.
        """
        entry = self._entries.get(region)
        areas = (
            {match.id for match in (*entry.close_match, *entry.narrow_match)} if entry else set()
        )
        return not areas or (state, region) in self._exceptions or bool(areas & self._within(state))

    def entry(self, id_: str) -> Entry | None:
        """The entry of an id, if there is one."""
        return self._entries.get(id_)

    def page_of(self, source: str) -> str:
        """The address of a source by its key; an address as it is."""
        return self._sources.get(source, source)

    def ids(self) -> Iterable[str]:
        """The ids of all entries."""
        return self._entries.keys()

    def nodes(self, touched: Iterable[str]) -> Iterator[Node]:
        """The nodes of the entries touched and of what they stand in, in order of their ids."""
        return (self._node(self._entries[id_]) for id_ in sorted(self.closure(touched)))

    def decisions(self, id_: str) -> Iterator[Node]:
        """The decisions that an entry's other names rest on, in order of their ids."""
        nodes = map(alias_decision, self._added.get(id_, ()))
        return iter(sorted(nodes, key=id_of))

    def closure(self, touched: Iterable[str]) -> set[str]:
        """The known ids among those touched, with the schemes, areas and organisations they lead
        to, and how decisions on them are made.
        """
        found: set[str] = set()
        todo = [id_ for id_ in touched if id_ in self._entries]
        while todo:
            id_ = todo.pop()
            if id_ in self._entries and id_ not in found:
                found.add(id_)
                entry = self._entries[id_]
                todo += [*entry.broader, *entry.in_scheme, *entry.unit_of]
                todo += [each.organization for each in entry.membership]
                todo += [f"code:method-{METHOD}"] if id_ in self._added else []
        return found

    def _node(self, entry: Entry) -> Node:
        """The node of an entry."""
        return _entry_node(entry, self._added.get(entry.id, ()), self._sources)

    def _within(self, state: str) -> set[str]:
        """The areas that a state is in; areas that lie in one another end nothing."""
        if state in self._areas:
            return self._areas[state]
        found = self._areas[state] = set()
        todo = [state]
        while todo:
            entry = self._entries.get(todo.pop())
            new = set(entry.broader if entry else ()) - found
            found |= new
            todo += new
        return found


def moved_codes(entries: Iterable[Entry]) -> Mapping[str, str]:
    """The codes that entries took the place of, with these; none that is an entry still.

    >>> tc = Entry(id="code:type-tc", type="Concept", replaces=("code:type-provisional-x",))
    >>> moved_codes([tc])
    {'code:type-provisional-x': 'code:type-tc'}
    """
    known = list(entries)
    ids = {entry.id for entry in known}
    moved: dict[str, str] = {}
    for entry in known:
        for old in entry.replaces:
            if old not in ids:
                moved.setdefault(old, entry.id)
    return moved


def _named_codes(names: Iterable[KnownName]) -> Mapping[str, str]:
    """The provisional codes of words that are names of codes by now, with these."""
    named: dict[str, str] = {}
    for name in names:
        scheme, _ = scheme_and_code(name.id)
        if scheme and (word := provisional(name.name)):
            named.setdefault(f"code:{scheme}-{word}", name.id)
    return named


def _entry_node(entry: Entry, aliases: Sequence[Alias], sources: Mapping[str, str]) -> Node:
    """The reference entry as a node of a linked record, with the names that people added for it."""
    labels: dict[str, Json | None] = {
        "prefLabel": {language: label.text for language, label in entry.pref_label.items()},
        "altLabel": dict(other_names(entry, aliases)),
        "definition": {language: label.text for language, label in entry.definition.items()},
        "iso2": entry.iso2,
        "iso3": entry.iso3,
        "m49": entry.m49,
    }
    several: dict[str, Sequence[Json]] = {
        "notation": entry.notation,
        "identifier": entry.identifier,
        "inScheme": entry.in_scheme,
        "broader": entry.broader,
        "membership": [_membership_node(entry, each, sources) for each in entry.membership],
        "unitOf": entry.unit_of,
        **{key: [match.id for match in matches] for key, matches in entry.links.items()},
    }
    shown = {key: value for key, value in labels.items() if value}
    return {
        "id": entry.id,
        "type": entry.type,
        **shown,
        **{key: list(v) for key, v in several.items() if v},
    }


def _membership_node(entry: Entry, membership: Membership, sources: Mapping[str, str]) -> Node:
    """That an entry belongs to an organisation, as a part of it: since when, until when, who says
    so.
    """
    slug = membership.organization.partition(":")[2]
    days = {"memberFrom": membership.member_from, "memberUntil": membership.member_until}
    evidence = sorted({sources.get(key, key) for key in membership.sources})
    return {
        "id": iris.part(entry.id, "membership", slug),
        "type": "Membership",
        "organization": membership.organization,
        **{key: day for key, day in days.items() if day},
        **({"evidence": evidence} if evidence else {}),
    }


def _owned(names: Iterable[KnownName]) -> Iterator[KnownName]:
    """The names without those that an earlier entry of the same kind has."""
    owners: dict[tuple[str, str], str] = {}
    for name in names:
        if owners.setdefault((kind_of(name.id), word_key(name.name)), name.id) == name.id:
            yield name


def _known(data: ReferenceData) -> Iterator[KnownName]:
    """All names, those that people added last; they are searched for in prose where the entry's own
    are.
    """
    silent = {entry.id for entry in data.entries if not entry.mention}
    yield from _owned(labelled(data)) if data.notes else labelled(data)
    yield from (
        KnownName(alias.alias, alias.lang, alias.id, alias.id not in silent)
        for alias in data.aliases
    )
