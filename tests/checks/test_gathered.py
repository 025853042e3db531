"""Findings come in the order of a report, each once, and many take no more memory than few."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from idfgraph.checks import gathered as module
from idfgraph.checks.gathered import Gathered, results_of
from idfgraph.model.errors import Place
from idfgraph.model.findings import Finding, Result, rank
from idfgraph.model.vocab import SEVERITIES
from idfgraph.system import cupboard

FULL = os.environ.get("IDFGRAPH_FULL") == "1"

TEXTS = some.sampled_from(["", "a", "a#b", "a!", "ab", "é", "\U0001f600", "\uffff"])
PLACES = some.builds(
    Place, TEXTS, some.integers(0, 12), some.integers(0, 1), TEXTS, some.integers(0, 1)
)
RESULTS = some.builds(
    Result,
    *(some.sampled_from(SEVERITIES), TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS),
    some.just({"en": "A name"}),
    some.dictionaries(some.sampled_from(["en", "fr"]), TEXTS),
)
FINDINGS = some.builds(Finding, RESULTS, PLACES, some.lists(PLACES, max_size=1).map(tuple))


def ordered(findings: Sequence[Finding]) -> list[Finding]:
    """The findings, the first of those that are the same, as a report has them."""
    found: dict[object, Finding] = {}
    for one in findings:
        found.setdefault((rank(one.result), one.place, one.also), one)
    return sorted(found.values(), key=lambda one: (rank(one.result), one.place))


@pytest.fixture(params=[1, 1_000], ids=["on disk", "in memory"], scope="module")
def held(request: pytest.FixtureRequest) -> Iterator[None]:
    """How many findings are held."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cupboard, "_HELD", request.param)
        patched.setattr(module, "_FEW", request.param)
        yield


@pytest.mark.usefixtures("held")
@given(
    some.lists(
        FINDINGS | some.just(Finding(Result("Info", "", "", "", "", "", "", {}, {}), Place()))
    )
)
def test_findings_are_told_once_in_the_order_of_a_report(findings: list[Finding]) -> None:
    gathered = Gathered()
    gathered.take(findings)
    told, known = gathered.told(), ordered(findings)
    assert list(told) == known
    assert (len(told), list(told[1:]), told[-1:]) == (len(known), known[1:], tuple(known[-1:]))
    results = results_of(told)
    assert [*results] == [one.result for one in known]
    assert [results[number] for number in range(len(results))] == [one.result for one in known]


#: Numbers of findings, and of records, and how many megabytes more many may take than few.
FINDINGS_HELD, RECORDS, MOST = (2_000, 20_000), (1_000, 10_000), 15

#: Gathers findings, and where each stands; tells how many megabytes that took at most.
GATHER = """
import sys
from pathlib import Path
from idfgraph.checks.gathered import Gathered
from idfgraph.model.errors import Place
from idfgraph.model.findings import Finding, Result
from idfgraph.system.cupboard import Cupboard

gathered, places = Gathered(), Cupboard()
for number in range(int(sys.argv[2])):
    name = f"https://example.org/id/project/A{number:06}"
    said = {language: f"{name} is said to be {number}: {language}" for language in ("en", "fr")}
    places[name] = Place("records.jsonl", number)
    result = Result("Info", "x:s", name, "", name, "", "", said, said)
    gathered.take([Finding(result, places[name])])
findings = gathered.told()
assert sum(1 for _ in findings) == len(findings) == len(places)
"""

#: Checks records that all have doubts, and tells the same.
CHECK = """
import sys
from pathlib import Path
import msgspec
import idfgraph
from idfgraph.checks.check import check

record = msgspec.json.encode(next(one for one in idfgraph.read("data") if one.id == "V47-805"))
file = Path(sys.argv[1], "records.jsonl")
with file.open("wb") as written:
    for number in range(int(sys.argv[2])):
        written.write(record.replace(b"V47-805", b"A%02d-%03d" % divmod(number, 1_000)) + b"\\n")
done = check([file], jobs=1)
assert sum(1 for _ in done.findings) == len(done.findings) >= done.records == int(sys.argv[2])
"""

TOLD = """
print(int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) >> 10)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what was taken at most")
@pytest.mark.parametrize(
    ("script", "sizes"), [(GATHER, FINDINGS_HELD), *([(CHECK, RECORDS)] if FULL else [])]
)
def test_many_findings_take_no_more_memory(
    tmp_path: Path, script: str, sizes: tuple[int, int]
) -> None:
    few, many = (
        int(
            subprocess.run(
                [sys.executable, "-c", script + TOLD, tmp_path, str(size)],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )
        for size in sizes
    )
    assert many < few + MOST
