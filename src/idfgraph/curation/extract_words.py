"""What is told of a page that became a record or joined one, in the language of who asks."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from ..model.nodes import NoteNode
from ..model.text import Language, gettext
from .merge import MergeOutcome


def told_of_merge(done: MergeOutcome, lang: Language) -> Iterator[str]:
    """What a merge did."""
    if done.updated:
        fields = ", ".join(done.updated)
        yield (
            gettext(
                "changed, as words mean something else, or by a decision: {fields}",
                lang,
                fields=fields,
            )
            if done.is_same_page
            else gettext("changed with the page: {fields}", lang, fields=fields)
        )
    yield from (stay.told(lang) for stay in done.kept)
    yield from (clash.told(lang) for clash in done.clashes)
    for field in done.contradictions:
        yield gettext(
            "contradiction: two pages differ on {field}, so it is no longer accepted; decide: "
            "write a decision in the record",
            lang,
            field=field,
        )


def told_of_filing(file: Path | None, lang: Language) -> Iterator[str]:
    """That a page was filed."""
    if file:
        yield gettext("page filed: {file}", lang, file=file)


def told_of_notes(notes: Iterable[NoteNode], lang: Language) -> Iterator[str]:
    """The grave and doubtful notes."""
    for note in notes:
        if note.severity != "Info":
            yield f"{note.about_property}: {note.comment[lang]}"
