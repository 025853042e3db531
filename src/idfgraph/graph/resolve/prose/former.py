"""Which sentences are about a programme that ended before that of their page began."""

from collections.abc import Iterator, Sequence

from .phrasebook import ACCEPTED, Phrasebook
from .roles import Fact
from .sentences import ELSEWHERE, Sentence

#: The facts of a sentence.
Said = tuple[Sentence, Sequence[Fact]]


def current(phrases: Phrasebook, text: str, said: Sequence[Said]) -> Iterator[Fact]:
    """The facts of sentences; of one that tells the end of a programme before this one began, or
    before words such as "the present initiative", none is content.
    """
    begun = [_year(text, fact) for _, facts in said for fact in facts if _is_begin(fact)]
    present = max((one.start for one, _ in said if phrases.has("present", text, *one)), default=0)
    for sentence, facts in said:
        ended = [_year(text, fact) for fact in facts if fact.property == "endYear"]
        goes_on = any(map(_is_begin, facts)) or phrases.has("present", text, *sentence)
        before = sentence.start < present or bool(begun and ended and max(ended) < min(begun))
        if ended and before and not goes_on:
            yield from (one._replace(certainty=min(one.certainty, ELSEWHERE)) for one in facts)
        else:
            yield from facts


def _is_begin(fact: Fact) -> bool:
    return fact.property == "startYear" and fact.certainty >= ACCEPTED


def _year(text: str, fact: Fact) -> int:
    return int(text[slice(*fact.span)])
