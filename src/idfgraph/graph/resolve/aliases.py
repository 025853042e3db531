"""Names that people add for entries of the reference data: as other names of these, with the
decisions that they rest on, and what is wrong with them.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from hashlib import sha256

from ...model import iris
from ...model.entries import Alias, Entry, Label, ReferenceData
from ...model.names import folded
from ...model.nodes import LiteralValue, Node
from ...model.text import Language
from .names import KnownName, signed

#: How these are made.
METHOD = "reference"


def new_names(data: ReferenceData) -> Mapping[str, list[Alias]]:
    """The aliases that give an entry a name that it has not yet in the language, by its id; each
    once.

    >>> entry = Entry(id="st:MMR", type="State", pref_label={"en": Label(text="Myanmar")})
    >>> alias = Alias(alias="Burma", lang="en", id="st:MMR", why="name until 1989")
    >>> new = new_names(ReferenceData(entries=(entry,), aliases=(alias, alias)))
    >>> [alias.alias for alias in new["st:MMR"]]
    ['Burma']
    """
    ids = {entry.id for entry in data.entries}
    known = {(name.id, name.language, name.name) for name in labelled(data)}
    found: dict[str, list[Alias]] = defaultdict(list)
    for alias in data.aliases:
        key = (alias.id, alias.lang, alias.alias)
        if alias.id in ids and key not in known:
            known.add(key)
            found[alias.id].append(alias)
    return found


def other_names(entry: Entry, aliases: Iterable[Alias]) -> Mapping[Language, list[str]]:
    """The other names of an entry by language: its own, then those that people added."""
    names = {language: [name.text for name in own] for language, own in entry.alt_label.items()}
    for alias in aliases:
        names.setdefault(alias.lang, []).append(alias.alias)
    return names


def decisions_on(entry: str) -> str:
    """The graph of the decisions on an entry of the reference data.

    >>> decisions_on("st:MMR")
    'graph:decision/state/MMR'
    """
    return iris.graph("decision", str(iris.document(entry)).removeprefix("doc/"))


def alias_decision(alias: Alias) -> Node:
    """The decision that gives an entry a name, as a node of the graph of the decisions on it.

    >>> alias = Alias(alias="Burma", lang="en", id="st:MMR", why="name until 1989")
    >>> alias_decision(alias)["aboutValue"]
    [{'@value': 'Burma', '@language': 'en'}]
    """
    digest = sha256(alias.alias.encode()).hexdigest()[:8]
    return {
        "id": iris.part(decisions_on(alias.id), "altLabel", alias.lang, digest),
        "type": "Decision",
        "aboutResource": alias.id,
        "aboutProperty": "altLabel",
        "aboutValue": [LiteralValue(alias.alias, language=alias.lang).node()],
        "method": METHOD,
        "comment": dict(alias.reasons),
        **({"evidence": [alias.source]} if alias.source else {}),
    }


def alias_warnings(data: ReferenceData) -> Iterator[str]:
    """A line for each alias that names no entry, that the reference data has already, or that it
    contradicts.

    >>> entry = Entry(id="st:MDA", type="State", pref_label={"fr": Label(text="Moldavie")})
    >>> alias = Alias(alias="moldavie", lang="fr", id="st:MDA", why="everyday name")
    >>> list(alias_warnings(ReferenceData(entries=(entry,), aliases=(alias,))))
    ["alias 'moldavie' (fr, st:MDA) is not needed: the reference data has it"]
    """
    added = {folded(alias.alias) for alias in data.aliases}
    alike = [name for name in labelled(data) if folded(name.name) in added]
    had = {(name.id, name.language, signed(name.name)) for name in alike}
    owners: dict[str, set[str]] = defaultdict(set)
    for name in alike:
        owners[folded(name.name)].add(name.id)
    ids = {entry.id for entry in data.entries}
    for alias in data.aliases:
        key = (alias.id, alias.lang, signed(alias.alias))
        if fault := _fault(alias, owners[folded(alias.alias)], key in had, ids):
            yield f"alias {alias.alias!r} ({alias.lang}, {alias.id}) {fault}"
        owners[folded(alias.alias)].add(alias.id)
        had.add(key)


def unused_aliases(aliases: Iterable[Alias], texts: Iterable[str]) -> list[Alias]:
    """The aliases that stand in none of the texts, letter case and accents apart.

    >>> alias = Alias(alias="Moldavie", lang="fr", id="st:MDA", why="everyday name")
    >>> unused_aliases([alias], ["En MOLDAVIE"])
    []
    """
    left = [(alias, folded(alias.alias)) for alias in aliases]
    for text in map(folded, texts):
        left = [(alias, name) for alias, name in left if name not in text]
    return [alias for alias, _ in left]


def _fault(alias: Alias, owners: Iterable[str], had: bool, ids: Container[str]) -> str:
    """What is wrong with an alias, given who has its name, and whether its own entry has it, sign
    by sign, in the language.
    """
    others = sorted(id_ for id_ in owners if _kind(id_) == _kind(alias.id) and id_ != alias.id)
    if alias.id not in ids:
        return f"is not used: there is no {alias.id}"
    if others:
        return f"is contradicted: it is a name of {', '.join(others)} as well"
    return "is not needed: the reference data has it" if had else ""


def _kind(id_: str) -> str:
    """What a name is looked up among: states, organisations, one scheme of codes."""
    return id_.partition(":")[0] if not id_.startswith("code:") else id_.partition("-")[0]


def labelled(data: ReferenceData) -> Iterator[KnownName]:
    """The names that entries have themselves."""
    for entry in data.entries:
        labels: list[tuple[Language, Label]] = list(entry.pref_label.items())
        labels += [
            (language, name) for language, names in entry.alt_label.items() for name in names
        ]
        yield from (
            KnownName(label.text, language, entry.id, entry.mention) for language, label in labels
        )
