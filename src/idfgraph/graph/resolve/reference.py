"""Reference data ready for use: names found, codes looked up, areas and regions compared, entries
as nodes.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from ...model.names import folded
from ...model.nodes import Json, Node
from ...model.records import Alias, Entry, Label, Match, ReferenceData
from ...model.text import Language
from .names import Gazetteer, KnownName

EU = "ag:eu"


class Reference:
    """States, areas, organisations and concepts with their names, indexed once for a whole run."""

    def __init__(self, data: ReferenceData) -> None:
        self._entries = {entry.id: entry for entry in data.entries}
        known = list(_known(data))
        self.states = Gazetteer(name for name in known if name.id.startswith("st:"))
        self.organisations = Gazetteer(name for name in known if name.id.startswith("ag:"))
        self._codes: dict[str, dict[str, str]] = defaultdict(dict)
        for name in known:
            if name.id.startswith("code:"):
                scheme, _, code = name.id.removeprefix("code:").partition("-")
                self._codes[scheme][folded(name.name)] = code
        self._exceptions = {(item.state, item.region): item.page for item in data.exceptions}

    def code(self, scheme: str, printed: str) -> str | None:
        """The code that a printed value stands for in a scheme, or None."""
        return self._codes[scheme].get(folded(printed))

    def label(self, id_: str, language: Language) -> str:
        """The label of an entry in a language, else in English, else its id."""
        labels = self._entries[id_].pref_label if id_ in self._entries else {}
        label = labels.get(language) or labels.get("en")
        return label.text if label else id_

    def iso2(self, state: str) -> str | None:
        """The ISO 3166-1 alpha-2 code of a state, or None where it has none."""
        entry = self._entries.get(state)
        return entry.iso2 if entry else None

    def is_in_eu(self, state: str) -> bool:
        """Whether a state is a member of the European Union in the reference data."""
        entry = self._entries.get(state)
        return entry is not None and EU in entry.member_of

    def is_in_region(self, state: str, region: str) -> bool:
        """Whether a state lies in the M49 areas that a region of the Fund is matched to, or the
        Fund puts it there.
        """
        entry = self._entries.get(region)
        areas = (
            {match.id for match in (*entry.close_match, *entry.narrow_match)} if entry else set()
        )
        return not areas or (state, region) in self._exceptions or bool(areas & self._within(state))

    def ids(self) -> Iterable[str]:
        """The ids of all entries."""
        return self._entries.keys()

    def nodes(self, touched: Iterable[str]) -> Iterator[Node]:
        """The nodes of the entries touched and of what they stand in, in order of their ids."""
        return (entry_node(self._entries[id_]) for id_ in sorted(self.closure(touched)))

    def closure(self, touched: Iterable[str]) -> set[str]:
        """The known ids among those touched, with the schemes, areas and organisations they lead
        to.
        """
        found: set[str] = set()
        todo = [id_ for id_ in touched if id_ in self._entries]
        while todo:
            id_ = todo.pop()
            if id_ in self._entries and id_ not in found:
                found.add(id_)
                entry = self._entries[id_]
                todo += [*entry.broader, *entry.in_scheme, *entry.member_of, *entry.unit_of]
        return found

    def _within(self, state: str) -> set[str]:
        """The areas that a state is in; areas that lie in one another end nothing."""
        found: set[str] = set()
        todo = [state]
        while todo:
            entry = self._entries.get(todo.pop())
            new = set(entry.broader if entry else ()) - found
            found |= new
            todo += new
        return found


#: Entries that are no concepts, as all would be that have a match of SKOS.
_AGENTS = frozenset({"Organization", "OrganizationalUnit"})


def entry_node(entry: Entry) -> Node:
    """The reference entry as a node of a linked record."""
    labels: dict[str, Json | None] = {
        "prefLabel": {language: label.text for language, label in entry.pref_label.items()},
        "altLabel": {
            language: [name.text for name in names] for language, names in entry.alt_label.items()
        },
        "definition": {language: label.text for language, label in entry.definition.items()},
        "iso2": entry.iso2,
        "iso3": entry.iso3,
        "m49": entry.m49,
    }
    several: dict[str, Sequence[str]] = {
        "notation": entry.notation,
        "identifier": entry.identifier,
        "inScheme": entry.in_scheme,
        "broader": entry.broader,
        "memberOf": entry.member_of,
        "unitOf": entry.unit_of,
        "sameAs" if entry.type in _AGENTS else "exactMatch": _ids(entry.exact_match),
        "closeMatch": _ids(entry.close_match),
        "broadMatch": _ids(entry.broad_match),
        "narrowMatch": _ids(entry.narrow_match),
    }
    shown = {key: value for key, value in labels.items() if value}
    return {
        "id": entry.id,
        "type": entry.type,
        **shown,
        **{key: list(v) for key, v in several.items() if v},
    }


def _ids(matches: Iterable[Match]) -> list[str]:
    return [match.id for match in matches]


def alias_warnings(data: ReferenceData) -> Iterator[str]:
    """A line for each alias that names no entry, that the reference data has already, or that it
    contradicts.

    >>> from idfgraph.model.records import Alias
    >>> entry = Entry(id="st:MDA", type="State", pref_label={"fr": Label(text="Moldavie")})
    >>> alias = Alias(alias="moldavie", lang="fr", id="st:MDA", why="everyday name")
    >>> list(alias_warnings(ReferenceData(entries=(entry,), aliases=(alias,))))
    ["alias 'moldavie' (fr, st:MDA) is not needed: the reference data has it"]
    """
    owners: dict[str, dict[str, set[Language]]] = defaultdict(lambda: defaultdict(set))
    for name in _labels(data):
        owners[folded(name.name)][name.id].add(name.language)
    ids = {entry.id for entry in data.entries}
    for alias in data.aliases:
        if fault := _fault(alias, owners[folded(alias.alias)], ids):
            yield f"alias {alias.alias!r} ({alias.lang}, {alias.id}) {fault}"
        owners[folded(alias.alias)][alias.id].add(alias.lang)


def unused_aliases(aliases: Iterable[Alias], texts: Iterable[str]) -> list[Alias]:
    """The aliases that stand in none of the texts, letter case and accents apart.

    >>> from idfgraph.model.records import Alias
    >>> alias = Alias(alias="Moldavie", lang="fr", id="st:MDA", why="everyday name")
    >>> unused_aliases([alias], ["En MOLDAVIE"])
    []
    """
    left = {alias: folded(alias.alias) for alias in aliases}
    for text in map(folded, texts):
        left = {alias: name for alias, name in left.items() if name not in text}
    return list(left)


def _fault(alias: Alias, owners: Mapping[str, Container[Language]], ids: Container[str]) -> str:
    """What is wrong with an alias, given who has its name in which languages."""
    others = sorted(id_ for id_ in owners if _kind(id_) == _kind(alias.id) and id_ != alias.id)
    if alias.id not in ids:
        return f"is not used: there is no {alias.id}"
    if others:
        return f"is contradicted: it is a name of {', '.join(others)} as well"
    return (
        "is not needed: the reference data has it" if alias.lang in owners.get(alias.id, ()) else ""
    )


def _kind(id_: str) -> str:
    """What a name is looked up among: states, organisations, one scheme of codes."""
    return id_.partition(":")[0] if not id_.startswith("code:") else id_.partition("-")[0]


def _known(data: ReferenceData) -> Iterator[KnownName]:
    """All names, those that people added last; they are searched for in prose where the entry's own
    are.
    """
    silent = {entry.id for entry in data.entries if not entry.mention}
    yield from _labels(data)
    yield from (
        KnownName(alias.alias, alias.lang, alias.id, alias.id not in silent)
        for alias in data.aliases
    )


def _labels(data: ReferenceData) -> Iterator[KnownName]:
    for entry in data.entries:
        labels: list[tuple[Language, Label]] = list(entry.pref_label.items())
        labels += [
            (language, name) for language, names in entry.alt_label.items() for name in names
        ]
        yield from (
            KnownName(label.text, language, entry.id, entry.mention) for language, label in labels
        )
