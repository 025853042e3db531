"""What we know before RDF: records, and the captures they stand on, as frozen structs.

A record keeps three things apart: what pages say (`sources`), what we take it to mean (`values`),
and what people decided (`decisions`, `reviewed`, `accepted`). Property names are
the local names of the ontology.
"""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Annotated, Final, Literal

from msgspec import Meta, field
from msgspec.structs import force_setattr

from .datatypes import (
    END,
    Address,
    Count,
    Day,
    Digest,
    Few,
    Form,
    Incoherent,
    MediaType,
    Moment,
    PartName,
    Sha256,
    Share,
    Slug,
    Span,
    Tag,
    Text,
    Texts,
    WhenWritten,
    is_moment,
)
from .fields import FIELDS, Decidable, ProgrammeValues, ProjectValues
from .iris import BASE
from .judgements import Acceptance, Decision, DocumentTitle, Review, Withdrawal
from .text import N_, Language
from .visible import shortened

#: The version of this form that records have.
FORMAT: Final = 2

#: How much of a title is told.
_TITLE = 80

_NO_PAGE = N_("has no {name}, and cites no document")
_NO_PAGE_AT_ALL = N_("has no page and no identifier, and cites no document")
_CITE = N_("extract the page, or write what the document is below document")
_UNCITED = N_("decides {name} by the document “{title}”, which is not among its sources")
_CITED = N_("write the title of a document that the record cites, or the address of a page")
_CALENDAR = N_("it was captured on {day}, which is in no calendar")
_MEND_DAY = N_("write the day on which it was captured, as 2026-11-21")
_TWICE = N_("captures {name} twice")
_KEEP = N_("keep the one that the page means")
_NO_SPAN = N_("has a locator of {name}, but no mediaType")
_GIVE_SPAN = N_("a page has spans: quote the words with idfgraph quote")
_NO_LOCATOR = N_("has a span of {name}, but is no page")
_NO_WORDS = N_("has a locator of {name} without its text")
_GIVE_LOCATOR = N_("give the text, and where it stands as locator")
_PAGE = N_("is a page, which cannot be withdrawn")
_TAKE_OUT = N_("take it out of the data")


#: The media type of a document whose kind is not said.
_UNKNOWN: Final = "application/octet-stream"


class Capture(Form, frozen=True, kw_only=True):
    """One value as a page prints it: the text verbatim, its label, and its span in code points of
    the page.

    A label without a value has no text and no span. A narrative may have a span alone: its text is
    then the value, as long as the first 16 hex digits of the value's SHA-256 are the digest; people
    may have edited it since. `property` may name a part after a dot: `budget.value`,
    `association.funding`, `result.laws-policies-mainstreamed`. In a document that is no page a
    value stands at a locator (`p. 12`) instead of a span. `label_language` of a text without a
    label is the language that the page gives to the text itself (`lang`). `certainty`, from 0 to 1,
    is how sure the reading is, where it was read from prose.
    """

    property: PartName
    text: str | None = None
    label: str | None = None
    label_language: Tag | None = None
    span: Span | None = None
    locator: Text | None = None
    certainty: Share | None = None
    digest: Digest | None = None


def has_value(capture: Capture) -> bool:
    """Whether a page or document gives a value there, and not a label alone."""
    return capture.span is not None or capture.locator is not None


def _can_repeat(capture: Capture) -> bool:
    """Whether a page may say such a thing several times: in prose, or as people quote it, of what
    can have several values.
    """
    field = FIELDS.get(capture.property.partition(".")[0])
    told = capture.certainty is not None or capture.label is None
    return told and field is not None and field.several


class Remark(Form, frozen=True, kw_only=True):
    """Something the reader noticed about a page: an issue code and the property it is about."""

    issue: Literal["missing-value", "quoted-narrative", "truncated-title"]
    property: Literal["title", "narrative"]


class CitedDocument(Form, frozen=True, kw_only=True):
    """A report, spreadsheet, letter or e-mail as people cite it: its title, its day (or year), who
    wrote it, and where it is kept.
    """

    title: Text
    date: WhenWritten
    by: Text
    where: Text

    def __str__(self) -> str:
        return ", ".join((self.title, self.by, self.date, self.where))


def _digest_of(cited: CitedDocument) -> str:
    """The SHA-256 of a citation."""
    return sha256(str(cited).encode()).hexdigest()


