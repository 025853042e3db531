"""Hold a data set that is served against the FAIR metrics of F-UJI, version 0.8.

    python tools/fair_metrics.py http://localhost:8000/          a table, as in docs/fair.md
    python tools/fair_metrics.py http://localhost:8000/ --dqv    the same as RDF (DQV), in Turtle

The metrics and the points of their tests are F-UJI's (https://doi.org/10.5281/zenodo.15045911); how
each is tested here is our own, by the same evidence: the page of the data set, the data in it, what
its identifier gives to programs, and its files. Registries are not asked.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import urljoin

import requests
from lxml import html
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef

SPECIFICATION = "https://doi.org/10.5281/zenodo.15045911"

#: Hosts and schemes that promise that a name stays.
_PERSISTENT = re.compile(
    r"(urn:|ark:|doi:|https?://((dx\.)?doi\.org|hdl\.handle\.net|n2t\.net|w3id\.org|purl\.org"
    r"|identifiers\.org)/)"
)

#: Vocabularies that are registered (Linked Open Vocabularies), those of provenance, and standards
#: of metadata of all fields and of one (none is of projects).
_REGISTERED = tuple(
    f"http://{space}"
    for space in ("www.w3.org/ns/dcat#", "purl.org/dc/terms/", "xmlns.com/foaf/0.1/")
)
_PROVENANCE = ("http://www.w3.org/ns/prov#", "http://purl.org/pav/")
_GENERIC: tuple[str, ...] = ("http://www.w3.org/ns/dcat#",)
_OF_ONE_FIELD: tuple[str, ...] = ()

#: Formats that are open, or made to last.
_OPEN = ("text/", "application/n-", "application/ld+json", "application/trig")

#: What leads from a data set to what it is related to.
_RELATIONS = (DCTERMS.isVersionOf, DCTERMS.relation, DCTERMS.conformsTo)

_CORE = ("creator", "name", "identifier", "datePublished", "publisher", "@type")
_CITED, _DESCRIBED = _CORE, (*_CORE, "description", "keywords")


class Evidence(NamedTuple):
    """What was found: the identifier of the data set, the data in its page, what the identifier
    gives as Turtle, the files that are named, and which of them answer.
    """

    identifier: str
    markup: Mapping[str, Any]
    graph: Graph
    hops: int
    files: Sequence[Mapping[str, Any]]
    answered: Sequence[str]

    @property
    def about(self) -> URIRef:
        return URIRef(self.identifier)

    def uses(self, spaces: tuple[str, ...]) -> bool:
        """Whether a property or a class is of one of these vocabularies."""
        terms = {*self.graph.predicates(), *self.graph.objects(None, RDF.type)}
        return any(str(term).startswith(spaces) for term in terms)


Test = Callable[[Evidence], object]


class FairMetric(NamedTuple):
    """A metric: its identifier at F-UJI, the most points, what it is about, and its tests: number,
    points, what is looked for, how.
    """

    identifier: str
    most: int
    about: str
    tests: Sequence[tuple[str, str, str, Test]]


class FairResult(NamedTuple):
    """The points of a metric, and the tests that did not pass."""

    metric: FairMetric
    points: Decimal
    missed: Sequence[str]


def _http(address: str) -> bool:
    return address.startswith(("http://", "https://"))


def _all_said(keys: Sequence[str]) -> Test:
    return lambda found: all(found.markup.get(key) for key in keys)


def _files(holds: Callable[[Mapping[str, Any]], object]) -> Test:
    """That there are files, and that something holds of each."""
    return lambda found: found.files and all(map(holds, found.files))


def _by_http(file: Mapping[str, Any]) -> bool:
    return _http(str(file.get("contentUrl", "")))


METRICS = (
    FairMetric("FsF-F1-01MD", 1, "a name that is one thing's alone", [
        ("1", "1", "the identifier is an IRI", lambda found: _http(found.identifier)),
    ]),
    FairMetric("FsF-F1-02MD", 1, "a name that stays", [
        ("1", "0.5", "the identifier is of a system of persistent names",
         lambda found: _PERSISTENT.match(found.identifier)),
        ("2", "0.5", "that system leads on, so the name is registered there",
         lambda found: _PERSISTENT.match(found.identifier) and found.hops),
    ]),
    FairMetric("FsF-F2-01M", 2, "core metadata", [
        ("2", "1", "what a citation needs", _all_said(_CITED)),
        ("3", "1", "a summary and keywords besides", _all_said(_DESCRIBED)),
    ]),
    FairMetric("FsF-F3-01M", 1, "metadata name the data", [
        ("2", "1", "addresses of files", _files(lambda one: one.get("contentUrl"))),
    ]),
    FairMetric("FsF-F4-01M", 2, "search engines can read it", [
        ("1", "2", "schema.org in the page", lambda found: found.markup.get("@type") == "Dataset"),
    ]),
    FairMetric("FsF-A1-01M", 1, "who may have it", [
        ("1", "1", "the level of access is said",
         lambda found: (found.about, DCTERMS.accessRights, None) in found.graph),
    ]),
    FairMetric("FsF-A1-02MD", 2, "names lead to what they name", [
        ("1", "1", "the identifier leads to metadata",
         lambda found: (found.about, RDF.type, DCAT.Dataset) in found.graph),
        ("2", "1", "addresses of files lead to files",
         lambda found: found.answered and len(found.answered) == len(found.files)),
    ]),
    FairMetric("FsF-A1.1-01MD", 2, "by a protocol that is a standard", [
        ("1", "1", "metadata by HTTP", lambda found: _http(found.identifier)),
        ("2", "1", "files by HTTP", _files(_by_http)),
    ]),
    FairMetric("FsF-A1.2-01MD", 2, "one that knows authentication", [
        ("1", "1", "metadata by HTTP", lambda found: _http(found.identifier)),
        ("2", "1", "files by HTTP", _files(_by_http)),
    ]),
    FairMetric("FsF-I1-01M", 2, "metadata in a formal language", [
        ("1", "2", "JSON-LD in the page", lambda found: found.markup),
        ("2", "2", "RDF by content negotiation", lambda found: len(found.graph)),
    ]),
    FairMetric("FsF-I2-01M", 2, "in terms of registered vocabularies", [
        ("2", "2", "DCAT, Dublin Core or FOAF", lambda found: found.uses(_REGISTERED)),
    ]),
    FairMetric("FsF-I3-01M", 2, "typed links to what is related", [
        ("2", "2", "versions, what it conforms to", lambda found: any(
            _http(str(one)) for path in _RELATIONS for one in found.graph.objects(found.about, path)
        )),
    ]),
    FairMetric("FsF-R1-01M", 2, "what is in the data", [
        ("1", "1", "the type", lambda found: found.markup.get("@type")),
        ("2", "1", "format and size of each file",
         _files(lambda one: one.get("encodingFormat") and one.get("contentSize"))),
    ]),
    FairMetric("FsF-R1.1-01M", 1, "terms of use", [
        ("1", "1", "a licence", lambda found: found.markup.get("license")),
    ]),
    FairMetric("FsF-R1.2-01M", 1, "where it comes from", [
        ("1", "1", "who published it and when", _all_said(("publisher", "datePublished"))),
        ("2", "1", "terms of PROV or PAV", lambda found: found.uses(_PROVENANCE)),
    ]),
    FairMetric("FsF-R1.3-01M", 1, "a metadata standard of its community", [
        ("1", "1", "one of its field", lambda found: found.uses(_OF_ONE_FIELD)),
        ("3", "1", "one of all fields", lambda found: found.uses(_GENERIC)),
    ]),
    FairMetric("FsF-R1.3-02D", 1, "formats that others use", [
        ("1", "1", "text, or RDF",
         lambda found: any(one["encodingFormat"].startswith(_OPEN) for one in found.files)),
    ]),
)  # fmt: skip


def gathered(url: str) -> Evidence:
    """What is found from the page of a data set on."""
    with requests.Session() as session:
        page = session.get(url, headers={"Accept": "text/html"}, timeout=30)
        page.raise_for_status()
        tree = html.fromstring(page.content)
        (named,) = tree.xpath("//link[@rel='cite-as']/@href")
        identifier = urljoin(page.url, named)
        blocks = tree.xpath("//script[@type='application/ld+json']/text()")
        found: Iterator[dict[str, Any]] = map(json.loads, blocks)
        markup = next((one for one in found if one["@type"] == "Dataset"), {})
        told = session.get(identifier, headers={"Accept": "text/turtle"}, timeout=30)
        graph = Graph()
        if told.ok:
            graph.parse(data=told.text, format="turtle", publicID=identifier)
        files = markup.get("distribution", [])
        addresses = [str(one.get("contentUrl", "")) for one in files]
        answered = [one for one in addresses if session.head(one, timeout=30).ok]
    return Evidence(identifier, markup, graph, len(told.history), files, answered)


def results(found: Evidence) -> Iterator[FairResult]:
    """The points of each metric: tests that are alternatives have all of them, others share
    them.
    """
    for metric in METRICS:
        passed = [test for test in metric.tests if test[3](found)]
        points = sum((Decimal(points) for _, points, *_ in passed), Decimal(0))
        missed = [f"{number}: {what}" for number, _, what, _ in metric.tests]
        missed = [one for one, test in zip(missed, metric.tests, strict=True) if test not in passed]
        yield FairResult(metric, min(points, Decimal(metric.most)), missed)


def table(scores: Sequence[FairResult]) -> str:
    """The results as a table in Markdown."""
    lines = ["| metric | is about | points | of | not met |", "|---|---|---|---|---|"]
    for metric, points, missed in scores:
        cells = (metric.identifier, metric.about, str(points), str(metric.most), "; ".join(missed))
        lines.append(f"| {' | '.join(cells)} |")
    whole = sum(one.metric.most for one in scores)
    return "\n".join([*lines, f"| all | | {sum(one.points for one in scores)} | {whole} | |", ""])


def dqv(scores: Sequence[FairResult], identifier: str) -> str:
    """The results as quality measurements, in Turtle (https://www.w3.org/TR/vocab-dqv/)."""
    lines = [
        "@prefix : <#> .",
        "@prefix dct: <http://purl.org/dc/terms/> .",
        "@prefix dqv: <http://www.w3.org/ns/dqv#> .",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
        "",
        *(f":{letter} a dqv:Dimension ; skos:prefLabel {json.dumps(name)}@en ." for letter, name in
          zip("FAIR", ("Findable", "Accessible", "Interoperable", "Reusable"), strict=True)),
    ]  # fmt: skip
    for metric, points, missed in scores:
        name = re.sub(r"[^A-Za-z0-9-]", "_", metric.identifier)
        lines += [
            "",
            f":{name} a dqv:Metric ;",
            f'    skos:notation "{metric.identifier}" ;',
            f"    skos:prefLabel {json.dumps(metric.about)}@en ;",
            f"    dct:source <{SPECIFICATION}> ;",
            "    dqv:expectedDataType xsd:decimal ;",
            f"    dqv:inDimension :{metric.identifier[4]} .",
            "",
            f":{name}-measured a dqv:QualityMeasurement ;",
            f"    dqv:computedOn <{identifier}> ;",
            *(f"    skos:note {json.dumps('not met: ' + one)}@en ;" for one in missed),
            f"    dqv:isMeasurementOf :{name} ;",
            f'    dqv:value "{points}"^^xsd:decimal .',
        ]
    return "\n".join([*lines, ""])


def main(url: str, *options: str) -> None:
    """Writes the results of an address."""
    found = gathered(url)
    scores = list(results(found))
    sys.stdout.write(dqv(scores, found.identifier) if "--dqv" in options else table(scores))


if __name__ == "__main__":
    main(*sys.argv[1:])
