"""The forms of what people write: texts of one pattern, and how structs of records behave."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct, ValidationError, convert

from .errors import advice
from .iris import SLUG
from .text import Language

#: Python lets `$` match before a last newline; this does not.
END = r"$(?!\n)"

Slug = Annotated[str, Meta(pattern=f"^{SLUG}{END}")]
Code = Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9-]{0,99}" + END)]
#: A property, or a part of one after a dot: `budget.value`.
PartName = Annotated[str, Meta(pattern=r"^[A-Za-z]+(\.[a-z][a-z0-9-]*)?" + END)]
Iso3 = Annotated[str, Meta(pattern="^[A-Z]{3}" + END)]
Year = Annotated[str, Meta(pattern="^[0-9]{4}" + END)]
Count = Annotated[str, Meta(pattern="^(0|[1-9][0-9]{0,8})" + END)]
Amount = Annotated[str, Meta(pattern=r"^[0-9]{1,12}(\.[0-9]{1,2})?" + END)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}" + END)]
Digest = Annotated[str, Meta(pattern="^[0-9a-f]{16}" + END)]
Mark = Annotated[str, Meta(pattern="^[0-9a-f]{8}" + END)]
_IN_ADDRESS = (
    r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2}|[\u00a1-\u1fff\u2c00-\ud7ff\uf900-\ufdcf])*"
)
_HOST = r"[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?"
Address = Annotated[
    str,
    Meta(pattern=rf"^https?://{_HOST}([/?]{_IN_ADDRESS})?(#{_IN_ADDRESS})?" + END, max_length=2000),
]
Day = Annotated[str, Meta(pattern="^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])" + END)]
#: A day, or the month or the year alone, where no more is known.
WhenWritten = Annotated[str, Meta(pattern="^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?" + END)]
#: A digit that counts something.
Few = Annotated[str, Meta(pattern="^[1-9]" + END)]
#: A moment in UTC to the second, or a day.
Moment = Annotated[
    str,
    Meta(
        pattern="^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
        "(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z)?" + END
    ),
]
MediaType = Annotated[
    str, Meta(pattern="^[a-z0-9][a-z0-9.+-]{0,99}/[a-z0-9][a-z0-9.+-]{0,99}" + END)
]
Share = Annotated[str, Meta(pattern=r"^(0(\.[0-9]{1,4})?|1(\.0{1,4})?)" + END)]
Text = Annotated[str, Meta(min_length=1)]
Texts = dict[Language, Text]
#: The language of what people wrote elsewhere, be it one of ours or not (BCP 47, without more).
Tag = Annotated[str, Meta(pattern="^[a-z]{2,3}" + END)]
Tagged = dict[Tag, Text]
Offset = Annotated[int, Meta(ge=0, le=10_000_000)]
Span = tuple[Offset, Offset]


def is_address(text: str) -> bool:
    """Whether a text is the address of a page: http(s), with no character that hides, breaks or
    needs escaping.

    >>> is_address("https://iom.int/fr/node/175831"), is_address("javascript:alert(1)")
    (True, False)
    """
    try:
        return bool(convert(text, Address))
    except ValidationError:
        return False


def is_tag(text: str) -> bool:
    """Whether a text is the code of a language.

    >>> is_tag("fr"), is_tag("French")
    (True, False)
    """
    try:
        return bool(convert(text, Tag))
    except ValidationError:
        return False


def is_part_name(text: str) -> bool:
    """Whether a text names a property, or a part of one.

    >>> is_part_name("budget.value"), is_part_name("result.Teachers Trained")
    (True, False)
    """
    try:
        return bool(convert(text, PartName))
    except ValidationError:
        return False


def is_moment(text: str) -> bool:
    """Whether a day, or a moment in UTC, is in the calendar.

    >>> is_moment("2026-11-20"), is_moment("2026-11-20T09:03:11Z"), is_moment("2026-02-30")
    (True, True, False)
    """
    try:
        return datetime.fromisoformat(text) is not None
    except ValueError:
        return False


def is_captured(text: str) -> bool:
    """Whether a text is a time of capture: a day, or a moment in UTC, that is in the calendar.

    >>> is_captured("2026-11-20"), is_captured("2026-11-20T09:03:11Z"), is_captured("20.11.2026")
    (True, True, False)
    """
    try:
        return is_moment(convert(text, Moment))
    except ValidationError:
        return False


#: The forms of a Projet ID: the old numbering (V47-805) and the one with the letters of a type
#: (PX.0220).
PROJECT_ID = r"(?:[A-Z][A-Z0-9][0-9]-[0-9]{3}|[A-Z]{2}\.[0-9]{4})"


class Incoherent(ValueError):
    """What a struct refuses that fits part by part, in three languages."""

    def __init__(self, message: str, hint: str, **values: object) -> None:
        self.told = advice(message, hint, **values)
        super().__init__(self.told.said["en"])


class Form(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, rename="camel"):
    """How every struct here behaves: frozen, unknown keys refused, names in camelCase outside."""
