"""The vocabulary and the rules as a page of one language tells them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from .edition import Edition
from .markup import outward
from .ontology import OntologyTerm, RuleTexts
from .voice import PageVoice


class TermRow(NamedTuple):
    """A class or property in words; `ties` are links under the name of a word of the pages."""

    name: str
    label: Markup
    meaning: Markup
    ties: Sequence[tuple[str, Sequence[Markup]]]


class Told(NamedTuple):
    """A rule in words."""

    anchor: str
    name: str
    severity: str
    title: Markup
    message: Markup
    why: Markup | str
    numbers: Sequence[str]


class RuleGroup(NamedTuple):
    """The rules of a file of shapes."""

    anchor: str
    file: str
    label: Markup
    rules: Sequence[Told]


def told(
    edition: Edition, ontology: Sequence[OntologyTerm]
) -> Sequence[tuple[str, Sequence[TermRow]]]:
    """The classes, then the properties of an ontology."""
    voice = edition.voice("def")
    return [
        (kind, [_term(voice, word) for word in ontology if word.kind == kind])
        for kind in ("classes", "properties")
    ]


def grouped(
    edition: Edition, rules: Iterable[tuple[str, Sequence[RuleTexts]]]
) -> Sequence[RuleGroup]:
    """The rules by the file that holds them."""
    voice = edition.voice("shapes/")
    titles = voice.lexicon.words.shapes
    return [
        RuleGroup(
            f"file-{file.removesuffix('.ttl')}",
            file,
            voice.text(titles.get(file, {"": file})),
            _told(voice, found),
        )
        for file, found in rules
        if found
    ]


def _term(voice: PageVoice, word: OntologyTerm) -> TermRow:
    ties = (
        ("kind-of", word.parents),
        ("domain", word.domains),
        ("range", word.ranges),
        ("close", word.close),
    )
    links = [(title, [_tie(voice, iri) for iri in iris]) for title, iris in ties if iris]
    return TermRow(word.name, voice.text(word.labels), voice.text(word.meaning), links)


def _tie(voice: PageVoice, iri: str) -> Markup:
    """A link to a term: of ours by its label, of others by its short name."""
    name = iri.rpartition("#")[2]
    if (own := voice.lexicon.terms.get(name)) and own.iri == iri:
        return voice.kind(name) if own.kind == "classes" else voice.property(name)
    return outward(iri, voice.short(iri))


def _told(voice: PageVoice, rules: Sequence[RuleTexts]) -> Sequence[Told]:
    return [
        Told(
            anchor=rule.name.replace("/", "-"),
            name=rule.name,
            severity=rule.severity,
            title=voice.text(rule.titles or {"": rule.name}),
            message=voice.text(rule.messages),
            why=voice.text(rule.why) if rule.why else "",
            numbers=rule.numbers,
        )
        for rule in rules
    ]
