"""YAML reads alike by the fast reader, where there is one, and by the slow one."""

import os

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from idfgraph.model.errors import BadRecord
from idfgraph.sources.records import yaml_read

EXAMPLES = settings(
    max_examples=int(os.environ.get("IDFGRAPH_EXAMPLES", "500")), derandomize=True, deadline=None
)

PIECES = (
    *("a", "é", "\U0001f600", "1", "-", ":", "?", ",", "[", "]", "{", "}", "#", "&", "*", "!", "|"),
    *(">", "'", '"', "%", "@", "`", "~", "\\", ".", " ", "\t", "\n", "\r", "\x85", "\ufeff"),
    *("\r\n", "\n  ", ": ", "- ", "? ", "|-\n", ">+\n  ", "---\n", "...\n", "<<", '"\\u00e9"'),
    *("id: a\n", "a: {b: c, d: [e, 'f']}\n", "a:\n  - b: c\n", "a: |2\n    b\n\n"),
)


def outcome(text: str) -> object:
    """What a text reads as, with the places of all fields, or how it is refused."""
    try:
        return yaml_read.parse_yaml(text, "r.yaml")
    except BadRecord as error:
        return str(error)


@EXAMPLES
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
@example("a: {b: c?, d: e}\n")
@example("a:\tb\n")
@example("a: |1#b\n")
@example("\ufeffa: b\n")
@example("a: |\n  b\n\nc: 'd\n  e'\n")
def test_both_readers_read_alike(text: str) -> None:
    fast = outcome(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_read, "_FAST", yaml.SafeLoader)
        assert outcome(text) == fast
