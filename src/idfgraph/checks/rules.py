"""The rules that a report can name: what each asks, why, of which fields, and under which number of
the domain.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, NamedTuple

from pyoxigraph import NamedNode, RdfFormat, parse

from ..graph.resolve import KINDS, places
from ..model.errors import BadConfig
from ..model.fields import VALUES
from ..model.findings import Result
from ..model.iris import BASE
from ..model.text import N_, Texts, texts
from ..model.vocab import DCT, RDFS, SH
from ..sources.reference_files import read_reference
from ..system import resources
from .locate import fields_of

#: Issue -> the constraints that it stands for; other issues have no number.
NUMBERS: Mapping[str, tuple[str, ...]] = {
    "unidentified-page": ("C01",),
    "implausible-date": ("C17",),
    "outside-region": ("C21",),
    "eu-member": ("C22",),
    "mentioned-only": ("C23",),
    "outside-funding-range": ("C24",),
    "amount-mismatch": ("C40",),
    "count-mismatch": ("C41",),
    "quoted-narrative": ("C42",),
    "unresolved-name": ("C43",),
    "contradiction": ("C44",),
}

#: The fields of records that have states, as pages list them.
_STATES = tuple(
    field.name for field in VALUES if field.kind == "state" and field.read_from != "narrative"
)

#: Issue -> the fields that it can be about; other issues can be about any.
_ABOUT: Mapping[str, tuple[str, ...]] = {
    "amount-mismatch": ("budget", "narrative"),
    "count-mismatch": ("beneficiary", "targetsGovernmentOf", "narrative"),
    "duplicate-name": _STATES,
    "eu-member": ("beneficiary",),
    "implausible-date": ("endYear", "startYear"),
    "mentioned-only": ("mentionsState", "narrative"),
    "outside-funding-range": ("budget", "coverage"),
    "outside-region": ("beneficiary", "fundRegion"),
    "quoted-narrative": ("narrative",),
    "truncated-title": ("title",),
    "unidentified-page": ("id", "projectId"),
    "unresolved-name": (*_STATES, "association"),
}

#: The issue that is noted, but not reported: shapes report what is absent.
_SILENT = "missing-value"

#: The name of the shapes that report notes, each under the name of its issue.
_NOTED = "/anomaly-"


class Rule(NamedTuple):
    """A rule as reports print it: its shape (empty: none of its own), constraints, severity, fields
    (none: any), words.

    `messages` are what a report says, with … for what differs; `asks` is what the rule is about.
    `issue` is the issue whose notes tell the same, `query` why Core cannot say it (empty: it can).
    """

    name: str
    shape: str
    numbers: tuple[str, ...]
    severity: str
    fields: tuple[str, ...]
    titles: Texts
    asks: Texts
    messages: Texts
    why: Texts
    issue: str = ""
    query: str = ""


@cache
def rules() -> tuple[Rule, ...]:
    """All rules that a report can name, by constraint; those of no number last.

    >>> rules()[0].name, rules()[0].numbers
    ('note/unidentified-page', ('C01',))
    """
    found = [*_shapes(), *_issues(), _input()]
    return tuple(sorted(found, key=lambda rule: (not rule.numbers, rule.numbers, rule.name)))


def find(name: str) -> tuple[Rule, ...]:
    """The rules of a name: a rule as reports print it (or its last part), the IRI of a shape, a
    constraint, an issue.

    Raises BadConfig for a name that none has, with the names most like it.

    >>> [rule.name for rule in find("C02")]
    ['project/prima-id']
    """
    known: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules():
        for key in _keys(rule):
            known[key.casefold()].append(rule)
    _, is_iri, local = name.partition("shapes/")
    wanted = local.replace("#", "/") if is_iri else name
    if found := known.get(wanted.casefold()):
        return tuple(found)
    shown = {key.casefold(): key for rule in rules() for key in _keys(rule)}
    near = ", ".join(shown[key] for key in get_close_matches(wanted.casefold(), shown, n=3))
    hint = N_("did you mean {near}?") if near else N_("`idfgraph explain` lists them")
    raise BadConfig(N_("there is no rule called {name!r}"), hint=hint, name=name, near=near)


def _keys(rule: Rule) -> set[str]:
    """The names that a rule is found under: of all that a shape reports, or that a silent issue is
    told by, too.
    """
    keys = {rule.name, rule.name.rpartition("/")[2], *rule.numbers}
    if rule.name.startswith("note/") and not rule.shape:
        keys.add(f"note/anomaly-{rule.severity.casefold()}")
    if rule.issue:
        keys |= {rule.issue, f"note/{rule.issue}"}
    if rule.name.endswith("-present"):
        keys |= {_SILENT, f"note/{_SILENT}"}
    return keys


def _shapes() -> Iterator[Rule]:
    """The shapes that reports name, but for those that report notes."""
    said: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for text in resources.texts_in(resources.SHAPES, ".ttl").values():
        for quad in parse(text, format=RdfFormat.TURTLE):
            said[str(quad.subject)][quad.predicate.value].append(quad.object)
    for subject, of in said.items():
        name = _name(subject)
        if f"{DCT}identifier" in of and _NOTED not in name:
            yield Rule(
                name=name,
                shape=subject[1:-1],
                numbers=tuple(sorted(number.value for number in of[f"{DCT}identifier"])),
                severity=of[f"{SH}severity"][0].value.removeprefix(SH),
                fields=_fields(subject[1:-1], of[f"{SH}path"]),
                titles=_texts(of[f"{SH}name"]),
                asks={},
                messages=_texts(of[f"{SH}message"]),
                why=_texts(of[f"{SH}description"]),
                issue=_issue(of[f"{RDFS}seeAlso"]),
                query=_reason(said, of[f"{SH}sparql"]),
            )


def _issue(codes: list[Any]) -> str:
    return next((code.value.partition("code/issue-")[2] for code in codes), "")


def _reason(said: Mapping[str, Mapping[str, list[Any]]], queries: list[Any]) -> str:
    """Why a rule is a query, as the query's comment says."""
    return " ".join(text.value for query in queries for text in said[str(query)][f"{RDFS}comment"])


