"""The pages of one language: their frame, their templates, their way to name things."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from babel import Locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ...model.formats import DOCUMENTS, FORMATS
from ...model.layout import PAGE_SUFFIXES
from ...model.text import (
    LANGUAGES,
    Texts,
    capitalized,
    chosen,
    decimal,
    gettext,
    translations,
)
from .content import LISTS, Site
from .markup import enumerated, visible
from .page_voice import Lexicon, PageVoice


class Edition:
    """All that the pages of a language share."""

    def __init__(
        self, lexicon: Lexicon, language: str, write: Callable[[str, Sequence[str]], None]
    ) -> None:
        self.lexicon, self.language, self.suffix = lexicon, language, PAGE_SUFFIXES[language]
        self._write, self._frame = write, _frame(lexicon.site, language)
        self._voices: dict[int, PageVoice] = {}

    @property
    def site(self) -> Site:
        """What the pages are about."""
        return self.lexicon.site

    def voice(self, path: str) -> PageVoice:
        """The voice of pages that stand as deep as this path."""
        depth = path.count("/")
        if depth not in self._voices:
            self._voices[depth] = PageVoice(self.lexicon, self.language, "../" * depth)
        return self._voices[depth]

    def number(self, count: int) -> str:
        """A count as the language writes it."""
        return decimal(str(count), self.language)

    def own(self, said: Texts) -> str:
        """A text in this language, or else another."""
        return _own(said, self.language)

    def render(self, template: str, **values: object) -> str:
        """The text of a page; everything that is put in is escaped, and must be there."""
        return _environment(self.language).get_template(template).render(self._frame, **values)

    def write(self, path: str, template: str, **values: object) -> None:
        """Writes the page of a path, which has no suffix yet."""
        name = path.rpartition("/")[2]
        languages = [(code, _endonym(code), f"{name}{PAGE_SUFFIXES[code]}") for code in LANGUAGES]
        values = {"file": name, "languages": languages, **values}
        page = self.render(template, up="../" * path.count("/"), **values)
        self._write(f"{path}{self.suffix}", [page])


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


def _frame(site: Site, language: str) -> Mapping[str, object]:
    """What stands around each page of a language."""
    dataset = site.setting.dataset
    return {
        "lang": language,
        "suffix": PAGE_SUFFIXES[language],
        "site": _own(dataset.title, language),
        "description": _own(dataset.description, language),
        "rights": _own(dataset.rights, language),
        "publisher": visible(dataset.publisher),
        "issued": site.setting.as_of,
        "forms": [(form, FORMATS[form].media_type, name) for form, name in DOCUMENTS.items()],
        "lists": {name: gettext(heading, language) for name, heading in LISTS.items()},
    }


def _own(said: Texts, language: str) -> str:
    return visible(chosen(said, language)[0])


@cache
def _endonym(language: str) -> str:
    """A language by its own name."""
    return capitalized(Locale(language).language_name or language)
