"""Who says something in a record, on what day, and in what words."""

from datetime import date

from ..graph.setting import today
from ..model.errors import BadConfig
from ..model.text import Language


def signature(by: str, on: str | None = None) -> tuple[str, str]:
    """A person and a day (today, if none is given); BadConfig for what is no name or no day.

    >>> signature("A. Steward", "2026-11-21")
    ('A. Steward', '2026-11-21')
    """
    if not by.strip() or not by.isprintable():
        hint = "say who you are with --by, or once for all in the variable IDFGRAPH_BY"
        raise BadConfig(f"{by!r} is nobody's name", hint=hint)
    return by, _day(on or today())


def reason(why: str, language: Language) -> dict[Language, str]:
    """A reason in its language; BadConfig for none.

    >>> reason("The report gives 2003.", "en")
    {'en': 'The report gives 2003.'}
    """
    if not why.strip():
        raise BadConfig("no reason is given", hint="say why with --why")
    return {language: " ".join(why.split())}


def _day(on: str) -> str:
    try:
        day = date.fromisoformat(on).isoformat()
    except ValueError as error:
        raise BadConfig(f"{on!r} is no day", hint="write it as 2026-11-21") from error
    if day > (now := today()):
        raise BadConfig(f"{day} is in the future", hint=f"today is {now}")
    return day
