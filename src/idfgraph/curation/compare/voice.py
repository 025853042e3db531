"""How a comparison is put into words: fields by their names, codes and states by their labels."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ...model.fields import PART_FIELDS, VALUES
from ...model.labels import KINDS, PROPERTIES
from ...model.text import N_, Texts, chosen, gettext, ngettext, pgettext
from ...release.changelog import LONG, named, text_length
from .compared_record import Change, LongText, Value
from .totals import Total

#: Property (or, of a partner, its role and what an outcome measures) -> how the compact IRIs of its
#: values begin.
_TERMS: Mapping[str, str] = {
    **{field.name: field.prefix for field in VALUES},
    "association": PART_FIELDS["agent"].prefix,
}
_PARTS: Mapping[str, str] = {
    field.part_of: field.prefix for field in PART_FIELDS.values() if field.kind == "code"
}

#: Names of what the ontology has no word of its own for, and of kinds of records, when counted.
_FIELDS: Mapping[str, str] = {
    **{name: PROPERTIES[name] for name in ("title", "association")},
    "kind": PROPERTIES["type"],
    "language": N_("language of the page"),
    "hasPart": N_("phase"),
    "source": N_("page"),
    "reviewed": N_("review"),
    "accepted": N_("accepted doubt"),
}
_KINDS: Mapping[str, str] = {
    "project": KINDS["prj"],
    "programme": KINDS["prg"],
    "page": N_("page without a project"),
}
_SEVERAL: Mapping[str, str] = {
    "project": N_("projects"),
    "programme": N_("programmes"),
    "page": N_("pages without a project"),
}

#: How many items of a list are shown.
_ITEMS = 20


class RecordVoice(NamedTuple):
    """What things are called: a compact IRI's label in a language, or None; properties of the
    ontology by their local name.
    """

    label: Callable[[str, str], str | None]
    properties: Mapping[str, Texts]

    def value(self, field: str, value: str, language: str) -> str:
        """A field's value in words: the label of what it stands for, or else the value itself."""
        if field == "kind":
            return kind(value, language)
        name, _, part = field.removeprefix("decision.").partition(".")
        is_plain = field.startswith("decision.") and part
        prefix = None if is_plain else _TERMS.get(name)
        return (self.label(prefix + value, language) if prefix else None) or value

    def field(self, field: str, language: str) -> str:
        """The name of a field in words, with the language, role or measure that it is of.

        >>> RecordVoice(lambda *_: None, {}).field("title.fr", "en")
        'title (fr)'
        """
        name, _, part = field.removeprefix("decision.").partition(".")
        words = self.property(name, language)
        if name in _PARTS and part:
            return f"{words} ({self.label(_PARTS[name] + part, language) or part})"
        if not field.startswith("decision."):
            return f"{words} ({part})" if part else words
        aspect, _, tag = part.partition(".")
        decided = named(gettext("decision", language), words, language)
        return (
            decided
            + (f", {_aspect(aspect, language)}" if aspect else "")
            + (f" ({tag})" if tag else "")
        )

    def property(self, name: str, language: str) -> str:
        """The name of a property in words, or else as it is."""
        if name in _FIELDS:
            return gettext(_FIELDS[name], language)
        return chosen(self.properties.get(name, {}), language)[0] or name

    def total(self, total: Total, language: str) -> str:
        """What a total counts, in words."""
        match total.name, total.key:
            case "kind", kind_:
                return gettext(_SEVERAL[kind_], language)
            case "status", "":
                return gettext("no status", language)
            case "status", status:
                words = self.value("status", status, language)
                return named(self.property("status", language), words, language)
            case "budget", currency:
                return f"{self.property('budget', language)} ({currency})"
            case "states", _:
                return gettext("beneficiary states", language)
        return gettext("records", language)

    def sides(self, change: Change, language: str) -> tuple[str, str]:
        """What a field was and is, in words; of a list what was taken away and what was added."""
        before, after = change.before, change.after
        if isinstance(before, tuple) or isinstance(after, tuple):
            gone, added = (self._items(change.field, some, language) for some in items(change))
            return gone, added
        old, new = (self._brief(change.field, value, language) for value in (before, after))
        if isinstance(before, LongText) and isinstance(after, LongText):
            new = ngettext(
                "text changed, {number} character",
                "text changed, {number} characters",
                after.characters,
                language,
            )
        return old, new

    def _brief(self, field: str, value: Value | None, language: str) -> str:
        if isinstance(value, LongText):
            return text_length(value.characters, language)
        return cut(self.value(field, value, language)) if isinstance(value, str) else ""

    def _items(self, field: str, values: Sequence[str], language: str) -> str:
        shown = [cut(self.value(field, value, language)) for value in values[:_ITEMS]]
        return "; ".join([*shown, *more(len(values) - _ITEMS, language)])


def kind(name: str, language: str) -> str:
    """What a kind of records is called.

    >>> kind("programme", "es")
    'programa'
    """
    return gettext(_KINDS[name], language)


def more(number: int, language: str) -> list[str]:
    """How many more there are than are shown; nothing if there are none.

    >>> more(1200, "fr"), more(0, "fr")
    (['et 1\\u202f200 de plus'], [])
    """
    if number <= 0:
        return []
    return [ngettext("and {number} more", "and {number} more", number, language)]


def items(change: Change) -> tuple[list[str], list[str]]:
    """The items of a list that were taken away, and those that were added, each sorted.

    >>> items(Change("beneficiary", ("FJI", "TON"), ("FJI", "ALB")))
    (['TON'], ['ALB'])
    """
    before, after = (
        Counter(value if isinstance(value, tuple) else ())
        for value in (change.before, change.after)
    )
    return sorted((before - after).elements()), sorted((after - before).elements())


def cut(text: str) -> str:
    """The text, cut where it is long.

    >>> len(cut("a" * 1000))
    301
    """
    return text if len(text) <= LONG else f"{text[:LONG]}…"


def _aspect(name: str, language: str) -> str:
    """What of a decision a field gives, besides the value."""
    words = {
        "why": pgettext("of a decision", "why", language),
        "by": pgettext("of a decision", "by", language),
        "evidence": pgettext("of a decision", "evidence", language),
        "insteadOf": pgettext("of a decision", "instead of", language),
    }
    return words[name]
