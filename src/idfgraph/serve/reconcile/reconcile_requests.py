"""What programs ask, read from their requests within bounds."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeVar
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import Request

from ..bodies import BodyTooLarge, coding_of, media_type_of, read_body
from ..request_head import head_of

T = TypeVar("T")

#: The most bytes of a request, fields of a form, queries of a batch, ids and properties of an
#: extension, characters of a text, candidates of a query, and suggestions that are passed over.
_BYTES, _FIELDS = 1 << 20, 16
QUERIES, IDS, PROPERTIES, CHARACTERS, CANDIDATES, PASSED = 100, 1_000, 50, 1_000, 100, 10_000

#: Candidates of a query that sets no limit.
_USUAL = 10

#: Seconds that a request may take to come whole.
_SECONDS = 30.0

_FORM = "application/x-www-form-urlencoded"


class Unreconcilable(Exception):
    """What cannot be answered: the status of the answer, and why."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status, self.said = status, said


class PropertyWish(msgspec.Struct):
    """A property that a thing should have, and the values of which it should have one."""

    pid: str
    v: Any

    @property
    def values(self) -> Sequence[Any]:
        """The values that are asked for; a thing by its id."""
        several = self.v if isinstance(self.v, list) else [self.v]
        return [each.get("id") if isinstance(each, dict) else each for each in several]


class NameQuery(msgspec.Struct):
    """What is looked for: a name, of things of some types that have some properties."""

    query: str = ""
    type: str | list[str] | None = None
    limit: float | None = None
    properties: list[PropertyWish] = []
    type_strict: Literal["any", "should", "all"] = "any"

    @property
    def types(self) -> Sequence[str]:
        """The types that are asked for; none where all are."""
        given = [self.type] if isinstance(self.type, str) else self.type or []
        return [type_ for type_ in given if type_]

    @property
    def most(self) -> int:
        """How many candidates are asked for."""
        return int(min(self.limit or _USUAL, CANDIDATES))


class ColumnWishes(msgspec.Struct, frozen=True):
    """How values are to be told: at most so many of each thing, and things in what form."""

    limit: object = ""
    labels: object = ""


class PropertyColumn(msgspec.Struct):
    """A property that is asked for of things, and how its values are to be told."""

    id: str
    settings: ColumnWishes = ColumnWishes()

    @property
    def limit(self) -> int | None:
        """How many values of each thing are wanted at most; None where all are."""
        said = str(self.settings.limit).removesuffix(".0")
        return int(said) or None if said.isascii() and said.isdigit() and len(said) < 10 else None

    @property
    def form(self) -> str:
        """How things among the values are told."""
        return str(self.settings.labels)


class ExtensionQuery(msgspec.Struct):
    """Things, by their ids, and properties whose values are asked for."""

    ids: list[str]
    properties: list[PropertyColumn]


class ReconcileForm(NamedTuple):
    """What a request brings in its address and its form."""

    fields: Mapping[str, str]

    def text(self, name: str) -> str:
        """A field, empty where it is not there; Unreconcilable where it is too long."""
        text = self.fields.get(name, "")
        if len(text) > CHARACTERS:
            raise Unreconcilable(400, f"{name} has more than {CHARACTERS:,} characters")
        return text

    def number(self, name: str, otherwise: int, most: int) -> int:
        """A field that is a whole number, none below zero; Unreconcilable where it is none."""
        text = self.fields.get(name, "")
        if not text:
            return otherwise
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise Unreconcilable(400, f"{name} is a whole number, 0 or more")
        return min(int(text), most)


async def read_asked(request: Request) -> ReconcileForm:
    """What a request brings; Unreconcilable where it is no form, too long or too slow."""
    fields = _fields(head_of(request.scope).query)
    if request.method == "POST":
        if media_type_of(request) != _FORM or coding_of(request) != "identity":
            raise Unreconcilable(415, f"send a form as it is: {_FORM}")
        try:
            fields |= _fields(await read_body(request, _BYTES, _SECONDS))
        except BodyTooLarge:
            raise Unreconcilable(413, f"a form has {_BYTES:,} bytes at most") from None
        except TimeoutError:
            raise Unreconcilable(408, "it did not come whole in time") from None
    return ReconcileForm(fields)


def read_batch(text: str) -> Mapping[str, NameQuery]:
    """A batch of queries by their keys; Unreconcilable where it is none, or too large.

    >>> read_batch('{"q0": {"query": "Moldova", "type": "State"}}')["q0"].types
    ['State']
    """
    batch = _decoded(text, dict[str, NameQuery], "queries")
    if len(batch) > QUERIES:
        raise Unreconcilable(413, f"a batch has {QUERIES} queries at most")
    if sum(len(wish.values) for query in batch.values() for wish in query.properties) > IDS:
        raise Unreconcilable(413, f"the properties of a batch have {IDS:,} values at most")
    for query in batch.values():
        if query.limit is not None and query.limit < 1:
            raise Unreconcilable(400, "limit is 1 or more")
        if len(query.properties) > PROPERTIES or len(query.types) > PROPERTIES:
            raise Unreconcilable(413, f"a query has {PROPERTIES} properties and types at most")
        if len(query.query) > CHARACTERS:
            raise Unreconcilable(413, f"a query has {CHARACTERS:,} characters at most")
    return batch


def read_extension(text: str) -> ExtensionQuery:
    """Things and properties of which values are asked for; Unreconcilable where there are none, or
    too many.

    >>> read_extension('{"ids": ["id/state/ALB"], "properties": [{"id": "m49"}]}').properties[0].id
    'm49'
    """
    extension = _decoded(text, ExtensionQuery, "extend")
    if len(extension.ids) > IDS or len(extension.properties) > PROPERTIES:
        raise Unreconcilable(413, f"{IDS:,} ids and {PROPERTIES} properties are extended at most")
    return extension


def _decoded(text: str, type_: type[T], name: str) -> T:
    try:
        return msgspec.json.decode(text, type=type_)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise Unreconcilable(400, f"{name} cannot be read: {str(error)[:200]}") from None


def _fields(form: bytes) -> dict[str, str]:
    """The fields of a form; of one that is there twice the first."""
    try:
        pairs = parse_qsl(form.decode("ascii"), True, errors="strict", max_num_fields=_FIELDS)
    except ValueError:
        raise Unreconcilable(400, "the form cannot be read") from None
    return dict(reversed(pairs))
