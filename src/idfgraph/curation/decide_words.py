"""What is told of a decision, in the language of who made it."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..model.text import Language, gettext
from .merge import value_shown, values_shown

if TYPE_CHECKING:
    from .decide import DecisionOutcome


def told_of_decision(done: "DecisionOutcome", lang: Language) -> Iterator[str]:
    """What was decided, what changed with it, and what nobody can decide, or tell."""
    for one in done.decided:
        values = (_with_names(value, one.names) for value in (one.before, one.after))
        before, after = values_shown(lang, *values)
        if before == after:
            yield gettext("{field}: {value}, as it was", lang, field=one.field, value=after)
        else:
            yield gettext(
                "{field}: {after}; before: {before}",
                lang,
                field=one.field,
                after=after,
                before=before,
            )
        if not one.needed:
            yield gettext(
                "its pages say so themselves: no decision is needed, and none is kept", lang
            )
        elif one.against:
            words = ", ".join(values_shown(lang, *one.against))
            yield gettext("against the printed words: {words}", lang, words=words)
        if one.needed and one.lacking:
            yield gettext(
                "cited for want of other evidence, though it says otherwise: {pages}; name what "
                "you know it from with --evidence",
                lang,
                pages=", ".join(one.lacking),
            )
    for field, value in done.changes.items():
        yield gettext(
            "follows: {field}: {value}", lang, field=field, value=value_shown(value, lang)
        )
    for field in done.left:
        yield gettext(
            "{field}: edited, but nobody can decide it; quote the words of a page: idfgraph quote",
            lang,
            field=field,
        )
    for unclear in done.unclear:
        yield gettext(
            "{field}: {said}, as it would be without the decision on it, which says {decided}; "
            "write which of them stays: idfgraph decide {record} {field} VALUE",
            lang,
            field=unclear.field,
            said=value_shown(unclear.said, lang),
            decided=value_shown(unclear.decided, lang),
            record=done.file.stem,
        )


def _with_names(value: object, names: Mapping[str, str]) -> object:
    """A value, its codes with the names that they have."""
    if not isinstance(value, list):
        return value
    return [f"{names[one]} ({one})" if one in names else one for one in value]
