"""What can go wrong, as one tree; each error names its place and what to do.

Words of others in an error are told as `visible.told` does: bounded, without controls or passwords.

- IdfgraphError
  - BadInput          a page, record or reference file that cannot be used
    - BadPage
      - NoPage      what is no page of the site: a document, an archive, a log-in
    - BadRecord
    - OldFormat     a record of a format before this one: told once, for all of a desk
    - DuplicateId
  - BadConfig         dataset.yaml, a base IRI, an option
  - BadMapping        a linked record that its context cannot express
  - BadQuery          a query or one of its parameters
  - BadOutput         the release cannot be written
  - ShapesViolated    the data breaks a rule; nothing was published
  - LostData          less would be published than before; nothing was published
"""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple, Self

from .text import LANGUAGES, N_, Texts, chosen, gettext
from .visible import masked, told

#: How much is told of a file's name and of a field's.
_NAME, _FIELD = 1_000, 300

#: An item of a list in the path of a field, and what goes on below it.
_STEP = re.compile(r"\[([0-9]+)\](\.)?")

#: No file has a longer name.
_LONGEST = 4_096


class Place(NamedTuple):
    """Where something stands: a file, a line and column counted from 1 (0: unknown), a field, and
    where that ends.

    Columns count code points; `end_column` is the column after the last one.

    What people read counts the items of a list from 1, too.

    >>> str(Place("x.yaml", field="budget")), str(Place("x.yaml", 3, 1))
    ('x.yaml: budget', 'x.yaml:3:1')
    """

    file: str = ""
    line: int = 0
    column: int = 0
    field: str = ""
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        numbers = [str(number) for number in (self.line, self.column) if number]
        where = ":".join([told(self.file, _NAME), *numbers]) if self.file else ""
        return ": ".join(part for part in (where, told(from_one(self.field), _FIELD)) if part)


def from_one(field: str) -> str:
    """The path of a field as people count: the first item of a list is number 1.

    >>> from_one("values.beneficiary[0]"), from_one("sources[0].values[2].span")
    ('values.beneficiary #1', 'sources #1, values #3, span')
    """
    return _STEP.sub(lambda found: f" #{int(found[1]) + 1}{', ' if found[2] else ''}", field)


class Advice(NamedTuple):
    """What is wrong, and what to do about it, in three languages."""

    message: Texts
    hint: Texts

    @property
    def said(self) -> Texts:
        """Both, as parts of one sentence."""
        parts = ((name, self.message[name], self.hint[name]) for name in LANGUAGES)
        return {name: f"{text}; {hint}" if hint else text for name, text, hint in parts}


def advice(message: str | Texts, hint: str | Texts, **values: object) -> Advice:
    """The advice that two messages are, with values in their {places}; what is a text by language,
    message or value, stands in its language.

    >>> advice("“{word}” is not {what}", "write {what}", word="x", what={"en": "a year"}).said["en"]
    '“x” is not a year; write a year'
    """
    return Advice(
        {language: _in(message, language, values) for language in LANGUAGES},
        {language: _in(hint, language, values) for language in LANGUAGES},
    )


def _in(said: str | Texts, language: str, values: Mapping[str, object]) -> str:
    """A message, or a text by language, in a language."""
    if not isinstance(said, str):
        return chosen(said, language)[0]
    texts = {
        name: chosen(value, language)[0] if isinstance(value, Mapping) else value
        for name, value in values.items()
    }
    return gettext(said, language, **texts)


