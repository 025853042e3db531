"""The same input gives the same bytes, whatever the hash seed, clock, language, file order and
process count.
"""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idfgraph.graph.lines import sort as sorting
from idfgraph.graph.lines.sort import Spool
from idfgraph.model.layout import SUMS

ROOT = Path(__file__).parents[2]
BUILDS = 10 if os.environ.get("IDFGRAPH_FULL") == "1" else 3
ZONES = ["Pacific/Kiritimati", "America/Los_Angeles", "UTC"]
LANGUAGES = ["C", "fr_FR.UTF-8", "tr_TR.UTF-8"]
BUILD = """
import datetime, sys, time
from pathlib import Path

days = float(sys.argv[4]) * 86_400  # how far the clock is off
class Moment(datetime.datetime):
    now = classmethod(lambda cls, tz=None: cls.fromtimestamp(true() + days, tz))
class Day(datetime.date):
    today = classmethod(lambda cls: cls.fromtimestamp(true() + days))
true, time.time = time.time, lambda: true() + days
datetime.datetime, datetime.date = Moment, Day

from idfgraph import publish
from idfgraph.checks import check
from idfgraph.release import make
if __name__ == "__main__":
    assert check._CHUNK and make._CHUNK
    check._CHUNK, make._CHUNK = int(sys.argv[3]), 20 * int(sys.argv[3])
    publish([Path(name) for name in sys.argv[5:]], Path(sys.argv[1]), jobs=int(sys.argv[2]))
"""


def shuffled(folder: Path, chance: random.Random) -> list[str]:
    """The pages and records of the data folder under other names, times and in another order."""
    folder.mkdir()
    paths = [*(ROOT / "data" / "pages").glob("*.txt"), *(ROOT / "data" / "records").glob("*.yaml")]
    copies = [
        shutil.copy(path, folder / f"{chance.getrandbits(64):x}{path.suffix}") for path in paths
    ]
    for copy in copies:
        os.utime(copy, (0, chance.randrange(2**31)))
    chance.shuffle(copies)
    return list(map(str, copies))


@pytest.mark.parametrize("number", range(BUILDS))
def test_builds_are_the_same(published: Path, tmp_path: Path, number: int) -> None:
    chance, jobs, out = random.Random(number), number % 3 + 1, tmp_path / "public"
    environment = {
        **os.environ,
        "PYTHONHASHSEED": str(chance.randrange(2**32)),
        "TZ": ZONES[number % 3],
        "LC_ALL": LANGUAGES[number % 3],
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
    }
    environment.pop("SOURCE_DATE_EPOCH", None)
    arguments = [
        str(out),
        str(jobs),
        str(chance.randint(1, 4)),
        str(chance.randint(-9_000, 9_000)),
        *shuffled(tmp_path / "data", chance),
    ]
    (tmp_path / "build.py").write_text(BUILD)
    subprocess.run(
        [sys.executable, tmp_path / "build.py", *arguments],
        check=True,
        timeout=300,
        env=environment,
    )
    assert (out / SUMS).read_bytes() == (published / SUMS).read_bytes()


LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=5)


@given(st.lists(st.lists(LINES.map("{}\n".format), max_size=4)), st.integers(1, 5))
def test_a_spool_gives_sorted_lines_once(batches: list[list[str]], run: int) -> None:
    with pytest.MonkeyPatch.context() as patch, Spool() as spool:
        patch.setattr(sorting, "_HELD", 50 * run)
        patch.setattr(sorting, "_RUNS", 2)
        for batch in batches:
            spool.add(batch)
        found = list(spool.sorted())
    assert found == sorted({line for batch in batches for line in batch}, key=str.encode)
