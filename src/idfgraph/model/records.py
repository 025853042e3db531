"""What we know before RDF: records, and the captures they stand on, as frozen structs.

A record keeps three things apart: what pages say (`sources`), what we take it to mean (`values`),
and what people decided (`decisions`, `reviewed`). Property names are the local names of the
ontology.
"""

import re
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field

from .datatypes import (
    END,
    Address,
    Count,
    Day,
    Digest,
    Form,
    Sha256,
    Share,
    Slug,
    Span,
    Text,
    Texts,
    is_address,
)
from .fields import Decidable, ProgrammeValues, ProjectValues
from .iris import BASE, SLUG
from .text import LANGUAGES, Language


class Capture(Form, frozen=True, kw_only=True):
    """One value as a page prints it: the text verbatim, its label, and its span in code points of
    the page.

    A label without a value has no text and no span. A narrative may have a span alone: its text is
    then the value, as long as the first 16 hex digits of the value's SHA-256 are the digest; people
    may have edited it since. `property` may name a part after a dot: `budget.value`,
    `association.funding`, `result.laws-policies-mainstreamed`.
    """

    property: Annotated[str, Meta(pattern=r"^[A-Za-z]+(\.[a-z][a-z-]*)?" + END)]
    text: str | None = None
    label: str | None = None
    label_language: Language | None = None
    span: Span | None = None
    digest: Digest | None = None


class Remark(Form, frozen=True, kw_only=True):
    """Something the reader noticed about a page: an issue code and the property it is about."""

    issue: Literal["missing-value", "quoted-narrative", "truncated-title"]
    property: Literal["title", "narrative"]


class Source(Form, frozen=True, kw_only=True):
    """One captured page: SHA-256 of its bytes, file name without suffix, language, address, values
    as printed.
    """

    page: Sha256
    identifier: str
    language: Language
    url: Address | None = None
    encoding: str | None = None
    values: tuple[Capture, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def __post_init__(self) -> None:
        """Refuses a property that is captured twice: the two would share one name."""
        seen: set[str] = set()
        for name in (
            capture.property
            for capture in self.values
            if capture.span and capture.property != "unknown"
        ):
            if name in seen:
                raise ValueError(f"captures {name} twice; keep the one that the page means")
            seen.add(name)


class Decision(Form, frozen=True, kw_only=True):
    """What a person decided: the value of a property, why, on what evidence (a page address), who,
    and when.

    The value `none` says that the property has none; `instead_of` are the printed words that it was
    decided against.
    """

    property: Decidable
    value: Text | Annotated[tuple[Text, ...], Meta(min_length=1)] | Texts
    instead_of: Text | tuple[Text, ...] = ()
    why: Texts
    evidence: Annotated[tuple[Address, ...], Meta(min_length=1)]
    by: Text
    on: Day

    def __post_init__(self) -> None:
        """Refuses a day that is in no calendar."""
        date.fromisoformat(self.on)


class Review(Form, frozen=True, kw_only=True):
    """Who looked a record over, when, and the first 16 hex digits of the SHA-256 of the values they
    saw.
    """

    by: Text
    on: Day
    values: Digest | None = None

    def __post_init__(self) -> None:
        """Refuses a day that is in no calendar."""
        date.fromisoformat(self.on)


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
            raise ValueError(f"has no reason in {', '.join(missing)}")
        if self.replaced_by and not (
            re.fullmatch(SLUG, self.replaced_by) or is_address(self.replaced_by)
        ):
            raise ValueError(
                f"is replaced by {self.replaced_by[:80]!r}, which is no id and no address"
            )


class _Record(Form, frozen=True, kw_only=True, tag_field="kind"):
    """What every kind of record has, whatever it is about."""

    format: Annotated[int, Meta(ge=1, le=1)] = 1
    id: Slug
    reviewed: Review | None = None
    withdrawn: Withdrawal | None = None
    sources: tuple[Source, ...] = ()
    decisions: tuple[Decision, ...] = ()


class Project(_Record, frozen=True, kw_only=True, tag="project"):
    """A project of the Fund; its id is its Projet ID."""

    values: ProjectValues | None = None


class Programme(_Record, frozen=True, kw_only=True, tag="programme"):
    """A programme; its id is a name that a person gave it."""

    values: ProgrammeValues | None = None


class Unidentified(_Record, frozen=True, kw_only=True, tag="page"):
    """A page that names no project: its id is the first 16 hex digits of its SHA-256."""

    def __post_init__(self) -> None:
        """Refuses the withdrawal of what has no address that people were given."""
        if self.withdrawn:
            raise ValueError("is a page, which cannot be withdrawn; take it out of the data")


Record = Project | Programme | Unidentified


class Expectation(Form, frozen=True, kw_only=True):
    """What a release must hold at least: how many projects, and in what share of them a field (0 to
    1).
    """

    projects: Count | None = None
    fields: dict[Decidable, Share] = field(default_factory=dict)


#: The version of a release: its day, and the first 12 digits of the SHA-256 of its statements.
Version = Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{12}" + END)]


class Dataset(Form, frozen=True, kw_only=True):
    """What a data folder says of itself (`dataset.yaml`): words for people, rights, and what to
    publish.
    """

    title: Texts
    description: Texts
    rights: Texts
    publisher: Text
    base: str = BASE
    as_of: Day
    publish_pages: Literal["true", "false"] = "true"
    publish_narratives: Literal["true", "false"] = "true"
    withdrawn_versions: tuple[Version, ...] = ()
    endpoint: Address | None = None
    expect: Expectation | None = None

    def __post_init__(self) -> None:
        """Refuses a day that is in no calendar."""
        date.fromisoformat(self.as_of)

    @property
    def shows_pages(self) -> bool:
        """Whether the texts of pages are published: not where narratives, which they hold, are left
        out.
        """
        return self.publish_pages == "true" and self.shows_narratives

    @property
    def shows_narratives(self) -> bool:
        """Whether narratives are published."""
        return self.publish_narratives == "true"
