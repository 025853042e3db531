"""One language's way to name and link things: resources, properties, classes, codes."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from posixpath import commonprefix
from typing import NamedTuple

from markupsafe import Markup

from ...model import iris
from ...model.findings import severity_name
from ...model.labels import CLASSES, LABELLED, PROPERTIES, PROVISIONAL_NAME
from ...model.layout import PAGE_SUFFIXES
from ...model.names import folded
from ...model.provisional_codes import is_provisional
from ...model.text import Texts, capitalized, chosen, decimal, gettext, texts, translations
from ...system.memo import Memo
from .content import Catalogue, Site
from .markup import NOTHING, escape, escaped, link, made, outward, quoted, shown, text, visible
from .ontology import OntologyTerm

#: What all addresses of the web begin with, cut off where one is only to be read.
_SCHEMES = ("https://", "http://")


class Lexicon(NamedTuple):
    """What names things in every language: the site, its catalogue, the terms of the ontology."""

    site: Site
    catalogue: Catalogue
    terms: Mapping[str, OntologyTerm]

    def labels(self, name: str, others: Mapping[str, str]) -> Texts:
        """The labels of a class or property by its key: ours has them in the ontology, one of
        `others` among these, any other none but its key.
        """
        own = self.terms.get(name)
        if own and own.labels:
            return own.labels
        return texts(others[name]) if name in others else {"": name}

    def code(self, key: str, value: str) -> str:
        """The compact IRI that a value of a key stands for; empty where it is only text."""
        term = self.site.setting.mapper.terms.properties.get(key)
        if term is None or term.kind not in {"iri", "code"}:
            return ""
        return f"{term.prefix}{value}" if term.kind == "code" else value


class PageVoice:
    """A language's names and links, as seen from a page in a folder of the release (empty: its
    root); `up` leads from there to the root; `written` is what recurs on its pages, by what it is
    made of.
    """

    def __init__(self, lexicon: Lexicon, language: str, folder: str) -> None:
        self.lexicon, self.language, self.folder = lexicon, language, folder
        self.up = "../" * (folder.count("/") + 1) if folder else ""
        self.suffix = PAGE_SUFFIXES[language]
        self.resource = lru_cache(4096)(self._resource)
        self.name = lru_cache(4096)(self._name)
        self.label = lru_cache(512)(lambda key: self.own(lexicon.labels(key, PROPERTIES)))
        self.property = lru_cache(512)(lambda key: self._term(key, PROPERTIES))
        self.kind = lru_cache(64)(lambda name: self._term(name, CLASSES))
        self._document = lru_cache(1024)(self._document_of)
        self._message = cache(lambda message: escape(gettext(message, language)))
        self.written = Memo[object, Markup]()
        self.ngettext = lru_cache(256)(self._ngettext)
        self.colon = gettext(LABELLED, language, label="", value="")
        self._characters = gettext("characters {span}", language)
        self.under = lru_cache(1024)(self._under)

    def gettext(self, message: str, **values: object) -> Markup:
        """A message of the pages themselves, with values in its {places}; what is no markup is
        escaped.
        """
        shown = {name: escaped(value) for name, value in values.items()}
        return made(self._message(message).format_map(shown))

    def characters(self, span: str) -> str:
        """What a place among the characters of a page is called."""
        return self._characters.format(span=span)

    def labelled(self, label: Markup, value: Markup) -> Markup:
        """A value after its label."""
        return self.gettext(LABELLED, label=label, value=value)

    def badge(self, severity: str) -> str:
        """What a severity (a local name of SHACL) is called where it stands first."""
        return capitalized(severity_name(severity, self.language))

    def text(self, said: Texts) -> Markup:
        """A text in this language, or else another, marked as such."""
        return text(*chosen(said, self.language))

    def place(self, resource: str) -> tuple[str, str]:
        """Where a resource stands among others that are listed by name."""
        return folded(self.name(resource)[0]), resource

    def other_names(self, resource: str) -> Sequence[str]:
        """The other names of a resource in this language."""
        return self.lexicon.catalogue.others.get(resource, {}).get(self.language, ())

    def address(self, resource: str) -> str:
        """The address of a resource's page, or of the place of a part on it, relative; empty for
        what has no page.
        """
        whole, hash_, fragment = resource.partition("#")
        page = self._document(whole)
        return f"{page}{hash_}{fragment}" if page else ""

    def list_address(self, name: str) -> str:
        """The address of a list's first page, relative."""
        return f"{self.up}lists/{name}{self.suffix}"

    def with_id(self, resource: str, name: Markup = NOTHING) -> Markup:
        """The name of a resource, linked to its page, or another name of it, and its id."""
        said, id_ = name or self.resource(resource), escape(resource.partition(":")[2])
        return made(f'{said} <span class="small"><bdi>{id_}</bdi></span>')

    def listed(self, name: str, list_: str) -> Markup:
        """The label of a class, linked to the list of its resources."""
        said, other = chosen(shown(self.lexicon.labels(name, CLASSES)), self.language)
        return link(self.list_address(list_), said, other)

    def code(self, key: str, value: str) -> str:
        """The compact IRI that a value of a key stands for; empty where it is only text."""
        return self.lexicon.code(key, value)

    def plain(self, key: str, value: str) -> Markup:
        """A value that links nowhere; an amount, a yes and a day as this language writes them."""
        if key == "deprecated" and value == "true":
            return self.gettext("yes")
        if key == "invalidatedAtTime":
            return text(value.removesuffix("T00:00:00Z"))
        return text(decimal(value, self.language) if key in {"value", "count"} else value)

    def own(self, said: Texts) -> str:
        """A text in this language, or else another, without markup."""
        return visible(chosen(said, self.language)[0])

    def iri(self, resource: str) -> str:
        """The full IRI of a compact one."""
        prefix, _, rest = resource.partition(":")
        base = self.lexicon.site.setting.words.prefixes.get(prefix)
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
            for name, base in self.lexicon.site.setting.words.prefixes.items()
            if iri.startswith(base)
        )
        return min(found, key=len, default=self.site_address(iri))

    def _name(self, resource: str) -> tuple[str, str]:
        """The name of a resource, and its language where it is another; a provisional code has a
        mark behind it.
        """
        names = self.lexicon.catalogue.names.get(iris.resource_of(resource))
        said, other = chosen(names, self.language) if names else (visible(resource), "")
        marked = is_provisional(resource)
        return (gettext(PROVISIONAL_NAME, self.language, name=said) if marked else said), other

    def _under(self, label: str, language: str) -> tuple[Markup, Markup]:
        """What stands before and behind words that a page prints under a label."""
        words = self.gettext("{words} under {label}", words="\0", label=quoted(label, language))
        before, _, behind = words.partition("\0")
        return before, behind

    def _ngettext(self, one: str, many: str, number: int) -> str:
        """A message for so many things, which it says as they are shown."""
        said = translations(self.language).ngettext(one, many, number)
        return said % {"shown": decimal(str(number), self.language)}

    def _document_of(self, resource: str) -> str:
        path = iris.document(resource) if resource in self.lexicon.catalogue.names else None
        return f"{_relative(path, self.folder)}{self.suffix}" if path else ""

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

    def _term(self, name: str, others: Mapping[str, str]) -> Markup:
        """The label of a class or property, linked to what is said of it if it is one of ours."""
        said, other = chosen(shown(self.lexicon.labels(name, others)), self.language)
        if name in self.lexicon.terms:
            return link(f"{self.up}def{self.suffix}#{name}", said, other)
        return text(said, other)


def _relative(path: str, folder: str) -> str:
    """The address of a file of the release, as seen from a folder of it (empty: its root)."""
    there, here = path.split("/"), folder.split("/") if folder else []
    same = len(commonprefix([there, here]))
    return "/".join([*[".."] * (len(here) - same), *there[same:]])
