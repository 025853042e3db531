"""Quality notes as nodes: issues found in a record, grouped, worded and cited."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ...model.nodes import Node, plain
from ...model.text import LANGUAGES, Language, gettext
from .case import Case
from .evidence import value_iri
from .issues import KINDS, Issue, places
from .readings import Reading, whole_of
from .reference import Reference


def notes_of(case: Case, issues: Iterable[Issue]) -> Iterator[Node]:
    """One note for each issue type and property (of doubts, and value), in the order of their
    ids.
    """
    groups: dict[str, list[Issue]] = defaultdict(list)
    for issue in issues:
        groups[issue.note(case.subject)].append(issue)
    for _, group in sorted(groups.items()):
        issue = _merged(group)
        claims = sorted(set(_cited(issue, case.readings)))
        yield note(case.subject, issue, claims, case.reference)


def note(subject: str, issue: Issue, claims: Sequence[str], reference: Reference) -> Node:
    """The note on an issue of a subject (its compact IRI), with the source values that it is
    about.
    """
    references = sorted({*issue.references, *claims})
    return {
        "id": issue.note(subject),
        "type": "QualityNote",
        "issueType": issue.code,
        "severity": issue.severity or KINDS[issue.code].severity,
        "aboutProperty": issue.property,
        **({"aboutValue": [plain(value) for value in issue.values]} if issue.values else {}),
        **({"hasTarget": list(claims)} if claims else {}),
        **({"references": references} if references else {}),
        "body": {language: _body(issue, language, reference) for language in LANGUAGES},
    }


def _merged(group: Sequence[Issue]) -> Issue:
    """One issue that says what all of a group say."""
    words = (
        ", ".join(dict.fromkeys(column))
        for column in zip(*(issue.words for issue in group), strict=True)
    )
    values = tuple(sorted({value for issue in group for value in issue.values}, key=str))
    references = tuple(sorted({link for issue in group for link in issue.references}))
    return group[0]._replace(words=tuple(words), values=values, references=references)


def _cited(issue: Issue, readings: Iterable[Reading]) -> Iterator[str]:
    """The source values that print what an issue is about."""
    for reading in readings:
        if whole_of(reading.property) == whole_of(issue.property) and issue.code != "missing-value":
            for evidence in reading.evidence:
                if not issue.values or evidence.value in issue.values:
                    yield value_iri(evidence, reading.source)


def _body(issue: Issue, language: Language, reference: Reference) -> str:
    message = issue.message or KINDS[issue.code].message
    values = (value for value in issue.values if isinstance(value, str))
    words = issue.words or (", ".join(reference.label(value, language) for value in values),)
    labels = (reference.label(word, language) for word in words)
    return gettext(message, language, **dict(zip(places(message), labels, strict=False)))
