"""The properties of projects and programmes, each said once.

A property is a field of the values of a record: its type says what a value looks like, and a
`Field` beside it all else that code has to know. What its predicate is, and how its codes begin,
the JSON-LD context says as well; a test holds the two against each other.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, get_type_hints

import msgspec

from .datatypes import Amount, Code, Count, Form, Iso3, Slug, Tagged, Year
from .nodes import LiteralValue, Term

#: What a value is: a text, texts by language, a year, a code of a scheme, a state, an organisation,
#: a number, or a part with properties of its own; the id of a record; the language of its pages.
Kind = Literal[
    "text",
    "texts",
    "year",
    "code",
    "state",
    "organisation",
    "number",
    "money",
    "partner",
    "phase",
    "outcome",
    "id",
    "language",
]

#: Kinds of values that are parts: nodes of their own, captured part by part but for money.
PARTS: frozenset[Kind] = frozenset({"money", "partner", "phase", "outcome"})


class Field(NamedTuple):
    """A property: the kind of its values, and its place among the properties of a node.

    `scheme` is that of its codes, `number` the kind of its numbers in XSD; `is_long` says that its
    texts are cited by their place alone.
    `read_from` is the property from whose printed values it is read, if it is not printed itself.
    `missing` are the severities of its absence from a project and from a programme (empty: none is
    noted). The rest follows from where it stands: `name` is its local name in the ontology, `of`
    the kinds of record among whose values it is, `part_of` the property whose parts have it.
    """

    kind: Kind
    order: int = 0
    scheme: str = ""
    number: str = ""
    is_long: bool = False
    read_from: str = ""
    missing: tuple[str, str] = ("", "")
    name: str = ""
    several: bool = False
    of: tuple[str, ...] = ()
    part_of: str = ""

    @property
    def prefix(self) -> str:
        """How the compact IRIs of its values begin; empty where they have none.

        >>> FIELDS["fundRegion"].prefix, FIELDS["beneficiary"].prefix, FIELDS["title"].prefix
        ('code:region-', 'st:', '')
        """
        if self.scheme:
            return f"code:{self.scheme}-"
        return {"state": "st:", "organisation": "ag:"}.get(self.kind, "")

    @property
    def datatype(self) -> str:
        """The datatype of its values, compactly; empty where they have none, or a language.

        >>> FIELDS["endYear"].datatype, PART_FIELDS["value"].datatype, FIELDS["title"].datatype
        ('xsd:gYear', 'xsd:decimal', '')
        """
        if self.kind == "year":
            return "xsd:gYear"
        return f"xsd:{self.number}" if self.number else ""

    def term(self, word: str) -> Term:
        """What a word among its values is in a statement: a resource or a literal.

        >>> FIELDS["beneficiary"].term("ALB"), FIELDS["endYear"].term("2024").node()
        ('st:ALB', {'@value': '2024', '@type': 'xsd:gYear'})
        """
        return f"{self.prefix}{word}" if self.prefix else LiteralValue(word, self.datatype)


class Money(Form, frozen=True, kw_only=True):
    """An amount as a decimal string, and its ISO 4217 currency."""

    value: Annotated[Amount, Field("number", number="decimal")]
    currency: Annotated[Literal["USD"], Field("text")]


class Partner(Form, frozen=True, kw_only=True):
    """An organisation's part in an intervention: slugs of the organisation and of the role."""

    agent: Annotated[Slug, Field("organisation")]
    role: Annotated[Code, Field("code", scheme="role")]


class Outcome(Form, frozen=True, kw_only=True):
    """A reported result: how many (a whole number) of what."""

    count: Annotated[Count, Field("number", number="integer")]
    measure: Annotated[Code, Field("code", scheme="measure")]


class _Values(Form, frozen=True, kw_only=True):
    """What we take any intervention's pages to mean; a value that is not known is absent."""

    title: Annotated[Tagged, Field("texts", 20, missing=("Warning", ""))] = msgspec.field(
        default_factory=dict
    )
    narrative: Annotated[Tagged, Field("texts", 30, is_long=True)] = msgspec.field(
        default_factory=dict
    )
    start_year: Annotated[Year | None, Field("year", 40, missing=("Warning", ""))] = None
    end_year: Annotated[Year | None, Field("year", 50, missing=("", "Info"))] = None
    status: Annotated[Code | None, Field("code", 80, "status", missing=("Warning", "Info"))] = None
    coverage: Annotated[Code | None, Field("code", 100, "coverage", missing=("Warning", ""))] = None
    budget: Annotated[Money | None, Field("money", 160, missing=("Warning", "Info"))] = None
    mentions_state: Annotated[tuple[Iso3, ...], Field("state", 150, read_from="narrative")] = ()


