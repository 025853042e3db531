"""Every accepted statement stands once, and has words of a page that re-read, or a decision with a
source.
"""

import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, get_args

import msgspec
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from support.generated import Captured, records

import idfgraph
from idfgraph import Project
from idfgraph.model.fields import DERIVED, Decidable
from idfgraph.model.judgements import Decision
from idfgraph.model.records import Capture, Source
from idfgraph.model.vocab import DCT, RDF_TYPE
from idfgraph.system import resources

EXAMPLES = int(os.environ.get("IDFGRAPH_EXAMPLES", "500"))
RECORD = "http://xmlns.com/foaf/0.1/isPrimaryTopicOf"
SCHEMA = "https://schema.org/"
CONTEXT: Mapping[str, Any] = json.loads(resources.CONTEXT.read_text("utf-8"))["@context"]
PREFIXES = {
    key: str(value["@id"] if isinstance(value, dict) else value)
    for key, value in CONTEXT.items()
    if key != "@version"
}
IDF = PREFIXES["idf"]
CONTENT = (PREFIXES["prj"], PREFIXES["prg"])
RECORDS = {"PX.0220", "V47-805", "V57-805", "W34-805", "mainstreaming-migration"}

#: Properties that need no evidence of their own.
EXEMPT = {RDF_TYPE, RECORD, *(f"{IDF}{name}" for name in DERIVED)}

Pages = Mapping[str, str]


class Fact(NamedTuple):
    """A statement: the values of its terms (blank nodes as `_:b`), kind and language of its object,
    its graph or "".
    """

    subject: str
    predicate: str
    value: str
    is_link: bool = False
    language: str | None = None
    graph: str = ""


Facts = list[Fact]


def parsed(lines: str) -> Facts:
    return [fact_of(quad) for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS)]


def fact_of(quad: Any) -> Fact:
    subject, value = (
        str(term) if isinstance(term, ox.BlankNode) else term.value
        for term in (quad.subject, quad.object)
    )
    graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
    is_link, language = (
        not isinstance(quad.object, ox.Literal),
        getattr(quad.object, "language", None),
    )
    return Fact(subject, quad.predicate.value, value, is_link, language, graph)


class Said(NamedTuple):
    """A source value or decision: its properties, and the words and language of its page at its
    span; the day on which the page was captured.
    """

    node: str
    facts: Mapping[str, list[str]]
    words: str | None
    language: str | None
    captured: str = ""

    def one(self, iri: str) -> str:
        return next(iter(self.facts.get(iri, [])), "")


def by_node(facts: Iterable[Fact]) -> Mapping[str, Mapping[str, list[str]]]:
    nodes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        nodes[fact.subject][fact.predicate].append(fact.value)
    return nodes


def said(facts: Facts, pages: Pages) -> Iterator[Said]:
    """The source values (with what stands at their spans) and decisions of the named graphs."""
    nodes = by_node(fact for fact in facts if fact.graph)
    for node, known in nodes.items():
        if f"{IDF}Decision" in known[RDF_TYPE]:
            yield Said(node, known, None, None)
        elif f"{IDF}SourceValue" in known[RDF_TYPE]:
            source = nodes[node.partition("#")[0]]
            start, end = (
                int(known.get(f"{IDF}{name}", ["-1"])[0]) for name in ("spanStart", "spanEnd")
            )
            page = pages.get("".join(source[f"{SCHEMA}sha256"]), "")
            words = page[start:end] if 0 <= start <= end <= len(page) else None
            if f"{IDF}locator" in known:
                words = "".join(known.get(f"{IDF}sourceText", []))
            day = "".join(source.get(f"{IDF}capturedOn", []))
            yield Said(node, known, words, "".join(source[f"{DCT}language"]), day)


