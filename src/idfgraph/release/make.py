"""All files of a release from the lines that were collected: dumps, documents, words, tables,
pages, descriptions.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import msgspec

from ..checks.report import report_lines
from ..exports.catalogue import Facts, describe, facts_of, markup_of, title_of
from ..exports.dumps import check_dumps, write_dumps, write_links, write_words
from ..exports.earlier import Earlier
from ..exports.figures import ChangeHistory, Warned, read_overview, warned
from ..exports.metadata import DATASET, RIGHTS, RUN
from ..exports.render import Renderer, RenderTask
from ..exports.site import (
    MOST,
    BrowserLoad,
    Catalogue,
    Download,
    Ingredients,
    Pages,
    Site,
    answers_here,
    engine_files,
    narratives_of,
    read_catalogue,
    read_outlines,
)
from ..exports.tables import BookTask, Imprint, TableFile, write_tables
from ..graph.lines import Spools, by_resource
from ..graph.setting import Setting
from ..model import iris
from ..model.findings import Report
from ..model.formats import media_type
from ..model.layout import (
    CHANGES,
    DOCUMENT_LINES,
    SUMMARY,
    TABLE_STORE,
    TOMBSTONES,
    TRIG,
    TRIPLES,
    TURTLE,
)
from ..query.answer import load
from ..system.folder import Folder
from .makers import Work, made_files
from .tally import Tally, render_summary
from .tombstones import render_tombstones

#: Gives what is left to be made of resources, by their spool lines and what their documents are
#: made of.
Left = Callable[[Iterable[Sequence[str]], Ingredients], Iterator[RenderTask]]

#: Resources whose documents one process makes at a time, or the characters that they are made of.
_CHUNK, _LONG = 100, 1 << 20


class ReleaseParts(NamedTuple):
    """What a release holds for people and of each resource: one of SITES, one of DOCUMENT_KINDS."""

    site: str = "full"
    documents: str = "all"

    @property
    def has_files(self) -> bool:
        """Whether resources have files for machines, rather than the lines that make them."""
        return self.documents == "all"


def make(
    folder: Folder,
    setting: Setting,
    spools: Spools,
    report: Report,
    counted: Tally,
    *,
    gone: Container[str],
    earlier: Earlier,
    left: Left,
    versions: Sequence[str],
    news: Callable[[Folder, str, str], ChangeHistory],
    parts: ReleaseParts,
    jobs: int,
) -> None:
    """Writes the files of a release, those that describe the others last; raises BadOutput.

    `spools` hold the release, `report` is what was found in it, `counted` what it holds, `gone`
    are the resources that are no more, `earlier` the documents of the release before, `left` gives
    those that are to be made, `versions` are earlier ones; `news` tells, once dumps and words are
    written, what changed up to this version and day. What can be made of what is there, documents
    among it, is made by `jobs` processes at most (0: as many as that is worth).
    """
    dumps = write_dumps(folder, spools.quads.blocks(), spools.nodes.sorted(), setting.words)
    told = (iris.rebase(line, setting.base) for line in report_lines(report))
    write_words(folder, setting.words, told, earlier)
    write_links(folder, setting, spools.nodes.sorted())
    tables, books = _write_tables(folder, setting, spools)
    if not parts.has_files:
        folder.write(DOCUMENT_LINES, spools.entries.sorted())
    stock = _Stock(folder, setting, spools, gone, parts)
    others: Sequence[Work] = [*dumps, *books]
    works = chain[Sequence[Work]](([one] for one in others), stock.documents(left))
    statements = check_dumps(made_files(folder, stock.renderer, works, jobs))
    summary = counted.summary(
        setting.as_of, statements, narratives=setting.dataset.shows_narratives
    )
    folder.write(SUMMARY, [render_summary(summary)])
    folder.write(TOMBSTONES, [render_tombstones(counted.tombstones, setting.mapper.iri)])
    facts = facts_of(folder, setting, pages=parts.site != "none")._replace(gone=gone)
    history = news(folder, facts.version, setting.as_of)
    folder.write(CHANGES, [msgspec.json.encode(history) + b"\n"])
    if stock.site:
        whole = _told(stock.site, facts, versions, tables, report)._replace(
            history=history, load=_load(folder, facts, statements), left_out=counted.left_out
        )
        _write_pages(folder, spools, stock.catalogue, whole, facts)
    describe(folder, setting, gone, earlier)


class _Stock:
    """What documents are made from, once dumps and tables are there; without a site there are no
    pages.
    """

    def __init__(
        self,
        folder: Folder,
        setting: Setting,
        spools: Spools,
        gone: Container[str],
        parts: ReleaseParts,
    ) -> None:
        self._folder, self._setting = folder, setting
        self._entries, self._gone = spools.entries, gone
        self._files, self.site = parts.has_files, _site(folder, setting, parts)
        self.catalogue = read_catalogue(spools.entries.sorted())
        facts = facts_of(folder, setting, pages=bool(self.site))._replace(gone=gone)
        self._markup = markup_of(facts, spools.nodes.sorted())
        told = (self.site, self.catalogue, self._markup)
        self.renderer = Renderer(folder.root, setting, *told)

    def documents(self, left: Left) -> Iterator[Sequence[RenderTask]]:
        """The documents that are to be made, as one process makes them, each with a place."""
        known = (self.catalogue, self._markup.labels, self._gone)
        made_of = Ingredients(self._setting, self.site, *known, files=self._files)
        works = left(by_resource(self._entries.sorted()), made_of)
        some, size = list[RenderTask](), 0
        for work in works:
            for path in work.paths():
                self._folder.place(path)
            some.append(work)
            size += sum(map(len, work.lines))
            if len(some) >= _CHUNK or size >= _LONG:
                yield some
                some, size = [], 0
        if some:
            yield some


def _site(folder: Folder, setting: Setting, parts: ReleaseParts) -> Site | None:
    """What pages of resources know of the release, if there are any."""
    if parts.site == "none":
        return None
    return Site(
        setting,
        overview=read_overview(folder.root / TABLE_STORE, setting.mapper.compact),
        scripts=parts.site == "full",
        documents=parts.has_files,
        outlines=read_outlines(),
    )


def _write_tables(
    folder: Folder, setting: Setting, spools: Spools
) -> tuple[Mapping[str, TableFile], Sequence[BookTask]]:
    """Writes the release as tables; gives what is left to be done."""
    data = setting.dataset
    title, rights, description = (
        {str(language): text for language, text in said.items()}
        for said in (data.title, data.rights, data.description)
    )
    terms = (description, data.publisher, RIGHTS, RUN)
    return write_tables(
        folder,
        spools.nodes.sorted(),
        spools.entries.sorted(),
        Imprint(DATASET, setting.as_of, title, rights, *terms),
        ontology=setting.words.ontology,
        iri=setting.mapper.iri,
        properties=setting.mapper.terms.properties,
        columnar=data.shows_parquet,
    )


def _write_pages(
    folder: Folder, spools: Spools, catalogue: Catalogue, site: Site, facts: Facts
) -> None:
    """Writes the pages around those of resources."""
    markup = markup_of(facts, spools.nodes.sorted())
    pages = Pages(folder.write, catalogue, site, markup.text, markup.links)
    tell = load(folder.root, {}).rows if site.load.facts <= MOST else None
    pages.write_others(tell, narratives_of(spools.entries.sorted()))
    for path, file in engine_files().items() if answers_here(site) else ():
        folder.copy(path, file)


def _warned(site: Site, report: Report) -> Warned:
    """The warnings of the report beside those of notes."""
    notes = (one for kind in site.overview.quality.notes for one in kind.notes)
    return warned(report.results, notes, site.setting.mapper.compact)


def _load(folder: Folder, facts: Facts, statements: int) -> BrowserLoad:
    """What a browser loads of the release, which has so many statements in all."""
    engine = sum(file.stat().st_size for file in engine_files().values())
    triples = sum(1 for _ in folder.read(TRIPLES))
    facts_size, all_size = (facts.downloads[path].size for path in (TURTLE, TRIG))
    return BrowserLoad(triples, statements, facts_size, all_size, engine)


def _told(
    site: Site,
    facts: Facts,
    versions: Sequence[str],
    tables: Mapping[str, TableFile],
    report: Report,
) -> Site:
    """What pages say of the release, with what it has its own of."""
    return site._replace(
        version=facts.version,
        downloads=[
            Download(title_of(path), path, media_type(path), *file, tables.get(path))
            for path, file in facts.downloads.items()
        ],
        questions=facts.examples,
        earlier=[version for version in versions if version != facts.version],
        warned=_warned(site, report),
    )
