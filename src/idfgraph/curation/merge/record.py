"""A page that changed, and its record: what people edited stays, the rest follows the page,
conflicts are told.
"""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from msgspec.structs import replace

from ...graph.resolve import NONE, contested, language_of, unsigned
from ...model.errors import BadInput, Place
from ...model.fields import FIELDS
from ...model.records import Capture, Record, Source
from ...model.text import N_
from ...sources.file_names import page_identifier
from ...sources.origin import Marks, Sourced, nearest, placed
from ...sources.pages import page_text
from ...sources.records import rewritten
from ...system.disk import write_text
from ...system.reading import read_whole
from .captures import Told, former, in_full, in_short, is_text_of, untold
from .outcome import Clash, MergeOutcome, PageNews, Stay
from .taught_meanings import WordMeanings, plain
from .three_way import Fields, Merged, by_field, same, three_way, with_fields


def merge(
    file: Path, known: Record, page: Sourced, meanings: WordMeanings, at_hand: Iterable[Path]
) -> MergeOutcome:
    """Merges a page into the file of a record three ways, and writes the file if that changes it.

    `known` is the record with what is signed beside it, which stays, `at_hand` the folders where
    former captures may be.
    Raises BadInput if the page is of another kind of record, BadRecord if the file cannot be edited
    in place; it is then as it was.
    """
    if type(known) is not type(page.record) or known.id != page.record.id:
        raise BadInput(
            N_("is another kind of record than the page gives"),
            Place(str(file)),
            hint=N_("name another --into"),
        )
    (new,) = page.record.sources
    number = former(known.sources, new)
    if number is not None:
        before = known.sources[number]
        captured = new.captured or (before.captured if before.page == new.page else None)
        new = replace(new, url=new.url or before.url, captured=captured)
        if before.page == new.page:
            new = replace(new, identifier=before.identifier)
    sides = _Sides(known, new, number, meanings, tuple(at_hand))
    if getattr(known, "values", None) is None:
        merged = three_way({}, sides.page, {})
    else:
        merged = three_way(sides.base(), sides.page, sides.edit, sides.untold())
    return _write(file, page, sides, merged)


class _Sides:
    """What was read before, and what is read now, of one record; `number` is the source that the
    new one replaces.
    """

    def __init__(
        self,
        known: Record,
        new: Source,
        number: int | None,
        meanings: WordMeanings,
        folders: tuple[Path, ...],
    ) -> None:
        self.known, self.new, self.number, self._meanings = unsigned(known), new, number, meanings
        self._whole = known
        self.old = tuple(
            in_full(source, lambda source, capture: self._told(source, capture, folders))
            for source in known.sources
        )

        self.edit = meanings.edit(known)
        #: The fields that the captures give with the new one in its place.
        self.page = meanings.given(replace(self.known, sources=self._replaced(self.old)))

    def base(self) -> Fields:
        """The fields that the captures in the record give, or gave where the edit is that, or what
        was decided beside it.
        """
        base = self._meanings.base(replace(self.known, sources=self.old), self.edit)
        given = self._meanings.given(replace(self._whole, sources=self.old))
        known = {name: said for name, said in self.edit.items() if same(said, given.get(name))}
        return {**base, **known}

    def is_same_page(self) -> bool:
        """Whether the new capture reads as the one in the record."""
        new = shortened(self.known, self.new, _builtins(self.known))
        return self.number is not None and self.known.sources[self.number] == new

    def news(self) -> Iterator[PageNews]:
        """What the page says that its earlier capture did not say, or says no more."""
        if self.number is None:
            return
        alone = replace(self.known, decisions=())
        now = self._meanings.given(replace(self._whole, sources=self._replaced(self.old)))
        before = self._meanings.given(replace(alone, sources=(self.old[self.number],)))
        after = self._meanings.given(replace(alone, sources=(self.new,)))
        for name in dict.fromkeys((*before, *after)):
            if not same(before.get(name), after.get(name)):
                is_decided = _is_decided(self._whole, name)
                value = (now.get(name) or NONE) if is_decided else None
                yield PageNews(name, before.get(name), after.get(name), value)

    def contested(self) -> frozenset[str]:
        """The fields on which the captures differ with the new one in its place."""
        record = replace(self._whole, sources=self._replaced(self.old))
        return contested(record, self._meanings.now)

    def untold(self) -> frozenset[str]:
        """Fields whose base is not known: narratives of which only the value is, if it differs;
        with them, mentions.
        """
        names = {
            f"narrative.{language_of(self.known, source)}" for source in self.old if untold(source)
        }
        differing = {name for name in names if self.page.get(name) != self.edit.get(name)}
        return frozenset({*differing, "mentionsState"} if differing else ())

    def sources(self, merged: Merged) -> tuple[Source, ...]:
        """The sources as the record is to have them; a narrative has its text where the value is
        another.
        """
        values = with_fields(_builtins(self.known), merged.changes)
        changed = {field for field in merged.changes if field.startswith("narrative.")}
        full = zip(self.known.sources, self.old, strict=True)
        kept = tuple(
            shortened(self.known, old, values)
            if f"narrative.{language_of(self.known, old)}" in changed
            else source
            for source, old in full
        )
        return self._replaced(kept, shortened(self.known, self.new, values))

    def _replaced(
        self, sources: tuple[Source, ...], new: Source | None = None
    ) -> tuple[Source, ...]:
        new = new or self.new
        if self.number is None:
            return (*sources, new)
        return (*sources[: self.number], new, *sources[self.number + 1 :])

    def _told(self, source: Source, capture: Capture, folders: tuple[Path, ...]) -> str | None:
        """The text of a capture: the value or the new page's if its digest says so, else its page's
        if at hand.
        """
        value = _narrative(_builtins(self.known), language_of(self.known, source))
        again = (other.text for other in self.new.values if other.property == capture.property)
        text = next((text for text in (value, *again) if is_text_of(capture, text)), None)
        if text is not None:
            return text
        if source.page == self.new.page:
            return next(
                (again.text for again in self.new.values if again.property == capture.property),
                None,
            )
        start, end = capture.span or (0, 0)
        paths = (path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir()))
        named = (
            path
            for path in paths
            if page_identifier(path.stem) == source.identifier and path.is_file()
        )
        path = next(
            (path for path in named if sha256(read_whole(path)).hexdigest() == source.page), None
        )
        return page_text(path, source.encoding)[start:end] if path else None


