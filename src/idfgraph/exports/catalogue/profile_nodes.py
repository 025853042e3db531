"""The application profile as data: what it is made of (https://www.w3.org/TR/dx-prof/), and each
class with each property (https://www.w3.org/TR/shacl/).
"""

from collections.abc import Iterable, Iterator

from ...model.layout import ALL_SHAPES, CONTEXT, MODEL_PICTURE, ONTOLOGY, PROFILE
from ...model.nodes import Node
from ...model.text import N_, texts
from ...model.vocab import JSON_LD_STANDARD, OWL_STANDARD, SHACL_STANDARD
from ..profile import PICTURE, ProfileClass, ProfileRow
from .release_facts import Facts

_PROFILE = f"base:{PROFILE}"

#: File of the release -> its name in the profile, its role, the standard that it follows, what it
#: is.
_PARTS = {
    f"{PROFILE}.html": ("page", "guidance", "", N_("Each class and property, for people")),
    f"{PROFILE}.ttl": ("rows", "schema", SHACL_STANDARD, N_("Each class and property, as shapes")),
    f"{ALL_SHAPES}.ttl": ("shapes", "validation", SHACL_STANDARD, N_("What must hold")),
    f"{ONTOLOGY}.ttl": ("ontology", "vocabulary", OWL_STANDARD, N_("The vocabulary")),
    CONTEXT: ("context", "mapping", JSON_LD_STANDARD, N_("The context of JSON-LD files")),
    MODEL_PICTURE: ("picture", "guidance", "", PICTURE),
}

#: What is written with these nodes.
_WRITTEN_HERE = frozenset({f"{PROFILE}.ttl", MODEL_PICTURE})

#: Kind of a term -> what its values are, where no datatype says it.
_NODE_KINDS = {"iri": "sh:IRI", "code": "sh:IRI", "term": "sh:IRI"}
_DATATYPES = {"text": "xsd:string", "texts": "rdf:langString"}


def profile_nodes(facts: Facts, classes: Iterable[ProfileClass]) -> Iterator[Node]:
    """The nodes of the profile; parts that this release has no file of are left out."""
    parts = list(_parts(facts))
    yield {
        "id": _PROFILE,
        "type": "Profile",
        "title": facts.titled(N_("Application profile: {title}")),
        "hasToken": "idf",
        "isProfileOf": [f"base:{ONTOLOGY}"],
        "hasResource": parts,
        "publisher": "base:catalog#publisher",
    }
    yield {"id": _PROFILE, "type": "Standard"}
    for class_ in classes:
        yield _class_node(class_)


def _parts(facts: Facts) -> Iterator[Node]:
    for path, (name, role, standard, words) in _PARTS.items():
        if path in facts.paths or path in _WRITTEN_HERE:
            yield {
                "id": f"{_PROFILE}#{name}",
                "type": "ResourceDescriptor",
                "label": texts(words),
                "hasRole": f"profrole:{role}",
                "hasArtifact": f"base:{path}",
                **({"conformsTo": [standard]} if standard else {}),
            }


def _class_node(class_: ProfileClass) -> Node:
    """A class as a shape; what has none is told by a property."""
    name = class_.name or "gone"
    return {
        "id": f"{_PROFILE}#{name}",
        "type": "NodeShape",
        **({"targetClass": class_.iri} if class_.iri else {}),
        **({"shapeName": dict(class_.labels)} if class_.labels else {}),
        "shapeDescription": dict(class_.meaning),
        "propertyShape": [
            _row_node(f"{_PROFILE}#{name}", number, row) for number, row in enumerate(class_.rows)
        ],
    }


def _row_node(shape: str, number: int, row: ProfileRow) -> Node:
    """A property as a shape: what holds of each thing of its class."""
    datatype = row.datatype or _DATATYPES.get(row.kind, "")
    kind = "" if row.is_open else _NODE_KINDS.get(row.kind, "")
    return {
        "id": f"{shape}-{row.key}",
        "type": "PropertyShape",
        "path": row.predicate,
        **({"shapeName": dict(row.labels)} if row.labels else {}),
        "shapeDescription": dict(row.meaning),
        **({"minCount": str(row.asked.least)} if row.asked.least else {}),
        **({"maxCount": str(row.asked.most)} if row.asked.most is not None else {}),
        **({"datatype": datatype} if datatype and not row.is_open else {}),
        **({"nodeKind": kind} if kind else {}),
        "order": str(number),
        **({"example": row.example[1]} if row.example[1] else {}),
    }
