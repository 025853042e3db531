"""What changed from version to version, as pages and feeds tell it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from markupsafe import Markup

from ...model.layout import release_page
from ...model.text import ngettext
from ..figures import ChangedRows, VersionChanges
from .edition import Edition
from .markup import link, text
from .page_voice import PageVoice


class ChangedThings(NamedTuple):
    """A table of what became of things: its title, how many rows there are, its heads, the rows
    that are shown, and how many are not.
    """

    title: str
    number: int
    heads: Sequence[str]
    rows: Sequence[Sequence[Markup]]
    left: int


class VersionView(NamedTuple):
    """A version in a list of changes: its name, its page (relative to the root; empty if it is no
    more there), a name for it in feeds, its day, the version before, a sentence, tables.
    """

    version: str
    page: str
    uuid: UUID
    day: str
    before: str
    sentence: str
    tables: Sequence[ChangedThings]


def changes_of(edition: Edition) -> Iterator[VersionView]:
    """The versions that a release tells of, the newest first."""
    voice, site = edition.voice(""), edition.site
    there = {site.version, *site.earlier}
    for one in site.history.versions:
        path = release_page(one.version)
        yield VersionView(
            version=one.version,
            page=f"{path}{edition.suffix}" if one.version in there else "",
            uuid=uuid5(NAMESPACE_URL, f"{site.setting.base}{path}"),
            day=one.day,
            before=one.before,
            sentence=_sentence(edition, one),
            tables=[_things(voice, rows) for rows in one.tables.get(edition.language, ())],
        )


def _sentence(edition: Edition, one: VersionChanges) -> str:
    """How many things were added, changed and withdrawn, as far as any were."""
    language = edition.language
    told = [
        (one.added, ngettext("{number} added", "{number} added", one.added, language)),
        (one.changed, ngettext("{number} changed", "{number} changed", one.changed, language)),
        (one.withdrawn, ngettext("{number} gone", "{number} gone", one.withdrawn, language)),
    ]
    return ", ".join(words for number, words in told if number)


def _things(voice: PageVoice, rows: ChangedRows) -> ChangedThings:
    shown = [[_name(voice, row[0]), *(text(cell) for cell in row[1:])] for row in rows.rows]
    return ChangedThings(rows.title, rows.number, rows.heads, shown, rows.number - len(shown))


def _name(voice: PageVoice, resource: str) -> Markup:
    """The id of a resource, as a link where it has a page."""
    id_ = resource.partition(":")[2]
    href = voice.address(resource)
    return link(href, id_) if href else text(id_)
