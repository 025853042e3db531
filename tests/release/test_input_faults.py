"""Whatever reading fails, and whatever changes meanwhile: what is published is what the inputs
were, or nothing is.
"""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store
from support.command import ROOT, run
from support.faults_input import publishing, readings, struck
from support.faults_strace import Step
from support.whole import name_if_whole

from idfgraph import publish

strace = pytest.mark.skipif(
    not shutil.which("strace") and os.environ.get("CI") != "true", reason="strace is not installed"
)

#: How many faults, spread evenly over all calls, and how many publishes while inputs are rewritten.
FAULTS, PUBLISHES = (500, 200) if os.environ.get("IDFGRAPH_FULL") else (3, 2)

#: In how many parts the faults are tried, each with a share of them: as many can run at a time.
PARTS = 10 if os.environ.get("IDFGRAPH_FULL") else 1

#: A publish that meets a change five times over is refused; after so many the test gives up.
MOST_PUBLISHES = PUBLISHES // 2 + 20

SMALL = (
    *("dataset.yaml", "pages/pages.yaml", "pages/000_3cd946cab0f19b2c.txt"),
    *("pages/003_f1304bd47d6398f5.txt", "records/V47-805.yaml"),
    *("reference/overrides.yaml", "reference/region-exceptions.jsonl"),
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A small data folder: a record with its page, a page without, reference data of its own."""
    folder = tmp_path / "data"
    for path in SMALL:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "data" / path, folder / path)
    return folder


def spread(steps: list[Step], data: Path) -> Iterator[Step]:
    """Half of the faults, or as many as there are, on the inputs, the others on all else."""
    inputs = [step for step in steps if step.aim.startswith(str(data))]
    others = [step for step in steps if not step.aim.startswith(str(data))]
    half = min(len(inputs), FAULTS // 2)
    yield from evenly(inputs, half)
    yield from evenly(others, FAULTS - half)


def evenly(steps: list[Step], number: int) -> list[Step]:
    """So many of some steps, each in the middle of its share."""
    share = -(-len(steps) // number)
    return steps[share // 2 :: share]


@strace
@pytest.mark.parametrize("part", range(PARTS))
def test_a_fault_at_any_reading_gives_the_same_release_or_none(
    part: int, data: Path, tmp_path: Path
) -> None:
    out, temporary = tmp_path / "site" / "public", tmp_path / "temporary"
    temporary.mkdir()
    steps = readings(publishing(data, out), tmp_path, tmp_path / "log", temporary)
    new = name_if_whole(out)
    calls = {step.call for step in steps if step.aim.startswith(str(data))}
    assert calls & {"open", "openat"} and "read" in calls and "getdents64" in calls
    assert len(steps) > 500
    codes = []
    for step in list(spread(steps, data))[part::PARTS]:
        shutil.rmtree(out.parent, ignore_errors=True)
        done = struck(publishing(data, out), step, temporary)
        codes.append(done.returncode)
        assert done.returncode in {0, 2}, (step, done)
        assert "Traceback" not in done.stderr, (step, done)
        if done.returncode == 0:
            assert name_if_whole(out) == new, (step, done)
        else:
            assert not out.exists(), (step, done)
            assert len(done.stderr.splitlines()) == 1, (step, done)
    assert 2 in codes


@contextmanager
def rewriting(path: Path, *texts: bytes, renaming: bool) -> Iterator[None]:
    """A file that has these texts in turn as long as the block lasts: it is written anew in place,
    or another takes its place.
    """
    stopped = threading.Event()

    def rewrite() -> None:
        aside = path.with_name(f".{path.name}.aside")
        while not stopped.is_set():
            for text in texts:
                target = aside if renaming else path
                target.write_bytes(text)
                if renaming:
                    aside.replace(path)
                stopped.wait(0.002)

    writer = threading.Thread(target=rewrite)
    writer.start()
    try:
        yield
    finally:
        stopped.set()
        writer.join()
        path.write_bytes(texts[0])


QUOTES = """
PREFIX idf: <https://w3id.org/iom-idf/def#>
SELECT ?page ?text ?start ?end WHERE { GRAPH ?page {
  ?value idf:sourceText ?text ; idf:spanStart ?start ; idf:spanEnd ?end } }
"""


def evidence_faults(release: Path) -> list[str]:
    """The published pages whose text is not that of their digest, and the quotes that are not at
    their span.
    """
    texts = {path.stem[:16]: path.read_bytes() for path in (release / "pages").glob("*.txt")}
    store = Store()
    store.bulk_load(path=release / "data" / "idf.nq")
    faults = [name for name, text in texts.items() if sha256(text).hexdigest()[:16] != name]
    rows = store.query(QUOTES)
    assert isinstance(rows, QuerySolutions)
    for page, text, start, end in rows:
        read = texts[page.value.rpartition("/")[2]].decode()
        if read[int(start.value) : int(end.value)] != text.value:
            faults.append(f"{page} {text}")
    return faults


@pytest.mark.parametrize("renaming", [False, True], ids=["in place", "renamed"])
def test_what_is_rewritten_meanwhile_is_published_as_it_was_read(
    data: Path, tmp_path: Path, renaming: bool
) -> None:
    page = data / "pages" / "003_f1304bd47d6398f5.txt"
    old = page.read_bytes()
    longer = old + b"\nUne phrase de plus.\n" * 2000
    names = data / "reference" / "overrides.yaml"
    changed = names.read_bytes() + b"# a remark\n" * 5000
    published = 0
    with (
        rewriting(page, old, longer, renaming=renaming),
        rewriting(names, names.read_bytes(), changed, renaming=renaming),
    ):
        for number in range(MOST_PUBLISHES):
            out = tmp_path / f"out-{number}"
            done = run("publish", data, "--out", out, cwd=tmp_path)
            assert done.returncode in {0, 2}, done
            if done.returncode == 0:
                name_if_whole(out)
                assert not evidence_faults(out)
                published += 1
            if published and number + 1 >= PUBLISHES // 2:
                break
    assert published
    assert publish([data], tmp_path / "quiet").records == 2
