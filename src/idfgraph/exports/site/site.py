"""All pages of a release in three languages: documents, what leads to them, what their words mean,
their rights.
"""

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from ...graph.lines import Document
from ...model.layout import ONTOLOGY, PROFILE, SHAPES
from ...model.nodes import Node, id_of
from ...model.text import LANGUAGES, N_, Texts, gettext
from ...model.vocab import APACHE
from ..profile import profile_classes
from .ask_here import DESK_SCRIPTS, Tell, answers_here, write_desk
from .content import Catalogue, Site
from .document import view
from .edition import Edition
from .frame import DOCUMENT_FORMS
from .indexes import write_lists, write_release
from .markup import data_block, head_link, joined, outward
from .narratives import WordIndex, texts_data, words_data
from .ontology import read_ontology, read_rules
from .page_voice import Lexicon
from .profile_page import profile_view
from .shown_document import shown_document
from .vocabulary_page import rule_groups, term_sections

#: Takes the path of a file in the release and its pieces.
Write = Callable[[str, Sequence[str]], None]

#: The scripts that find projects and save what they show.
_SCRIPTS = ("narratives.js", "list.js", "things.js", "csv.js")

#: The relation of a page to the documents of what it shows.
_OWN = "alternate describedby"

#: A link for the head of a page: its relation, its address (relative, or of the web), its media
#: type or nothing.
Link = tuple[str, str, str]

_STYLE = (
    ":root{color-scheme:light dark;background:Canvas;color:CanvasText}"
    "main{max-width:40rem;margin:2rem auto;padding:0 1rem;font:1.1rem/1.5 system-ui,sans-serif}"
)

#: The pages that stand for what is not there: their HTTP status, what there is not, and why.
_NOWHERE = (
    ("404", N_("There is nothing at this address"), N_("Perhaps the address is mistyped.")),
    ("410", N_("What was at this address was withdrawn"), ""),
)
_SAYS_WHY = {
    True: N_("Its Turtle and JSON-LD files say when and why."),
    False: N_("The file tombstones.json says when and why."),
}
_CONTENTS = N_("Contents")


class _Heads(NamedTuple):
    """What the heads of pages tell machines."""

    markup: Callable[[Node | None, str], str]
    links: Callable[[str, str], Sequence[Link]]

    def of_contents(self, language: str) -> Mapping[str, object]:
        """What is told of the page that leads to all others, as values of a template."""
        return {"markup": self.data(None, language), "links": self.links("", language)}

    def data(self, node: Node | None, language: str) -> Markup:
        """The JSON-LD of what a node tells of; none: of all."""
        return data_block(self.markup(node, language))


