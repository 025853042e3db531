"""What keeps an ontology from being one of OWL 2 DL, as far as ours goes: its header, its entities,
its datatypes, and axioms over names alone (https://www.w3.org/TR/owl2-syntax/#Ontologies).

No blank nodes are known here, so no restrictions, no lists: what has them is told as a fault.
"""

from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

#: The datatypes of OWL 2 (https://www.w3.org/TR/owl2-syntax/#Datatype_Maps): no years, no days.
DATATYPES = {
    *(OWL.real, OWL.rational, RDF.PlainLiteral, RDF.XMLLiteral, RDFS.Literal),
    *(
        XSD[name]
        for name in [
            "decimal",
            "integer",
            "nonNegativeInteger",
            "nonPositiveInteger",
            "positiveInteger",
            "negativeInteger",
            "long",
            "int",
            "short",
            "byte",
            "unsignedLong",
            "unsignedInt",
            "unsignedShort",
            "unsignedByte",
            "double",
            "float",
            "string",
            "normalizedString",
            "token",
            "language",
            "Name",
            "NCName",
            "NMTOKEN",
            "boolean",
            "hexBinary",
            "base64Binary",
            "anyURI",
            "dateTime",
            "dateTimeStamp",
        ]
    ),
}

#: Annotation properties that need no declaration.
BUILT_IN = {
    *(RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy),
    *(OWL.deprecated, OWL.versionInfo),
}

#: What the header alone may say.
OF_HEADER = {OWL.versionIRI, OWL.imports, OWL.priorVersion}

PROPERTIES = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
ENTITIES = {OWL.Class, OWL.NamedIndividual, RDFS.Datatype, *PROPERTIES}

#: What a class or property may say of others, and what both must be.
AXIOMS = {
    RDFS.subClassOf: (OWL.Class,),
    OWL.disjointWith: (OWL.Class,),
    OWL.equivalentClass: (OWL.Class,),
    OWL.inverseOf: (OWL.ObjectProperty,),
    RDFS.subPropertyOf: tuple(PROPERTIES),
}
RESERVED = tuple(str(space) for space in (OWL, RDF, RDFS, XSD))
MAPPINGS = {SKOS[f"{way}Match"] for way in ("exact", "close", "broad", "narrow", "related")} | {
    SKOS.mappingRelation
}


def violations(graph: Graph) -> Iterator[str]:
    """What is wrong, a line each."""
    kinds = {node: set(graph.objects(node, RDF.type)) for node in graph.subjects(RDF.type)}
    headers = [node for node, types in kinds.items() if OWL.Ontology in types]
    if len(headers) != 1:
        yield f"{len(headers)} headers"
    for node, types in kinds.items():
        yield from _entity(node, types)
    for triple in graph:
        yield from _statement(triple, kinds)


def _entity(node: Node, types: set[Node]) -> Iterator[str]:
    """What is wrong with what a name stands for."""
    if len(types & PROPERTIES) > 1:
        yield f"{node} is a property in two ways"
    if {OWL.Class, RDFS.Datatype} <= types:
        yield f"{node} is a class and a datatype"
    for type_ in types - ENTITIES - {OWL.Ontology}:
        yield f"{node} is a {type_}"
    if str(node).startswith(RESERVED):
        yield f"{node} is reserved"


def _statement(triple: tuple[Node, Node, Node], kinds: dict[Node, set[Node]]) -> Iterator[str]:
    """What is wrong with a statement."""
    subject, predicate, value = triple
    own, others = kinds.get(subject, set()), kinds.get(value, set())
    if isinstance(subject, BNode) or isinstance(value, BNode):
        yield f"{subject} {predicate}: a blank node"
    datatype = value.datatype if isinstance(value, Literal) and not value.language else None
    if datatype not in {None, *DATATYPES}:
        yield f"{subject} {predicate}: a literal of {datatype}"
    if predicate in MAPPINGS and own & {OWL.Class, *PROPERTIES}:
        yield f"{subject} {predicate}: a mapping of concepts"
    if predicate == RDF.type or (predicate in OF_HEADER and OWL.Ontology in own):
        return
    if isinstance(predicate, URIRef) and predicate in AXIOMS:
        if not any({kind} <= own and {kind} <= others for kind in AXIOMS[predicate]):
            yield f"{subject} {predicate} {value}: not declared, or not of one kind"
    elif predicate == RDFS.domain:
        if not own & PROPERTIES or OWL.Class not in others:
            yield f"{subject} has the domain {value}, which is no class"
    elif predicate == RDFS.range:
        yield from _range(triple, own, others)
    elif predicate not in BUILT_IN and OWL.AnnotationProperty not in kinds.get(predicate, set()):
        yield f"{predicate} is not declared"


def _range(triple: tuple[Node, Node, Node], own: set[Node], others: set[Node]) -> Iterator[str]:
    subject, _, value = triple
    if OWL.ObjectProperty in own and OWL.Class not in others:
        yield f"{subject} has the range {value}, which is no class"
    if OWL.DatatypeProperty in own and value not in DATATYPES:
        yield f"{subject} has the range {value}, which is no datatype of OWL 2"
    if OWL.AnnotationProperty in own and not isinstance(value, URIRef):
        yield f"{subject} has a range that is no name"
