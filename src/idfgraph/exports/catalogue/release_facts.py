"""What a release is described from: what the data set says of itself, and the files that are
written.
"""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...model import iris, layout
from ...model.formats import media_type
from ...model.layout import ARCHIVE, CATALOG, QUADS, release_page
from ...model.records import Dataset
from ...model.text import LANGUAGES, N_, Language, gettext
from ...model.vocab import IANA
from ...query.question import Question

REPORT = f"base:{layout.REPORT}"


#: How the paths of the documents of resources begin.
_FOLDERS = tuple(f"{folder}/" for folder in iris.FOLDERS.values())


class File(NamedTuple):
    """A file of a release: its size in bytes, and its SHA-256 as 64 hex digits."""

    size: int
    sha256: str


class Scope(NamedTuple):
    """What data are about: the states that benefit (compact IRIs), in order, and the first and last
    years of work, which are empty where none is published.
    """

    states: Sequence[str] = ()
    first: str = ""
    last: str = ""


class Facts(NamedTuple):
    """What is known of a release when all else is written.

    `paths` are those of all files, `downloads` the dumps and tables by path, in order, `prefixes`
    those of the context, `landing` is the path of the page that leads to all others, `gone` the
    resources that are no more; `scope` is what the data are about, `conforms` whether the report
    found nothing, `run` the compact IRI of the run that made it.
    """

    base: str
    dataset: Dataset
    as_of: str
    paths: Collection[str]
    downloads: Mapping[str, File]
    prefixes: Mapping[str, str]
    examples: Sequence[Question] = ()
    landing: str = CATALOG
    gone: Container[str] = ()
    scope: Scope = Scope()
    conforms: bool = False
    run: str = ""

    @property
    def version(self) -> str:
        """The version: the day of the data, and the first 12 digits of the SHA-256 of all
        statements.
        """
        return f"{self.as_of}-{self.downloads[QUADS].sha256[:12]}"

    @property
    def release(self) -> str:
        """The compact IRI of this release."""
        return f"base:{release_page(self.version)}"

    @property
    def archive(self) -> str:
        """The compact IRI of the folder where the downloads of this release stay."""
        return f"base:{ARCHIVE}{self.version}"

    def full(self, iri: str) -> str:
        """The full IRI of a compact one; any other as it is."""
        prefix, _, rest = iri.partition(":")
        return (
            self.prefixes[prefix] + rest
            if prefix in self.prefixes and not rest.startswith("//")
            else iri
        )

    def titled(self, message: str, **values: object) -> dict[Language, str]:
        """A message with the {title} of the data set, in each language that it has one in."""
        titles = self.dataset.title
        return {
            language: gettext(message, language, title=titles[language], **values)
            for language in LANGUAGES
            if language in titles
        }

    def release_title(self) -> dict[Language, str]:
        """What this release is called."""
        return self.titled(N_("{title}: release {version}"), version=self.version)

    def documents(self) -> Iterator[tuple[str, str]]:
        """The path without suffix of each resource's documents or pages, and the resource's compact
        IRI, by path.
        """
        prefixes = {folder: prefix for prefix, folder in iris.FOLDERS.items()}
        found = {self._stem(path) for path in self.paths if path.startswith(_FOLDERS)}
        for stem in sorted(found, key="{}.ttl".format):
            folder, _, name = stem.rpartition("/")
            if folder in prefixes:
                yield stem, f"{prefixes[folder]}:{name}"

    def _stem(self, path: str) -> str:
        """The path without suffix of the documents that a file is one of: of pages, that of the
        first language.
        """
        stems = (path.removesuffix(suffix) for suffix in layout.PAGE_SUFFIXES.values())
        pages = [stem for stem in stems if f"{stem}.html" in self.paths]
        return min(pages, key=len) if path.endswith(".html") else path.rpartition(".")[0]


def scope_of(states: Iterable[str], years: Iterable[str]) -> Scope:
    """What data are about that name these states and years.

    >>> scope_of(["st:FJI", "st:ALB", "st:FJI"], ["2021", "2019"])
    Scope(states=['st:ALB', 'st:FJI'], first='2019', last='2021')
    """
    known = sorted(years)
    return Scope(sorted(set(states)), *([known[0], known[-1]] if known else []))


def media_iri(path: str) -> str:
    """The address of a file's media type at IANA."""
    return f"{IANA}{media_type(path)}"
