"""How a comparison is put into words: fields by their names, codes and states by their labels."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from ...model.fields import PART_FIELDS, VALUES
from ...model.findings import Finding
from ...model.text import LANGUAGES
from .snapshot import Change, LongText, Value
from .totals import Total
from .words import FIELDS, named, word

#: Property (or, of a partner, its role and what an outcome measures) -> how the compact IRIs of its
#: values begin.
_TERMS: Mapping[str, str] = {
    **{field.name: field.prefix for field in VALUES},
    "association": PART_FIELDS["agent"].prefix,
}
_PARTS: Mapping[str, str] = {
    field.part_of: field.prefix for field in PART_FIELDS.values() if field.kind == "code"
}

#: How many items of a list are shown, and how many characters of a text.
_ITEMS, _CHARACTERS = 20, 300


class RecordVoice(NamedTuple):
    """What other rooms know: a compact IRI's label in a language, or None; a severity's name; a
    safe form of a text.

    `form` is the JSON form of findings.
    """

    label: Callable[[str, str], str | None]
    severity: Callable[[str, str], str]
    escaped: Callable[[str], str]
    form: Callable[[Sequence[Finding]], list[Any]]

    def value(self, field: str, value: str, language: str) -> str:
        """A field's value in words: the label of what it stands for, or else the value itself."""
        if field == "kind":
            return word(value, language)
        name, _, part = field.removeprefix("decision.").partition(".")
        is_plain = field.startswith("decision.") and part
        prefix = None if is_plain else _TERMS.get(name)
        return (self.label(prefix + value, language) if prefix else None) or value

    def field(self, field: str, language: str) -> str:
        """The name of a field in words, with the language, role or measure that it is of.

        >>> RecordVoice(lambda *_: None, min, str, list).field("title.fr", "en")
        'title (fr)'
        """
        name, _, part = field.removeprefix("decision.").partition(".")
        said = word(name, language) if name in FIELDS else name
        if name in _PARTS and part:
            return f"{said} ({self.label(_PARTS[name] + part, language) or part})"
        if not field.startswith("decision."):
            return f"{said} ({part})" if part else said
        aspect, _, tag = part.partition(".")
        decided = named(word("decision", language), said, language)
        return (
            decided
            + (f", {word(aspect, language)}" if aspect else "")
            + (f" ({tag})" if tag else "")
        )

    def total(self, total: Total, language: str) -> str:
        """What a total counts, in words."""
        if total.name == "kind":
            return word(f"{total.key}s", language)
        if total.name == "status":
            status = self.value("status", total.key, language)
            return (
                named(word("status", language), status, language)
                if total.key
                else word("no status", language)
            )
        return (
            f"{word(total.name, language)} ({total.key})"
            if total.key
            else word(total.name, language)
        )

    def sides(self, change: Change, language: str) -> tuple[str, str]:
        """What a field was and is, in words; of a list what was taken away and what was added."""
        if isinstance(change.before, tuple) or isinstance(change.after, tuple):
            gone, added = items(change)
            return self._items(change.field, gone, language), self._items(
                change.field, added, language
            )
        before, after = (self._said(change.field, value, language) for value in change[1:])
        if isinstance(change.before, LongText) and isinstance(change.after, LongText):
            after = word("text changed", language).format(change.after.characters)
        return before, after

    def _said(self, field: str, value: Value | None, language: str) -> str:
        if isinstance(value, LongText):
            return word("characters", language).format(value.characters)
        return cut(self.value(field, value, language)) if isinstance(value, str) else ""

    def _items(self, field: str, values: Sequence[str], language: str) -> str:
        shown = [cut(self.value(field, value, language)) for value in values[:_ITEMS]]
        if len(values) > _ITEMS:
            shown.append(word("more", language).format(len(values) - _ITEMS))
        return "; ".join(shown)


def items(change: Change) -> tuple[list[str], list[str]]:
    """The items of a list that were taken away, and those that were added, each sorted.

    >>> items(Change("beneficiary", ("FJI", "TON"), ("FJI", "ALB")))
    (['TON'], ['ALB'])
    """
    before, after = (Counter(value if isinstance(value, tuple) else ()) for value in change[1:])
    return sorted((before - after).elements()), sorted((after - before).elements())


def cut(text: str) -> str:
    """The text, cut where it is long.

    >>> len(cut("a" * 1000))
    301
    """
    return text if len(text) <= _CHARACTERS else f"{text[:_CHARACTERS]}…"


def title(titles: Mapping[str, str], language: str) -> str:
    """A record's title in a language, or else in the first of LANGUAGES that has one.

    >>> title({"es": "Uno", "fr": "Un"}, "en")
    'Un'
    """
    return next((titles[name] for name in (language, *LANGUAGES) if name in titles), "")