class ProjectValues(_Values, frozen=True, kw_only=True):
    """What we take a project's pages to mean."""

    prima_id: Annotated[str | None, Field("text", 10, missing=("Info", ""))] = None
    allocation_year: Annotated[Year | None, Field("year", 70, missing=("Info", ""))] = None
    project_type: Annotated[
        tuple[Code, ...], Field("code", 90, "type", missing=("Warning", ""))
    ] = ()
    fund_region: Annotated[Code | None, Field("code", 110, "region", missing=("Warning", ""))] = (
        None
    )
    beneficiary: Annotated[tuple[Iso3, ...], Field("state", 120, missing=("Warning", ""))] = ()
    other_beneficiary: Annotated[tuple[Iso3, ...], Field("state", 130)] = ()


class ProgrammeValues(_Values, frozen=True, kw_only=True):
    """What we take a programme's pages to mean."""

    targets_government_of: Annotated[tuple[Iso3, ...], Field("state", 140)] = ()
    association: Annotated[tuple[Partner, ...], Field("partner", 170)] = ()
    has_part: Annotated[tuple[Count, ...], Field("phase", 180)] = ()
    result: Annotated[tuple[Outcome, ...], Field("outcome", 190)] = ()


#: Kind of record -> the struct of its values; a page that names no project has none.
FORMS: Mapping[str, type[ProjectValues | ProgrammeValues]] = {
    "Project": ProjectValues,
    "Programme": ProgrammeValues,
}


def _fields_of(form: type[Form]) -> Iterator[Field]:
    """The properties of a struct, in its order."""
    hints = get_type_hints(form, include_extras=True)
    for each in msgspec.structs.fields(form):
        field: Field = hints[each.name].__metadata__[-1]
        yield field._replace(name=each.encode_name, several=each.default == ())


def _table() -> Iterator[Field]:
    """The id of a project, the language of its pages, and all values, as they come."""
    yield Field("id", name="projectId")
    of = {kind: {field.name: field for field in _fields_of(form)} for kind, form in FORMS.items()}
    for name, field in {
        key: value for fields in of.values() for key, value in fields.items()
    }.items():
        yield field._replace(of=tuple(kind for kind in FORMS if name in of[kind]))
    yield Field("language", 1000, name="language")


#: Properties by name, in the order in which nodes have them.
FIELDS: Mapping[str, Field] = {
    field.name: field for field in sorted(_table(), key=lambda field: field.order)
}

#: Those among the values of a record.
VALUES: tuple[Field, ...] = tuple(field for field in FIELDS.values() if field.of)

#: The properties that say in what way a state benefits.
WAYS_TO_BENEFIT = ("beneficiary", "otherBeneficiary", "targetsGovernmentOf")

#: Properties that follow from others -> these, which are kinds of them. They are stated beside
#: these, are no fields of records, and need no evidence of their own.
DERIVED: Mapping[str, tuple[str, ...]] = {"benefitingState": WAYS_TO_BENEFIT}

#: The properties that the parts of values have, by name.
PART_FIELDS: Mapping[str, Field] = {
    **{
        field.name: field._replace(part_of=whole)
        for whole, form in (("budget", Money), ("association", Partner), ("result", Outcome))
        for field in _fields_of(form)
    },
    "phaseNumber": Field("number", number="positiveInteger", name="phaseNumber", part_of="hasPart"),
}

#: The properties that a person may decide, by alphabet.
DECIDABLE: tuple[str, ...] = tuple(
    sorted(
        field.name for field in FIELDS.values() if field.kind == "money" or field.kind not in PARTS
    )
)

#: The properties that pages print under a label of their own, by alphabet.
PRINTED: tuple[str, ...] = tuple(
    sorted(
        (
            *(
                f.name
                for f in FIELDS.values()
                if f.kind not in PARTS | {"language", "texts"}
                and not f.read_from
                and f.of != ("Programme",)
            ),
            "budget.currency",
            "budget.value",
        )
    )
)

#: The properties that a quality note can be about, by alphabet.
NOTABLE: tuple[str, ...] = tuple(sorted((*FIELDS, "source", "sourceField")))

if TYPE_CHECKING:
    Decidable = str
    Notable = str
else:
    Decidable = Literal[DECIDABLE]
    Notable = Literal[NOTABLE]
