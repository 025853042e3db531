"""Commands by which people decide what a record says."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..model.errors import BadConfig
from ..model.text import N_, Language, gettext, ngettext
from ..sources.parts import RECORDS
from .desk import own_desk, record_file
from .options import By, Lang, On, Why, WhyLang, app
from .output import say, show, show_notes

if TYPE_CHECKING:
    from ..curation.decide import DecisionOutcome

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="RECORD FIELD VALUE...",
        help="A record (its file, or its id), a field as status or title.fr, and its value: "
        "several for a field that can have several, none for no value.",
        show_default=False,
    ),
]
Evidence = Annotated[
    list[str] | None,
    typer.Option(
        metavar="URL|TITLE",
        help="Address of what you know it from, or title of a document that the record cites; "
        "else those of its sources.",
    ),
]


@app.command()
def decide(
    words: Words = None,
    why: Why = "",
    why_lang: WhyLang = None,
    evidence: Evidence = None,
    by: By = "",
    on: On = None,
    from_edits: Annotated[
        bool,
        typer.Option(
            "--from-edits",
            help="Make decisions of the values that were edited by hand, in the records that are "
            "named, or in all.",
        ),
    ] = False,
    new_code: Annotated[
        bool, typer.Option("--new-code", help="Make a new code of a word that is on no list.")
    ] = False,
    lang: Lang = "en",
) -> None:
    """Decide what a field of a record says: signed in a file beside it, and wins over its pages."""
    from ..curation.decide import Signed, decide, decide_edits
    from ..curation.signed import reason, signature

    person, day = signature(by, on)
    signed = Signed(reason(why, why_lang or lang), person, day, tuple(evidence or ()))
    if from_edits:
        done = [decide_edits(file, signed, lang=lang) for file in _files(words or [])]
        for one in done:
            _tell(one, lang)
        changed = [one for one in done if one.decided]
        number = sum(len(one.decided) for one in changed)
        records = ngettext("{number} record", "{number} records", len(changed), lang)
        say(
            ngettext(
                "{number} edited value decided in {records}",
                "{number} edited values decided in {records}",
                number,
                lang,
                records=records,
            )
        )
        return
    if not words or len(words) < 3:
        hint = N_("write: idfgraph decide V47-805 startYear 2003 --why TEXT --by NAME")
        raise BadConfig(N_("a record, a field and a value are needed"), hint=hint)
    record, field, *values = words
    file = record_file(record)
    _tell(decide(file, field, values, signed, new_code=new_code, lang=lang), lang)


@app.command()
def accept(
    record: Annotated[str, typer.Argument(help="A record: its file, or its id.")],
    rule: Annotated[
        str,
        typer.Argument(
            metavar="RULE[:FIELD]",
            help="The doubt, as validate names it: date-order, or missing-value:startYear.",
        ),
    ],
    why: Why = "",
    why_lang: WhyLang = None,
    by: By = "",
    on: On = None,
    lang: Lang = "en",
) -> None:
    """Note that you have seen a doubt about a record, and why it may stand; it is in doubt no more
    until its words change.
    """
    from ..curation.accept import accept
    from ..curation.signed import reason, signature
    from ..model.judgements import in_list

    person, day = signature(by, on)
    file = record_file(record)
    for one in accept(file, rule, why=reason(why, why_lang or lang), by=person, on=day):
        words = ", ".join(in_list(one.words))
        about = f" ({words})" if words else ""
        doubt = f"{one.issue}:{one.property}{about}"
        said = gettext("{doubt}: seen, accepted", lang, doubt=doubt)
        show(f"{file}: {said}")


def _files(names: Sequence[str]) -> Iterable[Path]:
    """The records that are named, or all of the data folder that one is in."""
    from ..sources.files import records_of

    return records_of(map(record_file, names) if names else [own_desk() / RECORDS])


def _tell(done: "DecisionOutcome", lang: Language) -> None:
    """Tells what became of a record."""
    from ..curation.decide_words import told_of_decision

    if not (done.decided or done.left or done.unclear):
        return
    show(
        f"{done.file}: "
        + (gettext("decided", lang) if done.decided else gettext("left as it is", lang))
    )
    show_notes([*told_of_decision(done, lang), *done.notes])
