"""One fuzz target: a reader is given bytes; anything raised that is not ours, or has no place, is a
finding.

Usage: python fuzz/target.py READER FOLDER [INPUT or libFuzzer's options]...
"""

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
with atheris.instrument_imports(include=["idfgraph", "yaml"]):
    from support.malformed.readers import READERS

    from idfgraph.model.errors import IdfgraphError


def main(name: str, folder: str, *options: str) -> None:
    """Fuzzes one reader, or runs it on the inputs named; files are written to the folder."""
    reader = READERS[name]
    path = Path(folder) / reader.file

    def one(data: bytes) -> None:
        path.write_bytes(data)
        try:
            reader.read(path)
        except IdfgraphError as error:
            assert error.place.file, f"refused without its place: {error}"

    atheris.Setup([name, *options], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
