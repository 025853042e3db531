"""The values of a resource as rows of its page: who says so and what is in doubt at each value, and
what no page gives in its place.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from markupsafe import Markup

from ...model.fields import DERIVED
from ...model.nodes import Json, Node, NoteNode, id_of, is_node
from .attribution import says, status
from .evidence import EvidenceView, Passage
from .inbound import rank
from .markup import joined, link, text
from .page_voice import PageVoice

#: Keys whose texts say the same in each language.
_EXPLAINING = frozenset({"comment", "definition", "description", "rights"})

#: The issue of a value that no page gives.
_ABSENT = "missing-value"

#: How many characters a summary has before its last value.
_SUMMED = 55

#: Keys that have a place of their own on a page, or repeat what others say.
APART = frozenset(
    {"id", "type", "narrative", "record", "primaryTopic", "qualityNote", "sourceValue", *DERIVED}
)


class Value(NamedTuple):
    """A value, or the rows of one that has parts; who says so; its language where that is not the
    page's.
    """

    shown: Markup | str
    rows: "Sequence[PropertyRow]"
    says: Markup
    language: str = ""


class Note(NamedTuple):
    """A quality note: the last part of its IRI, its severity (a local name of SHACL) and what that
    is called, its issue, the property concerned (its row leads to what that means), its words, what
    it refers to.
    """

    name: str
    severity: str
    badge: str
    issue: Markup
    about: str
    body: Markup
    links: Sequence[Markup]


class NoteGroup(NamedTuple):
    """Quality notes that say the same of several properties."""

    said: Note
    notes: Sequence[Note]


class PropertyRow(NamedTuple):
    """A property and its values (none: not published), with the notes that doubt them, and who
    says what else.
    """

    key: str
    label: Markup
    values: Sequence[Value]
    doubts: Sequence[Note] = ()
    others: Markup = Markup()

    @property
    def said(self) -> Iterator[tuple[Value, bool, bool]]:
        """The values; whether each is the first and the last of those that the same passages say
        together.
        """
        marks = [value.says or at for at, value in enumerate(self.values)]
        for at, value in enumerate(self.values):
            yield value, marks[at] not in marks[:at][-1:], marks[at] not in marks[at + 1 :][:1]


def rows_of(
    voice: PageVoice, node: Node, evidence: EvidenceView, apart: frozenset[str]
) -> Iterator[PropertyRow]:
    """The rows of a node, without keys that stand apart."""
    for key in sorted(node.keys() - apart, key=lambda key: (rank(key), key)):
        values = list(values_of(voice, id_of(node), key, node[key], evidence))
        yield PropertyRow(key, voice.property(key), values)


def doubted(
    voice: PageVoice,
    rows: Sequence[PropertyRow],
    notes: Sequence[NoteNode],
    others: Mapping[str, Sequence[Passage]],
) -> Sequence[PropertyRow]:
    """The rows with the doubts of their values and what else pages and decisions say of them, and
    one for each property that has only these, or whose value is not published.
    """
    doubts = defaultdict(list)
    for note in notes:
        if note.severity == "Warning" and note.issue_type != _ABSENT:
            doubts[note.about_property].append(_note(voice, note))
    absent = (note.about_property for note in notes if note.issue_type == _ABSENT)
    lacking = {*absent, *others} - {row.key for row in rows} - APART
    told = (
        row._replace(
            doubts=doubts[row.key], others=says(voice, others.get(row.key, ()), accepted=False)
        )
        for row in [*rows, *(PropertyRow(key, voice.property(key), ()) for key in lacking)]
    )
    return sorted(told, key=lambda row: (rank(row.key), row.key))


def summary(kind: Markup, rows: Sequence[PropertyRow]) -> str:
    """What a resource is and its first values, as a short text."""
    said = [kind.striptags()]
    for row in rows:
        if sum(map(len, said)) >= _SUMMED:
            break
        shown = (one.shown for one in row.values if isinstance(one.shown, Markup))
        if values := [one.striptags() for one in islice(shown, 3)]:
            said.append(f"{row.label.striptags()}: {', '.join(values)}")
    return " · ".join(said)


def values_of(
    voice: PageVoice, resource: str, key: str, value: Json, evidence: EvidenceView
) -> Iterator[Value]:
    """The values of a key: texts by language, parts, links and plain texts."""
    if isinstance(value, list):
        for item in value:
            yield from values_of(voice, resource, key, item, evidence)
    elif isinstance(value, str):
        iri = voice.code(key, value)
        shown = _linked(voice, iri, evidence) if iri else voice.plain(key, value)
        yield Value(shown, (), says(voice, evidence.of(resource, key, iri or value)))
    elif is_node(value) and {"value", "currency"} <= value.keys():
        yield _money(voice, evidence, resource, key, value)
    elif is_node(value) and {"role", "agent"} <= value.keys():
        role, agent = (voice.code(part, str(value[part])) for part in ("role", "agent"))
        shown = voice.labelled(voice.resource(role), voice.resource(agent))
        yield Value(shown, (), says(voice, evidence.of(resource, key, id_of(value))))
    elif is_node(value):
        rows = list(rows_of(voice, value, evidence, frozenset({"id", "type", "isPartOf"})))
        yield Value("", rows, says(voice, evidence.of(resource, key, id_of(value))))
    elif isinstance(value, Mapping):
        for language, words in _spoken(voice, key, dict(value.items())):
            for word in map(str, words if isinstance(words, list) else [words]):
                passages = evidence.of(resource, key, word, language)
                other = _other(voice, language)
                yield Value(text(word, other), (), says(voice, passages), other)


def _linked(voice: PageVoice, iri: str, evidence: EvidenceView) -> Markup:
    """A link to a resource; to the page on which all stands, with how sure that is."""
    shown, page = voice.resource(iri), evidence.only
    sure = status(voice, page) if page and page.id == iri else Markup()
    return joined(shown, sure, by=" – ") if sure else shown


def _money(
    voice: PageVoice, evidence: EvidenceView, resource: str, key: str, amount: Node
) -> Value:
    """An amount with its currency, and who says it: a currency is said of this amount by those who
    say its number, or where none of them does, by others.
    """
    parts = [(part, str(amount[part])) for part in ("currency", "value")]
    shown = joined(*(voice.plain(part, value) for part, value in parts), by="\u00a0")
    currency, number = (evidence.of(id_of(amount), part, value) for part, value in parts)
    whole = [*evidence.of(resource, key, id_of(amount)), *number]
    pages = [passage.page for passage in whole]
    beside = [passage for passage in currency if passage.page in pages]
    return Value(shown, (), says(voice, [*whole, *(beside or currency)]))


def _spoken(voice: PageVoice, key: str, texts: Mapping[str, Json]) -> Sequence[tuple[str, Json]]:
    """The texts of a key, that in the page's language first; of what only explains that one alone,
    if it is there.
    """
    ordered = sorted(texts.items(), key=lambda item: item[0] != voice.language)
    return ordered[:1] if key in _EXPLAINING and voice.language in texts else ordered


def grouped(voice: PageVoice, notes: Sequence[NoteNode]) -> Sequence[NoteGroup]:
    """Notes for people, those that say the same of several properties together."""
    groups = defaultdict(list)
    for note in (_note(voice, one) for one in notes):
        groups[note._replace(name="", about="", links=tuple(note.links))].append(note)
    return [NoteGroup(said, same) for said, same in groups.items()]


def _note(voice: PageVoice, note: NoteNode) -> Note:
    """A note for people."""
    return Note(
        name=note.id.partition("#")[2],
        severity=note.severity,
        badge=voice.badge(note.severity),
        issue=voice.resource(voice.code("issueType", note.issue_type)),
        about=voice.label(note.about_property),
        body=voice.text(note.comment),
        links=[_reference(voice, target) for target in note.references],
    )


def _reference(voice: PageVoice, target: str) -> Markup:
    """A link to a page, or to a passage of it, named by the page's address."""
    whole, hash_, part = target.partition("#")
    href = voice.address(target)
    if href and target.startswith("src:"):
        return link(href, f"{voice.site_address(voice.name(whole)[0])}{hash_}{part}")
    return voice.resource(target)


def _other(voice: PageVoice, language: str) -> str:
    return "" if language == voice.language else language