def _name(subject: str) -> str:
    return subject[1:-1].removeprefix(f"{BASE}shapes/").replace("#", "/")


def _fields(shape: str, paths: list[Any]) -> tuple[str, ...]:
    """The fields of a record, or of an entry of reference data, that a shape is about."""
    path = next((path.value for path in paths if isinstance(path, NamedNode)), "")
    about = path.rpartition("#")[2].rpartition("/")[2]
    name = _name(f"<{shape}>")
    if name.startswith("note/"):
        return ()
    if name.startswith("state/"):
        return (about or "exactMatch",)
    return fields_of(Result("", shape, "", path, "", "", about, {}, {}))


def _texts(literals: list[Any]) -> Texts:
    return {literal.language: literal.value for literal in literals}


def _issues() -> Iterator[Rule]:
    """The issues that quality notes are about, under the names that reports give them."""
    entries = {entry.id: entry for entry in read_reference(resources.REFERENCE).entries}
    told = {_SILENT, *(rule.issue for rule in _shapes())}
    for code, kind in KINDS.items():
        entry = entries[f"code:issue-{code}"]
        if code not in told:
            yield Rule(
                name=f"note/{code}",
                shape="",
                numbers=NUMBERS.get(code, ()),
                severity=kind.severity,
                fields=_ABOUT.get(code, ()),
                titles={language: label.text for language, label in entry.pref_label.items()},
                asks={language: label.text for language, label in entry.definition.items()},
                messages=texts(kind.message, **dict.fromkeys(places(kind.message), "…")),
                why=texts(kind.why),
            )


def _input() -> Rule:
    return Rule(
        name="input",
        shape="",
        numbers=(),
        severity="Violation",
        fields=(),
        titles=texts("Unreadable input"),
        asks=texts(
            "A file or a record that is not of the form of a record, a page or a line, so nothing "
            "of it was checked."
        ),
        messages={},
        why=texts("What cannot be read is missing from the data set."),
    )
