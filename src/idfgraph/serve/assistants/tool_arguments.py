"""What the tools are given: their arguments, read from what an assistant writes."""

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from ...model.text import Language
from .unanswered import Declined

_LANG = Annotated[Language, Meta(description="Language of labels and notes: en, fr or es.")]

#: Characters of a name or of words, of a query, and of things that are found.
_LONGEST, _QUERY, _MOST = 1_000, 100_000, 50


class ToolArguments(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What a tool is given; the language of its answer."""

    lang: _LANG = "en"


class FindArguments(ToolArguments):
    """What is looked for."""

    text: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=_LONGEST,
            description="A name, a code, an id or some words, in English, French or Spanish.",
        ),
    ]
    type: Annotated[
        str,
        Meta(
            max_length=_LONGEST,
            description="State, Organization, Project, Programme, Concept, or a list of codes such "
            "as code/status; all if not given.",
        ),
    ] = ""
    limit: Annotated[int, Meta(ge=1, le=_MOST, description="How many things at most.")] = 10


class DescribeArguments(ToolArguments):
    """What is to be described."""

    thing: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=_LONGEST,
            description="An id as find gives it (id/project/V47-805), an address, a code, or a "
            "name that only one thing has.",
        ),
    ]


class QuestionsArguments(ToolArguments):
    """What questions are to be listed: all."""


class AskArguments(ToolArguments):
    """Which question is asked, and with what."""

    question: Annotated[
        str, Meta(max_length=_LONGEST, description="The name of a question that questions lists.")
    ]
    values: Annotated[
        dict[str, str],
        Meta(
            description="Values of its parameters by name: codes, ids, years, or names in any "
            "language. What is not given has the value that questions tells."
        ),
    ] = {}


class SparqlArguments(ToolArguments):
    """What is asked in SPARQL."""

    query: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=_QUERY,
            description="A query of SPARQL 1.1 (SELECT, ASK, CONSTRUCT, DESCRIBE). No SERVICE.",
        ),
    ]


def schema_of(kind: type[ToolArguments]) -> dict[str, Any]:
    """The JSON Schema of some arguments.

    >>> sorted(schema_of(AskArguments)["properties"]), schema_of(AskArguments)["required"]
    (['lang', 'question', 'values'], ['question'])
    """
    _, parts = msgspec.json.schema_components([kind])
    schema: dict[str, Any] = parts[kind.__name__]
    return {key: value for key, value in schema.items() if key not in ("title", "description")}


def read_arguments(kind: type[ToolArguments], given: Mapping[str, Any] | None) -> ToolArguments:
    """The arguments that a tool is given; Declined where they do not fit."""
    try:
        return msgspec.convert(given or {}, kind, strict=False)
    except msgspec.ValidationError as error:
        names = ", ".join(field.name for field in msgspec.structs.fields(kind))
        raise Declined(f"the arguments do not fit: {error}; there are: {names}") from None