def _write(file: Path, page: Sourced, sides: _Sides, merged: Merged) -> MergeOutcome:
    contested, sources = sides.contested(), sides.sources(merged)
    result = rewritten(file, lambda values: with_fields(values, merged.changes), sources)
    if result.differs:
        write_text(file, result.text)
    kept = tuple(
        Stay(_place(file, result.marks, field), sides.edit.get(field), sides.page.get(field))
        for field in merged.kept
    )
    clashes = tuple(
        Clash(
            conflict,
            _place(file, result.marks, conflict.field),
            page.origin.place(_printed(conflict.field)),
        )
        for conflict in merged.conflicts
        if conflict.field not in contested
    )
    gone = (field for field, value in merged.changes.items() if value is None)
    differ = [
        field
        for field in (*gone, *(conflict.field for conflict in merged.conflicts))
        if field in contested
    ]
    follow = {field.partition(".")[0] for field in differ}
    updated = tuple(field for field in merged.changes if _printed(field) not in follow)
    return MergeOutcome(
        result.differs,
        updated,
        kept,
        clashes,
        tuple(differ),
        sides.is_same_page(),
        tuple(sides.news()),
    )


def with_texts(record: Record, told: Told) -> tuple[Source, ...]:
    """The sources of a record with the text of each narrative, as far as it is known: the value
    where nobody edited it, or else what `told` gives.
    """

    def text(source: Source, capture: Capture) -> str | None:
        """The text of a narrative."""
        value = _narrative(_builtins(record), language_of(record, source))
        return value if is_text_of(capture, value) else told(source, capture)

    return tuple(in_full(source, text) for source in record.sources)


def followed(known: Record, after: Record, meanings: WordMeanings) -> Merged:
    """What becomes of each field of a record with the sources and decisions of another: what people
    edited stays.
    """
    edit = meanings.edit(known)
    return three_way(meanings.base(known, edit), meanings.given(after), edit)


def shortened(record: Record, source: Source, values: Fields) -> Source:
    """The source without the text of a narrative that the values (as plain data) hold."""
    return in_short(source, _narrative(values, language_of(record, source)))


def _narrative(values: Fields, language: str) -> str | None:
    """The narrative in a language among values (as plain data)."""
    text = by_field(values).get(f"narrative.{language}")
    return text if isinstance(text, str) else None


def _builtins(record: Record) -> Fields:
    """The values that a record states, as plain data."""
    return plain(getattr(record, "values", None))


def _is_decided(record: Record, field: str) -> bool:
    """Whether a person decided a field; of a text, in its language."""
    name, _, language = field.partition(".")
    return any(
        one.property == name and (not isinstance(one.value, Mapping) or language in one.value)
        for one in record.decisions
    )


def _place(file: Path, marks: Marks, field: str) -> Place:
    """Where a field is in a record's file, or, if it is absent, what would hold it."""
    return placed(str(file), nearest(marks, f"values.{field}"), f"values.{field}")


def _printed(field: str) -> str:
    """The name under which a page prints a field."""
    name = field.partition(".")[0]
    return (FIELDS[name].read_from if name in FIELDS else "") or name
