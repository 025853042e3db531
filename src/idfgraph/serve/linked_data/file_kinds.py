"""What a body is, what it may load, and how long it may be kept."""

import re
from html import unescape

from ...model.formats import CSVM_TYPE, FORMATS, LINKSET_TYPE
from ...model.layout import ARCHIVE, CSV_METADATA, LINKSET, PAGES, RELEASES, WELL_KNOWN_VOID

#: What pages of ours load that say nothing of it: nothing.
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

#: How long an answer may be kept: one of this release, one that never changes, an error.
SHORT, LONG, NOT = "public, max-age=300", "public, max-age=31536000, immutable", "no-cache"

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')

#: What pages load, by its suffix.
_OF_PAGES = {
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "wasm": "application/wasm",
}

_LASTING = (PAGES, RELEASES, ARCHIVE)


def content_type(path: str) -> str:
    """The media type of a file, with its charset where the type has one.

    >>> content_type("doc/code/area.ttl"), content_type("SHA256SUMS"), content_type("a.nt")
    ('text/turtle; charset=utf-8', 'text/plain; charset=utf-8', 'application/n-triples')
    """
    if path == LINKSET:
        return LINKSET_TYPE
    if path.endswith(CSV_METADATA):
        return CSVM_TYPE
    form = "ttl" if path == WELL_KNOWN_VOID else path.rpartition(".")[2]
    kind = _OF_PAGES.get(form) or media_type(form)
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or form == "xml" else kind


def policy(page: str) -> str:
    """What a page may load: what it says itself, or else nothing; nobody shows it in a frame.

    >>> policy('<meta http-equiv="Content-Security-Policy" content="img-src &#39;self&#39;">')
    "img-src 'self'; frame-ancestors 'none'"
    """
    own = _POLICY.search(page)
    return f"{unescape(own[1])}; frame-ancestors 'none'" if own else POLICY


def media_type(form: str) -> str:
    """The media type of a form, without its charset."""
    return FORMATS[form].media_type if form in FORMATS else "text/plain"


def kept(path: str) -> str:
    """How long what stands at a path may be kept."""
    return LONG if path.startswith(_LASTING) else SHORT
