"""The documents of resources, for machines and for people, made from their spool lines in this
process or another.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property

from ..graph.lines import document
from ..graph.setting import Setting
from .catalogue import Markup
from .node_files import write_document
from .site import Catalogue, Pages, Site


class Renderer:
    """Makes the files of resources; what it holds can be sent to another process, what it makes of
    that stays here.
    """

    def __init__(
        self, setting: Setting, site: Site | None, catalogue: Catalogue, markup: Markup
    ) -> None:
        """Without a site there are no pages."""
        self._setting, self._site, self._catalogue, self._markup = setting, site, catalogue, markup
        self._made: list[tuple[str, bytes]] = []

    def __call__(self, resources: Sequence[Sequence[str]]) -> list[tuple[str, bytes]]:
        """The path and content of each file of some resources, given by their spool lines."""
        mapper, prefixes = self._setting.mapper, self._setting.words.prefixes
        self._made.clear()
        for found in filter(None, map(document, resources)):
            write_document(self._take, found, mapper, prefixes)
            if self._pages:
                self._pages.write_document(found)
        return list(self._made)

    @cached_property
    def _pages(self) -> Pages | None:
        if self._site is None:
            return None
        return Pages(self._take, self._catalogue, self._site, self._markup.text, self._markup.links)

    def _take(self, path: str, pieces: Iterable[str]) -> None:
        self._made.append((path, "".join(pieces).encode()))
