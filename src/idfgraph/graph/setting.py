"""What one run works with: the data set's own words, reference data, context and shapes, all under
one base.
"""

import os
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from typing import NamedTuple

from ..model import iris
from ..model.entries import FieldLabel, ReferenceData
from ..model.errors import BadConfig, BadMapping, BadRecord, Place
from ..model.nodes import Node, id_of
from ..model.records import Dataset, Record
from ..model.text import N_, Texts
from ..sources.files import Files, Inputs, listed
from ..sources.given import Sources, as_paths, as_sources
from ..sources.kept import File
from ..sources.pages import label_notes
from ..sources.records import read_yaml
from ..sources.reference_files import LABELS, OVERRIDES, read_reference, reference_origin
from ..sources.rereading import is_reread
from ..sources.snapshot import snapshot
from ..system import resources
from ..system.depot import Depot
from .mapping import Mapper, compile_context
from .resolve import Linked, Reference, alias_warnings, earlier, resolve, without

#: The last reference data that desks had, with the labels of their fields and the context, and the
#: index of each.
_INDEXED = deque[tuple[tuple[object, ...], Reference]](maxlen=2)


class Vocabulary(NamedTuple):
    """The texts that a release is published with: context, ontology and shapes by file name, all
    under its base.
    """

    context: Mapping[str, object]
    context_text: str
    ontology: str
    shapes: Mapping[str, str]
    prefixes: Mapping[str, str]


class Setting(NamedTuple):
    """What one run works with: the data set's own words, reference data, context and shapes under
    one base.

    `as_of` is the day of the data, `ended` the moment of the run, which SOURCE_DATE_EPOCH alone
    gives; `folders` are those of the reference data, the first that has a file first, `settings`
    is where the data set's own words were read, if they are not those that ship.
    """

    files: Files
    dataset: Dataset
    reference: Reference
    mapper: Mapper
    words: Vocabulary
    base: str
    as_of: str
    ended: str = ""
    warnings: tuple[str, ...] = ()
    encoding: str | None = None
    folders: tuple[File, ...] = ()
    settings: File | None = None

    @property
    def borrowed_title(self) -> Texts | None:
        """The title of the data set that ships, where that stands for want of its own."""
        return None if self.settings else self.dataset.title


def prepare(
    sources: Sources | Inputs, *, base: str | None = None, encoding: str | None = None
) -> Setting:
    """The setting of a run over these sources, as they were kept or else as they stand; the first
    that is a data folder gives the data set's own words.
    """
    inputs = sources if isinstance(sources, Inputs) else listed(as_paths(sources))
    file = inputs.settings or resources.DATASET
    dataset, _ = read_yaml(file, Dataset)
    under = iris.checked_base(base or dataset.base, Place() if base else Place(str(file)))
    context = iris.rebase(resources.CONTEXT.read_text("utf-8"), under)
    mapper = compile_context(context)
    words = Vocabulary(
        context=mapper.terms.source,
        context_text=context,
        ontology=iris.rebase(resources.ONTOLOGY.read_text("utf-8"), under),
        shapes={
            name: iris.rebase(text, under)
            for name, text in resources.texts_in(resources.SHAPES, ".ttl").items()
        },
        prefixes=mapper.terms.prefixes,
    )
    reference, folders, warnings = _reference(inputs, mapper)
    return Setting(
        files=inputs.files,
        dataset=dataset,
        reference=reference,
        warnings=warnings,
        mapper=mapper,
        words=words,
        base=under,
        as_of=dataset.as_of,
        ended=_epoch(),
        encoding=encoding,
        folders=folders,
        settings=inputs.settings,
    )


