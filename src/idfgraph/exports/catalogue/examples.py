"""Queries as data, for tools that list them (https://www.w3.org/TR/shacl/#SPARQLExecutable)."""

import re
from collections.abc import Iterator

from .facts import Facts, Node, QueryExample

_FORM = re.compile(r"^\s*(SELECT|CONSTRUCT)\b", re.MULTILINE | re.IGNORECASE)
_TYPES = {"select": "SPARQLSelectExecutable", "construct": "SPARQLConstructExecutable"}


def example_nodes(facts: Facts, example: QueryExample) -> Iterator[Node]:
    """The nodes of a query; a form that is neither SELECT nor CONSTRUCT has none."""
    found = _FORM.search(example.text)
    if found:
        form, id_ = found[1].lower(), f"base:queries/{example.name}"
        yield {
            "id": id_,
            "type": "SPARQLExecutable",
            "label": dict(example.titles),
            "comment": dict(example.descriptions),
            form: example.text,
            **({"target": facts.dataset.endpoint} if facts.dataset.endpoint else {}),
        }
        yield {"id": id_, "type": _TYPES[form]}
