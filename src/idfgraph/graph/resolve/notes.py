"""Quality notes as nodes: issues found in a record, grouped, worded and cited."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ...model import iris
from ...model.judgements import Acceptance
from ...model.nodes import Node, plain
from ...model.text import LANGUAGES, Language, chosen, gettext
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
        **({"references": references} if references else {}),
        "motivatedBy": "qualityAssessment",
        "hasTarget": list(claims) or [_whole(subject)],
        "comment": {language: _words(issue, language, reference) for language in LANGUAGES},
    }


def _whole(subject: str) -> str:
    """What a note is on that is about no value: the record of its subject; of a page that names no
    project, the page.
    """
    return subject if subject.startswith("src:") else iris.record(subject)


def _merged(group: Sequence[Issue]) -> Issue:
    """One issue that says what all of a group say; it is seen if all of them are."""
    words = (
        ", ".join(dict.fromkeys(column))
        for column in zip(*(issue.words for issue in group), strict=True)
    )
    values = tuple(sorted({value for issue in group for value in issue.values}, key=str))
    references = tuple(sorted({link for issue in group for link in issue.references}))
    first = next((issue for issue in group if not issue.seen), group[0])
    known = {repr(one): one for issue in group for one in issue.seen}
    seen = tuple(known.values()) if first.seen else ()
    return first._replace(words=tuple(words), values=values, references=references, seen=seen)


def _cited(issue: Issue, readings: Iterable[Reading]) -> Iterator[str]:
    """The source values that print what an issue is about."""
    for reading in readings:
        if whole_of(reading.property) == whole_of(issue.property) and issue.code != "missing-value":
            for evidence in reading.evidence:
                if not issue.values or evidence.value in issue.values:
                    yield value_iri(evidence, reading.source)


def _words(issue: Issue, language: Language, reference: Reference) -> str:
    message = issue.message or KINDS[issue.code].message
    values = (value for value in issue.values if isinstance(value, str))
    words = issue.words or (", ".join(reference.label(value, language) for value in values),)
    labels = (reference.label(word, language) for word in words)
    said = gettext(message, language, **dict(zip(places(message), labels, strict=False)))
    return " ".join((said, *(_seen(one, language) for one in issue.seen)))


def _seen(one: Acceptance, language: Language) -> str:
    """That a person has seen a doubt, and why it may stand."""
    why, _ = chosen(one.why, language)
    words = {"person": one.by, "day": one.on, "why": why}
    return gettext("{person} has seen this on {day}: {why}", language, **words)
