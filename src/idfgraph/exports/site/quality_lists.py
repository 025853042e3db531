"""The lists behind the numbers of the page on quality, where what is counted are no projects."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from ...model.text import N_
from ..figures import (
    AsideWords,
    Noted,
    NoteKind,
    Overview,
    RuleWarning,
    Warned,
    by_thing,
    doubts,
)
from .frame import endonym
from .markup import escaped, joined, link, quoted
from .page_voice import PageVoice

#: Names of the lists of pages that were not re-read, and of what is printed and not accepted.
UNREAD, ASIDE = "not-re-read", "not-accepted"

#: Names of the lists of doubts of what is no project, of warnings that no note tells, and of notes
#: that the report does not tell.
ELSEWHERE, RULES_ALONE, NOTES_ALONE = "noted-elsewhere", "told-by-rules", "noted-alone"

#: What the lists of things without a name are called, by their class.
_UNNAMED = {
    "Project": N_("Projects without a title in this language: {language}"),
    "Programme": N_("Programmes without a title in this language: {language}"),
    "State": N_("States without a name in this language: {language}"),
    "Organization": N_("Organisations without a name in this language: {language}"),
    "Concept": N_("Codes without a name in this language: {language}"),
}


#: The parts of the warnings of a report that are no doubts of projects.
NOT_OF_PROJECTS = N_("Doubts about programmes, and about pages that name no project")
NO_NOTE = N_("Warnings that a rule gives alone, without a note")
NO_RULE = N_("Notes that no rule repeats as a warning")


class EntryList(NamedTuple):
    """What a number counts: the name of its list, its heading, and each entry; how many notes these
    have, where they have any.
    """

    name: str
    heading: Markup
    entries: Sequence[Markup]
    notes: int = 0


def noted(kind: NoteKind) -> str:
    """The name of the list of notes of a kind and severity.

    >>> noted(NoteKind("code:issue-stale-status", "Warning", ()))
    'noted-stale-status-warning'
    """
    return f"noted-{kind.issue.partition('issue-')[2]}-{kind.severity.lower()}"


def unnamed(kind: str, language: str) -> str:
    """The name of the list of things of a class that have no name in a language.

    >>> unnamed("Project", "fr")
    'unnamed-project-fr'
    """
    return f"unnamed-{kind.lower()}-{language}"


def kind_name(voice: PageVoice, kind: NoteKind, kinds: Sequence[NoteKind]) -> Markup:
    """What notes of a kind are called; where others of it are graver or less, with what each are
    about.
    """
    name = voice.resource(kind.issue)
    if sum(one.issue == kind.issue for one in kinds) == 1:
        return name
    abouts = (escaped(voice.label(about)) for about in kind.abouts)
    return voice.labelled(name, joined(*abouts, by=", "))


def note_links(voice: PageVoice, notes: Sequence[Noted]) -> Markup:
    """Notes by what they are about, each linked to where it stands."""
    links = (link(voice.address(one.id), voice.label(one.about)) for one in notes)
    return joined(*links, by=", ")


def elsewhere(overview: Overview) -> Sequence[Noted]:
    """The doubts that are not on projects: on programmes, and on pages that name no project."""
    return [one for one in doubts(overview.quality.notes) if not one.id.startswith("prj:")]


def quality_lists(voice: PageVoice, overview: Overview, warned: Warned) -> Iterator[EntryList]:
    """The lists behind all numbers but zero."""
    yield from (one for one in _lists(voice, overview, warned) if one.entries)


def _lists(voice: PageVoice, overview: Overview, warned: Warned) -> Iterator[EntryList]:
    known = overview.quality
    yield _noted(voice, ELSEWHERE, voice.gettext(NOT_OF_PROJECTS), elsewhere(overview))
    alone = [_told(voice, one) for one in warned.only_told]
    yield EntryList(RULES_ALONE, voice.gettext(NO_NOTE), alone)
    yield _noted(voice, NOTES_ALONE, voice.gettext(NO_RULE), warned.only_noted)
    for kind in known.notes:
        said = voice.labelled(
            kind_name(voice, kind, known.notes), escaped(voice.badge(kind.severity))
        )
        yield _noted(voice, noted(kind), said, kind.notes)
    heading = voice.gettext(N_("What pages print and is not accepted"))
    yield EntryList(ASIDE, heading, [_aside(voice, one) for one in known.aside])
    heading = voice.gettext(N_("Pages whose quotes were not re-read"))
    unread = sorted(known.unverified, key=voice.place)
    yield EntryList(UNREAD, heading, list(map(voice.resource, unread)))
    for names in known.names:
        for language, things in names.by_language():
            heading = voice.gettext(_UNNAMED[names.kind], language=endonym(language))
            entries = [voice.with_id(one) for one in things]
            yield EntryList(unnamed(names.kind, language), heading, entries)


def _noted(voice: PageVoice, name: str, heading: Markup, notes: Sequence[Noted]) -> EntryList:
    """The list of notes, an entry for each thing that has some."""
    entries = [
        joined(voice.with_id(thing), note_links(voice, own), by=" – ")
        for thing, own in by_thing(notes).items()
    ]
    return EntryList(name, heading, entries, len(notes))


def _told(voice: PageVoice, one: RuleWarning) -> Markup:
    words = voice.text(one.words)
    return joined(voice.with_id(one.thing), words, by=" – ") if one.thing else words


def _aside(voice: PageVoice, one: AsideWords) -> Markup:
    about, page = escaped(voice.own(one.about)), voice.resource(one.page)
    words = joined(quoted(one.words), page, voice.resource(one.reason), by=" – ")
    return joined(voice.resource(one.record), voice.labelled(about, words), by=" – ")
