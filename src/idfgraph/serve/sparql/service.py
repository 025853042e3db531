"""What the service is, for programs (https://www.w3.org/TR/sparql11-service-description/), with
figures of what it holds (https://www.w3.org/TR/void/).
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from weakref import WeakKeyDictionary

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from ...model.layout import VOID as DOCUMENT
from ...model.vocab import DCT, FOAF, RDF_TYPE, SD, VOID, W3C_FORMATS, XSD
from ..answers import Figures, QueryOutcome, answered
from ..linked_data import PinnedFiles
from ..served_edition import ServedEdition

#: The engine's forms of a graph.
_FORMS: Mapping[str, RdfFormat] = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
}

#: What the W3C calls the forms of answers (https://www.w3.org/ns/formats/).
_RESULTS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "JSON-LD", "N-Triples", "N-Quads", "TriG"),
)

#: The name of this resource while a description is written, and then: what it is called where it
#: stands, so that it is right behind any address; forms without relative names have it in full.
_HERE, _NAME = "urn:x-idfgraph:here", "sparql"

#: Named graphs that are told of at most, the first ones.
_MOST_GRAPHS = 1_000

_PREFIXES = {
    "dct": DCT,
    "formats": W3C_FORMATS,
    "foaf": FOAF,
    "sd": SD,
    "void": VOID,
    "xsd": XSD,
}

_WRITTEN: WeakKeyDictionary[ServedEdition, dict[str, QueryOutcome]] = WeakKeyDictionary()


def description(edition: ServedEdition, form: str) -> QueryOutcome:
    """The description of the service of a release in a form of RDF; written once."""
    written = _WRITTEN.setdefault(edition, {})
    if form not in written:
        told = sorted(set(_told(edition)), key=str)
        written[form] = answered(form, _written(told, form, f"{edition.address}{_NAME}"))
    return written[form]


def _written(told: list[Triple], form: str, address: str) -> bytes:
    prefixes = _PREFIXES if form in ("ttl", "trig") else None
    body = serialize(told, format=_FORMS[form], prefixes=prefixes) or b""
    relative = form in ("ttl", "trig", "jsonld")
    return body.replace(_HERE.encode(), (_NAME if relative else address).encode())


def _told(edition: ServedEdition) -> Iterator[Triple]:
    """What is said of the service, and of what it holds."""
    figures = edition.answers.figures
    here, dataset = NamedNode(f"{_HERE}#service"), NamedNode(f"{_HERE}#dataset")
    statistics = list(_statistics(edition.holdings.files))
    graph = _topic(statistics) or NamedNode(f"{_HERE}#default-graph")
    yield Triple(here, NamedNode(RDF_TYPE), NamedNode(f"{SD}Service"))
    yield Triple(here, NamedNode(f"{SD}endpoint"), NamedNode(_HERE))
    yield Triple(here, NamedNode(f"{SD}supportedLanguage"), NamedNode(f"{SD}SPARQL11Query"))
    for name in _RESULTS:
        yield Triple(here, NamedNode(f"{SD}resultFormat"), NamedNode(f"{W3C_FORMATS}{name}"))
    yield Triple(here, NamedNode(f"{SD}defaultDataset"), dataset)
    yield Triple(dataset, NamedNode(RDF_TYPE), NamedNode(f"{SD}Dataset"))
    yield Triple(dataset, NamedNode(RDF_TYPE), NamedNode(f"{VOID}Dataset"))
    yield Triple(dataset, NamedNode(f"{VOID}triples"), _number(figures.quads))
    yield Triple(dataset, NamedNode(f"{VOID}sparqlEndpoint"), NamedNode(_HERE))
    yield Triple(dataset, NamedNode(f"{SD}defaultGraph"), graph)
    for licence in _licences(statistics, graph) or (NamedNode(f"{edition.base}rights"),):
        yield Triple(here, NamedNode(f"{DCT}license"), licence)
        yield Triple(dataset, NamedNode(f"{DCT}license"), licence)
    yield from _graph(graph, figures.default)
    yield from _named(dataset, figures)
    yield from statistics


def _named(dataset: NamedNode, figures: Figures) -> Iterator[Triple]:
    """What is said of the named graphs."""
    for number, (name, count) in enumerate(islice(figures.graphs.items(), _MOST_GRAPHS), 1):
        node, graph = NamedNode(f"{_HERE}#named-{number}"), NamedNode(f"{_HERE}#graph-{number}")
        yield Triple(dataset, NamedNode(f"{SD}namedGraph"), node)
        yield Triple(node, NamedNode(RDF_TYPE), NamedNode(f"{SD}NamedGraph"))
        yield Triple(node, NamedNode(f"{SD}name"), NamedNode(name))
        yield Triple(node, NamedNode(f"{SD}graph"), graph)
        yield from _graph(graph, count)


def _graph(graph: NamedNode, count: int) -> Iterator[Triple]:
    yield Triple(graph, NamedNode(RDF_TYPE), NamedNode(f"{SD}Graph"))
    yield Triple(graph, NamedNode(RDF_TYPE), NamedNode(f"{VOID}Dataset"))
    yield Triple(graph, NamedNode(f"{VOID}triples"), _number(count))


def _statistics(files: PinnedFiles) -> Iterator[Triple]:
    """What the release says itself of its accepted content, in figures."""
    path = f"{DOCUMENT}.nt"
    if path in files.sums:
        quads = parse(files.read(path), format=RdfFormat.N_TRIPLES)
        yield from (quad.triple for quad in quads)


def _topic(statistics: list[Triple]) -> NamedNode | None:
    """What figures are about: the accepted content of the release, which is the default graph."""
    topics = (each.object for each in statistics if each.predicate.value == f"{FOAF}primaryTopic")
    return next((topic for topic in topics if isinstance(topic, NamedNode)), None)


def _licences(statistics: list[Triple], graph: NamedNode) -> tuple[NamedNode, ...]:
    found = (
        each.object
        for each in statistics
        if each.subject == graph and each.predicate.value == f"{DCT}license"
    )
    return tuple(licence for licence in found if isinstance(licence, NamedNode))


def _number(count: int) -> Literal:
    return Literal(str(count), datatype=NamedNode(f"{XSD}integer"))
