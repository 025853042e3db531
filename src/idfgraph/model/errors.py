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

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from .text import LANGUAGES, N_, Texts, chosen, gettext
from .visible import masked, told

#: How much is told of a file's name and of a field's.
_NAME, _FIELD = 1_000, 300

#: No file has a longer name.
_LONGEST = 4_096


class Place(NamedTuple):
    """Where something stands: a file, a line and column counted from 1 (0: unknown), a field, and
    where that ends.

    Columns count code points; `end_column` is the column after the last one.

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
        return ": ".join(part for part in (where, told(self.field, _FIELD)) if part)


class Advice(NamedTuple):
    """What is wrong, and what to do about it, in three languages."""

    message: Texts
    hint: Texts

    @property
    def said(self) -> Texts:
        """Both, as parts of one sentence."""
        return {name: f"{self.message[name]}; {self.hint[name]}" for name in LANGUAGES}


def advice(message: str, hint: str, **values: object) -> Advice:
    """The advice that two messages are, with values in their {places}; values that are texts by
    language stand in their language.

    >>> advice("“{word}” is not {what}", "write {what}", word="x", what={"en": "a year"}).said["en"]
    '“x” is not a year; write a year'
    """
    filled = {
        language: {
            name: chosen(value, language)[0] if isinstance(value, Mapping) else value
            for name, value in values.items()
        }
        for language in LANGUAGES
    }
    return Advice(
        {language: gettext(message, language, **filled[language]) for language in LANGUAGES},
        {language: gettext(hint, language, **filled[language]) for language in LANGUAGES},
    )


class IdfgraphError(Exception):
    """Base of all our errors: what is wrong, where, what to do about it, and further places that it
    concerns; `said` is all of it in the languages that it is known in, but for the place, and
    `others` are further mistakes in the same input.
    """

    exit_code = 2
    others: tuple["IdfgraphError", ...] = ()

    def __init__(
        self,
        message: str,
        place: Place = Place(),
        *,
        hint: str = "",
        also: tuple[Place, ...] = (),
        said: Texts | None = None,
    ) -> None:
        self.message, self.hint, self.also = told(message), told(hint), also
        self.said: Texts = {name: told(text) for name, text in (said or {"en": self.text}).items()}
        self.place = place._replace(
            file=masked(place.file[:_LONGEST]), field=place.field[:_LONGEST]
        )
        super().__init__(self.message)

    @property
    def text(self) -> str:
        """What is wrong and what to do about it, without the place."""
        return f"{self.message}; {self.hint}" if self.hint else self.message

    def __str__(self) -> str:
        return f"{self.place}: {self.text}" if str(self.place) else self.text


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
        said = advice(_NO_PAGE, way, what=whats).said
        super().__init__(_NO_PAGE.format(what=what), place, hint=way, said=said)
        self.what, self.way = what, way

    def __reduce__(self) -> tuple[type["NoPage"], tuple[str, str, Place]]:
        """What another process makes it from."""
        return NoPage, (self.what, self.way, self.place)


class BadRecord(BadInput):
    """A record that is not of the record's form."""


def bad_record(told: Advice, place: Place) -> BadRecord:
    """The error that an advice on a place is, in three languages."""
    return BadRecord(told.message["en"], place, hint=told.hint["en"], said=told.said)


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
            "the data breaks rules, so nothing was published", hint="mend what is listed"
        )
        self.findings = tuple(findings)


class NothingReadable(BadInput):
    """No input can be read, so nothing was published; `findings` are what is wrong with them."""

    def __init__(self, findings: Sequence[Any], number: int) -> None:
        super().__init__(
            f"none of the inputs can be read ({number}), so nothing was published",
            hint="mend what is listed",
        )
        self.findings, self.number = tuple(findings), number

    def __reduce__(self) -> tuple[type["NothingReadable"], tuple[Sequence[Any], int]]:
        """What another process makes it from."""
        return NothingReadable, (self.findings, self.number)


class LostData(IdfgraphError):
    """Less would be published than before, or than is expected, so nothing was; `losses` are lines
    that say what, `fields` what each record (compact IRI) loses, nothing of one that is gone.
    """

    exit_code = 1

    def __init__(
        self, losses: Sequence[str], fields: Mapping[str, Sequence[str]] = MappingProxyType({})
    ) -> None:
        hint = "mend it, or accept each by name with --accept-loss"
        super().__init__("data would be lost, so nothing was published", hint=hint)
        self.losses, self.fields = tuple(losses), fields
