"""The pages of one language: their frame, their templates, their way to name things."""

from collections.abc import Callable, Sequence
from functools import cache

from ...model.layout import PAGE_SUFFIXES
from ...model.text import LANGUAGES, Texts, decimal
from .content import Site
from .frame import Framing, endonym, framed, own_words, rendered
from .page_voice import Lexicon, PageVoice


class Edition:
    """All that the pages of a language share."""

    def __init__(
        self, lexicon: Lexicon, language: str, write: Callable[[str, Sequence[str]], None]
    ) -> None:
        self.lexicon, self.language, self.suffix = lexicon, language, PAGE_SUFFIXES[language]
        self._write = write
        self._framed = cache(lambda up: framed(_framing(lexicon.site), language, up))
        self._voices: dict[str, PageVoice] = {}

    @property
    def site(self) -> Site:
        """What the pages are about."""
        return self.lexicon.site

    def voice(self, path: str) -> PageVoice:
        """The voice of pages that stand in the folder of this path."""
        folder = path.rpartition("/")[0]
        if folder not in self._voices:
            self._voices[folder] = PageVoice(self.lexicon, self.language, folder)
        return self._voices[folder]

    def number(self, count: int) -> str:
        """A count as the language writes it."""
        return decimal(str(count), self.language)

    def own(self, said: Texts) -> str:
        """A text in this language, or else another."""
        return own_words(said, self.language)

    def render(self, template: str, up: str = "", **values: object) -> str:
        """The text of a page; everything that is put in is escaped, and must be there; `up` leads
        from it to the root.
        """
        return rendered(template, self.language, self._framed(up), **values)

    def write_data(self, path: str, data: str) -> None:
        """Writes a file that a script reads."""
        self._write(path, [data])

    def write(self, path: str, template: str, **values: object) -> None:
        """Writes the page of a path, which has no suffix yet."""
        name = path.rpartition("/")[2]
        languages = [(code, endonym(code), f"{name}{PAGE_SUFFIXES[code]}") for code in LANGUAGES]
        values = {"file": name, "languages": languages, **values}
        self.write_file(f"{path}{self.suffix}", template, up="../" * path.count("/"), **values)

    def write_file(self, path: str, template: str, up: str = "", **values: object) -> None:
        """Writes a file as a template makes it."""
        self._write(path, [self.render(template, up, **values)])


def _framing(site: Site) -> Framing:
    """What stands around each page of a site."""
    setting = site.setting
    known = setting.dataset
    words = (known.title, known.description, known.rights, known.publisher)
    return Framing(*words, setting.as_of, site.scripts)
