"""What a client takes: lists of preferences with weights (https://www.rfc-editor.org/rfc/rfc9110
#section-12), read so that no text whatever is an error.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

#: An item of a list, and of an item a part: a separator within quotation marks is none.
_ITEM = re.compile(r'(?:[^,"]++|"(?:\\.|[^"\\])*+"?+)++', re.DOTALL)
_PART = re.compile(r'(?:[^;"]++|"(?:\\.|[^"\\])*+"?+)++', re.DOTALL)
_WEIGHT = re.compile(r"[0-9]*(?:\.[0-9]*)?")

#: The weight of what is taken most, in thousandths.
MOST = 1000

#: What is said in ever the same words is read once; nothing long is kept.
_KEPT = 512
_LONGEST_KEPT = 512

#: The most items of a list that are read: no client of good will has as many.
_MOST_ITEMS = 256


class Preference(NamedTuple):
    """What a client takes, its parameters, and its weight in thousandths (0: not at all)."""

    value: str
    parameters: tuple[tuple[str, str], ...]
    weight: int


def preferences(header: str) -> tuple[Preference, ...]:
    """The items of a list in its order; names are in small letters.

    >>> preferences('text/turtle;q=0.31, application/ld+json;profile="a,b"')[1].parameters
    (('profile', 'a,b'),)
    """
    return _kept(header) if len(header) <= _LONGEST_KEPT else tuple(_read(header))


def chosen(header: str | None, offers: Sequence[str]) -> str | None:
    """The media type that a client prefers of some, of equals the first; None where it takes none.

    Without a header all are taken. A range with parameters is one without, where none is closer.

    >>> chosen("text/*;q=0.5, text/turtle", ("text/html", "text/turtle"))
    'text/turtle'
    """
    if not header or not header.strip():
        return offers[0]
    named: dict[tuple[str, bool], int] = {}
    heads = (offer.partition("/")[0] for offer in offers)
    names = frozenset((*offers, *(f"{head}/*" for head in heads), "*/*", "*"))
    for one in _preferred(header, names):
        key = (one.value, all(name == "charset" for name, _ in one.parameters))
        named[key] = max(one.weight, named.get(key, 0))
    weights = [_weight(named, offer) for offer in offers]
    best = max(weights)
    return offers[weights.index(best)] if best else None


def chosen_word(header: str | None, offers: Sequence[str], otherwise: str) -> str:
    """The language that a client prefers of some, of equals the one it names first; `otherwise`
    where it names none.

    >>> chosen_word("de, fr-CH;q=0.2, en;q=0.1", ("en", "fr", "es"), "en")
    'fr'
    """
    named: dict[str, int] = {}
    for one in preferences(header or ""):
        tag = one.value.partition("-")[0]
        if tag == one.value or one.weight > named.get(tag, 0):
            named[tag] = max(one.weight, named.get(tag, 0))
    rest = [offer for offer in (otherwise, *offers) if offer not in named]
    order = [*(tag for tag in named if tag in offers), *(rest[:1] if "*" in named else ())]
    weights = [named.get(tag, named.get("*", 0)) for tag in order]
    best = max(weights, default=0)
    return order[weights.index(best)] if best else otherwise


def takes(header: str | None, coding: str) -> bool:
    """Whether a client takes a content coding, and as gladly as the content without it.

    >>> takes("gzip, br", "gzip"), takes("gzip;q=0, *", "gzip"), takes(None, "gzip")
    (True, False, False)
    """
    if not header:
        return False
    names = frozenset((coding, f"x-{coding}", "identity", "*"))
    named = {one.value: one.weight for one in _preferred(header, names)}
    weight = named.get(coding, named.get(f"x-{coding}", named.get("*", 0)))
    return weight > 0 and weight >= named.get("identity", 0)


def _weight(named: dict[tuple[str, bool], int], offer: str) -> int:
    """What the closest range gives an offer; old clients write the widest one as a star."""
    for value in (offer, f"{offer.partition('/')[0]}/*", "*/*", "*"):
        for plain in (True, False):
            if (value, plain) in named:
                return named[value, plain]
    return 0


def _preferred(header: str, names: frozenset[str]) -> Iterable[Preference]:
    """The items of a list; of a long one those that have one of some names, the rest is not
    read.
    """
    return _kept(header) if len(header) <= _LONGEST_KEPT else _read(header, names)


@lru_cache(_KEPT)
def _kept(header: str) -> tuple[Preference, ...]:
    return tuple(_read(header))


def _read(header: str, names: frozenset[str] | None = None) -> Iterator[Preference]:
    """The items of a list that have one of some names, or any; not more than are read."""
    items: Iterable[str] = _ITEM.findall(header) if '"' in header else header.split(",")
    if names is not None:
        items = (item for item in items if item.partition(";")[0].strip().lower() in names)
    for item in islice(items, _MOST_ITEMS):
        value, *rest = [part.strip() for part in _PART.findall(item)] or [""]
        if not value:
            continue
        weight, parameters = MOST, []
        for name, _, told in (part.partition("=") for part in rest):
            if (small := name.strip().lower()) == "q":
                weight = _thousandths(told.strip())
                break
            parameters.append((small, _unquoted(told.strip())))
        yield Preference(value.lower(), tuple(parameters), weight)


def _thousandths(text: str) -> int:
    """A weight; what is none is as if not there, what is more than 1 is 1."""
    known = _WEIGHT.fullmatch(text[:16])
    return min(MOST, round(float(text[:16]) * MOST)) if known and text.strip(".") else MOST


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text.strip('"')) if text[:1] == '"' else text
