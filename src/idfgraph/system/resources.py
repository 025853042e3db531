"""The files that ship with the package: ontology, shapes, queries, reference data, the default data
set, the lock.
"""

from importlib.resources import files
from pathlib import Path

#: Where the files stand: inside the installed package, or at the top of a checkout.
_PACKAGE = Path(str(files("idfgraph")))
_ROOT = _PACKAGE if (_PACKAGE / "ontology").is_dir() else _PACKAGE.parents[1]

CONTEXT = _ROOT / "ontology" / "context.jsonld"
ONTOLOGY = _ROOT / "ontology" / "idf.ttl"
PROFILE = _ROOT / "ontology" / "profile.yaml"
PROFILE_EXAMPLES = _ROOT / "ontology" / "examples.ttl"
MODEL_PICTURE = _ROOT / "ontology" / "model.svg"
SHAPES = _ROOT / "shapes"
EXAMPLES = SHAPES / "examples"
QUERIES = _ROOT / "queries"
REFERENCE = _ROOT / "data" / "reference"
DATASET = _ROOT / "data" / "dataset.yaml"
LOCK = _ROOT / "requirements.txt"
STARTER = _PACKAGE / "curation" / "starter"
FINDINGS = _PACKAGE / "checks" / "report" / "findings.schema.json"
COMPARISON = _PACKAGE / "curation" / "compare" / "comparison.schema.json"
HTTP_CHECKS = _PACKAGE / "reach" / "checking" / "checks.toml"
DIFFERENCE = _PACKAGE / "release" / "difference" / "difference.schema.json"


def texts_in(folder: Path, suffix: str) -> dict[str, str]:
    """The texts of a folder's files with this suffix, by file name, in order.

    >>> "project.ttl" in texts_in(SHAPES, ".ttl")
    True
    """
    return {path.name: path.read_text("utf-8") for path in files_in(folder, suffix)}


def files_in(folder: Path, suffix: str) -> list[Path]:
    """A folder's files with this suffix, in order; OSError if it cannot be listed.

    >>> [path.name for path in files_in(SHAPES, ".ttl")][-1]
    'state.ttl'
    """
    return sorted(path for path in folder.iterdir() if path.suffix == suffix)
