"""Pages that lead to others: a release's contents, its version with what that gives to download,
questions to ask of it, and the lists of its resources.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from markupsafe import Markup

from ...model.layout import CHANGES_PAGE, QUESTIONS, archived, release_page
from ...model.text import N_, decimal, gettext, named
from ...query.question import bare
from ..figures import ProjectFacts, ProjectSum
from .change_pages import changes_of
from .citations import Work, citation
from .content import LISTS, Catalogue, Download, list_noun
from .edition import Edition
from .finding import finding, script_data
from .home import home
from .listings import CodeGroup, PageRow, by_record, by_scheme, code_groups, page_rows
from .markup import NOTHING, escaped, visible
from .page_voice import PageVoice
from .project_rows import money, project_rows, sum_view
from .quality import quality
from .quality_lists import quality_lists
from .selections import DOUBTED, GAPS, ROWS, Selection, selections
from .taking import purposes
from .things import THINGS, things_data

#: How many resources a page of a list holds.
_PAGE = 500

#: Lists that tell what projects come to.
_COUNTED = frozenset({"states", "regions"})


#: Why a project is on a list of those without a value.
_WHY_WITHOUT = N_(
    "No page gives this value, or what a page gives is not accepted: the page of each project says "
    "which."
)

#: List -> its template, where it has one of its own.
_TEMPLATES = {"sources": "sources.html", "codes": "codes.html"}

_Item = TypeVar("_Item")


class ListItem(NamedTuple):
    """A resource in a list: its id (empty: one that only programs use), its other names, its
    projects, and what those for one state and those for several come to in US dollars (empty: it
    has none).
    """

    link: Markup
    id: str
    others: Sequence[str]
    projects: int
    alone: str
    shared: str


def write_release(edition: Edition, catalogue: Catalogue, head: Mapping[str, object]) -> None:
    """Writes the pages on a release as a whole; `head` is what their heads tell machines."""
    site = edition.site
    address = f"{site.setting.base}{release_page(site.version)}"
    known = site.setting.dataset
    release = gettext("Release {version}", edition.language, version=site.version)
    publisher, day = visible(named(known.publisher, edition.language)), site.setting.as_of
    work = Work(edition.own(known.title), release, publisher, day, address)
    common = {
        "counts": [
            (name, edition.number(len(ids)), list_noun(name, len(ids), edition.language))
            for name, ids in catalogue.lists.items()
        ],
        "notes": edition.number(catalogue.notes),
        "version": site.version,
        "address": address,
        "citation": citation(work, edition.language),
        **head,
    }
    changes = list(changes_of(edition))
    feed = f"{CHANGES_PAGE}{edition.suffix.removesuffix('.html')}.atom"
    edition.write(
        "index",
        "index.html",
        home=home(edition, site.overview),
        changes=changes[:1],
        feed=feed,
        pages=edition.number(len(catalogue.lists["sources"])),
        states=edition.number(len(catalogue.lists["states"])),
        purposes=(taken := purposes(edition)),
        earlier=site.earlier,
        **common,
    )
    edition.write(
        "downloads",
        "downloads.html",
        purposes=taken,
        endpoint=known.endpoint,
        versions=[one for one in (site.version, *site.earlier) if one],
    )
    edition.write(CHANGES_PAGE, "changes.html", changes=changes, feed=feed)
    edition.write_file(feed, "changes.atom", feed=feed, base=site.setting.base, changes=changes)
    edition.write("quality", "quality.html", quality=quality(edition, site.overview))
    edition.write(QUESTIONS, "queries.html", questions=list(_questions(edition)))
    if site.version:
        downloads = _downloads(edition, f"../{archived(site.version)}")
        edition.write(release_page(site.version), "release.html", downloads=downloads, **common)


def write_lists(edition: Edition, catalogue: Catalogue, firsts: Sequence[str] = ()) -> None:
    """Writes the pages of each list of a catalogue, and of each that a number leads to; `firsts`
    are the first words of the parts that narratives are found by.
    """
    voice, overview = edition.voice("lists/"), edition.site.overview
    sums = {**overview.states, **overview.regions}
    projects = _ListedProjects(edition, overview.all.projects, firsts)
    if edition.site.scripts:
        edition.write_data(f"lists/things-{edition.language}.js", things_data(voice))
    for name, ids in catalogue.lists.items():
        if name == "projects":
            heading = gettext(LISTS[name], edition.language)
            projects.write(name, heading, overview.all)
            continue
        for page, shown, numbered in _paged(edition, name, _ordered(edition, name, ids), _PAGE):
            edition.write(
                f"lists/{_file(name, page)}",
                _TEMPLATES.get(name, "list.html"),
                list=name,
                page=page,
                items=list(_items(voice, name, shown, sums)),
                counted=name in _COUNTED,
                beneficiaries=len(overview.states),
                found=edition.site.scripts and name in THINGS and 0 < len(ids) <= _PAGE,
                total=edition.number(len(ids)),
                numbered=numbered,
            )
    for one in selections(overview):
        heading = voice.gettext(one.heading, about=_told(voice, one.about))
        projects.write(one.name, heading, one.sum, _why(voice, one, overview.doubts))
    for found in quality_lists(voice, overview, edition.site.warned):
        for page, entries, numbered in _paged(edition, found.name, found.entries, ROWS):
            edition.write(
                f"lists/{_file(found.name, page)}",
                "entries.html",
                heading=found.heading,
                page=page,
                entries=entries,
                total=edition.number(len(found.entries)),
                notes=found.notes,
                numbered=numbered,
            )


def _items(
    voice: PageVoice, name: str, ids: Sequence[str], sums: Mapping[str, ProjectSum]
) -> Iterator[ListItem | PageRow | CodeGroup]:
    """What a page of a list shows."""
    if name == "sources":
        return page_rows(voice, ids)
    if name == "codes":
        return code_groups(voice, ids)
    return (_item(voice, id_, sums.get(id_)) for id_ in ids)


def _item(voice: PageVoice, id_: str, projects: ProjectSum | None) -> ListItem:
    language, (prefix, _, own) = voice.language, id_.partition(":")
    return ListItem(
        voice.resource(id_),
        "" if prefix == "code" else own,
        voice.other_names(id_),
        len(projects.projects) if projects else 0,
        money(projects.alone, language) if projects else "",
        money(projects.shared, language) if projects else "",
    )


def _told(voice: PageVoice, about: str) -> Markup | str:
    """What the projects of a list share, or lack: a property, a resource, a year."""
    if about in GAPS:
        return voice.property(about)
    return voice.resource(about) if ":" in about else about


def _why(voice: PageVoice, one: Selection, doubts: int) -> Markup:
    """Why projects are in a list, or how many values put them there, if that is to be told."""
    if one.about in GAPS:
        return voice.gettext(_WHY_WITHOUT)
    if one.name == DOUBTED:
        number = escaped(decimal(str(doubts), voice.language))
        return voice.labelled(voice.gettext("Values in doubt"), number)
    return NOTHING


class _ListedProjects:
    """Lists of projects in a language: a project is in several, and told alike in all of them."""

    def __init__(
        self, edition: Edition, projects: Sequence[ProjectFacts], firsts: Sequence[str]
    ) -> None:
        self._edition, self._voice, self._firsts = edition, edition.voice("lists/"), firsts
        rows = project_rows(self._voice, projects)
        self._rows = {one.id: row for one, row in zip(projects, rows, strict=True)}

    def write(self, name: str, heading: str, projects: ProjectSum, why: Markup = NOTHING) -> None:
        """Writes a list, with what its projects come to and why they are in it, if that is told;
        the first page of that of all has a script that finds some, and its data.
        """
        edition, voice = self._edition, self._voice
        overview, total = edition.site.overview, sum_view(projects, edition.language)
        for page, shown, numbered in _paged(edition, name, projects.projects, ROWS):
            found = edition.site.scripts and name == "projects" and page == 1 and bool(shown)
            if found:
                data = script_data(voice, overview, self._firsts)
                edition.write_data(f"lists/rows-{edition.language}.js", data)
            edition.write(
                f"lists/{_file(name, page)}",
                "find.html" if found else "selection.html",
                ways=finding(voice, overview) if found else None,
                heading=heading,
                page=page,
                sum=total,
                why=why,
                rows=[self._rows[one.id] for one in shown],
                numbered=numbered,
            )


def _paged(
    edition: Edition, name: str, items: Sequence[_Item], size: int
) -> Iterator[tuple[int, Sequence[_Item], Sequence[tuple[int, str]]]]:
    """The pages of a list: the number of each, what it shows, and the addresses of all."""
    starts = range(0, max(1, len(items)), size)
    numbered = [
        (page, f"{_file(name, page)}{edition.suffix}") for page in range(1, len(starts) + 1)
    ]
    for page, start in enumerate(starts, 1):
        yield page, items[start : start + size], numbered


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
    voice = edition.voice("lists/")
    if name == "sources":
        return by_record(voice, ids)
    if name == "codes":
        return by_scheme(voice, ids)
    return sorted(ids, key=voice.place)


def _file(name: str, page: int) -> str:
    return name if page == 1 else f"{name}-{page}"
