"""YAML as people edit it: mappings, lists and texts, no more, with the place of every node.

Read from the parser's events, so that nothing is constructed or resolved: no aliases, anchors,
tags, merge keys or duplicate keys, and every scalar stays the text it is (`no`, `010` and `1e3`
included).
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import yaml

from ...model.errors import BadRecord, Place, advice, bad_record
from ...model.text import LANGUAGES, N_
from ...model.visible import shortened
from ..decode import unsafe_in, unsafe_told
from ..origin import Marks, placed
from ..positions import Mark, Positions
from .slip_looks import quoted
from .slips import with_slips_mended

#: How deep lists and mappings may nest.
DEPTH_LIMIT = 50

#: How many keys and values a file may have: reading more of them takes seconds.
NODE_LIMIT = 50_000

#: How long the dotted path of a field may be: each field below it has that path in its own.
PATH_LIMIT = 1_000

#: The fast reader of PyYAML, where there is one, and what it reads otherwise than the slow one.
_FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OTHERWISE = re.compile("[\t?\ufeff]|[|>][-+0-9]*#")

#: The fields that are texts of people, and where a comment would cut one off; quotes are held
#: against their page anyway.
_WORDS = {*LANGUAGES, "title", "where"}
_COMMENT = re.compile(r"[ \t]*#[^\r\n]*")

#: How much of a text is told.
_TOLD = 80

#: What a reader raises for what is no YAML.
_FAULTS = (yaml.YAMLError, ValueError, RecursionError, OverflowError)


class ParsedYaml(NamedTuple):
    """The data of a document and the marks of its fields, as far as they can be read, and all that
    is wrong with it.
    """

    data: Any
    marks: Marks
    faults: tuple[BadRecord, ...]


def is_words(path: str) -> bool:
    """Whether a field is a text of people, on whose line no comment belongs.

    >>> is_words("values.title.fr"), is_words("values.status")
    (True, False)
    """
    return path.rpartition(".")[2] in _WORDS


def parse_yaml(text: str, file: str) -> tuple[Any, Marks]:
    """The data of one YAML document and the marks of its fields; BadRecord with the line of what is
    refused, and all else that is.

    >>> parse_yaml("a: no\\nb: [1, x]", "r.yaml")[0]
    {'a': 'no', 'b': ['1', 'x']}
    """
    parsed = parsed_yaml(text, file)
    if parsed.faults:
        raise together(parsed.faults)
    return parsed.data, parsed.marks


def together(faults: Sequence[BadRecord]) -> BadRecord:
    """The first of some mistakes, with the others."""
    first, *others = faults
    first.others = tuple(others)
    return first


def parsed_yaml(text: str, file: str) -> ParsedYaml:
    """The data of one YAML document as far as it can be read, and all that is wrong with it:
    the first slip alone where one keeps it from being read.
    """
    if not _OTHERWISE.search(text):
        with suppress(*_FAULTS):
            return _parsed(text, file, _FAST)
    try:
        return _parsed(text, file, yaml.SafeLoader)
    except _FAULTS as error:
        return ParsedYaml(None, {}, (_slip(text, file, error),))


def _parsed(text: str, file: str, loader: Any) -> ParsedYaml:
    """The data and marks, by one reader."""
    parser = _Parser(text, file, loader)
    data: Any = None
    try:
        data = parser.document()
    except BadRecord as error:
        parser.faults.append(error)
    return ParsedYaml(data, parser.marks, tuple(parser.faults))


def _slip(text: str, file: str, error: Exception) -> BadRecord:
    """What keeps a text from being read, with the field that it is in where that is sure."""
    mended, slips = with_slips_mended(text)
    if not slips:
        mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        place = Place(file, *Positions(text).at(mark.index)) if mark else Place(file)
        tab = mark and text.startswith("\t", mark.index)
        return bad_record(advice(_TAB, _SPACE) if tab else advice(_NO_YAML, _FORM), place)
    line, column, told, *_ = slips[0]
    field = _field_on(line, mended, file) if all(slip.sure for slip in slips) else ""
    return bad_record(told, Place(file, line, column, field))


def _field_on(line: int, text: str, file: str) -> str:
    """The field that begins on a line; empty where none does."""
    with suppress(*_FAULTS):
        marks = _parsed(text, file, yaml.SafeLoader).marks
        return max((path for path, mark in marks.items() if mark.line == line), key=len, default="")
    return ""


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
        self.faults: list[BadRecord] = []

    def document(self) -> object:
        """The data of the one document."""
        next(self.events)
        first = next(self.events)
        if isinstance(first, yaml.StreamEndEvent):
            raise bad_record(advice(_IS_EMPTY, _FILL), Place(self.file, 1))
        root = next(self.events)
        data = self.node(root, "", 0)
        self.marks[""] = self.beginning(root, data)
        next(self.events)
        last = next(self.events)
        if not isinstance(last, yaml.StreamEndEvent):
            raise self.refusal(last, "", _SECOND, _ONE_RECORD)
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
            self.faults.append(self.refusal(event, path, _NO_VALUE, _GIVE_ONE))
        self.end = self.scalar_end(event)
        if not event.style and is_words(path):
            self.refuse_cut(event, path)
        return event.value

    def refuse_cut(self, event: Any, path: str) -> None:
        """Notes a text that ends where a comment begins on its line: the text goes on there, or the
        comment has room on a line of its own.
        """
        if found := _COMMENT.match(self.text, self.end):
            whole, cut = f"{event.value} {found[0].strip()}", shortened(found[0].strip(), _TOLD)
            told = {"cut": cut, "text": shortened(quoted(whole), 2 * _TOLD)}
            self.faults.append(self.refusal(event, path, _CUT, _QUOTE, **told))

    def mapping(self, begun: Any, path: str, depth: int) -> dict[str, object]:
        """The mapping that has begun."""
        data: dict[str, object] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.value == "<<":
                raise self.refusal(event, path, _NO_NAME, _USE_NAME)
            self.check(event, path, depth)
            inner = f"{path}.{event.value}".lstrip(".")
            if len(inner) > PATH_LIMIT:
                raise self.refusal(event, "", _LONG_KEY, _SHORTEN, number=PATH_LIMIT)
            if event.value in data:
                first = self.marks[inner].line
                self.faults.append(self.refusal(event, inner, _TWICE, _FIRST_ON, line=first))
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
            raise self.refusal(event, "", _MANY, _SPLIT, number=NODE_LIMIT)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise self.refusal(event, path, _ALIAS, _IN_QUOTES)
        if event.tag is not None:
            raise self.refusal(event, path, _TAG, _IN_QUOTES, tag=event.tag[:80])
        if isinstance(event, yaml.ScalarEvent) and (unsafe := unsafe_in(path, event.value)):
            code = unsafe.rpartition(" ")[2]
            raise bad_record(unsafe_told(code), self.place(event, path))
        if depth > DEPTH_LIMIT:
            raise self.refusal(event, "", _DEEP, _FLATTER, number=DEPTH_LIMIT)

    def refusal(
        self, event: Any, path: str, message: str, hint: str, **values: object
    ) -> BadRecord:
        """The error at an event."""
        return bad_record(advice(message, hint, **values), self.place(event, path))

    def place(self, event: Any, path: str) -> Place:
        """The place of an event."""
        end = (
            self.scalar_end(event) if isinstance(event, yaml.ScalarEvent) else event.end_mark.index
        )
        return placed(self.file, self.mark(event, end), path)


_NO_YAML = N_("cannot be read from here on")
_FORM = N_("write a name, a colon, a space and a value on each line")
_TAB = N_("has a tab where a space should be")
_SPACE = N_("write a space in its place")
_IS_EMPTY = N_("is empty")
_FILL = N_("write what belongs in it, or remove it")
_SECOND = N_("holds a second document")
_ONE_RECORD = N_("keep one record in a file, and no line that begins with ---")
_NO_VALUE = N_("has no value")
_GIVE_ONE = N_("give one, or remove the line")
_CUT = N_("ends before “{cut}”, which is a comment as it stands")
_QUOTE = N_("write {text} if it belongs to the text, or put the comment on a line of its own")
_NO_NAME = N_("has a key that is no plain name")
_USE_NAME = N_("write the name of a field before the colon")
_LONG_KEY = N_("has a key that is too long")
_SHORTEN = N_("{number} characters are allowed")
_TWICE = N_("stands twice")
_FIRST_ON = N_("the first is on line {line}; keep one of the two")
_MANY = N_("has more than {number} keys and values")
_SPLIT = N_("split it")
_ALIAS = N_("begins with * or &")
_TAG = N_("uses the tag {tag}")
_IN_QUOTES = N_("write the value in quotes: as it stands, its first sign has a sense of its own")
_DEEP = N_("nests deeper than {number}")
_FLATTER = N_("write it flatter")
