"""Terms of an answer as people read them: named in their language, and linked to their pages."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from urllib.parse import quote

from ...model.iris import FOLDERS, document
from ...model.labels import COLUMNS
from ...model.layout import ONTOLOGY, PAGE_SUFFIXES
from ...model.text import Texts, capitalized, chosen, decimal, gettext
from ...model.visible import shielded
from ...model.vocab import DCT, RDFS, SKOS, XSD
from ...query.results import Rows, ShownTerm
from .ask_page import AskCell

#: How many characters of a term are shown.
_LONGEST = 2_000

#: Names of one page are asked for so many resources at most; each has so many names.
_NAMED = 1_000
NAMES = _NAMED * 12

#: Numbers that a language writes in its own way; years are no such numbers.
_COUNTED = frozenset(f"{XSD}{name}" for name in ("integer", "decimal"))
_NUMBERS = _COUNTED | {f"{XSD}double", f"{XSD}float", f"{XSD}gYear"}

_WEB = re.compile(r"https?://[A-Za-z0-9]")
_KEPT = "/:=&?~#+!$,;'@()*%"

#: Prefix of things of a kind -> where they stand under the base.
_PLACES = {prefix: folder.removeprefix("doc/") for prefix, folder in FOLDERS.items()}
_THINGS = {
    **{(place if place == "code" else f"id/{place}"): prefix for prefix, place in _PLACES.items()},
    **{folder: prefix for prefix, folder in FOLDERS.items()},
    "graph/source": "src",
}

#: Folders of the IRIs of things and of documents -> those of documents.
PLACES: Mapping[str, str] = {place: FOLDERS[prefix] for place, prefix in _THINGS.items()}

#: What can stand behind the base of an IRI of ours.
_OURS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~/-]*(?:#[A-Za-z0-9._~-]*)?")


class Reader:
    """Whom terms are shown to: a language, the base that tells what is ours, the names of that, and
    the way from the page to the root of the release.
    """

    def __init__(self, language: str, base: str, names: Mapping[str, Texts], up: str = "") -> None:
        self.language, self._base, self._names, self._up = language, base, names, up

    def heads(self, columns: Sequence[str]) -> list[str]:
        """What the columns of an answer are called; one whose variable says nothing to us as it
        is.

        >>> Reader("fr", "http://e/", {}).heads(["withBudget", "x"])
        ['Avec un budget', 'x']
        """
        words = column_names(self.language)
        return [words.get(one, one) for one in columns]

    def row(self, terms: Sequence[ShownTerm | None]) -> list[AskCell | None]:
        """The cells of a row; what a name beside it says already is not said again."""
        said = {term.value for term in terms if term and term.kind != "uri"}
        return [self._cell(term, said) if term else None for term in terms]

    def _cell(self, term: ShownTerm, said: set[str]) -> AskCell:
        if term.kind == "uri":
            return self._resource(term.value, said)
        words = shielded(term.value)
        cut = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
        if term.datatype in _COUNTED:
            cut = decimal(cut, self.language)
        other = "" if term.language == self.language else term.language
        return AskCell(cut, language=other, is_number=term.datatype in _NUMBERS)

    def _resource(self, iri: str, said: set[str]) -> AskCell:
        href = self._address(iri)
        short = shielded(iri.removeprefix(self._base)) if href else shielded(iri)
        named, language = chosen(self._names.get(iri, {}), self.language)
        own = short.rpartition("/")[2] if href else short
        if not named or named in said:
            return AskCell(own, href or _outside(iri))
        return AskCell(shielded(named), href or _outside(iri), own, language)

    def _address(self, iri: str) -> str:
        """The address of the page of what is ours; empty for what has none.

        >>> Reader("fr", "http://e/", {})._address("http://e/id/project/V47-805#budget")
        'doc/project/V47-805.fr.html#budget'
        """
        rest = iri.removeprefix(self._base)
        if rest == iri or not _OURS.fullmatch(rest) or ".." in rest:
            return ""
        whole, hash_, fragment = rest.partition("#")
        place, _, slug = whole.rpartition("/")
        path = document(f"{_THINGS[place]}:{slug}") if place in _THINGS else None
        if path or whole == ONTOLOGY:
            whole = f"{path or whole}{PAGE_SUFFIXES[self.language]}"
        return f"{self._up}{whole}{hash_}{fragment}"


@cache
def column_names(language: str) -> Mapping[str, str]:
    """Variable of a question that ships -> the head of its column."""
    return {name: capitalized(gettext(words, language)) for name, words in COLUMNS.items()}


def resource(prefix: str, slug: str, base: str) -> str:
    """The IRI of a thing of ours.

    >>> resource("st", "MDA", "http://e/")
    'http://e/id/state/MDA'
    """
    place = _PLACES[prefix]
    return f"{base}{place if place == 'code' else f'id/{place}'}/{slug}"


def names_query(iris: Sequence[str], base: str) -> str:
    """The query for the names of the resources among some that are ours; empty where none is.

    >>> names_query(["http://other/"], "http://e/")
    ''
    """
    ours = [iri for iri in iris if iri.startswith(base) and not re.search(r'[<>"{}|^`\\\s]', iri)]
    values = " ".join(f"<{iri}>" for iri in ours[:_NAMED])
    if not values:
        return ""
    paths = "|".join(f"<{path}>" for path in (f"{SKOS}prefLabel", f"{DCT}title", f"{RDFS}label"))
    return f"SELECT ?iri ?name {{ VALUES ?iri {{ {values} }} ?iri {paths} ?name }}"


def read_names(rows: Rows) -> Mapping[str, Texts]:
    """The names that came of such a query, by resource and language."""
    found: dict[str, dict[str, str]] = {}
    for iri, name in rows.rows:
        if iri and name:
            found.setdefault(iri.value, {}).setdefault(name.language, name.value)
    return found


def _outside(iri: str) -> str:
    """An address of the web as one can follow it; empty for any other."""
    return quote(iri, safe=_KEPT) if _WEB.match(iri) else ""
