"""Build docs/mapping.md from the context, the ontology, the shapes, and the code's tables of
issues.

    python tools/build_mapping_page.py > docs/mapping.md

What shared vocabularies define is told here in a few words; all else comes from the files named.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from rdflib import DCTERMS, RDFS, SH, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from idfgraph.checks.rules import NUMBERS
from idfgraph.graph.mapping import Mapper, compile_context
from idfgraph.graph.mapping.terms import Term
from idfgraph.graph.resolve import KINDS
from idfgraph.sources.reference_files import read_reference
from idfgraph.system import resources

SCHEMA = Namespace("https://schema.org/")

HEAD = """# Mapping

Written by `tools/build_mapping_page.py` from `ontology/context.jsonld`, `ontology/idf.ttl`,
`shapes/`, the reference data and the table of issues in `src/idfgraph/graph/resolve/issues.py`.
Change those and run it again; do not edit this page.

`resolve/` turns a record into a linked record: plain JSON whose keys are listed here.
`ontology/context.jsonld` says which property each key stands for, and `mapping/` writes the
statements. Nothing is mapped anywhere else.
"""

#: Class of a shared vocabulary -> what we use it for.
CLASSES = {
    "MonetaryAmount": "An amount of money and its currency.",
    "Association": "The part that an organisation takes in an intervention.",
    "Organization": "An organisation.",
    "OrganizationalUnit": "A part of an organisation.",
    "Concept": "A code, or an area of the United Nations' M49 list.",
    "ConceptScheme": "A list of codes.",
    "Activity": "The run that made a release.",
    "Bundle": "A named graph, as what says who says so.",
    "SoftwareAgent": "The program that made a release.",
    "Dataset": "The data set as a whole, and each release of it.",
    "DatasetSeries": "The data set as a whole, as the series of its releases.",
    "Catalog": "What this site offers.",
    "Distribution": "A dump or table of a release.",
    "DataService": "A SPARQL endpoint, where there is one.",
    "Checksum": "The hash of a dump or table.",
    "ChecksumAlgorithm": "How a hash is made.",
    "MediaType": "The form of a dump or table.",
    "Location": "A state that the data are about.",
    "PeriodOfTime": "The years that the data are about.",
    "LinguisticSystem": "A language of the data.",
    "Kind": "Where who publishes the data set can be asked.",
    "LicenseDocument": "The rights page.",
    "RightsStatement": "The rights page.",
    "Standard": "Shapes, the ontology, or what a description of tables follows.",
    "Agent": "Who publishes the data set.",
    "Document": "A document of ours.",
    "VoidDataset": "The data set, a release, or a part of it that is counted.",
    "DatasetDescription": "The figures of a release.",
    "Linkset": "The links of one kind to one data set of others.",
    "ValidationReport": "The report on a release.",
    "Profile": "The application profile.",
    "ResourceDescriptor": "A part of the application profile.",
    "NodeShape": "A class, as the application profile tells it.",
    "PropertyShape": "A property of a class, as the application profile tells it.",
    "SPARQLExecutable": "An example query.",
    "SPARQLSelectExecutable": "An example query that gives rows.",
    "SPARQLConstructExecutable": "An example query that gives statements.",
}

#: Key with a property of a shared vocabulary -> the classes that have it, and what it holds.
KEYS = {
    "title": (
        "Project, Programme, Dataset, Catalog, Distribution, DataService, VoidDataset, "
        "LicenseDocument",
        "The title, in each language in which it is published.",
    ),
    "value": ("MonetaryAmount", "The amount, as printed."),
    "currency": ("MonetaryAmount", "The ISO 4217 code of the currency."),
    "association": ("Project, Programme", "Who takes part, and how."),
    "agent": ("Association", "The organisation that takes part."),
    "role": ("Association", "How it takes part."),
    "hasPart": (
        "Programme, LicenseDocument",
        "A phase; a part of the data set with terms of its own.",
    ),
    "isPartOf": ("Phase, VoidDataset", "The programme that the phase belongs to; the data set."),
    "source": ("Record", "A captured page that the record stands on."),
    "record": (
        "Project, Programme",
        "The record: the document about it, with its pages and notes.",
    ),
    "motivatedBy": ("QualityNote", "Why notes are made: to assess quality."),
    "hasTarget": ("QualityNote", "What the note is on: a record, a page, the data set."),
    "references": (
        "QualityNote",
        "What the note rests on: source values, captured pages, addresses.",
    ),
    "identifier": (
        "SourceRecord, Organization",
        "A file name without suffix; an organisation's IATI identifier.",
    ),
    "sha256": ("SourceRecord", "The SHA-256 of the page's bytes."),
    "language": ("SourceRecord", "The language of the page."),
    "characterEncoding": ("SourceRecord", "The encoding of the page, where it is not UTF-8."),
    "capturedOn": ("SourceRecord", "The day of capture; absent where it is not known."),
    "generatedAtTime": ("SourceRecord", "The moment of capture; absent where it is not known."),
    "format": ("SourceRecord", "The media type of a document that is no page."),
    "certainty": ("SourceValue", "How sure a reading of prose is, from 0 to 1."),
    "locator": ("SourceValue", "Where the words stand in a document that is no page."),
    "asOf": ("Dataset", "The day of the data: what counts as today."),
    "statusAsOf": (
        "Project, Programme",
        "The last day on which a page was captured that prints the accepted status.",
    ),
    "pageUrl": ("SourceRecord", "The address that the page was captured from."),
    "contentUrl": ("SourceRecord", "The text of the page in this release."),
    "evidence": ("Decision, Membership", "What the decision rests on; who gives the days."),
    "comment": (
        "QualityNote, Decision, SPARQLExecutable, Project, Programme",
        "What the note says; why it was decided so, or is gone; what the query tells.",
    ),
    "decidedBy": ("Decision", "Who decided."),
    "decidedOn": ("Decision", "The day of the decision."),
    "prefLabel": (
        "State, Organization, OrganizationalUnit, Concept, ConceptScheme, SoftwareAgent",
        "The name.",
    ),
    "altLabel": (
        "State, Organization, OrganizationalUnit, Concept",
        "Another name, or an acronym.",
    ),
    "definition": ("Concept, ConceptScheme", "What the code or list means."),
    "notation": ("State, Concept", "A code in a list of others."),
    "inScheme": ("State, Concept", "The list that this belongs to."),
    "broader": ("State, Concept", "The area that this lies in."),
    "sameAs": ("Organization, OrganizationalUnit", "The same organisation elsewhere."),
    "exactMatch": ("State, Concept", "The same thing elsewhere."),
    "closeMatch": ("State, Concept", "Nearly the same thing elsewhere."),
    "broadMatch": ("Concept", "Something wider elsewhere."),
    "narrowMatch": ("Concept", "Something narrower elsewhere."),
    "organization": ("Membership", "The organisation."),
    "unitOf": ("OrganizationalUnit", "The organisation that the unit is part of."),
    "used": ("Activity", "A captured page that the run used."),
    "wasAssociatedWith": ("Activity", "The program that ran."),
    "wasGeneratedBy": ("Dataset, Bundle", "The run that made it."),
    "endedAtTime": ("Activity", "When the run ended; given where SOURCE_DATE_EPOCH is set."),
    "softwareVersion": ("SoftwareAgent", "The version of the program."),
    "description": ("Dataset, Catalog, LicenseDocument", "What it holds, or says."),
    "generated": ("Activity", "What the run made."),
    "license": (
        "Dataset, Catalog, Distribution, DataService, VoidDataset",
        "The rights page, or a licence.",
    ),
    "publisher": ("Dataset, Catalog, DataService, VoidDataset", "Who publishes the data set."),
    "issued": (
        "Dataset, Catalog, Distribution, DataService, VoidDataset",
        "The day of the release.",
    ),
    "deprecated": ("Project, Programme", "That it is no longer published."),
    "invalidatedAtTime": ("Record", "Since when the thing is withdrawn."),
    "isReplacedBy": ("Project, Programme", "What takes its place."),
    "rightsHolder": ("VoidDataset", "Whose the texts are."),
    "conformsTo": (
        "Dataset, Distribution",
        "The ontology, and shapes where nothing was found; what a description of tables follows.",
    ),
    "relation": ("Dataset", "Figures, report and queries; shapes where something was found."),
    "spatial": ("Dataset", "A state that benefits."),
    "temporal": ("Dataset", "The years of work."),
    "inLanguage": ("Dataset", "A language that names are in."),
    "keyword": ("Dataset", "A word to find it by."),
    "accessRights": ("Dataset", "Who may have it: everybody."),
    "hasTheme": ("Dataset", "A theme of the European Union's list."),
    "contactPoint": ("Dataset", "Where who publishes it can be asked."),
    "fullName": ("Kind", "The name."),
    "fullNames": ("Kind", "The name, by language."),
    "hasURL": ("Kind", "The page."),
    "firstYear": ("PeriodOfTime", "The first year of work."),
    "lastYear": ("PeriodOfTime", "The last year of work."),
    "compressFormat": ("Distribution", "How it is packed."),
    "label": (
        "Document, Standard, LicenseDocument, LinguisticSystem, SPARQLExecutable",
        "The name.",
    ),
    "name": ("Agent", "The name."),
    "names": ("Agent", "The name, by language."),
    "primaryTopic": ("Record, Document, DatasetDescription, Bundle", "What it is about."),
    "dataset": ("Catalog", "The data set, and this release of it."),
    "service": ("Catalog", "A SPARQL endpoint."),
    "distribution": ("Dataset", "A dump or table of the release."),
    "landingPage": ("Dataset", "The page for people."),
    "version": (
        "Dataset",
        "The day of the data, and the first digits of the SHA-256 of all statements.",
    ),
    "versionNotes": ("Dataset", "What the release holds."),
    "isVersionOf": ("Dataset, VoidDataset", "The data set that this is a release of."),
    "hasCurrentVersion": ("Dataset, VoidDataset", "The release that is published now."),
    "inSeries": ("Dataset", "The releases that this is one of."),
    "accessURL": ("Distribution", "Where it is."),
    "downloadURL": ("Distribution", "Where it is."),
    "mediaType": ("Distribution", "Its form, as registered with IANA."),
    "byteSize": ("Distribution", "Its size in bytes."),
    "endpointURL": ("DataService", "The address that answers."),
    "servesDataset": ("DataService", "What it answers from."),
    "checksum": ("Distribution", "Its hash."),
    "algorithm": ("Checksum", "How the hash is made."),
    "checksumValue": ("Checksum", "The hash, in hex digits."),
    "inDataset": ("Record, Document", "The data set that the document belongs to."),
    "subset": ("VoidDataset", "The links to other data sets."),
    "dataDump": ("VoidDataset", "A file that holds what is counted."),
    "sparqlEndpoint": ("VoidDataset", "The address that answers."),
    "vocabulary": ("VoidDataset", "A vocabulary in use."),
    "exampleResource": ("VoidDataset", "A resource to look at first."),
    "uriSpace": ("VoidDataset", "How the IRIs of another data set begin."),
    "triples": ("VoidDataset, Linkset", "How many statements."),
    "entities": ("VoidDataset", "How many instances."),
    "classes": ("VoidDataset", "How many classes."),
    "properties": ("VoidDataset", "How many properties."),
    "distinctSubjects": ("VoidDataset", "How many subjects."),
    "classPartition": ("VoidDataset", "The instances of one class."),
    "class": ("VoidDataset", "The class that is counted."),
    "propertyPartition": ("VoidDataset", "The statements with one property."),
    "property": ("VoidDataset", "The property that is counted."),
    "linkPredicate": ("Linkset", "The property that links."),
    "subjectsTarget": ("Linkset", "The data set that the links are in."),
    "objectsTarget": ("Linkset", "The data set that they lead to."),
    "isProfileOf": ("Profile", "The ontology that it tells the use of."),
    "hasToken": ("Profile", "Its short name."),
    "hasResource": ("Profile", "A part of it."),
    "hasRole": ("ResourceDescriptor", "What the part is for."),
    "hasArtifact": ("ResourceDescriptor", "The file."),
    "targetClass": ("NodeShape", "The class."),
    "propertyShape": ("NodeShape", "A property of the class."),
    "path": ("PropertyShape", "The property."),
    "shapeName": ("NodeShape, PropertyShape", "The name."),
    "shapeDescription": ("NodeShape, PropertyShape", "What it means."),
    "minCount": ("PropertyShape", "How many values there are at least."),
    "maxCount": ("PropertyShape", "How many values there are at most."),
    "datatype": ("PropertyShape", "The datatype of the values."),
    "nodeKind": ("PropertyShape", "That the values are resources."),
    "order": ("PropertyShape", "Its place among those of the class."),
    "example": ("PropertyShape", "A value, as Turtle writes it."),
    "select": ("SPARQLSelectExecutable", "The query."),
    "construct": ("SPARQLConstructExecutable", "The query."),
    "target": ("SPARQLExecutable", "The endpoint to ask."),
}


def page() -> str:
    """The whole page."""
    mapper = compile_context(resources.CONTEXT.read_text("utf-8"))
    ontology = Graph().parse(resources.ONTOLOGY)
    parts = [
        HEAD,
        "\n## Prefixes\n\n",
        *table(
            ("prefix", "namespace"),
            ((f"`{name}:`", f"`{iri}`") for name, iri in mapper.terms.prefixes.items()),
        ),
        "\n## Classes\n\n",
        *table(("class", "stands for", "meaning"), class_rows(mapper, ontology)),
        "\n## Keys\n\n",
        *table(
            ("class", "key", "property", "kind of value", "meaning"), key_rows(mapper, ontology)
        ),
        "\n## Methods of source values and decisions\n\n",
        *table(("method", "meaning"), method_rows()),
        "\n## Constraints\n\nWhat an issue concerns is filled in where `…` stands here.\n\n",
        *table(("constraint", "severity", "message", "found by"), constraint_rows()),
    ]
    return "".join(parts)


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A Markdown table, line by line."""
    heads = list(columns)
    for row in (heads, ["---"] * len(heads), *rows):
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n"


