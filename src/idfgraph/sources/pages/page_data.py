"""What a page says of itself for machines: JSON-LD and microdata of schema.org, and the title that
it gives to those who share it.

Only what describes the page itself or the project that it is about is taken; what two descriptions
of one kind say differently is not.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ...model.datatypes import PROJECT_ID
from ...model.names import folded
from ...model.visible import visible
from .page_labels import field_of

Element = Any

#: A description, as JSON-LD has it: keys with one value or several, texts or descriptions.
Node = Mapping[str, object]

#: Kinds of things that a page describes as its own, the surest first.
_KINDS = (
    frozenset({"Project", "ResearchProject", "Grant", "MonetaryGrant"}),
    frozenset({"Article", "NewsArticle", "BlogPosting", "Report", "CreativeWork"}),
    frozenset({"WebPage", "ItemPage", "AboutPage"}),
)
_KEYS: Mapping[str, str] = {
    "name": "title",
    "headline": "title",
    "startDate": "startYear",
    "endDate": "endYear",
    "identifier": "projectId",
}
_LONGEST = 500

#: Key of descriptions that stand in the words of the page.
_IN_WORDS = "@in-words"


class PageDatum(NamedTuple):
    """A property, the key that a page gives it under, and the value as it is written there."""

    property: str
    key: str
    value: str


class PageNames(NamedTuple):
    """By what descriptions are told to be the page's: its address, its titles, folded, the Projet
    ID that it shows.
    """

    url: str | None
    titles: frozenset[str]
    identifier: str | None


def descriptions(root: Element) -> Sequence[Node]:
    """What a page describes for machines, as JSON-LD or microdata."""
    return [*_json_ld(root), *_microdata(root)]


def page_data(root: Element, nodes: Iterable[Node], page: PageNames) -> Sequence[PageDatum]:
    """What a page says of itself, each property once, from the surest description that has it."""
    own = [node for node in nodes if _is_own(node, page)]
    told: dict[str, PageDatum] = {}
    for kinds in _KINDS:
        nodes = (node for node in own if kinds & set(_types(node)))
        for property_, data in _by_property(nodes).items():
            if len({datum.value for datum in data}) == 1:
                told.setdefault(property_, data[0])
    for meta in root.iter("meta"):
        if meta.get("property") == "og:title" and (value := _text(meta.get("content"))):
            told.setdefault("title", PageDatum("title", "og:title", value))
    return tuple(told.values())


def _by_property(nodes: Iterable[Node]) -> dict[str, list[PageDatum]]:
    found: dict[str, list[PageDatum]] = {}
    for node in nodes:
        for datum in _data(node):
            found.setdefault(datum.property, []).append(datum)
    return found


def _data(node: Node) -> Iterator[PageDatum]:
    """What a description says that a project has."""
    for key, property_ in _KEYS.items():
        for value in map(_text, _several(node.get(key))):
            if value and (property_ != "projectId" or re.fullmatch(PROJECT_ID, value)):
                yield PageDatum(property_, f"schema:{key}", value)
    for more in _nodes(node.get("additionalProperty")):
        name, value = _text(more.get("name")), _text(more.get("value"))
        if value and (field := field_of(name)):
            yield PageDatum(field.property, name, value)
    for amount in _nodes(node.get("amount")):
        value, currency = _text(amount.get("value")), _text(amount.get("currency"))
        if value and currency:
            yield PageDatum("budget.value", "schema:amount", value)
            yield PageDatum("budget.currency", "schema:currency", currency)


def _is_own(node: Node, page: PageNames) -> bool:
    """Whether a description is of the page itself: it has no other id than the page shows, no other
    address, and its id, address or name is the page's; one without any is taken from the page's
    own words, as microdata are.
    """
    ids = {one.value for one in _data(node) if one.property == "projectId"}
    if ids and page.identifier:
        return page.identifier in ids
    given = [node.get(key) for key in ("url", "@id", "mainEntityOfPage")]
    given = [one.get("@id") if isinstance(one, dict) else one for one in given]
    addresses = [one for one in given if isinstance(one, str) and one.startswith("http")]
    if addresses and page.url:
        return all(_address(one) == _address(page.url) for one in addresses)
    names = [_text(one) for key in ("name", "headline") for one in _several(node.get(key))]
    return any(title_parts(name) & page.titles for name in names) or (
        not names and _IN_WORDS in node
    )


def title_parts(title: str) -> frozenset[str]:
    """What a title may be without the name of its site, folded."""
    return frozenset(folded(part) for part in (title, re.split(r"\s[|–—·•-]\s", title)[0]))


def _address(url: str) -> str:
    return url.partition("#")[0].rstrip("/").removeprefix("https:").removeprefix("http:")


def _types(node: Node) -> Iterator[str]:
    for type_ in _several(node.get("@type")):
        yield re.split(r"[/:#]", str(type_))[-1]


def _several(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _nodes(value: object) -> Iterator[Node]:
    return (one for one in _several(value) if isinstance(one, dict))


def _text(value: object) -> str:
    """A text on one line; empty for what is none, or holds what nobody sees."""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("value")
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text if len(text) <= _LONGEST and visible(text) == text else ""


def _json_ld(root: Element) -> Iterator[Node]:
    """The descriptions that stand in scripts, numbers as they are written; of pages also what they
    are mainly about.
    """
    for script in root.iter("script"):
        if str(script.get("type", "")).strip().casefold() != "application/ld+json":
            continue
        try:
            told: object = json.loads(script.text or "", parse_float=str, parse_int=str)
        except (ValueError, RecursionError):
            continue
        for top in _nodes(told):
            for node in (top, *_nodes(top.get("@graph"))):
                yield node
                yield from _nodes(node.get("mainEntity"))


def _microdata(root: Element) -> Sequence[Node]:
    """The descriptions that stand in the attributes of elements."""
    items: dict[Element, dict[str, object]] = {}
    outer: list[Node] = []
    for element in root.iter():
        item: dict[str, object] | None = None
        if "itemscope" in element.attrib:
            item = items[element] = {
                "@type": str(element.get("itemtype", "")).strip(),
                _IN_WORDS: True,
            }
        names = str(element.get("itemprop", "")).split()
        if item is not None and names in ([], ["mainEntity"]):
            outer.append(item)
        if names:
            holders = (items[one] for one in element.iterancestors() if one in items)
            _put(next(holders, {}), names, _stated(element) if item is None else item)
    return outer


def _put(holder: dict[str, object], names: Iterable[str], value: object) -> None:
    """Adds a value under names to a description."""
    for name in names:
        values = holder.setdefault(name, [])
        if isinstance(values, list):
            values.append(value)


def _stated(element: Element) -> str:
    """The value of an element that has a name in microdata."""
    for attribute in ("content", "datetime", "value"):
        if attribute in element.attrib:
            return str(element.get(attribute))
    return "".join(element.itertext())[: 2 * _LONGEST]
