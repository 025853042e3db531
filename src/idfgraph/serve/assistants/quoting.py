"""Texts of a release as assistants are told them: apart from what the program says, with nothing in
them that cannot be seen, and cut where they are long.

What stands under a key whose name begins with `quote` is copied from source pages, or from what
their keepers wrote. It is what somebody says, whatever it says.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ...model.text import N_, Texts, chosen, gettext
from ...model.visible import masked, shielded

#: JSON as it is told.
Told = Mapping[str, Any]

#: Characters of a text that are told.
LONGEST = 4_000

_CUT = N_("{shown} of {number} characters are told; the rest stands at the address.")


def quoted(text: str, language: str, tag: str = "") -> Told:
    """A text of a release; `tag` is the language that it is in, where that is known.

    >>> quoted("a\\u202eb", "en", "fr")
    {'quote': 'a<U+202E>b', 'language': 'fr'}
    >>> quoted("x" * 5000, "en")["cut"]
    '4000 of 5000 characters are told; the rest stands at the address.'
    """
    return {
        "quote": seen(text[:LONGEST]),
        **({"language": tag} if tag else {}),
        **(
            {"cut": gettext(_CUT, language, shown=LONGEST, number=len(text))}
            if len(text) > LONGEST
            else {}
        ),
    }


def quoted_of(said: Texts, language: str) -> Told:
    """A text by language, in one that it is in.

    >>> quoted_of({"fr": "Albanie", "en": "Albania"}, "fr")
    {'quote': 'Albanie', 'language': 'fr'}
    """
    text, other = chosen(said, language)
    return quoted(text, language, "" if text and said.get("") == text else other or language)


def seen(text: str) -> str:
    """A text with what is hidden in it shown, and without passwords of addresses.

    >>> seen("a\\x00b\\nc")
    'a<U+0000>b\\nc'
    """
    return shielded(masked(text))


def few(key: str, several: Sequence[Any], most: int, language: str) -> Told:
    """The first of several under a key, and how many there are where these are not all.

    >>> few("pages", [1, 2, 3], 2, "en")
    {'pages': [1, 2], 'pages_left_out': '2 of 3 are told; all stand at the address.'}
    """
    if len(several) <= most:
        return {key: several} if several else {}
    left = gettext(_FEW, language, shown=most, number=len(several))
    return {key: several[:most], f"{key}_left_out": left}


_FEW = N_("{shown} of {number} are told; all stand at the address.")
