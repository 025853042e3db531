"""The rows of a resource on its page: who says so and what is in doubt at each value, and what no
page gives in its place. They are most of all pages, so they are written here, and not by templates.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from markupsafe import Markup

from ...model.nodes import NoteNode
from ...model.text import N_
from .attribution import says, says_together
from .markup import escape, link, made, stripped
from .page_voice import PageVoice
from .shown_document import SaidAlike
from .told_values import ToldRow, ToldValue

#: What stands in the place of a value that there is not.
_NOT_ACCEPTED, _ABSENT = N_("nothing accepted"), N_("not published")

#: How many sources of a note are shown at once; the others are folded.
_CITED = 5

#: How many characters a summary has before its last value.
_SUMMED = 55


class Note(NamedTuple):
    """A quality note: the last part of its IRI, its severity (a local name of SHACL) and what that
    is called, its issue, the property concerned (its row leads to what that means), its words, what
    it refers to, and what else where that is much.
    """

    name: str
    severity: str
    badge: str
    issue: Markup
    about: str
    body: Markup
    links: Sequence[Markup]
    further: Sequence[Markup]


class NoteGroup(NamedTuple):
    """Quality notes that say the same of several properties."""

    said: Note
    notes: Sequence[Note]


def shown_row(voice: PageVoice, row: ToldRow) -> Markup:
    """A row with all that is told at it."""
    lines = [f"<dt>{voice.property(row.key)}\n", _values(voice, row)]
    if not row.values:
        absent = voice.gettext(_NOT_ACCEPTED if row.others else _ABSENT)
        lines.append(f'<dd class="small">{absent}\n')
    if row.others:
        lines.append(f'<dd class="small">{says(voice, row.others, accepted=False)}\n')
    lines += [_doubt(voice, one) for one in row.doubts]
    return made("".join(lines))  # all parts are markup


def summary(voice: PageVoice, kind: Markup, rows: Sequence[ToldRow]) -> str:
    """What a resource is and its first values, as a short text."""
    said = [stripped(kind)]
    for row in rows:
        if sum(map(len, said)) >= _SUMMED:
            break
        shown = (one.said.shown(voice) for one in row.told(voice.language) if one.said)
        if values := [stripped(one) for one in islice(shown, 3)]:
            said.append(f"{stripped(voice.property(row.key))}{voice.colon}{', '.join(values)}")
    return " · ".join(said)


def noted(voice: PageVoice, group: SaidAlike) -> NoteGroup:
    """Notes for people that say the same of several properties."""
    notes = [_note(voice, one) for one in group]
    return NoteGroup(notes[0], notes)


def _values(voice: PageVoice, row: ToldRow) -> str:
    """The values of a row; those that the same passages say stand together above these."""
    told = row.told(voice.language)
    if len(told) == 1:
        return f"<dd>{_value(voice, told[0])}{says(voice, told[0].passages)}\n"
    said = [one for run in _runs(told) for one in _said(voice, run)]
    lines, before = [], ""
    for value, now, after in zip(told, said, [*said[1:], ""], strict=False):
        lines.append("<br>" if now and now == before else "<dd>")
        lines.append(_value(voice, value))
        if not now or now != after:
            lines.append(f"{now}\n")
        before = now
    return "".join(lines)


def _runs(told: Sequence[ToldValue]) -> Iterator[Sequence[ToldValue]]:
    """Values that one page prints under the same label, and of which no more is told, together."""
    for _, run in groupby(enumerate(told), lambda item: item[1].label or item[0]):
        yield [value for _, value in run]


def _said(voice: PageVoice, run: Sequence[ToldValue]) -> Sequence[Markup]:
    """Who says each of a run of values; one passage can support several."""
    found = {one.node.id: one for value in run for one in value.passages}
    if len(found) > 1 and len(run) > 1:
        return [says_together(voice, list(found.values()))] * len(run)
    return [says(voice, value.passages) for value in run]


def _value(voice: PageVoice, value: ToldValue) -> str:
    if value.said is None:
        rows = "".join(shown_row(voice, row) for row in value.rows)
        return rows and f'<dl class="part">{rows}</dl>'
    shown = value.said.shown(voice)
    if not value.language or value.language == voice.language:
        return shown
    return f'{shown} <span class="small">({escape(value.language)})</span>'


def _doubt(voice: PageVoice, node: NoteNode) -> str:
    """A doubt under the value that it is about, linked to the note."""
    note, more = _note(voice, node), voice.gettext("more")
    label = f"{more}{voice.colon}{escape(stripped(note.issue))}"
    linked = f'<a href="#{escape(note.name)}" aria-label="{label}">{more}</a>'
    badge = f"<strong>{escape(note.badge)}</strong>"
    return f'<dd class="note doubted">{badge} – {note.body} {linked}\n'


def _note(voice: PageVoice, note: NoteNode) -> Note:
    """A note for people."""
    links = [_reference(voice, target) for target in note.references]
    return Note(
        name=note.id.partition("#")[2],
        severity=note.severity,
        badge=voice.badge(note.severity),
        issue=voice.resource(voice.code("issueType", note.issue_type)),
        about=voice.label(note.about_property),
        body=voice.text(note.comment),
        links=links[:_CITED],
        further=links[_CITED:],
    )


def _reference(voice: PageVoice, target: str) -> Markup:
    """A link to a page, or to a passage of it, named by the page's address."""
    whole, hash_, part = target.partition("#")
    href = voice.address(target)
    if href and target.startswith("src:"):
        return link(href, f"{voice.site_address(voice.name(whole)[0])}{hash_}{part}")
    return voice.resource(target)
