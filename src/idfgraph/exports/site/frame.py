"""What stands around every page, whoever makes it: the templates of a language, and what they say
of the data set.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel import Locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ...model.formats import DOCUMENTS, FORMATS
from ...model.layout import PAGE_SUFFIXES
from ...model.text import Texts, capitalized, chosen, decimal, gettext, translations
from .content import LISTS
from .markup import enumerated, visible


class Framing(NamedTuple):
    """What all pages of a release say of it: the data set's title, description and rights, who
    publishes it, the day of the data, and whether a script finds projects.
    """

    title: Texts
    description: Texts
    rights: Texts
    publisher: str
    issued: str
    scripts: bool = True


def rendered(template: str, language: str, frame: Mapping[str, object], **values: object) -> str:
    """The text of a page; everything that is put in is escaped, and must be there."""
    return _environment(language).get_template(template).render(frame, **values)


def framed(framing: Framing, language: str) -> Mapping[str, object]:
    """What stands around each page of a language, as values of a template."""
    return {
        "lang": language,
        "suffix": PAGE_SUFFIXES[language],
        "site": own_words(framing.title, language),
        "description": own_words(framing.description, language),
        "rights": own_words(framing.rights, language),
        "publisher": visible(framing.publisher),
        "issued": framing.issued,
        "scripts": framing.scripts,
        "forms": [(form, FORMATS[form].media_type, name) for form, name in DOCUMENTS.items()],
        "lists": {name: gettext(heading, language) for name, heading in LISTS.items()},
    }


def own_words(said: Texts, language: str) -> str:
    """A text in a language, or else another."""
    return visible(chosen(said, language)[0])


@cache
def endonym(language: str) -> str:
    """A language by its own name.

    >>> endonym("fr")
    'Français'
    """
    return capitalized(Locale(language).language_name or language)


@cache
def _environment(language: str) -> Environment:
    """The templates of a language, each compiled once."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(translations(language))  # type: ignore[attr-defined]
    made.filters["decimal"] = lambda number: decimal(str(number), language)
    made.filters["listed"] = lambda parts: enumerated(parts, language)
    return made
