"""What stands in the main part of a page and is not its matter: what is hidden, ways to other
pages, related items, sharing, pagers, banners.

Told by elements, roles, classes and headings, never by position alone. What holds the page's
heading, or labels that the page has nowhere else, is kept.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from ...model.names import folded
from .marked_words import PageMarkup, is_alone
from .rendition import Reason
from .site_words import CLASSES, HEADINGS, PHRASES, ROLES, TAGS

Element = Any

#: Elements that hold nothing that is read, on any page.
SILENT = frozenset(
    [
        "audio",
        "button",
        "canvas",
        "datalist",
        "iframe",
        "map",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    ]
)

#: Beginnings of classes that say what a thing is about or how a page is laid out, not what it is.
_ABOUT = re.compile(
    r"(?:tag|category|cat|type|status|path|has|no|with|without|js|is|taxonomy|term|field)[-_]"
    r"|(?:post|page|node)[-_]+(?!navigation|nav|teaser|view-mode-teaser|links|meta|footer|share|sharing|related|comments)"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[-_]+")

#: Why, and by what tags, matter is none of the page's, however much of it there is.
_SURE: frozenset[Reason] = frozenset({"hidden", "related", "several"})
_NEVER = frozenset({"nav", "footer", "header"})

#: What can hold the page's own fields all the same.
_MAY_HOLD_FIELDS: frozenset[Reason] = frozenset({"aside", "footer"})

_UNSEEN = frozenset(
    [
        "hidden",
        "hide",
        "is-hidden",
        "invisible",
        "visually-hidden",
        "visuallyhidden",
        "sr-only",
        "screen-reader-text",
        "screenreader-only",
        "element-invisible",
    ]
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class _Part:
    """An element that seems not to be the page's matter: why, and the properties whose labels it
    holds.
    """

    def __init__(self, element: Element, reason: Reason) -> None:
        self.element, self.reason = element, reason
        self.own: set[str] = set()


class _Outlook:
    """One walk through the main part: what seems not to be its matter, in order, and what holds the
    page's heading and labels.
    """

    def __init__(self, main: Element, markup: PageMarkup) -> None:
        self.parts: list[_Part] = []
        self.kept: set[str] = set()
        self._markup, self._main = markup, main
        self._first = _first_headings(main)
        self._under = dict(_related(main, markup, self._first))
        self._headings: list[tuple[bool, Element]] = []
        self._walk()

    def holders(self) -> set[Any]:
        """The elements that the page's heading stands in."""
        free = [one for hidden, one in self._headings if not hidden]
        chosen = (free or [one for _, one in self._headings])[:1]
        return {holder for heading in chosen for holder in heading.iterancestors()}

    def _walk(self) -> None:
        open_: list[_Part] = []
        for event, element in etree.iterwalk(self._main, events=("start", "end")):
            if event == "end":
                if open_ and open_[-1].element is element:
                    ended = open_.pop()
                    (open_[-1].own if open_ else set()).update(ended.own)
                continue
            reason = None if element is self._main else self._reason(element)
            if reason:
                open_.append(_Part(element, reason))
                self.parts.append(open_[-1])
            if field := self._markup.fields.get(element):
                (open_[-1].own if open_ else self.kept).add(field.property)
            if element.tag == "h1" and element in self._markup.words:
                self._headings.append((bool(open_), element))

    def _reason(self, element: Element) -> Reason | None:
        if element.tag in SILENT:
            return None
        if is_hidden(element, self._markup):
            return "hidden"
        if element in self._markup.lists:
            return "several"
        if element in self._under:
            return self._under[element]
        role = ROLES.get(str(element.get("role", "")).casefold())
        named = TAGS.get(element.tag) or role
        if element.tag == "header" and self._main.tag == "body":
            named = "navigation"
        if named != "aside":
            return named or _by_class(element)
        first = self._first.get(element)
        headed = "" if first is None else folded(self._markup.words.get(first, ""))
        return HEADINGS.get(headed) or _by_class(element) or named


def surroundings(main: Element, markup: PageMarkup) -> dict[Any, Reason]:
    """The elements of a page's main part that are not its matter, each with why."""
    outlook, sizes = _Outlook(main, markup), _sizes(main)
    holders, kept = outlook.holders(), set(outlook.kept)
    left: dict[Any, Reason] = {}
    for part in outlook.parts:
        fields = part.own if part.reason in _MAY_HOLD_FIELDS else set()
        own = len(fields - kept) > len(kept)
        sure = part.reason in _SURE or part.element.tag in _NEVER
        bulk = not sure and 3 * sizes[part.element] > 2 * sizes[main]
        if (part.reason != "hidden" and part.element in holders) or own or bulk:
            kept |= fields
        else:
            left[part.element] = part.reason
    return left


def _first_headings(main: Element) -> dict[Any, Element]:
    """The first heading in each element that has one."""
    first: dict[Any, Element] = {}
    for heading in main.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        for holder in (heading, *heading.iterancestors()):
            if holder in first:
                break
            first[holder] = heading
    return first


def _related(
    main: Element, markup: PageMarkup, first: Mapping[Element, Element]
) -> Iterator[tuple[Element, Reason]]:
    """What stands under headings that name what is related."""
    for heading in main.iter("h2", "h3", "h4", "h5", "h6"):
        if reason := HEADINGS.get(folded(markup.words.get(heading, ""))):
            yield from ((one, reason) for one in _under(heading, main, first))


def is_hidden(element: Element, markup: PageMarkup) -> bool:
    """Whether people do not see an element; a known label that only screen readers tell is one."""
    if "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return True
    if _HIDDEN_STYLE.search(str(element.get("style", ""))):
        return True
    classes = str(element.get("class", "")).casefold().split()
    if element in markup.fields or any(":" in one for one in classes):
        return False
    wide = any(re.match("d-(?!none)", one) for one in classes)
    return not _UNSEEN.isdisjoint(classes) or ("d-none" in classes and not wide)


def _by_class(element: Element) -> Reason | None:
    for name in (*str(element.get("class", "")).split(), str(element.get("id", ""))):
        if not name or _ABOUT.match(name):
            continue
        words = [word.casefold() for word in _CAMEL.split(name)]
        text = f" {' '.join(words)} "
        found = next((CLASSES[word] for word in words if word in CLASSES), None)
        found = found or next((why for said, why in PHRASES.items() if f" {said} " in text), None)
        if found:
            return found
    return None


def _under(heading: Element, main: Element, first: Mapping[Element, Element]) -> Iterator[Element]:
    """The elements that a heading stands over, with itself."""
    top = heading
    while top.getparent() is not main and is_alone(top):
        top = top.getparent()
    parent = top.getparent()
    if parent is not main and parent.tag not in ("article", "body") and top.getprevious() is None:
        yield parent
        return
    yield top
    for after in top.itersiblings():
        if after in first and first[after].tag <= heading.tag:
            return
        yield after


def _sizes(root: Element) -> dict[Any, int]:
    """How many characters each element holds, white space aside."""
    sizes: dict[Any, int] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        own = len((element.text or "").strip())
        inner = sum(sizes[child] + len((child.tail or "").strip()) for child in element)
        sizes[element] = 0 if element.tag in SILENT else own + inner
    return sizes
