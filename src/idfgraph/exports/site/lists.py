"""The lists of a release's resources, in pages."""

from collections.abc import Iterator, Sequence

from ...model import names
from .content import Catalogue
from .edition import Edition

#: How many resources a page of a list holds.
_PAGE = 500

#: Lists that are in the order of ids; others are in that of names.
_BY_ID = frozenset({"projects", "sources"})


def write_lists(edition: Edition, catalogue: Catalogue) -> None:
    """Writes the pages of each list of a catalogue."""
    for name, ids in catalogue.lists.items():
        ordered = _ordered(edition, name, ids)
        pages = [ordered[start : start + _PAGE] for start in range(0, max(1, len(ids)), _PAGE)]
        numbered = list(_numbered(edition, name, len(pages)))
        for page, shown in enumerate(pages, 1):
            _write(
                edition,
                name,
                page,
                shown,
                total=edition.number(len(ids)),
                pages=len(pages),
                numbered=numbered,
            )


def _write(edition: Edition, name: str, page: int, ids: Sequence[str], **values: object) -> None:
    voice = edition.voice("lists/")
    items = [(voice.resource(id_), id_.partition(":")[2]) for id_ in ids]
    edition.write(
        f"lists/{_file(name, page)}", "list.html", list=name, page=page, items=items, **values
    )


def _ordered(edition: Edition, name: str, ids: Sequence[str]) -> Sequence[str]:
    if name in _BY_ID:
        return sorted(ids)
    voice = edition.voice("lists/")
    return sorted(ids, key=lambda id_: (names.folded(voice.name(id_)[0]), id_))


def _numbered(edition: Edition, name: str, pages: int) -> Iterator[tuple[int, str]]:
    """The number and the address of each page."""
    return ((page, f"{_file(name, page)}{edition.suffix}") for page in range(1, pages + 1))


def _file(name: str, page: int) -> str:
    return name if page == 1 else f"{name}-{page}"
