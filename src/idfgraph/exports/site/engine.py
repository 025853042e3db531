"""The engine that answers in a browser, as the build of the package took it from npm."""

from collections.abc import Mapping
from pathlib import Path


def engine_files() -> Mapping[str, Path]:
    """The files of the engine, by their path in a release; none where the package was built without
    npm.
    """
    here = Path(__file__).parent
    files = {name: here / name for name in ("oxigraph.js", "oxigraph.wasm")}
    return files if all(file.is_file() for file in files.values()) else {}
