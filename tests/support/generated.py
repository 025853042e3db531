"""Hypothesis strategies: linked nodes over a whole context, and records with the pages that they
were read from.
"""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple, get_args

from hypothesis import strategies as st

from idfgraph.graph.mapping.terms import Term, Terms
from idfgraph.model.datatypes import PROJECT_ID
from idfgraph.model.fields import Decidable
from idfgraph.model.judgements import Decision
from idfgraph.model.records import (
    Capture,
    Programme,
    Project,
    Record,
    Source,
    Unidentified,
)
from idfgraph.model.text import Language
from idfgraph.model.vocab import XSD

Node = dict[str, Any]

#: What breaks escapes, lines, tags and readers' eyes: quotes, markup, controls, bidi, zero width,
#: outside the plane.
MARKS = (
    "\"'\\<>&{}[]@^_:#%`\x00\x08\x0b\x0c\x1f\x7f\x85\t\r\n\xa0"
    "\u0301\u200b\u2028\u202e\u2066\ufeff\ufffe😀𐍈"
)
TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(MARKS)), max_size=20
)

#: Datatype -> its values as they are written.
LEXICAL: Mapping[str, st.SearchStrategy[str]] = {
    f"{XSD}gYear": st.from_regex("[0-9]{4}", fullmatch=True),
    f"{XSD}decimal": st.from_regex(r"-?[0-9]{1,9}(\.[0-9]{1,3})?", fullmatch=True),
    f"{XSD}integer": st.from_regex("-?[0-9]{1,9}", fullmatch=True),
    f"{XSD}nonNegativeInteger": st.from_regex("[0-9]{1,9}", fullmatch=True),
    f"{XSD}positiveInteger": st.from_regex("0{0,2}[1-9][0-9]{0,9}", fullmatch=True),
    f"{XSD}boolean": st.sampled_from(["true", "false"]),
    f"{XSD}hexBinary": st.binary(max_size=8).map(bytes.hex),
    f"{XSD}date": st.dates().map(lambda day: day.isoformat()),
    f"{XSD}dateTime": st.datetimes().map(
        lambda moment: f"{moment:%Y-%m-%dT%H:%M:%S}Z".rjust(20, "0")
    ),
}

_REST = "[A-Za-z0-9é漢][A-Za-z0-9é漢._~-]{0,8}"


def languages(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Node]:
    """Language maps: a text, or several, for each of some languages."""
    return st.dictionaries(
        st.sampled_from(["en", "fr", "es", "zh", "ast"]),
        texts | st.lists(texts, max_size=2),
        max_size=3,
    )


def literals() -> st.SearchStrategy[Node]:
    """Value objects: plain, of a language, or of a datatype, compactly or in full."""
    spoken = st.fixed_dictionaries(
        {"@value": TEXTS}, optional={"@language": st.sampled_from(["en", "fr", "es", "ast"])}
    )
    typed = (
        st.fixed_dictionaries({"@value": values, "@type": st.sampled_from(_names(datatype))})
        for datatype, values in LEXICAL.items()
    )
    return st.one_of(spoken, *typed)


def _names(datatype: str) -> list[str]:
    return [datatype, f"xsd:{datatype.removeprefix(XSD)}"]


def iris(terms: Terms) -> st.SearchStrategy[str]:
    """Compact IRIs under every prefix (with a fragment where the prefix has none), and full ones
    elsewhere.
    """
    plain = st.tuples(st.sampled_from(sorted(terms.prefixes)), st.from_regex(_REST, fullmatch=True))
    open_ = sorted(name for name, base in terms.prefixes.items() if "#" not in base)
    part = st.tuples(st.sampled_from(open_), st.from_regex(f"{_REST}#{_REST}", fullmatch=True))
    full = st.from_regex(
        rf"https?://example\.org/{_REST}(/{_REST})?(\?q=%C3%A9&r=[(]1[)])?", fullmatch=True
    )
    return st.one_of(
        plain.map(":".join),
        part.map(":".join),
        full,
        st.uuids().map(lambda uuid: f"urn:uuid:{uuid}"),
    )


