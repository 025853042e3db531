"""The encoding that bytes of a page are in: told by their mark, by their zeros, or, of Windows'
Western one, by how the words look that it gives.
"""

import codecs
import re

#: What begins a file in each encoding; UTF-8 needs no name.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: How much of a file without a mark is looked at, and the least share of zeros at every other place
#: of a text in letters of Europe.
_HEAD, _ZEROS = 2_048, 0.7

_WESTERN = "cp1252"

#: What the three languages write beyond ASCII, and what none of them does: three such letters in a
#: row, a capital after a small letter, an ellipsis or a currency inside a word.
_SMALL, _LARGE = "àâäæçèéêëîïôöœùûüÿáíñóú", "ÀÂÄÆÇÈÉÊËÎÏÔÖŒÙÛÜŸÁÍÑÓÚ"
_KNOWN = re.compile(f"[\\0-\x7f{_SMALL}{_LARGE}«»“”‘’–—…•·°ºª§©®™¿¡´€\xa0]*")
_STRANGE = re.compile(
    f"[{_SMALL}{_LARGE}]{{3}}|[a-z{_SMALL}][{_LARGE}]|[A-Za-z{_SMALL}{_LARGE}][…€][a-z{_SMALL}]|[âÂ]€"
)

#: Three bytes that are one character of UTF-8, or half of one of UTF-16.
_OF_UTF_8 = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}")


def charset_of(data: bytes) -> str | None:
    """The encoding of a page's bytes, where they are not in UTF-8 and it can be told.

    >>> charset_of("Année".encode("utf-16")), charset_of("Année".encode("cp1252"))
    ('utf-16', 'cp1252')
    >>> charset_of("Année".encode()), charset_of("Année".encode("cp437"))
    (None, None)
    """
    return charset_of_mark(data) or (None if _decodes(data, "utf-8") else _western(data))


def charset_of_mark(data: bytes) -> str | None:
    """The encoding that a mark at the beginning of bytes tells, or their zeros, where it is not
    UTF-8.

    >>> charset_of_mark(codecs.BOM_UTF16_LE)
    'utf-16'
    """
    return _marked(data) or _wide(data)


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: nearly all bytes at even places, or at odd ones, are zero."""
    head = data[: min(_HEAD, len(data) // 2 * 2)]
    for name, zeros, others in (
        ("utf-16-be", head[::2], head[1::2]),
        ("utf-16-le", head[1::2], head[::2]),
    ):
        if zeros.count(0) > _ZEROS * len(zeros) and not others.count(0) and _decodes(data, name):
            return name
    return None


def _western(data: bytes) -> str | None:
    """Windows' Western encoding, where all that it gives looks like words of the three
    languages.
    """
    try:
        text = data.decode(_WESTERN)
    except UnicodeDecodeError:
        return None
    plausible = _KNOWN.fullmatch(text) and not _STRANGE.search(text) and not _OF_UTF_8.search(data)
    return _WESTERN if plausible else None


def _decodes(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True