def class_rows(mapper: Mapper, ontology: Graph) -> Iterator[tuple[str, ...]]:
    """The classes in the order of the context."""
    for name, iri in mapper.terms.classes.items():
        yield f"`{name}`", f"`{mapper.compact(iri)}`", meaning(ontology, iri) or CLASSES[name]


def key_rows(mapper: Mapper, ontology: Graph) -> Iterator[tuple[str, ...]]:
    """The keys in the order of the context, with the classes that the ontology or the table above
    gives them.
    """
    names = {URIRef(iri): name for name, iri in mapper.terms.classes.items()}
    for key, term in mapper.terms.properties.items():
        iri = term.predicate[1:-1]
        domains = [names[domain] for domain in names if has_domain(ontology, iri, domain)]
        classes, words = (", ".join(domains), meaning(ontology, iri)) if domains else KEYS[key]
        yield classes, f"`{key}`", f"`{mapper.compact(iri)}`", kind(mapper, term), words


def has_domain(ontology: Graph, iri: str, domain: Node) -> bool:
    """Whether the ontology gives a property to a class."""
    return any(
        (URIRef(iri), predicate, domain) in ontology
        for predicate in (RDFS.domain, SCHEMA.domainIncludes)
    )


def meaning(graph: Graph, iri: str) -> str:
    """The English definition of a term of ours; empty for others'."""
    return english(graph, URIRef(iri), SKOS.definition)


