"""Records as people edit them: one YAML file each, read with the place of every field, written in
one form; parts of one as text, to be put among what is there.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import msgspec
import yaml

from ...model.errors import BadInput, BadRecord, bad_record
from ...model.records import FORMAT, Record
from ..decode import RECORD_LIMIT, read_bytes, record_text, unsafe_character
from ..kept import File
from ..origin import Marks, Origin, Sourced, nearest, placed, reading
from .form import Misfit, to_form
from .format_one import refuse_old
from .misfits import mistaken_words
from .yaml_read import parsed_yaml, together

#: A text longer than this is written as a block, a list longer than this an item a line.
_BLOCK, _LINE = 300, 100


def read_record(path: File) -> Sourced:
    """The record in a YAML file; BadInput or BadRecord, with line and field, if it is not one."""
    record, _ = read_yaml(path, Record)
    return Sourced(record, Origin(str(path), 1, partial(_marks, path, reading())))


def read_yaml(path: File, form: Any) -> tuple[Any, Marks]:
    """The YAML file as the form, and the marks of its fields; BadInput or BadRecord if it does not
    fit.
    """
    text = record_text(read_bytes(path, RECORD_LIMIT), str(path))
    data, marks, faults = parsed_yaml(text, str(path))
    if form is Record:
        refuse_old(data, Path(str(path)), placed(str(path), nearest(marks, "format"), "format"))
    if data is None:
        raise together(faults)
    try:
        fitting = to_form(data, form, texts=True)
    except Misfit as error:
        misfits = (error, *error.others)
        better = {one.path for one in misfits if one.instead}
        faults = tuple(fault for fault in faults if fault.place.field not in better)
        known = {fault.place.field for fault in faults if fault.place.field}
        some = (one for one in misfits if one.path not in known)
        more = (_misfit(one, str(path), marks) for one in some)
        raise together(sorted((*faults, *more), key=_line)) from error
    mistaken = list(mistaken_words(data.get("values"))) if form is Record else []
    faults = (*faults, *(_misfit(one, str(path), marks) for one in mistaken))
    if faults:
        raise together(sorted(faults, key=_line))
    return fitting, marks


def _line(fault: BadInput) -> tuple[int, int]:
    return fault.place.line, fault.place.column


def misfitting(error: Misfit, file: str, marks: Marks) -> BadRecord:
    """All that does not fit a form, each at its place in a file."""
    return together([_misfit(one, file, marks) for one in (error, *error.others)])


def _misfit(one: Misfit, file: str, marks: Marks) -> BadRecord:
    return bad_record(one.told, placed(file, nearest(marks, one.path), one.path))


@lru_cache(maxsize=8)
def _marks(path: File, _this: int) -> Marks:
    """The marks of a file that has been read before, found again rather than kept."""
    return read_yaml(path, Record)[1]


class _PlainKeys(yaml.SafeDumper):
    """Keys as names, and characters that hide or reorder text as escapes."""

    def write_double_quoted(self, text: str, split: bool = True) -> None:
        """Writes all that is not ASCII as escapes where any of it hides or reorders text."""
        usual = self.allow_unicode
        self.allow_unicode = usual and unsafe_character(text) is None
        super().write_double_quoted(text, split)
        self.allow_unicode = usual

    def represent_mapping(
        self, tag: str, mapping: Any, flow_style: bool | None = None
    ) -> yaml.MappingNode:
        """Leaves keys without quotes: `on` is a name here, not a switch."""
        node = super().represent_mapping(tag, mapping, flow_style)
        for key, _ in node.value:
            key.tag = self.resolve(yaml.ScalarNode, key.value, (True, False))  # type: ignore[no-untyped-call]
        return node


class _Dumper(_PlainKeys):
    """Long texts as blocks, short lists on one line, long ones indented."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        """Indents lists too."""
        return super().increase_indent(flow, False)


class Inline(dict[str, str]):
    """A mapping that is written on one line."""


def _inline(dumper: yaml.SafeDumper, data: Inline) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    escaped = "\x85" in text or unsafe_character(text)
    style = '"' if escaped else "|" if "\n" in text or len(text) > _BLOCK else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _list(dumper: yaml.SafeDumper, items: Sequence[object]) -> yaml.Node:
    short = all(isinstance(item, str | int) for item in items) and len(str(items)) <= _LINE
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=short)


_Dumper.add_representer(Inline, _inline)
_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)


class _FlowDumper(_PlainKeys):
    """Everything on one line."""


def _flow_string(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = '"' if "\n" in text or unsafe_character(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_FlowDumper.add_representer(Inline, _inline)
_FlowDumper.add_representer(str, _flow_string)


def render_record(record: Record) -> str:
    """The record as YAML text, in the one form that `extract` writes.

    >>> from idfgraph.model.records import Project
    >>> print(render_record(Project(id="V47-805")))
    format: 2
    kind: project
    id: V47-805
    <BLANKLINE>
    """
    data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(record))
    order = ("kind", "id", "reviewed", "withdrawn", "values", "decisions", "accepted", "sources")
    shown = {"format": FORMAT, **{key: data[key] for key in order if key in data}}
    return dumped(shown)


def dumped(data: Mapping[str, object]) -> str:
    """Plain data as YAML text in that form.

    >>> dumped({"a": "1", "b": ["c"]})
    "a: '1'\\nb: [c]\\n"
    """
    text: str = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)
    return text


def flow_text(data: object) -> str:
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


def block_lines(key: str, data: object, *, block: bool = False) -> list[str]:
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


def item_lines(data: object) -> list[str]:
    """The lines of an item of a list.

    >>> item_lines({"a": "b", "c": "d"})
    ['- a: b', '  c: d']
    """
    if isinstance(data, Mapping) and data:
        first, *rest = dumped(data).rstrip("\n").split("\n")
        return [f"- {first}", *(f"  {line}" if line else "" for line in rest)]
    first, *rest = block_lines("", data)
    return [f"- {first}", *rest]
