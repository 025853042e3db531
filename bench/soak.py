"""A server for an hour under a light load: its memory and open files, a line a minute.

    python bench/soak.py                      60 minutes, 1,000 projects
    python bench/soak.py --minutes 5 100      other ones

Eight clients ask a question each and wait a little before the next: in one minute the shipped
questions again and again, in the next each a new one, and in every tenth a hostile client is with
them. Memory (PSS) and open files are those of all processes of the server, as Linux tells.
"""

import argparse
import asyncio
import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from load import Load, loaded
from measuring import print_table
from servers import Running, ours, release

COLUMNS = ("minute", "load", "q/s", "p50 ms", "p99 ms", "errors", "MB", "files", "processes")

#: Clients, and the seconds that each waits between two questions.
_CLIENTS, _PAUSE = 8, 0.07


def main() -> None:
    """Soaks a server."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("projects", type=int, nargs="?", default=1_000)
    parser.add_argument("--minutes", type=int, default=60)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        public = release(Path(folder), asked.projects)
        with ours(public, Path(folder)) as running:
            print_table(COLUMNS, _lines(running, asked.minutes))


def _lines(running: Running, minutes: int) -> Iterator[Sequence[object]]:
    for minute in range(1, minutes + 1):
        hostile, fresh = int(minute % 10 == 0), minute % 2 == 0
        load = Load(running.endpoint, 60.0, _CLIENTS, hostile, fresh, _PAUSE)
        found = asyncio.run(loaded(load))
        yield (
            *(minute, load.name, f"{len(found.took) / load.seconds:.0f}"),
            *(f"{found.milliseconds(part):.1f}" for part in (0.5, 0.99)),
            *(found.errors, *_held(running.process.pid)),
        )


def _held(process: int) -> tuple[int, int, int]:
    """The megabytes, open files and processes of a process and all that it started."""
    kilobytes = files = processes = 0
    for number in _with_children(process):
        with contextlib.suppress(OSError):
            folder = Path(f"/proc/{number}")
            text = (folder / "smaps_rollup").read_text("ascii")
            kilobytes += int(text.partition("\nPss:")[2].split()[0])
            files += len(list((folder / "fd").iterdir()))
            processes += 1
    return kilobytes // 1024, files, processes


def _with_children(process: int) -> Iterator[int]:
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in task.read_text("ascii").split():
                yield from _with_children(int(child))


if __name__ == "__main__":
    main()
