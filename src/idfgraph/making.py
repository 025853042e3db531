"""All files of a release from the lines that were collected: dumps, documents, words, tables, pages, descriptions."""

from . import iris
from .describe import media_type, title_of
from .describing import describe, facts_of, markup_of
from .findings import Report
from .pages import Download, Site, read_catalogue, write_pages
from .publish import RUN, Folder, check_dumps, documents, write_documents, write_dumps, write_words
from .releases import SUMMARY, TOMBSTONES, Tally, render_summary, render_tombstones
from .report import report_lines
from .setting import Setting
from .tables import Edition, write_tables
from .weaving import Spools


def make(folder: Folder, setting: Setting, spools: Spools, report: Report, counted: Tally) -> None:
    """Writes the files of a release, those that describe the others last; raises BadOutput.

    `spools` hold the release, `report` is what was found in it, `counted` what it holds.
    """
    write_dumps(folder, spools.quads.sorted(), spools.nodes.sorted(), setting.words)
    statements = check_dumps(folder)
    write_documents(folder, spools.entries.sorted(), setting.mapper, setting.words.prefixes)
    write_words(folder, setting.words, (iris.rebase(line, setting.base) for line in report_lines(report)))
    _write_tables(folder, setting, spools)
    folder.write(
        SUMMARY,
        [render_summary(counted.summary(setting.as_of, statements, narratives=setting.dataset.shows_narratives))],
    )
    folder.write(TOMBSTONES, [render_tombstones(counted.tombstones, setting.mapper.iri)])
    _write_pages(folder, setting, spools)
    describe(folder, setting)


def _write_tables(folder: Folder, setting: Setting, spools: Spools) -> None:
    """Writes the release as tables."""
    data = setting.dataset
    title, rights = ({str(language): text for language, text in said.items()} for said in (data.title, data.rights))
    write_tables(
        folder.write,
        spools.nodes.sorted(),
        spools.entries.sorted(),
        Edition(iris.part(RUN, "dataset"), setting.as_of, title, rights),
        ontology=setting.words.ontology,
        iri=setting.mapper.iri,
        properties=setting.mapper.terms.properties,
    )


def _write_pages(folder: Folder, setting: Setting, spools: Spools) -> None:
    """Writes the release as pages for people."""
    terms, words, facts = setting.mapper.terms, setting.words, facts_of(folder, setting, pages=True)
    site = Site(
        dataset=setting.dataset,
        issued=setting.as_of,
        base=setting.base,
        terms=terms.properties,
        prefixes=terms.prefixes,
        ontology=words.ontology,
        shapes=words.shapes,
        version=facts.version,
        downloads=[Download(title_of(path), path, media_type(path), *file) for path, file in facts.downloads()],
        questions=facts.examples,
    )
    told = markup_of(facts, spools.nodes.sorted())
    write_pages(
        folder.write,
        documents(spools.entries.sorted()),
        read_catalogue(spools.entries.sorted()),
        site,
        markup=told.text,
        links=told.links,
    )
