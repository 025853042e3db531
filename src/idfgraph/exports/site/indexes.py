"""Pages that lead to others: a release's contents, its version with what that gives to download,
questions to ask of it, and the lists of its resources.
"""

from collections.abc import Iterator, Mapping, Sequence

from ...model import names
from ...model.layout import QUESTIONS, archived, release_page
from ...query.question import bare
from .content import Catalogue, Download, list_noun
from .edition import Edition
from .markup import visible

#: How many resources a page of a list holds.
_PAGE = 500

#: Lists that are in the order of ids; others are in that of names.
_BY_ID = frozenset({"projects", "sources"})


def write_release(edition: Edition, catalogue: Catalogue, head: Mapping[str, object]) -> None:
    """Writes the pages on a release as a whole; `head` is what their heads tell machines."""
    site = edition.site
    common = {
        "counts": [
            (name, edition.number(len(ids)), list_noun(name, len(ids), edition.language))
            for name, ids in catalogue.lists.items()
        ],
        "notes": edition.number(catalogue.notes),
        "version": site.version,
        "address": f"{site.setting.base}{release_page(site.version)}",
        **head,
    }
    edition.write(
        "index", "index.html", downloads=_downloads(edition), earlier=site.earlier, **common
    )
    edition.write(QUESTIONS, "queries.html", questions=list(_questions(edition)))
    if site.version:
        downloads = _downloads(edition, f"../{archived(site.version)}")
        edition.write(release_page(site.version), "release.html", downloads=downloads, **common)


def write_lists(edition: Edition, catalogue: Catalogue) -> None:
    """Writes the pages of each list of a catalogue."""
    voice = edition.voice("lists/")
    for name, ids in catalogue.lists.items():
        ordered = _ordered(edition, name, ids)
        pages = [ordered[start : start + _PAGE] for start in range(0, max(1, len(ids)), _PAGE)]
        numbered = [
            (page, f"{_file(name, page)}{edition.suffix}") for page in range(1, len(pages) + 1)
        ]
        for page, shown in enumerate(pages, 1):
            edition.write(
                f"lists/{_file(name, page)}",
                "list.html",
                list=name,
                page=page,
                items=[
                    (voice.resource(id_), id_.partition(":")[2], voice.other_names(id_))
                    for id_ in shown
                ],
                total=edition.number(len(ids)),
                numbered=numbered,
            )


def _downloads(edition: Edition, folder: str = "") -> list[tuple[str, str, str, Download]]:
    """Each download by its title, address and size in thousands of bytes; `folder` leads to all of
    them.
    """
    return [
        (
            edition.own(one.title),
            f"{folder}{one.path}",
            edition.number(-(-one.size // 1000)),
            one,
        )
        for one in edition.site.downloads
    ]


def _questions(edition: Edition) -> Iterator[tuple[str, str, str, str]]:
    """The name, title, description and text of each question; what the text begins with says the
    same, so it goes.
    """
    for one in edition.site.questions:
        query = visible(bare(one.text))
        yield one.name, edition.own(one.titles), edition.own(one.descriptions), query


def _ordered(edition: Edition, name: str, ids: Sequence[str]) -> Sequence[str]:
    if name in _BY_ID:
        return sorted(ids)
    voice = edition.voice("lists/")
    return sorted(ids, key=lambda id_: (names.folded(voice.name(id_)[0]), id_))


def _file(name: str, page: int) -> str:
    return name if page == 1 else f"{name}-{page}"