class IdfgraphError(Exception):
    """Base of all our errors: what is wrong, where, what to do about it, and further places that it
    concerns; `others` are further mistakes in the same input.

    Message and hint are in English, marked to be translated, with `words` in their {places}; or
    texts by language.
    """

    exit_code = 2
    others: tuple["IdfgraphError", ...] = ()

    def __init__(
        self,
        message: str | Texts,
        place: Place = Place(),
        *,
        hint: str | Texts = "",
        also: tuple[Place, ...] = (),
        **words: object,
    ) -> None:
        self._words = message, hint, {name: _plain(word) for name, word in words.items()}
        self.message, self.hint = (told(_in(said, "en", words)) for said in (message, hint))
        self.also = also
        self.place = place._replace(
            file=masked(place.file[:_LONGEST]), field=place.field[:_LONGEST]
        )
        super().__init__(self.message)

    @property
    def text(self) -> str:
        """What is wrong and what to do about it, without the place."""
        return f"{self.message}; {self.hint}" if self.hint else self.message

    @cached_property
    def about(self) -> Advice:
        """What is wrong, and what to do about it, in three languages; catalogues are read once
        somebody asks for it, for not every process may read files.
        """
        message, hint, words = self._words
        return Advice(*map(_told, advice(message, hint, **words)))

    @property
    def said(self) -> Texts:
        """What is wrong and what to do about it, in three languages."""
        return self.about.said

    def told_in(self, language: str) -> str:
        """All of it in a language, after its place.

        >>> IdfgraphError(N_("is empty"), Place("x.yaml")).told_in("fr")
        'x.yaml: est vide'
        """
        text = self.said[language]
        return f"{self.place}: {text}" if str(self.place) else text

    def __str__(self) -> str:
        return f"{self.place}: {self.text}" if str(self.place) else self.text


def _plain(word: object) -> object:
    """A word as another process can have it."""
    return word if isinstance(word, str | int | float | Mapping) else str(word)


def _told(said: Texts) -> Texts:
    return {language: told(text) for language, text in said.items()}


class BadInput(IdfgraphError):
    """An input that cannot be used."""


class BadPage(BadInput):
    """A captured page that cannot be read."""


_NO_PAGE = N_("is {what}, no page of the site")


class NoPage(BadPage):
    """What is no page of the site, named for what it is, with the way out, in three languages.

    `what` and `way` are in English, to be translated.
    """

    def __init__(self, what: str, way: str, place: Place = Place()) -> None:
        whats = {language: gettext(what, language) for language in LANGUAGES}
        super().__init__(_NO_PAGE, place, hint=way, what=whats)
        self.what, self.way = what, way

    def __reduce__(self) -> tuple[type[Self], tuple[str, str, Place]]:
        """What another process makes it from."""
        return type(self), (self.what, self.way, self.place)


class BadRecord(BadInput):
    """A record that is not of the record's form."""


def bad_record(told: Advice, place: Place) -> BadRecord:
    """The error that an advice on a place is, in three languages."""
    return BadRecord(told.message, place, hint=told.hint)


class OldFormat(BadInput):
    """A record of a format before this one; it is never told beside others, as its whole desk needs
    the same.
    """


class DuplicateId(BadInput):
    """Two records with one id (letter case does not tell ids apart)."""


class BadConfig(IdfgraphError):
    """A setting that cannot be used."""


class BadMapping(IdfgraphError):
    """A linked record that the context cannot express without loss."""

    exit_code = 3


class BadQuery(IdfgraphError):
    """A query, or a parameter of it, that cannot be run."""


class BadOutput(IdfgraphError):
    """A release that cannot be written; what was published before is still there."""


class ShapesViolated(IdfgraphError):
    """The data breaks rules, so nothing was published; `findings` are all results with their
    places.
    """

    exit_code = 1

    def __init__(self, findings: Sequence[Any]) -> None:
        super().__init__(
            N_("the data breaks rules, so nothing was published"), hint=N_("mend what is listed")
        )
        self.findings = tuple(findings)


class NothingReadable(BadInput):
    """No input can be read, so nothing was published; `findings` are what is wrong with them."""

    def __init__(self, findings: Sequence[Any], number: int) -> None:
        super().__init__(
            N_("none of the inputs can be read ({number}), so nothing was published"),
            hint=N_("mend what is listed"),
            number=number,
        )
        self.findings, self.number = tuple(findings), number

    def __reduce__(self) -> tuple[type[Self], tuple[Sequence[Any], int]]:
        """What another process makes it from."""
        return type(self), (self.findings, self.number)


class LostData(IdfgraphError):
    """Less would be published than before, or than is expected, so nothing was; `losses` are lines
    that say what, `fields` what each record (compact IRI) loses, nothing of one that is gone.
    """

    exit_code = 1

    def __init__(
        self, losses: Sequence[str], fields: Mapping[str, Sequence[str]] = MappingProxyType({})
    ) -> None:
        hint = N_("mend it, or accept each by name with --accept-loss")
        super().__init__(N_("data would be lost, so nothing was published"), hint=hint)
        self.losses, self.fields = tuple(losses), fields