def english(graph: Graph, subject: Node, predicate: URIRef) -> str:
    """The English text of a property; empty for none."""
    texts = (text for text in graph.objects(subject, predicate) if isinstance(text, Literal))
    return next((str(text) for text in texts if text.language == "en"), "")


def kind(mapper: Mapper, term: Term) -> str:
    """What the values of a key are, in words."""
    kinds = {
        "text": "text",
        "texts": "text by language",
        "typed": f"`{mapper.compact(term.datatype)}`",
        "iri": "resource or node",
        "term": "key of this table",
        "code": f"word after `{term.prefix}`",
    }
    details: Any = mapper.terms.source[term.key]
    listed = isinstance(details, dict) and "@set" in details.get("@container", "")
    return f"list: {kinds[term.kind]}" if listed else kinds[term.kind]


def method_rows() -> Iterator[tuple[str, str]]:
    """The methods that the reference data defines."""
    for entry in read_reference(resources.REFERENCE).entries:
        if entry.id.startswith("code:method-"):
            yield f"`{entry.id.removeprefix('code:method-')}`", entry.definition["en"].text


def constraint_rows() -> list[tuple[str, ...]]:
    """What shapes and issues report, by number; issues without a number last."""
    return sorted([*shape_rows(), *issue_rows()], key=lambda row: (row[0] == "–", row))


def shape_rows() -> Iterator[tuple[str, ...]]:
    """A row for each constraint of a shape; the shapes that report notes give way to the issues."""
    shapes = Graph()
    for text in resources.texts_in(resources.SHAPES, ".ttl").values():
        shapes.parse(data=text, format="turtle")
    for shape, number in shapes.subject_objects(DCTERMS.identifier):
        if str(number) not in {number for numbers in NUMBERS.values() for number in numbers} - {
            "C01"
        }:
            severity = str(shapes.value(shape, SH.severity)).removeprefix(str(SH))
            name = str(shape).rsplit("/", 1)[-1].replace("#", ".ttl, ")
            yield str(number), severity, english(shapes, shape, SH.message), f"shape {name}"


def issue_rows() -> Iterator[tuple[str, ...]]:
    """A row for each issue and constraint."""
    for code, found in KINDS.items():
        text = re.sub(r"\{\w+\}", "…", found.message)
        for number in NUMBERS.get(code, ("–",)):
            yield number, found.severity, text, f"issue {code}"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(page())
