"""The forms of answers: what clients call them, and which of them a client wants."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from ..preferences import chosen

#: Media type -> form, the one preferred first: of rows, of a yes or no, of a graph. Some are older
#: or more general names, by which clients ask, too.
_ROWS: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
_TRUTH: Mapping[str, str] = {
    name: form for name, form in _ROWS.items() if form not in ("csv", "tsv")
}
_GRAPHS: Mapping[str, str] = {
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/n-triples": "nt",
    "application/n-quads": "nq",
    "application/trig": "trig",
    "application/json": "jsonld",
    "application/x-turtle": "ttl",
    "text/n3": "ttl",
    "text/plain": "nt",
}
KINDS: Mapping[str, Mapping[str, str]] = {"rows": _ROWS, "truth": _TRUTH, "graph": _GRAPHS}

#: The page for people, which is another resource.
_PAGE: Mapping[str, str] = {"text/html": "html"}

#: What the parameter `format` says, beside suffixes and media types -> the forms that it means.
_WORDS: Mapping[str, tuple[str, ...]] = {
    "json": ("json", "jsonld"),
    "json-ld": ("jsonld",),
    "n3": ("ttl",),
    "turtle": ("ttl",),
    "n-triples": ("nt",),
    "ntriples": ("nt",),
    "n-quads": ("nq",),
    "nquads": ("nq",),
    "tab-separated-values": ("tsv",),
    **{form: (form,) for forms in KINDS.values() for form in forms.values() if form != "json"},
    **{name: (form,) for forms in KINDS.values() for name, form in forms.items()},
    "application/json": ("json", "jsonld"),
}

#: Kind -> what a client of ours may be sent, first names only, for errors.
OFFERS: Mapping[str, str] = {
    kind: ", ".join(name for name in forms if not name.startswith(("application/x", "text/xml")))
    for kind, forms in KINDS.items()
}

#: How many wishes are remembered, and how long one may be that is.
_KEPT, _LONGEST = 512, 512


class WantedForms(NamedTuple):
    """The media type of an answer of each kind; None where the client takes none that there is, and
    `text/html` for who would rather have a page.
    """

    rows: str | None
    truth: str | None
    graph: str | None

    @property
    def is_page(self) -> bool:
        """Whether the client would rather have a page, whatever comes."""
        return all(name in _PAGE for name in self)

    def form(self, kind: str) -> str | None:
        """The form of an answer of a kind.

        >>> WantedForms("text/csv", None, "text/turtle").form("rows")
        'csv'
        """
        return KINDS[kind].get(dict(zip(self._fields, self, strict=True))[kind] or "")

    def media_type(self, form: str) -> str:
        """The media type of an answer that has come in a form.

        >>> WantedForms("application/json", "application/json", "text/turtle").media_type("json")
        'application/json'
        """
        return next(
            name
            for name, forms in zip(self, KINDS.values(), strict=True)
            if name and forms.get(name) == form
        )


def wanted(accept: str | None, named: str | None, *, pages: bool) -> WantedForms | None:
    """What a client wants, as it says with Accept or names in a parameter, which counts more; None
    for a name that no form has.

    >>> wanted("text/html, */*;q=0.1", None, pages=False).rows
    'application/sparql-results+json'
    >>> wanted("text/html, */*;q=0.1", "csv", pages=True)[::2]
    ('text/csv', 'text/turtle')
    """
    is_short = len(accept or "") + len(named or "") <= _LONGEST
    return (_known if is_short else _wanted)(accept, named, pages)


def _wanted(accept: str | None, named: str | None, pages: bool) -> WantedForms | None:
    own = _WORDS.get(named.strip().lower()) if named else ()
    if own is None:
        return None
    return WantedForms(*(_one(accept, own, forms, pages=pages) for forms in KINDS.values()))


#: What was wanted before is wanted again, in the same few words.
_known = lru_cache(_KEPT)(_wanted)


def _one(
    accept: str | None, own: tuple[str, ...], forms: Mapping[str, str], *, pages: bool
) -> str | None:
    """The media type of one kind: of a form that is named, if this kind has it."""
    for name, form in forms.items():
        if form in own:
            return name
    return chosen(accept, (*forms, *(_PAGE if pages and not own else ())))


def described(accept: str | None, named: str | None) -> str | None:
    """The media type of a description, which is a graph or a page."""
    found = wanted(accept, named, pages=True)
    return found.graph if found else None
