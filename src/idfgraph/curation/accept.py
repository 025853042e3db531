"""Doubts that a person has seen, noted in a record: who, why, and about which words."""

from collections.abc import Sequence
from difflib import get_close_matches
from functools import partial
from pathlib import Path

from ..checks.rules import rules
from ..graph.resolve import KINDS, Doubted, all_doubted
from ..graph.setting import prepare
from ..model.errors import BadConfig, BadInput, Place
from ..model.judgements import Acceptance
from ..model.text import N_, Texts, texts
from ..sources.records import rewritten, signed_place
from ..system.disk import write_text
from ..system.lock import alone_in
from .beside import read_beside, write_signed

#: How the names of doubts begin in reports.
_NOTE = "note/"


def accept(file: Path, rule: str, *, why: Texts, by: str, on: str) -> tuple[Acceptance, ...]:
    """Writes beside a record that a person has seen a doubt and why it may stand, with the words
    that are in doubt; returns what was written. What was written of other words of it before goes.

    `rule` is a doubt as reports name it (`date-order`), with a field after a colon where it is
    about several (`missing-value:startYear`), or the rule of a shape that reports the same
    (`project/start-year-present`). Raises BadConfig for what is no doubt of the record,
    or is an error, which nobody accepts.
    """
    with alone_in(file.parent):
        known, setting = read_beside(file), prepare([file])
        found = all_doubted(known.whole, setting.reference, as_of=setting.as_of)
        chosen = _chosen(file, rule, found)
        new = [
            Acceptance(
                issue=one.code,
                property=one.property,
                words=one.words[0] if len(one.words) == 1 else one.words,
                why=dict(why),
                by=by,
                on=on,
            )
            for one in chosen
        ]
        fitting = [seen for one in found for seen in one.seen]
        gone = {(one.issue, one.property) for one in new}

        def left(one: Acceptance) -> Acceptance | None:
            """An acceptance that stays beside the new ones."""
            return one if one in fitting or (one.issue, one.property) not in gone else None

        place = partial(signed_place, file, known.own.id, by=by)
        placed = {place(one.issue, one.property): one for one in new}
        texts = known.contents("accepted", placed, left)
        own = list(filter(left, known.own.accepted))
        edit = rewritten(file, lambda said: said, accepted=own)
        write_signed(texts)
        if edit.differs:
            write_text(file, edit.text)
    return tuple(new)


def _chosen(file: Path, rule: str, all_found: Sequence[Doubted]) -> list[Doubted]:
    """The doubts that a rule names and nobody has seen, or BadConfig."""
    found = [one for one in all_found if not one.seen]
    code, field = _meant(rule)
    if code not in KINDS:
        near = get_close_matches(code, KINDS, n=1)
        way = texts("did you mean {near}?", near=near[0]) if near else _listed(found)
        raise BadConfig(N_("{rule!r} is no doubt"), Place(str(file)), hint=way, rule=rule)
    about = [one for one in all_found if field in ("", one.property)]
    named = [one for one in about if one.code == code] or (about if _is_shape(rule) else [])
    chosen = [one for one in named if not one.seen]
    if named and not chosen:
        by = ", ".join(f"{seen.by} on {seen.on}" for seen in named[0].seen)
        hint = N_("it has been seen by {by}, and its words have not changed since")
        raise BadConfig(
            N_("{rule} is accepted already"), Place(str(file)), hint=hint, rule=rule, by=by
        )
    if not chosen:
        raise BadConfig(
            N_("there is no doubt {rule}"), Place(str(file)), hint=_listed(found), rule=rule
        )
    if any(one.severity == "Violation" for one in chosen):
        hint = N_("mend the value, or decide: idfgraph decide")
        raise BadInput(
            N_("{rule} is an error, not a doubt"), Place(str(file)), hint=hint, rule=rule
        )
    if len({one.property for one in chosen}) > 1:
        names = " / ".join(sorted({f"{code}:{one.property}" for one in chosen}))
        raise BadConfig(
            N_("{rule} is about several fields"),
            Place(str(file)),
            hint=N_("write {names}"),
            rule=rule,
            names=names,
        )
    return chosen


def _is_shape(name: str) -> bool:
    """Whether a name is of a rule that asks for a value, which is absent where it is in doubt."""
    return name.endswith("-present")


def _meant(name: str) -> tuple[str, str]:
    """The issue and the field that are meant: a rule that a shape reports stands for the issue that
    notes the same, that a value is there for its absence.

    >>> _meant("project/start-year-present"), _meant("note/date-order")
    (('missing-value', 'startYear'), ('date-order', ''))
    """
    code, _, field = name.removeprefix(_NOTE).partition(":")
    for rule in rules() if code not in KINDS else ():
        if code in (rule.name, rule.name.rpartition("/")[2]):
            absent = rule.name.endswith("-present") and len(rule.fields) == 1
            return ("missing-value", field or rule.fields[0]) if absent else (rule.issue, field)
    return code, field


def _listed(found: list[Doubted]) -> Texts:
    """The doubts of a record."""
    names = dict.fromkeys(
        f"{one.code}:{one.property}" for one in found if one.severity != "Violation"
    )
    return texts("it has {names}", names=", ".join(names)) if names else texts("it has none")
