"""One language's way to name and link things: resources, properties, classes, codes."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from ...model import iris
from .content import Catalogue, Site
from .markup import link, outward, shown, text, visible
from .ontology import OntologyTerm
from .words import SUFFIXES, PageWords, Texts, chosen, number

#: What all addresses of the web begin with, cut off where one is only to be read.
_SCHEMES = ("https://", "http://")


class Lexicon(NamedTuple):
    """What names things in every language: the site, its catalogue, the words of pages, the terms
    of the ontology.
    """

    site: Site
    catalogue: Catalogue
    words: PageWords
    terms: Mapping[str, OntologyTerm]

    def property_texts(self, key: str) -> Texts:
        """The labels of a property by the key of nodes; the key itself where it has none."""
        term = self.terms.get(key)
        return term.labels if term and term.labels else self.words.properties.get(key, {"": key})

    def class_texts(self, name: str) -> Texts:
        """The labels of a class by its key."""
        term = self.terms.get(name)
        return term.labels if term and term.labels else self.words.classes.get(name, {"": name})


class PageVoice:
    """A language's names and links, as seen from a page that stands `up` ("../" each) under the
    root of the release.
    """

    def __init__(self, lexicon: Lexicon, language: str, up: str) -> None:
        self.lexicon, self.language, self.up = lexicon, language, up
        self.suffix = SUFFIXES[language]
        self.resource = lru_cache(4096)(self._resource)
        self.property = lru_cache(512)(self._property)
        self.kind = lru_cache(64)(self._kind)
        self.outside = lru_cache(64)(self._outside)
        self._document = lru_cache(1024)(self._document_of)
        self._words = {
            key: escape(chosen(texts, language)[0]) for key, texts in lexicon.words.ui.items()
        }

    def word(self, key: str) -> Markup:
        """A word of the pages themselves."""
        return self._words.get(key, Markup())

    def text(self, texts: Texts) -> Markup:
        """A text in this language, or else another, marked as such."""
        said, other = chosen(texts, self.language)
        return text(said, other)

    def name(self, resource: str) -> tuple[str, str]:
        """The name of a resource, and its language where it is another."""
        names = self.lexicon.catalogue.names.get(iris.resource_of(resource))
        return chosen(names, self.language) if names else (resource, "")

    def address(self, resource: str) -> str:
        """The address of a resource's page, or of the place of a part on it, relative; empty for
        what has no page.
        """
        whole, hash_, fragment = resource.partition("#")
        page = self._document(whole)
        return f"{page}{hash_}{fragment}" if page else ""

    def code(self, key: str, value: str) -> str:
        """The compact IRI that a value of a key stands for; empty where it is only text."""
        term = self.lexicon.site.terms.get(key)
        if term is None or term.kind not in {"iri", "code"}:
            return ""
        return f"{term.prefix}{value}" if term.kind == "code" else value

    def plain(self, key: str, value: str) -> Markup:
        """A value that links nowhere; an amount, a yes and a day as this language writes them."""
        if key == "deprecated" and value == "true":
            return self.word("yes")
        if key == "invalidatedAtTime":
            return text(value.removesuffix("T00:00:00Z"))
        return text(number(value, self.language) if key in {"value", "count"} else value)

    def iri(self, resource: str) -> str:
        """The full IRI of a compact one."""
        prefix, _, rest = resource.partition(":")
        base = self.lexicon.site.prefixes.get(prefix)
        return base + rest if base and not rest.startswith("//") else resource

    def site_address(self, iri: str) -> str:
        """The name of an address of the web, without what all have."""
        return next(
            (iri.removeprefix(scheme) for scheme in _SCHEMES if iri.startswith(scheme)), iri
        )

    def short(self, iri: str) -> str:
        """The name of a term of others with its prefix, or its address where there is none."""
        found = (
            f"{name}:{iri[len(base) :]}"
            for name, base in self.lexicon.site.prefixes.items()
            if iri.startswith(base)
        )
        return min(found, key=len, default=self.site_address(iri))

    def _document_of(self, resource: str) -> str:
        path = iris.document(resource) if resource in self.lexicon.catalogue.names else None
        return f"{self.up}{path}{self.suffix}" if path else ""

    def _outside(self, address: str) -> Markup:
        """A link to an address of the web, named without what all have."""
        return outward(address, self.site_address(address))

    def _resource(self, resource: str) -> Markup:
        """The name of a resource, linked to its page, to a file of the release, or to the web."""
        said, other = self.name(resource)
        if href := self.address(resource):
            return link(href, self.site_address(said), other)
        iri = visible(self.iri(resource))
        if resource.startswith("page:"):
            return link(
                f"{self.up}pages/{resource.removeprefix('page:')}", resource.removeprefix("page:")
            )
        named = resource in self.lexicon.catalogue.names
        return outward(iri, said if named else self.site_address(iri), other)

    def _property(self, key: str) -> Markup:
        """The label of a property, linked to what is said of it."""
        said, other = chosen(shown(self.lexicon.property_texts(key)), self.language)
        if key in self.lexicon.terms:
            return link(f"{self.up}def{self.suffix}#{key}", said, other)
        return text(said, other)

    def _kind(self, name: str) -> Markup:
        said, other = chosen(shown(self.lexicon.class_texts(name)), self.language)
        if name in self.lexicon.terms:
            return link(f"{self.up}def{self.suffix}#{name}", said, other)
        return text(said, other)
