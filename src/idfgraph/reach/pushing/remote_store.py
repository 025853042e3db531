"""A store of others: graphs put, added to and removed by the Graph Store Protocol, questions asked
by SPARQL (https://www.w3.org/TR/sparql11-http-rdf-update/).
"""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import NamedTuple
from urllib.parse import urlencode

import msgspec
from pyoxigraph import Literal, NamedNode
from requests.structures import CaseInsensitiveDict

from ...model.errors import BadConfig, BadOutput, Place
from ...model.formats import FORMATS
from ...model.text import N_
from ...model.visible import masked
from ...model.vocab import XSD
from ...sources.web import Caller, Credentials, Failed, FilePart, Policy, Reply, Request
from .addresses import bulk_address, graph_address, query_address
from .store_refusals import refused, said_by

#: How long a request may take that sends nothing large, a question, and each byte that is sent.
_USUAL, _QUESTION, _BYTE = 60.0, 600.0, 1 / 50_000

#: The largest answer that is taken.
_MOST_BYTES = 64 << 20

_JSON = FORMATS["json"].results
_READABLE = frozenset({_JSON, "application/json"})
_HINT = N_("see that it runs and can be reached from here, then run the same command again")
_TLS_HINT = N_(
    "see that it runs and can be reached from here, then run the same command again; "
    "a certificate of an authority of your own is named with --authority"
)

#: The forms of graphs that are sent.
_TRIPLES, _QUADS = FORMATS["nt"].media_type, FORMATS["nq"].media_type

#: What one old store calls the answer to ASK, in a row.
_TRUTH = "__ASK_RETVAL"


class Access(NamedTuple):
    """Where a store is told and asked (empty: where that is known to be), who we are there, and
    the file of an authority of its own.
    """

    url: str
    query: str = ""
    credentials: Credentials = Credentials()
    authority: Path | None = None


class _Binding(msgspec.Struct, frozen=True):
    """What a variable is in a row of an answer."""

    type: str | None = None
    value: object = ""
    language: str | None = msgspec.field(default=None, name="xml:lang")
    datatype: str = f"{XSD}string"

    @property
    def text(self) -> str:
        """An IRI or a text as it is."""
        return str(self.value)

    @property
    def term(self) -> str:
        """The term as N-Triples writes it; old stores have a type of their own for literals."""
        if self.type == "uri":
            return f"<{self.text}>"
        if self.language:
            return str(Literal(self.text, language=self.language))
        return str(Literal(self.text, datatype=NamedNode(self.datatype)))


_UNBOUND = _Binding()


class _Rows(msgspec.Struct, frozen=True):
    """The rows of an answer."""

    bindings: Sequence[Mapping[str, _Binding]] = ()


class _Outcome(msgspec.Struct, frozen=True):
    """The answer to a query (https://www.w3.org/TR/sparql11-results-json/)."""

    boolean: object = None
    results: _Rows = _Rows()

    @property
    def rows(self) -> Sequence[Mapping[str, _Binding]]:
        """What each variable is in each row, where it is anything."""
        return self.results.bindings


