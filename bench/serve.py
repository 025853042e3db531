"""A server under load, beside `oxigraph serve-read-only` in the same run, as tab-separated lines.

    python bench/serve.py                 100, 1,000 and 10,000 projects
    python bench/serve.py 100             other numbers of projects

Shipped questions, the same again and again and each a new one, alone and beside clients that want
to stop the server: answers in a second, milliseconds of the half and of all but a hundredth part,
errors of ordinary clients, statuses that hostile ones got (0: no answer). README.md says more.
"""

import argparse
import asyncio
import itertools
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from load import Load, loaded
from measuring import print_table
from servers import ours, oxigraph, release

COLUMNS = ("projects", "server", "load", "q/s", "p50 ms", "p99 ms", "errors", "hostile", "alive")


def main() -> None:
    """Measures each size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("projects", type=int, nargs="*", default=[100, 1_000, 10_000])
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--hostile", type=int, default=4)
    print_table(COLUMNS, _lines(parser.parse_args()))


def _lines(asked: argparse.Namespace) -> Iterator[Sequence[object]]:
    for projects in asked.projects:
        with tempfile.TemporaryDirectory() as folder:
            public = release(Path(folder), projects)
            for start in (ours, oxigraph):
                for fresh, hostile in itertools.product((False, True), (0, asked.hostile)):
                    with start(public, Path(folder)) as running:
                        load = Load(running.endpoint, asked.seconds, asked.clients, hostile, fresh)
                        found = asyncio.run(loaded(load))
                        alive = "yes" if running.process.poll() is None else "no"
                    yield (
                        *(projects, running.name, load.name),
                        f"{len(found.took) / asked.seconds:.0f}",
                        *(f"{found.milliseconds(part):.1f}" for part in (0.5, 0.99)),
                        found.errors,
                        " ".join(f"{k}:{v}" for k, v in sorted(found.hostile.items())),
                        alive,
                    )


if __name__ == "__main__":
    main()
