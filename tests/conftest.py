"""What tests share: the release that the repository's own data gives; in CI nothing is skipped."""

import os
import signal
from collections.abc import Generator, Iterator
from pathlib import Path
from zlib import crc32

import pytest
from support.desk import Desk, asked

from idfgraph.pipeline import publish

ROOT = Path(__file__).parents[1]

#: Reasons that hold in CI as well: what stands outside of a checkout, is for full size only, or is
#: about the user.
ELSEWHERE = (
    "../shared",
    ".ci/long attacks",
    "npm ci --prefix tests/data/clients",
    "this user may read everything",
)


#: Signals that tests send to what they start, which a run in the background ignores and hands down.
SENT = ("SIGINT", "SIGQUIT", "SIGHUP")


def pytest_configure() -> None:
    """What tests start begins with the signals as a terminal gives them."""
    for number in (getattr(signal, name) for name in SENT if hasattr(signal, name)):
        if signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


#: Of the cases of a test, one in so many is run where not all are asked for: from another one on in
#: each test, so that of two layouts or keys each has its tests.
STEP = 20


def _mark_fast(items: list[pytest.Item]) -> None:
    """Marks the tests that are quick: all of the files that `fast.txt` names."""
    fast = {ROOT / line for line in (ROOT / "tests" / "fast.txt").read_text("utf-8").split()}
    for item in items:
        if item.path in fast:
            item.add_marker("fast")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The gate has twenty minutes: all cases are run with IDFGRAPH_ALL=1, as `.ci/long tests` does,
    and of files that are named one by one.
    """
    _mark_fast(items)
    if os.environ.get("IDFGRAPH_ALL") or os.environ.get("IDFGRAPH_FULL"):
        return
    if any(".py" in argument for argument in config.args):
        return
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    left = {
        id(item)
        for name, own in cases.items()
        for number, item in enumerate(own, -(crc32(name.encode()) % min(len(own), STEP)))
        if number % STEP and len(own) > 1
    }
    config.hook.pytest_deselected(items=[item for item in items if id(item) in left])
    items[:] = [item for item in items if id(item) not in left]


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the data folder."""
    out = tmp_path_factory.mktemp("release") / "public"
    publish([ROOT / "data"], out)
    return out


@pytest.fixture(scope="module")
def desk(published: Path) -> Iterator[Desk]:
    """A server of that release."""
    with asked(published) as found:
        yield found


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a test that is skipped because a program is missing fails."""
    report = yield
    if os.environ.get("CI") and report.skipped and isinstance(report.longrepr, tuple):
        reason = report.longrepr[2]
        if not any(words in reason for words in ELSEWHERE):
            report.outcome = "failed"
            report.longrepr = f"not run, but in CI it must be: {reason}"
    return report