def to_be_shown(facts: Facts) -> Facts:
    """The statements of projects and programmes that need a source value or decision (design:
    5).
    """
    default = [fact for fact in facts if not fact.graph and fact.subject.startswith(CONTENT)]
    notes = {fact.subject for fact in default if fact.value == f"{IDF}QualityNote"}
    return [fact for fact in default if fact.subject not in notes and not is_exempt(fact)]


def is_exempt(fact: Fact) -> bool:
    to_own_part = fact.is_link and fact.value.startswith(fact.subject.partition("#")[0] + "#")
    return to_own_part or fact.predicate in EXEMPT


def shows(item: Said, fact: Fact) -> bool:
    """Whether a source value or decision is about a statement, or about the part that the statement
    is about.
    """
    values, is_decision = (
        item.facts.get(f"{IDF}aboutValue", []),
        f"{IDF}Decision" in item.facts[RDF_TYPE],
    )
    if is_decision and not item.one(f"{DCT}source"):
        return False
    if "#" in fact.subject and fact.subject in values:
        return True
    if fact.predicate == f"{IDF}statusAsOf":
        about = (item.one(f"{IDF}aboutResource"), item.one(f"{IDF}aboutProperty"))
        return about == (fact.subject, f"{IDF}status") and item.captured == fact.value
    if (item.one(f"{IDF}aboutResource"), item.one(f"{IDF}aboutProperty")) != (
        fact.subject,
        fact.predicate,
    ):
        return False
    if fact.is_link:
        return fact.value in values
    return is_decision or (fact.value == item.words and fact.language in (None, item.language))


def doubled(facts: Facts, _: Pages) -> Iterator[str]:
    graphs = Counter(fact._replace(graph="") for fact in set(facts))
    yield from (f"in two graphs: {fact}" for fact, count in graphs.items() if count > 1)


def blank(facts: Facts, _: Pages) -> Iterator[str]:
    yield from (
        f"blank node: {fact}" for fact in facts if any(str(term).startswith("_:") for term in fact)
    )


def several(facts: Facts, _: Pages) -> Iterator[str]:
    """More than one value of a key whose context has no container, or more than one text of a
    language.
    """
    one, texts = keys_in(""), keys_in("@language")
    default = (fact for fact in facts if not fact.graph and fact.predicate in one | texts)
    counts = Counter((fact.subject, fact.predicate, fact.language) for fact in default)
    yield from (f"several values: {key}" for key, count in counts.items() if count > 1)


def keys_in(container: str) -> set[str]:
    """The IRIs of the keys that always have this container in the context."""
    containers: dict[str, set[str]] = defaultdict(set)
    for term in CONTEXT.values():
        iri, held = (
            (term["@id"], term.get("@container", "")) if isinstance(term, dict) else (str(term), "")
        )
        prefix, _, name = iri.partition(":")
        containers[PREFIXES.get(prefix, "") + name].add(str(held))
    return {iri for iri, held in containers.items() if held == {container}}


def misread(facts: Facts, pages: Pages) -> Iterator[str]:
    for item in said(facts, pages):
        texts = item.facts.get(f"{IDF}sourceText", [])
        if f"{IDF}spanStart" in item.facts and (
            item.words is None or texts not in ([], [item.words])
        ):
            yield f"does not re-read: {item.node}"


def unshown(facts: Facts, pages: Pages) -> Iterator[str]:
    evidence = list(said(facts, pages))
    for fact in to_be_shown(facts):
        if not any(shows(item, fact) for item in evidence):
            yield f"without evidence: {fact}"


def faults(facts: Facts, pages: Pages) -> list[str]:
    """What breaks design 5, in words."""
    return [
        fault
        for rule in (doubled, blank, several, misread, unshown)
        for fault in rule(facts, pages)
    ]


@pytest.fixture(scope="module")
def facts(published: Path) -> Facts:
    return parsed((published / "data" / "idf.nq").read_text("utf-8"))


@pytest.fixture(scope="module")
def pages(published: Path) -> Pages:
    return {
        path.stem: path.read_bytes().decode("utf-8") for path in (published / "pages").glob("*.txt")
    }


