"""Characters that a reader cannot see, or that move other text about, and how they are shown all
the same.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import takewhile

#: Of a character class: bidi and joining controls, line and paragraph ends, tags, halves of
#: characters, noncharacters, and the controls but for the newline and the tab.
HIDDEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f"
)

#: What is hidden, ends a line or is a tab; and the second of two hashes before a bracket, because
#: build servers read that as a command wherever it stands.
_HIDDEN = re.compile(f"[\t\n{HIDDEN}]|(?<=#)#(?=\\[)")

#: The same, but for what parts lines and cells.
_HIDDEN_IN_LINES = re.compile(f"[{HIDDEN}]")

#: The user name and password of an address, with the sign that ends them: what stands before its
#: host; or, where the address is so wrong that its host is not known, before its last sign.
_SECRET = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{0,20}:[/\\]+|https?:)"
    r"(?:[^\s/\\?#]*|[^\s/\\?#@:\[\]]*:(?![0-9]+[/\\?#])[^\n]{1,2000})@",
    re.IGNORECASE,
)

#: How much of a text is looked through for passwords, before what is told of it is cut.
_MASKED = 16_000

#: The parts of an amount, in the order in which it is read.
_AMOUNT = {"value": None, "currency": None}.keys()

#: Halves of characters, which no encoding can write.
_HALVES = re.compile("[\ud800-\udfff]")


def code_point(found: re.Match[str]) -> str:
    """What stands for a character that was found.

    >>> re.sub(f"[{HIDDEN}]", code_point, "a\\u202eb")
    'a<U+202E>b'
    """
    return f"<U+{ord(found[0]):04X}>"


def visible(text: str) -> str:
    """The text on one line, with hidden characters written as `<U+202E>`.

    >>> visible("a\\nb\\u202ec")
    'a<U+000A>b<U+202E>c'
    """
    return _HIDDEN.sub(code_point, text)


def shielded(text: str) -> str:
    """The text with hidden characters shown, and its lines and tabs as they are: for a terminal.

    >>> shielded("a\\x1b[2J\\nb")
    'a<U+001B>[2J\\nb'
    """
    return _HIDDEN_IN_LINES.sub(code_point, text)


def masked(text: str) -> str:
    """The text without the user names and passwords of the addresses in it.

    >>> masked("see http://me:secret@example.org/ and https://example.org/@me")
    'see http://***@example.org/ and https://example.org/@me'
    """
    return _SECRET.sub(r"\g<scheme>***@", text)


def blotted(text: str) -> str:
    """As masked, with a `*` for each character, so that what comes after stands where it stood.

    >>> blotted("http://me:x@example.org/")
    'http://****@example.org/'
    """
    return _SECRET.sub(lambda found: found["scheme"] + "*" * _hidden(found) + "@", text)


def _hidden(found: re.Match[str]) -> int:
    """How many characters of an address are no one's business."""
    return found.end() - found.end("scheme") - 1


def shortened(text: str, limit: int) -> str:
    """The text, of one that is longer its beginning and its end.

    >>> shortened("abcdefghi", 6), shortened("abcdef", 6)
    ('abc…hi', 'abcdef')
    """
    end = limit // 3
    return text if len(text) <= limit else f"{text[: limit - end - 1]}…{text[-end:]}"


def apart(texts: Sequence[str], limit: int = 80) -> tuple[str, ...]:
    """Texts that are told beside one another, of such as are long the part where they differ.

    >>> apart(["abc", "abd"], 8), apart(["a" * 20 + "b", "a" * 20 + "c"], 8)
    (('abc', 'abd'), ('…aab', '…aac'))
    """
    if all(len(text) <= limit for text in texts):
        return tuple(texts)
    first, last = min(texts), max(texts)
    same = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    alike = sum(1 for _ in same) if first != last else 0
    start = alike - limit // 4 if alike > limit // 2 else 0
    return tuple(
        f"{'…' * (start > 0)}{text[start : start + limit - 1]}{text[start + limit - 1 :] and '…'}"
        for text in texts
    )


def told(text: str, limit: int = 1_000) -> str:
    """Words of others as they may be told anywhere: on one line, visible, bounded, no passwords.

    >>> told("a\\nb\\x1b"), told("ftp://me:secret@example.org/", 12)
    ('a b<U+001B>', 'ftp://*…org/')
    """
    bounded = shortened(masked(text[:_MASKED]), limit)
    return visible(" ".join(bounded.split()))


def in_words(value: object) -> str:
    """A value of a record as people read it: an amount with its currency, a text after its
    language, the items of a list one after the other.

    >>> in_words({"value": "400000", "currency": "USD"}), in_words({"fr": "Projet"})
    ('400000 USD', 'fr: Projet')
    >>> in_words(["ALB", "FJI"]), in_words([{"role": "funder", "agent": "iom"}])
    ('ALB, FJI', 'role: funder, agent: iom')
    """
    if isinstance(value, Mapping):
        if value.keys() == _AMOUNT:
            return " ".join(str(value[name]) for name in _AMOUNT)
        return ", ".join(f"{name}: {in_words(one)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        between = "; " if any(isinstance(one, Mapping) for one in value) else ", "
        return between.join(map(in_words, value))
    return str(value)


def visible_at(text: str, index: int) -> str:
    """The character of a text at an index, as `visible` shows it there.

    >>> visible_at("##[", 0), visible_at("##[", 1)
    ('#', '<U+0023>')
    """
    found = _HIDDEN.match(text, index)
    return code_point(found) if found else text[index]


def whole(text: str) -> str:
    """The text without halves of characters, so that it can be written in UTF-8.

    >>> whole("a\\ud800") == "a\\ufffd"
    True
    """
    return _HALVES.sub("\ufffd", text)


def cells(text: str) -> int:
    """How many cells of a terminal a text without hidden characters fills.

    >>> cells("é"), cells("e\\u0301"), cells("日本")
    (1, 1, 4)
    """
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    if character < "\u0300":
        return 1
    if unicodedata.category(character) in {"Mn", "Me"} or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
