"""What is told of a page that became a record or joined one, in the language of who asks."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..model.nodes import NoteNode
from ..model.text import N_, Language, gettext
from ..model.visible import told
from ..sources.page_facts import ADDRESSES, PageFacts
from ..sources.pages import Reason, left_out
from .merge import MergeOutcome

#: How much of a text is shown.
_SHOWN = 80

#: What is told of what is left out of a page.
_OTHERS: Mapping[Reason, str] = {
    "several": N_("a table of several things"),
    "other-project": N_("fields of another project"),
    "apart": N_("fields apart from the page's, perhaps another project's"),
}

#: What is told of a page of which the address, or the time of capture, is not known.
_UNKNOWN: Mapping[tuple[bool, bool], str] = {
    (True, False): N_("its address is not known: give --url, or write it into {file}"),
    (False, True): N_("its time of capture is not known: give --captured, or write it into {file}"),
    (True, True): N_(
        "its address and its time of capture are not known: give --url and --captured, or write "
        "them into {file}"
    ),
}


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
    yield from (one.told(lang) for one in done.news)
    yield from (stay.told(lang) for stay in done.kept)
    yield from (clash.told(lang) for clash in done.clashes)
    for field in done.contradictions:
        yield gettext(
            "contradiction: two pages differ on {field}, so it is no longer accepted; decide: "
            "write a decision in the record",
            lang,
            field=field,
        )


def told_of_filing(file: Path | None, lang: Language, known: PageFacts) -> Iterator[str]:
    """That a page was filed, and what is not known of it."""
    if not file:
        return
    yield gettext("page filed: {file}", lang, file=file)
    if said := _UNKNOWN.get((known.url is None, known.captured is None)):
        yield gettext(said, lang, file=file.with_name(ADDRESSES))


def told_of_notes(notes: Iterable[NoteNode], lang: Language) -> Iterator[str]:
    """The grave and doubtful notes."""
    for note in notes:
        if note.severity != "Info":
            yield f"{note.about_property}: {note.comment[lang]}"


def told_of_others(page: Path, encoding: str | None, lang: Language) -> Iterator[str]:
    """What a page prints of other projects, and is left out of it."""
    for one in left_out(page, encoding):
        if said := _OTHERS.get(one.reason):
            text = told(one.text, _SHOWN)
            what = gettext(said, lang)
            yield gettext(
                "left out, line {line}: {what}: {text}", lang, line=one.line, what=what, text=text
            )
