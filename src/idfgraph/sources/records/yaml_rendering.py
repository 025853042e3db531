"""Parts of a record as YAML text, to be put among what is there."""

from collections.abc import Mapping
from typing import Any

import yaml

from .yaml_record import dumped


class _FlowDumper(yaml.SafeDumper):
    """Everything on one line."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style='"' if "\n" in text else None
    )


_FlowDumper.add_representer(str, _text)


def flow_text(data: Any) -> str:
    """The data on one line, as it may stand inside brackets.

    >>> flow_text({"a": ["1", "b, c"]})
    "{a: ['1', 'b, c']}"
    """
    listed = yaml.dump(
        [data],
        Dumper=_FlowDumper,
        default_flow_style=True,
        sort_keys=False,
        allow_unicode=True,
        width=10**9,
    )
    return str(listed).strip()[1:-1]


def block_lines(key: str, data: Any, *, block: bool = False) -> list[str]:
    """The lines of a key and its data (without a key: what stands after its colon); `block`: a list
    an item a line.

    >>> block_lines("a", ["b"]), block_lines("", ["b"], block=True)
    (['a: [b]'], ['', '  - b'])
    """
    head = f"{key}: " if key else ""
    if block and isinstance(data, list) and data:
        return [head.rstrip(), *(f"  {line}" for item in data for line in item_lines(item))]
    first, *rest = dumped({"k": data}).rstrip("\n").split("\n")
    return [(head + first.removeprefix("k:").lstrip(" ")).rstrip(" "), *rest]


def item_lines(data: Any) -> list[str]:
    """The lines of an item of a list.

    >>> item_lines({"a": "b", "c": "d"})
    ['- a: b', '  c: d']
    """
    if isinstance(data, Mapping) and data:
        first, *rest = dumped(data).rstrip("\n").split("\n")
        return [f"- {first}", *(f"  {line}" if line else "" for line in rest)]
    first, *rest = block_lines("", data)
    return [f"- {first}", *rest]
