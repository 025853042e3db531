"""What a release is made of: its lines, gathered in spools, and the texts of its pages."""

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import NamedTuple

import msgspec

from ..checks.check import SourceCheck
from ..exports.metadata import RUN, day_node, run_nodes
from ..graph.lines import Spools, chain_quads, weave
from ..graph.resolve import linked_entries
from ..model import iris
from ..model.layout import page_text
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


def gather(check: SourceCheck, spools: Spools, before: PreviousRelease | None) -> Contents:
    """Fills the spools: the records, the last sound versions of others, the reference data they
    touch, and the run.
    """
    setting = check.setting
    known = {id_ for shard in check.shards(weaving=True) for id_ in spools.take(shard.woven)}
    pages = _pages(known)
    staying: list[str] = []
    texts: list[str] = []
    for sound in _sound_versions(check, before):
        known |= spools.take(sound.shard.woven)
        staying.append(sound.id)
        texts += sound.texts
    spools.take(weave(setting.mapper, linked_entries(setting.reference, known)))
    day = day_node(setting.dataset)
    spools.quads.add(setting.mapper.quads(day))
    spools.nodes.add([f"{msgspec.json.encode(day).decode()}\n"])
    run = run_nodes(setting.dataset, version("idfgraph"), _pages(known), setting.ended)
    spools.quads.add(chain_quads(setting.mapper, run, RUN))
    return Contents(pages, tuple(staying), tuple(texts))


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
    for name in contents.texts:
        if before and name not in folder.sums and (text := before.read(name)):
            folder.write(name, [text])


def _sound_versions(check: SourceCheck, before: PreviousRelease | None) -> Iterator[SoundVersion]:
    """The last sound versions of the records that are left out, once the others are read."""
    if before:
        for sound in sound_versions(
            check.setting, check.run.engine, before, check.without, check.owners
        ):
            check.take(sound.shard.findings)
            yield sound


def _pages(known: Iterable[str]) -> set[str]:
    """The ids of pages among others."""
    return {target for target in known if target.startswith("src:")}
