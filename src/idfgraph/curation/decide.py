"""One way to change a value: what a person decides is signed in a file beside the record, which
states what its pages say; values that were edited by hand become decisions.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from ..graph.resolve import pages_against, printed_against
from ..graph.setting import Setting, linked, prepare, shipped_reference
from ..model.datatypes import is_address
from ..model.errors import BadConfig, BadInput, Place
from ..model.fields import DECIDABLE, FIELDS
from ..model.judgements import Decision, DocumentTitle, SignedDecision, in_list
from ..model.nodes import NoteNode
from ..model.records import Record
from ..model.text import N_, Language, Texts, texts
from ..sources.files import desk_of
from ..sources.parts import PAGES
from ..sources.records import RecordEdit, rewritten, signed_place
from ..system.disk import write_text
from ..system.lock import alone_in
from .beside import OwnAndSigned, read_beside, write_signed
from .filed_pages import told_by_pages
from .merge import (
    Fields,
    WordMeanings,
    plain,
    same,
    shortened,
    with_fields,
    with_texts,
)
from .overtaken import Decided, among, as_decided, without
from .written_values import field_named, understood

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
    states, by their codes; `lacking` are the pages that say otherwise, and are cited for want of
    other evidence.
    """

    field: str
    before: object
    after: object
    against: tuple[str, ...] = ()
    needed: bool = True
    names: Mapping[str, str] = {}
    lacking: tuple[str, ...] = ()


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
    """Writes beside a record what a person decided of a field.

    `words` are understood as those of a page are: names of states, words for a status; several for
    a field that can have several; `none` for no value. Where the pages say the same, no decision is
    needed, and none is kept. What other fields were edited to stays.
    Raises BadConfig where the field or the value is none, BadInput where the record is none, or
    would not be sound.
    """
    with alone_in(file.parent):
        known, setting = read_beside(file), prepare(desk_of(file.parent))
        name = field_named(known.whole, field)
        value = understood(name, words, setting.reference, new_code)
        return _Desk(known, setting, signed, lang).written({name.shown: value})


def decide_edits(file: Path, signed: Signed, *, lang: Language = "en") -> DecisionOutcome:
    """Makes a decision of each value of a record that was edited by hand, and that neither its
    pages nor its decisions give; the record then states what its pages say again. Raises as
    `decide` does.
    """
    with alone_in(file.parent):
        known, setting = read_beside(file), prepare(desk_of(file.parent))
        desk = _Desk(known, setting, signed, lang)
        edits = dict(desk.edits())
        meant = {name: said for name, said in edits.items() if name.partition(".")[0] in DECIDABLE}
        left = tuple(name for name in edits if name not in meant)
        done = DecisionOutcome(file, left=left)
        if meant:
            done = desk.written(
                {name: as_decided(name, said) for name, said in meant.items()}, left
            )
        return done._replace(unclear=tuple(desk.unclear()))


