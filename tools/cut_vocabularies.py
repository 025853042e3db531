"""Cuts vocabularies of others down to what a reasoner reads: classes, properties, axioms; no words.

python tools/cut_vocabularies.py FOLDER    writes FOLDER/*.nt to tests/data/vocabularies/
"""

import sys
from pathlib import Path

from rdflib import OWL, RDF, RDFS, Graph
from rdflib.term import Node

OUT = Path(__file__).parents[1] / "tests" / "data" / "vocabularies"

#: What OWL and RDFS say of ontologies and of words, which entails nothing.
_ABOUT = {
    OWL.Ontology,
    OWL.backwardCompatibleWith,
    OWL.deprecated,
    OWL.imports,
    OWL.priorVersion,
    OWL.versionIRI,
    OWL.versionInfo,
}
_RDFS = {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, RDF.first, RDF.rest}


def is_axiom(predicate: Node, value: Node) -> bool:
    """Whether a reasoner draws conclusions from a statement."""
    if predicate == RDF.type:
        return value not in _ABOUT and str(value).startswith((str(OWL), str(RDF), str(RDFS)))
    return predicate in _RDFS or (str(predicate).startswith(str(OWL)) and predicate not in _ABOUT)


def main() -> None:
    """Writes each vocabulary, its lines in order."""
    for file in sorted(Path(sys.argv[1]).glob("*.nt")):
        lines = file.read_text("utf-8").splitlines(keepends=True)
        triples = ((line, next(iter(Graph().parse(data=line, format="nt")))) for line in lines)
        kept = sorted(line for line, (_, predicate, value) in triples if is_axiom(predicate, value))
        (OUT / file.name).write_text("".join(kept), "utf-8")


if __name__ == "__main__":
    main()
