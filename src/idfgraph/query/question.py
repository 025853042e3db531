"""A query file: SPARQL under a header that gives title, description and parameters in three
languages.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from itertools import dropwhile
from pathlib import Path
from typing import NamedTuple

from ..model.errors import BadQuery
from ..model.iris import SLUG
from ..model.text import LANGUAGES, N_
from ..system.reading import read_text

#: The largest question, in bytes.
QUESTION_LIMIT = 1_000_000

_HEADER = re.compile(r"^# (title|description)@(en|fr|es): (.+)$", re.MULTILINE)
_PARAM = re.compile(r"^# param (\w+): (st:|prj:|prg:|code:|year:|lang:) (.+)$", re.MULTILINE)

#: Kind of parameter -> the form of its values, and how one stands in the query.
_KINDS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "year:": (re.compile("[0-9]{4}"), '"{}"^^xsd:gYear'),
    "lang:": (re.compile("|".join(LANGUAGES)), '"{}"'),
    "st:": (re.compile("[A-Z]{3}"), "st:{}"),
    "prj:": (re.compile(SLUG), "prj:{}"),
    "prg:": (re.compile(SLUG), "prg:{}"),
    "code:": (re.compile(SLUG), "code:{}"),
}


class Parameter(NamedTuple):
    """A parameter of a question: its name, kind, what it is, and the value that it has by itself.

    Kinds are the prefixes of its values, or `year:` and `lang:`.
    """

    name: str
    kind: str
    description: str
    default: str

    @property
    def resource(self) -> str:
        """The prefix of the resources that its values name; empty where they name none.

        >>> to_question("q", "# param s: st: a state").parameters[0].resource
        'st'
        """
        return "" if self.kind in {"year:", "lang:"} else self.kind.removesuffix(":")

    @property
    def pattern(self) -> str:
        """The form of its values, as a regular expression."""
        return _KINDS[self.kind][0].pattern

    @property
    def term(self) -> str:
        """How a value stands in the query, at {}."""
        return _KINDS[self.kind][1]

    @property
    def choice(self) -> str:
        """What can be given for it, in words."""
        words = f"{self.description}: {', '.join(LANGUAGES)}"
        return words if self.kind == "lang:" else f"{self.description}, as {self.default}"


class Question(NamedTuple):
    """A query with its words for people."""

    name: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    text: str

    def left(self, values: Mapping[str, str]) -> list[Parameter]:
        """The parameters that these values do not give, and that have one by themselves.

        >>> text = "# param y: year: a year\\nVALUES ?y { \\"2020\\"^^xsd:gYear }"
        >>> [one.default for one in to_question("q", text).left({})]
        ['2020']
        """
        return [one for one in self.parameters if one.default and one.name not in values]

    def with_values(self, values: Mapping[str, str]) -> str:
        """The query with these values of its parameters in place of the ones it has; raises
        BadQuery.
        """
        text = self.text
        for name, value in values.items():
            parameter = next((known for known in self.parameters if known.name == name), None)
            if parameter is None:
                known = ", ".join(parameter.name for parameter in self.parameters) or "none"
                near = get_close_matches(name, [one.name for one in self.parameters], 1)
                hint = N_("its parameters: {known}")
                if near:
                    hint = N_("did you mean {near}? its parameters: {known}")
                raise BadQuery(
                    N_("{question} has no parameter {name!r}"),
                    hint=hint,
                    question=self.name,
                    name=name,
                    near="".join(near),
                    known=known,
                )
            text = _replaced(text, parameter, value)
        return text


def bare(query: str) -> str:
    """A query without what it begins with for people: comments and empty lines.

    >>> bare("# title@en: All\\n\\nASK {}")
    'ASK {}'
    """
    return "\n".join(dropwhile(lambda line: not line or line[0] == "#", query.split("\n")))


def read_question(path: Path) -> Question:
    """The question in a query file; BadInput if the file cannot be read."""
    return to_question(path.stem, read_text(path, QUESTION_LIMIT))


def to_question(name: str, text: str) -> Question:
    """The question that a query text with (or without) a header is.

    >>> to_question("q", "# title@en: All\\nSELECT * {}").titles
    {'en': 'All'}
    """
    words = _HEADER.findall(text)
    titles = {language: value for key, language, value in words if key == "title"}
    descriptions = {language: value for key, language, value in words if key == "description"}
    parameters = (
        Parameter(param, kind, description, _default(text, param))
        for param, kind, description in _PARAM.findall(text)
    )
    return Question(name, titles, descriptions, tuple(parameters), text)


def _default(text: str, name: str) -> str:
    """The value of a parameter in a query as it is written; empty where it has none.

    >>> _default("VALUES ?project { prj:PX.0220 }", "project"), _default('{ "en" }', "lang")
    ('PX.0220', '')
    """
    found = re.search(rf'VALUES \?{name} \{{ (?:\w+:|")?([^ }}"]+)', text)
    return found[1] if found else ""


def _replaced(text: str, parameter: Parameter, value: str) -> str:
    form, term = _KINDS[parameter.kind]
    if not form.fullmatch(value):
        raise BadQuery(
            N_("{value!r} is no value of {name}"),
            hint=N_("give {choice}"),
            value=value,
            name=parameter.name,
            choice=parameter.choice,
        )
    if not parameter.default:
        raise BadQuery(
            N_("the query has no place for its parameter {name}"),
            hint=N_("write VALUES ?{name} {{ {form} }} into it"),
            name=parameter.name,
            form=term.format("..."),
        )
    line = re.compile(rf"(VALUES \?{parameter.name} \{{ )[^ }}]+( \}})")
    return line.sub(lambda found: f"{found[1]}{term.format(value)}{found[2]}", text)
