"""What crawlers ask for first: a map of the pages (https://www.sitemaps.org/protocol.html), and
where it is.
"""

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import quoteattr

from ...model import layout
from ...model.vocab import SITEMAP, XHTML
from .release_facts import Facts

#: Addresses that one file may hold.
_MOST = 50_000

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

#: Pages that stand for what is not there.
_ABSENT = re.compile("4[0-9][0-9][.]")


def sitemaps(facts: Facts, most: int = _MOST) -> Iterator[tuple[str, Iterator[str]]]:
    """The paths of the map's files and their pieces; more than `most` addresses give an index and
    its parts.
    """
    paths = _paths(facts)
    parts = [paths[start : start + most] for start in range(0, len(paths), most)]
    if len(parts) <= 1:
        yield layout.SITEMAP, _part(facts, paths)
        return
    names = [f"{layout.SITEMAPS}{number}.xml" for number in range(1, len(parts) + 1)]
    yield layout.SITEMAP, _index(facts, names)
    for name, part in zip(names, parts, strict=True):
        yield name, _part(facts, part)


def robots(facts: Facts) -> str:
    """All may read all; the map is named."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {facts.base}{layout.SITEMAP}\n"


def _paths(facts: Facts) -> Sequence[str]:
    """Every HTML page; where a resource has none, its Turtle; without either, the catalogue."""
    pages = {path for path in facts.paths if path.endswith(".html") and not _ABSENT.match(path)}
    plain = (f"{path}.ttl" for path, _ in facts.documents() if f"{path}.html" not in pages)
    return sorted([*pages, *plain]) or [f"{layout.CATALOG}.ttl"]


def _part(facts: Facts, paths: Sequence[str]) -> Iterator[str]:
    yield f'{_HEAD}<urlset xmlns="{SITEMAP}" xmlns:xhtml="{XHTML}">\n'
    for path in paths:
        yield f"  <url><loc>{facts.base}{path}</loc><lastmod>{facts.as_of}</lastmod>"
        yield from _alternates(facts, path)
        yield "</url>\n"
    yield "</urlset>\n"


def _alternates(facts: Facts, path: str) -> Iterator[str]:
    """The same page in each language."""
    stem = min((path.removesuffix(suffix) for suffix in layout.PAGE_SUFFIXES.values()), key=len)
    there = {
        tag: stem + suffix
        for tag, suffix in layout.PAGE_SUFFIXES.items()
        if stem + suffix in facts.paths
    }
    if path in there.values() and len(there) > 1:
        for tag, other in [*there.items(), ("x-default", next(iter(there.values())))]:
            href = quoteattr(facts.base + other)
            yield f'<xhtml:link rel="alternate" hreflang="{tag}" href={href}/>'


def _index(facts: Facts, names: Sequence[str]) -> Iterator[str]:
    yield f'{_HEAD}<sitemapindex xmlns="{SITEMAP}">\n'
    for name in names:
        part = f"<loc>{facts.base}{name}</loc><lastmod>{facts.as_of}</lastmod>"
        yield f"  <sitemap>{part}</sitemap>\n"
    yield "</sitemapindex>\n"
