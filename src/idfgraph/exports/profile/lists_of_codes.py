"""The lists of codes that the properties of the profile take their values from."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from ...graph.resolve import Reference
from ...model.nodes import EntryNode
from ...model.text import Texts
from .profile_rows import ProfileClass


class CodeList(NamedTuple):
    """A list: its compact IRI, its name, and each code of it with its name."""

    iri: str
    labels: Texts
    codes: Sequence[tuple[str, Texts]]


def code_lists(classes: Iterable[ProfileClass], reference: Reference) -> Sequence[CodeList]:
    """The lists that rows name, in their order, as reference data has them."""
    named = dict.fromkeys(row.codes for one in classes for row in one.rows if row.codes)
    entries = [
        msgspec.convert(node, EntryNode)
        for node in reference.nodes(id_ for id_ in reference.ids() if id_.startswith("code:"))
    ]
    labels = {entry.id: entry.pref_label for entry in entries}
    return [
        CodeList(
            list_,
            labels.get(list_, {}),
            [(entry.id, entry.pref_label) for entry in entries if list_ in entry.in_scheme],
        )
        for list_ in named
    ]