def test_pages_are_published_as_captured(published: Path, pages: Pages, facts: Facts) -> None:
    assert len(pages) == len(list((published / "pages").iterdir())) == 5
    assert all(sha256(text.encode()).hexdigest() == digest for digest, text in pages.items())
    urls = [fact.value for fact in facts if fact.predicate == f"{SCHEMA}contentUrl"]
    assert sorted(urls) == sorted(f"{PREFIXES['page']}{digest}.txt" for digest in pages)


def test_the_release_holds_to_the_design(facts: Facts, pages: Pages) -> None:
    assert faults(facts, pages) == []


def test_every_record_was_looked_at(facts: Facts, pages: Pages) -> None:
    counts = Counter(
        fact.subject.partition("#")[0].rpartition("/")[2] for fact in to_be_shown(facts)
    )
    assert counts.keys() == RECORDS
    assert min(counts.values()) >= 16
    assert sum(item.words is not None for item in said(facts, pages)) > 80


def test_some_properties_have_one_value() -> None:
    years = {f"{IDF}startYear", f"{IDF}endYear", f"{IDF}allocationYear"}
    assert keys_in("") >= years | {f"{IDF}budget", f"{SCHEMA}value", f"{IDF}status"}
    assert keys_in("@language") >= {f"{DCT}title", f"{IDF}narrative"}
    assert f"{IDF}statedEndYear" not in keys_in("") | keys_in("@language")


@pytest.mark.parametrize("union", [False, True])
def test_a_plain_load_counts_each_budget_once(published: Path, union: bool) -> None:
    store = ox.Store()
    store.load(path=str(published / "data" / "idf.nq"), format=ox.RdfFormat.N_QUADS)
    query = f"SELECT (SUM(?value) AS ?sum) (COUNT(?value) AS ?count) {{ ?budget <{SCHEMA}value> ?value }}"  # noqa: E501
    rows: Any = store.query(query, use_default_graph_as_union=union)
    assert [(float(row["sum"].value), row["count"].value) for row in rows] == [(616_672.0, "4")]


Change = Callable[[Facts], Facts]

V47 = f"{PREFIXES['prj']}V47-805"
SOURCE = f"{PREFIXES['src']}ea0243d4edc78dd7"
DECISION = f"{PREFIXES['graph']}decision/V47-805"


def without(node: str, predicate: str = "") -> Change:
    return lambda facts: [
        fact for fact in facts if fact.subject != node or predicate not in ("", fact.predicate)
    ]


def shifted(node: str) -> Change:
    """The span of a source value begins a code point later."""
    start = f"{IDF}spanStart"

    def shift(fact: Fact) -> Fact:
        later = (
            str(int(fact.value) + 1)
            if (fact.subject, fact.predicate) == (node, start)
            else fact.value
        )
        return fact._replace(value=later)

    return lambda facts: [shift(fact) for fact in facts]


def with_(predicate: str, value: str, *rest: Any) -> Change:
    return lambda facts: [*facts, Fact(V47, predicate, value, *rest)]


MUTATIONS: Mapping[str, tuple[Change, set[str]]] = {
    "span of a title": (shifted(f"{SOURCE}#title"), {"does not re-read", "without evidence"}),
    "span of a narrative": (shifted(f"{SOURCE}#narrative"), {"without evidence"}),
    "span of a name": (shifted(f"{SOURCE}#beneficiary-ALB"), {"does not re-read"}),
    "no source value of a year": (without(f"{SOURCE}#statedEndYear"), {"without evidence"}),
    "no source value of a code": (without(f"{SOURCE}#status"), {"without evidence"}),
    "no source value of a part": (without(f"{SOURCE}#budget-currency"), {"without evidence"}),
    "no decision": (without(f"{DECISION}#accountable-iom"), {"without evidence"}),
    "a decision without a source": (
        without(f"{DECISION}#accountable-iom", f"{DCT}source"),
        {"without evidence"},
    ),
    "a year nobody prints": (with_(f"{IDF}startYear", "2024"), {"without evidence"}),
    "a state nobody prints": (
        with_(f"{IDF}beneficiary", f"{PREFIXES['st']}FRA", True),
        {"without evidence"},
    ),
    "content among evidence": (
        with_(f"{IDF}statedEndYear", "2024", False, None, DECISION),
        {"in two graphs"},
    ),
    "two statuses": (
        with_(f"{IDF}status", f"{PREFIXES['code']}x", True),
        {"several values", "without evidence"},
    ),
    "two titles": (with_(f"{DCT}title", "x", False, "fr"), {"several values", "without evidence"}),
    "a blank node": (with_(RECORD, "_:b", True), {"blank node"}),
}


