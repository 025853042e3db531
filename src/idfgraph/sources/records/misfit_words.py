"""What is said of data that does not fit a form, and how names and words are shown in it."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from ...model.names import folded
from ...model.text import LANGUAGES, N_, texts
from ...model.visible import shortened

#: How much of a value is told, and of how many words.
_TOLD, MOST_WORDS = 80, 24

#: How alike a word must be to be suggested.
_ALIKE = 0.6

#: Signs that people write for the hyphen before an item of a list.
BULLETS = "*+•·◦–—"

A_CODE = N_("a code that {field} can have")
IS_NOT = N_("“{value}” is not {what}")
NOT_ALLOWED = N_("“{value}” cannot stand here")
NO_FIELD = N_("there is no field “{value}” here")
NO_TAG = N_("“{value}” is not the code of a language")
MISSING = N_("{field} is missing")
EMPTY = N_("is empty")
EMPTY_LIST = N_("has nothing in it")
A_LIST = N_("is a list, where one value is asked")
NO_LIST = N_("is one value, where a list is asked")
FIELDS_THERE = N_("has names with colons in it, where a value is asked")
NO_FIELDS = N_("is one value, where names with values of their own are asked")
NO_LANGUAGE = N_("does not say in which language it is")
NO_TEXT = N_("{value} is a number or a sign, where a text is asked")
LENGTH = N_("is a list of another length than {number}")
NO_COMMA = N_("has no comma between its items")
BESIDE = N_("has nothing below it, and beside it: {names}")
CALENDAR = N_("“{value}” is in no calendar")
UNFIT = N_("is not as it should be")

WRITE = N_("write {meant}")
DID_YOU_MEAN = N_("did you mean {words}?")
NEAR_OR_ALL = N_("did you mean {near}? Allowed are {words}")
ONE_OF = N_("write one of {words}")
ONLY = N_("only {word} is allowed")
ELSEWHERE = N_("it belongs to another kind of record or another place; here are {words}")
WRITE_AS = N_("write it as in {words}")
REMOVE = N_("write a value, or remove it")
KEEP_ONE = N_("keep one of them, without brackets or dashes")
FIELDS_BELOW = N_("write {fields} below it, each on a line of its own")
WITH_LANGUAGE = N_(
    "write the code of the language before it: {field}: {{en: …}}, {{fr: …}} or {{es: …}}"
)
DASHES = N_("write each on a line of its own, after a hyphen and a space")
ONE_VALUE = N_("write one value; put a text with a colon in quotes")
MEND_DAY = N_("write a day that there is, as 2026-11-21")
FURTHER_IN = N_("begin the lines that belong to it with two more spaces")
LET_REVIEW = N_("remove the line, and let it be written: idfgraph review RECORD --by “{name}”")
LET_WRITE = N_("remove it, and let it be written: idfgraph review RECORD")
AS_MANY = N_("write {number} of them")
SEE = N_("compare it with a record that is right, or with docs/records.md")


def near_names(name: str, names: Iterable[str]) -> list[str]:
    """The names most like a name, those first that are the same but for case and signs.

    >>> near_names("start_year", ["endYear", "startYear"]), near_names("x", ["endYear"])
    (['startYear'], [])
    """
    by_key: dict[str, str] = {}
    for one in names:
        by_key.setdefault(folded_key(one), one)
    return [by_key[found] for found in get_close_matches(folded_key(name)[:100], by_key, 3, _ALIKE)]


def folded_key(name: str) -> str:
    """A name as it is compared: without case, spaces and signs."""
    return folded(name.replace("_", " ")).replace(" ", "")


def cut(data: object) -> str:
    """Data as a text, of which no more is told than is read."""
    return shortened(str(data), _TOLD)


def listed(words: Sequence[str]) -> dict[str, str]:
    """Words one after the other: no more than are read."""
    more = ", …" if len(words) > MOST_WORDS else ""
    return dict.fromkeys(LANGUAGES, ", ".join(words[:MOST_WORDS]) + more)


def either(words: Iterable[str]) -> dict[str, str]:
    """Words to choose from."""
    several = list(words)
    return {
        name: several[0]
        if len(several) == 1
        else texts(N_("{some} or {last}"), some=", ".join(several[:-1]), last=several[-1])[name]
        for name in LANGUAGES
    }
