"""Pages written oddly: in other encodings, with characters that do not show, that are encoded twice
or that hide; read as people see them where that is safe, else set aside.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

from .stray import LANGUAGES, Fate, Stray, page

_START = 1_000

Rewrite = Callable[[str], str | bytes]

#: What is not shown of HTML.
_MARKUP = re.compile(r"(<script.*?</script>|<[^>]*>|&[^;\s]*;)", re.DOTALL)

_LETTER = re.compile(r"(?<=[a-zà-ÿ]{2})(?=[a-zà-ÿ]{2})")


def _between(mark: str) -> Rewrite:
    """A mark within every long word of the visible text."""

    def changed(text: str) -> str:
        return _of_visible(text, lambda words: _LETTER.sub(mark, words))

    return changed


def _of_visible(text: str, change: Callable[[str], str]) -> str:
    """The text with what is shown of it changed: of HTML, what stands between its tags."""
    head, body, shown = text.partition("<body") if "<body" in text else ("", "", text)
    parts = _MARKUP.split(body + shown)
    return head + "".join(change(part) if at % 2 == 0 else part for at, part in enumerate(parts))


def _as(entity: str) -> Rewrite:
    """Accents and quotes as entities of this form."""
    return lambda text: _of_visible(
        text, lambda words: re.sub("[À-ÿ’–“”]", lambda one: entity.format(ord(one[0])), words)
    )


def _mojibake(words: str) -> str:
    """Letters as those see them who read UTF-8 as Windows' Western encoding."""
    return re.sub("[àâçéèêëîïôûùüñóúÉ’–]", lambda one: one[0].encode().decode("cp1252"), words)


def _spaced(space: str) -> Rewrite:
    """Another space between words."""
    return lambda text: _of_visible(text, lambda words: words.replace(" ", space))


def _around(before: str, after: str) -> Rewrite:
    """Controls around every long word."""
    return lambda text: _of_visible(
        text, lambda words: re.sub("([a-z]{5,})", f"{before}\\1{after}", words)
    )


def _amount(written: str) -> Rewrite:
    """The amount written so."""
    return lambda text: text.replace("150000.00", written)


def _declared(name: str) -> Rewrite:
    """In another encoding, which HTML says in its head."""
    return lambda text: text.replace('charset="utf-8"', f'charset="{name}"').encode(
        name, "xmlcharrefreplace" if "<main" in text else "replace"
    )


def _western(text: str) -> bytes:
    return text.replace('<meta charset="utf-8">', "").encode("cp1252")


#: What changes nothing of what people see.
SAME: Mapping[str, Rewrite] = {
    "as it is": lambda text: text,
    "nfd": lambda text: _of_visible(text, lambda words: unicodedata.normalize("NFD", words)),
    "soft hyphens": _between("\xad"),
    "zero width spaces": _between("\u200b"),
    "zero width joiners": _between("\u200d"),
    "word joiners": _between("\u2060"),
    "left marks": _between("\u200e"),
    "byte order marks": _between("\ufeff"),
    "line separators": lambda text: _of_visible(text, lambda words: words.replace(". ", ".\u2028")),
    "no break spaces": _spaced("\xa0"),
    "narrow spaces": _spaced("\u202f"),
    "thin spaces": _spaced("\u2009"),
    "entities twice": _as("&amp;#{};"),
    "entities in decimals": lambda text: _as("&#{};")(text) if "<main" in text else text,
    "mojibake": lambda text: _of_visible(text, _mojibake),
    "isolates": _around("\u2068", "\u2069"),
    "embeddings": _around("\u202a", "\u202c"),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "cr": lambda text: text.replace("\n", "\r").encode(),
    "mixed ends": lambda text: text.replace("\n", "\r\n", 5).replace("\n", "\r\n", 3).encode(),
    "spaces at ends": lambda text: text.replace("\n", " \t\n"),
    "blank lines before": lambda text: "\n\n\n" + text,
    "no end": lambda text: text.rstrip("\n"),
    "utf-8 mark": lambda text: text.encode("utf-8-sig"),
    "utf-16 mark": lambda text: text.encode("utf-16"),
    "utf-16-le bare": lambda text: text.encode("utf-16-le"),
    "utf-16-be bare": lambda text: text.encode("utf-16-be"),
    "utf-16-be mark": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "utf-32 mark": lambda text: text.encode("utf-32"),
    "cp1252": _western,
    "cp1252 crlf": lambda text: _western(text).replace(b"\n", b"\r\n"),
    "utf-16 crlf": lambda text: text.replace("\n", "\r\n").encode("utf-16"),
}

#: The same of HTML alone, which says in its head how it is encoded.
SAME_AS_HTML: Mapping[str, Rewrite] = {
    "latin-1": _declared("iso-8859-1"),
    "latin-9": _declared("iso-8859-15"),
    "windows-1252": _declared("windows-1252"),
    "wrongly declared": lambda text: text.replace('charset="utf-8"', 'charset="iso-8859-1"'),
    "utf-16 that says utf-8": lambda text: text.encode("utf-16"),
}

#: What hides or reorders text, or is none.
REFUSED: Mapping[str, Rewrite] = {
    "override": _between("\u202e"),
    "override closed": _amount("\u202e00.000051\u202c"),
    "embedding open": _amount("\u202b150000.00"),
    "isolate open": _amount("\u2067150000.00"),
    "isolate turned": _amount("\u20672021 \u05d0 9\u2069"),
    "nul": _amount("150\0000"),
    "nul at the end": lambda text: text + "\0" * 99,
    "escape": _amount("\x1b[31m150000\x1b[0m"),
    "bell": _amount("1\x0750000"),
    "backspace": _amount("9\b150000"),
    "delete": _amount("150\x7f000"),
    "c1": _amount("150\x9b000"),
    "replacement": _amount("150\ufffd000"),
    "noncharacter": _amount("150\uffff000"),
    "surrogates": lambda text: text.encode().replace(b"150000", b"150\xed\xa0\xbd000"),
    "cut character": lambda text: text.encode() + b"\xe2\x80",
    "overlong": lambda text: text.encode().replace(b"150000", b"150\xc0\xaf000"),
    "utf-16 cut": lambda text: text.encode("utf-16")[:-1],
    "utf-32 cut": lambda text: text.encode("utf-32")[:-2],
    "cp437": lambda text: (
        text.replace('charset="utf-8"', "").encode("cp437", "ignore") + b"\x82\x81"
    ),
    "mixed": lambda text: text.encode() + "Année ñ\n".encode("cp1252"),
    "utf-7": lambda text: text.replace('charset="utf-8"', 'charset="utf-7"').encode() + b"+\xff",
    "macintosh": lambda text: text.encode("mac_roman", "replace"),
    "ebcdic": lambda text: text.encode("cp500", "replace"),
}


def strays() -> Iterator[Stray]:
    """Each way of writing, in three languages, as text and as HTML."""
    number = _START
    ways: tuple[tuple[Mapping[str, Rewrite], Fate, tuple[str, ...]], ...] = (
        (SAME, "page", ("txt", "html")),
        (SAME_AS_HTML, "page", ("html",)),
        (REFUSED, "aside", ("txt", "html")),
    )
    for rewrites, fate, forms in ways:
        for way, rewrite in rewrites.items():
            for language in LANGUAGES:
                for form in forms:
                    number += 1
                    changed = rewrite(page(language, number, form))
                    data = changed.encode("utf-8") if isinstance(changed, str) else changed
                    name = f"written-{number}-{way.replace(' ', '-')}-{language}.{form}"
                    yield Stray(name.encode(), data, fate, language, number)
