"""Cuts what users install out of constraints.txt, the lock for development.

    python tools/locks.py            writes requirements.txt and requirements-build.txt
    python tools/locks.py --check    tells what is not in step

Both hold versions that were tested together, by hash: the one what idfgraph needs to run, the other
what builds it. No version is chosen here, so that neither can differ from what tests ran with. Of
packages only wheels are taken, so that installing runs no code of theirs.
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
DEVELOPMENT, RUN_TIME, BUILD = "constraints.txt", "requirements.txt", "requirements-build.txt"

HEAD = """\
# {what}, in the versions that were tested, by hash.
# Written by tools/locks.py from constraints.txt and pyproject.toml; not to be edited.
--only-binary :all:
"""
WHAT = {RUN_TIME: "What idfgraph needs to run", BUILD: "What builds idfgraph from its sources"}

_ENTRY = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; (.+?))? \\$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_OURS = "idfgraph"


class Locked(NamedTuple):
    """A package in one version: where it is needed, its files' SHA-256, and what asks for it."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    via: frozenset[str]


def read_lock(text: str) -> dict[str, Locked]:
    """The packages of a lock, by name."""
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    return {locked.name: locked for locked in map(_read_entry, entries)}


def normal(name: str) -> str:
    """The one way of writing a package's name.

    >>> normal("Boolean.py")
    'boolean-py'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def roots(pyproject: str) -> dict[str, frozenset[str]]:
    """The packages that are asked for by name, for each lock."""
    settings = tomllib.loads(pyproject)
    asked = {
        RUN_TIME: settings["project"]["dependencies"],
        BUILD: settings["build-system"]["requires"],
    }
    return {lock: frozenset(map(_named, wanted)) for lock, wanted in asked.items()}


def closure(lock: dict[str, Locked], asked: Iterable[str]) -> dict[str, Locked]:
    """What is asked for, and all that it brings; each with those of them that ask for it."""
    found: set[str] = set()
    rest = list(asked)
    while rest:
        name = rest.pop()
        if name not in lock:
            raise SystemExit(f"{DEVELOPMENT} lacks {name}: make it anew (docs/decisions/0002)")
        if name not in found:
            found.add(name)
            rest += [locked.name for locked in lock.values() if name in locked.via]
    ours = dict.fromkeys(asked, frozenset({_OURS}))
    return {
        name: lock[name]._replace(via=lock[name].via & found | ours.get(name, frozenset()))
        for name in sorted(found)
    }


def written(lock: str, packages: Iterable[Locked]) -> str:
    """The text of a lock."""
    return HEAD.format(what=WHAT[lock]) + "".join(line for one in packages for line in _lines(one))


def built() -> dict[str, str]:
    """The text of each lock, as constraints.txt and pyproject.toml make it."""
    lock = read_lock((ROOT / DEVELOPMENT).read_text("utf-8"))
    asked = roots((ROOT / "pyproject.toml").read_text("utf-8"))
    return {file: written(file, closure(lock, names).values()) for file, names in asked.items()}


def _read_entry(text: str) -> Locked:
    head, *_ = text.splitlines()
    found = _ENTRY.match(head)
    hashes = tuple(_HASH.findall(text))
    if not found or not hashes:
        raise SystemExit(f"no pinned package with its hashes: {head}")
    reasons = re.split(r"[#,\n]", text.partition("# via")[2])
    via = frozenset(reason.strip() for reason in reasons if reason.strip())
    return Locked(found[1], found[2], found[3] or "", hashes, via)


def _named(requirement: str) -> str:
    found = _NAME.match(requirement)
    if not found:
        raise SystemExit(f"names no package: {requirement}")
    return normal(found[0])


def _lines(one: Locked) -> Iterator[str]:
    """The lines of a package."""
    marker = f" ; {one.marker}" if one.marker else ""
    yield " \\\n    ".join(
        [f"{one.name}=={one.version}{marker}", *(f"--hash=sha256:{sha}" for sha in one.hashes)]
    )
    yield f"\n    # via {', '.join(sorted(one.via))}\n"


def main() -> int:
    """Writes the locks, or tells which are not in step."""
    texts = built()
    if "--check" not in sys.argv:
        for file, text in texts.items():
            (ROOT / file).write_bytes(text.encode())
        return 0
    paths = {file: ROOT / file for file in texts}
    stale = [file for file, path in paths.items() if path.read_bytes() != texts[file].encode()]
    print("".join(f"{file} is not in step with {DEVELOPMENT}\n" for file in stale), end="")
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main())
