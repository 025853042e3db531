"""A question asked of an endpoint on the web
(https://www.w3.org/TR/sparql11-protocol/#query-operation).
"""

import re

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
)

from ..model.errors import BadQuery, Place
from ..model.formats import FORMATS, GRAPHS, ROWS
from ..model.iris import checked_base, rebase
from ..model.text import N_
from ..model.visible import told
from ..sources.web import Policy, Reply, post
from .answer import AnswerTable
from .desk import Bounds, Inquiry, QueryAnswer
from .meant_values import understood
from .question import to_question

#: The most bytes of an answer that are taken.
_MOST_BYTES = 256 << 20

#: How much is told of what an endpoint says of an error.
_SAID = 300

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)

#: What a table is made of.
_JSON, _TRIPLES = FORMATS["json"].results, FORMATS["nt"].media_type


def is_address(on: str) -> bool:
    """Whether what a question is asked of is an address of the web, and no folder.

    >>> is_address("https://example.org/sparql"), is_address("public")
    (True, False)
    """
    return _ADDRESS.match(on) is not None


def ask_endpoint(address: str, inquiry: Inquiry, base: str, bounds: Bounds) -> QueryAnswer:
    """The answer of an endpoint to a question, whose names stand under a base (empty: ours);
    BadQuery where there is none, BadInput where the endpoint gives none that can be used.
    """
    question, values = to_question(inquiry.name, inquiry.text), dict(inquiry.values)
    if any(parameter.name == "lang" for parameter in question.parameters):
        values.setdefault("lang", inquiry.language)
    values = understood(question, values, lambda _: False)
    query = question.with_values(values)
    if base:
        query = rebase(query, checked_base(base))
    reply = post(
        address,
        query.encode(),
        {"Content-Type": "application/sparql-query", "Accept": _accept(inquiry.form)},
        Policy(deadline=bounds.seconds, limit=_MOST_BYTES, allow_private=True),
    )
    if reply.status != 200:
        raise _refused(address, reply)
    if inquiry.form == "table":
        return QueryAnswer(_table(address, reply, bounds.rows), ())
    return QueryAnswer(_file(address, reply, inquiry.form), ())


def _accept(form: str) -> str:
    """What is asked for: rows and graphs that a table is made of, or one form."""
    if form == "table":
        return f"{_JSON}, {_TRIPLES};q=0.9"
    return FORMATS[form].media_type if form in GRAPHS else FORMATS[form].results


def _refused(address: str, reply: Reply) -> BadQuery:
    """What an endpoint says of a query that it does not answer."""
    said = told(" ".join(reply.body.decode("utf-8", "replace").split()), _SAID)
    hint = ""
    if after := reply.headers.get("Retry-After", ""):
        hint = N_("it asks to wait {seconds} s")
    return BadQuery(
        N_("answers {number}: {said}"),
        Place(address),
        hint=hint,
        number=reply.status,
        said=said,
        seconds=told(after, 40),
    )


def _file(address: str, reply: Reply, form: str) -> bytes:
    """The answer as it came, if it is in the form that was asked for."""
    if reply.kind not in {FORMATS[form].media_type, FORMATS[form].results}:
        wanted = " or ".join(GRAPHS if form in ROWS else ROWS)
        raise BadQuery(
            N_("does not answer this as {form}"),
            Place(address),
            hint=N_("try {wanted}"),
            form=form,
            wanted=wanted,
        )
    return reply.body


def _table(address: str, reply: Reply, most: int) -> AnswerTable:
    """The rows of an answer as texts for people."""
    try:
        made = _graph(reply.body, most) if reply.kind == _TRIPLES else _rows(reply.body, most)
    except (SyntaxError, ValueError) as error:
        raise BadQuery(N_("answers what is no result of a query"), Place(address)) from error
    if len(made.rows) > most:
        hint = N_("ask for less, say with LIMIT, or allow more with --max-rows")
        raise BadQuery(
            N_("the answer has more than {most:,} rows, so none is given"), hint=hint, most=most
        )
    return made


def _rows(body: bytes, most: int) -> AnswerTable:
    found = parse_query_results(body, QueryResultsFormat.JSON)
    if isinstance(found, QueryBoolean):
        return AnswerTable(("answer",), ((str(bool(found)).lower(),),))
    assert isinstance(found, QuerySolutions)
    columns = tuple(variable.value for variable in found.variables)
    rows = (tuple(map(_shown, row)) for _, row in zip(range(most + 1), found, strict=False))
    return AnswerTable(columns, tuple(rows))


def _graph(body: bytes, most: int) -> AnswerTable:
    quads = zip(range(most + 1), parse(body, format=RdfFormat.N_TRIPLES), strict=False)
    rows = (tuple(map(_shown, list(quad)[:3])) for _, quad in quads)
    return AnswerTable(("subject", "predicate", "object"), tuple(rows))


def _shown(term: object) -> str | None:
    return None if term is None else str(getattr(term, "value", term))
