"""What each form of text is called, with an example: what a message asks for."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple, get_args

from ...model import datatypes, entries, records
from ...model.text import N_


class FormWords(NamedTuple):
    """What a form is called, and what to write for it."""

    name: str
    what: str
    example: str


_FORMS: tuple[tuple[Any, FormWords], ...] = (
    (datatypes.Slug, FormWords("id", N_("an id of letters, digits, dots and hyphens"), "PX.0220")),
    (datatypes.Code, FormWords("code", N_("a code in small letters"), "asia-and-oceania")),
    (datatypes.PartName, FormWords("property", N_("the name of a field"), "budget.value")),
    (datatypes.Iso3, FormWords("state", N_("the code of a state"), "ALB")),
    (datatypes.Year, FormWords("year", N_("a year"), "2021")),
    (datatypes.Count, FormWords("count", N_("a whole number"), "12")),
    (datatypes.Amount, FormWords("amount", N_("an amount without separators"), "49997.00")),
    (datatypes.Sha256, FormWords("sha256", N_("the SHA-256 of a page"), "64 × 0-9 a-f")),
    (datatypes.Digest, FormWords("digest", N_("a digest that idfgraph wrote"), "16 × 0-9 a-f")),
    (
        datatypes.Address,
        FormWords("address", N_("an address of the web"), "https://…"),
    ),
    (datatypes.Day, FormWords("day", N_("a day"), "2026-11-21")),
    (
        datatypes.Moment,
        FormWords("moment", N_("a day, or a moment in UTC"), "2026-11-20T09:03:11Z"),
    ),
    (
        datatypes.WhenWritten,
        FormWords("written", N_("a day, a month or a year"), "2026-11-21"),
    ),
    (datatypes.Few, FormWords("count", N_("a number from 1 to 9"), "2")),
    (datatypes.Mark, FormWords("digest", N_("a digest that idfgraph wrote"), "8 × 0-9 a-f")),
    (
        entries.EntryId,
        FormWords("entry", N_("the id of an entry of the reference data"), "st:FJI"),
    ),
    (
        entries.OrganisationId,
        FormWords("entry", N_("the id of an organisation"), "ag:iom"),
    ),
    (entries.Elsewhere, FormWords("elsewhere", N_("an identifier elsewhere"), "wd:Q712")),
    (entries.Said, FormWords("property", N_("the name of a field"), "budget.value")),
    (datatypes.MediaType, FormWords("media", N_("a media type"), "application/pdf")),
    (datatypes.Share, FormWords("share", N_("a share from 0 to 1"), "0.9")),
    (datatypes.Tag, FormWords("tag", N_("the code of a language"), "fr")),
    (
        records.Version,
        FormWords("version", N_("the version of a release"), "2026-11-21-0123456789ab"),
    ),
)

#: What fields look like whose texts are people's own.
OWN_WORDS: Final[Mapping[str, str]] = {
    "by": "A. Steward",
    "title": "Final report",
    "where": "IOM Suva, project files",
    "publisher": "IOM Development Fund",
    "alias": "Fidji",
}

#: The words of what is no form of its own.
TEXT: Final = FormWords("text", N_("a text"), "Aide aux migrants")
NUMBER: Final = FormWords("number", N_("a whole number"), "2")
SWITCH: Final = FormWords("switch", N_("true or false"), "true")

#: Pattern of a form -> its words.
FORM_WORDS: Final[Mapping[str, FormWords]] = {
    get_args(form)[1].pattern: words for form, words in _FORMS
}
