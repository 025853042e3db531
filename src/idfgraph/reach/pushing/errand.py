"""The story of a push: what a store lacks or has otherwise is sent, what is no more is removed,
and what it then holds is held against the release.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple

from ...model.errors import BadOutput, Place
from ...model.layout import QUADS
from ...model.text import LANGUAGES, N_, Texts, gettext, texts
from ...query.ask import base_of
from ...release.sums import digest_of, name_of, read_sums
from ...sources.web import FilePart
from ...system.disk import real
from ...system.interrupts import Interrupted
from .ledger import Ledger, LedgerStatus, entries, read_ledger
from .parcels import Load, Parcel, load
from .remote_store import Access, RemoteStore
from .stored_statements import counts, default_count, lacking

#: Behind the base of a release: where its graphs are, the ledger, a graph to try things with, and
#: the default graph in stores that have none of their own.
_GRAPHS, _LEDGER, _TRIAL, _DEFAULT = "graph/", "graph/pushed", "graph/pushed-trial", "graph/default"

#: After how many graphs it is written down that they were sent.
_BATCH = 50

#: How many graphs are named that are not as they should be.
_NAMED = 20

_PUT_RIGHT = N_("changed there since the last push, and put right: {graphs}")
_DEFAULT_GRAPH = N_("the default graph")
_OTHERWISE = N_("{graphs}: has other statements than were sent")
_ANOTHER_NUMBER = N_("{graphs}: statements there: {number:,}; sent: {sent:,}")
_STILL_THERE = N_("{graphs}: is still there")
_MORE = N_("and {number:,} more")
_SAID = N_("the store said: {said}")


class PushWishes(NamedTuple):
    """How to push: whether all graphs are sent anew, whether a default graph of others may be
    replaced, and how many statements are asked for.
    """

    everything: bool = False
    replace: bool = False
    sample: int = 100


class Pushed(NamedTuple):
    """What became of a push: how many graphs were sent, were there already, and were removed; how
    many statements the release has; what is to be known, and what is wrong in the end, as lines in
    each language.
    """

    release: str
    sent: int
    kept: int
    removed: int
    statements: int
    notes: tuple[Texts, ...]
    wrong: tuple[Texts, ...]


def push(
    release: Path,
    access: Access,
    wishes: PushWishes = PushWishes(),
    advance: Callable[[], object] = lambda: None,
) -> Pushed:
    """Makes a store hold what a release does, as far as it does not yet; `advance` is called for
    each graph that was sent. Raises BadOutput, or BadConfig; what was done stays.
    """
    folder = real(release)
    base, name = base_of(folder), name_of(folder)
    if digest_of(folder / QUADS) != read_sums(folder).get(QUADS):
        hint = N_("idfgraph releases --repair mends it where a sound copy is left")
        raise BadOutput(N_("is not what its sum says"), Place(str(folder / QUADS)), hint=hint)
    try:
        with RemoteStore(access) as store:
            known = read_ledger(store, f"{base}{_LEDGER}")
            default = f"{base}{_DEFAULT}" if _is_union(store, base, known) else ""
            if not (default or known.status or wishes.replace):
                _refuse_others(store, access.url)
            with load(folder / QUADS, default, wishes.sample, Random()) as cargo:  # noqa: S311
                errand = _Errand(store, cargo, known, name=name, wishes=wishes, advance=advance)
                return errand.run(folder / QUADS)
    except Interrupted as stopped:
        stopped.outcome = N_("what was sent stays there: run it again")
        raise


def _is_union(store: RemoteStore, base: str, known: Ledger) -> bool:
    """Whether the default graph of a store is all its graphs together, or none: told by the ledger,
    or tried. BadOutput where the store does not show what it took.
    """
    if known.graph in known.digests:
        return False
    if f"{base}{_DEFAULT}" in known.digests:
        return True
    trial = f"{base}{_TRIAL}"
    statement = f'<{trial}> <{trial}> "trial"'
    store.put(trial, f"{statement} .\n".encode())
    said = store.said
    if not store.ask(f"GRAPH <{trial}> {{ {statement} }}"):
        words = N_("took a graph and does not have it{said}")
        hint = N_("name the SPARQL address of the same store with --query")
        raise BadOutput(
            words, Place(store.asked_at), hint=hint, said=f"; it said: {said}" if said else ""
        )
    is_union = store.ask(statement)
    store.remove(trial)
    return is_union


def _refuse_others(store: RemoteStore, url: str) -> None:
    """BadOutput where a default graph holds what no push put there."""
    if number := default_count(store):
        said = N_("has {number:,} statements in its default graph that no push put there")
        hint = N_("name a store of its own, or replace them with --replace")
        raise BadOutput(said, Place(url), hint=hint, number=number)


class _Errand:
    """One push to one store."""

    def __init__(
        self,
        store: RemoteStore,
        cargo: Load,
        known: Ledger,
        *,
        name: str,
        wishes: PushWishes,
        advance: Callable[[], object],
    ) -> None:
        self._store, self._cargo, self._known, self._name = store, cargo, known, name
        self._wishes, self._advance, self._ledger = wishes, advance, known.graph
        self._below = f"{known.graph.removesuffix(_LEDGER)}{_GRAPHS}"
        self._there = self._counted()

    def run(self, dump: Path) -> Pushed:
        """Does what is to do."""
        wanted, stale = self._unlike(), self._stale()
        sent = {one.graph: one for one in wanted}
        if wanted and not (self._known.status or self._there) and self._store.takes_all():
            self._load(dump)
            wanted = [one for one in wanted if not one.fits(self._there.get(one.graph, 0))]
        self._send(wanted, stale)
        wrong = self._verify()
        if wrong:
            sent |= {one.graph: one for one in wrong.parcels}
            self._send(wrong.parcels, wrong.stale)
            wrong = self._verify()
        self._close(wrong)
        total = sum(one.statements for one in self._cargo.parcels.values())
        kept = len(self._cargo.parcels) - len(sent)
        notes = self._changed_by_others([one for one in sent.values() if one not in wrong.parcels])
        lines = tuple(wrong.lines(self._there))
        return Pushed(self._name, len(sent), kept, len(stale), total, tuple(notes), lines)

    def _counted(self) -> dict[str, int]:
        """How many statements each graph of ours has there."""
        found = counts(self._store, self._below)
        if "" in self._cargo.parcels and (number := default_count(self._store)):
            found[""] = number
        return found

    def _unlike(self) -> list[Parcel]:
        """The graphs that the store is not known to hold as they are."""
        return [one for one in self._cargo.parcels.values() if not self._is_there(one)]

    def _is_there(self, one: Parcel) -> bool:
        if self._wishes.everything or not one.fits(self._there.get(one.graph, 0)):
            return False
        was_loaded = self._known.status == "Loading" and self._known.release == self._name
        return was_loaded or self._known.digests.get(one.graph or self._ledger) == one.digest

    def _stale(self) -> list[str]:
        """The graphs of ours that are there and no more in the release."""
        ours = {one for one in (*self._there, *self._known.digests) if one.startswith(self._below)}
        return sorted(ours - {self._ledger, *self._cargo.parcels})

    def _changed_by_others(self, wanted: Sequence[Parcel]) -> Iterator[Texts]:
        """What was changed since the last push, as notes."""
        if self._known.status != "Published" or self._wishes.everything:
            return
        digests = self._known.digests
        changed = [one for one in wanted if digests.get(one.graph or self._ledger) == one.digest]
        if changed:
            yield _of_graphs(_PUT_RIGHT, [one.graph for one in changed[:_NAMED]])

    def _load(self, dump: Path) -> None:
        """Sends everything in one request."""
        self._store.put(self._ledger, Ledger(self._ledger, "Loading", self._name).lines())
        with dump.open("rb") as file:
            self._store.add_all(FilePart(file, 0, dump.stat().st_size))
        self._there = self._counted()

    def _send(self, wanted: Sequence[Parcel], stale: Iterable[str]) -> None:
        """Sends graphs and removes others. What the ledger says is true at each moment."""
        stale = list(stale)
        if not (wanted or stale):
            return
        changing = {one.graph for one in wanted}
        self._note([one for one in self._cargo.parcels.values() if one.graph not in changing])
        rest = iter(wanted)
        while some := list(islice(rest, _BATCH)):
            for one in some:
                self._store.put(one.graph, self._cargo.body(one))
                self._advance()
            self._store.add(self._ledger, entries(map(self._entry, some)))
        for graph in stale:
            self._store.remove(graph)

    def _note(self, sound: Iterable[Parcel], *, ended: bool = False) -> None:
        """Writes down which graphs are as they should be."""
        digests = dict(map(self._entry, sound))
        status: LedgerStatus = "Published" if ended else "Incomplete"
        self._store.put(self._ledger, Ledger(self._ledger, status, self._name, digests).lines())

    def _entry(self, one: Parcel) -> tuple[str, str]:
        return one.graph or self._ledger, one.digest

    def _verify(self) -> "_Wrong":
        """What the store holds otherwise than it should."""
        self._there = self._counted()
        parcels = self._cargo.parcels
        bad = {one.graph for one in parcels.values() if not one.fits(self._there.get(one.graph, 0))}
        lost = [one for one in lacking(self._store, self._cargo.sample) if one.graph not in bad]
        left = [graph for graph in self._stale() if graph in self._there]
        both = bad | {one.graph for one in lost}
        return _Wrong([parcels[graph] for graph in sorted(both)], sorted(left), self._store.said)

    def _close(self, wrong: "_Wrong") -> None:
        """Writes down that the push ended, or which graphs are sound if it did not end well."""
        bad = {one.graph for one in wrong.parcels}
        sound = [one for one in self._cargo.parcels.values() if one.graph not in bad]
        state = Ledger(self._ledger, "Published", self._name, dict(map(self._entry, sound)))
        if wrong or state != self._known:
            self._note(sound, ended=not wrong)


class _Wrong(NamedTuple):
    """Graphs that a store holds otherwise than it should, those that it should not hold, and what
    it said last.
    """

    parcels: list[Parcel]
    stale: list[str]
    said: str

    def __bool__(self) -> bool:
        return bool(self.parcels or self.stale)

    def lines(self, there: dict[str, int]) -> Iterator[Texts]:
        """What is wrong, as lines."""
        for one in self.parcels[:_NAMED]:
            has, sent = there.get(one.graph, 0), one.statements
            if one.fits(has):
                yield _of_graphs(_OTHERWISE, [one.graph])
            else:
                yield _of_graphs(_ANOTHER_NUMBER, [one.graph], number=has, sent=sent)
        yield from (_of_graphs(_STILL_THERE, [graph]) for graph in self.stale[:_NAMED])
        named = len(self.parcels[:_NAMED]) + len(self.stale[:_NAMED])
        if more := len(self.parcels) + len(self.stale) - named:
            yield texts(_MORE, number=more)
        if self.said and self:
            yield texts(_SAID, said=self.said)


def _of_graphs(message: str, graphs: Sequence[str], **values: object) -> Texts:
    """A message with the addresses of graphs; the default graph has none, and is named for what it
    is.
    """
    return {
        tag: gettext(
            message,
            tag,
            graphs=", ".join(graph or gettext(_DEFAULT_GRAPH, tag) for graph in graphs),
            **values,
        )
        for tag in LANGUAGES
    }
