"""N-Triples in shards: cut where one project ends and the next begins, with the reference data it
touches.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from io import StringIO
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from idfgraph.checks import shards
from idfgraph.graph.setting import Setting
from idfgraph.model.findings import Report

#: Projects of a shard: of 250, a process takes more than 150 MB.
SHARD = 100

_FOCUS = re.compile(rb"<[^#>]*/doc/project/[^#>]*")
_OBJECT = re.compile(r"(<[^>]*>) \.$", re.MULTILINE)


class Span(NamedTuple):
    """Some bytes of a file: where they begin and end."""

    file: Path
    start: int
    end: int


def report_on(setting: Setting, reference: Path, parts: Sequence[Span]) -> Report:
    """The report on some bytes of content, with the reference data that they touch."""
    with parts[0].file.open("rb") as file:
        file.seek(parts[0].start)
        content = file.read(parts[-1].end - parts[0].start).decode()
    lines = chain(StringIO(content, newline="\n"), _touched(reference, content))
    return shards.report_on(setting, lines, ())


def _touched(reference: Path, content: str) -> Iterator[str]:
    """The reference lines about what the content names, and about what those name."""
    known, done = _reference(reference), set[str]()
    todo = set(_OBJECT.findall(content)) & known.keys()
    while todo:
        done |= todo
        lines = [line for subject in sorted(todo) for line in known[subject]]
        yield from lines
        todo = set(_OBJECT.findall("".join(lines))) & known.keys() - done


@lru_cache(maxsize=1)
def _reference(file: Path) -> Mapping[str, Sequence[str]]:
    """The lines of the reference data by subject."""
    found: dict[str, list[str]] = defaultdict(list)
    with file.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            found[line.partition(" ")[0]].append(line)
    return found


def spans(file: Path) -> Iterator[Span]:
    """The content in shards of about as many projects, cut where one project ends and the next
    begins.
    """
    size, start = file.stat().st_size, 0
    with file.open("rb") as content:
        step = sum(map(len, _first(content, SHARD)))
        while start < size:
            content.seek(min(start + step, size))
            content.readline()
            end = content.tell() + sum(map(len, _first(content, 1)))
            yield Span(file, start, end)
            start = end


def _first(content: Iterable[bytes], number: int) -> Iterator[bytes]:
    """The lines of the first projects from here on; of one, those left of the project whose line is
    the first here.
    """
    seen, last = 0, b""
    for line in content:
        found = _FOCUS.match(line)
        if found and found[0] != last:
            seen, last = seen + 1, found[0]
        if seen > number:
            return
        yield line
