"""Puts a hostile input down, runs its command within limits, and tells what came of it."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from support.command import DATASET, IDFGRAPH, SEED, environment
from support.misbehaving import Misbehaving, says

from .case import Hostile, Odd, made

#: Seconds after which a run is taken to hang.
_HANGS = 60


#: A small process between: what the kernel tells of a child's memory begins with its parent's.
_BETWEEN = (
    sys.executable,
    "-ISc",
    "import os, resource, sys\n"
    "child = os.spawnvp(os.P_WAIT, sys.argv[1], sys.argv[1:])\n"
    "peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss\n"
    "open('peak', 'w').write(str(peak))\n"
    "sys.exit(child if child >= 0 else 128 - child)",
)


class Outcome(NamedTuple):
    """What came of a run: exit code (None: it hung), what was said, and what it took: seconds of
    the processor, bytes.
    """

    code: int | None
    output: bytes
    errors: bytes
    seconds: float
    memory: int


def outcome(case: Hostile, folder: Path, release: Path) -> Outcome:
    """What comes of a case in an empty folder; `release` is one to be copied."""
    _put(case, folder, release)
    with ExitStack() as held:
        args = case.args
        if case.answer is not None:
            scripts = {"/sitemap.xml": says(case.answer, kind="application/xml")}
            site = held.enter_context(Misbehaving(scripts))
            args = tuple(word.format(site=site.url("/sitemap.xml")) for word in args)
        words = [*IDFGRAPH, *args]
        if case.around:
            words = ["sh", "-c", f'"$@" {case.around}', "sh", *words]
        return _limited(words, folder, case)


def _put(case: Hostile, folder: Path, release: Path) -> None:
    """A data folder of one page, one to extract into, a release where one is asked for, and what is
    hostile.
    """
    sound = {"in/dataset.yaml": DATASET.read_bytes(), "in/pages/p.txt": SEED.read_bytes()}
    if case.args[:1] == ("extract",):
        sound["data/dataset.yaml"] = DATASET.read_bytes()
    if case.release:
        shutil.copytree(release, folder / "public")
    contents = {path: made(content) for path, content in case.files.items()}
    for path, data in (sound | contents).items():
        if path not in case.odd:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    for path, odd in case.odd.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        _make(folder / path, odd)


def _make(path: Path, odd: Odd) -> None:
    """What is no regular file."""
    match odd:
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "loop":
            path.symlink_to(path.name)
        case "/dev/zero" | "/dev/full":
            path.symlink_to(odd)


def _limited(words: list[str], folder: Path, case: Hostile) -> Outcome:
    """A process in a group of its own: ended where it hangs, measured with its children."""
    env: Mapping[str, str] = environment(**case.env)
    (folder / "stdin").write_bytes(case.stdin)
    with ExitStack() as held:
        given = held.enter_context((folder / "stdin").open("rb"))
        out, err = (held.enter_context((folder / name).open("wb")) for name in ("out", "err"))
        process = subprocess.Popen(
            [*_BETWEEN, *words],
            cwd=folder,
            env=env,
            stdin=given,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        code, seconds = _ended(process, time.monotonic() + _HANGS)
    peak = folder / "peak"
    memory = int(peak.read_text()) * 1024 if peak.is_file() else 0
    said = [(folder / name).read_bytes() for name in ("out", "err")]
    return Outcome(code, said[0], said[1], seconds, memory)


def _ended(process: "subprocess.Popen[bytes]", deadline: float) -> tuple[int | None, float]:
    """The exit code of a process (none where it had to be killed), and its seconds."""
    killed = False
    while True:
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        if ended:
            process.returncode = os.waitstatus_to_exitcode(status)
            spent = usage.ru_utime + usage.ru_stime
            return None if killed else process.returncode, spent
        if time.monotonic() > deadline and not killed:
            os.killpg(process.pid, 9)
            killed = True
        time.sleep(0.01)
