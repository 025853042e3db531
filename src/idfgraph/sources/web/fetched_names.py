"""Names of fetched pages."""

import re
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from ...model.names import fold_word

_WORD = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)*")


def slug_of(url: str) -> str:
    """A file name, without suffix, for what stands at an address: its words, 80 characters at most.

    >>> slug_of("https://iom.int/fr/Intégrer-la-migration?page=2")
    'iom.int-fr-integrer-la-migration-page-2'
    """
    parts = urlsplit(url)
    text = fold_word(unquote(f"{parts.netloc}/{parts.path}/{parts.query}"))
    return "-".join(_WORD.findall(text))[:80].rstrip(".-")


def other_slug_of(url: str) -> str:
    """The name that an address gets where another has the first: the same with 8 hex digits of its
    SHA-256.

    >>> other_slug_of("https://example.org/a")
    'example.org-a-b5b10dd0'
    """
    return f"{slug_of(url)}-{sha256(url.encode()).hexdigest()[:8]}"
