"""Linked records to JSON-LD for people and machines: compact, the context embedded, so that no
processor fetches it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

Node = Mapping[str, Any]


def render_document(nodes: Iterable[Node], context: Mapping[str, Any]) -> Iterator[str]:
    """Nodes (and graphs) as one indented JSON-LD document."""
    document = msgspec.json.encode({"@context": context, "@graph": list(nodes)})
    yield msgspec.json.format(document, indent=2).decode() + "\n"


def render_dump(lines: Iterable[str], context: Mapping[str, Any]) -> Iterator[str]:
    """Nodes, given as lines of JSON, as one JSON-LD document with a node a line."""
    head = json.dumps({"@context": context}, ensure_ascii=False, indent=2)
    yield head.removesuffix("\n}") + ',\n  "@graph": [\n'
    before = ""
    for line in lines:
        yield f"{before}    {line.rstrip()}"
        before = ",\n"
    yield "\n  ]\n}\n"
