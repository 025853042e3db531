"""The vocabulary and the rules as a page of one language tells them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from ...model.text import N_, gettext
from .edition import Edition
from .markup import enumerated, outward, text
from .ontology import OntologyTerm, RuleTexts
from .page_voice import PageVoice

#: What the shapes of a file are about.
_SUBJECTS: Mapping[str, str] = {
    "association.ttl": N_("Partners"),
    "claim.ttl": N_("Values and who says so"),
    "closed.ttl": N_("Known properties"),
    "concept.ttl": N_("Codes"),
    "evidence.ttl": N_("Evidence"),
    "intervention.ttl": N_("Projects and programmes"),
    "membership.ttl": N_("Memberships"),
    "note.ttl": N_("Quality notes"),
    "phase.ttl": N_("Phases"),
    "programme.ttl": N_("Programmes"),
    "project.ttl": N_("Projects"),
    "record.ttl": N_("Records"),
    "result.ttl": N_("Results"),
    "source.ttl": N_("Source pages"),
    "state.ttl": N_("States and areas"),
}


class TermRow(NamedTuple):
    """A class or property in words; `ties` are labelled links to others."""

    name: str
    label: Markup
    meaning: Markup
    ties: Sequence[Markup]


class TermSection(NamedTuple):
    """The classes of an ontology, or its properties."""

    anchor: str
    heading: Markup
    terms: Sequence[TermRow]


class RuleView(NamedTuple):
    """A rule in words; `badge` is what its severity is called."""

    anchor: str
    name: str
    severity: str
    badge: str
    title: Markup
    message: Markup
    why: Markup | str
    numbers: Sequence[str]


class RuleGroup(NamedTuple):
    """The rules of a file of shapes."""

    anchor: str
    file: str
    label: Markup
    rules: Sequence[RuleView]


def term_sections(edition: Edition, ontology: Sequence[OntologyTerm]) -> Sequence[TermSection]:
    """The classes, then the properties of an ontology."""
    voice = edition.voice("def")
    headings = {"classes": voice.gettext("Classes"), "properties": voice.gettext("Properties")}
    return [
        TermSection(kind, heading, [_term(voice, word) for word in ontology if word.kind == kind])
        for kind, heading in headings.items()
    ]


def rule_groups(
    edition: Edition, rules: Iterable[tuple[str, Sequence[RuleTexts]]]
) -> Sequence[RuleGroup]:
    """The rules by the file that holds them."""
    voice = edition.voice("shapes/")
    return [
        RuleGroup(
            f"file-{file.removesuffix('.ttl')}",
            file,
            text(gettext(_SUBJECTS[file], voice.language) if file in _SUBJECTS else file),
            [_rule(voice, rule) for rule in found],
        )
        for file, found in rules
        if found
    ]


def _term(voice: PageVoice, term: OntologyTerm) -> TermRow:
    ties = (
        (voice.gettext("Kind of"), term.parents),
        (voice.gettext("Said of"), term.domains),
        (voice.gettext("Its value is"), term.ranges),
        (voice.gettext("See also"), term.alike),
    )
    links = [
        voice.labelled(label, enumerated((_tie(voice, iri) for iri in iris), voice.language))
        for label, iris in ties
        if iris
    ]
    return TermRow(term.name, voice.text(term.labels), voice.text(term.meaning), links)


def _tie(voice: PageVoice, iri: str) -> Markup:
    """A link to a term: of ours by its label, of others by its short name."""
    name = iri.rpartition("#")[2]
    if (own := voice.lexicon.terms.get(name)) and own.iri == iri:
        return voice.kind(name) if own.kind == "classes" else voice.property(name)
    return outward(iri, voice.short(iri))


def _rule(voice: PageVoice, rule: RuleTexts) -> RuleView:
    return RuleView(
        anchor=rule.name.replace("/", "-"),
        name=rule.name,
        severity=rule.severity,
        badge=voice.badge(rule.severity),
        title=voice.text(rule.titles or {"": rule.name}),
        message=voice.text(rule.messages),
        why=voice.text(rule.why) if rule.why else "",
        numbers=rule.numbers,
    )
