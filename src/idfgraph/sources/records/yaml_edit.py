"""Edits of YAML text at the positions of its nodes: it comes to read as other data, all other bytes
stay.

Three passes, each over the positions of the text as it then is: values are replaced, then nodes
removed, then nodes put in. Comments inside what goes stay, on its line or on lines of their own.
"""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NamedTuple

import yaml

from ...model.errors import BadRecord, Place
from ...model.text import N_
from .alignment import aligned, same
from .yaml_nodes import BREAK, Places, data_of
from .yaml_read import parse_yaml
from .yaml_record import block_lines, flow_text, item_lines


class _Pass(Enum):
    """What one pass over a text does."""

    REPLACE = 1
    REMOVE = 2
    INSERT = 3


class _Edit(NamedTuple):
    """What stands from `start` to `end` in a text is to be `text`."""

    start: int
    end: int
    text: str


def edited(text: str, data: Mapping[str, object], file: str) -> str:
    """The text of one YAML mapping, changed where need be so that it reads as the data.

    Raises BadRecord if it is not YAML, or is written so that it cannot be edited in place.

    >>> edited("a: 1  # one\\nb: [x, y]\\n", {"a": "2", "b": ["x"]}, "r.yaml")
    "a: '2'  # one\\nb: [x]\\n"
    """
    parse_yaml(text, file)
    comments = list(Places(text).comments(0, len(text)))
    result = _passed(text, data, file)
    if result is None or not _has_all(result, comments):
        hint = N_("write mappings and lists as lines of their own, and retry")
        raise BadRecord(N_("cannot be edited in place"), Place(file), hint=hint)
    return result


def _passed(text: str, data: Mapping[str, object], file: str) -> str | None:
    """The text after all passes, or None if it does not read as the data."""
    try:
        for step in _Pass:
            editor = _Editor(Places(text), step)
            editor.walk(editor.text.root, data, 0, flow=False)
            text = _applied(text, editor.edits)
            read, _ = parse_yaml(text, file)
    except BadRecord:
        return None
    return text if same(read, data) else None


def _has_all(text: str, comments: Sequence[str]) -> bool:
    """Whether a text has these comments in all their number."""
    after = Places(text)
    kept = "\n".join(after.comments(0, len(text)))
    return all(kept.count(comment) >= comments.count(comment) for comment in set(comments))


def _applied(text: str, edits: Sequence[_Edit]) -> str:
    """The text with the edits made; those at one place follow one another in their order."""
    pieces, done = [], 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        pieces += [text[done : edit.start], edit.text]
        done = max(done, edit.end)
    return "".join((*pieces, text[done:]))


