"""A file checked in a process of its own, as the command line checks it: in time, within memory,
and stored nowhere.
"""

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ...checks.check import check
from ...checks.report import ToldFinding, rendered, told_findings
from ...model.errors import IdfgraphError
from ...model.vocab import SEVERITIES
from ...release.history import page_copies

#: How many findings a page shows.
_SHOWN = 200


class CheckTask(NamedTuple):
    """A file to check, alone in a folder; the release whose base and copies of pages count, and the
    form and language of the report.
    """

    folder: str
    name: str
    release: str
    base: str
    form: str
    language: str


class FileReport(NamedTuple):
    """What was found: as a text in the form that was asked for, or as it is shown on a page; how
    much of each severity, and how many records were read.
    """

    text: str
    told: Sequence[ToldFinding]
    counts: Mapping[str, int]
    records: int


class Unreadable(Exception):
    """What cannot be checked at all, in words."""


def report_on(task: CheckTask) -> FileReport:
    """The report on a file; Unreadable where it cannot be checked at all, BadOutput where the
    release is damaged.

    The working directory is the file's folder meanwhile, so that places name the file alone; what
    is laid down for a while is laid down there.
    """
    before, tempfile.tempdir = Path.cwd(), task.folder
    os.chdir(task.folder)
    try:
        return _report(task, page_copies(task.release, ()))
    finally:
        os.chdir(before)
        tempfile.tempdir = None


def _report(task: CheckTask, copies: Mapping[str, Path]) -> FileReport:
    try:
        done = check([Path(task.name)], base=task.base, jobs=1, copies=copies)
    except IdfgraphError as error:
        raise Unreadable(str(error)) from None
    report, language = done.report, task.language
    counts: dict[str, int] = {severity: report.count(severity) for severity in SEVERITIES}
    if task.form == "html":
        told = tuple(told_findings(done.findings, language, _SHOWN))
        return FileReport("", told, counts, done.records)
    text = rendered(done.findings, task.form, language, report.base)
    return FileReport(text, (), counts, done.records)
