"""Pages on a release as a whole: its contents, its version with what that gives to download,
questions to ask of it.
"""

from collections.abc import Iterator, Mapping
from itertools import dropwhile
from typing import Any

from ...model.layout import QUESTIONS, archived, release_page
from .content import Catalogue, Download
from .edition import Edition
from .markup import shown
from .words import chosen


def write_release(edition: Edition, catalogue: Catalogue, head: Mapping[str, Any]) -> None:
    """Writes the pages on a release as a whole; `head` is what their heads tell machines."""
    site = edition.lexicon.site
    counts = [(name, edition.number(len(ids))) for name, ids in catalogue.lists.items()]
    told = {"counts": counts, "notes": edition.number(catalogue.notes), "version": site.version}
    address = f"{site.base}release/{site.version}"
    edition.write(
        "index",
        "index.html",
        downloads=_downloads(edition),
        earlier=site.earlier,
        address=address,
        **told,
        **head,
    )
    edition.write(QUESTIONS, "queries.html", questions=list(_questions(edition)))
    if site.version:
        downloads = _downloads(edition, f"../{archived(site.version)}")
        edition.write(
            release_page(site.version),
            "release.html",
            downloads=downloads,
            address=address,
            **told,
            **head,
        )


def _downloads(edition: Edition, folder: str = "") -> list[tuple[str, str, str, Download]]:
    """Each download by its title, address and size in thousands of bytes; `folder` leads to all of
    them.
    """
    return [
        (
            chosen(one.title, edition.language)[0],
            f"{folder}{one.path}",
            edition.number(-(-one.size // 1000)),
            one,
        )
        for one in edition.lexicon.site.downloads
    ]


def _questions(edition: Edition) -> Iterator[tuple[str, str, str, str]]:
    """The name, title, description and text of each question; what the text begins with says the
    same, so it goes.
    """
    for one in edition.lexicon.site.questions:
        title, about = (
            chosen(texts, edition.language)[0] for texts in (one.titles, one.descriptions)
        )
        query = "\n".join(dropwhile(lambda line: not line or line[0] == "#", one.text.split("\n")))
        yield one.name, shown(title), shown(about), shown(query)
