"""The text of a page, and quotes from it, taken out of all releases of a folder, under new sums."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
from pyoxigraph import RdfFormat, parse

from ...model import iris
from ...model.errors import BadInput, BadOutput, Place
from ...model.layout import ARCHIVE, DOWNLOADS, MARK, QUADS, page_text
from ...model.text import N_
from ...system.disk import remove, write_text
from ...system.folder import Folder
from ...system.reading import read_whole
from ..mark import ReleaseMark, listed, number_of, strangers
from ..shelf import Release, releases_of
from ..signing import check_key, signature
from ..store import CHECKED, NOTES_LIMIT, REDACTED, ReleaseStore
from ..sums import digest_of
from .quotes import Quotes, quotes_of
from .rewriting import rewritten, tombstone

_DIGEST = re.compile(r"[0-9a-f]{64}")

#: Digits of a page's SHA-256 in its IRI.
_SHORT = 16


def redact(store: ReleaseStore, sha256: str, key: Path | None = None) -> Iterator[str]:
    """Takes the text of a page and the quotes from it out of all releases; yields what was done, a
    line each. To be called when locked.

    Raises BadInput for what is no page of any release, and BadOutput, changing nothing, where a
    release is damaged or holds what is not ours. What was done before an interruption stays done:
    the same again does the rest.
    """
    if key:
        check_key(key)
    if not _DIGEST.fullmatch(sha256):
        raise BadInput(
            N_("{sha256!r} is no SHA-256"),
            hint=N_("give the 64 digits of a page"),
            sha256=sha256[:80],
        )
    kept = releases_of(store)
    there = {release.name: _files(release) for release in kept}
    dumps = [path for files in there.values() for name, path in files.items() if _is_dump(name)]
    parsed = (parse(path=path, format=RdfFormat.N_QUADS) for path in dumps)
    quotes = quotes_of(sha256[:_SHORT], parsed)
    told = any(page_text(sha256) in files for files in there.values())
    if not (told or quotes.words):
        hint = N_("see the SHA-256 of pages in tables/sources.csv")
        raise BadInput(N_("no release has this page"), Place(sha256), hint=hint)
    _remember(store, sha256)
    remove(store.root / CHECKED)
    changed = dict[str, bytes | None]()
    for release in kept:
        if name := _redacted(store, release, there[release.name], (sha256, quotes, changed), key):
            yield f"redacted: {release.name} is {name}"


def check_redacted(store: ReleaseStore, pages: Iterable[str]) -> None:
    """Nothing, or BadInput where a page (a compact IRI) is to be published that was taken out."""
    gone = {iris.source(sha256): sha256 for sha256 in _remembered(store)}
    for page in sorted(set(pages) & set(gone)):
        raise BadInput(
            N_("was taken out of all releases, and would be published again"),
            Place(f"the page {gone[page]}"),
            hint=N_("take it, and what quotes it, out of the sources"),
        )


def _files(release: Release) -> Mapping[str, Path]:
    """The files of a release that are there, once each is sound; BadOutput if it is not."""
    place = Place(str(release.path))
    if release.path.is_dir() and strangers(release.path):
        raise BadOutput(N_("holds what is not ours"), place, hint=N_("move it away"))
    found = {}
    for path, digest in listed(release.path).items():
        file = release.path / path
        if release.is_pruned and not file.exists():
            continue
        if digest_of(file) != digest:
            hint = N_("idfgraph releases --repair mends it where a sound copy is left")
            raise BadOutput(N_("is not whole: {path}"), place, hint=hint, path=path)
        found[path] = file
    return found


def _is_dump(path: str) -> bool:
    return path == QUADS or (path.startswith(ARCHIVE) and path.endswith(f"/{QUADS}"))


def _is_bound(path: str) -> bool:
    """Whether other files name the SHA-256 of this one."""
    return path.startswith((*DOWNLOADS, ARCHIVE))


def _redacted(
    store: ReleaseStore,
    release: Release,
    files: Mapping[str, Path],
    what: tuple[str, Quotes, dict[str, bytes | None]],
    key: Path | None,
) -> str:
    """Makes a release anew without the quotes, in the place of what it was; its new name, empty if
    it has none of them.
    """
    sha256, quotes, changed = what
    sums, digests = listed(release.path), dict[str, str]()
    with store.building() as folder:
        written = False
        for path in sorted(files, key=lambda path: (not _is_bound(path), path)):
            if path == page_text(sha256):
                folder.write(path, tombstone(sha256))
            elif path.startswith("pages/"):
                folder.link(path, files[path], sums[path])
            else:
                _write(folder, path, files[path], (quotes, changed, digests, sums[path]))
            written = written or folder.sums[path] != sums[path]
        if not written:
            return ""
        gone = {path: digest for path, digest in sums.items() if path not in files}
        number = number_of(release.path)
        folder.seal(
            lambda text: {
                MARK: ReleaseMark(number, text).text,
                **(signature(text, key) if key else {}),
            },
            gone,
        )
        return store.replace(release.path, folder.root, is_current=release.is_current)


def _write(
    folder: Folder,
    path: str,
    file: Path,
    how: tuple[Quotes, dict[str, bytes | None], dict[str, str], str],
) -> None:
    """Writes a file without the quotes, or takes it as it is; the same bytes give the same."""
    quotes, changed, digests, digest = how
    bound = _is_bound(path)
    known = digest if bound else ""
    if known not in changed or not bound:
        changed[known] = rewritten(file, quotes, {} if bound else digests)
    data = changed[known]
    if data is None:
        folder.link(path, file, digest)
        return
    folder.write(path, [data])
    if bound:
        digests[digest] = folder.sums[path]


def _remember(store: ReleaseStore, sha256: str) -> None:
    """Writes down that a page was taken out: what stays of it."""
    told = sorted({*_remembered(store), sha256})
    text = msgspec.json.format(msgspec.json.encode(told), indent=2).decode()
    write_text(store.root / REDACTED, f"{text}\n")


def _remembered(store: ReleaseStore) -> list[str]:
    file = store.root / REDACTED
    try:
        return (
            msgspec.json.decode(read_whole(file, NOTES_LIMIT), type=list[str])
            if file.exists()
            else []
        )
    except (BadInput, msgspec.MsgspecError) as error:
        raise BadOutput(N_("cannot be read"), Place(str(file)), hint=N_("move it away")) from error
