"""Catalogues of translations as people edit them (.po), read as gettext's own readers want them
(.mo): much faster than by Babel, which writes them.
(https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html)
"""

import re
import struct
from collections.abc import Iterator, Mapping
from gettext import GNUTranslations
from io import BytesIO

#: What an entry says under a word: its lines of quoted text.
_SAID = re.compile(r'^(msg[a-z_]+(?:\[[0-9]\])?) ((?:".*"\n?)+)', re.MULTILINE)
_QUOTED = re.compile(r'^"(.*)"$', re.MULTILINE)
_FUZZY = re.compile("^#,.*fuzzy", re.MULTILINE)

_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}

#: What a catalogue without a head is taken to say.
_UTF_8 = "Content-Type: text/plain; charset=UTF-8\n"

#: The first number of a .mo file, how many numbers stand before its tables, and how many in a row.
_MAGIC, _HEAD, _ROW = 0x950412DE, 7, 2


def catalogue(text: str) -> GNUTranslations:
    """The translations of a catalogue as Babel writes it; those that are missing or in doubt are
    left out.

    >>> catalogue('msgid "not published"\\nmsgstr "non publié"\\n').gettext("not published")
    'non publié'
    """
    messages = dict(message for entry in text.split("\n\n") for message in _message(entry))
    return GNUTranslations(BytesIO(_compiled({"": _UTF_8, **messages})))


def _message(entry: str) -> Iterator[tuple[str, str]]:
    """The key of an entry, with context and plural, and its translation, if it has one; a form of
    a plural that has no translation stays as it is.
    """
    said = {word: _plain(quoted) for word, quoted in _SAID.findall(entry)}
    forms = [text for word, text in said.items() if word.startswith("msgstr")]
    ids = [said[word] for word in ("msgid", "msgid_plural") if word in said]
    if len(ids) > 1:
        forms = [text or ids[number > 0] for number, text in enumerate(forms)]
    if any(forms) and not _FUZZY.search(entry):
        context = f"{said['msgctxt']}\x04" if "msgctxt" in said else ""
        yield context + "\0".join(ids), "\0".join(forms)


def _plain(quoted: str) -> str:
    text = "".join(_QUOTED.findall(quoted))
    return _ESCAPE.sub(lambda found: _ESCAPES.get(found[1], found[1]), text)


def _compiled(messages: Mapping[str, str]) -> bytes:
    """The bytes of a .mo file: two tables of lengths and offsets, of keys and of translations, and
    the texts.
    """
    texts = [text.encode() for one in zip(*sorted(messages.items()), strict=True) for text in one]
    first = 4 * (_HEAD + _ROW * len(texts))
    rows, data = list[int](), b""
    for text in texts:
        rows += len(text), first + len(data)
        data += text + b"\0"
    tables = 4 * _HEAD, 4 * (_HEAD + _ROW * len(messages))
    numbers = _MAGIC, 0, len(messages), *tables, 0, 0, *rows
    return struct.pack(f"<{len(numbers)}I", *numbers) + data
