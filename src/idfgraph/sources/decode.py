"""Bytes of a file to text that is safe to read: size, encoding and characters checked, positions
named.
"""

import re
from collections.abc import Callable
from contextlib import suppress

from ..model.errors import Advice, BadInput, BadPage, BadRecord, Place, advice
from ..model.mending import mend
from ..model.text import N_, texts
from ..model.visible import shortened
from ..system.reading import opened, unreadable
from .file_names import is_page_name
from .foreign import foreign
from .kept import File, Kept
from .positions import Positions

#: The largest page and the largest YAML record, in bytes.
PAGE_LIMIT = 512_000
RECORD_LIMIT = 1_048_576

#: The most lines that a page may have.
LINE_LIMIT = 20_000

#: How much of a line is told.
_TOLD = 100

#: The fields of a record that hold words of a page as they are.
_QUOTE = re.compile(r"sources\[[0-9]+\]\.values\[[0-9]+\]\.(?:text|label)")

#: Encodings in which a zero byte is a part of a character.
_WIDE = re.compile("utf[-_]?(16|32)", re.IGNORECASE)

#: Control characters, line and bidi controls, halves of characters and noncharacters: nothing that
#: a page shows.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\uffff]"
)


#: What programs write where they could not read a letter.
_LOST = "\ufffd"


def read_bytes(path: File, limit: int) -> bytes:
    """The bytes of a file of at most `limit` bytes; BadInput if it cannot be read, is empty or
    larger.
    """
    return of_size(beginning(path, limit + 1), path, limit)


def of_size(data: bytes, path: File, limit: int) -> bytes:
    """The bytes of a file themselves; BadInput if there are none, or more than `limit`."""
    if len(data) > limit:
        raise BadInput(
            N_("is larger than {limit:,} bytes"),
            Place(str(path)),
            hint=N_("split it, or leave it out"),
            limit=limit,
        )
    if not data.strip():
        way = _CAPTURE if is_page_name(path.name) else _FILL
        raise _unsaved(advice(_EMPTY, way), Place(str(path)))
    return data


def beginning(path: File, size: int) -> bytes:
    """The first bytes of a file; BadInput if it cannot be read."""
    try:
        with path.open("rb") if isinstance(path, Kept) else opened(path) as file:
            return file.read(size)
    except OSError as error:
        raise unreadable(path, error) from error


def decode(data: bytes, file: str, encoding: str = "utf-8") -> str:
    """The text of the bytes, decoded strictly, line ends untouched; BadInput names the offset of
    what is not text.

    >>> decode("Année".encode(), "page.txt")
    'Année'
    """
    if b"\0" in data and not _WIDE.match(encoding):
        raise BadInput(
            N_("is a binary file, no text from byte {number} on"),
            Place(file),
            hint=N_("give the page as text"),
            number=data.index(0),
        )
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInput(
            N_("byte 0x{byte:02x} at offset {start} is not {encoding}"),
            Place(file, data.count(b"\n", 0, error.start) + 1),
            hint=N_("name the page's encoding with --encoding{example}"),
            byte=data[error.start],
            start=error.start,
            encoding=encoding,
            example=_such_as(data, encoding),
        ) from error
    except (LookupError, UnicodeError) as error:
        raise BadInput(
            N_("encoding {encoding!r} cannot be used"),
            Place(file),
            hint=N_("use one such as cp1252"),
            encoding=encoding,
        ) from error
    return text


def record_text(data: bytes, file: str) -> str:
    """The text of a file of records or settings; BadInput where it is not saved as UTF-8,
    BadRecord where it holds what hides or reorders text.

    >>> record_text(b"id: PX.0220", "r.yaml")
    'id: PX.0220'
    """
    if (kind := foreign(data)) and not data.lstrip().startswith((b"{", b"[")):
        raise _unsaved(advice(_FOREIGN, _MAKE, what=texts(kind.what)), Place(file))
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(0)) + 1
        raise _unsaved(advice(_BINARY, _SAVE), Place(file, line))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start]
        whole = before.rpartition(b"\n")[2] + data[error.start :].partition(b"\n")[0]
        shown = shortened(whole.decode("cp1252", "replace").strip(), _TOLD)
        place = Place(file, before.count(b"\n") + 1)
        raise _unsaved(advice(_NOT_UTF_8, _SAVE, line=shown), place) from None
    if found := _UNSAFE.search(text):
        raise _unsafe(BadRecord, found[0], Place(file, *position(text, found.start())))
    return text