class RemoteStore:
    """A store of others, as long as the block lasts."""

    def __init__(self, access: Access) -> None:
        _checked(access)
        self._url, self._query = access.url, access.query or query_address(access.url)
        policy = Policy(
            deadline=_USUAL,
            retries=2,
            limit=_MOST_BYTES,
            allow_private=True,
            authorities=access.authority,
        )
        self._life = ExitStack()
        self._teller = self._life.enter_context(Caller(self._url, policy, access.credentials))
        self._asked = self._teller
        if _site(self._query) != _site(self._url):
            asked = Caller(self._query, policy, access.credentials)
            self._asked = self._life.enter_context(asked)
        self._secrets = _secrets(access.credentials)
        self.server = ""
        #: What it said last of something that it took, where that is a text for people.
        self.said = ""

    def __enter__(self) -> "RemoteStore":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._life.close()

    def put(self, graph: str, lines: bytes | FilePart) -> None:
        """Makes these N-Triples lines the whole of a graph (empty: the default graph)."""
        self._tell("PUT", graph_address(self._url, graph), lines, _TRIPLES)

    def add(self, graph: str, lines: bytes) -> None:
        """Adds N-Triples lines to a graph."""
        self._tell("POST", graph_address(self._url, graph), lines, _TRIPLES)

    def remove(self, graph: str) -> None:
        """Removes a graph, if it is there."""
        self._tell("DELETE", graph_address(self._url, graph), None, "")

    def takes_all(self) -> bool:
        """Whether it is known to take statements of all graphs in one request."""
        return bool(bulk_address(self._url, self.server))

    def add_all(self, dump: FilePart) -> None:
        """Adds N-Quads of all graphs in one request."""
        address = bulk_address(self._url, self.server)
        self._tell("POST", address, dump, _QUADS)

    def ask(self, pattern: str) -> bool:
        """Whether a pattern is in the store."""
        answer = self._answer(f"ASK {{ {pattern} }}")
        if isinstance(answer.boolean, bool):
            return answer.boolean
        return any(row.get(_TRUTH, _UNBOUND).text in {"1", "true"} for row in answer.rows)

    def rows(self, query: str, *names: str) -> list[tuple[str, ...]]:
        """What variables are in the rows of an answer: IRIs and texts as they are, empty where a
        variable is nothing.
        """
        found = self._answer(query).rows
        return [tuple(row.get(name, _UNBOUND).text for name in names) for row in found]

    def terms(self, query: str) -> list[str]:
        """The terms of an answer, as N-Triples writes them."""
        return [binding.term for row in self._answer(query).rows for binding in row.values()]

    def _answer(self, query: str) -> _Outcome:
        headers = {"Accept": _JSON, "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode({"query": query}).encode()
        request = Request("POST", self._query, headers, body, _QUESTION)
        reply = self._called(self._asked, request)
        if reply.status != 200:
            raise refused(reply, self._query, "a query")
        if reply.kind not in _READABLE:
            kind = reply.kind or "nothing"
            raise _no_answer(f"answers a query as {kind}: {said_by(reply)}", self)
        try:
            return msgspec.convert(json.loads(reply.body), _Outcome)
        except msgspec.ValidationError as error:
            raise _no_answer("answers a query with what is no result", self) from error
        except ValueError as error:
            raise _no_answer("answers a query with what is no JSON", self) from error

    def _tell(self, method: str, url: str, body: bytes | FilePart | None, kind: str) -> None:
        length = body.length if isinstance(body, FilePart) else len(body or b"")
        headers = {"Content-Type": kind} if kind else {}
        seconds = _USUAL + length * _BYTE
        reply = self._called(self._teller, Request(method, url, headers, body, seconds))
        is_gone = method == "DELETE" and reply.status == 404
        if not (200 <= reply.status < 300 or is_gone):
            raise refused(reply, url, f"{method} of a graph")
        self.said = said_by(reply)

    def _called(self, caller: Caller, request: Request) -> Reply:
        try:
            reply = caller.call(request)
        except Failed as error:
            hint = _TLS_HINT if request.url.startswith("https") else _HINT
            place = Place(request.url.partition("?")[0])
            raise BadOutput(error.about.message, place, hint=hint) from error
        self.server = reply.headers.get("Server", self.server)
        return _hiding(reply, self._secrets)

    @property
    def asked_at(self) -> str:
        """The address where it is asked."""
        return self._query


def _secrets(credentials: Credentials) -> list[bytes]:
    """What no text may show, in each form that a store may say it again."""
    user, password, token = (text.encode() for text in credentials)
    both = b64encode(user + b":" + password) if password else b""
    return [secret for secret in (password, token, both) if secret]


def _hiding(reply: Reply, secrets: Sequence[bytes]) -> Reply:
    """An answer that is no result, without what we are not to show."""
    if reply.status == 200 and reply.kind in _READABLE:
        return reply
    headers, body = CaseInsensitiveDict(reply.headers), reply.body
    for secret in secrets:
        body = body.replace(secret, b"...")
        for name, text in headers.items():
            headers[name] = text.replace(secret.decode(), "...")
    return reply._replace(body=body, headers=headers)


def _no_answer(said: str, store: RemoteStore) -> BadOutput:
    hint = N_("name its SPARQL address with --query")
    return BadOutput(N_("{said}"), Place(store.asked_at), hint=hint, said=said.rstrip(": "))


def _checked(access: Access) -> None:
    """BadConfig for an address with a name in it: what is on a command line, others can see."""
    for url in (access.url, access.query):
        if "@" in url.partition("://")[2].partition("/")[0]:
            hint = N_(
                "give it in the environment, as IDFGRAPH_PUSH_USER and IDFGRAPH_PUSH_PASSWORD"
            )
            raise BadConfig(N_("holds a user name or password"), Place(masked(url)), hint=hint)


def _site(url: str) -> str:
    return "/".join(url.split("/", 3)[:3]).lower()
