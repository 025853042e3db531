"""Whatever the readers are given: a record, or an error with its place, within 5 s and 512 MiB."""

import os
import subprocess
import sys
from pathlib import Path

COUNT = 20_000 if os.environ.get("IDFGRAPH_FULL") else 500
LIMITED = """
import sys, runpy
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (512 * 1024 * 1024,) * 2)
except ImportError:
    pass
sys.argv = sys.argv[1:]
sys.path.insert(0, sys.argv[0].rpartition("/support/")[0])
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def test_mutated_inputs_are_read_or_refused(tmp_path: Path) -> None:
    script = (Path(__file__).parents[1] / "support" / "survival.py").as_posix()
    command = [sys.executable, "-c", LIMITED, script, str(COUNT), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, done.stderr[-2_000:]
    read, refused = map(int, done.stdout.split())
    assert read + refused == COUNT
    assert min(read, refused) > COUNT // 10, "both ends are met"
