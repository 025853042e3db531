"""The list of the profiles that a document has, as data and as a page."""

from collections.abc import Iterator
from html import escape

from pyoxigraph import Literal, NamedNode, Triple, serialize

from ...model.text import gettext, texts
from ...model.vocab import DCT, PROF, RDF_TYPE, RDFS
from .dump_statements import FORMATS
from .file_kinds import media_type
from .inventory import HeldDocument
from .profiles import ALL, KNOWN, Profile, offered

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"></head>
<body><main><h1>{title}</h1><ul>
{rows}
</ul></main></body></html>
"""


def profile_list(document: HeldDocument, form: str, base: str, language: str) -> bytes:
    """The profiles of a document, or all where it has none, in a form; a page is in a language."""
    if form == "html":
        return _page(document, base, language or "en").encode()
    triples = list(_triples(document, base))
    prefixes = {"dct": DCT, "prof": PROF, "rdfs": RDFS}
    return serialize(triples, format=FORMATS[form], prefixes=prefixes) or b""


def _page(document: HeldDocument, base: str, language: str) -> str:
    rows = "\n".join(
        f'<li><a href="{escape(_address(document, profile, form, base))}">{escape(profile.token)}'
        f"</a> {escape(gettext(profile.title, language))}, {escape(media_type(form))}"
        f" <code>{escape(profile.iri(base))}</code></li>"
        for profile, form in _pairs(document)
    )
    title = escape(gettext(ALL.title, language))
    return _PAGE.format(language=language, title=title, rows=rows)


def _triples(document: HeldDocument, base: str) -> Iterator[Triple]:
    subject = NamedNode(f"{base}{document.stem}")
    for profile in offered(document) or KNOWN:
        about = NamedNode(profile.iri(base))
        yield Triple(about, NamedNode(RDF_TYPE), NamedNode(f"{PROF}Profile"))
        yield Triple(about, NamedNode(f"{PROF}hasToken"), Literal(profile.token))
        for language, title in texts(profile.title).items():
            yield Triple(about, NamedNode(f"{RDFS}label"), Literal(title, language=language))
    for profile, form in _pairs(document):
        shown = NamedNode(_address(document, profile, form, base))
        yield Triple(subject, NamedNode(f"{DCT}hasFormat"), shown)
        yield Triple(shown, NamedNode(f"{DCT}conformsTo"), NamedNode(profile.iri(base)))
        yield Triple(shown, NamedNode(f"{DCT}format"), Literal(media_type(form)))


def _pairs(document: HeldDocument) -> Iterator[tuple[Profile, str]]:
    for profile in offered(document):
        if profile is not ALL:
            yield from ((profile, form) for form in profile.forms or document.forms)


def _address(document: HeldDocument, profile: Profile, form: str, base: str) -> str:
    return f"{base}{document.path(form, 'en')}?_profile={profile.token}"
