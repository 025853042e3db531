"""What a file is, by its first words and the end of its name: a page, a record, or JSON Lines."""

import re

from .file_names import LINE_SUFFIXES, RECORD_SUFFIXES, is_page_name

#: How a record of JSON Lines begins; other JSON is no record.
_OBJECT = re.compile(
    rb'\{\s*"(?:format|kind|id|sources|values|decisions|reviewed|withdrawn|accepted)"'
)

#: How a record in YAML begins.
_KEYS = (b"format:", b"kind:", b"id:", b"---", b"values:", b"sources:")


def kind_of(head: bytes, suffix: str) -> str:
    """What a file is: an object of JSON begins JSON Lines, a record's key a record, anything else a
    page.

    >>> kind_of(b"id: V47-805", ".txt"), kind_of(b"Statut du projet", ".txt")
    ('record', 'page')
    >>> kind_of(b'{"kind": "project"}', ".txt"), kind_of(b"{Projet}", ".txt")
    ('lines', 'page')
    """
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _OBJECT.match(head) if is_page_name(suffix) else head.startswith(b"{"):
        return "lines"
    if head and suffix in LINE_SUFFIXES:
        return "lines"
    return "record" if _has_keys(head) or suffix in RECORD_SUFFIXES else "page"


def holds_records(head: bytes) -> bool:
    """Whether a file begins as one of records does, whatever its name.

    >>> holds_records(b"# Mine\\nkind: project"), holds_records(b"services: {}")
    (True, False)
    """
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return bool(_OBJECT.match(head)) or _has_keys(head)


def _has_keys(head: bytes) -> bool:
    lines = (line for line in head.splitlines() if line.strip() and not line.startswith(b"#"))
    return next(lines, b"").startswith(_KEYS)
