"""Names of fetched pages, and the list beside them that says where each came from."""

import json
import re
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from ...model.names import fold_word

_HEADER = "# Where each page was captured from, as far as it is known.\n"
_WORD = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)*")
_NAMED = re.compile(r"([A-Za-z0-9_][^:\s]*):\s")
_PLAIN = re.compile(r"https?://[A-Za-z0-9._~:/?\[\]@!$&'()*+,;=%-]*[A-Za-z0-9/_=-]")


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


def with_address(text: str, name: str, url: str) -> str:
    """The text of `pages.yaml` with one more line in its place by name; all other lines stay as
    they are.

    >>> with_address("# Mine\\na.txt: http://e/a\\nc.txt: http://e/c\\n", "b.txt", "http://e/b")
    '# Mine\\na.txt: http://e/a\\nb.txt: http://e/b\\nc.txt: http://e/c\\n'
    """
    lines = (text or _HEADER).splitlines(keepends=True)
    if not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    named = ((number, _NAMED.match(line)) for number, line in enumerate(lines))
    at = next((number for number, found in named if found and found[1] > name), len(lines))
    lines.insert(at, f"{name}: {url if _PLAIN.fullmatch(url) else json.dumps(url)}\n")
    return "".join(lines)
