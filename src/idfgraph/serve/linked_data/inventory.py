"""What a release holds, by path: things, their documents, and files."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from ...model.iris import FOLDERS, RECORD_FOLDERS
from ...model.layout import (
    ALL_SHAPES,
    CATALOG,
    LANDING,
    PAGE_SUFFIXES,
    PAGES,
    QUADS,
    QUESTIONS,
    REPORT,
    SHAPES,
    WELL_KNOWN_QUERIES,
    WELL_KNOWN_VOID,
)

#: The forms of a document, of equals the first is taken.
FORMS: Final = ("html", "rq", "ttl", "jsonld", "nt", "nq", "trig")

#: The forms that are made of what stands in the files when somebody asks for them.
_MADE: Final = ("nq", "trig")

#: Documents that grow with the data: no form is made of them.
_GROWING: Final = (REPORT,)

#: The list of profiles, whose parts are those that are ours: it is made, and there is no file.
PROFILES: Final = "profiles"
_LISTED: Final = ("ttl", "jsonld", "nt")

#: Paths that lead to a document, besides those of things.
_LANDING: Final = LANDING.removesuffix(".html")
_RULES: Final = f"{SHAPES}index"
_INDEXES: Final = {"": CATALOG, SHAPES: _RULES, SHAPES[:-1]: _RULES}

#: Documents whose pages, or other files, have another name than they have.
_SHOWN: Final = {CATALOG: _LANDING}
_TOLD_IN: Final = {_RULES: ALL_SHAPES}
_QUESTIONS: Final = (WELL_KNOWN_QUERIES, f"{WELL_KNOWN_QUERIES}/")

_SLUG = r"[A-Za-z0-9][A-Za-z0-9.-]*"
_FOLDERS = [folder.removeprefix("doc/") for folder in FOLDERS.values()]
_KINDS = "|".join(folder for folder in _FOLDERS if folder != "code")
_THING = re.compile(
    rf"id/((?:{_KINDS})/{_SLUG})|(code/{_SLUG})|graph/(source/[0-9a-f]+)"
    rf"|graph/decision/((?:state|org|code)/{_SLUG})"
)
_DECISION = re.compile(rf"graph/decision/({_SLUG})")


class HeldDocument(NamedTuple):
    """A document: its path without suffix, the paths of its files by form (there, or made as if
    they were), of its pages by language, the forms that are made of them, and whether what it tells
    of was withdrawn.
    """

    stem: str
    files: Mapping[str, str]
    pages: Mapping[str, str]
    made: tuple[str, ...]
    gone: bool

    @property
    def forms(self) -> tuple[str, ...]:
        """Its forms, of equals the first is taken."""
        has = {*self.files, *self.made, *(["html"] if self.pages else [])}
        return tuple(form for form in FORMS if form in has)

    def path(self, form: str, language: str) -> str:
        """The path of one of its forms; pages are by language."""
        if form == "html":
            return self.pages.get(language, f"{self.stem}.html")
        return self.files.get(form, f"{self.stem}.{form}")


class Found(NamedTuple):
    """What stands at a path: a document, where there is one; of a file its own path, form and
    language, which are empty where a client is to choose; whether it is another path's to show it.
    """

    document: HeldDocument | None
    file: str = ""
    form: str = ""
    language: str = ""
    leads: bool = False


class Inventory:
    """What a release holds: its files with their SHA-256, those beside them that have none,
    documents that were withdrawn, and the forms that are made for a path without suffix where there
    is no file.
    """

    def __init__(
        self,
        sums: Mapping[str, str],
        withdrawn: frozenset[str],
        beside: frozenset[str],
        forms: Callable[[str], Iterable[str]],
    ) -> None:
        self.sums, self._withdrawn, self._beside = sums, withdrawn, beside
        self._forms = forms
        self.find = lru_cache(4096)(self._find)
        self.document = lru_cache(4096)(self._document)

    def _find(self, path: str) -> Found | None:
        """What stands at a path."""
        if path in self.sums or path in self._beside:
            return self._file(path)
        if path.startswith(PAGES) and f"{path}.txt" in self.sums:
            return Found(None, f"{path}.txt")
        if path in _QUESTIONS and (document := self.document(QUESTIONS)):
            return Found(document._replace(pages={}), leads=True)
        for stem in self._told_at(path):
            if document := self.document(stem):
                return Found(document, leads=True)
        if document := self.document(_INDEXES.get(path, path)):
            return Found(document)
        stem, _, form = path.rpartition(".")
        document = self.document(stem)
        has = document and (form in document.made or document.files.get(form) == path)
        return Found(document, path, form) if has else self._gone(path)

    def _gone(self, path: str) -> Found | None:
        """A document that was withdrawn, at the path of a page that it has not."""
        for suffix in sorted(PAGE_SUFFIXES.values(), key=len, reverse=True):
            if path.endswith(suffix):
                document = self.document(path.removesuffix(suffix))
                return Found(document) if document and document.gone else None
        return None

    def _told_at(self, path: str) -> Iterator[str]:
        """The documents that may tell of a thing."""
        if match := _THING.fullmatch(path):
            yield f"doc/{match[match.lastindex or 0]}"
        elif match := _DECISION.fullmatch(path):
            yield from (f"{folder}/{match[1]}" for folder in RECORD_FOLDERS)

    def _file(self, path: str) -> Found:
        for language, suffix in sorted(PAGE_SUFFIXES.items(), key=lambda one: -len(one[1])):
            if path.endswith(suffix):
                stem = path.removesuffix(suffix)
                return Found(self.document(stem), path, "html", language)
        stem, _, form = path.rpartition(".")
        if path == WELL_KNOWN_VOID:
            return Found(None, path, "ttl")
        return Found(self.document(stem) if form in FORMS else None, path, form)

    def _document(self, stem: str) -> HeldDocument | None:
        """The document with a path; None where there is none."""
        if stem in ("404", "410", ""):
            return None
        if stem == PROFILES:
            return HeldDocument(stem, {}, {}, _LISTED, gone=False)
        told, shown = _TOLD_IN.get(stem, stem), _SHOWN.get(stem, stem)
        made = self._forms(stem)
        files = {
            form: path
            for form in FORMS[1:]
            if (path := f"{told}.{form}") in self.sums or form in made
        }
        pages = {
            language: f"{shown}{suffix}"
            for language, suffix in PAGE_SUFFIXES.items()
            if f"{shown}{suffix}" in self.sums
        }
        if not files and not pages:
            return None
        makes = "nt" in files and "nq" not in files and stem not in _GROWING and QUADS in self.sums
        return HeldDocument(stem, files, pages, _MADE if makes else (), stem in self._withdrawn)
