"""What is told of the packages that users install is so: page, bill of materials, and what the
packages say of themselves.
"""

import re
import subprocess
import sys
from importlib.metadata import Distribution, distribution
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import jsonschema
import locks
import msgspec
import pytest
from build_dependencies_page import Dependency, known, page, run_time
from build_sbom import bill
from packaging.markers import Marker
from referencing import Registry, Resource

ROOT = Path(__file__).parents[1]
BILL = ROOT / "idfgraph.cdx.json"
SCHEMAS = Path(str(files("cyclonedx"))) / "schema" / "_res"

#: Words for a licence in classifiers and old fields -> its SPDX identifiers.
SPELT: dict[str, set[str]] = {
    "Apache License": {"Apache-2.0"},
    "Apache Software License": {"Apache-2.0"},
    "BSD License": {"BSD-2-Clause", "BSD-3-Clause"},
    "ISC License": {"ISC"},
    "ISC License (ISCL)": {"ISC"},
    "MIT License": {"MIT"},
}


def schema(name: str) -> Any:
    return msgspec.json.decode((SCHEMAS / f"{name}.SNAPSHOT.schema.json").read_bytes())


def said_of_licence(package: Distribution) -> list[str]:
    """What a package's metadata says, the newest field first."""
    about = package.metadata
    classifiers = [
        text.rpartition(" :: ")[2]
        for text in about.get_all("Classifier") or []
        if text.startswith("License :: ")
    ]
    fields = [about.get_all(name) or [] for name in ("License-Expression", "License")]
    return [text.strip() for text in (*chain(*fields), *classifiers) if "\n" not in text]


def is_young(package: Distribution) -> bool:
    """Whether a package calls itself less than stable, has no version 1, or gives no address."""
    about = package.metadata
    status = [text for text in about.get_all("Classifier") or [] if "Development Status" in text]
    unstable = any(re.search(r":: [1-4] ", text) for text in status)
    addressed = about.get_all("Home-page") or about.get_all("Project-URL")
    return unstable or package.version.startswith("0.") or not addressed


def installed() -> list[str]:
    """The packages that this platform has; what only others have was looked at by hand."""
    lock = run_time().items()
    return [name for name, one in lock if not one.marker or Marker(one.marker).evaluate()]


@pytest.fixture(params=installed())
def described(request: pytest.FixtureRequest) -> tuple[Distribution, Dependency]:
    """A package as it is installed, and what is told of it."""
    return distribution(request.param), known()[request.param]


def test_the_page_and_the_bill_are_in_step() -> None:
    assert (ROOT / "docs" / "dependencies.md").read_text("utf-8") == page()
    assert BILL.read_text("utf-8") == bill()


def test_licences_are_those_that_packages_declare(
    described: tuple[Distribution, Dependency],
) -> None:
    package, told = described
    said = said_of_licence(package)
    assert told.licence in {*said, *SPELT.get(said[0], set())}, said


def test_every_young_package_has_one_in_its_place(
    described: tuple[Distribution, Dependency],
) -> None:
    package, told = described
    assert bool(told.instead) == is_young(package)


def test_what_is_compiled_is_told(described: tuple[Distribution, Dependency]) -> None:
    package, told = described
    compiled = {".so", ".pyd", ".dylib"}
    assert told.compiled == any(file.suffix in compiled for file in package.files or ())


def test_the_bill_fits_the_official_schema() -> None:
    """That of CycloneDX, with the schemas that it names, and without a network."""
    registry: Registry[Any] = Registry().with_resources(
        (
            urljoin(schema("bom-1.6")["$id"], f"{name}.SNAPSHOT.schema.json"),
            Resource.from_contents(schema(name)),
        )
        for name in ("spdx", "jsf-0.82")
    )
    official = jsonschema.Draft7Validator(schema("bom-1.6"), registry=registry)
    found = msgspec.json.decode(BILL.read_bytes())
    assert [error.message for error in official.iter_errors(found)] == []
    assert list(official.iter_errors(found | {"components": [{"name": "x"}]}))
    (zipp,) = (one for one in found["components"] if one["name"] == "zipp")
    assert zipp["licenses"] == [{"license": {"id": "MIT", "acknowledgement": "declared"}}]


def test_the_bill_is_of_the_lock() -> None:
    found = msgspec.json.decode(BILL.read_bytes())
    lock = run_time()
    held = {
        one["name"]: (
            one["version"],
            {sha["content"] for sha in one["externalReferences"][0]["hashes"]},
        )
        for one in found["components"]
    }
    assert held == {name: (one.version, set(one.hashes)) for name, one in lock.items()}
    asked = {one["ref"]: set(one.get("dependsOn", ())) for one in found["dependencies"]}
    assert asked == {
        name: {one.name for one in lock.values() if name in one.via} for name in ("idfgraph", *lock)
    }
    assert not {"serialNumber", "timestamp"} & {*found, *found["metadata"]}
    purls = [one["purl"] for one in (found["metadata"]["component"], *found["components"])]
    assert len(set(purls)) == len(lock) + 1 and all(text.startswith("pkg:pypi/") for text in purls)


def test_the_tools_write_what_is_kept() -> None:
    for tool, file in (
        ("build_sbom.py", BILL),
        ("build_dependencies_page.py", ROOT / "docs" / "dependencies.md"),
    ):
        command = [sys.executable, "-X", "utf8=0", str(ROOT / "tools" / tool)]
        done = subprocess.run(command, check=True, capture_output=True, timeout=60, cwd=ROOT.parent)
        assert (done.stdout, done.stderr) == (file.read_bytes(), b"")


def test_a_package_of_which_nothing_is_known_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    lock = locks.read_lock("unknown==1.0 \\\n    --hash=sha256:" + "a" * 64 + "\n")
    monkeypatch.setattr("build_dependencies_page.read_lock", lambda _: lock)
    with pytest.raises(SystemExit, match="unknown"):
        run_time()