def _reference(
    inputs: Inputs, mapper: Mapper
) -> tuple[Reference, tuple[File, ...], tuple[str, ...]]:
    """The reference data of a run, its folders, and what is to be known of it."""
    shipped, labels = resources.REFERENCE, inputs.files.labels
    if not (inputs.reference or labels):
        return shipped_reference(), (shipped,), ()
    folders = (*((inputs.reference,) if inputs.reference else ()), shipped)
    data = read_reference(*folders)
    warnings = (
        *data.notes,
        *(f"{LABELS}: {note}" for note in label_notes(labels)),
        *(f"{OVERRIDES}: {warning}" for warning in alias_warnings(data)),
    )
    return _indexed(data, labels, mapper, folders), folders, warnings


def _indexed(
    data: ReferenceData,
    labels: tuple[FieldLabel, ...],
    mapper: Mapper,
    folders: Sequence[File],
) -> Reference:
    """Reference data that can be written as RDF, ready for use: what this process made of the same
    data a moment ago is used again.
    """
    asked = (data, labels, mapper.terms.source)
    for known, reference in _INDEXED:
        if known == asked:
            return reference
    made = _sound(Reference(data, labels), mapper, folders)
    _INDEXED.append((asked, made))
    return made


@cache
def shipped_reference() -> Reference:
    """The reference data that ships, without what any desk adds; read once by a process."""
    return Reference(read_reference(resources.REFERENCE))


@contextmanager
def prepared(
    sources: Sources,
    *,
    base: str | None = None,
    encoding: str | None = None,
    depot: Depot | None = None,
) -> Iterator[Setting]:
    """The setting of a run over these sources as they are when the block begins; other machines
    read them from a depot, if one is given.
    """
    with snapshot(as_sources(sources), depot) as inputs:
        yield prepare(inputs, base=base, encoding=encoding)


def _sound(reference: Reference, mapper: Mapper, folders: Sequence[File]) -> Reference:
    """The reference data itself, or BadRecord at the first entry that cannot be written as RDF."""
    for node in reference.nodes(reference.ids()):
        try:
            mapper.quads(node)
        except BadMapping as error:
            origin = reference_origin(folders, id_of(node))
            hint = N_("use the prefixes of the entries that ship")
            raise BadRecord(
                error.about.message, origin.place() if origin else Place(), hint=hint
            ) from error
    return reference


def linked(setting: Setting, record: Record) -> Linked:
    """The linked record of a record in a setting."""
    pages, copies = setting.files.pages, setting.files.copies
    known = {one.page for one in record.sources if one.page in pages or one.page in copies}
    published = known if setting.dataset.shows_pages else ()
    unread = {one.page for one in record.sources if not is_reread(one, setting.files)}
    item = resolve(
        record,
        setting.reference,
        as_of=setting.as_of,
        pages=published,
        unread=unread if any(setting.files[:3]) else (),
    )
    return _chosen(setting, item)


def relinked(setting: Setting, id_: str, published: Sequence[Node], issued: str) -> Linked:
    """The linked record of a document that was published on a day, marked as older than what is
    known by now.

    `id_` is the compact IRI that the document is about.
    """
    texts = setting.dataset.shows_pages
    return _chosen(setting, earlier(id_, published, issued, setting.reference, texts=texts))


def _chosen(setting: Setting, item: Linked) -> Linked:
    """What the data set chooses to publish of a linked record."""
    return item if setting.dataset.shows_narratives else without(item, "narrative")


def today() -> str:
    """Today, for what a person writes now: SOURCE_DATE_EPOCH, or else the clock; raises BadConfig.

    >>> len(today())
    10
    """
    return _epoch()[:10] or date.today().isoformat()


def _epoch() -> str:
    """The moment of SOURCE_DATE_EPOCH, in UTC; empty where it is not set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return ""
    if not re.fullmatch("[0-9]{1,11}", epoch):
        raise BadConfig(
            N_("SOURCE_DATE_EPOCH is {epoch!r}"),
            hint=N_("give whole seconds since 1970"),
            epoch=epoch,
        )
    try:
        moment = datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise BadConfig(
            N_("SOURCE_DATE_EPOCH is {epoch!r}"), hint=N_("give a year up to 9999"), epoch=epoch
        ) from error
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
