"""The page on which people have a file checked before they hand it in."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ...checks.report import ToldFinding
from ...exports.site import Refusal, desk_page
from ...model.findings import severity_name
from ...model.formats import FORMATS
from ...model.text import N_, Language, capitalized, gettext
from ...system.child import Child, Ended
from ...system.temporary import temporary_folder
from ..seats import Seats
from ..served_edition import ServedEdition
from .checking import CheckTask, FileReport, Unreadable, report_on
from .framing import framing_of
from .pages import addresses, form_of, language_of, page, unanswered
from .upload import LIMITS, Unfit, Upload, in_units, read_upload

_METHODS = "GET, HEAD, POST, OPTIONS"

#: The forms of a report: name as the command line has it, and media type.
_FORMS: Mapping[str, str] = {
    "html": "text/html",
    "json": FORMATS["json"].media_type,
    "ttl": FORMATS["ttl"].media_type,
    "sarif": "application/sarif+json",
    "human": "text/plain",
}

#: What a check may take: seconds, bytes of address space; how many are under way, and how many wait
#: for their turn, and so many seconds.
_SECONDS, _BYTES, _AT_ONCE, _WAITING, _PATIENCE = 20.0, 2 << 30, 2, 6, 10.0

#: How many files one process checks.
_LIFE = 100

#: What is told besides of why a file was not checked: when to come again, and that the rest of what
#: was sent is not read.
_ALSO: Mapping[int, Mapping[str, str]] = {
    503: {"Retry-After": "5"},
    **{status: {"Connection": "close"} for status in (408, 413, 415)},
}

_BUSY, _CANNOT = N_("Too many files at a time"), N_("This cannot be checked")


class CheckedFinding(NamedTuple):
    """A finding with what its severity is called, and where its rule is explained."""

    told: ToldFinding
    badge: str
    href: str


class CheckView(NamedTuple):
    """What the page shows: what was found in a file, or why it was not checked."""

    name: str = ""
    totals: str = ""
    records: int = 0
    found: Sequence[CheckedFinding] = ()
    left: int = 0
    is_sound: bool = False
    refusal: Refusal | None = None


class _Visit(NamedTuple):
    """A request, the release that it is answered with, and its language."""

    request: Request
    edition: ServedEdition
    language: Language


class CheckRoom:
    """Where files are checked, each in a process that can be ended; a few at a time."""

    def __init__(self) -> None:
        self._seats = Seats(_AT_ONCE, _WAITING, _PATIENCE)
        self._idle: list[tuple[Child[CheckTask, FileReport], int]] = []

    async def answer(self, request: Request, edition: ServedEdition) -> Response:
        """The form, or the report on what a request brings."""
        if refused := unanswered(request, _METHODS, _FORMS):
            return refused
        visit = _Visit(request, edition, language_of(request))
        if request.method != "POST":
            return await _page(visit, CheckView())
        form = form_of(request, _FORMS) or "html"
        try:
            upload = await read_upload(request)
            async with self._seats.seat(
                Unfit(503, N_("Other files are being checked; send it again in a moment."))
            ):
                report = await self._report(upload, visit, form)
        except Unfit as unfit:
            return await _refused(visit, form, unfit)
        if form == "html":
            return await _page(visit, _view(upload, report, visit.language))
        media_type = f"{_FORMS[form]}; charset=utf-8" if form == "human" else _FORMS[form]
        headers = {"Cache-Control": "no-store", "Content-Language": visit.language}
        return Response(report.text.encode("utf-8", "replace"), 200, headers, media_type)

    async def close(self) -> None:
        """Ends all processes."""
        while self._idle:
            await asyncio.to_thread(self._idle.pop()[0].end)

    async def _report(self, upload: Upload, visit: _Visit, form: str) -> FileReport:
        child, age = self._idle.pop() if self._idle else (Child(report_on, _BYTES), 0)
        with ExitStack() as undone:
            undone.callback(child.kill)
            report = await asyncio.to_thread(_checked, child, upload, visit, form)
            undone.pop_all()
        if age + 1 < _LIFE:
            self._idle.append((child, age + 1))
        else:
            await asyncio.to_thread(child.end)
        return report


def _checked(
    child: Child[CheckTask, FileReport], upload: Upload, visit: _Visit, form: str
) -> FileReport:
    """The report on an upload, which is in a folder for no longer than that takes."""
    edition = visit.edition
    with temporary_folder() as folder:
        (folder / upload.name).write_bytes(upload.data)
        task = CheckTask(
            str(folder), upload.name, str(edition.folder), edition.base, form, visit.language
        )
        try:
            return child.ask(task, _SECONDS)
        except Unreadable as error:
            raise Unfit(422, "{said}", said=str(error)) from None
        except Ended:
            said = N_("Checking it takes more than {seconds} s, or more memory than there is.")
            raise Unfit(422, said, seconds=f"{_SECONDS:g}") from None


def _view(upload: Upload, report: FileReport, language: str) -> CheckView:
    """A report as the page shows it."""
    totals = ", ".join(
        f"{number} {severity_name(severity, language, number)}"
        for severity, number in report.counts.items()
    )
    found = [
        CheckedFinding(
            one,
            capitalized(severity_name(one.severity, language)),
            one.rule.replace("/", "-") if "/" in one.rule else "",
        )
        for one in report.told
    ]
    left = sum(report.counts.values()) - len(found)
    sound = not report.counts["Violation"]
    return CheckView(upload.name, totals, report.records, found, left, sound)


async def _refused(visit: _Visit, form: str, unfit: Unfit) -> Response:
    """Why a file was not checked, as a page or in one line."""
    said = gettext(unfit.said, visit.language, **unfit.values)
    headers = _ALSO.get(unfit.status, {})
    if form != "html":
        own = {"Content-Language": visit.language, **headers}
        return PlainTextResponse(f"{said}\n", unfit.status, own)
    title = gettext(_BUSY if unfit.status == 503 else _CANNOT, visit.language)
    view = CheckView(refusal=Refusal(title, said, visit.language))
    return await _page(visit, view, unfit.status, headers)


async def _page(
    visit: _Visit, view: CheckView, status: int = 200, headers: Mapping[str, str] = {}
) -> Response:
    """The page with what it shows."""
    request, edition, language = visit
    text = await asyncio.to_thread(
        desk_page,
        "check.html",
        framing_of(edition.holdings.files),
        language,
        addresses(request),
        view=view,
        limits={name: in_units(size)[0] for name, size in LIMITS.items()},
    )
    kept = {"Cache-Control": "no-store"} if request.method == "POST" else {}
    own = {"Content-Language": language, **kept, **headers}
    return page(request, text, status, own)
