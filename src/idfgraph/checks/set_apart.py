"""Inputs that cannot be read and were set aside: one finding for all of a kind."""

from collections.abc import Iterable, Iterator

from ..model.findings import Finding, skeleton
from ..model.text import N_, gettext

#: How many places are told of a kind.
_SHOWN = 10

_MORE = N_("{said} ({number} inputs are like that.)")


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
