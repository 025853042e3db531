"""YAML as people edit it: mappings, lists and texts, no more, with the place of every node.

Read from the parser's events, so that nothing is constructed or resolved: no aliases, anchors,
tags, merge keys or duplicate keys, and every scalar stays the text it is (`no`, `010` and `1e3`
included).
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import yaml

from ...model.errors import BadRecord, Place
from ..decode import unsafe_in
from ..origin import Marks, placed
from ..positions import Mark, Positions

#: How deep lists and mappings may nest.
DEPTH_LIMIT = 50

#: How many keys and values a file may have: reading more of them takes seconds.
NODE_LIMIT = 50_000

#: How long the dotted path of a field may be: each field below it has that path in its own.
PATH_LIMIT = 1_000

#: The fast reader of PyYAML, where there is one, and what it reads otherwise than the slow one.
_FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OTHERWISE = re.compile("[\t?\ufeff]|[|>][-+0-9]*#")


def parse_yaml(text: str, file: str) -> tuple[Any, Marks]:
    """The data of one YAML document and the marks of its fields; BadRecord with the line of what is
    refused, in the words of the slow reader.

    >>> parse_yaml("a: no\\nb: [1, x]", "r.yaml")[0]
    {'a': 'no', 'b': ['1', 'x']}
    """
    if not _OTHERWISE.search(text):
        with suppress(BadRecord):
            return _parsed(text, file, _FAST)
    return _parsed(text, file, yaml.SafeLoader)


def _parsed(text: str, file: str, loader: Any) -> tuple[Any, Marks]:
    """The data and marks, by one reader."""
    parser = _Parser(text, file, loader)
    try:
        return parser.document(), parser.marks
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        place = Place(file, *parser.lines.at(mark.index)) if mark else Place(file)
        raise BadRecord(
            f"is not YAML: {error.problem or error.context}", place, hint="mend the line"
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as error:
        raise BadRecord(
            "is not YAML that can be read", Place(file), hint="start from a record that is"
        ) from error


class _Parser:
    """One pass over the events of one document."""

    def __init__(self, text: str, file: str, loader: Any) -> None:
        self.events: Iterator[Any] = iter(yaml.parse(text, Loader=loader))
        self.file = file
        self.lines = Positions(text)
        self.text = text
        self.end = 0  # of what was read last
        self.marks: dict[str, Mark] = {}
        self.nodes = 0

    def document(self) -> object:
        """The data of the one document."""
        next(self.events)
        first = next(self.events)
        if isinstance(first, yaml.StreamEndEvent):
            raise BadRecord(
                "is empty", Place(self.file, 1), hint="write what belongs in it, or remove it"
            )
        root = next(self.events)
        data = self.node(root, "", 0)
        self.marks[""] = self.beginning(root, data)
        next(self.events)
        last = next(self.events)
        if not isinstance(last, yaml.StreamEndEvent):
            raise self.refusal(last, "", "holds a second document", "keep one record in a file")
        return data

    def beginning(self, root: Any, data: object) -> Mark:
        """The mark of the first line of the data: of its first field, if that is no longer."""
        whole = self.mark(root, min(self.end, self.lines.line_end(root.start_mark.index)))
        first = self.marks.get(next(iter(data), "") if isinstance(data, dict) else "[0]", whole)
        return (
            whole._replace(end_column=first.end_column) if first.end_line == whole.line else whole
        )

    def node(self, event: Any, path: str, depth: int) -> object:
        """The data that begins with this event; its end is then known."""
        self.check(event, path, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(event, path, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(event, path, depth)
        if event.value == "" and not event.style:
            raise self.refusal(event, path, "has no value", "give one, or remove the line")
        self.end = self.scalar_end(event)
        return event.value

    def mapping(self, begun: Any, path: str, depth: int) -> dict[str, object]:
        """The mapping that has begun."""
        data: dict[str, object] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.value == "<<":
                raise self.refusal(
                    event, path, "has a key that is no plain name", "use a name as key"
                )
            self.check(event, path, depth)
            inner = f"{path}.{event.value}".lstrip(".")
            if len(inner) > PATH_LIMIT:
                raise self.refusal(
                    event,
                    "",
                    "has a key that is too long",
                    f"{PATH_LIMIT:,} characters are allowed",
                )
            if event.value in data:
                raise self.refusal(
                    event, inner, "stands twice", f"the first is on line {self.marks[inner].line}"
                )
            data[event.value] = self.node(next(self.events), inner, depth + 1)
            self.marks[inner] = self.mark(event, self.end, data[event.value])
        self.close(begun, event)
        return data

    def sequence(self, begun: Any, path: str, depth: int) -> list[object]:
        """The list that has begun."""
        data: list[object] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            data.append(self.node(event, inner := f"{path}[{len(data)}]", depth + 1))
            self.marks[inner] = self.mark(event, self.end, data[-1])
        self.close(begun, event)
        return data

    def close(self, begun: Any, ended: Any) -> None:
        """Takes note of where a collection ends: at its bracket, else with the last thing in it."""
        if begun.flow_style:
            self.end = ended.end_mark.index

    def scalar_end(self, event: Any) -> int:
        """The offset where a scalar ends: a block with its last line that is not blank."""
        start, end = event.start_mark.index, event.end_mark.index
        if event.style not in ("|", ">"):
            return int(end)
        return min(self.lines.line_end(start + len(self.text[start:end].rstrip())), int(end))

    def mark(self, event: Any, end: int, data: object = None) -> Mark:
        """The mark from an event to an end, with the text if that is what the data is."""
        return self.lines.mark(event.start_mark.index, end, data if isinstance(data, str) else "")

    def check(self, event: Any, path: str, depth: int) -> None:
        """Nothing, or BadRecord for what records may not use."""
        self.nodes += 1
        if self.nodes > NODE_LIMIT:
            raise self.refusal(
                event, "", f"has more than {NODE_LIMIT:,} keys and values", "split it"
            )
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise self.refusal(event, path, "uses an anchor or alias", "write the value out")
        if event.tag is not None:
            raise self.refusal(
                event, path, f"uses the tag {event.tag[:80]}", "remove it: every value is text"
            )
        if isinstance(event, yaml.ScalarEvent) and (unsafe := unsafe_in(path, event.value)):
            raise self.refusal(event, path, f"holds {unsafe}", "remove it")
        if depth > DEPTH_LIMIT:
            raise self.refusal(event, "", f"nests deeper than {DEPTH_LIMIT}", "write it flatter")

    def refusal(self, event: Any, path: str, message: str, hint: str) -> BadRecord:
        """The error at an event."""
        end = (
            self.scalar_end(event) if isinstance(event, yaml.ScalarEvent) else event.end_mark.index
        )
        return BadRecord(message, placed(self.file, self.mark(event, end), path), hint=hint)
