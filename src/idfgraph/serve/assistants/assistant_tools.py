"""The tools that assistants call, answered with the edition that is current."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Set
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlencode

import msgspec

from ...exports.site import own_words
from ...model.errors import IdfgraphError
from ...model.layout import CATALOG
from ...query.question import Parameter, Question
from ...query.results import Rows, ShownTerm, read_rows
from ..answers import Asked
from ..crew import Busy, Crew
from ..editions import Editions
from ..people import questions_of
from ..reconcile import OtherRelease, ReleaseAt
from ..served_edition import ServedEdition
from .assistant_desk import DeskTask, consulted
from .quoting import Told, seen
from .release_told import release_told
from .tool_arguments import (
    AskArguments,
    DescribeArguments,
    FindArguments,
    QuestionsArguments,
    SparqlArguments,
    ToolArguments,
    read_arguments,
)
from .unanswered import Declined

T = TypeVar("T")

#: Bytes of an answer, and seconds that it may take with all that it asks.
MOST, _SECONDS = 256 << 10, 60.0

#: Bytes of an answer of the engine that are read: it writes more than is told.
_READ = 8 * MOST

_STARTS = "no release is open yet; ask again in a moment"
_ENDS = "the server ends; ask again soon"
_DAMAGED = "a file of the release cannot be read; tell who runs the server"
_LATE = "it took too long; ask for less"


class ToolCall(NamedTuple):
    """A call of a tool by a client (its address)."""

    name: str
    arguments: Mapping[str, Any] | None
    client: str


class AssistantTools:
    """What answers calls of tools, and tells of the release."""

    def __init__(self, editions: Editions) -> None:
        self._editions = editions
        self._crew: Crew[DeskTask, Any] = Crew(
            consulted, Declined, OtherRelease, IdfgraphError, OSError
        )

    async def close(self) -> None:
        """Ends all processes."""
        await self._crew.close()

    async def call(self, call: ToolCall) -> bytes:
        """The answer of a tool, as JSON; Declined where there is none."""
        if call.name not in TOOLS:
            raise Declined(f"there is no tool {call.name[:100]!r}; use {', '.join(TOOLS)}")
        arguments = read_arguments(TOOLS[call.name], call.arguments)
        return await self._with_edition(lambda edition: self._answered(edition, call, arguments))

    async def description(self) -> str:
        """What the release says of itself (DCAT, as JSON-LD); Declined where it cannot be read."""

        async def read(edition: ServedEdition) -> str:
            """The description of an edition."""
            path = f"{CATALOG}.jsonld"
            text = (await asyncio.to_thread(edition.holdings.files.read, path)).decode()
            if len(text) > MOST:
                raise Declined(f"it is too long to be told; read {edition.address}{path}")
            return seen(text)

        return await self._with_edition(read)

    async def _with_edition(self, answering: Callable[[ServedEdition], Awaitable[T]]) -> T:
        """What comes of the edition that is current, which stays until then."""
        edition = self._editions.current
        if edition is None:
            raise Declined(_STARTS)
        try:
            async with edition, asyncio.timeout(_SECONDS):
                return await answering(edition)
        except asyncio.CancelledError:
            if not edition.has_ended:
                raise
            raise Declined(_ENDS) from None
        except TimeoutError:
            raise Declined(_LATE) from None
        except OtherRelease:
            raise Declined(_STARTS) from None
        except Busy as error:
            raise Declined(str(error)) from None
        except (IdfgraphError, OSError):
            raise Declined(_DAMAGED) from None

    async def _answered(
        self, edition: ServedEdition, call: ToolCall, arguments: ToolArguments
    ) -> bytes:
        match arguments:
            case FindArguments():
                told = await self._consulted(edition, "find", arguments)
            case DescribeArguments():
                told = await self._described(edition, arguments)
            case QuestionsArguments():
                told = {"questions": await self._questions(edition, arguments.lang)}
            case AskArguments():
                told = await self._asked(edition, call, arguments)
            case SparqlArguments():
                told = await _rows(edition, call, arguments.query)
            case _:
                raise Declined(f"there is no tool {call.name}")
        release = await asyncio.to_thread(release_told, edition, arguments.lang)
        body = msgspec.json.encode({"release": release, **told})
        if len(body) > MOST:
            raise Declined(_too_long(edition, len(body), told))
        return body

    async def _described(self, edition: ServedEdition, asked: DescribeArguments) -> Told:
        id_ = await self._consulted(edition, "thing", asked.thing)
        found = edition.holdings.contents.find(id_)
        path = found.document.files.get("jsonld") if found and found.document else None
        if path is None:
            raise Declined(f"the release has no document on {id_}; ask another")
        document = await asyncio.to_thread(edition.holdings.documents.read, path)
        told: Told = await self._consulted(edition, "describe", (id_, document, asked.lang))
        return told

    async def _asked(self, edition: ServedEdition, call: ToolCall, asked: AskArguments) -> Told:
        known = {one.name: one for one in questions_of(edition.holdings.files)}
        if asked.question not in known:
            raise Declined(
                f"this release has no question {asked.question[:100]!r}; questions lists them"
            )
        text = known[asked.question].text
        filled: Told = await self._consulted(edition, "question", (asked, text))
        rows = await _rows(edition, call, filled["query"])
        return {"question": asked.question, **filled, **rows}

    async def _questions(self, edition: ServedEdition, language: str) -> list[Told]:
        """The questions that the release holds, with the values of their own that it knows."""
        held = questions_of(edition.holdings.files)
        own = [_own(parameter) for one in held for parameter in one.parameters]
        known = await self._consulted(edition, "known", list(filter(None, own)))
        return [_listed(one, known, language) for one in held]

    async def _consulted(self, edition: ServedEdition, what: str, told: object) -> Any:
        at = ReleaseAt(str(edition.folder), edition.version, edition.base, edition.address)
        return await self._crew.ask(DeskTask(at, what, told))


async def _rows(edition: ServedEdition, call: ToolCall, query: str) -> Told:
    """The rows of an answer, whole, or yes or no."""
    asked = Asked(query, f"{edition.address}sparql", graph="nt")
    told = await edition.answers.ask(asked, call.client)
    if told.status != 200:
        raise Declined(seen(told.body.decode("utf-8", "replace")))
    if len(told.body) > _READ:
        raise Declined(_too_long(edition, len(told.body), {"query": query}))
    rows: Rows = await asyncio.to_thread(read_rows, told.form, told.body, len(told.body))
    if rows.truth is not None:
        return {"query": query, "answer": rows.truth}
    cells = [[_cell(term) for term in row] for row in rows.rows]
    return {"query": query, "columns": rows.columns, "rows": rows.total, "quoted_rows": cells}


def _cell(term: ShownTerm | None) -> str | Mapping[str, str] | None:
    """A term as it is told: an address apart from a text."""
    if term is None:
        return None
    return {"address": seen(term.value)} if term.kind == "uri" else seen(term.value)


def _too_long(edition: ServedEdition, size: int, told: Told) -> str:
    """Why an answer is not given, and where it is to be had."""
    said = f"the answer has {size:,} bytes, more than the {MOST:,} that are told; ask for less"
    if "query" in told:
        address = f"{edition.address}sparql?{urlencode({'query': told['query']})}"
        more = f", or take it from {address}" if len(address) < MOST >> 6 else ""
        return f"{said}, say with LIMIT{more}"
    return f"{said}, or read {told['address']}" if "address" in told else said


def _listed(question: Question, known: Set[str], language: str) -> Told:
    """A question as it is told; `known` are the resources that the release knows."""
    return {
        "name": question.name,
        "title": own_words(question.titles, language),
        "description": own_words(question.descriptions, language),
        "parameters": [
            {
                "name": parameter.name,
                "is": parameter.description,
                "otherwise": parameter.default if _own(parameter) in {"", *known} else "",
            }
            for parameter in question.parameters
            if parameter.kind != "lang:"
        ],
    }


def _own(parameter: Parameter) -> str:
    """The resource (a compact IRI) that a parameter names by itself; empty where it names none."""
    named = parameter.resource and parameter.default
    return f"{parameter.resource}:{parameter.default}" if named else ""


#: Name of a tool -> its arguments.
TOOLS: Mapping[str, type[ToolArguments]] = {
    "find": FindArguments,
    "describe": DescribeArguments,
    "questions": QuestionsArguments,
    "ask": AskArguments,
    "sparql": SparqlArguments,
}
