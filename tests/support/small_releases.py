"""Small releases, made in no time: a dump, a document, a version, and what tells of them; and files
of others that nothing may touch.
"""

import json
import random
from hashlib import sha256
from pathlib import Path

from idfgraph.model.layout import QUADS
from idfgraph.release.build import Target, release_build
from idfgraph.release.sums import name_of
from idfgraph.release.versions import version_files

CONTEXT = Path(__file__).parents[2] / "ontology" / "context.jsonld"


def make(out: Path, text: str, *, layout: str = "auto", day: str = "2026-11-21") -> str:
    """A release with this text, which takes along the versions of those before; returns its
    name.
    """
    with release_build(Target(out, layout)) as build:
        if before := build.before():
            list(before.lines(QUADS))
        earlier = version_files(build.store, narratives=True)
        dump = f'<https://w3id.org/iom-idf/id/project/A1> <http://example.org/says> "{text}" .\n'
        version = f"{day}-{sha256(dump.encode()).hexdigest()[:12]}"
        for path, content in {
            QUADS: dump,
            f"archive/{version}/{QUADS}": dump,
            f"release/{version}.ttl": f"# {version}\n",
            "context.jsonld": CONTEXT.read_text("utf-8"),
            "doc/project/A1.ttl": f"# A1 {text}\n",
            "release.json": json.dumps({**summary(day), "statements": 1}),
            "tombstones.json": "[]",
        }.items():
            build.folder.write(path, [content])
        build.take(earlier)
    return name_of(out)


def summary(day: str) -> dict[str, object]:
    """What a release tells of itself."""
    counts = dict.fromkeys(("statements", "projects", "programmes", "withdrawn"), 0)
    return {"issued": day, **counts, "fields": {}}


def plant(folders: list[Path], count: int = 100) -> dict[Path, bytes]:
    """So many made-up files of others in these folders, hidden ones among them."""
    chance = random.Random(2026)
    names = (".{}", "{}.txt", "notes/{}.md", ".git/{}", "SHA256SUMS.{}", "é {}.html", ".building{}")
    planted = {}
    for number in range(count):
        folder = folders[number % len(folders)]
        file = folder / names[number // len(folders) % len(names)].format(number)
        file.parent.mkdir(parents=True, exist_ok=True)
        planted[file] = chance.randbytes(chance.randrange(200))
        file.write_bytes(planted[file])
    return planted


def untouched(planted: dict[Path, bytes]) -> bool:
    """Whether each of these files is as it was, where it was."""
    return all(file.is_file() and file.read_bytes() == data for file, data in planted.items())
