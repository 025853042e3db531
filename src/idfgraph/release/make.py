"""All files of a release from the lines that were collected: dumps, documents, words, tables,
pages, descriptions.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import msgspec

from ..checks.report import report_lines
from ..exports.catalogue import Facts, describe, facts_of, markup_of, title_of
from ..exports.dumps import check_dumps, write_dumps, write_links, write_words
from ..exports.earlier import Earlier
from ..exports.figures import ChangeHistory, Overview, read_overview
from ..exports.metadata import DATASET, RIGHTS, RUN
from ..exports.render import Renderer, RenderTask
from ..exports.site import (
    MOST,
    BrowserLoad,
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
from ..exports.tables import Imprint, TableFile, write_tables
from ..graph.lines import Spools, by_resource
from ..graph.setting import Setting
from ..model import iris
from ..model.errors import BadOutput
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
from ..model.text import N_
from ..query.answer import load
from ..system.folder import Folder
from ..system.workers import Lost, in_order
from .tally import Tally, render_summary
from .tombstones import render_tombstones

#: Gives what is left to be made of resources, by their spool lines and what their documents are
#: made of.
Left = Callable[[Iterable[Sequence[str]], Ingredients], Iterator[RenderTask]]

#: Resources whose documents one process makes at a time.
_CHUNK = 100

#: Processes that make documents at most: more would wait for this one, which writes what they make.
_CREW = 4


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
    written, what changed up to this version and day. Documents are made by `jobs` processes at
    most.
    """
    write_dumps(folder, spools.quads.blocks(), spools.nodes.sorted(), setting.words)
    statements = check_dumps(folder)
    told = (iris.rebase(line, setting.base) for line in report_lines(report))
    write_words(folder, setting.words, told, earlier)
    write_links(folder, setting, spools.nodes.sorted())
    tables = _write_tables(folder, setting, spools)
    summary = counted.summary(
        setting.as_of, statements, narratives=setting.dataset.shows_narratives
    )
    folder.write(SUMMARY, [render_summary(summary)])
    folder.write(TOMBSTONES, [render_tombstones(counted.tombstones, setting.mapper.iri)])
    facts = facts_of(folder, setting, pages=parts.site != "none")._replace(gone=gone)
    history = news(folder, facts.version, setting.as_of)
    folder.write(CHANGES, [msgspec.json.encode(history) + b"\n"])
    pages = None
    if parts.site != "none":
        overview = read_overview(folder.root / TABLE_STORE, setting.mapper.compact)
        pages = _site(setting, facts, versions, overview, tables)._replace(
            history=history,
            scripts=parts.site == "full",
            documents=parts.has_files,
            load=_load(folder, facts, statements),
            left_out=counted.left_out,
        )
    files = parts.has_files
    _write_documents(folder, setting, spools, facts, pages, files=files, left=left, jobs=jobs)
    describe(folder, setting, gone, earlier)


def _write_tables(folder: Folder, setting: Setting, spools: Spools) -> Mapping[str, TableFile]:
    """Writes the release as tables."""
    data = setting.dataset
    title, rights, description = (
        {str(language): text for language, text in said.items()}
        for said in (data.title, data.rights, data.description)
    )
    terms = (description, data.publisher, RIGHTS, RUN)
    return write_tables(
        folder.write,
        spools.nodes.sorted(),
        spools.entries.sorted(),
        Imprint(DATASET, setting.as_of, title, rights, *terms),
        ontology=setting.words.ontology,
        iri=setting.mapper.iri,
        properties=setting.mapper.terms.properties,
        columnar=data.shows_parquet,
    )


def _write_documents(
    folder: Folder,
    setting: Setting,
    spools: Spools,
    facts: Facts,
    site: Site | None,
    *,
    files: bool,
    left: Left,
    jobs: int,
) -> None:
    """Writes the documents of all resources, and the pages around them; `files` says whether those
    for machines are files, or the lines that make them; `left` gives what is to be made.
    """
    if not files:
        folder.write(DOCUMENT_LINES, spools.entries.sorted())
    catalogue = read_catalogue(spools.entries.sorted())
    markup = markup_of(facts, spools.nodes.sorted())
    made_of = Ingredients(setting, site, catalogue, markup.labels, facts.gone, files=files)
    works = left(by_resource(spools.entries.sorted()), made_of)
    chunks = iter(lambda: list(islice(works, _CHUNK)), [])
    for made in in_order(Renderer(setting, site, catalogue, markup), chunks, min(jobs, _CREW)):
        if isinstance(made, Lost):
            resource = made.item.lines[0].partition("\t")[0]
            raise BadOutput(
                N_("cannot make the documents of {resource}"),
                hint=N_("too long, or too little memory"),
                resource=resource,
            )
        for path, content in made:
            folder.write(path, [content])
    if site:
        pages = Pages(folder.write, catalogue, site, markup.text, markup.links)
        tell = load(folder.root, {}).rows if site.load.facts <= MOST else None
        pages.write_others(tell, narratives_of(spools.entries.sorted()))
        for path, file in engine_files().items() if answers_here(site) else ():
            folder.copy(path, file)


def _load(folder: Folder, facts: Facts, statements: int) -> BrowserLoad:
    """What a browser loads of the release, which has so many statements in all."""
    engine = sum(file.stat().st_size for file in engine_files().values())
    triples = sum(1 for _ in folder.read(TRIPLES))
    facts_size, all_size = (facts.files[path].size for path in (TURTLE, TRIG))
    return BrowserLoad(triples, statements, facts_size, all_size, engine)


def _site(
    setting: Setting,
    facts: Facts,
    versions: Sequence[str],
    overview: Overview,
    tables: Mapping[str, TableFile],
) -> Site:
    """What pages say of the release."""
    return Site(
        setting,
        version=facts.version,
        downloads=[
            Download(title_of(path), path, media_type(path), *file, tables.get(path))
            for path, file in facts.downloads()
        ],
        questions=facts.examples,
        earlier=[version for version in versions if version != facts.version],
        overview=overview,
        outlines=read_outlines(),
    )
