"""The story of an inspection: each check asked of a server, one after the other, and judged.
Nothing is changed there.
"""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import NamedTuple
from urllib.parse import quote, urlencode, urljoin

from ...model.errors import BadOutput, Place
from ...model.text import N_
from ...sources.web import Caller, Failed, Policy, Refused, Reply, Request
from ...system.interrupts import Interrupted
from .checks import Ask, HttpCheck, Subject, checks
from .judging import amiss, summary
from .verdicts import Outcome, Verdict

#: How often an answer may lead on, how long one may take, and how large it may be.
_HOPS, _SECONDS, _MOST_BYTES = 5, 20.0, 16 << 20

#: After how many requests in a row without an answer nothing more is asked.
_MOST_SILENT = 3

_JSON = "application/sparql-results+json"
_FORM, _QUERY = "application/x-www-form-urlencoded", "application/sparql-query"

#: What is put behind an address so that there is nothing.
_NOTHING = "-is-not-there-4f1c"


class ServerReport(NamedTuple):
    """What was found of a server; `stopped` is what stopped it before all was asked."""

    verdicts: tuple[Verdict, ...]
    stopped: Interrupted | None = None

    @property
    def failed(self) -> int:
        """How many checks of what must be have failed."""
        return sum(one.outcome == "failed" for one in self.verdicts)


def inspect_server(
    url: str, sparql: str = "", advance: Callable[[], object] = lambda: None
) -> ServerReport:
    """The checks of an address, as a thing or, where it answers a query, as a SPARQL endpoint; and
    of the endpoint that is named besides. `advance` is called after each. BadOutput where nothing
    answers; where somebody stops it, the report is of what was asked until then.
    """
    found: list[Verdict] = []
    of_endpoint = _Inspection(sparql).of("sparql") if sparql else ()
    try:
        for verdict in chain(_Inspection(url).verdicts(), of_endpoint):
            found.append(verdict)
            advance()
    except Interrupted as stopped:
        return ServerReport(tuple(found), stopped)
    return ServerReport(tuple(found))


class _Inspection:
    """One address, and those that it leads to: a connection for each request, so that none is
    spoiled by another.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        policy = Policy(
            deadline=_SECONDS,
            limit=_MOST_BYTES,
            retries=1,
            backoff=0.2,
            patience=2.0,
            allow_private=True,
        )
        first = Caller(url, policy)
        self._callers = {_site(url): first}
        #: What a host leads to: a public one to public ones alone.
        self._policy = policy._replace(allow_private=not first.is_public)
        self._document, self._shown = url, Reply(0, {}, b"")
        self._silent = 0

    def verdicts(self) -> Iterator[Verdict]:
        """What was found, of a thing or of an endpoint."""
        trial = Ask("endpoint", headers={"Accept": _JSON}, query="ASK {}")
        try:
            kind = self._reply(trial).headers.get("Content-Type", "")
        except Failed as error:
            hint = N_("see that it runs and can be reached from here")
            raise BadOutput(error.about.message, Place(self._url), hint=hint) from error
        return self.of("sparql" if kind.startswith("application/sparql-results") else "thing")

    def of(self, subject: Subject) -> Iterator[Verdict]:
        """What was found, of a subject that is known."""
        try:
            if subject == "thing":
                self._find_document()
            for check in checks(subject):
                yield self._verdict(check)
        finally:
            for caller in self._callers.values():
                caller.close()

    def _find_document(self) -> None:
        """Where the thing leads who asks for Turtle, and what is there."""
        ask = Ask("thing", headers={"Accept": "text/turtle"}, follow=True)
        try:
            self._shown = self._reply(ask)
        except (Failed, Refused):
            return

    def _verdict(self, check: HttpCheck) -> Verdict:
        asked = _told(check.ask)
        if check.needs and not self._shown.headers.get(check.needs):
            return Verdict(check, "not asked", asked, f"the document has no {check.needs}", "")
        if self._silent >= _MOST_SILENT:
            came = f"no answer to the last {_MOST_SILENT} requests"
            return Verdict(check, "not asked", asked, came, "")
        try:
            reply = self._reply(check.ask)
        except (Failed, Refused) as error:
            self._silent += isinstance(error, Failed)
            return Verdict(check, "failed", asked, "no answer", error.message)
        self._silent = 0
        wrong = amiss(reply, check.want, self._url, self._shown)
        outcome: Outcome = "warning" if check.level == "should" else "failed"
        return Verdict(check, outcome if wrong else "passed", asked, summary(reply), wrong)

    def _reply(self, ask: Ask) -> Reply:
        url, body, kind = self._addressed(ask)
        own = {"Connection": "close", **({"Content-Type": kind} if kind else {})}
        headers = {**own, **{name: self._filled(text) for name, text in ask.headers.items()}}
        reply = self._called(Request(ask.method, url, headers, body))
        for _ in range(_HOPS if ask.follow else 0):
            if not reply.elsewhere:
                break
            url = urljoin(url, reply.elsewhere)
            reply = self._called(Request(ask.method, url, headers))
        if ask.on == "thing" and ask.follow and not self._shown.status:
            self._document = url
        return reply

    def _called(self, request: Request) -> Reply:
        site = _site(request.url)
        if site not in self._callers:
            self._callers[site] = Caller(request.url, self._policy)
        return self._callers[site].call(request)

    def _addressed(self, ask: Ask) -> tuple[str, bytes | None, str]:
        """Where a request goes, its body and what that is."""
        url = {
            "thing": self._url,
            "endpoint": self._url,
            "document": self._document,
            "missing": f"{self._url.partition('#')[0]}{_NOTHING}",
        }[ask.on]
        if not ask.query:
            return url, None, ""
        if ask.by == "form":
            return url, urlencode({"query": ask.query}).encode(), _FORM
        if ask.by == "body":
            return url, ask.query.encode(), _QUERY
        parameters = "&".join(filter(None, (f"query={quote(ask.query)}", ask.more)))
        return f"{url}{'&' if '?' in url else '?'}{parameters}", None, ""

    def _filled(self, text: str) -> str:
        for name in ("ETag", "Last-Modified"):
            text = text.replace(f"{{{name}}}", self._shown.headers.get(name, ""))
        return text


def _site(url: str) -> str:
    return "/".join(url.split("/", 3)[:3]).lower()


def _told(ask: Ask) -> str:
    """A request in a few words."""
    headers = ", ".join(f"{name}: {text[:80]}" for name, text in ask.headers.items())
    query = f" {ask.query.strip()[:80]} ({ask.by})" if ask.query else ""
    return f"{ask.method} {ask.on}{query}{f' with {headers}' if headers else ''}"
