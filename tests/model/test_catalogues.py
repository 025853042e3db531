"""Catalogues are read as Babel reads them."""

import ast
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from idfgraph.model import text as texts
from idfgraph.model.catalogues import catalogue

CASES = [
    "",
    'msgid "a"\nmsgstr "b"\n',
    'msgid "a"\nmsgstr ""\n\nmsgid "b"\nmsgstr "c"\n',
    '#, fuzzy\nmsgid "a"\nmsgstr "b"\n\n#, python-format, fuzzy\nmsgid "c"\nmsgstr "d"\n',
    '#~ msgid "a"\n#~ msgstr "b"\n\n# fuzzy\n#: a.py\nmsgid "c"\nmsgstr "d"\n',
    'msgctxt "of a table"\nmsgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n',
    'msgid ""\n"a \\"b\\"\\n"\n"c\\t\\\\n"\nmsgstr ""\n"é\\n"\n"\\n"\n"中"\n',
    'msgid "{number} a"\nmsgid_plural "{number} b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n',
    'msgctxt "x"\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\nmsgstr[1] ""\n',
]

HEAD = """msgid ""
msgstr ""
"Language: fr\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""


def by_babel(text: str) -> Any:
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(text.encode()), locale="fr"))
    compiled.seek(0)
    return Translations(compiled)


def said(translations: Any) -> dict[object, str]:
    """All that a catalogue says, but for its head."""
    return {key: one for key, one in translations._catalog.items() if key}


@pytest.mark.parametrize("entries", CASES)
def test_an_entry_is_read_as_babel_reads_it(entries: str) -> None:
    assert said(catalogue(HEAD + entries)) == said(by_babel(HEAD + entries))


@pytest.mark.parametrize("language", ["fr", "es"])
def test_our_catalogues_are_read_as_babel_reads_them(language: str) -> None:
    text = (texts._CATALOGUES / language / "LC_MESSAGES" / "idfgraph.po").read_text("utf-8")
    ours, theirs = texts.translations(language), by_babel(text)
    assert len(said(ours)) > 500
    assert said(ours) == said(theirs)
    numbers = range(12)
    assert [ours.plural(n) for n in numbers] == [theirs.plural(n) for n in numbers]  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["fr", "es"])
def test_all_words_that_are_marked_are_in_the_catalogues(language: str) -> None:
    """Whatever stands around the mark: within the arguments of some calls it is not extracted."""
    folder = Path(texts.__file__).parents[1]
    with (folder / "model" / "locale" / language / "LC_MESSAGES" / "idfgraph.po").open("rb") as po:
        messages = [message.id for message in read_po(po)]
    known = {word for id_ in messages for word in ([id_] if isinstance(id_, str) else id_)}
    marked = {
        call.args[0].value
        for file in folder.rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "N_"
        and isinstance(call.args[0], ast.Constant)
    }
    assert len(marked) > 1000
    assert marked - known == set()
