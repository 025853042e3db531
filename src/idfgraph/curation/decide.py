"""One way to change a value: what a person decides is written as a decision and as the value, both
at once; values that were edited by hand become decisions.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from ..graph.resolve import NONE, printed_against
from ..graph.setting import Setting, linked, prepare, shipped_reference
from ..model.datatypes import is_address
from ..model.errors import BadConfig, BadInput, Place
from ..model.fields import DECIDABLE, FIELDS
from ..model.judgements import Decision, DocumentTitle, in_list
from ..model.nodes import NoteNode
from ..model.records import Record
from ..model.text import N_, Language, Texts, texts
from ..sources.files import desk_of
from ..sources.parts import PAGES
from ..sources.records import read_record, rewritten
from ..system.disk import write_text
from ..system.lock import alone_in
from .merge import (
    WordMeanings,
    followed,
    plain,
    same,
    shortened,
    with_fields,
    with_texts,
)
from .shelf import told_by_pages
from .written_values import Decided, field_named, understood

#: The place of a decision among others: that of its property among those of a record.
_PLACES: Mapping[str, int] = {name: number for number, name in enumerate(FIELDS)}

#: What is told of a decision that none is needed of.
_IDLE = "decision-not-needed"


class Signed(NamedTuple):
    """What a decision has beside its value: why, on what evidence, by whom and when."""

    why: Texts
    by: str
    on: str
    evidence: tuple[str, ...] = ()


class DecidedField(NamedTuple):
    """A field that was decided, with its value before and after, and the printed words that it was
    decided against; `needed` is whether pages do not say it themselves; `names` are those of
    states, by their codes.
    """

    field: str
    before: object
    after: object
    against: tuple[str, ...] = ()
    needed: bool = True
    names: Mapping[str, str] = {}


class UnclearField(NamedTuple):
    """A field of a record that says one thing, and the decision on it another."""

    field: str
    said: object
    decided: object


class DecisionOutcome(NamedTuple):
    """What became of a record: the fields that were decided, those that changed with them, and what
    is doubtful since; fields that nobody can decide are left as they are, and so are those that say
    what they would without the decision on them: which of both is newer, nobody can tell.
    """

    file: Path
    decided: tuple[DecidedField, ...] = ()
    changes: Mapping[str, object] = {}
    notes: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    unclear: tuple[UnclearField, ...] = ()


def decide(
    file: Path,
    field: str,
    words: Sequence[str],
    signed: Signed,
    *,
    new_code: bool = False,
    lang: Language = "en",
) -> DecisionOutcome:
    """Writes into a record what a person decided of a field, as a decision and as its value.

    `words` are understood as those of a page are: names of states, words for a status; several for
    a field that can have several; `none` for no value. Where the pages say the same, no decision is
    needed, and none is kept. What other fields were edited to stays.
    Raises BadConfig where the field or the value is none, BadInput where the record is none, or
    would not be sound.
    """
    with alone_in(file.parent):
        record, setting = read_record(file).record, prepare(desk_of(file.parent))
        name = field_named(record, field)
        value = understood(name, words, setting.reference, new_code)
        return _Desk(file, record, setting, signed, lang).written({name.shown: value})


def decide_edits(file: Path, signed: Signed, *, lang: Language = "en") -> DecisionOutcome:
    """Makes a decision of each value of a record that was edited by hand, and that neither its
    pages nor its decisions give. Raises as `decide` does.
    """
    with alone_in(file.parent):
        record, setting = read_record(file).record, prepare(desk_of(file.parent))
        desk = _Desk(file, record, setting, signed, lang)
        edits = dict(desk.edits())
        known = {name: said for name, said in edits.items() if name.partition(".")[0] in DECIDABLE}
        left = tuple(name for name in edits if name not in known)
        done = DecisionOutcome(file, left=left)
        if known:
            done = desk.written(
                {name: _as_decided(name, said) for name, said in known.items()}, left
            )
        return done._replace(unclear=tuple(desk.unclear()))


class _Desk:
    """A record, and what it takes to decide its fields."""

    def __init__(
        self, file: Path, record: Record, setting: Setting, signed: Signed, lang: Language
    ) -> None:
        told = told_by_pages(file.parent.parent / PAGES)
        self._file, self._record, self._setting, self._lang = file, record, setting, lang
        self._signed = signed
        self._full = replace(record, sources=with_texts(record, told))
        self._meanings = WordMeanings(setting.reference, shipped_reference)
        self._said = self._meanings.edit(record)

    def edits(self) -> Iterator[tuple[str, object]]:
        """The fields that were edited, with what they say; None where the value was taken away."""
        if getattr(self._record, "values", None) is None:
            return
        base = self._meanings.base(self._full, self._said)
        for name in dict.fromkeys((*base, *self._said)):
            if not same(base.get(name), self._said.get(name)):
                yield name, self._said.get(name)

    def unclear(self) -> Iterator[UnclearField]:
        """The fields that say what they would without the decision on them."""
        given, base = self._meanings.given(self._full), self._meanings.base(self._full, self._said)
        for name in dict.fromkeys((*base, *self._said, *given)):
            said = self._said.get(name)
            if same(base.get(name), said) and not same(given.get(name), said):
                yield UnclearField(name, said, given.get(name))

    def written(
        self, decided: Mapping[str, Decided], left: tuple[str, ...] = ()
    ) -> DecisionOutcome:
        """Writes decisions on fields with their values, unless the record would not be sound."""
        new = {name: self._decision(name, value) for name, value in decided.items()}
        needed = {name: self._is_needed(one) for name, one in new.items()}
        kept = [one for name, one in new.items() if needed[name]]
        after = replace(self._full, decisions=_among(self._record.decisions, new.values(), kept))
        changes = self._changes(after, decided)
        values = with_fields(plain(getattr(self._record, "values", None)), changes)
        sources = tuple(shortened(after, one, values) for one in after.sources)
        edit = rewritten(
            self._file,
            lambda said: with_fields(said, changes),
            sources,
            decisions=after.decisions,
        )
        notes = tuple(self._notes(edit.record, decided))
        if edit.differs:
            write_text(self._file, edit.text)
        fields = tuple(
            DecidedField(name, self._said.get(name), changes.get(name, self._said.get(name)),
                         in_list(new[name].instead_of), needed[name], self._names(name, changes))
            for name in decided
        )  # fmt: skip
        others = {name: value for name, value in changes.items() if name not in decided}
        return DecisionOutcome(self._file, fields, others, notes, left)

    def _names(self, name: str, changes: Mapping[str, object]) -> Mapping[str, str]:
        """The names of the states that a field had or has, by their codes."""
        field, label = FIELDS[name.partition(".")[0]], self._setting.reference.label
        values = (self._said.get(name), changes.get(name)) if field.kind == "state" else ()
        codes = (code for value in values if isinstance(value, list) for code in value)
        return {code: label(f"{field.prefix}{code}", self._lang) for code in codes}

    def _decision(self, name: str, value: Decided) -> Decision:
        """The decision on a field, against what pages print otherwise."""
        property_ = name.partition(".")[0]
        evidence = tuple(map(self._named, self._signed.evidence)) or self._own_evidence()
        signed = {"why": dict(self._signed.why), "by": self._signed.by, "on": self._signed.on}
        one = Decision(property=property_, value=value, evidence=evidence, **signed)  # type: ignore[arg-type]
        against = printed_against(self._full, one, self._setting.reference)
        return replace(one, instead_of=against[0] if len(against) == 1 else against)

    def _named(self, said: str) -> str | DocumentTitle:
        """What a person named as evidence: an address, or a document that the record cites."""
        titles = {title.casefold(): title for title in self._record.documents}
        if is_address(said):
            return said
        if said.casefold() in titles:
            return DocumentTitle(document=titles[said.casefold()])
        near = get_close_matches(said.casefold(), titles, n=1)
        hint = texts(
            "give an address that begins with http:// or https://, or cite it under sources"
        )
        if near:
            hint = texts("did you mean {near}?", near=titles[near[0]])
        raise BadConfig(
            N_("{said!r} is no address, and no document that the record cites"),
            hint=hint,
            said=said,
        )

    def _own_evidence(self) -> tuple[str | DocumentTitle, ...]:
        """The addresses of the pages of the record, and the documents that it cites."""
        urls = dict.fromkeys(one.url for one in self._record.sources if one.url)
        cited = (title for title, one in self._record.documents.items() if not one.url)
        evidence: list[str | DocumentTitle] = [*urls]
        evidence += (DocumentTitle(document=title) for title in cited)
        if not evidence:
            hint = N_("name the address of what you know it from with --evidence")
            raise BadConfig(N_("its pages have no address, and no evidence is given"), hint=hint)
        return tuple(evidence)

    def _is_needed(self, decision: Decision) -> bool:
        """Whether the pages do not say by themselves what was decided."""
        alone = replace(self._full, decisions=(decision,))
        codes = {(note.issue_type, note.about_property) for note in self._linked(alone)}
        return (_IDLE, decision.property) not in codes

    def _changes(self, after: Record, decided: Iterable[str]) -> dict[str, object]:
        """What becomes of the values: those decided, and those that follow, unless people edited
        them.
        """
        before, given = self._meanings.given(self._full), self._meanings.given(after)
        if getattr(self._record, "values", None) is None:
            return dict(given)
        merged = followed(self._full, after, self._meanings).changes
        moved = {name for name in (*before, *given) if not same(before.get(name), given.get(name))}
        changes = {name: value for name, value in merged.items() if name in moved}
        for name in decided:
            if not same(given.get(name), self._said.get(name)):
                changes[name] = given.get(name)
        return changes

    def _notes(self, after: Record, decided: Iterable[str]) -> Iterator[str]:
        """What is doubtful since; BadInput where what was decided is wrong."""
        known = {note.id: note.comment["en"] for note in self._linked(self._record)}
        names = {name.partition(".")[0] for name in decided}
        for note in self._linked(after):
            is_new = known.get(note.id) != note.comment["en"]
            if is_new and note.severity == "Violation" and note.about_property in names:
                said = {tag: text.removesuffix(".") for tag, text in note.comment.items()}
                raise BadInput(said, Place(str(self._file), field=note.about_property))
            if is_new and note.severity != "Info":
                yield f"{note.about_property}: {note.comment[self._lang]}"

    def _linked(self, record: Record) -> Sequence[NoteNode]:
        return linked(self._setting, record).notes


def _as_decided(name: str, said: object) -> Decided:
    """A value that a record states, as a decision has it."""
    language = name.partition(".")[2]
    if said is None:
        return {language: NONE} if language else NONE
    if isinstance(said, Mapping):
        return str(said["value"])
    if isinstance(said, list):
        return tuple(map(str, said))
    return {language: str(said)} if language else str(said)


def _among(
    known: Sequence[Decision], new: Iterable[Decision], kept: Iterable[Decision]
) -> tuple[Decision, ...]:
    """The decisions of a record with new ones, those that are kept of them, each at the place of
    its property; earlier ones on what is decided now go.
    """
    found = [left for one in known if (left := _without(one, new))]
    for decision in kept:
        place = _PLACES[decision.property]
        after = [n for n, one in enumerate(found, 1) if _PLACES[one.property] <= place]
        found.insert(max(after, default=0), decision)
    return tuple(found)


def _without(known: Decision, new: Iterable[Decision]) -> Decision | None:
    """What is left of a decision where others are made: of texts, that in other languages."""
    for decision in new:
        if decision.property == known.property:
            if not isinstance(known.value, Mapping) or not isinstance(decision.value, Mapping):
                return None
            texts = {tag: text for tag, text in known.value.items() if tag not in decision.value}
            if not texts:
                return None
            known = known if texts == known.value else replace(known, value=texts)
    return known
