"""The pages of one language: their frame, their templates, their way to name things."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from .markup import shown
from .templates import Templates
from .voice import Lexicon, PageVoice
from .words import SUFFIXES, chosen, number, words


class Edition:
    """All that the pages of a language share."""

    def __init__(
        self, lexicon: Lexicon, language: str, write: Callable[[str, Sequence[str]], None]
    ) -> None:
        self._write, self.lexicon, self.language, self.suffix = (
            write,
            lexicon,
            language,
            SUFFIXES[language],
        )
        self._voices: dict[int, PageVoice] = {}
        data = lexicon.site.dataset
        self._templates = Templates(
            language,
            lang=language,
            suffix=self.suffix,
            site=self._own(data.title),
            description=self._own(data.description),
            rights=self._own(data.rights),
            publisher=shown(data.publisher),
            issued=lexicon.site.issued,
        )

    def voice(self, path: str) -> PageVoice:
        """The voice of pages that stand as deep as this path."""
        depth = path.count("/")
        if depth not in self._voices:
            self._voices[depth] = PageVoice(self.lexicon, self.language, "../" * depth)
        return self._voices[depth]

    def number(self, count: int) -> str:
        """A count as the language writes it."""
        return number(str(count), self.language)

    def render(self, template: str, **values: Any) -> str:
        """The text of a page."""
        return self._templates.render(template, values)

    def write(self, path: str, template: str, **values: Any) -> None:
        """Writes the page of a path, which has no suffix yet."""
        name = path.rpartition("/")[2]
        languages = [(code, own, f"{name}{SUFFIXES[code]}") for code, own in _names()]
        page = self._templates.render(
            template, {"up": "../" * path.count("/"), "languages": languages, **values}
        )
        self._write(f"{path}{self.suffix}", [page])

    def _own(self, texts: Mapping[Any, str]) -> str:
        return str(shown(chosen(texts, self.language)[0]))


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """The languages, each by its own name."""
    return tuple((code, words().ui.get("language-name", {}).get(code, code)) for code in SUFFIXES)
