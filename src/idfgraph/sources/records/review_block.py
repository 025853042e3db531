"""The review of a YAML record, written into its text: every other byte stays."""

from pathlib import Path

import msgspec

from ...model.records import Review
from ..decode import RECORD_LIMIT, decode, read_bytes
from .yaml_edit import edited
from .yaml_read import parse_yaml


def with_review(path: Path, review: Review) -> str:
    """The text of a record's file with another review, below the id if there was none.

    Raises BadRecord if it is written so that this cannot be done.
    """
    text = decode(read_bytes(path, RECORD_LIMIT), str(path))
    said = {
        key: value for key, value in parse_yaml(text, str(path))[0].items() if key != "reviewed"
    }
    names = [*said]
    names.insert(names.index("id") + 1, "reviewed")
    return edited(
        text, {name: said.get(name, msgspec.to_builtins(review)) for name in names}, str(path)
    )