class _Desk:
    """A record, and what it takes to decide its fields."""

    def __init__(
        self, known: OwnAndSigned, setting: Setting, signed: Signed, lang: Language
    ) -> None:
        self._file, self._known, self._record = known.file, known, known.whole
        self._setting, self._signed, self._lang = setting, signed, lang
        told = told_by_pages(self._file.parent.parent / PAGES)
        self._own = replace(known.own, sources=with_texts(known.own, told))
        self._full = replace(self._own, decisions=known.whole.decisions)
        self._meanings = WordMeanings(setting.reference, shipped_reference)
        self._said = self._meanings.edit(known.own)
        self._printed = self._meanings.given(self._own)
        self._given = self._meanings.given(self._full)

    def edits(self) -> Iterator[tuple[str, object]]:
        """The fields that were edited, with what they say; None where the value was taken away."""
        if getattr(self._record, "values", None) is None:
            return
        base = self._meanings.base(self._own, self._said)
        for name in dict.fromkeys((*base, *self._said)):
            said = self._said.get(name)
            if not same(base.get(name), said) and not same(self._given.get(name), said):
                yield name, said

    def unclear(self) -> Iterator[UnclearField]:
        """The fields that say what they would without the decision on them in the record."""
        base = self._meanings.base(self._own, self._said)
        for name in dict.fromkeys((*base, *self._said, *self._printed)):
            said, decided = self._said.get(name), self._printed.get(name)
            if same(base.get(name), said) and not same(decided, said):
                yield UnclearField(name, said, decided)

    def written(
        self, decided: Mapping[str, Decided], left: tuple[str, ...] = ()
    ) -> DecisionOutcome:
        """Writes decisions on fields, unless the record would not be sound."""
        new = {name: self._decision(name, value) for name, value in decided.items()}
        needed = {name: self._is_needed(one) for name, one in new.items()}
        kept = {name: one for name, one in new.items() if needed[name]}
        texts = self._known.contents(
            "decisions",
            {signed_place(self._file, self._own.id, name): one for name, one in kept.items()},
            lambda one: without(one, new.values()),
        )
        given = among(self._record, new, kept)
        after = self._meanings.given(replace(self._full, decisions=given))
        edit = self._edit(new.values(), {name: after.get(name) for name in decided})
        notes = tuple(self._notes(replace(edit.record, decisions=given), decided))
        write_signed(texts)
        if edit.differs:
            write_text(self._file, edit.text)
        fields = tuple(
            DecidedField(name, self._before(name), after.get(name), in_list(new[name].instead_of),
                         needed[name], self._names(name, after), self._lacking(new[name]))
            for name in decided
        )  # fmt: skip
        others = {
            name: after.get(name)
            for name in dict.fromkeys((*self._given, *after))
            if name not in decided and not same(self._given.get(name), after.get(name))
        }
        return DecisionOutcome(self._file, fields, others, notes, left)

    def _before(self, name: str) -> object:
        """What a field said before: as it was edited, or else decided."""
        said = self._said.get(name)
        return self._given.get(name) if same(said, self._printed.get(name)) else said

    def _edit(self, new: Iterable[Decision], decided: Fields) -> RecordEdit:
        """The record's own file without what it has of earlier decisions; its fields that are
        decided, and what follows from them, state what its pages say, as far as that is known.
        """
        own = tuple(kept for one in self._own.decisions if (kept := without(one, new)))
        printed = self._meanings.given(replace(self._own, decisions=own))
        changes = dict(self._lines(printed, decided))
        values = with_fields(plain(getattr(self._own, "values", None)), changes)
        sources = tuple(shortened(self._own, one, values) for one in self._own.sources)
        return rewritten(
            self._file, lambda said: with_fields(said, changes), sources, decisions=own
        )

    def _lines(self, printed: Fields, decided: Fields) -> Iterator[tuple[str, object]]:
        """The fields that the record's file is to state otherwise, with what its pages print."""
        if getattr(self._own, "values", None) is None:
            return
        follow = (
            name
            for name in dict.fromkeys((*self._printed, *printed))
            if same(self._said.get(name), self._printed.get(name))
        )
        for name in dict.fromkeys((*decided, *follow)):
            said, meant = self._said.get(name), printed.get(name)
            if said is not None and meant is None and name.startswith("narrative."):
                meant = decided.get(name)
            if not same(said, meant):
                yield name, meant

    def _names(self, name: str, after: Fields) -> Mapping[str, str]:
        """The names of the states that a field had or has, by their codes."""
        field, label = FIELDS[name.partition(".")[0]], self._setting.reference.label
        values = (self._before(name), after.get(name)) if field.kind == "state" else ()
        codes = (code for value in values if isinstance(value, list) for code in value)
        return {code: label(f"{field.prefix}{code}", self._lang) for code in codes}

    def _decision(self, name: str, value: Decided) -> SignedDecision:
        """The decision on a field, against what pages print otherwise."""
        property_ = name.partition(".")[0]
        evidence = tuple(map(self._named, self._signed.evidence))
        signed = {"why": dict(self._signed.why), "by": self._signed.by, "on": self._signed.on}
        one = SignedDecision(property=property_, value=value, evidence=evidence, **signed)  # type: ignore[arg-type]
        against = printed_against(self._full, one, self._setting.reference)
        return replace(
            one,
            instead_of=against[0] if len(against) == 1 else against,
            evidence=evidence or self._own_evidence(one),
        )

    def _lacking(self, decision: Decision) -> tuple[str, ...]:
        """The pages that say otherwise, and are cited for want of other evidence."""
        if self._signed.evidence:
            return ()
        otherwise = pages_against(self._full, decision, self._setting.reference)
        return tuple(one for one in decision.evidence if one in otherwise)

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

    def _own_evidence(self, decision: Decision) -> tuple[str | DocumentTitle, ...]:
        """The addresses of the pages of the record that do not print otherwise, and the documents
        that it cites; where there are none, those of all its pages.
        """
        urls = list(dict.fromkeys(one.url for one in self._record.sources if one.url))
        otherwise = pages_against(self._full, decision, self._setting.reference)
        cited = (title for title, one in self._record.documents.items() if not one.url)
        evidence: list[str | DocumentTitle] = [url for url in urls if url not in otherwise]
        evidence += (DocumentTitle(document=title) for title in cited)
        if not (evidence or urls):
            hint = N_("name with --evidence what you know it from: an address, or a cited document")
            raise BadConfig(N_("its pages have no address, and no evidence is given"), hint=hint)
        return tuple(evidence or urls)

    def _is_needed(self, decision: Decision) -> bool:
        """Whether the pages do not say by themselves what was decided."""
        alone = replace(self._full, decisions=(decision,))
        codes = {(note.issue_type, note.about_property) for note in self._linked(alone)}
        return (_IDLE, decision.property) not in codes

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
