"""Every accepted statement stands once, and has words of a page that re-read, or a decision with a
source.
"""

import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, get_args

import msgspec
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from support.generated import Captured, records
from support.rendering import RECORDS as RECORDS_AS_FACTS
from support.rendering import text

import idfgraph
from idfgraph import Project
from idfgraph.model.fields import DERIVED, Decidable
from idfgraph.model.judgements import Decision
from idfgraph.model.records import Capture, Source
from idfgraph.model.text import LANGUAGES
from idfgraph.model.vocab import DCT, RDF_TYPE
from idfgraph.system import resources

EXAMPLES = int(os.environ.get("IDFGRAPH_EXAMPLES", "200"))
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
EXEMPT = {RDF_TYPE, RECORD, f"{IDF}iatiIdentifier", *(f"{IDF}{name}" for name in DERIVED)}

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


#: A value: its text or IRI, whether it is a resource, its language.
Value = tuple[str, bool, str | None]


class Said(NamedTuple):
    """A source value or decision: its properties, the values that it is about, and the words and
    language of its page at its span; the day on which the page was captured.
    """

    node: str
    facts: Mapping[str, list[str]]
    about: frozenset[Value]
    words: str | None
    language: str | None
    captured: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """The resource and the property that it is about."""
        return self.one(f"{IDF}aboutResource"), self.one(f"{IDF}aboutProperty")

    @property
    def rank(self) -> str:
        return self.one(f"{IDF}rank").removeprefix(f"{PREFIXES['code']}rank-")

    @property
    def values(self) -> frozenset[Value]:
        """What it states: the values it is about, or, of long texts, the words at its span, in the
        language of the page or their own.
        """
        if self.key[1] != f"{IDF}narrative" or self.words is None:
            return self.about
        return frozenset((told(self.words), False, language) for language in LANGUAGES)

    def is_held(self, content: Set[Value]) -> bool:
        """Whether the content has what it states; a long text in one language."""
        return self.values <= content if self.about else bool(self.values & content)

    def one(self, iri: str) -> str:
        return next(iter(self.facts.get(iri, [])), "")


def told(words: str | None) -> str:
    """Words but for the white space between them."""
    return " ".join((words or "").split())


def value_of(fact: Fact) -> Value:
    shown = told(fact.value) if fact.predicate == f"{IDF}narrative" else fact.value
    return shown, fact.is_link, fact.language


def by_node(facts: Iterable[Fact]) -> Mapping[str, Mapping[str, list[str]]]:
    nodes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        nodes[fact.subject][fact.predicate].append(fact.value)
    return nodes


def said(facts: Facts, pages: Pages) -> Iterator[Said]:
    """The source values (with what stands at their spans) and decisions of the named graphs."""
    nodes = by_node(fact for fact in facts if fact.graph)
    about: dict[str, set[Value]] = defaultdict(set)
    for fact in facts:
        if fact.predicate == f"{IDF}aboutValue":
            about[fact.subject].add(value_of(fact))
    for node, known in nodes.items():
        if f"{IDF}Decision" in known[RDF_TYPE]:
            yield Said(node, known, frozenset(about[node]), None, None)
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
            language = "".join(source[f"{DCT}language"])
            yield Said(node, known, frozenset(about[node]), words, language, day)


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
    is_decision = f"{IDF}Decision" in item.facts[RDF_TYPE]
    if not item.one(f"{DCT}source") if is_decision else item.rank != "accepted":
        return False
    if "#" in fact.subject and (fact.subject, True, None) in item.about:
        return True
    if fact.predicate == f"{IDF}statusAsOf":
        return item.key == (fact.subject, f"{IDF}status") and item.captured == fact.value
    if item.key != (fact.subject, fact.predicate):
        return False
    return value_of(fact) in item.values or (is_decision and item.key[1] == f"{IDF}narrative")


def reads(item: Said, value: Value) -> bool:
    """Whether words that are read as they are, mean a value: white space and the form of numbers
    apart.
    """
    text, is_link, language = value
    if is_link or not item.one(f"{IDF}method").endswith("method-read"):
        return True
    words = told(item.words)
    number = words.replace(",", "")
    own = {f"{DCT}title", f"{IDF}narrative"}
    return language in (None, item.language, *(LANGUAGES if item.key[1] in own else ())) and (
        words == told(text) or (is_number(number) and float(number) == float(text))
    )


def is_number(words: str) -> bool:
    return words.replace(".", "", 1).isdecimal()


