"""The W3C SHACL test suite: which tests each engine misses, exactly; docs/engines.md says what that
means.
"""

import logging
import os
import subprocess
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest
from support.shacl_suite import MISSES, SUITE, cases, missed

from idfgraph.checks.shacl.engines import ENGINES

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.skipif(
        not SUITE.is_dir(), reason="needs the folder ../shared with the W3C SHACL test suite"
    ),
    pytest.mark.skipif(
        not os.environ.get("CI") and not all(find_spec(known.module) for known in ENGINES.values()),
        reason="needs all engines: pip install idfgraph[test]",
    ),
    pytest.mark.filterwarnings("ignore"),
]


def test_the_whole_suite_is_collected() -> None:
    assert Counter(case.part for case in cases()) == {"core": 98, "sparql": 23}


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_misses_what_is_listed(engine: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, logger="rdflib.term")
    found = {f"{part}/{name}" for part, names in missed(engine).items() for name in names}
    assert found == MISSES[engine].keys()


def test_the_page_is_as_built() -> None:
    command = [sys.executable, "-W", "ignore", str(ROOT / "tools" / "build_engines_page.py")]
    built = subprocess.run(command, check=True, capture_output=True, timeout=120).stdout
    assert built.decode() == (ROOT / "docs" / "engines.md").read_text("utf-8")
