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
    """What became of things, which are called by their titles, and not in a column of ids."""
    title = voice.gettext("Title")
    at = rows.heads.index(title) if title in rows.heads else 0
    rest = [column for column in range(1, len(rows.heads)) if column != at]
    shown = [
        [_name(voice, row[0], row[at] if at else ""), *(text(row[column]) for column in rest)]
        for row in rows.rows
    ]
    heads = [rows.heads[column] for column in (0, *rest)]
    return ChangedThings(rows.title, rows.number, heads, shown, rows.number - len(shown))


def _name(voice: PageVoice, resource: str, title: str) -> Markup:
    """The name of a resource as a link where it has a page, and its id; what is no more described
    is called as it was.
    """
    id_, href = resource.partition(":")[2], voice.address(resource)
    if href and voice.name(resource)[0] != id_:
        return voice.with_id(resource)
    said = link(href, title or id_) if href else text(title or id_)
    return voice.with_id(resource, said) if title else said
