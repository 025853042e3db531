"""The words of the reference data that ships, by the names that people write for them: what a
message can suggest.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Any

import msgspec
import yaml

from ...model.names import folded
from ...model.text import LANGUAGES
from ...system import resources

_FILES = ("states.jsonl", "concepts.jsonl", "organisations.jsonl")
_NAMES_OF_PEOPLE = "overrides.yaml"

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

#: How alike a name must be to be suggested, and how many are.
_ALIKE, _SUGGESTED = 0.8, 3


def named(prefix: str, text: str) -> frozenset[str]:
    """The words under a prefix that a text names: by code or name, in any language and case.

    >>> named("st:", "moldavie"), named("st:", "MD"), named("code:status-", "Completed")
    (frozenset({'MDA'}), frozenset({'MDA'}), frozenset({'completed'}))
    """
    return _names(prefix).get(folded(_bare(prefix, text).replace("_", " ")), frozenset())


def nearest(prefix: str, text: str) -> tuple[str, ...]:
    """The words under a prefix whose names are most like a text.

    >>> nearest("code:status-", "complete"), nearest("st:", "xyzzy")
    (('completed',), ())
    """
    return _nearest(prefix, folded(_bare(prefix, text))[:100])


@cache
def words_under(prefix: str) -> Mapping[str, Mapping[str, str]]:
    """The words under a prefix, by alphabet, each with its names by language.

    >>> list(words_under("code:status-")), words_under("st:")["MDA"]["en"]
    (['active', 'completed'], 'Republic of Moldova')
    """
    return {
        id_.removeprefix(prefix): label
        for id_, label in _labels().items()
        if id_.startswith(prefix)
    }


@lru_cache(maxsize=1_000)
def _nearest(prefix: str, key: str) -> tuple[str, ...]:
    names = _names(prefix)
    close = get_close_matches(key, names, _SUGGESTED, _ALIKE) if key else []
    return tuple(dict.fromkeys(word for name in close for word in sorted(names[name])))


def _bare(prefix: str, text: str) -> str:
    """A text without the prefix, or the scheme, that people put before a word."""
    for begun in (prefix, f"{prefix.rpartition(':')[2]}"):
        if begun and text.casefold().startswith(begun):
            return text[len(begun) :]
    return text


@cache
def _names(prefix: str) -> Mapping[str, frozenset[str]]:
    """Names, folded -> the words under a prefix that they stand for."""
    found: dict[str, set[str]] = {}
    for id_, name in _all_names():
        if id_.startswith(prefix):
            found.setdefault(folded(name), set()).add(id_.removeprefix(prefix))
    codes = {folded(word): {word} for word in words_under(prefix)}
    return {name: frozenset(words) for name, words in (found | codes).items() if name}


@cache
def _entries() -> tuple[Mapping[str, Any], ...]:
    lines = (
        line for name in _FILES for line in (resources.REFERENCE / name).read_bytes().splitlines()
    )
    return tuple(msgspec.json.decode(line) for line in lines if line)


@cache
def _labels() -> Mapping[str, Mapping[str, str]]:
    return {
        entry["id"]: {tag: label["text"] for tag, label in entry.get("prefLabel", {}).items()}
        for entry in sorted(_entries(), key=lambda entry: str(entry["id"]))
    }


def _all_names() -> Iterator[tuple[str, str]]:
    """Ids and what they are called, by data and by people."""
    for entry in _entries():
        for language in LANGUAGES:
            labels = [
                entry.get("prefLabel", {}).get(language),
                *entry.get("altLabel", {}).get(language, ()),
            ]
            yield from ((entry["id"], label["text"]) for label in labels if label)
        yield from ((entry["id"], code) for code in entry.get("notation", ()))
    text = (resources.REFERENCE / _NAMES_OF_PEOPLE).read_text("utf-8")
    yield from ((one["id"], one["alias"]) for one in yaml.load(text, Loader=_LOADER))  # noqa: S506
