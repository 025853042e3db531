"""What is refused costs as much as it is long: twice as many lines, twice the work."""

import os
import subprocess
import sys
from itertools import pairwise

import pytest
from support.command import ROOT

#: Lines, of which more findings come than are held in memory; each step is twice the one before.
SIZES = (600, 1_200, 2_400)


@pytest.mark.skipif(not os.environ.get("IDFGRAPH_FULL"), reason="takes long: .ci/long attacks")
def test_work_is_linear_in_refused_lines() -> None:
    """Calls and bytes are counted, not seconds; what does not depend on the lines cancels out."""
    command = [sys.executable, str(ROOT / "bench" / "refused.py"), *map(str, SIZES)]
    done = subprocess.run(command, capture_output=True, check=True, text=True, timeout=300)
    rows = [list(map(float, line.split("\t"))) for line in done.stdout.splitlines()[1:]]
    assert [row[0] for row in rows] == list(SIZES)
    for column in (1, 2):
        more = [after[column] - before[column] for before, after in pairwise(rows)]
        for before, after in pairwise(more):
            assert after <= 2.3 * before, rows
