"""Build idfgraph.cdx.json, the bill of materials that each wheel holds.

    python tools/build_sbom.py > idfgraph.cdx.json

In CycloneDX 1.6, from the lock for run time and tools/dependencies.yaml: the same bytes for the
same lock, whatever is installed here.
"""

import sys
import tomllib
from pathlib import Path

from build_dependencies_page import Dependency, known, run_time
from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import (
    ExternalReference,
    ExternalReferenceType,
    HashAlgorithm,
    HashType,
    Property,
    XsUri,
)
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseAcknowledgement
from cyclonedx.output.json import JsonV1Dot6
from locks import Locked
from packageurl import PackageURL

ROOT = Path(__file__).parents[1]


def bill() -> str:
    """The bill of materials, as JSON."""
    lock, about = run_time(), known()
    parts = {name: _part(one, about[name]) for name, one in lock.items()}
    parts["idfgraph"] = _idfgraph()
    bom = Bom(components=(parts[name] for name in lock))
    bom.metadata.component = parts["idfgraph"]
    for name, part in parts.items():
        bom.register_dependency(part, [parts[one.name] for one in lock.values() if name in one.via])
    # A number at random and the time of day would be another file each time; neither is asked for.
    bom.serial_number = bom.metadata.timestamp = None  # type: ignore[assignment]
    return JsonV1Dot6(bom).output_as_string(indent=1) + "\n"


def _idfgraph() -> Component:
    """What the bill is of."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return Component(
        name=project["name"],
        version=project["version"],
        type=ComponentType.APPLICATION,
        description=project["description"],
        licenses=[LicenseFactory().make_with_expression(project["license"])],
        purl=PackageURL("pypi", name=project["name"], version=project["version"]),
        bom_ref=project["name"],
    )


def _part(one: Locked, about: Dependency) -> Component:
    """A package, with the hashes of all its files, of which one is installed."""
    purl = PackageURL("pypi", name=one.name, version=one.version)
    said = LicenseAcknowledgement.DECLARED
    files = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(purl.to_string()),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=sha) for sha in one.hashes],
    )
    return Component(
        name=one.name,
        version=one.version,
        licenses=[LicenseFactory().make_from_string(about.licence, license_acknowledgement=said)],
        purl=purl,
        bom_ref=one.name,
        external_references=[files],
        properties=[Property(name="idfgraph:where", value=one.marker)] if one.marker else [],
    )


if __name__ == "__main__":
    sys.stdout.buffer.write(bill().encode())
