"""Quality notes as nodes: issues found in a record, grouped, worded and cited."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from ...model import iris
from ...model.judgements import Acceptance
from ...model.nodes import Node, plain
from ...model.text import LANGUAGES, Language, chosen, decimal, gettext
from .case import Case
from .evidence import value_iri
from .issues import KINDS, Issue, places
from .readings import Reading, whole_of
from .reference import Reference

#: A place within quotation marks: of several words each stands within its own.
_QUOTED = re.compile(r"([“«]\s*)\{(\w+)\}(\s*[”»])")

#: Places of amounts of ours, which each language writes in its way; what is quoted stays as it is.
_AMOUNTS = frozenset({"amount", "low", "high"})


def notes_of(case: Case, issues: Iterable[Issue]) -> Iterator[Node]:
    """One note for each issue type and property (of doubts, and value), in the order of their
    ids.
    """
    groups: dict[str, list[Issue]] = defaultdict(list)
    for issue in issues:
        groups[issue.note(case.subject)].append(issue)
    for _, group in sorted(groups.items()):
        claims = sorted(set(_cited(_merged(group), case.readings)))
        yield note(case.subject, group, claims, case.reference)


def note(
    subject: str, issues: Sequence[Issue], claims: Sequence[str], reference: Reference
) -> Node:
    """The note on issues of a kind of a subject (its compact IRI), with the source values that it
    is about.
    """
    issue = _merged(issues)
    columns = list(zip(*(one.words for one in issues), strict=True))
    references = sorted({*issue.references, *claims})
    return {
        "id": issue.note(subject),
        "type": "QualityNote",
        "issueType": issue.code,
        "severity": issue.severity or KINDS[issue.code].severity,
        "aboutProperty": issue.property,
        **({"aboutValue": [plain(value) for value in issue.values]} if issue.values else {}),
        **({"references": references} if references else {}),
        "motivatedBy": "qualityAssessment",
        "hasTarget": list(claims) or [_whole(subject)],
        "comment": {
            language: _words(issue, columns, language, reference) for language in LANGUAGES
        },
    }


def _whole(subject: str) -> str:
    """What a note is on that is about no value: the record of its subject; of a page that names no
    project, the page.
    """
    return subject if subject.startswith("src:") else iris.record(subject)


def _merged(group: Sequence[Issue]) -> Issue:
    """One issue about all that those of a group are about; it is seen if all of them are."""
    values = tuple(sorted({value for issue in group for value in issue.values}, key=str))
    references = tuple(sorted({link for issue in group for link in issue.references}))
    first = next((issue for issue in group if not issue.seen), group[0])
    known = {repr(one): one for issue in group for one in issue.seen}
    seen = tuple(known.values()) if first.seen else ()
    return first._replace(values=values, references=references, seen=seen)


def _cited(issue: Issue, readings: Iterable[Reading]) -> Iterator[str]:
    """The source values that print what an issue is about."""
    for reading in readings:
        if whole_of(reading.property) == whole_of(issue.property) and issue.code != "missing-value":
            for evidence in reading.evidence:
                if not issue.values or evidence.value in issue.values:
                    yield value_iri(evidence, reading.source)


def _words(
    issue: Issue, columns: Sequence[Sequence[str]], language: Language, reference: Reference
) -> str:
    """What is said of an issue: in each place of its message all words of a column, each once."""
    values = [value for value in issue.values if isinstance(value, str)]
    named = [
        [reference.label(word, language) for word in dict.fromkeys(column) if word]
        for column in columns or [values]
    ]
    kind = KINDS[issue.code]
    message = kind.bare if kind.bare and not all(named) else issue.message or kind.message
    template = gettext(message, language)
    between = _between(template)
    words = {
        name: between.get(name, ", ").join(
            decimal(word, language) if name in _AMOUNTS else word for word in one
        )
        for name, one in zip(places(message), named, strict=False)
    }
    said = template.format(**words)
    return " ".join((said, *(_seen(one, language) for one in issue.seen)))


@lru_cache(maxsize=256)
def _between(template: str) -> Mapping[str, str]:
    """What stands between several words in a place of a message that has quotation marks."""
    return {name: f"{close}, {open_}" for open_, name, close in _QUOTED.findall(template)}


def _seen(one: Acceptance, language: Language) -> str:
    """That a person has seen a doubt, and why it may stand."""
    why, _ = chosen(one.why, language)
    words = {"person": one.by, "day": one.on, "why": why}
    return gettext("{person} has seen this on {day}: {why}", language, **words)
