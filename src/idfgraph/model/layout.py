"""Where the files of a release stand: paths within it, with forward slashes."""

from collections.abc import Mapping
from typing import Final, Literal, get_args

#: How releases stand in their folder: behind a symbolic link, as a plain folder, or as a link
#: where the system has them.
ReleaseLayout = Literal["auto", "links", "plain"]
LAYOUTS: Final[tuple[ReleaseLayout, ...]] = get_args(ReleaseLayout)

#: What people see of a release: no pages, pages alone, or pages with scripts that help to find.
SiteKind = Literal["none", "plain", "full"]
SITES: Final[tuple[SiteKind, ...]] = get_args(SiteKind)

#: Which documents of resources a release holds: all, pages for people alone, or none; others are
#: made of their lines when a server is asked for them.
DocumentKind = Literal["all", "html", "none"]
DOCUMENT_KINDS: Final[tuple[DocumentKind, ...]] = get_args(DocumentKind)

#: The file that lists the SHA-256 of all others; a folder without it is no release of ours.
SUMS: Final = "SHA256SUMS"

#: What the folder of the current release is called, if nothing else is said.
PUBLIC: Final = "public"

#: The mark that says whose a folder is, and the signatures of its sums: they stand beside the sums,
#: which do not list them.
MARK: Final = ".idfgraph-release"
SIGNATURES: Final = (f"{SUMS}.sig", f"{SUMS}.minisig")
BESIDE: Final = frozenset({MARK, *SIGNATURES})

#: What a release tells of itself, and the records that it no longer publishes.
SUMMARY: Final = "release.json"
TOMBSTONES: Final = "tombstones.json"

#: What documents are made of, where a release does not hold them: sorted lines of resource, rank,
#: node and JSON, tabs between.
DOCUMENT_LINES: Final = "documents.tsv"

#: What changed from version to version: for programs; pages of it, without suffix.
CHANGES: Final = "changes.json"
CHANGES_PAGE: Final = "changes"

#: Folders: dumps, tables, texts of pages, shapes, questions; what stays of earlier releases, a page
#: for each of them; further site maps.
DUMPS: Final = "data/"
TABLES: Final = "tables/"
PAGES: Final = "pages/"
SHAPES: Final = "shapes/"
ALL_SHAPES: Final = f"{SHAPES}all"
QUERIES: Final = "queries/"
ARCHIVE: Final = "archive/"
RELEASES: Final = "release/"
SITEMAPS: Final = "sitemaps/"

#: The tables as one SQLite file; how the CSV files are to be read, for programs that know CSV on
#: the Web, where these look first, and for those that know Data Packages.
TABLE_STORE: Final = f"{TABLES}idf.sqlite"
CSV_METADATA: Final = f"{TABLES}csv-metadata.json"
DATA_PACKAGE: Final = f"{TABLES}datapackage.json"

#: What people download, and what is kept of it from one release to the next.
DOWNLOADS: Final = (DUMPS, TABLES)

#: The dump that all others are made from: every graph, lines sorted, so that its SHA-256 is that of
#: the data set's canonical form (https://www.w3.org/TR/rdf-canon/; there are no blank nodes to
#: name).
QUADS: Final = f"{DUMPS}idf.nq"
TRIG: Final = f"{DUMPS}idf.trig"

#: The same dump, packed: as all know it, and smaller.
PACKED_QUADS: Final = (f"{QUADS}.gz", f"{QUADS}.zst")

#: Dumps of the default graph alone.
TRIPLES: Final = f"{DUMPS}idf.nt"
TURTLE: Final = f"{DUMPS}idf.ttl"
JSON_LD: Final = f"{DUMPS}idf.jsonld"

#: The links of the default graph to what others have, with who says so.
LINKS: Final = f"{DUMPS}links.sssom.tsv"

#: The words that the dumps are written in.
CONTEXT: Final = "context.jsonld"
ONTOLOGY: Final = "def"

#: The application profile, a document as well, and its picture; versions of the ontology.
PROFILE: Final = "profile"
MODEL_PICTURE: Final = f"{PROFILE}.svg"
ONTOLOGIES: Final = "ontology/"

#: Documents, without suffix, that tell of the release: what was found in it, its catalogue entry,
#: its statistics, its questions.
REPORT: Final = "report"
CATALOG: Final = "catalog"
VOID: Final = "void"
QUESTIONS: Final = "queries"

#: The page on which a release is asked, and the folder of the answers that it has.
ASK: Final = "ask"
ANSWERS: Final = "answers/"

#: What programs look for at a fixed place.
LINKSET: Final = "linkset.json"
ROBOTS: Final = "robots.txt"
SITEMAP: Final = "sitemap.xml"
WELL_KNOWN_VOID: Final = ".well-known/void"
WELL_KNOWN_QUERIES: Final = ".well-known/sparql-examples"

#: The page that leads to all others.
LANDING: Final = "index.html"

#: Language of a page for people -> what its file ends in.
PAGE_SUFFIXES: Final[Mapping[str, str]] = {"en": ".html", "fr": ".fr.html", "es": ".es.html"}

#: Language of a workbook -> its path: the oldest has no language in its name.
WORKBOOKS: Final[Mapping[str, str]] = {
    language: f"{TABLES}idf{suffix.removesuffix('.html')}.xlsx"
    for language, suffix in PAGE_SUFFIXES.items()
}


def page_text(sha256: str) -> str:
    """The text of a captured page, by the SHA-256 of the capture.

    >>> page_text("ab" * 32)[:10]
    'pages/abab'
    """
    return f"{PAGES}{sha256}.txt"


def page_of(path: str) -> str:
    """The SHA-256 of the capture whose text stands at a path; empty where none does.

    >>> page_of("index.html"), page_of(page_text("ab" * 32))[:4]
    ('', 'abab')
    """
    name = path.removeprefix(PAGES).removesuffix(".txt")
    return name if name and path == page_text(name) else ""


def question(name: str) -> str:
    """The documents of a question, without suffix.

    >>> question("budget-by-region")
    'queries/budget-by-region'
    """
    return f"{QUERIES}{name}"


def archived(version: str, path: str = "") -> str:
    """Where a file stays that was downloaded from a version; without a path, the folder of such
    files.

    >>> archived("2026-11-21-0123456789ab", QUADS)
    'archive/2026-11-21-0123456789ab/data/idf.nq'
    """
    return f"{ARCHIVE}{version}/{path}"


def release_page(version: str) -> str:
    """The documents of a version, without suffix.

    >>> release_page("2026-11-21-0123456789ab")
    'release/2026-11-21-0123456789ab'
    """
    return f"{RELEASES}{version}"
