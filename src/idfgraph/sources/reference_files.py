"""Reference data: states, areas, organisations and concepts, each with the sources of its labels
and ids.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from ..model.datatypes import Address, is_address
from ..model.entries import (
    Alias,
    Entry,
    FieldLabel,
    Phrase,
    ReferenceData,
    ReferenceSource,
    RegionException,
)
from ..model.errors import BadRecord, DuplicateId, Place
from ..model.fields import FIELDS
from ..model.names import folded
from ..model.provisional_codes import OPEN_SCHEMES, kind_of
from ..model.text import N_, Texts, texts
from .additions import AdditionNote, Additions, with_additions
from .decode import RECORD_LIMIT, read_bytes
from .kept import File
from .origin import Origin
from .records import line_ids, line_origin, read_json_lines, read_yaml

T = TypeVar("T")

#: The file of the names that people add, in each folder of reference data.
OVERRIDES = "overrides.yaml"

#: The file of phrases of pages: each folder's lines add to those of the others.
_PHRASES = "phrases.jsonl"

#: What makes two phrases the same one; the parts of what no property is, that a desk may add.
_PHRASE_KEYS = ("lang", "says", "at", "words")
_PARTS = {"currency": "[A-Z]{3}", "multiplier": "[0-9]{1,13}"}

#: The file of what labels, identifiers and memberships were taken from.
_SOURCES = "sources.jsonl"

#: What takes the place of memberOf.
_MEMBERSHIP_HINT = N_('write "membership": [{"organization": "ag:eu", "memberFrom": "2004-05-01"}]')

#: The fields of an entry that name others in the data, as files write them; what to do where one of
#: these is not there, and where an entry has no name.
_LINKS = {"broader": "broader", "unitOf": "unit_of", "inScheme": "in_scheme"}
_LINK_HINT = N_("write the id of an entry, or add a line for it")
_NAME_HINT = N_("write the id of an entry that ships, or give the new one a prefLabel")
_NO_ENTRY = N_("is {target}, which is no entry of the reference data")
_NO_SOURCE = N_("names the source {name!r}, which is no key of {file} and no address")

_ENTRIES = ("states.jsonl", "areas.jsonl", "organisations.jsonl", "concepts.jsonl")
_EXCEPTIONS = "region-exceptions.jsonl"

#: The file of the labels of fields that a desk adds.
LABELS = "field-labels.jsonl"

#: The files of a folder of reference data.
REFERENCE_FILES = (*_ENTRIES, _EXCEPTIONS, LABELS, _SOURCES, OVERRIDES, _PHRASES)


def read_reference(*folders: File) -> ReferenceData:
    """The reference data of all folders: those before the last add to it, and replace nothing.

    Of two names that people add, written alike but for another thing, that of the earlier folder
    counts. Raises BadInput or BadRecord if a file does not fit, or a membership leads nowhere.
    """
    *own, shipped = dict.fromkeys(folders)
    added = Additions(_entries(shipped))
    for folder in reversed(own):
        more = with_additions(added.entries, _entries(folder))
        added = more._replace(notes=(*added.notes, *_placed(folder, more.notes)))
    data = ReferenceData(
        entries=added.entries,
        aliases=tuple(_aliases(folders)),
        exceptions=tuple(dict.fromkeys(chain.from_iterable(map(_exceptions, reversed(folders))))),
        phrases=tuple(_phrases(folders, {entry.id for entry in added.entries})),
        sources=_sources(folders),
        notes=tuple(note.text for note in added.notes),
    )
    _check_memberships(data, folders)
    _check_links(data, folders)
    return data


def _entries(folder: File) -> tuple[Entry, ...]:
    """The entries of a folder."""
    return _all(Entry, _files(folder, _ENTRIES), "id")


def _placed(folder: File, notes: Iterable[AdditionNote]) -> Iterator[AdditionNote]:
    """Notes on entries of a folder, each with the file and the line that the entry is in."""
    for note in notes:
        origin = reference_origin([folder], note.id)
        where = f"{Path(origin.file).name}:{origin.place().line}: " if origin else ""
        yield note._replace(text=f"{where}{note.text}")


def _exceptions(folder: File) -> tuple[RegionException, ...]:
    return _all(RegionException, _files(folder, [_EXCEPTIONS]), "state", "region")


def _files(folder: File, names: Iterable[str]) -> Iterator[File]:
    """The files of these names that a folder has."""
    return _existing(folder / name for name in names)


def _existing(paths: Iterable[File]) -> Iterator[File]:
    return (path for path in paths if path.is_file())


def read_field_labels(folder: File) -> tuple[FieldLabel, ...]:
    """The labels of fields that a folder adds to those that are known; BadInput or BadRecord if the
    file does not fit.
    """
    return _all(FieldLabel, _files(folder, [LABELS]), "label")


def reference_origin(folders: Sequence[File], id_: str) -> Origin | None:
    """Where the entry with this id (`st:ALB`) was read, or None if no file has it; BadInput if one
    cannot be read.

    >>> from pathlib import Path
    >>> reference_origin([Path("data/reference")], "st:ALB").place("iso3").line
    6
    """
    for path in chain.from_iterable(_files(folder, _ENTRIES) for folder in folders):
        changed = path.stat().st_mtime_ns
        if found := _index(path, changed).get(id_):
            return line_origin(path, *found, changed)
    return None


@lru_cache(maxsize=8)
def _index(path: File, _changed: int) -> Mapping[str, tuple[int, int]]:
    """The line and the offset in bytes of each id of a file, found anew when the file has
    changed.
    """
    return {id_: (number, offset) for id_, number, offset in line_ids(path)}


def _aliases(folders: Iterable[File]) -> Iterator[Alias]:
    """The names that people added, folder by folder, without those that an earlier folder has for
    another entry.
    """
    taken: set[tuple[str, str, str]] = set()
    for path in dict.fromkeys(folder / OVERRIDES for folder in folders):
        added = read_aliases(path) if path.is_file() else ()
        yield from (alias for alias in added if _key(alias) not in taken)
        taken |= set(map(_key, added))


def read_aliases(file: File) -> tuple[Alias, ...]:
    """The names of a file that people added; none of one that holds notes alone."""
    lines = read_bytes(file, RECORD_LIMIT).removeprefix(b"\xef\xbb\xbf").splitlines()
    if all(line.lstrip()[:1] in (b"", b"#") for line in lines):
        return ()
    names: tuple[Alias, ...] = read_yaml(file, tuple[Alias, ...])[0]
    return names


def _phrases(folders: Sequence[File], roles: Container[str]) -> Iterator[Phrase]:
    """The phrases of all folders; BadRecord at one of a desk that says what no reading knows."""
    *own, shipped = dict.fromkeys(folder / _PHRASES for folder in folders)
    known = _all(Phrase, _existing([shipped]), *_PHRASE_KEYS)
    for path in _existing(own):
        yield from _all(Phrase, [path], *_PHRASE_KEYS)
        for number, row in _rows(path, Phrase):
            words = sorted({one.says for one in known if one.at == row.at})
            if row.says not in words and not _is_open(row.says, words, roles):
                place = Place(str(path), number, field="says")
                fault = N_("is {says!r}, which nothing reads at {at!r}")
                raise BadRecord(
                    fault,
                    place,
                    hint=N_("write one of {names}"),
                    says=row.says,
                    at=row.at,
                    names=", ".join(words),
                )
    yield from known


def _is_open(says: str, words: Iterable[str], roles: Container[str]) -> bool:
    """Whether a phrase says a part that pages and desks may add to those in these words: a code or
    a measure of an open list, a role that there is, a currency, a multiplier.
    """
    whole, _, part = says.partition(".")
    if not part or all(one.partition(".")[0] != whole or "." not in one for one in words):
        return False
    field = FIELDS.get(whole)
    if field is None:
        return re.fullmatch(_PARTS.get(whole, "(?!)"), part) is not None
    if field.kind == "partner":
        return f"code:role-{part}" in roles
    return field.kind == "outcome" or field.scheme in OPEN_SCHEMES


def _sources(folders: Sequence[File]) -> Mapping[str, Address]:
    """The addresses of sources by their keys; those of an earlier folder come before others."""
    paths = [folder / _SOURCES for folder in reversed(folders)]
    files = (path for path in paths if path.is_file())
    rows = (row for path in files for row in _all(ReferenceSource, [path], "key"))
    return {row.key: row.url for row in rows}


def _check_memberships(data: ReferenceData, folders: Sequence[File]) -> None:
    """Nothing, or BadRecord at the first membership in what is no entry, or with a source that is
    not listed.
    """
    ids = {entry.id for entry in data.entries}
    for entry in data.entries:
        for number, each in enumerate(entry.membership):
            unknown = [key for key in each.sources if key not in data.sources]
            if each.organization not in ids:
                fault = texts(_NO_ENTRY, target=each.organization)
                raise _at(folders, entry.id, f"membership[{number}].organization", fault)
            if wrong := next((key for key in unknown if not is_address(key)), None):
                fault = texts(_NO_SOURCE, name=wrong, file=_SOURCES)
                raise _at(folders, entry.id, f"membership[{number}].sources", fault)


def _check_links(data: ReferenceData, folders: Sequence[File]) -> None:
    """Nothing, or BadRecord at the first entry that is of a list, or a part of something, that is
    not there, or that has other names alone: they are of one that is not there.
    """
    ids = {entry.id for entry in data.entries}
    for entry in data.entries:
        for field, name in _LINKS.items():
            for target in getattr(entry, name):
                if target not in ids:
                    fault = texts(_NO_ENTRY, target=target)
                    raise _at(folders, entry.id, field, fault, _LINK_HINT)
        if entry.alt_label and not entry.pref_label:
            fault = texts("has no name, and {id} is no entry that ships", id=entry.id)
            raise _at(folders, entry.id, "id", fault, _NAME_HINT)
    for row in data.exceptions:
        for field, target in (("state", row.state), ("region", row.region)):
            if target not in ids:
                raise _exception_at(folders, row, field, target)


def _exception_at(
    folders: Sequence[File], row: RegionException, field: str, target: str
) -> BadRecord:
    """The error for what the Fund puts in a region, where one of the two is no entry."""
    files = (path for folder in folders for path in _files(folder, [_EXCEPTIONS]))
    rows = ((path, *one) for path in files for one in _rows(path, RegionException))
    place = next(Place(str(path), number) for path, number, one in rows if one == row)
    return BadRecord(_NO_ENTRY, place._replace(field=field), hint=_LINK_HINT, target=target)


def _at(folders: Sequence[File], id_: str, field: str, fault: Texts, hint: str = "") -> BadRecord:
    """What is wrong with a field of an entry, at its place."""
    origin = reference_origin(folders, id_)
    place = origin.place(field) if origin else Place()
    return BadRecord(fault, place._replace(field=field), hint=hint)


def _key(alias: Alias) -> tuple[str, str, str]:
    """What a name is looked up by: how it is written, its language, and what is looked for."""
    return folded(alias.alias), alias.lang, kind_of(alias.id)


def _all(form: type[T], paths: Iterable[File], *keys: str) -> tuple[T, ...]:
    """The lines of files; DuplicateId where two have the same keys, for only one would be used."""
    known: dict[str, tuple[T, Place]] = {}
    for path in paths:
        for number, row in _rows(path, form):
            name = " ".join(str(getattr(row, key)) for key in keys)
            here = Place(str(path), number, field=keys[0])
            _, there = known.setdefault(name, (row, here))
            if there is not here:
                fault = N_("has the {key} {name}, as has {there}")
                raise DuplicateId(
                    fault,
                    here,
                    hint=N_("keep one of the two"),
                    also=(there,),
                    key=keys[0],
                    name=name,
                    there=there,
                )
    return tuple(row for row, _ in known.values())


def _rows(path: File, form: Any) -> Iterator[tuple[int, Any]]:
    """The lines of a file with their numbers; of an entry in the old form, BadRecord says what the
    new one is.
    """
    try:
        yield from read_json_lines(path, form)
    except BadRecord as error:
        if error.place.field != "memberOf":
            raise
        raise BadRecord(N_("has no days"), error.place, hint=_MEMBERSHIP_HINT) from error
