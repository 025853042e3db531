"""The published JSON-LD context, compiled once to a table of terms
(https://www.w3.org/TR/json-ld11/#context-definitions).

Only what our context uses is understood; anything else in a context is an error, never ignored.
"""

import json
import re
from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct, ValidationError, convert

from ...model.errors import BadMapping

#: Characters that no IRI holds (https://www.rfc-editor.org/rfc/rfc3987), with bidi and zero-width
#: ones that hide.
_NO_IRI = re.compile(
    '[\x00-\x20<>"{}|\\\\^`\x7f-\x9f\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\uf8ff\ufdd0-\ufdef\ufeff\ufff0-\uffff'
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0xE0000, 0x10000)
    )
    + "\U000e0000-\U0010ffff]"
    r"|[\[\]]|%(?![0-9A-Fa-f]{2})|#[^#]*#|^[^:]*://[^/?#]*:(?![0-9]*(?:[/?#]|$))"
)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.")

#: What most IRIs are like, which nothing is wrong with: a tenth of the time of the two above.
_USUAL = re.compile(r"https?://[A-Za-z0-9.-]+/[A-Za-z0-9._~/-]*(#[A-Za-z0-9._~-]*)?")
_KEYWORDS = frozenset({"@id", "@type", "@container", "@context"})
_CONTAINERS = frozenset({"@set", "@language"})


class Term(NamedTuple):
    """A key of linked records: its predicate as an N-Triples term, and how its values are written.

    `kind` is one of: text (plain), texts (by language), typed (`datatype`), iri (or a node), term
    (a declared key), code (a word under `vocab`, compactly `prefix`). It has `several` values where
    the context says so, though one would do.
    """

    key: str
    predicate: str
    kind: str
    datatype: str = ""
    vocab: str = ""
    prefix: str = ""
    several: bool = False


class Terms(NamedTuple):
    """A compiled context: terms of properties by key, classes by name, prefixes, and the context
    itself.
    """

    properties: Mapping[str, Term]
    classes: Mapping[str, str]
    prefixes: Mapping[str, str]
    source: Mapping[str, object]


def compile_terms(context: str) -> Terms:
    """The table of terms of a context given as JSON text; BadMapping for what it cannot hold.

    >>> terms = '"id": "@id", "type": "@type", "ex": "http://example.org/", "name": "ex:name"'
    >>> compile_terms(f'{{"@context": {{{terms}}}}}').properties["name"].predicate
    '<http://example.org/name>'
    """
    source = _source(context)
    entries = dict(source)
    if (entries.pop("@version", 1.1), entries.pop("id", None), entries.pop("type", None)) != (
        1.1,
        "@id",
        "@type",
    ):
        raise BadMapping("the context must be of version 1.1, and name @id 'id' and @type 'type'")
    if unknown := [
        key for key, value in entries.items() if key[:1] == "@" or not isinstance(value, str | dict)
    ]:
        raise BadMapping(f"the context holds {', '.join(unknown)}, which is not supported")
    prefixes = {key: _iri_of(value) for key, value in entries.items() if _is_prefix(value)}
    words = {key: value for key, value in entries.items() if key not in prefixes}
    classes = {
        key: expand(_iri_of(value), prefixes) for key, value in words.items() if key[:1].isupper()
    }
    properties = {
        key: _term(key, value, prefixes) for key, value in words.items() if key not in classes
    }
    return Terms(properties, classes, prefixes, source)


def _source(context: str) -> Mapping[str, object]:
    """The object that a context is; BadMapping where there is none."""
    try:
        document = json.loads(context)
    except (ValueError, RecursionError) as error:
        raise BadMapping("the context is not JSON that can be read") from error
    source = document.get("@context") if isinstance(document, dict) else None
    if not isinstance(source, dict):
        raise BadMapping("the context is no object with the key @context")
    return source


def expand(iri: str, prefixes: Mapping[str, str]) -> str:
    """The full IRI of a compact or full one; BadMapping if it is relative or holds what no IRI
    may.
    """
    prefix, colon, rest = iri.partition(":")
    full = (
        prefixes[prefix] + rest
        if colon and prefix in prefixes and not rest.startswith("//")
        else iri
    )
    if not _USUAL.fullmatch(full) and (
        not _ABSOLUTE.match(full)
        or _NO_IRI.search(full)
        or (full == iri and not rest.startswith(("//", "uuid:")))
    ):
        raise BadMapping(f"{iri!r} is not an absolute IRI, nor one with a known prefix")
    return full


def _is_prefix(value: object) -> bool:
    """A term that only abbreviates: marked as prefix, or an absolute IRI that ends where a name
    would begin.
    """
    if isinstance(value, str):
        return "://" in value and value[-1] in "/#"
    return isinstance(value, dict) and value.get("@prefix") is True


def _iri_of(value: object) -> str:
    return value if isinstance(value, str) else _definition(value).id


class _Definition(Struct, frozen=True, rename=lambda name: f"@{name}"):
    """What a context says of a term."""

    id: str = ""
    type: str | None = None
    container: str | tuple[str, ...] = ()
    context: Mapping[str, str] | None = None


def _definition(value: object) -> _Definition:
    """The definition of a term, be it an IRI alone or more; BadMapping for what is neither."""
    try:
        return convert({"@id": value} if isinstance(value, str) else value, _Definition)
    except ValidationError as error:
        raise BadMapping(f"the context defines a term as {value!r}: {error}") from error


def _term(key: str, value: object, prefixes: Mapping[str, str]) -> Term:
    definition = _definition(value)
    container = definition.container
    containers = {container} if isinstance(container, str) else set(container)
    keywords = value.keys() if isinstance(value, dict) else set()
    if unknown := (keywords - _KEYWORDS) | (containers - _CONTAINERS):
        raise BadMapping(
            f"the context's term {key!r} uses {', '.join(sorted(unknown))}, which is not supported"
        )
    term = Term(key, f"<{expand(definition.id, prefixes)}>", "text", several="@set" in containers)
    if "@language" in containers:
        return term._replace(kind="texts")
    match definition.type:
        case None:
            return term
        case "@id":
            return term._replace(kind="iri")
        case "@vocab":
            return _coded(term, definition.context, prefixes)
    return term._replace(kind="typed", datatype=expand(definition.type, prefixes))


def _coded(term: Term, scope: Mapping[str, str] | None, prefixes: Mapping[str, str]) -> Term:
    if scope is None:
        return term._replace(kind="term")
    if set(scope) != {"@vocab"}:
        raise BadMapping(
            f"the context's term {term.key!r} has a scope that is more than a vocabulary"
        )
    vocab = scope["@vocab"]
    name, base = max(
        prefixes.items(), key=lambda prefix: len(prefix[1]) if vocab.startswith(prefix[1]) else -1
    )
    return term._replace(kind="code", vocab=vocab, prefix=f"{name}:{vocab.removeprefix(base)}")
