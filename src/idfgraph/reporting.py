"""What was found, told: in one of the forms, against what is known, and for a job's page."""

from collections.abc import Sequence
from pathlib import Path

from .errors import BadConfig, Place
from .findings import Finding
from .publish import write_text
from .report import FORMATS, Compared, new_since, render_baseline, render_summary


def rendered(findings: Sequence[Finding], form: str, language: str) -> str:
    """The findings in one of FORMATS, with messages in a language.

    >>> rendered([], "junit", "en").splitlines()[0]
    '<?xml version="1.0" encoding="UTF-8"?>'
    """
    return FORMATS[form](findings, language)


def write(file: Path, text: str) -> None:
    """Writes a report; raises BadOutput."""
    write_text(file, text)


def since(findings: Sequence[Finding], baseline: Path | None) -> Compared:
    """The findings that a baseline does not know; all where there is none. Raises BadConfig for one that is none.

    >>> since([], None)
    Compared(new=(), known=0, solved=())
    """
    if baseline is None:
        return Compared(tuple(findings), 0, ())
    try:
        text = baseline.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadConfig("cannot be read", Place(str(baseline)), hint="write it with --write-baseline") from error
    return new_since(findings, text, str(baseline))


def write_baseline(findings: Sequence[Finding], file: Path) -> None:
    """Writes down what is known, to be reported no more; raises BadOutput."""
    write_text(file, render_baseline(findings))


def add_summary(findings: Sequence[Finding], language: str, file: Path) -> None:
    """Adds a summary in Markdown to what a file holds, as pages of jobs want it; raises BadOutput."""
    before = file.read_text("utf-8") if file.is_file() else ""
    write_text(file, before + render_summary(findings, language))
