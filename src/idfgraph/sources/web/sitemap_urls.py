"""The addresses that a sitemap lists (sitemaps.org, 0.9), or the sitemaps that an index lists: one
level, bounded.
"""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from xml.parsers.expat import ExpatError, ParserCreate

from ...model.text import N_
from .exchange import Answer, Want, unpacked
from .fetched_page import media_type
from .fetcher import retrieve
from .page_faults import Refused
from .policy import Policy, State
from .urls import PageUrl, checked

#: The most sitemaps that an index may list, and the most addresses of one sitemap.
SITEMAPS, ADDRESSES = 500, 50_000

#: How deep its elements may nest.
DEPTH = 20

_WANT = Want(
    ("application/xml", "text/xml", "text/plain", "application/gzip", "application/x-gzip"),
    20_000_000,
)
_LISTS = {"urlset url loc": "page", "sitemapindex sitemap loc": "sitemap"}


def sitemap_urls(url: str, policy: Policy, state: State, pattern: str = "*") -> tuple[str, ...]:
    """The pages of a sitemap, or of the sitemaps of an index, whose path fits a pattern such as
    `/fr/*`.

    Raises Refused or Failed for a sitemap that cannot be fetched or is none.
    """
    pages, sitemaps = _listed(url, policy, state)
    found = _fitting(pages, pattern)
    for inner in sitemaps:
        pages, deeper = _listed(inner, policy, state)
        if deeper:
            raise Refused(N_("is an index inside an index"), checked(inner).place)
        found |= _fitting(pages, pattern)
        if len(found) > ADDRESSES:
            raise Refused(
                N_("lists more than {addresses:,} pages"),
                checked(url).place,
                hint=N_("narrow the pattern"),
                addresses=ADDRESSES,
            )
    return tuple(found)


def read_sitemap(text: bytes, target: PageUrl) -> tuple[list[str], list[str]]:
    """The pages and the sitemaps that an XML text lists, in its order; Refused if it is no sitemap.

    >>> read_sitemap(b"<urlset><url><loc> http://example.org/a </loc></url></urlset>", checked("http://example.org/"))
    (['http://example.org/a'], [])
    """
    reader = _Reader(target)
    try:
        reader.parser.Parse(text, True)
    except ExpatError as error:
        raise Refused(N_("is not XML: {error}"), target.place, error=error) from error
    except (LookupError, ValueError) as error:  # an encoding that expat leaves to Python
        hint = N_("sitemaps are UTF-8")
        raise Refused(
            N_("has an encoding that is not read: {error}"), target.place, hint=hint, error=error
        ) from error
    if reader.root not in {"urlset", "sitemapindex"}:
        raise Refused(N_("is no sitemap, but <{reader}>"), target.place, reader=reader.root[:40])
    return reader.found["page"], reader.found["sitemap"]


class _Reader:
    """One pass over a sitemap; a document type, and with it every entity, is refused."""

    def __init__(self, target: PageUrl) -> None:
        self.target, self.root = target, ""
        self.found: dict[str, list[str]] = {"page": [], "sitemap": []}
        self._open: list[str] = []
        self._text: list[str] = []
        self.parser = ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text.append

    def _refuse(self, *_: object) -> None:
        raise Refused(N_("declares a document type, as no sitemap does"), self.target.place)

    def _start(self, name: str, _: object) -> None:
        self._open.append(name.rpartition(" ")[2])
        if len(self._open) > DEPTH:
            raise Refused(N_("nests deeper than {depth}"), self.target.place, depth=DEPTH)
        self.root = self.root or self._open[0]
        self._text.clear()

    def _end(self, _: str) -> None:
        kind = _LISTS.get(" ".join(self._open))
        if kind:
            self.found[kind].append("".join(self._text).strip())
            if len(self.found[kind]) > (ADDRESSES if kind == "page" else SITEMAPS):
                raise Refused(
                    N_("lists too many: more than {limit:,}"),
                    self.target.place,
                    limit=len(self.found[kind]) - 1,
                )
        self._open.pop()
        self._text.clear()


def _fitting(pages: Iterable[str], pattern: str) -> dict[str, None]:
    return dict.fromkeys(page for page in pages if fnmatchcase(_path(page), pattern))


def _listed(url: str, policy: Policy, state: State) -> tuple[list[str], list[str]]:
    answer = retrieve(url, _WANT, policy, state)
    if media_type(answer) not in _WANT.types:
        raise Refused(
            N_("is {kind}, not XML"),
            answer.target.place,
            kind=media_type(answer)[:60] or "of no named type",
        )
    return read_sitemap(_text(answer), answer.target)


def _text(answer: Answer) -> bytes:
    """The XML of an answer, unpacked if it is a file that gzip packed."""
    if not answer.body.startswith(b"\x1f\x8b"):
        return answer.body
    return unpacked(iter([answer.body]), _WANT.limit, answer.target)


def _path(url: str) -> str:
    """The path of an address; of one that cannot be asked, itself, so that it is told rather than
    dropped.
    """
    try:
        return checked(url).path
    except Refused:
        return url
