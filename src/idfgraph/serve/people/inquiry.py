"""What a reader asks: one of a release's questions with its values, or a query of their own."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from ...exports.site import PARAMETER_LABELS, AskedQuestion, AskField, own_words, resource
from ...model.errors import BadQuery
from ...model.text import gettext
from ...model.vocab import DCT, SKOS
from ...query.question import Parameter, Question, bare
from ...query.results import Rows

#: How many values of a parameter are shown at most.
_SHOWN = 500

_NAMED = "SELECT ?it (MIN(STR(?each)) AS ?name) {{ ?it "
_FIRST = f" }}}} GROUP BY ?it ORDER BY ?name LIMIT {_SHOWN}"

#: Kind of a parameter of which all values can be shown -> the query for them and their names.
_CHOICES: Mapping[str, str] = {
    "st:": f"{_NAMED}a <{{base}}def#State> ; <{SKOS}prefLabel> ?each . "
    f'FILTER(LANG(?each) = "{{language}}"){_FIRST}',
    "prg:": f"{_NAMED}a <{{base}}def#Programme> ; <{DCT}title> ?each{_FIRST}",
}


class RefusedInquiry(NamedTuple):
    """Why something is not asked: a status, a title, and what is said in a language."""

    status: int
    title: str
    said: str
    language: str


class AskedInquiry(NamedTuple):
    """A query to be asked, and the question that it comes from, with the values of its parameters
    and those that these can have; or why it is not asked.
    """

    text: str
    language: str
    question: Question | None = None
    values: Mapping[str, str] = {}
    choices: Mapping[str, Sequence[tuple[str, str]]] = {}
    refused: RefusedInquiry | None = None

    @property
    def shown(self) -> AskedQuestion | None:
        """The question as it is shown."""
        if self.question is None:
            return None
        return AskedQuestion(
            self.question.name,
            own_words(self.question.titles, self.language) or self.question.name,
            own_words(self.question.descriptions, self.language),
            [
                AskField(
                    one.name,
                    gettext(PARAMETER_LABELS[one.kind], self.language),
                    self.values[one.name],
                    self.choices.get(one.name, ()),
                )
                for one in self._parameters
            ],
        )

    @property
    def address(self) -> str:
        """The address of the answer to a question, relative; empty for a query of one's own."""
        if self.question is None:
            return ""
        values = [(one.name, self.values[one.name]) for one in self._parameters]
        return (
            f"ask?{urlencode([('question', self.question.name), *values, ('lang', self.language)])}"
        )

    def wishes(self, base: str) -> Iterator[tuple[Parameter, str]]:
        """The parameters whose values can all be shown, each with a query for them."""
        for one in (one for one in self._parameters if one.kind in _CHOICES):
            yield one, _CHOICES[one.kind].format(base=base, language=self.language)

    def with_choices(self, parameter: Parameter, rows: Rows) -> "AskedInquiry":
        """The inquiry with the values that a parameter can have, of which it takes the first where
        none was chosen and there is not the one that the question has by itself.
        """
        found = [(it.value.rpartition("/")[2], name.value) for it, name in rows.rows if it and name]
        known, value = {slug for slug, _ in found}, self.values[parameter.name]
        if found and value not in known and value == parameter.default:
            value = found[0][0]
        made = self._replace(
            values={**self.values, parameter.name: value},
            choices={**self.choices, parameter.name: found},
        )
        return made.filled()

    def checks(self, base: str) -> Iterator[tuple[Parameter, str]]:
        """The parameters that name something, each with a query for whether the release has it."""
        for one in (one for one in self._parameters if one.resource):
            iri = resource(one.resource, self.values[one.name], base)
            yield one, f"ASK {{ <{iri}> ?property ?value }}"

    def unknown(self, parameter: Parameter) -> "AskedInquiry":
        """The inquiry, not asked, because the release does not know the value of a parameter: an
        answer would read as if pages were silent.
        """
        said = gettext(
            "This release does not know “{value}”.",
            self.language,
            value=self.values[parameter.name],
        )
        title = gettext(PARAMETER_LABELS[parameter.kind], self.language)
        return self._replace(refused=RefusedInquiry(404, title, said, self.language))

    def filled(self) -> "AskedInquiry":
        """The inquiry with its values in its query; not asked where one of them cannot be."""
        if self.question is None:
            return self
        values = dict(self.values)
        values |= {one.name: self.language for one in self.question.parameters if _speaks(one)}
        try:
            return self._replace(text=bare(self.question.with_values(values)))
        except BadQuery as error:
            title = gettext("This cannot be asked", self.language)
            return self._replace(refused=RefusedInquiry(400, title, error.text, "en"))

    @property
    def _parameters(self) -> Sequence[Parameter]:
        known = self.question.parameters if self.question else ()
        return [one for one in known if not _speaks(one)]


def asked_of(
    params: Mapping[str, str], questions: Sequence[Question], language: str
) -> AskedInquiry | None:
    """What a form asks; None where it asks nothing.

    >>> asked_of({"query": "ASK {}\\r\\n"}, (), "en").text
    'ASK {}\\n'
    """
    own, name = params.get("query", "").removeprefix("\ufeff"), params.get("question", "")
    if own.strip():
        return AskedInquiry(re.sub(r"\r\n?", "\n", own), language)
    if not name:
        return None
    question = next((one for one in questions if one.name == name), None)
    if question is None:
        title = gettext("This cannot be asked", language)
        said = gettext("This release has no such question.", language)
        return AskedInquiry("", language, refused=RefusedInquiry(404, title, said, language))
    values = {
        one.name: params.get(one.name, "").strip() or one.default for one in question.parameters
    }
    return AskedInquiry("", language, question, values).filled()


def welcome(base: str) -> str:
    """A query to begin with."""
    return f"""PREFIX dct: <{DCT}>
PREFIX idf: <{base}def#>

SELECT ?project ?title WHERE {{
  ?project a idf:Project ; dct:title ?title .
}} ORDER BY ?project LIMIT 20
"""


def _speaks(parameter: Parameter) -> bool:
    """Whether a parameter is the language of an answer."""
    return parameter.kind == "lang:"