def _unsaved(told: Advice, place: Place) -> BadInput:
    """The error for what is no text."""
    return BadInput(told.message, place, hint=told.hint)


def _such_as(data: bytes, tried: str) -> str:
    """An encoding that bytes can be in, and was not tried, to be named; empty where none is
    known.
    """
    for name in ("utf-8", "cp1252"):
        with suppress(UnicodeDecodeError):
            if name != tried and data.decode(name):
                return f", such as --encoding {name}"
    return ""


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, counted from 1, of a code point offset in a text.

    >>> position("one\\ntwo", 5)
    (2, 2)
    """
    return Positions(text).at(offset)


def unsafe_character(text: str) -> str | None:
    """The first control or bidi character of a text as U+XXXX, or None.

    >>> unsafe_character("a\\u202eb")
    'U+202E'
    """
    found = _UNSAFE.search(text)
    return f"U+{ord(found[0]):04X}" if found else None


def refuse_long(lines: int, file: str) -> None:
    """Nothing, or BadPage for more lines than any page has."""
    if lines > LINE_LIMIT:
        raise BadPage(
            N_("has more than {limit:,} lines"),
            Place(file, LINE_LIMIT),
            hint=N_("split it, or leave it out"),
            limit=LINE_LIMIT,
        )


def unsafe_in(field: str, text: str) -> str | None:
    """The same of a field of a record; words of a page may have what is safe to read as people see
    it.

    >>> unsafe_in("id", "a\u2028b"), unsafe_in("sources[0].values[3].text", "a\u2028b")
    ('the control character U+2028', None)
    """
    if not _UNSAFE.search(text):
        return None
    found = _UNSAFE.search(mend(text).text if _QUOTE.fullmatch(field) else text)
    return found and _called(found[0])


def refuse_unreadable(text: str, file: str, at: Callable[[int], tuple[int, int]]) -> str:
    """The text of a page itself, or BadPage at its first character that is not even safe to read as
    people see it; `at` finds line and column of an offset.
    """
    if _UNSAFE.search(text):
        mended = mend(text)
        if found := _UNSAFE.search(mended.text):
            place = Place(file, *at(mended.starts[found.start()]))
            raise _unsafe(BadPage, found[0], place)
    return text


def _called(character: str) -> str:
    """What an unsafe character is called.

    >>> _called("\a"), _called(_LOST)
    ('the control character U+0007', 'the replacement character U+FFFD')
    """
    kind = "replacement" if character == _LOST else "control"
    return f"the {kind} character U+{ord(character):04X}"


def unsafe_told(code: str) -> Advice:
    """What is said of an unsafe character, U+XXXX."""
    lost = code == f"U+{ord(_LOST):04X}"
    message, hint = (_HOLDS_LOST, _WRITE_LETTER) if lost else (_HOLDS_CONTROL, _TAKE_OUT)
    return advice(message, hint, code=code)


def _unsafe(error: type[BadInput], character: str, place: Place) -> BadInput:
    told = unsafe_told(f"U+{ord(character):04X}")
    return error(told.message, place, hint=told.hint)


_HOLDS_CONTROL = N_("holds the control character {code}")
_TAKE_OUT = N_("such characters hide or reorder text; remove it, or capture the page again")
_HOLDS_LOST = N_("holds the replacement character {code}")
_WRITE_LETTER = N_(
    "it stands where a letter was lost; write that letter, or capture the page again"
)
_NOT_UTF_8 = N_("is not saved as UTF-8: its letters read “{line}” at best")
_FOREIGN = N_("is {what}, though its name is that of a file of records or settings")
_MAKE = N_("write records in a text editor, or give the file its own ending and put it elsewhere")
_EMPTY = N_("is empty")
_CAPTURE = N_("capture it again, or remove it")
_FILL = N_("write what belongs in it, or remove it")
_BINARY = N_("is a binary file, or not saved as UTF-8")
_SAVE = N_("open it in the editor that wrote it, and save it as UTF-8")
