"""A quick look at statements before queries are asked of them: it clears those of which no query
of the shapes can say anything, and may suspect more.

The queries (shapes/sparql.ttl) are the rules; this only spares them work, and
tests/checks/test_suspects.py holds it against them.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, product
from typing import NamedTuple

from ..graph.mapping import Mapper
from ..model.vocab import RDF_TYPE, XSD
from ..system.memo import Made
from .shacl import Statements, SubjectOutline

#: What is content of projects, programmes and budgets only if it is claimed.
CLAIMED = (
    *("title", "startYear", "endYear", "allocationYear", "status", "projectType", "coverage"),
    *("fundRegion", "projectId", "primaId", "beneficiary", "otherBeneficiary"),
    *("targetsGovernmentOf", "mentionsState", "value", "currency"),
)

_TYPE = f"<{RDF_TYPE}>"

#: What a claim says of a statement, what else queries read, the classes whose content is claimed.
_ABOUT = ("aboutResource", "aboutProperty", "aboutValue")
_HOLDERS = ("Project", "Programme", "MonetaryAmount")
_OTHERS = ("sha256", "citationSha256", "iso2", "iso3", "memberFrom", "memberUntil")

#: What is looked at in each subject by itself.
_OWN = frozenset(
    {
        *("projectId", "iso3", "sha256", "citationSha256", "memberUntil"),
        *("startYear", "endYear", "allocationYear", "beneficiary", "targetsGovernmentOf"),
    }
)

_YEAR = re.compile(rf'"([0-9]{{4}})"\^\^<{re.escape(XSD)}gYear>')
_DAY = re.compile(rf'"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})"\^\^<{re.escape(XSD)}date>')
_PLAIN = re.compile(r'"([^"\\]*)"')

#: Years after the day of the data that are still within reach.
_REACH = 5

#: Of one subject: the N-Triples terms of its values, by key.
Values = Mapping[str, list[str]]


class _At(NamedTuple):
    """Where values of a property stand: after so many characters of lines of these numbers."""

    start: int
    numbers: Sequence[int]

    def values(self, rests: Sequence[str]) -> list[str]:
        """The values, of what follows the subject in its lines."""
        return [rests[number][self.start : -3] for number in self.numbers]


class Claim(NamedTuple):
    """A statement that a page or a decision makes, as N-Triples terms; whether it is ranked as
    accepted.
    """

    subject: str
    predicate: str
    object: str
    is_accepted: bool


class QuickLook:
    """What clears statements, in a data set of a day and beside reference data."""

    def __init__(self, mapper: Mapper, as_of: str, reference: Statements) -> None:
        terms = mapper.terms
        predicates = {key: terms.properties[key].predicate for key in (*CLAIMED, *_OTHERS, *_ABOUT)}
        self._about = [predicates.pop(key) for key in _ABOUT]
        self._claimed = [predicates[key] for key in CLAIMED]
        self._keys = {predicate: key for key, predicate in predicates.items()}
        self._holders = frozenset(f"<{terms.classes[name]}>" for name in _HOLDERS)
        (self._active,) = mapper.objects("status", "active")
        (accepted,) = mapper.objects("rank", "accepted")
        self._accepted = f"{terms.properties['rank'].predicate} {accepted} .\n"
        self._year = as_of[:4]
        self._read_of = Made[SubjectOutline, list[tuple[str, _At]]](self._keys_of)
        self._about_of = Made[SubjectOutline, list[_At]](self._claims_of)
        self._held_of = Made[SubjectOutline, list[int]](
            lambda outline: [one for name in self._claimed for one in outline.at.get(name, ())]
        )
        iso2 = predicates["iso2"]
        self._codes = {
            subject: _plain(reference.values(subject, iso2))
            for subject, outline in reference.outlines.items()
            if iso2 in outline.at
        }

    def clears(self, statements: Statements, claims: Iterable[Claim] = ()) -> bool:
        """Whether no query can find anything in statements, beside which there are claims.

        They hold all that is said of their subjects, and of what these are part of.
        """
        return next(self._suspects(self._read(statements), statements, claims), None) is None

    def suspected(self, statements: Statements) -> Iterator[str]:
        """The lines about what queries can find something in, with all that they look at from
        there: claims, and states.
        """
        said = self._read(statements)
        if todo := list(self._suspects(said, statements, ())):
            seen = set[str]()
            while todo:
                if (one := todo.pop()) not in seen:
                    seen.add(one)
                    todo.extend(statements.holders(one, self._about[0]))
                    todo.extend(_states(said.get(one, {})))
            yield from statements.lines(one for one in statements.rests if one in seen)

    def _read(self, statements: Statements) -> Mapping[str, Values]:
        """What queries read, by subject and key."""
        found = dict[str, Values]()
        for subject, outline in statements.outlines.items():
            if read := self._read_of[outline]:
                rests = [*statements.rests[subject]]
                found[subject] = {key: at.values(rests) for key, at in read}
        return found

    def _keys_of(self, outline: SubjectOutline) -> list[tuple[str, _At]]:
        """The keys that queries read of subjects of an outline, and where."""
        names = {name: self._keys[name] for name in outline.at if name in self._keys}
        return [(key, _At(len(name) + 1, outline.at[name])) for name, key in names.items()]

    def _claims_of(self, outline: SubjectOutline) -> list[_At]:
        """Where a subject of an outline says what it claims; nowhere if it claims nothing."""
        if not outline.at.keys() >= {*self._about}:
            return []
        return [_At(len(name) + 1, outline.at[name]) for name in self._about]

    def _suspects(
        self, said: Mapping[str, Values], statements: Statements, claims: Iterable[Claim]
    ) -> Iterator[str]:
        """The subjects of which a query can say something."""
        for subject, values in said.items():
            if not _OWN.isdisjoint(values) and not (
                self._is_whole(subject, values)
                and self._are_years(values)
                and self._is_country(values)
            ):
                yield subject
        yield from self._disagreeing(statements, chain(claims, self._claims(statements)))

    def _is_whole(self, subject: str, values: Values) -> bool:
        """Whether the codes of a subject are those of its IRI, and its days in order."""
        ids = [_plain([one]) for key in ("projectId", "iso3") for one in values.get(key, ())]
        ids.extend(
            _plain([one])[:16]
            for key in ("sha256", "citationSha256")
            for one in values.get(key, ())
        )
        since, until = (values.get(key, []) for key in ("memberFrom", "memberUntil"))
        return all(one and subject.endswith(f"/{one}>") for one in ids) and (
            not until or _in_order(_DAY, since, until)
        )

    def _are_years(self, values: Values) -> bool:
        """Whether years are years, in order and within reach, and none is past an active status."""
        starts, ends, allocated = (
            values.get(key, []) for key in ("startYear", "endYear", "allocationYear")
        )
        years = [_YEAR.fullmatch(one) for one in (*starts, *ends, *allocated)]
        if not years:
            return True
        last = int(self._year) + _REACH if self._year.isdecimal() else 0
        past = self._active in values.get("status", ()) and not all(
            one[1:5] >= self._year for one in ends
        )
        return (
            all(year and int(year[1]) <= last for year in years)
            and not past
            and _in_order(_YEAR, starts, ends)
            and _in_order(_YEAR, allocated, starts)
        )

    def _is_country(self, values: Values) -> bool:
        """Whether a PRIMA ID begins with the code of a state that it can be of."""
        states = _states(values)
        codes = {self._codes.get(state, "") for state in states} - {""}
        return not states or all(_plain([one])[:2] in codes for one in values.get("primaId", ()))

    def _disagreeing(self, statements: Statements, claims: Iterable[Claim]) -> Iterator[str]:
        """The subjects of which what is accepted is no content, or what is content is not
        claimed.
        """
        claimed: dict[str, set[str]] = defaultdict(set)
        for subject, predicate, value, is_accepted in claims:
            rest = f"{predicate} {value} .\n"
            claimed[subject].add(rest)
            if is_accepted and rest not in statements.rests.get(subject, ()):
                yield subject
        for subject, outline in statements.outlines.items():
            if (numbers := self._held_of[outline]) and not self._holders.isdisjoint(
                statements.values(subject, _TYPE)
            ):
                rests = [*statements.rests[subject]]
                if not claimed[subject].issuperset([rests[number] for number in numbers]):
                    yield subject

    def _claims(self, statements: Statements) -> Iterator[Claim]:
        """The claims among statements."""
        for subject, outline in statements.outlines.items():
            if about := self._about_of[outline]:
                rests = statements.rests[subject]
                lines, is_accepted = [*rests], self._accepted in rests
                for of, by, value in product(*[at.values(lines) for at in about]):
                    yield Claim(of, by, value, is_accepted)


def _states(values: Values) -> Sequence[str]:
    """The states that a PRIMA ID can be of."""
    return [*values.get("beneficiary", ()), *values.get("targetsGovernmentOf", ())]


def _in_order(form: re.Pattern[str], first: Iterable[str], then: Collection[str]) -> bool:
    """Whether all values are of a form, and none that is first comes after one that is then."""
    before, after = (list(map(form.fullmatch, values)) for values in (first, then))
    return all(one and other and one[1] <= other[1] for one in before for other in after)


def _plain(terms: Sequence[str]) -> str:
    """The text of a literal without datatype, language or escape; of any other nothing."""
    found = _PLAIN.fullmatch(terms[0])
    return found[1] if found else ""
