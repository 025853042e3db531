"""Files of a source to records, streamed: pages of one project joined, and what cannot be read told
or refused.
"""

from collections.abc import Collection, Container, Iterable, Iterator
from functools import cache, partial
from pathlib import Path

from msgspec.structs import replace

from ..model.errors import BadInput, BadRecord, Place, advice, bad_record
from ..model.records import Record, Source
from ..model.text import N_, Texts, texts
from .files import Files, find_files, mentioned
from .join import Waiting
from .kept import File
from .origin import Sourced
from .page_facts import PageFacts, facts_of
from .pages import ReadProse, read_page, taught
from .parts import signed_for
from .records import read_record, read_records, read_signed, with_signed
from .refusal import Refuse, once, tried
from .rereading import reread

#: What to do about a page that is named twice, or a document that is described in two ways.
_ONCE = N_("a page is of one record, and stands there once")
_ALIKE = N_("cite it once in a record, and describe it alike in all")

_NO_RECORD = N_("is signed for {id}, but there is no such record")
_BRING = N_("bring the record back, write the id that it has now, or remove the file")


def read(
    sources: Iterable[Path], *, encoding: str | None = None, refuse: Refuse | None = None
) -> Iterator[Sourced]:
    """The records of the sources, streamed: records first, then one for each project that only
    pages name.

    A page that no record names joins the record of the project whose Projet ID it prints.

    Raises BadInput, BadPage or BadRecord with file, line and field at the first input that cannot
    be used; with `refuse`, each such input (a record, a line, a page) is handed to it once instead,
    and the rest is read. A page that a refused record names is not read for itself.
    """
    return read_files(find_files(sources), encoding=encoding, refuse=refuse)


def read_files(
    files: Files,
    *,
    encoding: str | None = None,
    refuse: Refuse | None = None,
    prose: ReadProse | None = None,
) -> Iterator[Sourced]:
    """As read, for files that have been found; `prose` reads what pages say in words."""
    return _Stream(files, encoding, once(refuse), prose).records()


def _by_record(signed: Iterable[File]) -> dict[str, list[File]]:
    """What is signed by the id, in small letters, of the record that it is for."""
    found: dict[str, list[File]] = {}
    for _, file in sorted({Path(str(file)).absolute(): file for file in signed}.items()):
        found.setdefault(signed_for(file.name), []).append(file)
    return found


class _Stream:
    """One reading of files: the pages that wait for a record, and those that records name."""

    def __init__(
        self,
        files: Files,
        encoding: str | None,
        refuse: Refuse | None,
        prose: ReadProse | None = None,
    ) -> None:
        self.files, self.encoding, self.refuse, self.prose = files, encoding, refuse, prose
        self.waiting = Waiting()
        self.named: set[str] = set()
        self.first: dict[str, tuple[str, Source | None]] = {}
        self.signed = _by_record((*files.signed, *files.beside))
        self.unread: set[str] = set()

    def records(self) -> Iterator[Sourced]:
        """All records; the pages that no file of records mentions are read before them, the others
        after.
        """
        for error in self.files.refused:
            self.refused(error)
        pages = self.files.pages
        paths = (*self.files.records, *self.files.lines) if pages else ()
        told = set[str]().union(*map(self.mentioned, paths))
        yield from self.unclaimed(pages.keys() - told)
        for sourced in self.written():
            self.named.update(source.page for source in sourced.record.sources)
            for whole in tried(partial(self.whole, sourced), self.refuse):
                yield self.waiting.join(whole, self.files.pages)
        self.refuse_loose()
        yield from self.unclaimed((pages.keys() & told) - self.named)
        yield from self.waiting.rest()

    def whole(self, sourced: Sourced) -> Sourced:
        """A record with what is signed for it, whose quotes are re-read; BadRecord also where it
        names a page twice, or one of another record: the values of both would have one name.
        Several may cite a document.
        """
        signed = self.signed.pop(sourced.record.id.casefold(), ())
        sourced = with_signed(sourced, map(read_signed, signed))
        record, named = sourced.record, set[str]()
        for number, source in enumerate(() if record.withdrawn else record.sources):
            if said := self.misnamed(record, source, named):
                place = sourced.origin.place(f"sources[{number}].page")
                raise BadRecord(said, place, hint=_ALIKE if source.media_type else _ONCE)
            named.add(source.page)
        return reread(sourced, self.files)

    def refuse_loose(self) -> None:
        """Refuses what is signed for a record that is not there, nor in a file that cannot be
        read.
        """
        if any(file.stem.casefold() in self.unread for file in self.files.lines):
            return
        for file in self.files.signed:
            id_ = signed_for(file.name)
            if id_ not in self.signed or id_ in self.unread:
                continue
            for _, said in tried(partial(read_signed, file), self.refuse):
                told = advice(_NO_RECORD, _BRING, id=said.id)
                self.refused(bad_record(told, Place(str(file), 1)))

    def misnamed(self, record: Record, source: Source, named: Container[str]) -> Texts:
        """What is wrong with naming a page or document in a record that has `named` others; empty
        where nothing is.
        """
        described = replace(source, values=(), remarks=()) if source.media_type else None
        owner, first = self.first.setdefault(source.page, (record.id, described))
        if source.page in named:
            return texts("names a page twice")
        if described is None and owner.casefold() != record.id.casefold():
            return texts("names a page of {owner}", owner=owner)
        if described == first:
            return {}
        return texts("describes a document otherwise than {owner}", owner=owner)

    def written(self) -> Iterator[Sourced]:
        """The records of YAML files and of JSON Lines."""
        for path in self.files.records:
            yield from tried(partial(read_record, path), self.refusing(path))
        for path in self.files.lines:
            yield from self.lines(path)

    def lines(self, path: File) -> Iterator[Sourced]:
        """The records of a JSON Lines file; a file that cannot be read on is left."""
        refuse = self.refusing(path)
        found = read_records(path, refuse)
        while one := list(tried(partial(next, found, None), refuse)):
            if one[0] is None:
                return
            yield one[0]

    def refusing(self, path: File) -> Refuse | None:
        """What refuses a record of a file: the pages that the file mentions then count as named."""

        @cache
        def name() -> None:
            """Notes what the file mentions, however many of its records are refused."""
            self.named.update(self.mentioned(path))
            self.unread.add(path.stem.casefold())

        def refuse(error: BadInput) -> None:
            """Hands it on; the pages that the record names are not read for themselves."""
            name()
            self.refused(error)

        return refuse if self.refuse else None

    def refused(self, error: BadInput) -> None:
        """Raises the error, or hands it on."""
        if not self.refuse:
            raise error
        self.refuse(error)

    def mentioned(self, path: File) -> Collection[str]:
        """What a file of records mentions that may be pages; nothing where it cannot be read."""
        return next(tried(lambda: set(mentioned(path)), self.refuse), ())

    def unclaimed(self, digests: Iterable[str]) -> Iterator[Sourced]:
        """The pages among these that name no project; the others wait for their project's
        record.
        """
        for digest in sorted(digests):
            for page in tried(partial(self.page, self.files.pages[digest]), self.refuse):
                if unidentified := self.waiting.add(page):
                    yield unidentified

    def page(self, path: File) -> Sourced:
        """The record of a page, with its address and time of capture if those can be read."""
        known = next(tried(partial(facts_of, path), self.refuse), PageFacts())
        with taught(self.files.labels):
            return read_page(path, known, encoding=self.encoding, prose=self.prose)
