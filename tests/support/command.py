"""The command line as a user runs it: its own process, its own folder, an environment without
surprises.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
SEED = ROOT / "data" / "pages" / "003_f1304bd47d6398f5.txt"
RECORD = ROOT / "data" / "records" / "PX.0220.yaml"
DATASET = ROOT / "data" / "dataset.yaml"

#: How the command begins; more may be put before its arguments.
IDFGRAPH = (sys.executable, "-m", "idfgraph")

_KEPT = ("PATH", "HOME", "SYSTEMROOT", "TMPDIR", "TEMP", "VIRTUAL_ENV", "PYTHONPATH")


def environment(**more: str) -> dict[str, str]:
    """The environment of a run: nothing that changes what is printed, and `more`."""
    return (
        {key: os.environ[key] for key in _KEPT if key in os.environ}
        | {"PYTHONIOENCODING": "utf-8"}
        | more
    )


def run(
    *args: str | Path,
    cwd: Path,
    command: Sequence[str] = IDFGRAPH,
    stdin: str | None = None,
    **more: str,
) -> "subprocess.CompletedProcess[str]":
    """The command run with these arguments in a folder; `more` are environment variables."""
    words = [*command, *map(str, args)]
    return subprocess.run(
        words,
        cwd=cwd,
        check=False,
        env=environment(**more),
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
    )


def snapshot(folder: Path) -> dict[str, bytes | None]:
    """Every path under a folder with its bytes; None for what is no regular file, or may not be
    read.
    """
    paths = (path for path in folder.rglob("*") if "__pycache__" not in path.parts)
    return {
        str(path.relative_to(folder)): path.read_bytes()
        if path.is_file() and not path.is_symlink() and os.access(path, os.R_OK)
        else None
        for path in paths
    }


def desk_in(folder: Path) -> Path:
    """A desk in a folder, with the five records and their pages."""
    return shutil.copytree(ROOT / "data", folder / "data")