def _no_markup(_: Node | None, __: str) -> str:
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
        markup: Callable[[Node | None, str], str] = _no_markup,
        links: Callable[[str, str], Sequence[Link]] = _no_links,
    ) -> None:
        """`markup` gives JSON-LD text for a node (none: for the contents) and a language,
        `links` more links.
        """
        self._write, self._catalogue, self._site = write, catalogue, site
        self._ontology = read_ontology(site.setting.words.ontology)
        terms = {term.name: term for term in self._ontology}
        self._lexicon = Lexicon(site, catalogue, terms)
        self._editions = [Edition(self._lexicon, language, write) for language in LANGUAGES]
        self._heads = _Heads(markup, links)
        self._forms = DOCUMENT_FORMS if site.documents else ()

    def write_document(self, document: Document) -> None:
        """Writes the pages of a resource."""
        own = next((node for node in document.nodes if id_of(node) == document.resource), {})
        told, head = shown_document(document, self._lexicon), self._head(document)
        for edition in self._editions:
            voice, language = edition.voice(document.path), edition.language
            edition.write(
                document.path,
                "document.html",
                view=view(voice, told),
                iri=voice.iri(document.resource),
                head=head,
                markup=self._heads.data(own, language),
                forms=self._forms,
            )

    def _head(self, document: Document) -> Markup:
        """What the heads of a resource's pages tell machines, the same in each language; its
        documents stand there once.
        """
        name, language = document.path.rpartition("/")[2], self._editions[0].language
        own = (head_link(_OWN, f"{name}.{form}", type_) for form, type_, _ in self._forms)
        links = self._heads.links(document.resource, language)
        others = (head_link(*link) for link in links if link[0] != "describedby")
        return joined(*own, *others, by="\n")

    def write_others(
        self, tell: Tell | None = None, narratives: Iterable[tuple[str, Texts]] = ()
    ) -> None:
        """Writes the pages that lead to those of resources, and those that explain them; `tell`
        answers the questions, `narratives` are those of projects.
        """
        firsts = self._write_narratives(narratives) if self._site.scripts else ()
        shapes = sorted(self._site.setting.words.shapes.items())
        rules = [(name, read_rules(text)) for name, text in shapes]
        setting = self._site.setting
        profile = profile_classes(setting.words, setting.mapper, setting.base)
        once = cache(tell) if tell else None
        for edition in self._editions:
            write_release(edition, self._catalogue, self._heads.of_contents(edition.language))
            write_lists(edition, self._catalogue, firsts)
            write_desk(edition, once)
            sections = term_sections(edition, self._ontology)
            edition.write(ONTOLOGY, "vocabulary.html", sections=sections)
            edition.write(PROFILE, "profile.html", profile=profile_view(edition, profile))
            edition.write(f"{SHAPES}index", "rules.html", groups=rule_groups(edition, rules))
            edition.write("rights", "rights.html", licence=outward(APACHE))
        scripts = _SCRIPTS if self._site.scripts else ()
        desk = DESK_SCRIPTS if answers_here(self._site) else ()
        for name in ("style.css", "icon.svg", *scripts, *desk):
            self._write(name, [Path(__file__).with_name(name).read_text("utf-8")])
        self._write_maps()
        for code, what, why in _NOWHERE:
            said = why or _SAYS_WHY[self._site.documents]
            self._write(f"{code}.html", [_nowhere(self._editions, code, what, said)])

    def _write_narratives(self, narratives: Iterable[tuple[str, Texts]]) -> Sequence[str]:
        """Writes what narratives are found by, and their texts; gives the first words of parts."""
        places = {one.id: at for at, one in enumerate(self._site.overview.all.projects)}
        words = WordIndex()
        for project, texts in ((one, texts) for one, texts in narratives if one in places):
            words.add(places[project], texts.values())
            id_ = project.partition(":")[2]
            self._write(f"lists/texts/{id_}.js", [texts_data(id_, texts)])
        parts = words.parts()
        for number, part in enumerate(parts):
            self._write(f"lists/words-{number}.js", [words_data(number, part)])
        return [part.first for part in parts]

    def _write_maps(self) -> None:
        """Writes the pictures that maps are laid of: the land, and each state with a page."""
        outlines, edition = self._site.outlines, self._editions[0]
        states = {one: outlines.of(one) for one in self._catalogue.lists["states"]}
        pictures = {"land": None, **{one: found for one, found in states.items() if found}}
        for name, state in pictures.items() if outlines.states else ():
            path = f"map/{name.removeprefix('st:')}.svg"
            edition.write_file(path, "picture.svg", outlines=outlines, state=state)


def _nowhere(editions: Sequence[Edition], code: str, what: str, why: str) -> str:
    """A page that may stand at any address: its style is inside, its links are whole, all languages
    are on it.
    """
    digest = base64.b64encode(sha256(_STYLE.encode()).digest()).decode()
    style = Markup(_STYLE)  # noqa: S704 - a constant
    sections = [
        (
            edition.language,
            *(gettext(message, edition.language) for message in (what, why, _CONTENTS)),
            f"{edition.site.setting.base}index{edition.suffix}",
        )
        for edition in editions
    ]
    return editions[0].render(
        "nowhere.html", code=code, style_hash=digest, style=style, sections=sections
    )
