"""Inputs that cannot be read, or say less than was published, and were set aside: one finding for
all of a kind.
"""

from collections.abc import Iterable, Iterator, Sequence

from ..model.errors import Place
from ..model.findings import Finding, Result, skeleton
from ..model.text import N_, gettext, texts

#: How many places are told of a kind.
_SHOWN = 10

_MORE = N_("{said} ({number} inputs are like that.)")

_LESS = N_("Says less than was published")
_LACKS = N_("Is set aside, as it lacks what was published of its record; lost: {fields}.")


def lessened(place: Place, fields: Sequence[str]) -> Finding:
    """An input that lacks fields that were published, as a finding."""
    said = texts(_LACKS, fields=", ".join(fields))
    return Finding(Result("Violation", "", "", "", "", "", "", texts(_LESS), said), place)


def grouped(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One finding for all whose messages differ by numbers and quoted words alone, with the places
    of the first of them; in their order.
    """
    kinds: dict[str, list[Finding]] = {}
    for found in findings:
        said = found.result.message("en").partition(";")[0]
        kinds.setdefault(skeleton(said), []).append(found)
    for alike in kinds.values():
        first, *others = alike
        yield _with(first, others) if others else first


def _with(first: Finding, others: list[Finding]) -> Finding:
    result, number = first.result, len(others) + 1
    messages = {
        language: gettext(_MORE, language, said=said, number=number)
        for language, said in result.messages.items()
    }
    also = (*first.also, *(other.place for other in others[: _SHOWN - 1]))
    return Finding(result._replace(messages=messages), first.place, also)
