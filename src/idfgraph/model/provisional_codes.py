"""Words that no list has: the provisional codes that they are until somebody says what they
mean.
"""

import re
import unicodedata
from hashlib import sha256

from .fields import FIELDS, PART_FIELDS
from .mending import mend
from .names import folded

#: How the codes begin of words that no list has.
PROVISIONAL = "provisional-"

#: The scheme that these codes stand in beside that of their property.
PROVISIONAL_SCHEME = "code:provisional"

#: The schemes that pages and people add words to; those of our own words are closed.
OPEN_SCHEMES = tuple(
    sorted(
        {field.scheme for field in (*FIELDS.values(), *PART_FIELDS.values()) if field.scheme}
        - {"role"}
    )
)

#: How many characters of a word its code has at most, and a label.
_LONGEST, _LABEL = 60, 200

#: Letters that look like two, and are written so where there is no key for them.
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})

_PLAIN = re.compile(f"[a-z0-9-]{{1,{_LONGEST}}}")
_SCHEME = re.compile(f"code:({'|'.join(OPEN_SCHEMES)})-(.+)", re.DOTALL)


def word_key(word: str) -> str:
    """What a word is compared by: folded, characters that nobody sees left out.

    >>> word_key(" MULTI-R\\u00e9gional"), word_key("Natio\\u00adnal")
    ('multi regional', 'national')
    """
    if not word.isprintable():
        word = "".join(letter for letter in word if unicodedata.category(letter) != "Cf")
    return folded(word)


def provisional(word: str) -> str:
    """The provisional code of a word, the same for all its spellings; empty for what has neither
    letter nor digit.

    One that is long, or not in Latin letters, ends in what tells it from others.

    >>> provisional("Multi-Regional"), provisional("«MULTI  régional»"), provisional("–")
    ('provisional-multi-regional', 'provisional-multi-regional', '')
    >>> provisional("Завершён")
    'provisional--864c90bb91'
    """
    key = word_key(word).translate(_LIGATURES)
    if not key:
        return ""
    slug = key.replace(" ", "-")
    if not _PLAIN.fullmatch(slug):
        plain = "-".join(re.findall("[a-z0-9]+", key))[: _LONGEST - 12].strip("-")
        slug = f"{plain and f'{plain}-'}-{sha256(key.encode()).hexdigest()[:10]}"
    return f"{PROVISIONAL}{slug}"


def scheme_and_code(id_: str) -> tuple[str, str]:
    """The scheme and the code of a compact IRI, where the scheme is open; else nothing of both.

    >>> scheme_and_code("code:type-provisional-x"), scheme_and_code("code:role-funding")
    (('type', 'provisional-x'), ('', ''))
    """
    found = _SCHEME.fullmatch(id_)
    return (found[1], found[2]) if found else ("", "")


def kind_of(id_: str) -> str:
    """What names are looked up among: states, organisations, one scheme of codes.

    >>> kind_of("st:ALB"), kind_of("code:type-tc")
    ('st', 'code:type')
    """
    return id_.partition("-" if id_.startswith("code:") else ":")[0]


def is_provisional(id_: str) -> bool:
    """Whether a compact IRI is that of a word that no list has.

    >>> is_provisional("code:type-provisional-x"), is_provisional("code:type-tc")
    (True, False)
    """
    return scheme_and_code(id_)[1].startswith(PROVISIONAL)


def label_of(word: str) -> str:
    """A word as a label shows it: as people see it, on one line, cut where it is long; its whole
    text stands where it was printed.

    >>> label_of("Multi\\n  Regional"), len(label_of("x" * 500))
    ('Multi Regional', 200)
    """
    text = " ".join(mend(word).text.split())
    return text if len(text) <= _LABEL else f"{text[: _LABEL - 1]}…"
