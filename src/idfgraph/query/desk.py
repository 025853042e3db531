"""Questions asked in a process of their own: within a time, so much memory, so many rows, and
without a network.
"""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from ..model.errors import BadQuery
from ..model.formats import AnswerFormat
from ..model.text import N_, Language
from ..system.child import Child, Ended, Unready
from ..system.fence import shut_in
from .answer import MOST_ROWS, AnswerTable
from .ask import OpenRelease, is_known, open_release, query_of
from .meant_values import learn_names, understood
from .question import Question, to_question


class Bounds(NamedTuple):
    """What a question may take: seconds in all, bytes of address space where the system can limit
    that, and rows or triples of its answer.
    """

    seconds: float = 30.0
    bytes: int = 2 << 30
    rows: int = MOST_ROWS


class Inquiry(NamedTuple):
    """A question with what it is asked for: its name and text, the values of its parameters, the
    language of the answer and its form.
    """

    name: str
    text: str
    values: Mapping[str, str] = {}
    language: Language = "en"
    form: AnswerFormat = "table"


class QueryAnswer(NamedTuple):
    """What came of a question: rows for people or bytes of a file, and what to know of it."""

    content: AnswerTable | bytes
    notes: tuple[str, ...]


class Desk:
    """Where questions are asked of a release, one at a time, each answered or refused in time.

    They are answered in a process of their own, which stays for the next, unless a question was its
    end.

    >>> desk = Desk(Path("no-such-folder"))
    >>> try:
    ...     desk.ask(Inquiry("all", "SELECT * { ?s ?p ?o }"))
    ... except BadQuery as error:
    ...     print(error.message)
    ... finally:
    ...     desk.close()
    is no published release
    """

    def __init__(self, release: Path, bounds: Bounds = Bounds()) -> None:
        self._release, self._bounds = release, bounds
        self._child: Child[Inquiry, QueryAnswer] | None = None

    def ask(self, inquiry: Inquiry) -> QueryAnswer:
        """The answer to a question; BadQuery where there is none within the bounds."""
        until = time.monotonic() + self._bounds.seconds
        self._child = self._child or Child(
            _Clerk(self._release, self._bounds.rows), self._bounds.bytes
        )
        try:
            self._child.begin(self._bounds.seconds)
            return self._child.ask(inquiry, max(0.0, until - time.monotonic()))
        except Ended as error:
            self.close()
            late, unready = time.monotonic() >= until, isinstance(error, Unready)
            raise _refusal(self._bounds, late=late, unready=unready) from error

    def close(self) -> None:
        """Ends the process, whatever it is at."""
        if self._child:
            self._child.end()
            self._child = None


class _Clerk:
    """Who answers, in the other process: it opens the release for the first question, and nothing
    after.
    """

    def __init__(self, release: Path, most: int) -> None:
        self._folder, self._most = release, most
        self._release: OpenRelease | None = None

    def __call__(self, inquiry: Inquiry) -> QueryAnswer:
        if self._release is None:
            self._release = open_release(self._folder, self._most)
            learn_names()
            shut_in()
        question, values = to_question(inquiry.name, inquiry.text), dict(inquiry.values)
        if any(parameter.name == "lang" for parameter in question.parameters):
            values.setdefault("lang", inquiry.language)
        release = self._release
        values = understood(question, values, lambda resource: is_known(release, resource))
        query, answerer = query_of(question, self._release, values), self._release.answerer
        content = (
            answerer.table(query) if inquiry.form == "table" else answerer.text(query, inquiry.form)
        )
        lacks = (
            f"FROM {graph}: the release has no such graph, so it is empty"
            for graph in answerer.lacking(query)
        )
        meant = [
            f"{name}={value} (for {inquiry.values[name]})"
            for name, value in values.items()
            if inquiry.values.get(name, value) != value
        ]
        return QueryAnswer(content, (*meant, *_defaults(question, values), *lacks))


def _defaults(question: Question, values: Mapping[str, str]) -> list[str]:
    """The parameters that were not given, with what stands for them."""
    return [
        f"{parameter.name}={parameter.default} (another: --set {parameter.name}=VALUE)"
        for parameter in question.left(values)
    ]


def _refusal(bounds: Bounds, *, late: bool, unready: bool) -> BadQuery:
    """Why there is no answer: it was not there in time, or its process is gone, if there was
    one.
    """
    if late:
        said = N_("there is no answer within {seconds:g} s")
        return BadQuery(
            said, hint=N_("ask for less, or allow more with --deadline"), seconds=bounds.seconds
        )
    memory = f"{bounds.bytes >> 20} MiB"
    if unready:
        said = N_("no other process can be started that takes {memory} at most")
        return BadQuery(said, hint=N_("make room, or allow more with --max-memory"), memory=memory)
    said = N_("the engine crashed: the query is nested too deep, or takes more than {memory}")
    return BadQuery(said, hint=N_("ask for less, or allow more with --max-memory"), memory=memory)
