"""The templates of a language, compiled once: the page's own words are put in before."""

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import escape

from .words import words

_FOLDER = Path(__file__).with_name("templates")
_WORD = re.compile(r"\[\[([a-z-]+)\]\]")


class Templates:
    """The templates of a language; everything that is put in is escaped, and must be there."""

    def __init__(self, language: str, **shared: Any) -> None:
        ui = {key: texts.get(language, "") for key, texts in words().ui.items()}

        def source(name: str) -> str:
            """The text of a template, its words in the language."""
            return _WORD.sub(
                lambda word: str(escape(ui[word[1]])), (_FOLDER / name).read_text("utf-8")
            )

        self._environment = Environment(
            loader=FunctionLoader(source),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            extensions=[],
        )
        self._environment.globals.update(shared, ui=ui)

    def render(self, name: str, values: dict[str, Any]) -> str:
        """The page of a template with these values.

        >>> values = dict.fromkeys(["code", "style_hash", "style", "said"], "")
        >>> Templates("en").render("nowhere.html", values)[:15]
        '<!doctype html>'
        """
        return self._environment.get_template(name).render(values)
