"""States named one after another in a text, with the small words between them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..names import Gazetteer, Name
from .phrasebook import Phrasebook

#: How much of a text a list of states can take.
_LONGEST = 4_000

#: How long words are that say what a state does.
_VERB = 60

#: How many lists of states a part of a text can have.
_MOST_RUNS = 12

#: What goes on behind a name that is a part of a longer one, or of what is the state's.
_GOES_ON = re.compile(r"[ ][A-ZÀ-ÖØ-Þ][a-zà-ÿ]|-[A-Za-z]|'s\b")

_TOWN = r"(?<!\w)[A-ZÀ-ÖØ-Þ][\w'-]*(?:\s[A-ZÀ-ÖØ-Þ][\w'-]*){0,2}"

#: Years in brackets behind a name.
_DATED = re.compile(r"\([^()\n]{0,40}(?:19|20)[0-9]{2}[^()\n]{0,40}\)")


class StateRun(NamedTuple):
    """States named one after another, and where the run begins and ends; whether it is certain that
    its last name is whole.
    """

    names: tuple[Name, ...]
    start: int
    end: int
    whole: bool = True


class StateLists:
    """Lists of states: by comma, slash, bullet or line, in brackets, with articles and prepositions
    between.
    """

    def __init__(self, states: Gazetteer, phrases: Phrasebook, names: Iterable[str]) -> None:
        self._states, self._phrases = states, phrases
        self._pair = _pairs(frozenset(names), phrases.words("and"))
        self._placed = re.compile(rf"{_TOWN},\s(?:{phrases.words('province')})(?![^\W_])")
        small = "|".join(map(phrases.words, ("and", "partial", "region", "small")))
        self._together = re.compile(
            rf"(?<![^\W_])(?:{phrases.words('and')})(?![^\W_])", re.IGNORECASE
        )
        self._region = re.compile(rf"(?<![^\W_])(?:{phrases.words('region')})(?![^\W_])", re.I)
        signs = r"[\s,;/|•·◦▪●○‣*-]"
        self._before = re.compile(rf"(?>{signs}|[:(]|(?:{small})(?![^\W_]))*+", re.IGNORECASE)
        unknown = r"(?:\s*[,;/|\n]\s*[*•·-]?\s*[A-ZÀ-ÖØ-Þ][^,;/|\n.]{1,40}(?=\s*[,;/|\n]))?"
        self._gap = re.compile(
            rf"(?-i:{unknown})(?>{signs}|(?:{small})(?![^\W_]))*+", re.IGNORECASE
        )

    def runs(self, text: str, start: int, end: int) -> Iterator[StateRun]:
        """All states named in a part of a text, by what stands together."""
        end = min(end, start + _LONGEST)
        place, left = start, _MOST_RUNS
        for name in self._cut(text[start:end]):
            here = name.span[0] + start
            if here < place or not left:
                continue
            left -= 1
            run = self.run(text, here, end)
            if run:
                place = run.end
                yield run

    def ending(self, text: str, start: int, end: int) -> StateRun | None:
        """The states named right before a place."""
        every = list(self.runs(text, max(start, end - _LONGEST), end))
        last = every[-1] if every else None
        return last if last and not text[last.end : end].strip(" ,(") else None

    def run(self, text: str, start: int, end: int) -> StateRun | None:
        """The states named from a place on, or None."""
        end = min(end, start + _LONGEST)
        opening = self._before.match(text, start, end)
        first = opening.end() if opening else start
        if "(" in text[start:first] and (closing := _closing(text, first, end)):
            end = closing
        names: list[Name] = []
        place, joined = start, False
        undated = _DATED.sub(lambda found: ";" * len(found[0]), text[start:end])
        for name in self._cut(undated):
            here = Name(name.id, (name.span[0] + start, name.span[1] + start))
            between = self._gap if names else self._before
            gap = between.fullmatch(undated, place - start, here.span[0] - start)
            if not gap or not text[here.span[0]].isupper():
                break
            together = self._together.search(gap[0])
            elsewhere = self._region.search(gap[0]) or (together and " " in together[0])
            if joined and {",", ";"}.intersection(gap[0]) and not elsewhere:
                break
            joined = together is not None
            names.append(here)
            place = here.span[1]
        if len(names) > 1 and joined and self._acts(text, place, end):
            names.pop()
            place = names[-1].span[1]
        whole = not (names and _GOES_ON.match(text, place, end))
        names = names if whole else names[:-1]
        last = names[-1].span[1] if names else start
        return StateRun(tuple(names), names[0].span[0], last, whole) if names else None

    def _cut(self, text: str) -> Sequence[Name]:
        """The states named in a text: Serbia and Montenegro are two in prose, and a town of a
        province is none.
        """
        apart = self._pair.sub(lambda found: f"{found[1]}{';' * len(found[2])}{found[3]}", text)
        return self._states.cut(self._placed.sub(lambda found: ";" * len(found[0]), apart)).names

    def _acts(self, text: str, place: int, end: int) -> bool:
        """Whether the state named up to a place does what is said behind it: in X, and Y pays."""
        end = min(end, place + _VERB)
        return any(
            cue.start == place + 1
            for says in ("association.funding", "association.implementing", "gives")
            for cue in self._phrases.cues(says, "after", text, place, end)
        )


def _pairs(names: frozenset[str], together: str) -> re.Pattern[str]:
    """The names of states that are those of two, with what joins them."""
    pair = re.compile(rf"(.+)\s(?:{together})\s(.+)")
    found = (pair.fullmatch(name) for name in names)
    parts = sorted({one.groups() for one in found if one and names.issuperset(one.groups())})
    first, second = ("|".join(sorted({re.escape(part[at]) for part in parts})) for at in (0, 1))
    return re.compile(rf"\b({first or '(?!)'})(\s(?:{together})\s)({second})\b")


def _closing(text: str, place: int, end: int) -> int | None:
    """Where the bracket that is open at a place closes."""
    depth = 1
    for offset in range(place, end):
        depth += {"(": 1, ")": -1}.get(text[offset], 0)
        if depth == 0:
            return offset
    return None
