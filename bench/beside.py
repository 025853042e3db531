"""What works are measured beside: peers in an environment of their own, and the limits of the
machine; how many times as fast or slow, now and when it was last kept.
"""

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from charts import RESULTS, read

#: Peers that have an environment of their own; each leaves its statements in NAME.nt.
PEERS = ("maplib", "morph-kgc")

_ALL = ("pyoxigraph-jsonld", "rdflib-build", "limit-copy", "limit-parse")
_PLAIN = ("maplib", "morph-kgc", "rdflib-plain", "limit-copy-plain", "limit-parse")

#: Our works -> what does the same, and the limits of the machine.
BESIDE: Mapping[str, Sequence[str]] = {
    "resolve-map-dump": ("limit-copy",),
    "map-dump": _ALL,
    "two-map-dump": ("pyoxigraph-jsonld", "rdflib-build", *_ALL),
    "map-dump-plain": _PLAIN,
    "two-map-dump-plain": _PLAIN,
}

COLUMNS = ("records", "work", "beside", "times by cpu", "better", "last")

#: Seconds on processors by number of records and work.
Measured = Mapping[tuple[int, str], float]


def environment(folder: Path) -> Path:
    """A new environment with the peers; an error where they cannot be installed."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    wanted = ["-r", str(Path(__file__).with_name("peers.txt"))]
    subprocess.run([folder / "bin" / "pip", "install", "-q", *wanted], check=True)
    return folder


def commands(environment: Path) -> Mapping[str, Sequence[str]]:
    """How each peer is started."""
    script = str(Path(__file__).with_name("peers.py"))
    return {name: (str(environment / "bin" / "python"), script) for name in PEERS}


def versions(python: Path | str, names: Sequence[str]) -> str:
    """The versions of packages that a Python has."""
    asked = "import sys; from importlib.metadata import version as v; print(*map(v, sys.argv[1:]))"
    done = subprocess.run([python, "-c", asked, *names], check=True, capture_output=True, text=True)
    return ", ".join(map(" ".join, zip(names, done.stdout.split(), strict=True)))


def former() -> Mapping[str, Measured]:
    """The seconds on processors that are kept, by file, the last one last."""
    return {file.stem: _kept(file) for file in sorted(RESULTS.glob("*.tsv"))}


def ratios(measured: Measured, kept: Mapping[str, Measured]) -> Iterator[Sequence[object]]:
    """The lines of the table of ratios: how many times ours a peer takes, and how many times a
    limit ours takes.
    """
    for size, work in measured:
        for other in BESIDE.get(work, ()):
            if now := _times(measured, size, work, other):
                found = ((name, _times(of, size, work, other)) for name, of in kept.items())
                told = [f"{times:.2f} ({name})" for name, times in found if times]
                better = "lower" if _limit(other) else "higher"
                yield size, work, other, f"{now:.2f}", better, told[-1] if told else "-"


def _kept(file: Path) -> Measured:
    """The seconds on processors that are kept in a file."""
    works = read(file.read_text("utf-8")).works.items()
    return {
        (size, work): of["cpu s"]
        for work, sizes in works
        for size, of in sizes.items()
        if "cpu s" in of
    }


def _limit(other: str) -> bool:
    return other.startswith("limit-")


def _times(measured: Measured, size: int, work: str, other: str) -> float:
    """How many times one takes what another takes; 0 where one of them was not measured."""
    ours, theirs = measured.get((size, work), 0.0), measured.get((size, other), 0.0)
    if not ours or not theirs:
        return 0.0
    return ours / theirs if _limit(other) else theirs / ours
