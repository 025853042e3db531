"""Doubts that a person has seen, noted in a record: who, why, and about which words."""

from difflib import get_close_matches
from pathlib import Path

from ..graph.resolve import KINDS, Doubted, all_doubted
from ..graph.setting import prepare
from ..model.errors import BadConfig, BadInput, Place
from ..model.judgements import Acceptance
from ..model.text import Texts
from ..sources.records import read_record, rewritten, with_placed
from ..system.disk import write_text
from ..system.lock import alone_in

#: How the names of doubts begin in reports.
_NOTE = "note/"


def accept(file: Path, rule: str, *, why: Texts, by: str, on: str) -> tuple[Acceptance, ...]:
    """Writes into a record that a person has seen a doubt and why it may stand, with the words that
    are in doubt; returns what was written.

    `rule` is a doubt as reports name it (`date-order`), with a field after a colon where it is
    about several (`missing-value:startYear`). Raises BadConfig for what is no doubt of the record,
    or is an error, which nobody accepts.
    """
    with alone_in(file.parent):
        record, setting = read_record(file).record, prepare([file])
        found = all_doubted(record, setting.reference, as_of=setting.as_of)
        chosen = _chosen(file, rule, [one for one in found if not one.seen])
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
        about = {(one.issue, one.property) for one in new}
        kept = [
            one
            for one in record.accepted
            if one in fitting or (one.issue, one.property) not in about
        ]
        edit = rewritten(file, lambda said: said, accepted=_placed(kept, new))
        write_text(file, edit.text)
    return tuple(new)


def _placed(kept: list[Acceptance], new: list[Acceptance]) -> list[Acceptance]:
    """Acceptances with new ones, each before the first of those that come after it by name."""
    for one in new:
        kept = with_placed(kept, one, _name)
    return kept


def _name(one: Acceptance) -> tuple[str, str]:
    return one.issue, one.property


def _chosen(file: Path, rule: str, found: list[Doubted]) -> list[Doubted]:
    """The doubts that a rule names, or BadConfig."""
    code, _, field = rule.removeprefix(_NOTE).partition(":")
    if code not in KINDS:
        near = get_close_matches(code, KINDS, n=1)
        hint = f"did you mean {near[0]}?" if near else _listed(found)
        raise BadConfig(f"{rule!r} is no doubt", hint=hint)
    chosen = [one for one in found if one.code == code and field in ("", one.property)]
    if not chosen:
        raise BadConfig(f"there is no doubt {rule}", Place(str(file)), hint=_listed(found))
    if any(one.severity == "Violation" for one in chosen):
        hint = "mend the value, or decide: idfgraph decide"
        raise BadInput(f"{rule} is an error, not a doubt", Place(str(file)), hint=hint)
    if len({one.property for one in chosen}) > 1:
        names = " or ".join(sorted({f"{code}:{one.property}" for one in chosen}))
        raise BadConfig(f"{rule} is about several fields", Place(str(file)), hint=f"write {names}")
    return chosen


def _listed(found: list[Doubted]) -> str:
    """The doubts of a record, in English."""
    names = dict.fromkeys(
        f"{one.code}:{one.property}" for one in found if one.severity != "Violation"
    )
    return f"it has {', '.join(names)}" if names else "it has none"