def misranked(facts: Facts, pages: Pages) -> Iterator[str]:
    """Source values that state a value without a rank, or with one that the content belies."""
    content: dict[tuple[str, str], set[Value]] = defaultdict(set)
    for fact in facts:
        if not fact.graph:
            content[fact.subject, fact.predicate].add(value_of(fact))
    for item in said(facts, pages):
        if f"{IDF}SourceValue" not in item.facts[RDF_TYPE]:
            continue
        if item.words is not None and not all(reads(item, value) for value in item.about):
            yield f"means something else: {item.node}"
        states = bool(item.about) and item.key[0] != ""
        if states != bool(item.rank) and item.key[1] != f"{IDF}narrative":
            yield f"rank without value, or value without rank: {item.node}"
        if (item.rank != "") != (f"{IDF}reason" in item.facts):
            yield f"rank without reason, or reason without rank: {item.node}"
        if item.rank == "accepted" and not item.is_held(content[item.key]):
            yield f"accepted, but no content: {item.node}"
        if item.rank == "set-aside" and item.values & content[item.key]:
            yield f"set aside, but content: {item.node}"


def unranked(facts: Facts, _: Pages) -> Iterator[str]:
    """What gives a rank, or is in doubt, is no decision, note or source value of ours."""
    known = {fact.subject for fact in facts if fact.predicate == RDF_TYPE}
    links = {f"{IDF}rankedBy", "http://www.w3.org/ns/oa#hasTarget"}
    for fact in facts:
        if fact.predicate in links and fact.value not in known:
            yield f"leads nowhere: {fact}"


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
        for rule in (doubled, blank, several, misread, unshown, misranked, unranked)
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
    assert min(counts.values()) >= 15
    assert sum(item.words is not None for item in said(facts, pages)) > 80


def test_some_properties_have_one_value() -> None:
    years = {f"{IDF}startYear", f"{IDF}endYear", f"{IDF}allocationYear"}
    assert keys_in("") >= years | {f"{IDF}budget", f"{SCHEMA}value", f"{IDF}status"}
    assert keys_in("@language") >= {f"{DCT}title", f"{IDF}narrative"}
    assert f"{IDF}projectType" not in keys_in("") | keys_in("@language")


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
    "span of a title": (shifted(f"{SOURCE}#title"), {"does not re-read", "means something else"}),
    "span of a narrative": (
        shifted(f"{SOURCE}#narrative"),
        {"without evidence", "accepted, but no content"},
    ),
    "span of a name": (shifted(f"{SOURCE}#beneficiary-ALB"), {"does not re-read"}),
    "no source value of a title": (without(f"{SOURCE}#title"), {"without evidence"}),
    "no source value of a code": (without(f"{SOURCE}#status"), {"without evidence"}),
    "no source value of a part": (
        without(f"{SOURCE}#budget-currency"),
        {"without evidence", "leads nowhere"},
    ),
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
        with_(f"{IDF}projectId", "V47-805", False, None, DECISION),
        {"in two graphs"},
    ),
    "an accepted value that is none": (
        without(V47, f"{IDF}projectId"),
        {"accepted, but no content"},
    ),
    "a template's value without rank": (
        without(f"{SOURCE}#endYear", f"{IDF}rank"),
        {
            "rank without value, or value without rank",
            "rank without reason, or reason without rank",
        },
    ),
    "a rank without reason": (
        without(f"{SOURCE}#endYear", f"{IDF}reason"),
        {"rank without reason, or reason without rank"},
    ),
    "a rank that nothing gives": (
        without(f"{V47}#note-implausible-date-endYear.2024"),
        {"leads nowhere"},
    ),
    "content that is set aside": (
        lambda facts: [
            fact._replace(value=fact.value.replace("rank-accepted", "rank-set-aside"))
            if fact.subject == f"{SOURCE}#status"
            else fact
            for fact in facts
        ],
        {"without evidence", "set aside, but content"},
    ),
    "two statuses": (
        with_(f"{IDF}status", f"{PREFIXES['code']}x", True),
        {"several values", "without evidence"},
    ),
    "two titles": (with_(f"{DCT}title", "x", False, "fr"), {"several values", "without evidence"}),
    "a blank node": (with_(RECORD, "_:b", True), {"blank node", "several values"}),
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
    captures = [{"property": "endYear", "text": year, "span": [0, 4]} for year in ("2020", "2021")]
    form = {"page": 64 * "0", "identifier": "page", "language": "fr"}
    assert msgspec.convert({**form, "values": captures[:1]}, Source)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**form, "values": captures}, Source)


def test_real_records_hold_to_the_design(tmp_path: Path) -> None:
    """The 30 records of the tests as pages, those of one project joined, of which a steward decides
    nothing.
    """
    for number, record in enumerate(RECORDS_AS_FACTS):
        (tmp_path / f"{number:02}.txt").write_text(text(record), "utf-8", newline="")
    pages = {
        sha256(path.read_bytes()).hexdigest(): path.read_text("utf-8")
        for path in tmp_path.iterdir()
    }
    items = list(map(idfgraph.resolve, idfgraph.read([tmp_path])))
    assert len(items) >= 20
    for item in items:
        assert faults(parsed("".join(idfgraph.to_quads(item))), pages) == [], item.id


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
