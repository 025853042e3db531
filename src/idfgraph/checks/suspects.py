"""A quick look at statements before queries are asked of them: it clears those of which no query
of the shapes can say anything, and may suspect more.

The queries (shapes/sparql.ttl) are the rules; this only spares them work, and
tests/checks/test_suspects.py holds it against them.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
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

#: What a claim says of a statement, what else queries read, the classes whose content is claimed.
_ABOUT = ("aboutResource", "aboutProperty", "aboutValue")
_HOLDERS = ("Project", "Programme", "MonetaryAmount")
_OTHERS = ("rank", "sha256", "citationSha256", "iso2", "iso3", "memberFrom", "memberUntil")

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


class Claim(NamedTuple):
    """A statement that a page or a decision makes, as N-Triples terms; whether it is ranked as
    accepted.
    """

    subject: str
    predicate: str
    object: str
    is_accepted: bool


class QuickLook:
    """What clears statements, in a data set of a day and beside reference data, as N-Triples
    lines.
    """

    def __init__(self, mapper: Mapper, as_of: str, reference: Iterable[str]) -> None:
        terms = mapper.terms
        keys = (*CLAIMED, *_ABOUT, *_OTHERS)
        self._keys = {terms.properties[key].predicate: key for key in keys}
        self._predicates = {key: predicate for predicate, key in self._keys.items()}
        self._keys[f"<{RDF_TYPE}>"] = "type"
        self._holders = frozenset(f"<{terms.classes[name]}>" for name in _HOLDERS)
        (self._active,) = mapper.objects("status", "active")
        (self._accepted,) = mapper.objects("rank", "accepted")
        self._year = as_of[:4]
        self._read_of = Made[SubjectOutline, list[tuple[str, int, list[int]]]](self._keys_of)
        code = f" {self._predicates['iso2']} "
        self._codes = {
            subject: _plain(values["iso2"])
            for subject, values in self._read(
                Statements(line for line in reference if code in line)
            ).items()
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
            claims: dict[str, list[str]] = defaultdict(list)
            for subject, values in said.items():
                for one in values.get("aboutResource", ()):
                    claims[one].append(subject)
            seen = set[str]()
            while todo:
                if (one := todo.pop()) not in seen:
                    seen.add(one)
                    todo.extend(claims.get(one, ()))
                    todo.extend(_states(said.get(one, {})))
            yield from statements.lines(one for one in statements.rests if one in seen)

    def _read(self, statements: Statements) -> Mapping[str, Values]:
        """What queries read, by subject and key."""
        found = dict[str, Values]()
        for subject, outline in statements.outlines.items():
            if read := self._read_of[outline]:
                rests = [*statements.rests[subject]]
                found[subject] = {
                    key: [rests[number][start:-3] for number in numbers]
                    for key, start, numbers in read
                }
        return found

    def _keys_of(self, outline: SubjectOutline) -> list[tuple[str, int, list[int]]]:
        """The keys that queries read of subjects of an outline: where values begin, and in which
        lines they stand.
        """
        return [
            (key, len(name) + 1, numbers)
            for name, numbers in outline.at.items()
            if (key := self._keys.get(name))
        ]

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
        yield from self._disagreeing(said, statements, [*claims, *self._claims(said)])

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

    def _disagreeing(
        self, said: Mapping[str, Values], statements: Statements, claims: Collection[Claim]
    ) -> Iterator[str]:
        """The subjects of which what is accepted is no content, or what is content is not
        claimed.
        """
        claimed = {claim[:3] for claim in claims}
        for subject, predicate, value, is_accepted in claims:
            stated = statements.rests.get(subject, ())
            if is_accepted and f"{predicate} {value} .\n" not in stated:
                yield subject
        for subject, values in said.items():
            if not self._holders.isdisjoint(values.get("type", ())) and any(
                (subject, self._predicates[key], one) not in claimed
                for key in CLAIMED
                for one in values.get(key, ())
            ):
                yield subject

    def _claims(self, said: Mapping[str, Values]) -> Iterator[Claim]:
        """The claims among what is said."""
        for values in said.values():
            if "aboutResource" in values:
                is_accepted = self._accepted in values.get("rank", ())
                for of, by, value in product(*(values.get(key, ()) for key in _ABOUT)):
                    yield Claim(of, by, value, is_accepted)


def _states(values: Values) -> Sequence[str]:
    """The states that a PRIMA ID can be of."""
    return [*values.get("beneficiary", ()), *values.get("targetsGovernmentOf", ())]


def _in_order(form: re.Pattern[str], first: Iterable[str], then: Collection[str]) -> bool:
    """Whether all values are of a form, and none that is first comes after one that is then."""
    before, after = (list(map(form.fullmatch, values)) for values in (first, then))
    return all(one and other and one[1] <= other[1] for one in before for other in after)


def _plain(terms: list[str]) -> str:
    """The text of a literal without datatype, language or escape; of any other nothing."""
    found = _PLAIN.fullmatch(terms[0])
    return found[1] if found else ""
