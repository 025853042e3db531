"""What people say of a record: decisions, reviews, doubts that they have seen, and that it is
withdrawn.
"""

import re
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field

from .datatypes import (
    Address,
    Code,
    Day,
    Digest,
    Form,
    Incoherent,
    Mark,
    PartName,
    Slug,
    Tagged,
    Text,
    Texts,
    is_address,
)
from .fields import Decidable, Notable
from .iris import SLUG
from .text import LANGUAGES, N_


class DocumentTitle(Form, frozen=True, kw_only=True):
    """A document that the record cites, by its title."""

    document: Text

    def __str__(self) -> str:
        return self.document


class Decision(Form, frozen=True, kw_only=True):
    """What a person decided: the value of a property, why, on what evidence (the address of a page,
    or a document that the record cites), who, and when.

    The value `none` says that the property has none; `instead_of` are the printed words that it was
    decided against.
    """

    property: Decidable
    value: Text | Annotated[tuple[Text, ...], Meta(min_length=1)] | Tagged
    instead_of: Text | tuple[Text, ...] = ()
    why: Texts
    evidence: Annotated[tuple[Address | DocumentTitle, ...], Meta(min_length=1)]
    by: Text
    on: Day

    def __post_init__(self) -> None:
        """Refuses a day that is in no calendar."""
        date.fromisoformat(self.on)


class SignedDecision(Decision, frozen=True, kw_only=True):
    """A decision that stands in a file of its own, beside the record: this states what its pages
    say.
    """


class Review(Form, frozen=True, kw_only=True):
    """Who looked a record over, when, and the first 16 hex digits of the SHA-256 of the values they
    saw; of each field, the first 8 of its own.
    """

    by: Text
    on: Day
    values: Digest | None = None
    fields: dict[PartName, Mark] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuses a day that is in no calendar."""
        date.fromisoformat(self.on)


class Acceptance(Form, frozen=True, kw_only=True):
    """A doubt that a person has seen: the issue and the property of its note, the words it was
    about, why it may stand, who saw it, and when.

    `words` are the printed words or the values that are in doubt; when others are, the doubt comes
    back. What nothing is printed of (a missing value) has none.
    """

    issue: Code
    property: Notable
    words: Text | tuple[Text, ...] = ()
    why: Texts
    by: Text
    on: Day

    def __post_init__(self) -> None:
        """Refuses a day that is in no calendar."""
        date.fromisoformat(self.on)


class Judgements(Form, frozen=True, kw_only=True):
    """What people sign for a record in a file of its own, beside the record's."""

    format: Annotated[int, Meta(ge=2, le=2)] = 2
    kind: Literal["project", "programme", "page"]
    id: Slug
    reviewed: tuple[Review, ...] = ()
    decisions: tuple[SignedDecision, ...] = ()
    accepted: tuple[Acceptance, ...] = ()


class Withdrawal(Form, frozen=True, kw_only=True):
    """That a record is no longer published: since when, why (in all languages), and what takes its
    place.

    `replaced_by` is the id of a record of the same kind, or the address of a page.
    """

    date: Day
    reason: Texts
    replaced_by: Text | None = None

    def __post_init__(self) -> None:
        """Refuses a day that is in no calendar, a reason that some cannot read, and a name that
        leads nowhere.
        """
        date.fromisoformat(self.date)
        if missing := [language for language in LANGUAGES if language not in self.reason]:
            raise Incoherent(
                N_("the reason is not given in {languages}"),
                N_("write it below reason, in all three languages"),
                languages=", ".join(missing),
            )
        if self.replaced_by and not (
            re.fullmatch(SLUG, self.replaced_by) or is_address(self.replaced_by)
        ):
            raise Incoherent(
                N_("“{value}” is no id and no address"),
                N_("write the id of a record of the same kind, or the address of a page"),
                value=self.replaced_by[:80],
            )


def in_list(texts: str | tuple[str, ...]) -> tuple[str, ...]:
    """One text or several, as several.

    >>> in_list("Actif"), in_list(("Actif", "Active"))
    (('Actif',), ('Actif', 'Active'))
    """
    return (texts,) if isinstance(texts, str) else texts
