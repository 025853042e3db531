"""Keeps the gettext catalogues in step with the code.

    python tools/translations.py            extracts messages, merges them into each .po file
    python tools/translations.py --check    tells what is untranslated, unused or has other {places}

The catalogues are sorted by message and hold no dates, so that a change shows only what it changes.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from idfgraph.model.text import LANGUAGES

PACKAGE = Path(__file__).parents[1] / "src" / "idfgraph"
CATALOGUES = PACKAGE / "model" / "locale"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2.ext:babel_extract")]
OPTIONS = {"**/templates/**.html": {"trimmed": "true", "silent": "false", "trim_blocks": "true"}}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "N_": None,
    "_": None,
    "gettext": (1,),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "texts": (1,),
}
PLACE = re.compile(r"\{[^{}]*\}|%\(\w+\)s")


def extracted() -> Catalog:
    """All messages of the code and the templates."""
    found = Catalog()
    for file, _line, message, comments, context in extract_from_dir(
        PACKAGE, METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=["Translators:"]
    ):
        found.add(message, None, [(Path(file).as_posix(), 0)], [], comments, context=context)
    return found


def catalogue(language: str) -> Path:
    """The file of a language."""
    return CATALOGUES / language / "LC_MESSAGES" / "idfgraph.po"


def opened(language: str) -> Catalog:
    """The catalogue of a language, empty for one that is new."""
    if not catalogue(language).exists():
        return Catalog(language)
    with catalogue(language).open("rb") as file:
        return read_po(file, locale=language)


def merged(language: str, found: Catalog) -> bytes:
    """The catalogue of a language with the messages of today; those that are gone are left out."""
    known = opened(language)
    known.update(found, no_fuzzy_matching=True)
    known.obsolete.clear()
    text = BytesIO()
    write_po(text, known, sort_output=True, include_lineno=False, width=100)
    dated = re.compile(
        rb'^"(POT-|PO-Rev|Generated|Report-|Last-|Language-Team)[^\n]*\n', re.MULTILINE
    )
    return dated.sub(b"", text.getvalue())


def faults(language: str, found: Catalog) -> Iterator[str]:
    """What is wrong with the catalogue of a language."""
    known = opened(language)
    for message in filter(lambda one: one.id, found):
        other = known.get(message.id, message.context)
        if other is None or not all(_forms(other)):
            yield f"{language}: untranslated: {message.id!r}"
        elif not _same_places(_ids(message), _forms(other)):
            yield f"{language}: other places: {message.id!r}"
    for message in filter(lambda one: one.id, known):
        if found.get(message.id, message.context) is None:
            yield f"{language}: unused: {message.id!r}"


def _forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (str(message.string),)


def _ids(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, list | tuple) else (str(message.id),)


def _same_places(ids: tuple[str, ...], forms: tuple[str, ...]) -> bool:
    """Whether a translation has the places of its message; one of several forms may leave out how
    many there are.
    """
    free = {"{number}", "%(num)s", "%(number)s"} if len(ids) > 1 else set()
    wanted = _places(*ids)
    return all(wanted - free <= _places(form) <= wanted for form in forms)


def _places(*forms: str) -> set[str]:
    return {place for form in forms for place in PLACE.findall(form)}


def main() -> int:
    """Merges, or checks; the number of faults is the exit code, at most 1."""
    found = extracted()
    if "--check" in sys.argv[1:]:
        wrong = [fault for language in LANGUAGES[1:] for fault in faults(language, found)]
        sys.stdout.writelines(f"{fault}\n" for fault in wrong)
        return int(bool(wrong))
    for language in LANGUAGES[1:]:
        catalogue(language).parent.mkdir(parents=True, exist_ok=True)
        catalogue(language).write_bytes(merged(language, found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
