"""Who says something in a record, on what day, and in what words."""

from datetime import date

from ..graph.setting import today
from ..model.errors import BadConfig
from ..model.text import N_, Language


def signature(by: str, on: str | None = None) -> tuple[str, str]:
    """A person and a day (today, if none is given); BadConfig for what is no name or no day.

    >>> signature("A. Steward", "2026-11-21")
    ('A. Steward', '2026-11-21')
    """
    if not by.strip() or not by.isprintable():
        hint = N_("say who you are with --by, or once for all in the variable IDFGRAPH_BY")
        raise BadConfig(N_("{by!r} is nobody's name"), hint=hint, by=by)
    return by, _day(on or today())


def reason(why: str, language: Language) -> dict[Language, str]:
    """A reason in its language; BadConfig for none.

    >>> reason("The report gives 2003.", "en")
    {'en': 'The report gives 2003.'}
    """
    if not why.strip():
        raise BadConfig(N_("no reason is given"), hint=N_("say why with --why"))
    return {language: " ".join(why.split())}


def _day(on: str) -> str:
    try:
        day = date.fromisoformat(on).isoformat()
    except ValueError as error:
        raise BadConfig(N_("{on!r} is no day"), hint=N_("write it as 2026-11-21"), on=on) from error
    if day > (now := today()):
        raise BadConfig(N_("{day} is in the future"), hint=N_("today is {now}"), day=day, now=now)
    return day
