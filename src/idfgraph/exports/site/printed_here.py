"""What a source page prints, passage by passage, as a table of its own page."""

from collections.abc import Sequence

from markupsafe import Markup

from ...model.nodes import EvidenceNode
from .attribution import quoted_words, span, worth
from .markup import escape, made
from .page_voice import PageVoice


def printed(voice: PageVoice, passages: Sequence[EvidenceNode], language: str) -> Markup:
    """The rows of passages of a page that is in a language; nothing where it has none."""
    return made("".join(_row(voice, one, language) for one in passages))  # rows are markup


def _row(voice: PageVoice, value: EvidenceNode, language: str) -> str:
    """A passage: its property, its words, what they are taken for and what that is worth, its
    place.
    """
    name, place = escape(value.id.partition("#")[2]), escape(span(value))
    words = quoted_words(voice, value, language) or "–"
    label = voice.property(value.about_property)
    return (
        f'<tr id="{name}"><th scope="row">{label}<td>{words}{_taken(voice, value)}'
        f'<td class="number" data-column="{voice.gettext("Characters")}">{place}\n'
    )


def _taken(voice: PageVoice, value: EvidenceNode) -> Markup:
    """What a passage is taken for: the same for many."""
    linked = tuple(said for said in value.about_value or () if isinstance(said, str))
    asked = (linked, value.method, value.rank, value.reason)
    return voice.written.get(asked) or voice.written.keep(asked, _cell(voice, value, linked))


def _cell(voice: PageVoice, value: EvidenceNode, linked: Sequence[str]) -> Markup:
    meant = [f"{voice.resource(target)} " for target in linked if "#" not in target]
    method, worthy = voice.resource(voice.code("method", value.method)), worth(voice, value)
    column = f'<td data-column="{voice.gettext("Taken as")}">'
    said = f"{column}{''.join(meant)}({method}){worthy and f' – {worthy}'}"
    return made(said)  # all parts are markup
