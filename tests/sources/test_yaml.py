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


@pytest.mark.parametrize(
    "text",
    [
        "fr: Projet # 3\n",
        "values:\n  title: {fr: Projet, en: Project # 3\n    }\n",
        "narrative:\n  es: Un texto\n    largo #2 y más\n",
        "why:\n  en: The page says so. # 3 of them\r\nby: Ana\r\n",
    ],
)
def test_a_comment_that_cuts_a_text_is_asked_about(text: str) -> None:
    (fault,) = yaml_read.parsed_yaml(text, "r.yaml").faults
    assert fault.place.line and "is a comment as it stands" in fault.message


@pytest.mark.parametrize(
    "text",
    [
        "fr: 'Projet' # 3\n",
        'fr: "Projet # 3" # trois\n',
        "status: active  # the page says so\n",
        "# a title\nfr: Projet n#3\n  # the second\nid: x  # 3\n",
        "fr: |  # as the page has it\n  Projet # 3\n",
        "fr: C# et F#\n",
    ],
)
def test_other_comments_are_comments(text: str) -> None:
    assert yaml_read.parsed_yaml(text, "r.yaml").faults == ()
