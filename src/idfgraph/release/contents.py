"""What a release is made of: its lines, gathered in spools, and the texts of its pages."""

from collections.abc import Container, Iterable, Iterator, Mapping
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec
from pyoxigraph import NamedNode, RdfFormat, parse

from ..checks.check import SourceCheck
from ..exports.metadata import RUN, RunFacts, day_node, run_nodes, run_of
from ..graph.lines import Spools, weave
from ..graph.resolve import linked_entries
from ..graph.setting import Setting
from ..model import iris
from ..model.layout import page_of, page_text
from ..sources.pages import published_bytes
from ..system.folder import Folder
from .losses import PreviousRelease
from .quarantine import SoundVersion, sound_versions


class Contents(NamedTuple):
    """What spools were filled from: the pages of records (compact IRIs), and of the records held
    back those of which an older version stays, with the paths of their page texts.
    """

    pages: set[str]
    staying: tuple[str, ...]
    texts: tuple[str, ...]


def gather(
    check: SourceCheck,
    spools: Spools,
    before: PreviousRelease | None,
    entries: Iterable[str] = (),
) -> Contents:
    """Fills the spools: the records, the last sound versions of others, the reference data they
    touch, that its vocabulary names or that was published before (`entries`), the codes of words
    that no list has, and the run.
    """
    setting = check.setting
    spun = (shard.spun for shard in check.shards(into=spools.quads.folder) if shard.spun)
    known = {id_ for one in spun for id_ in spools.adopt(one)}
    pages = _pages(known)
    staying: list[str] = []
    texts: list[str] = []
    for sound in _sound_versions(check, before):
        known |= spools.take(sound.shard.woven)
        staying.append(sound.id)
        texts += sound.texts
    shown = {*known, *entries, *_spoken_of(setting)}
    new = list(check.provisional.names.entries())
    shown |= spools.take(weave(setting.mapper, new))
    spools.take(weave(setting.mapper, linked_entries(setting.reference, shown)))
    day = day_node(setting.dataset)
    spools.quads.take(setting.mapper.blocks([day]))
    spools.nodes.take([msgspec.json.encode(day) + b"\n"])
    spools.quads.take(_run_blocks(setting, spools))
    return Contents(pages, tuple(staying), tuple(texts))


def _run_blocks(setting: Setting, spools: Spools) -> list[bytes]:
    """What is said of the run, which is named after what it made: that, and all that is gathered so
    far.
    """
    mapper, run = setting.mapper, RunFacts(RUN, version("idfgraph"), setting.ended)
    said = mapper.blocks(run_nodes(setting.dataset, run), RUN)
    run = run._replace(iri=run_of(chain(spools.quads.blocks(), said)))
    return list(mapper.blocks(run_nodes(setting.dataset, run), RUN))


def write_page_texts(
    folder: Folder, check: SourceCheck, contents: Contents, before: PreviousRelease | None
) -> None:
    """Writes the texts of the pages that are used, unless the data set says that none is
    published.
    """
    setting = check.setting
    if setting.dataset.shows_pages:
        for digest, path in sorted(setting.files.pages.items()):
            if iris.source(digest) in contents.pages:
                encoding = check.encodings.get(digest, setting.encoding)
                folder.write(page_text(digest), [published_bytes(path, encoding)])
        copied = (one for one in setting.files.copies if iris.source(one) in contents.pages)
        _write_copies(folder, map(page_text, copied), before)
    _write_copies(folder, contents.texts, before)


def _write_copies(folder: Folder, paths: Iterable[str], before: PreviousRelease | None) -> None:
    """Writes what the release before has at these paths and this one has not."""
    for path in paths:
        if before and path not in folder.sums and (text := before.read(path)):
            folder.write(path, [text])


def with_copies(setting: Setting, before: PreviousRelease | None) -> Setting:
    """The setting, with the copies that the release before has of pages that are not at hand;
    BadOutput if one of them has changed since.
    """
    copies = copies_in(before, setting.files.pages) if before else {}
    return setting._replace(files=setting.files._replace(copies=copies))


def copies_in(release: PreviousRelease, known: Container[str] = ()) -> Mapping[str, Path]:
    """The copies that a release has of pages, but for those that are known, by SHA-256; BadOutput
    if one of them has changed since.
    """
    return {
        digest: release.release / path
        for path in release.sums
        if (digest := page_of(path)) and digest not in known
        if release.read(path) is not None
    }


def _sound_versions(check: SourceCheck, before: PreviousRelease | None) -> Iterator[SoundVersion]:
    """The last sound versions of the records that are left out, once the others are read."""
    if before:
        for sound in sound_versions(
            check.setting, check.run.engine, before, check.without, check.owners
        ):
            check.take(sound.shard.findings)
            check.provisional.note(sound.shard.coined, {})
            yield sound


def _spoken_of(setting: Setting) -> Iterator[str]:
    """What vocabulary and shapes lead to, as compact IRIs."""
    for text in (setting.words.ontology, *setting.words.shapes.values()):
        for quad in parse(text.encode(), format=RdfFormat.TURTLE):
            if isinstance(quad.object, NamedNode):
                yield setting.mapper.compact(quad.object.value)


def _pages(known: Iterable[str]) -> set[str]:
    """The ids of pages among others."""
    return {target for target in known if target.startswith("src:")}
