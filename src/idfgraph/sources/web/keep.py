"""Pages fetched and kept: each address becomes a file in a folder of pages, its address noted
beside it, a line logged.

What is on disk after each page is all that a later run needs: one that was cut off is taken up
where it stopped, and pages that have not changed are asked for by their validators and left as they
are.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from ...model.errors import BadInput, BadOutput, NoPage, Place
from ...model.records import Source
from ...model.system_words import of_system
from ...model.text import N_, Texts, texts
from ...model.visible import told, whole
from ...system.disk import write_bytes, write_text
from ..lost_fields import lost_fields
from ..page_facts import ADDRESSES, PageFacts, addresses_in, with_facts
from ..pages import read_page
from .fetched_names import other_slug_of, slug_of
from .fetched_page import FetchedPage
from .fetcher import fetch
from .log import Log, LogEntry, LogKind
from .page_faults import Failed, Refused
from .policy import Policy, State, Validators
from .sitemap_urls import sitemap_urls
from .url_lists import read_list
from .urls import LONGEST, checked


class FetchOutcome(NamedTuple):
    """What became of one address: the file that holds its page (None: none), why if there is a why,
    what to look at.
    """

    url: str
    kind: LogKind
    file: Path | None = None
    reason: str = ""
    notes: tuple[str, ...] = ()


def _uncounted() -> None:
    """Counts nothing."""


def addresses(
    urls: Sequence[str] = (),
    lists: Sequence[Path] = (),
    sitemaps: Sequence[str] = (),
    *,
    pattern: str = "*",
    policy: Policy = Policy(),
) -> list[str]:
    """Addresses named, of files with one a line, and of sitemaps (those whose path fits the
    pattern), each once.

    Raises BadInput for a file or sitemap that cannot be read.

    >>> addresses(["https://iom.int/fr/node/175831", "https://iom.int/fr/node/175831"])
    ['https://iom.int/fr/node/175831']
    """
    state = State()
    found = [*urls, *(url for path in lists for url in read_list(path))]
    found += [page for url in sitemaps for page in sitemap_urls(url, policy, state, pattern)]
    return list(dict.fromkeys(found))


def fetch_all(
    urls: Iterable[str],
    folder: Path,
    policy: Policy = Policy(),
    progress: Callable[[], None] = _uncounted,
) -> Iterator[FetchOutcome]:
    """Fetches addresses into a folder of pages, and yields what became of each; one that fails
    stops no other.

    `progress` is called for each. Raises BadOutput if the folder cannot be written, BadInput or
    BadRecord if its log or its list of addresses cannot be read.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [outcome.reason for outcome in fetch_all(["http://127.0.0.1/page"], Path(folder))]
    ['http://127.0.0.1/robots.txt: leads to 127.0.0.1, which is not a public address; see \
--allow-private']
    """
    listed = list(dict.fromkeys(map(_normal, urls)))
    run = sha256(whole("\n".join(listed)).encode()).hexdigest()[:16]
    shelf = _Shelf(folder, run, policy)
    done = {url: entry for url, entry in shelf.log.done(run).items() if shelf.intact(entry)}
    state = State(dict(shelf.known(listed)))
    for url in listed:
        if url in done:
            yield FetchOutcome(
                url, "unchanged", folder / done[url].file, "fetched before the run was cut off"
            )
        else:
            yield shelf.fetch(url, state)
        progress()
    shelf.log.add(shelf.entry("finished"))


class _Shelf:
    """A folder of pages with its list of addresses and its log, as one run fills it."""

    def __init__(self, folder: Path, run: str, policy: Policy) -> None:
        self.folder, self.log = folder, Log(folder)
        self._run, self._policy = run, policy
        self._list = folder / ADDRESSES
        self._urls: dict[str, str] = dict(addresses_in(self._list)) if self._list.is_file() else {}
        _make(folder)
        names = [*self._urls, *(path.name for path in folder.iterdir())]
        self._names = {name.casefold(): name for name in names}

    def intact(self, entry: LogEntry) -> bool:
        """Whether the file of an entry is still what was fetched."""
        return _digest(self.folder / entry.file) == entry.sha256

    def known(self, urls: Iterable[str]) -> Iterator[tuple[str, Validators]]:
        """The addresses whose pages are here as they were fetched, and what to ask for them by."""
        for url in urls:
            entry = self.log.pages.get(url)
            if entry and self.intact(entry):
                yield url, Validators(entry.final or url, entry.etag, entry.last_modified)

    def fetch(self, url: str, state: State) -> FetchOutcome:
        """Fetches one address, keeps its page, and logs it."""
        try:
            entry = self._kept(fetch(url, self._policy, state))
        except Refused as error:
            entry = self.entry("refused", url=told(url, LONGEST), reason=_reason(error, url))
        except Failed as error:
            entry = self.entry("failed", url=url, status=error.status, reason=_reason(error, url))
        self.log.add(entry)
        page = self.log.pages.get(url)
        return FetchOutcome(
            entry.url,
            entry.kind,
            self.folder / page.file if page else None,
            entry.reason,
            entry.notes,
        )

    def entry(self, kind: LogKind, **fields: Any) -> LogEntry:
        """An entry of this run, now."""
        return LogEntry(
            time=self._policy.clock.hour().isoformat(), run=self._run, kind=kind, **fields
        )

    def _kept(self, page: FetchedPage) -> LogEntry:
        if page.body is None:
            before = self.log.pages[page.url]
            tags = {
                "etag": page.etag or before.etag,
                "last_modified": page.last_modified or before.last_modified,
            }
            same = {"file": before.file, "sha256": before.sha256, "charset": before.charset}
            return self._noted("unchanged", page, **tags, **same)
        name = self._name(page)
        old = _digest(self.folder / name)
        if old == page.sha256:
            return self._noted("unchanged", page, file=name)
        self._refuse_poorer(name, page.url, page.body)
        self._store(name, page.url, page.body)
        return self._noted("fetched", page, file=name, reason="has changed" if old else "")

    def _refuse_poorer(self, name: str, url: str, body: bytes) -> None:
        """Nothing, or Refused for what is no page, or lost so much that it takes no page's place;
        it is then held aside.
        """
        held = self.folder / f"{name}.held"
        write_bytes(held, [body])
        if fault := _fault(self.folder / name, held):
            hint = N_("look at {held}; if it is right, give it the name {name}")
            raise Refused(
                N_("is held aside: {fault}"),
                Place(url),
                hint=hint,
                fault=fault,
                held=held,
                name=name,
            )
        held.unlink()

    def _noted(self, kind: LogKind, page: FetchedPage, **more: str) -> LogEntry:
        final = page.final if page.final != page.url else ""
        came = {
            "sha256": page.sha256,
            "charset": page.charset,
            "etag": page.etag,
            "last_modified": page.last_modified,
        }
        fields = {"url": page.url, "final": final, **came, **more}
        return self.entry(kind, status=page.status, notes=page.notes, **fields)

    def _name(self, page: FetchedPage) -> str:
        """The file name of a page: after its address, with a few digits more where another page has
        that name.
        """
        plain = slug_of(page.url) + page.suffix
        taken = self._names.get(plain.casefold())
        free = taken is None or self._urls.get(taken) == page.url
        return plain if free else other_slug_of(page.url) + page.suffix

    def _store(self, name: str, url: str, body: bytes) -> None:
        """Puts a page on disk; its address goes first, so that a name is never taken without its
        owner being known.
        """
        if self._urls.get(name) != url:
            text = self._list.read_bytes().decode() if self._urls else ""
            write_text(self._list, with_facts(text, name, PageFacts(url=url)))
            self._urls[name], self._names[name.casefold()] = url, name
        write_bytes(self.folder / name, [body])


def _fault(before: Path, now: Path) -> Texts:
    """Why a new capture takes the place of no earlier one; empty where it may."""
    try:
        (new,) = read_page(now).record.sources
    except NoPage as error:
        return error.said
    except BadInput as error:
        return error.said if _source(before) else {}
    lost = lost_fields(old, new) if (old := _source(before)) else ()
    return texts("it lost {names}", names=", ".join(lost)) if lost else {}


def _source(page: Path) -> Source | None:
    """What a page prints; None where there is none that can be read."""
    try:
        return read_page(page).record.sources[0] if page.is_file() else None
    except BadInput:
        return None


def _normal(url: str) -> str:
    """The address in the form that is asked for; one that cannot be asked as it is, so that it is
    told.
    """
    try:
        return checked(url.strip()).url
    except Refused:
        return url.strip()


def _reason(error: Refused | Failed, url: str) -> str:
    """Why, with the place where that is another address."""
    where = "" if error.place.file in {"", url, told(url, 200)} else f"{error.place}: "
    return f"{where}{error.text}"


def _digest(path: Path) -> str:
    """The SHA-256 of a file; empty if there is none."""
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadOutput(
            N_("cannot be made: {strerror}"), Place(str(folder)), strerror=of_system(error)
        ) from error
