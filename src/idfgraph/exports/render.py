"""The documents of resources, for machines and for people, made from their spool lines in this
process or another.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from ..graph.lines import document
from ..graph.setting import Setting
from ..model import iris
from ..model.formats import DOCUMENTS
from ..model.layout import PAGE_SUFFIXES
from ..system.folder import write_file
from .catalogue import Markup
from .file_tasks import MadeFile
from .node_files import write_document
from .site import Catalogue, Pages, Site, shared_by_pages


class RenderTask(NamedTuple):
    """The spool lines of a resource, and whether its files for machines, and its pages, are to be
    made.
    """

    lines: Sequence[str]
    documents: bool = True
    pages: bool = True

    @property
    def resource(self) -> str:
        """The resource, as a compact IRI."""
        return self.lines[0].partition("\t")[0]

    def paths(self) -> Iterator[str]:
        """The paths of the files that may be made.

        >>> list(RenderTask(["st:ALB\\t0\\tst:ALB\\t{}"], pages=False).paths())[:1]
        ['doc/state/ALB.ttl']
        """
        path = iris.document(self.resource)
        forms = (f".{form}" for form in DOCUMENTS) if self.documents else ()
        for suffix in (*forms, *(PAGE_SUFFIXES.values() if self.pages else ())):
            yield f"{path}{suffix}"


class Renderer:
    """Makes the files of resources in a folder; what it holds can be sent to another process."""

    def __init__(
        self,
        root: Path,
        setting: Setting,
        site: Site | None,
        catalogue: Catalogue,
        markup: Markup,
    ) -> None:
        """Without a site there are no pages; what each release has its own of is kept from them."""
        self._setting, self._site = setting, shared_by_pages(site) if site else None
        self._catalogue, self._markup = catalogue._replace(lists={}, notes=0), markup.of_resources
        self._root, self._made = root, list[MadeFile]()

    def __call__(self, works: Sequence[RenderTask]) -> list[MadeFile]:
        """Each file that is made of some resources, over what a process that died left of it."""
        mapper, prefixes = self._setting.mapper, self._setting.words.prefixes
        self._made.clear()
        for work in works:
            if not (found := document(work.lines)):
                continue
            if work.documents:
                write_document(self._take, found, mapper, prefixes)
            if work.pages and self._pages:
                self._pages.write_document(found)
        return list(self._made)

    @cached_property
    def _pages(self) -> Pages | None:
        if self._site is None:
            return None
        return Pages(self._take, self._catalogue, self._site, self._markup.text, self._markup.links)

    def _take(self, path: str, pieces: Iterable[str]) -> None:
        digest = write_file(self._root / path, pieces, again=True)
        self._made.append(MadeFile(path, digest))
