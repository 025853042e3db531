"""A publish under strace: which system calls change the disk, what follows which, and what a fault
at one of them does.

A fault is aimed at the n-th call of its kind that names a path, so that it hits whatever else the
process does.
"""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from support.command import environment

#: The calls that change the disk, by any of their names.
CALLS = (
    *(
        "openat",
        "write",
        "fsync",
        "rename",
        "renameat",
        "renameat2",
        "symlink",
        "symlinkat",
        "mkdir",
        "mkdirat",
    ),
    *("unlink", "unlinkat", "rmdir", "ftruncate", "link", "linkat"),
)

#: What can happen at a call, as strace says it.
HAPPENINGS = {
    "KILL": "signal=KILL",
    "ENOSPC": "error=ENOSPC",
    "EIO": "error=EIO",
    "short": "retval=1",
}

#: strace; told to stop at none but the calls that are asked for, it takes half of the time, but
#: then it sends no signals (6.1).
STRACE = ("strace", "-f", "-qq", "-e", "signal=none")
QUICK_STRACE = (*STRACE, "--seccomp-bpf")

#: A call in a log, its arguments and its result; and the paths among its arguments.
CALL_LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+|\?)")
CALL_PATH = re.compile(r'"((?:[^"\\]|\\.)*)"|<([^>]*)>')


class Step(NamedTuple):
    """A system call that changes the disk: its name, its paths (of a handle, that of its file),
    which of its kind.
    """

    call: str
    paths: tuple[str, ...]
    number: int

    @property
    def aim(self) -> str:
        """The path that a fault is aimed at: of two, the first, as strace follows a link that the
        second may be.
        """
        return self.paths[0]

    @property
    def path(self) -> str:
        """The path that is there afterwards."""
        return self.paths[-1]


def publishing(data: Path, out: Path) -> Sequence[str]:
    """The command that publishes in one process."""
    return (
        sys.executable,
        "-m",
        "idfgraph",
        "publish",
        str(data),
        "--out",
        str(out),
        "--jobs",
        "1",
    )


def traced(command: Sequence[str], under: Path, log: Path) -> list[Step]:
    """The steps of a command, which must end well, that change what is under a folder."""
    strace = [*QUICK_STRACE, "-y", "-s", "4", "-e", f"trace={','.join(CALLS)}", "-o", str(log)]
    subprocess.run(
        [*strace, *command], check=True, env=_environment(), capture_output=True, timeout=120
    )
    return list(_steps(log.read_text("utf-8", "replace"), str(under)))


def struck(
    command: Sequence[str], step: Step, happening: str
) -> "subprocess.CompletedProcess[str]":
    """The command with a fault at one of its steps."""
    fault = f"inject={step.call}:{HAPPENINGS[happening]}:when={step.number}"
    strace = [*(STRACE if happening == "KILL" else QUICK_STRACE), "-o", "/dev/null", "-P", step.aim]
    strace += ["-e", f"trace={step.call}", "-e", fault]
    return subprocess.run(
        [*strace, *command],
        check=False,
        env=_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


def _environment() -> dict[str, str]:
    return environment(PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1")


def _steps(log: str, under: str) -> Iterator[Step]:
    seen: Counter[tuple[str, str]] = Counter()
    for found in filter(None, map(CALL_LINE.match, joined(log))):
        call, arguments, _ = found.groups()
        quoted = [
            one or two
            for one, two in CALL_PATH.findall(
                arguments.partition(', "')[0] if call == "write" else arguments
            )
        ]
        paths = tuple(path for path in quoted if path.startswith(under))
        if paths:
            seen[call, paths[0]] += 1
            if call != "openat" or "O_CREAT" in arguments:
                yield Step(call, paths, seen[call, paths[0]])


def joined(log: str) -> Iterator[str]:
    """The lines of a log, a call that another thread cut in two made whole again."""
    begun: dict[str, str] = {}
    for line in log.splitlines():
        thread = line.partition(" ")[0]
        if line.endswith("<unfinished ...>"):
            begun[thread] = line.removesuffix("<unfinished ...>").rstrip()
        elif " resumed>" in line:
            yield begun.pop(thread, "") + line.partition(" resumed>")[2]
        else:
            yield line
