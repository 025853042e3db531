"""The small language of phrases: words, with `[x]` for what may be missing, `(x|y)` for one of
several, `#` for a number, `*` for one to five words, and `~` for an aside; as regular expressions
that take linear time.

Letter case, accents, kinds of apostrophes and of spaces are alike.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

#: A whole number in digits, or a word that may be one.
NUMBER = r"(?:[0-9]{1,3}(?:[.,\s][0-9]{3}){1,3}|[0-9]{1,9}|[^\W\d_]{2,12}(?:-[^\W\d_]{2,6})?)"

#: One to five words, whatever they are.
_WORDS = r"[^\s,;:.()\[\]]{1,30}(?:\s[^\s,;:.()\[\]]{1,30}){0,4}"

#: What may stand between commas, brackets or dashes, and is passed over.
_ASIDE = r"(?:,?\s?\([^()\n]{1,60}\)|,\s[^,;:()\n]{1,60},|\s-\s[^,;:()\n-]{1,60}\s-)?"

#: The space behind a group; none behind an apostrophe.
_AFTER = r"(?:\s+|(?<='))"

_SIGNS = {"#": NUMBER, "*": _WORDS, "~": _ASIDE}

_TOKENS = re.compile(r"[\[\]()|#*~]|\s+|[^\[\]()|#*~\s]+")

#: Letters that a text has as the phrase has them, letter case apart.
_PLAIN = re.compile("[a-z]+")

_ALIKE = {"'": "['’‘´`ʼ]", "œ": "(?:œ|oe)", "-": r"[-‐‑–—−]"}


@lru_cache(maxsize=8)
def flat(text: str) -> str:
    """The text with one kind of space, apostrophe and dash; as long as it was, and asked for
    several times in a row.

    >>> flat("l’UE\\u00a0– 2014")
    "l'UE - 2014"
    """
    return _UNEVEN.sub(lambda found: _FLAT[found[0]], text)


_FLAT = {
    **dict.fromkeys("\t\u00a0\u2007\u2009\u202f\u2002\u2003", " "),
    **dict.fromkeys("’‘´`ʼ", "'"),
    **dict.fromkeys("‐‑–—−", "-"),
}
_UNEVEN = re.compile(f"[{''.join(_FLAT)}]")


def pattern(words: str) -> str:
    """The regular expression of a phrase whose brackets are paired, without the bounds of words.

    >>> re.fullmatch(pattern("[co-]funded [jointly] by"), "co-funded by") is not None
    True
    >>> re.fullmatch(pattern("money~ comes [*] from"), "money (all of it) comes from") is not None
    True
    """
    return _sequence(_TOKENS.findall(words.strip()), 0)[0]


#: What a text must have for a phrase to fit: all parts of words, and what is needed of each group,
#: of one of several choices.
Needed = tuple[tuple["str | Needed", ...], ...]


def needed(words: str) -> Needed:
    """The parts of words, in small letters, that stand in each text that a phrase fits.

    >>> needed("états [de l'OIM]|#"), needed("funded (by|with [the] help)")
    ((('tats',), ()), (('funded', (('by',), ('with', 'help'))),))
    """
    return _needed(iter(_TOKENS.findall(words)))


def may_fit(needs: Needed, read: str) -> bool:
    """Whether a text, plainly read, has what a phrase needs.

    >>> may_fit(needed("états (membres|parties)"), plain("Les États parties"))
    True
    """
    for choice in needs:
        for part in choice:
            if not (part in read if isinstance(part, str) else may_fit(part, read)):
                break
        else:
            return True
    return False


@lru_cache(maxsize=8)
def plain(text: str) -> str:
    """A text in which the parts of words that a phrase needs can be looked for; asked for several
    times in a row.

    >>> plain("Is It")
    'is it'
    """
    return text.casefold().replace("ı", "i")


def _needed(tokens: Iterator[str]) -> Needed:
    """What is needed up to the bracket that closes these tokens."""
    choices: list[list[str | Needed]] = [[]]
    for sign in tokens:
        if sign in "])":
            break
        if sign == "|":
            choices.append([])
        else:
            choices[-1] += _needed_by(sign, tokens)
    return tuple(map(tuple, choices))


def _needed_by(sign: str, tokens: Iterator[str]) -> Sequence["str | Needed"]:
    """What a word, or a group that begins, needs: letters that are alike for all who write them."""
    if sign in "[(":
        inner = _needed(tokens)
        return (inner,) if sign == "(" else ()
    letters = _PLAIN.findall(unicodedata.normalize("NFC", sign).casefold())
    return (max(letters, key=len),) if letters else ()


def bounded(expression: str) -> str:
    """An expression that begins and ends where words do, or behind an apostrophe."""
    return rf"(?<![^\W_])(?:{expression})(?:(?<=')|(?![^\W_]))(?<!\s)"


def _sequence(tokens: list[str], at: int) -> tuple[str, int]:
    """The expression of tokens up to the bracket that closes them, and where that stands."""
    choices: list[list[str]] = [[]]
    while at < len(tokens) and tokens[at] not in "])":
        sign = tokens[at]
        if sign.isspace() and at and tokens[at - 1] in ")]":
            choices[-1].append(_AFTER)
            at += 1
            continue
        if sign == "|":
            choices.append([])
            at += 1
        elif sign in "[(":
            inner, end = _sequence(tokens, at + 1)
            at = _group(choices[-1], inner, sign == "[", tokens, end + 1)
        else:
            choices[-1].append(_SIGNS.get(sign) or _literal(sign))
            at += 1
    return "|".join("".join(choice) for choice in choices), at


def _group(parts: list[str], inner: str, optional: bool, tokens: list[str], at: int) -> int:
    """Adds a group; with one that may be missing goes a space beside it. Returns what is next."""
    if not optional:
        parts.append(f"(?:{inner})")
        return at
    if parts and parts[-1] in (r"\s+", _AFTER):
        parts[-1] = rf"(?:{parts[-1]}(?:{inner}))?"
    elif at < len(tokens) and tokens[at].isspace():
        parts.append(rf"(?:(?:{inner}){_AFTER})?")
        return at + 1
    else:
        parts.append(f"(?:{inner})?")
    return at


def _literal(words: str) -> str:
    return r"\s+" if words.isspace() else "".join(_letters(words))


def _letters(words: str) -> Iterator[str]:
    for letter in unicodedata.normalize("NFC", words):
        plain = unicodedata.normalize("NFD", letter)[0]
        if letter in _ALIKE:
            yield _ALIKE[letter]
        elif plain != letter:
            yield f"[{letter}{plain}]"
        else:
            yield re.escape(letter)
