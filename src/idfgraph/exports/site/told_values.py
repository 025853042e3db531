"""What is said of a resource, row by row, with the passages that support each value: found once
for pages of all languages, which name and link it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from markupsafe import Markup

from ...model.nodes import Json, Node, NoteNode, PageNode, id_of, is_node
from ...model.text import ordered_amount
from .attribution import status
from .inbound import rank
from .markup import NOTHING, joined, text
from .page_voice import PageVoice
from .passages import EvidenceView, Passage

#: Keys whose texts say the same in each language.
_EXPLAINING = frozenset({"comment", "definition", "description", "rights"})

#: Keys of a part that its row says already.
_OF_PARTS = frozenset({"id", "type", "isPartOf"})


class SaidValue(Protocol):
    """A value as it is, whatever the language."""

    def shown(self, voice: PageVoice, /) -> Markup:
        """The value as a page shows it."""


class LinkedValue(NamedTuple):
    """A resource; `page` where it is the page on which all stands."""

    iri: str
    page: PageNode | None

    def shown(self, voice: PageVoice) -> Markup:
        """A link to the resource; to the page on which all stands, with how sure that is."""
        shown = voice.resource(self.iri)
        sure = status(voice, self.page) if self.page else NOTHING
        return joined(shown, sure, by=" – ") if sure else shown


class PlainValue(NamedTuple):
    """A value of a key that links nowhere."""

    key: str
    value: str

    def shown(self, voice: PageVoice) -> Markup:
        """The value as a language writes it."""
        return voice.plain(self.key, self.value)


class AmountValue(NamedTuple):
    """An amount of money."""

    currency: str
    number: str

    def shown(self, voice: PageVoice) -> Markup:
        """The amount after its currency, or before it where the language has it so."""
        number, currency = voice.plain("value", self.number), voice.plain("currency", self.currency)
        return joined(*ordered_amount(currency, number, voice.language), by="\u00a0")


class PartnerValue(NamedTuple):
    """A partner, and the role that it has."""

    role: str
    agent: str

    def shown(self, voice: PageVoice) -> Markup:
        """The partner after its role."""
        return voice.labelled(voice.resource(self.role), voice.resource(self.agent))


class SpokenValue(NamedTuple):
    """A text in a language."""

    words: str
    language: str

    def shown(self, voice: PageVoice) -> Markup:
        """The text, marked where it is not in the page's language."""
        return text(self.words, "" if self.language == voice.language else self.language)


class PhraseValue(NamedTuple):
    """A message of the pages themselves."""

    message: str

    def shown(self, voice: PageVoice) -> Markup:
        """The message in the page's language."""
        return voice.gettext(self.message)


class ToldValue(NamedTuple):
    """A value (None: it has parts, whose rows are told), the passages that support it, and its
    language, if it has one.
    """

    said: SaidValue | None
    passages: Sequence[Passage]
    rows: "Sequence[ToldRow]" = ()
    language: str = ""

    @property
    def label(self) -> tuple[object, ...] | None:
        """The label of the one passage that supports the value, as the passage has it."""
        label = self.passages[0].label if len(self.passages) == 1 else None
        return None if label is None else ("", *label)


class ToldRow(NamedTuple):
    """A property and its values (none: not published), with the notes that doubt them, and the
    passages that say something else.
    """

    key: str
    values: Sequence[ToldValue]
    doubts: Sequence[NoteNode] = ()
    others: Sequence[Passage] = ()

    def told(self, language: str) -> Sequence[ToldValue]:
        """The values as a page of a language tells them: texts in it first; what only explains in
        that language alone, if it is there.
        """
        own = [one for one in self.values if one.language == language]
        if not own:
            return self.values
        if self.key in _EXPLAINING:
            return own
        return [*own, *(one for one in self.values if one.language != language)]


class ToldValues:
    """Reads the values of a document; `code` gives the compact IRI that a value of a key stands
    for, empty where it is only text.
    """

    def __init__(self, code: Callable[[str, str], str], evidence: EvidenceView) -> None:
        self._code, self._evidence = code, evidence

    def rows(self, node: Node, apart: frozenset[str]) -> list[ToldRow]:
        """The rows of a node, without keys that stand apart."""
        keys = sorted(node.keys() - apart, key=lambda key: (rank(key), key))
        return [ToldRow(key, list(self.values(id_of(node), key, node[key]))) for key in keys]

    def values(self, resource: str, key: str, value: Json) -> Iterator[ToldValue]:
        """The values of a key: texts by language, parts, links and plain texts."""
        if isinstance(value, list):
            for item in value:
                yield from self.values(resource, key, item)
        elif isinstance(value, str):
            yield self._plain(resource, key, value)
        elif is_node(value):
            yield self._node(resource, key, value)
        elif isinstance(value, Mapping):
            yield from self._spoken(resource, key, dict(value.items()))

    def _plain(self, resource: str, key: str, value: str) -> ToldValue:
        iri, only = self._code(key, value), self._evidence.only
        passages = self._evidence.of(resource, key, iri or value)
        if not iri:
            return ToldValue(PlainValue(key, value), passages)
        return ToldValue(LinkedValue(iri, only if only and only.id == iri else None), passages)

    def _node(self, resource: str, key: str, node: Node) -> ToldValue:
        passages = self._evidence.of(resource, key, id_of(node))
        if {"value", "currency"} <= node.keys():
            currency, number = (str(node[part]) for part in ("currency", "value"))
            whole = self._amount(id_of(node), passages, currency, number)
            return ToldValue(AmountValue(currency, number), whole)
        if {"role", "agent"} <= node.keys():
            role, agent = (self._code(part, str(node[part])) for part in ("role", "agent"))
            return ToldValue(PartnerValue(role, agent), passages)
        return ToldValue(None, passages, self.rows(node, _OF_PARTS))

    def _amount(
        self, amount: str, whole: Sequence[Passage], currency: str, number: str
    ) -> Sequence[Passage]:
        """Who says an amount: a currency is said of it by those who say its number, or where none
        of them does, by others.
        """
        said = self._evidence.of(amount, "currency", currency)
        whole = [*whole, *self._evidence.of(amount, "value", number)]
        pages = [passage.page for passage in whole]
        beside = [passage for passage in said if passage.page in pages]
        return [*whole, *(beside or said)]

    def _spoken(self, resource: str, key: str, texts: Mapping[str, Json]) -> Iterator[ToldValue]:
        for language, words in texts.items():
            for word in map(str, words if isinstance(words, list) else [words]):
                passages = self._evidence.of(resource, key, word, language)
                yield ToldValue(SpokenValue(word, language), passages, (), language)
