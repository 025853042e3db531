"""Typed links of a document, as the `Link` header tells them (https://signposting.org/FAIR/)."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from ...model.formats import DOCUMENTS, LINKSET_TYPE
from ...model.layout import CATALOG, DOWNLOADS, LINKSET
from ...model.vocab import ABOUT_PAGE, DCAT
from .asked_paths import Addresses
from .file_kinds import media_type
from .inventory import HeldDocument
from .profiles import ALL, FULL, Profile, offered

#: The relations of pages that are told, and of these those whose targets are names, not addresses.
_TOLD = (
    "cite-as", "describedby", "type", "collection", "item", "license", "author", "linkset",
)  # fmt: skip
_NAMES = ("cite-as", "type")

_LINK = re.compile(r'<link rel="([a-z-]+)" href="([^"]*)"(?: type="([^"]*)")?>')


class SignedLink(NamedTuple):
    """A typed link: its relation, its target, and what is told of that."""

    rel: str
    target: str
    more: str = ""

    def __str__(self) -> str:
        return f'<{self.target}>; rel="{self.rel}"{self.more}'


def links_of_page(page: str) -> list[SignedLink]:
    """The typed links that a page has itself.

    >>> links_of_page('<link rel="license" href="https://example.org/rights">')
    [SignedLink(rel='license', target='https://example.org/rights', more='')]
    """
    head = page.partition("<body")[0]
    return [
        SignedLink(rel, unescape(target), f'; type="{kind}"' if kind else "")
        for rel, target, kind in _LINK.findall(head)
        if rel in _TOLD
    ]


def links_of(
    document: HeldDocument | None,
    file: str,
    own: list[SignedLink],
    addresses: Addresses,
    landing: str,
) -> list[SignedLink]:
    """The typed links of a document, or of a file that is none: those that its page has itself, and
    those that all have; `landing` is what leads to all others.
    """
    has = {link.rel for link in own}
    if "item" in has:
        has.add("collection")
    base = addresses.base
    about = _described(document, base) if document else _downloaded(file, base)
    usual = [*about, *_shared(base, landing)]
    links = [*own, *(link for link in usual if link.rel not in has)]
    return sorted(links, key=lambda link: _TOLD.index(link.rel))


def alternates(document: HeldDocument, addresses: Addresses, path: str) -> Iterator[SignedLink]:
    """The other forms of a document, as seen from a path: pages by language, and profiles."""
    for form in document.forms:
        if form == "html":
            for language, page in document.pages.items():
                more = f'; type="text/html"; hreflang="{language}"'
                yield SignedLink("alternate", addresses.reference(page, path), more)
        else:
            target = addresses.reference(document.path(form, ""), path)
            yield SignedLink("alternate", target, f'; type="{media_type(form)}"')
    for profile in offered(document):
        if profile not in (FULL, ALL):
            yield SignedLink("alternate", *_in_profile(document, profile, addresses, path))


def shown(links: list[SignedLink], addresses: Addresses, path: str) -> str:
    """Links as a header, as seen from a path."""
    return ", ".join(
        str(link)
        if link.rel in _NAMES
        else str(link._replace(target=addresses.short(link.target, path)))
        for link in links
    )


def _in_profile(
    document: HeldDocument, profile: Profile, addresses: Addresses, path: str
) -> tuple[str, str]:
    form = profile.forms[0]
    target = addresses.reference(f"{document.stem}.{form}?_profile={profile.token}", path)
    return target, f'; type="{media_type(form)}"; formats="{profile.iri(addresses.base)}"'


def _described(document: HeldDocument, base: str) -> Iterator[SignedLink]:
    yield SignedLink("cite-as", f"{base}{document.stem}")
    for form in DOCUMENTS:
        if path := document.files.get(form):
            yield SignedLink("describedby", f"{base}{path}", f'; type="{media_type(form)}"')
    yield SignedLink("type", ABOUT_PAGE)


def _downloaded(file: str, base: str) -> Iterator[SignedLink]:
    if file.startswith(DOWNLOADS):
        yield SignedLink("type", f"{DCAT}Distribution")
    catalogue = SignedLink("describedby", f"{base}{CATALOG}.ttl", f'; type="{media_type("ttl")}"')
    yield catalogue


def _shared(base: str, landing: str) -> Iterator[SignedLink]:
    yield SignedLink("collection", f"{base}{landing}")
    yield SignedLink("license", f"{base}rights")
    yield SignedLink("author", f"{base}{CATALOG}#publisher")
    yield SignedLink("linkset", f"{base}{LINKSET}", f'; type="{LINKSET_TYPE}"')
