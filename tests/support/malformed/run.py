"""Gives each malformed input to its reader, in limits, and tells what came of it as JSON; run by
test_malformed.py.

Usage: python run.py FOLDER
"""

import contextlib
import faulthandler
import importlib
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from idfgraph.model.errors import IdfgraphError
from support.malformed import CASES
from support.malformed.readers import READERS

#: Seconds of processor time that an input may take, seconds after which it is taken to hang, bytes.
DEADLINE, HANGS, MEMORY = 5, 30, 512 * 1024 * 1024


def limit_memory() -> None:
    """Nothing beyond the limit is given to this process, where the system has such limits."""
    with contextlib.suppress(ImportError):
        resource: Any = importlib.import_module("resource")
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def outcomes(folder: Path) -> Iterator[dict[str, object]]:
    """What came of each input; one that takes too long ends the process, with where it was."""
    for reader, case in CASES:
        path = folder / READERS[reader].file
        path.write_bytes(case.content())
        sys.stderr.write(f"{reader}: {case.name}\n")
        sys.stderr.flush()
        faulthandler.dump_traceback_later(HANGS, exit=True)
        started = time.process_time()
        try:
            READERS[reader].read(path)
            yield {"error": "", "message": "", "place": []}
        except IdfgraphError as error:
            yield {
                "error": type(error).__name__,
                "message": error.message,
                "place": error.place[:4],
                "hint": error.hint,
            }
        except (
            ArithmeticError,
            AttributeError,
            LookupError,
            MemoryError,
            RuntimeError,
            TypeError,
            ValueError,
        ) as error:
            yield {"error": type(error).__name__, "message": str(error)[:300], "place": []}
        finally:
            faulthandler.cancel_dump_traceback_later()
        if time.process_time() - started > DEADLINE:
            raise SystemExit(f"{reader}: {case.name} took more than {DEADLINE} s")


if __name__ == "__main__":
    limit_memory()
    json.dump(list(outcomes(Path(sys.argv[1]))), sys.stdout)
