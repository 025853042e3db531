"""The documents of resources, for machines and for people, made from their spool lines in this
process or another.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from ..graph.lines import document
from ..graph.setting import Setting
from .catalogue import Markup
from .node_files import write_document
from .site import Catalogue, Pages, Site, shared_by_pages


class RenderTask(NamedTuple):
    """The spool lines of a resource, and whether its files for machines, and its pages, are to be
    made.
    """

    lines: Sequence[str]
    documents: bool = True
    pages: bool = True


class Renderer:
    """Makes the files of resources; what it holds can be sent to another process, what it makes of
    that stays here.
    """

    def __init__(
        self, setting: Setting, site: Site | None, catalogue: Catalogue, markup: Markup
    ) -> None:
        """Without a site there are no pages; what each release has its own of is kept from them."""
        self._setting, self._site = setting, shared_by_pages(site) if site else None
        self._catalogue, self._markup = catalogue._replace(lists={}, notes=0), markup.of_resources
        self._made: list[tuple[str, bytes]] = []

    def __call__(self, works: Sequence[RenderTask]) -> list[tuple[str, bytes]]:
        """The path and content of each file that is to be made of some resources."""
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
        self._made.append((path, "".join(pieces).encode()))
