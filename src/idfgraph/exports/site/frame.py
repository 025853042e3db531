"""What stands around every page, whoever makes it: the templates of a language, and what they say
of the data set.
"""

from collections.abc import Iterator, Mapping, MutableMapping
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

from babel import Locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.nodes import Expr
from markupsafe import Markup

from ...model.formats import DOCUMENTS, FORMATS
from ...model.labels import LABELLED
from ...model.layout import PAGE_SUFFIXES
from ...model.text import Texts, capitalized, chosen, decimal, gettext, named, translations
from .content import LISTS
from .markup import enumerated, escaped, stripped, visible

#: What templates have of others without an import, which each page would have to do again.
_MACROS = {
    "cite": ("cited",),
    "graph": ("graph",),
    "map": ("place",),
    "projects": ("sentence", "table"),
    "timeline": ("timeline",),
}

#: The forms of documents for machines: suffix, media type, and what people call them.
DOCUMENT_FORMS = tuple((form, FORMATS[form].media_type, name) for form, name in DOCUMENTS.items())

#: Templates of what stands around a page and depends on nothing of it.
_PARTS = ("menu", "search", "foot")


class Framing(NamedTuple):
    """What all pages of a release say of it: the data set's title, description and rights, who
    publishes it, the day of the data, and whether a script finds projects.
    """

    title: Texts
    description: Texts
    rights: Texts
    publisher: str | Texts
    issued: str
    scripts: bool = True


def rendered(template: str, language: str, frame: Mapping[str, object], **values: object) -> str:
    """The text of a page; everything that is put in is escaped, and must be there."""
    return _environment(language).get_template(template).render(frame, **values)


def framed(framing: Framing, language: str, up: str = "") -> Mapping[str, object]:
    """What stands around each page of a language, as values of a template: what is the same on all
    pages from which `up` leads to the root is made already.
    """
    shared = _shared(framing, language, up)
    made = {part: rendered(f"{part}.html", language, shared) for part in _PARTS}
    return {**shared, **{part: Markup(text) for part, text in made.items()}}  # noqa: S704 - made by templates


def _shared(framing: Framing, language: str, up: str) -> Mapping[str, object]:
    """What all pages of a language show, wherever they are from the root."""
    return {
        "lang": language,
        "up": up,
        "suffix": PAGE_SUFFIXES[language],
        "site": own_words(framing.title, language),
        "description": own_words(framing.description, language),
        "rights": own_words(framing.rights, language),
        "publisher": visible(named(framing.publisher, language)),
        "issued": framing.issued,
        "scripts": framing.scripts,
        "forms": DOCUMENT_FORMS,
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


class _Translated(Extension):
    """Reads each `_("…")` of a template as a look-up among the words of a language, which are
    escaped once and not on each page.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The tokens of a template, messages looked up."""
        for token in stream:
            if token.test("name:_"):
                stream.expect("lparen")
                said = stream.expect("string")
                stream.expect("rparen")
                line = token.lineno
                yield Token(line, "name", "words")
                yield Token(line, "lbracket", "[")
                yield Token(line, "string", said.value)
                yield Token(line, "rbracket", "]")
            else:
                yield token


class _Words(dict[str, Markup]):
    """The messages of templates in a language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, message: str) -> Markup:
        return self.setdefault(message, escaped(gettext(message, self._language)))


class _Compiled(BytecodeCache):
    """Templates once they are compiled: nothing of a language is in that."""

    def __init__(self) -> None:
        self._codes: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives the code of a template."""
        bucket.code = self._codes.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Takes the code of a template."""
        if bucket.code:
            self._codes[bucket.key] = bucket.code


class _Code(CodeGenerator):
    """Templates as code that escapes as `escaped` does: most of what a page is told is markup
    already, and markupsafe would make each of it anew.
    """

    def _output_child_to_const(self, node: Expr, frame: Frame, finalize: Any) -> str:  # noqa: ARG002
        return str(escaped(node.as_const(frame.eval_ctx)))

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write("environment.escaped(")


class _Templates(Environment):
    """The templates of a language."""

    code_generator_class = _Code
    escaped = staticmethod(escaped)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What templates have of all others, in one dictionary: jinja would chain two, and each
        page copies that.
        """
        return {**self.globals, **(d or {})}


_COMPILED = _Compiled()


@cache
def _environment(language: str) -> Environment:
    """The templates of a language, each compiled once for all."""
    made = _Templates(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=_COMPILED,
        extensions=["jinja2.ext.i18n", _Translated],
    )
    made.globals["words"] = _Words(language)
    made.globals["colon"] = gettext(LABELLED, language, label="", value="")
    made.install_gettext_translations(translations(language))  # type: ignore[attr-defined]
    made.filters["striptags"] = lambda words: stripped(escaped(words))
    made.filters["decimal"] = lambda number: decimal(str(number), language)
    made.filters["listed"] = lambda parts: enumerated(parts, language)
    for name, macros in _MACROS.items():
        module = made.get_template(f"{name}.html").module
        made.globals.update((macro, getattr(module, macro)) for macro in macros)
    return made
