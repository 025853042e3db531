"""All pages of a release in three languages: documents, what leads to them, what their words mean,
their rights.
"""

import base64
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from ...model.layout import ONTOLOGY, SHAPES
from ...model.vocab import APACHE
from .content import Catalogue, PageDocument, Site
from .document import view
from .edition import Edition
from .indexes import write_release
from .lists import write_lists
from .markup import data_block, outward, shown
from .ontology import read_ontology, read_rules
from .vocabulary_page import grouped, told
from .voice import Lexicon
from .words import SUFFIXES, words

#: Takes the path of a file in the release and its pieces.
Write = Callable[[str, Sequence[str]], None]

#: A link for the head of a page: its relation, its address (relative, or of the web), its media
#: type or nothing.
Link = tuple[str, str, str]

_STYLE = (
    ":root{color-scheme:light dark;background:Canvas;color:CanvasText}"
    "main{max-width:40rem;margin:2rem auto;padding:0 1rem;font:1.1rem/1.5 system-ui,sans-serif}"
)


class _Heads(NamedTuple):
    """What the heads of pages tell machines."""

    markup: Callable[[str, str], str]
    links: Callable[[str, str], Sequence[Link]]

    def values(self, resource: str, language: str) -> dict[str, Any]:
        """What is told of a resource, as values of a template."""
        return {
            "markup": data_block(self.markup(resource, language)),
            "links": self.links(resource, language),
        }


def _no_markup(_: str, __: str) -> str:
    """Says nothing to machines."""
    return ""


def _no_links(_: str, __: str) -> Sequence[Link]:
    """Links to nothing."""
    return ()


class Pages:
    """The pages of a release in all languages, each handed to a writer as it is made."""

    def __init__(
        self,
        write: Write,
        catalogue: Catalogue,
        site: Site,
        markup: Callable[[str, str], str] = _no_markup,
        links: Callable[[str, str], Sequence[Link]] = _no_links,
    ) -> None:
        """`markup` gives JSON-LD text for a resource (empty: for the contents) and a language,
        `links` more links.
        """
        self._write, self._catalogue, self._site = write, catalogue, site
        self._ontology = read_ontology(site.ontology)
        lexicon = Lexicon(site, catalogue, words(), {word.name: word for word in self._ontology})
        self._editions, self._heads = (
            [Edition(lexicon, language, write) for language in SUFFIXES],
            _Heads(markup, links),
        )

    def write_document(self, document: PageDocument) -> None:
        """Writes the pages of a resource."""
        nodes = shown(document.nodes)
        for edition in self._editions:
            voice = edition.voice(document.path)
            edition.write(
                document.path,
                "document.html",
                view=view(voice, document.resource, nodes),
                file=document.path.rpartition("/")[2],
                iri=voice.iri(document.resource),
                **self._heads.values(document.resource, edition.language),
            )

    def write_others(self) -> None:
        """Writes the pages that lead to those of resources, and those that explain them."""
        rules = [(name, read_rules(text)) for name, text in sorted(self._site.shapes.items())]
        for edition in self._editions:
            write_release(edition, self._catalogue, self._heads.values("", edition.language))
            write_lists(edition, self._catalogue)
            edition.write(ONTOLOGY, "vocabulary.html", sections=told(edition, self._ontology))
            edition.write(f"{SHAPES}index", "rules.html", groups=grouped(edition, rules))
            edition.write("rights", "rights.html", licence=outward(APACHE))
        self._write("style.css", [Path(__file__).with_name("style.css").read_text("utf-8")])
        for code, what in (("404", "absent"), ("410", "gone")):
            self._write(f"{code}.html", [_nowhere(self._editions, code, what)])


def _nowhere(editions: Sequence[Edition], code: str, what: str) -> str:
    """A page that may stand at any address: its style is inside, its links are whole, all languages
    are on it.
    """
    digest = base64.b64encode(sha256(_STYLE.encode()).digest()).decode()
    style = Markup(_STYLE)  # noqa: S704 - a constant
    said = [_told(edition, what) for edition in editions]
    return editions[0].render("nowhere.html", code=code, style_hash=digest, style=style, said=said)


def _told(edition: Edition, what: str) -> tuple[str, ...]:
    """A language, what there is not and why, and the contents with their whole address."""
    voice = edition.voice("")
    address = f"{edition.lexicon.site.base}index{edition.suffix}"
    return edition.language, *map(voice.word, (what, f"{what}-why", "home")), address