def nodes(terms: Terms, depth: int = 2) -> st.SearchStrategy[Node]:
    """Nodes of any type with some of all keys; links lead to nodes that are written in place as
    long as depth lasts.
    """
    named = iris(terms)
    linked = named | nodes(terms, depth - 1) if depth else named
    values = {key: _values(terms, term, linked) for key, term in terms.properties.items()}
    keys = st.lists(st.sampled_from(sorted(values)), unique=True, max_size=10)
    head = {"id": named, "type": st.sampled_from(sorted(terms.classes))}
    return keys.flatmap(
        lambda some: st.fixed_dictionaries({**head, **{key: values[key] for key in some}})
    )


def nodes_with(terms: Terms, key: str) -> st.SearchStrategy[Node]:
    """Nodes that have one key."""
    term, named = terms.properties[key], iris(terms)
    kind = st.sampled_from(sorted(terms.classes))
    return st.fixed_dictionaries({"id": named, "type": kind, key: _values(terms, term, named)})


def _values(terms: Terms, term: Term, linked: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The values of a term, one or several."""
    # A word of the context is refused as a code, for processors would read that word's IRI.
    slugs = st.from_regex("[A-Za-z0-9][A-Za-z0-9.-]{0,20}", fullmatch=True)
    one: Mapping[str, st.SearchStrategy[Any]] = {
        "text": TEXTS,
        "typed": LEXICAL.get(term.datatype, st.nothing()),
        "iri": linked | literals(),
        "term": st.sampled_from(sorted(terms.properties)),
        "code": slugs.filter(lambda slug: slug not in terms.source),
    }
    return (
        languages(TEXTS)
        if term.kind == "texts"
        else one[term.kind] | st.lists(one[term.kind], max_size=3)
    )


def documents(terms: Terms) -> st.SearchStrategy[tuple[list[Node], Mapping[str, list[Node]]]]:
    """Nodes of a default graph, and nodes of named graphs."""
    some = st.lists(nodes(terms), max_size=2)
    return st.tuples(some, st.dictionaries(iris(terms), some, max_size=2))


class Captured(NamedTuple):
    """A record and the texts of its pages by the SHA-256 of their bytes."""

    record: Record
    pages: Mapping[str, str]


_STATES = (
    "Albanie",
    "Fidji",
    "République de Moldova",
    "Congo",
    "Guinée",
    "Niger",
    "Mexico",
    "Maroc",
    "et",
)
_RUNS = st.lists(st.sampled_from(_STATES), min_size=1, max_size=4).map(" ".join)
_YEARS = st.sampled_from(["2003", "2019", "2020", "2021", "2024", "2026"])

#: What pages print under a property, and what they print by mistake.
PRINTED: Mapping[str, st.SearchStrategy[str]] = {
    "title": st.just("Appui à la gestion des migrations"),
    "narrative": _RUNS.map(
        lambda run: (
            f"Les trois Etats Membres ({run}).\nLe budget total est de 400 000 dollars E.-U."
        )
    ),
    "startYear": _YEARS,
    "endYear": _YEARS,
    "allocationYear": _YEARS,
    "status": st.sampled_from(["Achevé", "Actif"]),
    "projectType": st.sampled_from(["TCMMCB", "Protection et assistance aux migrants vulnérables"]),
    "coverage": st.sampled_from(["National", "Regional", "mondial"]),
    "fundRegion": st.sampled_from(["Europe", "Asie et Océanie"]),
    "budget.value": st.sampled_from(["49997.00", "85000"]),
    "budget.currency": st.just("USD"),
    "primaId": st.just("FJ10P0514"),
    "projectId": st.sampled_from(["V47-805", "PX.0220"]),
    "beneficiary": _RUNS,
    "targetsGovernmentOf": _RUNS,
    "association.funding": st.sampled_from(
        ["la Direction du développement et de la coopération suisse", "OIM et PNUD"]
    ),
    "association.implementing": st.sampled_from(["le PNUD et l'OIM", "PNUD"]),
    "hasPart.phase": st.sampled_from(["première", "deuxième"]),
    "result.laws-policies-mainstreamed": st.sampled_from(["12", "0"]),
}
MISTAKES = TEXTS | st.sampled_from(
    ["1999", "20O4", "0", "-5", "1.2e5", "CHF", "AL", "Utopie", "douze", "Guinée Bissau"]
)

_LABELS = st.none() | st.sampled_from(["Date de fin", "Statut du projet"]) | TEXTS.filter(bool)

#: What people decide about a property, and what they get wrong.
_ODD = st.one_of(TEXTS, st.lists(TEXTS, max_size=2).map(tuple), st.just({"fr": "autre"}))
DECIDED: Mapping[str, st.SearchStrategy[Any]] = {
    "title": st.just({"en": "Support to migration management"}),
    "narrative": st.just({"en": "A text.", "fr": "Un texte."}),
    "beneficiary": st.just(("FJI", "ALB")),
    "targetsGovernmentOf": st.just(("TUN",)),
    "mentionsState": st.just(("MDA",)),
    "projectType": st.just(("px", "tc")),
    "budget": st.just("85000.00"),
    "status": st.just("completed"),
    "coverage": st.just("regional"),
    "fundRegion": st.just("europe"),
    "projectId": st.just("V47-805"),
    "primaId": st.just("AL10P0514"),
}


@st.composite
def sources(draw: st.DrawFn, number: int, sloppy: bool) -> tuple[Source, str]:
    """A page that prints some properties once each, and its text: a line for each value."""
    page, captures = f"Page {number}\n", []
    names = sorted(PRINTED) + ["foo", "result.foo"] * sloppy
    for property_ in draw(st.lists(st.sampled_from(names), unique=True, max_size=12)):
        odd = draw(st.integers(0, 9)) if sloppy else 9
        text = draw(MISTAKES if odd < 4 else PRINTED.get(property_, TEXTS)) if odd else None
        span = None if text is None else (len(page), len(page) + len(text))
        captures.append(
            Capture(
                property=property_, text=text, label=draw(_LABELS), label_language="fr", span=span
            )
        )
        page += f"{text}\n"
    return _source(page, draw(st.sampled_from(get_args(Language))), captures), page


def _source(page: str, language: Language, captures: Sequence[Capture]) -> Source:
    digest = sha256(page.encode()).hexdigest()
    return Source(page=digest, identifier="page", language=language, values=tuple(captures))


@st.composite
def decisions(draw: st.DrawFn, sloppy: bool) -> Decision:
    """A person's decision about any property, of a value that it can have unless they are
    sloppy.
    """
    property_ = draw(st.sampled_from(get_args(Decidable)))
    value = draw(_ODD if sloppy else DECIDED.get(property_, _YEARS))
    why: dict[Language, str] = {"en": draw(TEXTS.filter(bool))}
    address = "https://example.org/lettre?n=1"
    return Decision(
        property=property_,
        value=value,
        why=why,
        evidence=(address,),
        by="A. Person",
        on="2026-11-21",
    )


@st.composite
def records(draw: st.DrawFn) -> Captured:
    """A record of any kind over one or two pages, without values of its own; one in two is
    sloppy.
    """
    sloppy = draw(st.booleans())
    pages = [draw(sources(number, sloppy)) for number in range(draw(st.integers(1, 2)))]
    captured, texts = (
        tuple(source for source, _ in pages),
        {source.page: text for source, text in pages},
    )
    decided = tuple(draw(st.lists(decisions(sloppy), max_size=2)))
    printed = [
        capture.text or ""
        for source in captured
        for capture in source.values
        if capture.property == "projectId"
    ]
    named = [name for name in printed if re.fullmatch(PROJECT_ID, name)]
    project = Project(id=[*named, "V47-805"][0], sources=captured, decisions=decided)
    programme = Programme(id="migration", sources=captured, decisions=decided)
    unidentified = Unidentified(id=captured[0].page[:16], sources=captured[:1])
    kinds: list[Record] = [project, programme, unidentified]
    return Captured(draw(st.sampled_from(kinds)), texts)
