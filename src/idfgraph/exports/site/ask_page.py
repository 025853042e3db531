"""The page on which people ask the data, as a template and a plain view of what it shows: who
answers is none of its business.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ...model.text import LANGUAGES, N_
from .frame import Framing, endonym, framed, rendered

#: Kind of a parameter -> what people call it; a language is that of the page.
PARAMETER_LABELS: Mapping[str, str] = {
    "st:": N_("State or area"),
    "prj:": N_("Project ID"),
    "prg:": N_("Programme"),
    "code:": N_("Code"),
    "year:": N_("Year"),
}


class AskField(NamedTuple):
    """A parameter of a question: its name, what people call it, its value, and the values that
    there are with their names, where they are few; the pattern of its values, how one stands in a
    query (at {}), and what the IRI of what it names begins with.
    """

    name: str
    label: str
    value: str
    choices: Sequence[tuple[str, str]] = ()
    pattern: str = ""
    term: str = ""
    iri: str = ""

    @property
    def words(self) -> str:
        """What the value is called.

        >>> AskField("state", "State", "FJI", [("FJI", "Fiji")]).words
        'Fiji'
        """
        return dict(self.choices).get(self.value, self.value)


class AskedQuestion(NamedTuple):
    """A question that was chosen, in the reader's language, with its parameters."""

    name: str
    title: str
    about: str
    fields: Sequence[AskField] = ()


class AskCell(NamedTuple):
    """A term of an answer: its words, where they lead (relative, or of the web, or nowhere), an
    identifier beside them, and the language they are in where it is not the reader's.
    """

    words: str
    href: str = ""
    id: str = ""
    language: str = ""
    is_number: bool = False

    @property
    def is_outside(self) -> bool:
        """Whether it leads out of the release.

        >>> AskCell("x", "https://example.org/").is_outside
        True
        """
        return self.href.startswith(("https://", "http://"))


class AskAnswer(NamedTuple):
    """An answer: a word for yes or no, or the heads of columns and rows, the first of so many in
    `total`; None is what nothing published gives. `files` have the same by name, address and media
    type.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[AskCell | None]]
    total: int
    truth: str = ""
    files: Sequence[tuple[str, str, str]] = ()


class Refusal(NamedTuple):
    """Why there is no answer: what is said, in a language, and the place in what was asked that it
    is about (line 0: none), with the words of that line and the column of the mark below them.
    """

    title: str
    said: str
    language: str
    line: int = 0
    column: int = 0
    source: str = ""
    mark: int = 1


class AskView(NamedTuple):
    """What the page shows: all questions by name and title, the one that was chosen, a query, the
    answer to it or why there is none, its address, and the bounds in words.
    """

    questions: Sequence[tuple[str, str]]
    query: str
    bounds: str
    question: AskedQuestion | None = None
    answer: AskAnswer | None = None
    refusal: Refusal | None = None
    address: str = ""

    @property
    def lines(self) -> int:
        """How many lines of the query are seen at a time.

        >>> AskView((), "ASK {}", "").lines
        8
        """
        return max(8, min(24, self.query.count("\n") + 2))


def desk_page(
    template: str, framing: Framing, language: str, addresses: Sequence[str], **values: object
) -> str:
    """A page at the root of a release on which people ask for something; `addresses` are those of
    the page in each of LANGUAGES.
    """
    languages = [
        (code, endonym(code), address) for code, address in zip(LANGUAGES, addresses, strict=True)
    ]
    return rendered(template, language, framed(framing, language), languages=languages, **values)
