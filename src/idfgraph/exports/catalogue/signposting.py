"""Typed links for machines (https://signposting.org/FAIR/), as a linkset
(https://www.rfc-editor.org/rfc/rfc9264).
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from ...model.formats import DOCUMENTS, LINKSET_TYPE, media_type
from ...model.layout import ARCHIVE, CATALOG, CSV_METADATA, DOWNLOADS, LINKSET, VOID
from ...model.vocab import ABOUT_PAGE, DCAT
from ..metadata import PUBLISHER, RIGHTS
from .release_facts import Facts

#: Prefix of a resource -> its class.
_CLASSES = {
    "prj": "idf:Project",
    "prg": "idf:Programme",
    "st": "idf:State",
    "src": "idf:SourceRecord",
    "ag": "org:Organization",
    "code": "skos:Concept",
}


class TypedLink(NamedTuple):
    """A typed link from a page: its relation, its target, and the target's media type (empty: not
    told).
    """

    rel: str
    href: str
    type: str = ""


def document_links(facts: Facts, path: str, resource: str) -> Iterator[TypedLink]:
    """The links of a resource's pages, by the path of its documents without suffix: the same for
    every language.
    """
    yield TypedLink("cite-as", facts.full(resource))
    if f"{path}.ttl" in facts.paths:
        yield from _described(facts, path)
    yield TypedLink("type", ABOUT_PAGE)
    if resource not in facts.gone:
        yield TypedLink("type", facts.full(_CLASSES[resource.partition(":")[0]]))
    yield TypedLink("collection", f"{facts.base}{facts.landing}")
    yield from _shared(facts)


def landing_links(facts: Facts) -> Iterator[TypedLink]:
    """The links of the page that leads to all others: this release, its descriptions, its
    downloads.
    """
    yield TypedLink("cite-as", facts.full(facts.release))
    yield from _described(facts, CATALOG)
    yield TypedLink("describedby", f"{facts.base}{VOID}.ttl", media_type(".ttl"))
    yield TypedLink("type", ABOUT_PAGE)
    yield TypedLink("type", f"{DCAT}Dataset")
    for path in facts.downloads:
        yield TypedLink("item", f"{facts.base}{path}", media_type(path))
    yield from _shared(facts)


def linkset(facts: Facts, written: Collection[str]) -> Iterator[str]:
    """The linkset of a release as pieces of JSON, a context object a line; `written` are the paths
    of all that it has so far.
    """
    yield '{"linkset": [\n'
    yield _object(f"{facts.base}{facts.landing}", landing_links(facts))
    for path in facts.downloads:
        yield ",\n" + _object(f"{facts.base}{path}", _download_links(facts, path))
    for path, resource in facts.documents():
        yield ",\n" + _object(f"{facts.base}{path}", document_links(facts, path, resource))
    for path in own_documents(facts, written):
        yield ",\n" + _object(f"{facts.base}{path}", _own_links(facts, path))
    yield "\n]}\n"


def own_documents(facts: Facts, written: Collection[str]) -> Iterator[str]:
    """The path without suffix of each document that tells of the release itself: its terms, rights,
    questions, and how it was made; what its catalogue tells is the landing page's.
    """
    others = {CATALOG, *(path for path, _ in facts.documents())}
    for path in sorted(written):
        stem, _, form = path.rpartition(".")
        is_document = form == "jsonld" and f"{stem}.ttl" in written
        if is_document and stem not in others and not stem.startswith((*DOWNLOADS, ARCHIVE)):
            yield stem


def _own_links(facts: Facts, path: str) -> Iterator[TypedLink]:
    yield TypedLink("cite-as", f"{facts.base}{path}")
    yield from _described(facts, path)
    yield TypedLink("type", ABOUT_PAGE)
    yield TypedLink("collection", f"{facts.base}{facts.landing}")
    yield from _shared(facts)


def _download_links(facts: Facts, path: str) -> Iterator[TypedLink]:
    yield TypedLink("collection", f"{facts.base}{facts.landing}")
    if path.endswith(".csv") and CSV_METADATA in facts.paths:
        yield TypedLink("describedby", f"{facts.base}{CSV_METADATA}", media_type(CSV_METADATA))
    yield TypedLink("describedby", f"{facts.base}{CATALOG}.ttl", media_type(".ttl"))
    yield TypedLink("type", f"{DCAT}Distribution")
    yield from _shared(facts)


def _described(facts: Facts, path: str) -> Iterator[TypedLink]:
    """The documents of a path, in each form."""
    for suffix in DOCUMENTS:
        href = f"{facts.base}{path}.{suffix}"
        yield TypedLink("describedby", href, media_type(href))


def _shared(facts: Facts) -> Iterator[TypedLink]:
    yield TypedLink("license", facts.full(RIGHTS))
    yield TypedLink("author", facts.full(PUBLISHER))
    yield TypedLink("linkset", f"{facts.base}{LINKSET}", LINKSET_TYPE)


def _object(anchor: str, links: Iterable[TypedLink]) -> str:
    """A link context object: each relation with its targets; the linkset itself is not told
    again.
    """
    targets: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for link in links:
        if link.rel != "linkset":
            targets[link.rel].append(
                {"href": link.href, **({"type": link.type} if link.type else {})}
            )
    return json.dumps({"anchor": anchor, **targets}, ensure_ascii=False)
