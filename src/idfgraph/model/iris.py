"""The names we give: compact IRIs of our resources, their documents, and the base they stand under.

Compact IRIs (`prj:V47-805`) are the only form in which rooms pass names on; the JSON-LD context
binds their prefixes to a base, so that one data set can be published under any base.
"""

import re
from functools import lru_cache

from .errors import BadConfig, BadRecord, Place
from .text import N_

#: The base IRI that ontology, context, shapes and queries are written with: an unofficial
#: placeholder at w3id.org.
BASE = "https://w3id.org/iom-idf/"

#: The grammar of every name that becomes part of an IRI or a file name.
SLUG = r"[A-Za-z0-9][A-Za-z0-9.-]{0,99}"

#: Prefix of a compact IRI -> folder of its documents.
FOLDERS = {
    "prj": "doc/project",
    "prg": "doc/programme",
    "ag": "doc/org",
    "st": "doc/state",
    "src": "doc/source",
    "code": "doc/code",
}

#: The folders of documents on records.
RECORD_FOLDERS = (FOLDERS["prj"], FOLDERS["prg"])

_SLUG = re.compile(SLUG)
_TOPICS = {f"base:{folder}": prefix for prefix, folder in FOLDERS.items()}
_BASE = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?/([A-Za-z0-9._~-]+/)*")


def compact(prefix: str, slug: str) -> str:
    """The compact IRI of a resource of ours; BadRecord if the slug breaks the grammar (design: 4).

    >>> compact("prj", "V47-805")
    'prj:V47-805'
    """
    if not _SLUG.fullmatch(slug):
        raise BadRecord(
            N_("{slug!r} is not an id"),
            hint=N_("use letters, digits, '.' and '-', 100 at most"),
            slug=slug,
        )
    return f"{prefix}:{slug}"


def part(resource: str, *words: str) -> str:
    """The compact IRI of a part of a resource, named by its meaning.

    >>> part("prj:V47-805", "note", "missing-value", "startYear")
    'prj:V47-805#note-missing-value-startYear'
    """
    return f"{resource}#{'-'.join(words)}"


@lru_cache(maxsize=8)
def source(sha256: str) -> str:
    """The compact IRI of the page with this SHA-256 (64 hex digits): its first 16; asked for
    several times in a row.

    >>> source("ea0243d4edc78dd7" + 48 * "0")
    'src:ea0243d4edc78dd7'
    """
    return compact("src", sha256[:16])


def graph(kind: str, name: str = "") -> str:
    """The compact IRI of a named graph: `source`, `decision` with a name, or `run`.

    >>> graph("source", "ea0243d4edc78dd7")
    'graph:source/ea0243d4edc78dd7'
    """
    return f"graph:{kind}/{name}" if name else f"graph:{kind}"


def source_of(graph: str) -> str:
    """The compact IRI of the page that a named graph is of; empty for a graph of anything else.

    >>> source_of("graph:source/ea0243d4edc78dd7"), source_of("graph:run")
    ('src:ea0243d4edc78dd7', '')
    """
    kind, _, name = graph.partition("/")
    return f"src:{name}" if kind == "graph:source" and name else ""


def resource_of(iri: str) -> str:
    """The resource that a compact IRI is, is a part of, or is the document of.

    >>> resource_of("prj:V47-805#budget"), resource_of("base:doc/project/V47-805")
    ('prj:V47-805', 'prj:V47-805')
    """
    whole = iri.partition("#")[0]
    folder, _, slug = whole.rpartition("/")
    return f"{_TOPICS[folder]}:{slug}" if folder in _TOPICS else whole


def document(resource: str) -> str | None:
    """The path of a resource's documents in a release, without suffix; None for what is not ours.

    >>> document("code:type-tc"), document("wd:Q222")
    ('doc/code/type-tc', None)
    """
    prefix, _, slug = resource.partition(":")
    folder = FOLDERS.get(prefix)
    return f"{folder}/{slug}" if folder and _SLUG.fullmatch(slug) else None


def record(subject: str) -> str:
    """The compact IRI of the record of a project or programme: that of its document.

    >>> record("prj:V47-805")
    'base:doc/project/V47-805'
    """
    return f"base:{document(subject)}"


def documented(iri: str) -> str:
    """The resource that a document, given by its compact IRI, is about; empty for another.

    >>> documented("base:doc/state/ALB"), documented("base:catalog")
    ('st:ALB', '')
    """
    resource = resource_of(iri)
    return resource if resource != iri and "#" not in iri else ""


def checked_base(base: str, place: Place = Place()) -> str:
    """The base itself, or BadConfig (at the place it was given) if it is no http(s) IRI that ends
    in a slash.

    >>> checked_base("https://data.example.org/idf/")
    'https://data.example.org/idf/'
    """
    if not _BASE.fullmatch(base):
        raise BadConfig(
            N_("base {base!r} cannot be used"),
            place,
            hint=N_("give an http(s) address that ends in '/'"),
            base=base,
        )
    return base


def rebase(text: str, base: str) -> str:
    """The text with our base replaced by another wherever it stands.

    >>> rebase("@prefix idf: <https://w3id.org/iom-idf/def#> .", "https://example.org/")
    '@prefix idf: <https://example.org/def#> .'
    """
    return text if base == BASE else text.replace(BASE, base)