class Source(Form, frozen=True, kw_only=True):
    """One captured page: SHA-256 of its bytes, file name without suffix, language, address, when it
    was captured (absent where that is not known), values as printed.

    One with a media type is a document that is no page: its captures have text and a locator. One
    that is cited needs neither SHA-256 nor name nor media type: without its bytes, those are of the
    citation.
    """

    page: Sha256 = ""
    identifier: str = ""
    document: CitedDocument | None = None
    language: Language
    url: Address | None = None
    captured: Moment | None = None
    media_type: MediaType | None = None
    encoding: str | None = None
    values: tuple[Capture, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def __post_init__(self) -> None:
        """Names what is cited; refuses what is neither that nor a page, a time that never was,
        places of another kind than the source has, and a property that is captured twice: the two
        would share one name.
        """
        if self.document:
            self._name(self.document)
        if missing := [name for name in ("page", "identifier") if not getattr(self, name)]:
            said = _NO_PAGE_AT_ALL if len(missing) > 1 else _NO_PAGE
            raise Incoherent(said, _CITE, name=missing[0])
        if self.captured and not is_moment(self.captured):
            raise Incoherent(_CALENDAR, _MEND_DAY, day=self.captured)
        seen: set[str] = set()
        for capture in self.values:
            self._check_place(capture)
            if not has_value(capture) or capture.property == "unknown" or _can_repeat(capture):
                continue
            if capture.property in seen:
                raise Incoherent(_TWICE, _KEEP, name=capture.property)
            seen.add(capture.property)

    def _name(self, cited: CitedDocument) -> None:
        """Names a document after its citation, where it has no name of its own."""
        force_setattr(self, "page", self.page or _digest_of(cited))
        force_setattr(self, "identifier", self.identifier or str(cited))
        force_setattr(self, "media_type", self.media_type or _UNKNOWN)

    def _check_place(self, capture: Capture) -> None:
        """Nothing, or ValueError for a capture that is not placed as its source needs it."""
        name = capture.property
        if self.media_type is None and capture.locator is not None:
            raise Incoherent(_NO_SPAN, _GIVE_SPAN, name=name)
        if self.media_type is not None and capture.span is not None:
            raise Incoherent(_NO_LOCATOR, _GIVE_LOCATOR, name=name)
        if capture.locator is not None and capture.text is None:
            raise Incoherent(_NO_WORDS, _GIVE_LOCATOR, name=name)

    @property
    def is_cited_alone(self) -> bool:
        """Whether it is a document that is known by its citation, its file not being kept."""
        return self.document is not None and self.page == _digest_of(self.document)

    @property
    def captured_on(self) -> str:
        """The day (UTC) on which it was captured; empty where that is not known."""
        return (self.captured or "")[:10]


class _Record(Form, frozen=True, kw_only=True, tag_field="kind"):
    """What every kind of record has, whatever it is about."""

    format: Annotated[int, Meta(ge=FORMAT, le=FORMAT)] = FORMAT
    id: Slug
    reviewed: tuple[Review, ...] = ()
    withdrawn: Withdrawal | None = None
    sources: tuple[Source, ...] = ()
    decisions: tuple[Decision, ...] = ()
    accepted: tuple[Acceptance, ...] = ()

    def __post_init__(self) -> None:
        """Refuses a decision on a document that the record does not cite."""
        for decision in self.decisions:
            for one in decision.evidence:
                if isinstance(one, DocumentTitle) and one.document not in self.documents:
                    title = shortened(one.document, _TITLE)
                    raise Incoherent(_UNCITED, _CITED, name=decision.property, title=title)

    @property
    def documents(self) -> Mapping[str, Source]:
        """The documents that it cites, by their titles."""
        return {one.document.title: one for one in self.sources if one.document}


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
        super().__post_init__()
        if self.withdrawn:
            raise Incoherent(_PAGE, _TAKE_OUT)


Record = Project | Programme | Unidentified


class Expectation(Form, frozen=True, kw_only=True):
    """What a release must hold at least: how many projects, and in what share of them a field (0 to
    1).
    """

    projects: Count | None = None
    fields: dict[Decidable, Share] = field(default_factory=dict)


#: The version of a release: its day, and the first 12 digits of the SHA-256 of its statements.
Version = Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{12}" + END)]


#: A text in one language at least.
Words = Annotated[Texts, Meta(min_length=1)]


class Dataset(Form, frozen=True, kw_only=True):
    """What a data folder says of itself (`dataset.yaml`): words for people, rights, and what to
    publish.
    """

    title: Words
    description: Words
    rights: Words
    publisher: Text | Words
    base: str = BASE
    as_of: Day
    publish_pages: Literal["true", "false"] = "true"
    publish_narratives: Literal["true", "false"] = "true"
    publish_parquet: Literal["true", "false"] = "false"
    withdrawn_versions: tuple[Version, ...] = ()
    endpoint: Address | None = None
    contact: Address | None = None
    reviews: Few = "1"
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
    def shows_parquet(self) -> bool:
        """Whether the tables are published as Parquet, too."""
        return self.publish_parquet == "true"

    @property
    def shows_narratives(self) -> bool:
        """Whether narratives are published."""
        return self.publish_narratives == "true"
