"""Results in our own words: names and messages of the shapes, and what quality notes say
themselves.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ...model.findings import Result
from ...model.vocab import RDF_TYPE, RDFS, SH
from .raw import Raw

_NAME = f"{SH}name"
_MESSAGE = f"{SH}message"

#: Subject -> predicate -> objects.
Statements = Mapping[str, Mapping[str, Sequence[Any]]]


class ShapeWords(NamedTuple):
    """The names and messages of a shape, by language."""

    names: Mapping[str, str]
    messages: Mapping[str, str]


@lru_cache(maxsize=4)
def shape_words(shapes: tuple[str, ...]) -> Mapping[str, ShapeWords]:
    """The words of every named shape of some Turtle texts, by its IRI.

    >>> shape_words(('<x:s> <http://www.w3.org/ns/shacl#name> "Un nom"@fr .',))["x:s"].names
    {'fr': 'Un nom'}
    """
    said = _statements(quad for text in shapes for quad in parse(text, format=RdfFormat.TURTLE))
    return {
        shape: ShapeWords(_texts(of.get(_NAME, ())), _texts(of.get(_MESSAGE, ())))
        for shape, of in said.items()
    }


def worded(
    raws: Collection[Raw], lines: Sequence[str], shapes: tuple[str, ...], base: str
) -> Iterator[Result]:
    """The results of an engine with their words; `lines` are the data that it saw, as N-Triples
    lines.
    """
    words, nothing = shape_words(shapes), ShapeWords({}, {})
    comment, about = f"{RDFS}comment", f"{base}def#aboutProperty"
    notes = _notes({raw.focus for raw in raws}, lines, (comment, about), base)
    for raw in raws:
        note = notes.get(raw.focus, {})
        named = words.get(raw.shape, nothing)
        yield Result(
            severity=raw.severity.removeprefix(SH),
            shape=raw.shape,
            focus=raw.focus,
            path=raw.path,
            value=raw.value,
            component=raw.component,
            about=_local(next((term.value for term in note.get(about, ())), raw.path)),
            names=named.names,
            messages=_texts(note.get(comment, ())) or named.messages,
        )


def _notes(
    subjects: Collection[str], lines: Sequence[str], predicates: tuple[str, ...], base: str
) -> Statements:
    """What the lines say with these predicates of those subjects that are quality notes."""
    wanted = {f"<{subject}>" for subject in subjects}
    theirs = [line.split(" ", 2) for line in lines if line.partition(" ")[0] in wanted]
    is_note = (f"<{RDF_TYPE}>", f"<{base}def#QualityNote> .\n")
    notes = {subject for subject, *said in theirs if tuple(said) == is_note}
    terms = {f"<{predicate}>" for predicate in predicates}
    kept = "".join(" ".join(line) for line in theirs if line[0] in notes and line[1] in terms)
    return _statements(parse(kept, format=RdfFormat.N_TRIPLES))


def _statements(quads: Iterable[Any]) -> Statements:
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
