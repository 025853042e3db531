"""What is wrong with the text of a query, and where, of what the engine says."""

import re
from collections.abc import Container
from typing import NamedTuple

_FAULT = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)

#: What an engine expects: keywords, or any character; it tells the place behind as many characters
#: as it compared with them.
_EXPECTED = re.compile(
    r"expected (?:one of )?((?:[A-Za-z]{2,}|\[_\])(?:, (?:[A-Za-z]{2,}|\[_\]))*)"
)

#: How much of a line is shown.
_SHOWN = 150

_TOKEN = re.compile(r"[?$]?\w[\w:.-]*|<[^<>\s]*>|\S")

#: How an update begins, once what declares prefixes is past.
_UPDATE = re.compile(
    r"(?:\s|\#[^\n\r]*+|(?:BASE|PREFIX)\b[^<]*<[^>]*>)*+"
    r"(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b",
    re.IGNORECASE,
)


class QueryFault(NamedTuple):
    """What is wrong with a query, and where: line and column from 1, 0 where that is not known."""

    said: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        where = f"at line {self.line}, column {self.column}: " if self.line else ""
        return f"{where}{self.said}"


def fault_of(query: str, said: str) -> QueryFault:
    """The fault of a query that an engine refuses with some words; its place is no later than the
    token that it is about.

    >>> str(fault_of("ASK { ?s ?p }", "error at 1:14: expected one of SERVICE, [_]"))
    'at line 1, column 13: expected one of SERVICE, [_]'
    >>> str(fault_of("PREFIX x: <x:> INSERT DATA {}", "error at 1:25: expected CONSTRUCT"))
    'at line 1, column 16: INSERT begins an update, and only queries are answered'
    """
    if update := _UPDATE.match(query):
        said = f"{update[1].upper()} begins an update, and only queries are answered"
        return _at(query, update.start(1), said)
    found = _FAULT.search(said)
    if not found:
        return QueryFault(said)
    line, column, what = int(found[1]), int(found[2]), found[3]
    offset = sum(len(one) + 1 for one in query.split("\n")[: line - 1]) + column - 1
    expected = _EXPECTED.fullmatch(what)
    words = expected[1].split(", ") if expected else []
    compared = min((1 if word == "[_]" else len(word) for word in words), default=0)
    starts = (token.start() for token in _TOKEN.finditer(query))
    reached = [start for start in starts if start <= max(offset - compared, 0)]
    return _at(query, reached[-1] if reached else 0, what)


def in_words(query: str, said: str, prefixes: Container[str] = ()) -> str:
    """What is wrong with a query that an engine refuses, in words, with its line; `prefixes` are
    those that need no declaration.

    >>> in_words("ASK { ?s ?p }", "error at 1:14: expected one of SERVICE, [_]")
    'at line 1, column 13: it cannot be read from “}” on: ASK { ?s ?p }'
    """
    fault = fault_of(query, said)
    if not fault.line:
        return "it is no SPARQL that can be read"
    line = query.split("\n")[fault.line - 1]
    rest = line[fault.column - 1 :]
    token = found[0] if (found := _TOKEN.match(rest.lstrip())) else ""
    what = f"it cannot be read from “{token}” on" if token else "something is missing at its end"
    prefix, colon, _ = token.partition(":")
    declared = re.search(rf"\bPREFIX\s+{re.escape(prefix)}:", query, re.IGNORECASE)
    if colon and prefix not in prefixes and not declared:
        what = f"the prefix “{prefix}:” is not declared: write PREFIX {prefix}: <…> first"
    if _UPDATE.match(query):
        what = fault.said
    return f"at line {fault.line}, column {fault.column}: {what}: {line.strip()[:_SHOWN]}"


def _at(query: str, offset: int, said: str) -> QueryFault:
    before = query[:offset]
    return QueryFault(said, before.count("\n") + 1, offset - before.rfind("\n"))
