"""A publish under strace, of whose calls that read one fails: which there are, and what follows."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from support.command import ROOT, environment
from support.faults_strace import CALL_LINE, CALL_PATH, QUICK_STRACE, Step, joined

#: The calls that read, scan or ask what a file is.
READING = (
    *("open", "openat", "read", "pread64", "readv", "getdents64", "readlink", "readlinkat"),
    *("stat", "lstat", "fstat", "newfstatat", "statx", "access", "faccessat2", "lseek"),
)

#: Publishes, in one process, with temporary folders of the same names each time.
_PUBLISH = """
import itertools, secrets, sys
names = itertools.count()
secrets.token_hex = lambda length: f"{next(names):0{2 * length}x}"
from idfgraph.__main__ import main
sys.argv = ["idfgraph", "publish", sys.argv[1], "--out", sys.argv[2], "--jobs", "1"]
main()
"""

#: What ships with the package and is read at run time, but for its code.
_SHIPPED = tuple(str(ROOT / name) for name in ("ontology", "shapes", "queries", "data", "src"))


def publishing(data: Path, out: Path) -> Sequence[str]:
    """The command that publishes."""
    return (sys.executable, "-c", _PUBLISH, str(data), str(out))


def readings(command: Sequence[str], under: Path, log: Path, temporary: Path) -> list[Step]:
    """The calls of a command, which must end well, that read what is under a folder, or ships with
    the package.
    """
    strace = [*QUICK_STRACE, "-y", "-s", "4", "-o", str(log)]
    strace += ["-e", f"trace={','.join(READING)}"]
    _run([*strace, *command], temporary).check_returncode()
    return list(_steps(log.read_text("utf-8", "replace"), (str(under), *_SHIPPED)))


def struck(
    command: Sequence[str], step: Step, temporary: Path, error: str = "EIO"
) -> "subprocess.CompletedProcess[str]":
    """The command, of which one call fails."""
    fault = f"inject={step.call}:error={error}:when={step.number}"
    strace = [*QUICK_STRACE, "-o", "/dev/null", "-P", step.aim]
    return _run([*strace, "-e", f"trace={step.call}", "-e", fault, *command], temporary)


def _run(command: Sequence[str], temporary: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command,
        check=False,
        env=environment(PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1", TMPDIR=str(temporary)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


def _steps(log: str, under: tuple[str, ...]) -> Iterator[Step]:
    seen: Counter[tuple[str, str]] = Counter()
    for found in filter(None, map(CALL_LINE.match, joined(log))):
        call, arguments, result = found.groups()
        quoted = (one or two for one, two in CALL_PATH.findall(arguments))
        path = next((path for path in quoted if path.startswith("/")), "")
        seen[call, path] += 1
        if path.startswith(under) and result != "-1" and not _is_code(path, arguments):
            yield Step(call, (path,), seen[call, path])


def _is_code(path: str, arguments: str) -> bool:
    """Whether a call is one by which Python finds our code, or what writes a file."""
    ours = str(ROOT / "src")
    code = path.startswith(ours) and (path.endswith((".py", ".pyc", "__pycache__")) or _bare(path))
    return code or "O_CREAT" in arguments or "O_WRONLY" in arguments


def _bare(path: str) -> bool:
    return "." not in Path(path).name