class _Editor:
    """One pass: the edits by which nodes come to read as data."""

    def __init__(self, text: Places, step: _Pass) -> None:
        self.text, self.step = text, step
        self.edits: list[_Edit] = []

    def walk(self, node: yaml.Node, data: object, column: int, *, flow: bool) -> None:
        """Notes the edits for a node whose key or dash stands in `column`."""
        if same(data_of(node), data):
            return
        if (
            isinstance(node, yaml.MappingNode)
            and isinstance(data, Mapping)
            and _keys(node) & data.keys()
        ):
            self._mapping(node, data, flow or bool(node.flow_style))
        elif isinstance(node, yaml.SequenceNode) and isinstance(data, list) and _kept(node, data):
            self._sequence(node, data, flow or bool(node.flow_style))
        elif self.step is _Pass.REPLACE:
            self._replace(node, data, column, flow)

    def _mapping(self, node: yaml.Node, data: Mapping[str, object], flow: bool) -> None:
        for key, value in node.value:
            if key.value in data:
                self.walk(value, data[key.value], node.start_mark.column, flow=flow)
        spans = [(key.start_mark.index, self.text.end(value)) for key, value in node.value]
        self._remove(spans, [key.value in data for key, _ in node.value], flow)
        last, names = len(spans) - 1, [key.value for key, _ in node.value]
        for name, value in data.items() if self.step is _Pass.INSERT else ():
            if name in names:
                last = names.index(name)
            else:
                lines = [flow_text({name: value})[1:-1]] if flow else block_lines(name, value)
                self._insert_after(spans[last][1], lines, node.start_mark.column, flow)

    def _sequence(self, node: yaml.Node, data: list[object], flow: bool) -> None:
        column, pairs = node.start_mark.column, aligned(data_of(node), data)
        for i, j in pairs:
            if i is not None and j is not None:
                self.walk(node.value[i], data[j], column, flow=flow)
        spans = self._items(node, flow)
        self._remove(
            spans,
            [(i, True) in {(a, b is not None) for a, b in pairs} for i in range(len(spans))],
            flow,
        )
        last: int | None = None
        for i, j in pairs if self.step is _Pass.INSERT else ():
            if i is None and j is not None:
                lines = [flow_text(data[j])] if flow else item_lines(data[j])
                self._insert_item(spans, last, lines, column, flow)
            last = last if i is None else i

    def _items(self, node: yaml.Node, flow: bool) -> list[tuple[int, int]]:
        """Where each item begins (at its dash) and ends."""
        spans: list[tuple[int, int]] = []
        for item in node.value:
            start = item.start_mark.index
            if not flow:
                after = spans[-1][1] if spans else node.start_mark.index
                start = self.text.bare.find("-", after, start)
            spans.append((start, self.text.end(item)))
        return spans

    def _replace(self, node: yaml.Node, data: object, column: int, flow: bool) -> None:
        start, end = node.start_mark.index, self.text.end(node)
        block = isinstance(node, yaml.SequenceNode) and not node.flow_style
        first, *rest = [flow_text(data)] if flow else block_lines("", data, block=block)
        end = self.text.line_end(end) if rest else end
        comments = "  ".join(("", *self.text.comments(start, end)))
        start = start if first else len(self.text.text[:start].rstrip())
        self.edits.append(_Edit(start, end, self._lines([f"{first}{comments}", *rest], column)))

    def _remove(self, spans: Sequence[tuple[int, int]], stays: Sequence[bool], flow: bool) -> None:
        if self.step is not _Pass.REMOVE:
            return
        for i, (start, end) in enumerate(spans):
            if not stays[i] and flow:
                self._cut(
                    spans[i - 1][1] if any(stays[:i]) else start,
                    end if any(stays[:i]) else spans[i + 1][0],
                )
            elif not stays[i]:
                self._cut_lines(start, end, spans[i + 1][0] if i + 1 < len(spans) else end)

    def _cut(self, start: int, end: int) -> None:
        """Takes out a part of a line, or of several; comments in it end the line on which it
        began.
        """
        comments = "".join(
            f"  {comment}{self.text.newline}" for comment in self.text.comments(start, end)
        )
        self.edits.append(_Edit(start, end, comments))

    def _cut_lines(self, start: int, end: int, following: int) -> None:
        """Takes out whole lines; comments in them stay as lines of their own."""
        begin, stop = self.text.line_start(start), self.text.line_end(end)
        indent = self.text.text[begin:start]
        if indent.strip():
            self._cut(start, following)
            return
        stays = [*self.text.comments(start, end), *self.text.comments(end, stop)]
        found = BREAK.match(self.text.text, stop)
        kept = "".join(f"{indent}{comment}{self.text.newline}" for comment in stays)
        self.edits.append(_Edit(begin, found.end() if found else stop, kept))

    def _insert_item(
        self,
        spans: Sequence[tuple[int, int]],
        last: int | None,
        lines: list[str],
        column: int,
        flow: bool,
    ) -> None:
        if last is not None:
            self._insert_after(spans[last][1], lines, column, flow)
            return
        start = spans[0][0] if flow else self.text.line_start(spans[0][0])
        text = (
            f"{lines[0]}, "
            if flow
            else " " * column + self._lines(lines, column) + self.text.newline
        )
        self.edits.append(_Edit(start, start, text))

    def _insert_after(self, end: int, lines: list[str], column: int, flow: bool) -> None:
        at = end if flow else self.text.line_end(end)
        text = f", {lines[0]}" if flow else self._lines(["", *lines], column)
        self.edits.append(_Edit(at, at, text))

    def _lines(self, lines: Sequence[str], column: int) -> str:
        return self.text.newline.join(
            [lines[0], *(" " * column + line if line else "" for line in lines[1:])]
        )


def _keys(node: yaml.Node) -> set[str]:
    return {key.value for key, _ in node.value}


def _kept(node: yaml.Node, data: list[object]) -> bool:
    return any(None not in pair for pair in aligned(data_of(node), data))