@pytest.mark.parametrize("mutation", MUTATIONS.values(), ids=MUTATIONS.keys())
def test_a_fault_is_reported(mutation: tuple[Change, set[str]], facts: Facts, pages: Pages) -> None:
    change, expected = mutation
    assert {fault.partition(":")[0] for fault in faults(change(facts), pages)} == expected


#: What a person may decide: a value for each property.
DECIDED: Mapping[str, Any] = {
    **dict.fromkeys(("allocationYear", "endYear", "startYear"), "2007"),
    **dict.fromkeys(("beneficiary", "targetsGovernmentOf", "mentionsState"), ("ALB", "FJI")),
    "budget": "60.00",
    "coverage": "regional",
    "fundRegion": "europe",
    "language": "en",
    "narrative": {"fr": "Un texte."},
    "otherBeneficiary": ("ALB",),
    "primaId": "FJ10P0514",
    "projectId": "V47-805",
    "projectType": ("px", "tc"),
    "statedEndYear": ("2007", "2008"),
    "status": "active",
    "title": {"en": "Aid"},
}


@pytest.mark.parametrize("property_", get_args(Decidable))
def test_what_a_person_decides_has_the_decision_as_evidence(property_: str) -> None:
    """The page prints something else, or nothing."""
    form = {
        "property": property_,
        "value": DECIDED[property_],
        "why": {"en": "Letter."},
        "by": "A.",
        "on": "2026-11-21",
    }
    decided = msgspec.convert({**form, "evidence": ["https://example.org/letter"]}, Decision)
    page = "V47-805 5.00 USD 2004"
    spans = {
        "projectId": (0, 7),
        "budget.value": (8, 12),
        "budget.currency": (13, 16),
        "startYear": (17, 21),
    }
    captures = tuple(
        Capture(property=name, text=page[slice(*span)], span=span) for name, span in spans.items()
    )
    source = Source(
        page=sha256(page.encode()).hexdigest(), identifier="page", language="fr", values=captures
    )
    item = idfgraph.resolve(Project(id="V47-805", sources=(source,), decisions=(decided,)))
    assert faults(parsed("".join(idfgraph.to_quads(item))), {source.page: page}) == []


def test_a_page_says_a_thing_once() -> None:
    """Two captures of one property would share a name, and one would lose its evidence."""
    captures = [
        {"property": "statedEndYear", "text": year, "span": [0, 4]} for year in ("2020", "2021")
    ]
    form = {"page": 64 * "0", "identifier": "page", "language": "fr"}
    assert msgspec.convert({**form, "values": captures[:1]}, Source)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**form, "values": captures}, Source)


def test_generated_records_hold_to_the_design() -> None:
    """Whatever pages print and people decide: what is accepted has evidence, unless a violation
    keeps it back.
    """
    sound: list[str] = []

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(records())
    def hold(captured: Captured) -> None:
        item = idfgraph.resolve(captured.record)
        if not any(note.severity == "Violation" for note in item.notes):
            assert faults(parsed("".join(idfgraph.to_quads(item))), captured.pages) == []
            sound.append(item.id)

    hold()
    assert len(sound) > EXAMPLES / 10
