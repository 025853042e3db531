"""Results in our own words: names and messages of the shapes, and what quality notes say
themselves.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ...model.findings import Result
from ...model.vocab import FOAF, RDFS, SEVERITIES, SH
from .raw import Raw

_NAME = f"{SH}name"
_MESSAGE = f"{SH}message"

#: The words of a note.
_WORDS = f"{RDFS}comment"

#: Subject -> predicate -> objects.
_Said = Mapping[str, Mapping[str, Sequence[Any]]]

#: The N-Triples lines about subjects, which are terms.
LinesAbout = Callable[[Collection[str]], Iterable[str]]


class ShapeWords(NamedTuple):
    """The names and messages of a shape, by language; the IRI of the issue whose notes tell the
    same (empty: none do).
    """

    names: Mapping[str, str]
    messages: Mapping[str, str]
    issue: str = ""


@lru_cache(maxsize=4)
def shape_words(shapes: tuple[str, ...]) -> Mapping[str, ShapeWords]:
    """The words of every named shape of some Turtle texts, by its IRI.

    >>> shape_words(('<x:s> <http://www.w3.org/ns/shacl#name> "Un nom"@fr .',))["x:s"].names
    {'fr': 'Un nom'}
    """
    said = _statements(quad for text in shapes for quad in parse(text, format=RdfFormat.TURTLE))
    return {
        shape: ShapeWords(
            _texts(of.get(_NAME, ())),
            _texts(of.get(_MESSAGE, ())),
            next((issue.value for issue in of.get(f"{RDFS}seeAlso", ())), ""),
        )
        for shape, of in said.items()
    }


def lines_about(lines: Iterable[str], subjects: Collection[str]) -> Iterator[str]:
    """The lines about subjects, which are N-Triples terms.

    >>> list(lines_about(["<x:a> <x:p> <x:b> .\\n"], ["<x:b>"]))
    []
    """
    return (line for line in lines if line.partition(" ")[0] in subjects)


def worded(
    raws: Collection[Raw], lines: LinesAbout, shapes: tuple[str, ...], base: str
) -> Iterator[Result]:
    """The results of an engine with their words; `lines` are those of the data that it saw."""
    words, nothing = shape_words(shapes), ShapeWords({}, {})
    notes = Notes(raws, words, lines, base)
    for raw in raws:
        named = words.get(raw.shape, nothing)
        about, messages, severity = notes.said(raw, named.issue)
        yield Result(
            severity=(severity or raw.severity).removeprefix(SH),
            shape=raw.shape,
            focus=raw.focus,
            path=raw.path,
            value=raw.value,
            component=raw.component,
            about=_local(about or raw.path),
            names=named.names,
            messages=messages or named.messages,
        )


class Notes:
    """The quality notes among some lines that tell what results are about."""

    def __init__(
        self,
        raws: Collection[Raw],
        words: Mapping[str, ShapeWords],
        lines: LinesAbout,
        base: str,
    ) -> None:
        asked = {raw.focus for raw in raws if (known := words.get(raw.shape)) and known.issue}
        self._notes = _notes_on(asked, lines, base) if asked else {}
        wanted = {raw.focus for raw in raws}.union(*self._notes.values())
        told = [f"{base}def#{name}" for name in ("aboutProperty", "severity", "issueType")]
        self._property, self._severity, self._issue = told
        self._said = _about(wanted, lines, tuple(f"<{iri}>" for iri in (_WORDS, *told)))

    def said(self, raw: Raw, issue: str) -> tuple[str, Mapping[str, str], str]:
        """The property and the words of the note that is a result's focus, or that tells the same
        of an issue; of the latter also how grave it is, which is less once a person has seen it.
        """
        note = self._said.get(self._note(raw, issue) if issue else raw.focus, {})
        texts = _texts(note.get(_WORDS, ())) if self._issue in note else {}
        severity = self._one(note, self._severity).removeprefix(SH) if issue else ""
        return self._one(note, self._property), texts, severity if severity in SEVERITIES else ""

    def _note(self, raw: Raw, issue: str) -> str:
        """The note that tells of an issue of the focus; of several, that on the property."""
        notes = [
            note
            for note in sorted(self._notes.get(raw.focus, ()))
            if self._one(self._said.get(note, {}), self._issue) == issue
        ]
        about = (note for note in notes if self._one(self._said[note], self._property) == raw.path)
        return next(about, notes[0] if notes else "")

    def _one(self, said: Mapping[str, Sequence[Any]], predicate: str) -> str:
        return next((term.value for term in said.get(predicate, ())), "")


def _notes_on(subjects: Collection[str], lines: LinesAbout, base: str) -> Mapping[str, set[str]]:
    """The quality notes of some things, or of their records."""
    predicates = f"<{base}def#qualityNote>", f"<{FOAF}isPrimaryTopicOf>"
    own = _linked(subjects, lines, predicates)
    of_own = _linked(set[str]().union(*own.values()), lines, predicates)
    return {
        subject: own[subject].union(*(of_own[other] for other in own[subject]))
        for subject in subjects
    }


def _linked(
    subjects: Collection[str], lines: LinesAbout, predicates: tuple[str, ...]
) -> Mapping[str, set[str]]:
    """What things link to with some predicates."""
    linked: dict[str, set[str]] = defaultdict(set)
    for line in lines({f"<{subject}>" for subject in subjects}):
        if any(predicate in line for predicate in predicates):
            subject, _, object_, _ = line.split(" ", 3)
            linked[subject[1:-1]].add(object_[1:-1])
    return linked


def _about(subjects: Collection[str], lines: LinesAbout, predicates: tuple[str, ...]) -> _Said:
    """What the lines say of these subjects with these predicates, which are N-Triples terms."""
    theirs = lines({f"<{subject}>" for subject in subjects})
    kept = "".join(line for line in theirs if any(predicate in line for predicate in predicates))
    return _statements(parse(kept, format=RdfFormat.N_TRIPLES))


def _statements(quads: Iterable[Any]) -> _Said:
    said: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            said[quad.subject.value][quad.predicate.value].append(quad.object)
    return said


def _texts(terms: Iterable[Any]) -> Mapping[str, str]:
    return dict(
        sorted((term.language or "en", term.value) for term in terms if isinstance(term, Literal))
    )


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]
