"""YAML as people edit it: mappings, lists and texts, no more, with the place of every node.

Read from the parser's events, so that nothing is constructed or resolved: no aliases, anchors, tags, merge keys
or duplicate keys, and every scalar stays the text it is (`no`, `010` and `1e3` included).
"""

from collections.abc import Iterator
from typing import Any

import yaml

from ..errors import BadRecord, Place
from .origin import Marks
from .text import unsafe_character

#: How deep lists and mappings may nest.
DEPTH_LIMIT = 50


def parse_yaml(text: str, file: str) -> tuple[Any, Marks]:
    """The data of one YAML document and the marks of its fields; BadRecord with the line of what is refused.

    >>> parse_yaml("a: no\\nb: [1, x]", "r.yaml")[0]
    {'a': 'no', 'b': ['1', 'x']}
    """
    parser = _Parser(text, file)
    try:
        return parser.document(), parser.marks
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        raise BadRecord(f"is not YAML: {error.problem or error.context}", place, hint="mend the line") from error
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as error:
        raise BadRecord("is not YAML that can be read", Place(file), hint="start from a record that is") from error


class _Parser:
    """One pass over the events of one document."""

    def __init__(self, text: str, file: str) -> None:
        self.events: Iterator[Any] = iter(yaml.parse(text, Loader=yaml.SafeLoader))
        self.file = file
        self.marks: dict[str, tuple[int, int]] = {}

    def document(self) -> Any:
        """The data of the one document."""
        next(self.events)
        first = next(self.events)
        if isinstance(first, yaml.StreamEndEvent):
            raise BadRecord("is empty", Place(self.file, 1))
        data = self.node(next(self.events), "", 0)
        next(self.events)
        last = next(self.events)
        if not isinstance(last, yaml.StreamEndEvent):
            raise self.refusal(last, "", "holds a second document", "keep one record in a file")
        return data

    def node(self, event: Any, path: str, depth: int) -> Any:
        """The data that begins with this event."""
        self.check(event, path, depth)
        self.marks.setdefault(path, _position(event))
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(path, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path, depth)
        if event.value == "" and event.style is None:
            raise self.refusal(event, path, "has no value", "give one, or remove the line")
        if unsafe := unsafe_character(event.value):
            raise self.refusal(event, path, f"holds the control character {unsafe}", "remove it")
        return event.value

    def mapping(self, path: str, depth: int) -> dict[str, Any]:
        """The mapping that has begun."""
        data: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.value == "<<":
                raise self.refusal(event, path, "has a key that is no plain name", "use a name as key")
            self.check(event, path, depth)
            inner = f"{path}.{event.value}".lstrip(".")
            if event.value in data:
                raise self.refusal(event, inner, "stands twice", f"the first is on line {self.marks[inner][0]}")
            self.marks[inner] = _position(event)
            data[event.value] = self.node(next(self.events), inner, depth + 1)
        return data

    def sequence(self, path: str, depth: int) -> list[Any]:
        """The list that has begun."""
        data: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            data.append(self.node(event, f"{path}[{len(data)}]", depth + 1))
        return data

    def check(self, event: Any, path: str, depth: int) -> None:
        """Nothing, or BadRecord for what records may not use."""
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise self.refusal(event, path, "uses an anchor or alias", "write the value out")
        if event.tag is not None:
            raise self.refusal(event, path, f"uses the tag {event.tag}", "remove it: every value is text")
        if depth > DEPTH_LIMIT:
            raise self.refusal(event, "", f"nests deeper than {DEPTH_LIMIT}", "write it flatter")

    def refusal(self, event: Any, path: str, message: str, hint: str) -> BadRecord:
        """The error at an event."""
        return BadRecord(message, Place(self.file, *_position(event), path), hint=hint)


def _position(event: Any) -> tuple[int, int]:
    """Line and column of an event, counted from 1."""
    return event.start_mark.line + 1, event.start_mark.column + 1
