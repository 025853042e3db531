"""The page on which people ask a release: one of its questions, or one of their own."""

import asyncio
from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...exports.site import (
    NAMES,
    AskAnswer,
    AskView,
    Reader,
    Refusal,
    desk_page,
    names_query,
    own_words,
    read_names,
)
from ...model.formats import FORMATS
from ...model.layout import ASK, PAGE_SUFFIXES
from ...model.text import LANGUAGES, N_, Language, Texts, gettext
from ...query.results import SHOWN, Rows, read_rows, resources
from ..answers import Asked, QueryOutcome
from ..linked_data import SHORT
from ..served_edition import ServedEdition
from .framing import framing_of, questions_of
from .inquiry import AskedInquiry, asked_of, welcome
from .pages import addresses, language_of, page, unanswered
from .refusals import refusal_of

_METHODS = "GET, HEAD, OPTIONS"
_HTML = {"html": "text/html"}

#: The forms of an answer that people take away: of rows, and of a graph.
_ROWS, _GRAPH = {"csv": "CSV", "json": "JSON"}, {"ttl": "Turtle", "jsonld": "JSON-LD"}
_TRUTH = {"json": "JSON"}

_YES, _NO = N_("Yes"), N_("No")

#: Statuses that pass, and in how many seconds.
_BUSY, _AGAIN = frozenset({429, 503}), "2"


async def ask(request: Request, edition: ServedEdition) -> Response:
    """The page, with the answer to what its address asks."""
    if refused := unanswered(request, _METHODS, _HTML):
        return refused
    language = language_of(request)
    own = addresses(request)
    client = request.client.host if request.client else ""
    sitting = _Sitting(edition, language, client)
    view, status = await sitting.view(request.query_params, own[LANGUAGES.index(language)])
    framing = framing_of(edition.holdings.files)
    text = await asyncio.to_thread(desk_page, "ask.html", framing, language, own, view=view)
    headers: dict[str, str] = {"Content-Language": language}
    if status in _BUSY:
        headers["Retry-After"] = _AGAIN
    return page(request, text, status, headers)


async def to_desk(request: Request, _: ServedEdition) -> Response:
    """Leads from the page that asks in a browser to the one that this server answers."""
    path = request.url.path.rpartition("/")[2]
    language = next(one for one, ends in PAGE_SUFFIXES.items() if path == f"{ASK}{ends}")
    asked = [*request.query_params.multi_items(), ("lang", language)]
    return RedirectResponse(f"ask?{urlencode(asked)}", 303, {"Cache-Control": SHORT})


class _Sitting:
    """One reader before one release."""

    def __init__(self, edition: ServedEdition, language: Language, client: str) -> None:
        self._edition, self._language, self._client = edition, language, client
        self._questions = questions_of(edition.holdings.files)

    async def view(self, params: Mapping[str, str], address: str) -> tuple[AskView, int]:
        """What the page shows for a request, and the status of its answer."""
        titles = [
            (one.name, own_words(one.titles, self._language) or one.name) for one in self._questions
        ]
        base = self._edition.base
        view = AskView(titles, welcome(base), self._bounds(), address=address)
        inquiry = asked_of(params, self._questions, self._language)
        if inquiry is None:
            return view, 200
        inquiry = await self._checked(inquiry)
        view = view._replace(
            query=inquiry.text or view.query,
            question=inquiry.shown,
            address=inquiry.address or address,
        )
        if refused := inquiry.refused:
            return view._replace(refusal=Refusal(*refused[1:])), refused.status
        told = await self._told(inquiry.text)
        if told.status != 200:
            refusal = refusal_of(told, inquiry.text, self._language)
            return view._replace(refusal=refusal), told.status
        return view._replace(answer=await self._answer(told, inquiry.text)), 200

    async def _checked(self, inquiry: AskedInquiry) -> AskedInquiry:
        """An inquiry with the values that its parameters can have; not asked where it gives one
        that the release does not know.
        """
        for parameter, query in () if inquiry.refused else inquiry.wishes(self._edition.base):
            told = await self._told(query)
            if told.status == 200:
                rows = await asyncio.to_thread(read_rows, told.form, told.body)
                inquiry = inquiry.with_choices(parameter, rows)
        for parameter, query in () if inquiry.refused else inquiry.checks(self._edition.base):
            told = await self._told(query)
            if told.status == 200 and read_rows(told.form, told.body).truth is False:
                return inquiry.unknown(parameter)
        return inquiry

    async def _answer(self, told: QueryOutcome, query: str) -> AskAnswer:
        """An answer as people read it."""
        rows = await asyncio.to_thread(read_rows, told.form, told.body)
        known = await self._names(names_query(list(resources(rows)), self._edition.base))
        reader = Reader(self._language, self._edition.base, known)
        return AskAnswer(
            reader.heads(rows.columns),
            list(map(reader.row, rows.rows)),
            rows.total,
            self._truth(rows),
            [
                (name, f"sparql?{urlencode({'query': query, 'format': form})}", _type(form))
                for form, name in _files(told, rows).items()
            ],
        )

    async def _names(self, query: str) -> Mapping[str, Texts]:
        """The names that a query is for; none where it is none, or failed."""
        told = await self._told(query) if query else None
        if told is None or told.status != 200:
            return {}
        return read_names(await asyncio.to_thread(read_rows, told.form, told.body, NAMES))

    async def _told(self, query: str) -> QueryOutcome:
        base = f"{self._edition.address}sparql"
        return await self._edition.answers.ask(Asked(query, base, graph="nt"), self._client)

    def _truth(self, rows: Rows) -> str:
        if rows.truth is None:
            return ""
        return gettext(_YES if rows.truth else _NO, self._language)

    def _bounds(self) -> str:
        """What a query may take, in words."""
        limits = self._edition.limits
        return gettext(
            "A question takes {seconds} s and its answer {size} MiB at most, or there is none. "
            "{shown} rows of it are shown here. No other server is asked (SERVICE). What is too "
            "long for an address can be sent to “sparql” by POST.",
            self._language,
            seconds=format(limits.seconds, "g"),
            size=limits.answer >> 20,
            shown=SHOWN,
        )


def _files(told: QueryOutcome, rows: Rows) -> Mapping[str, str]:
    """The forms that an answer can be taken away in, and what people call them."""
    if rows.truth is not None:
        return _TRUTH
    return _GRAPH if told.form == "nt" else _ROWS


def _type(form: str) -> str:
    return FORMATS[form].results or FORMATS[form].media_type
