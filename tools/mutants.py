"""Plant small faults in a copy of the program, one at a time, and see whether tests notice.

    python tools/mutants.py                   100 mutants of model, graph, checks and release
    python tools/mutants.py 20 --seed 7       20 others
    python tools/mutants.py --list            what would be planted, without running anything
    python tools/mutants.py --only 12,40      two of the 100 again

Prints a line for each: killed, or survived and where. The exit code is 1 when fewer than 90 % are
killed. The same seed plants the same faults in the same code. The checkout is never touched.

Neither mutmut, which writes all mutants of a file into one module and takes no seeded sample, nor
cosmic-ray, which wants a configuration and a data base for each run: what is wanted here is a
sample, with the tests of a wing, and nothing to install.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
PACKAGE = "src/idfgraph"
WINGS = ("model", "graph", "checks", "release")
AIM = 0.9
#: How many seconds tests may take when no fault is planted.
UNHURT = 1200.0

#: Where tests of a file or room stand; the first line that fits counts. Its own doctests run first.
TESTS = {
    "model/text": "tests/model tests/checks/test_report.py tests/curation/test_compare.py"
    " tests/release/test_diff.py tests/exports/test_tables.py tests/exports/test_pages.py",
    "model/visible": "tests/checks/test_report.py tests/curation/test_compare.py"
    " tests/exports/test_pages.py",
    "model/finding": "tests/model/test_findings.py tests/checks/test_report.py"
    " tests/checks/test_constraints.py",
    "model/layout": "tests/release/test_publish.py tests/exports/test_describe.py tests/query",
    "model/formats": "tests/release/test_publish.py tests/exports/test_describe.py tests/query"
    " tests/cli/test_cli.py",
    "model/names": "tests/graph/test_names.py tests/sources/test_layouts.py"
    " tests/sources/test_sources.py",
    "model": "tests/model tests/sources/test_sources.py tests/graph/test_resolve.py"
    " tests/graph/test_mapping.py tests/sources/test_schema.py tests/release/test_publish.py"
    " tests/cli/test_cli.py",
    "graph/lines": "tests/graph/test_mapping.py tests/release/test_publish.py"
    " tests/exports/test_pages.py",
    "graph/mapping": "tests/graph/test_mapping.py",
    "graph/resolve/names": "tests/graph/test_names.py tests/graph/test_gazetteer.py"
    " tests/graph/test_resolve.py",
    "graph/resolve": "tests/graph/test_resolve.py tests/graph/test_evidence.py"
    " tests/graph/test_names.py"
    " tests/graph/test_reference.py tests/sources/test_joining.py"
    " tests/checks/test_constraints.py tests/release/test_quarantine.py"
    " tests/curation/test_review.py",
    "graph": "tests/graph/test_resolve.py tests/graph/test_reference.py tests/test_base.py"
    " tests/curation/test_start.py",
    "checks/report": "tests/checks/test_report.py tests/checks/test_constraints.py"
    " tests/cli/test_ci.py",
    "checks/rules": "tests/curation/test_explain.py tests/checks/test_constraints.py",
    "checks": "tests/checks/test_check.py tests/checks/test_shapes.py"
    " tests/checks/test_constraints.py tests/checks/test_report.py tests/sources/test_places.py"
    " tests/curation/test_explain.py"
    " tests/release/test_quarantine.py tests/checks/test_engines.py",
    "release/difference": "tests/release/test_diff.py",
    "release": "tests/release/test_releases.py tests/release/test_quarantine.py"
    " tests/release/test_publish.py",
}

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
}
CALLS = {"any": "all", "all": "any", "min": "max", "max": "min", "sorted": "list"}


@dataclass(frozen=True, order=True)
class Mutant:
    """A stretch of a file's text and what takes its place."""

    file: str
    line: int
    start: int
    end: int
    before: str
    after: str

    def __str__(self) -> str:
        shown = (" ".join(text.split()) for text in (self.before, self.after))
        return f"{self.file}:{self.line}  {'  ->  '.join(text[:60] for text in shown)}"

    def text(self, original: str) -> str:
        """The file's text with the fault."""
        return original[: self.start] + self.after + original[self.end :]


def mutants(file: str, text: str) -> Iterator[Mutant]:
    """Every fault that can be planted in a file."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    lines = text.splitlines(keepends=True)

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    for node, after in _changes(ast.parse(text)):
        start = offset(node.lineno, node.col_offset)
        end = offset(node.end_lineno or 0, node.end_col_offset or 0)
        yield Mutant(file, node.lineno, start, end, text[start:end], after)


def _changes(tree: ast.Module) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Nodes, and the text that is put in the place of each."""
    for node in _running(tree):
        if isinstance(node, ast.expr):
            for changed in _expressions(node):
                yield node, f"({changed})"
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield node, "pass"
        elif isinstance(node, ast.Return) and node.value and not _empty(node.value):
            yield node, "return None"
        elif isinstance(node, ast.Continue):
            yield node, "break"


def _expressions(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Compare(ops=[operator, *_]):
            other = COMPARISONS[type(operator)]()
            yield ast.unparse(ast.Compare(node.left, [other, *node.ops[1:]], node.comparators))
        case ast.BoolOp(op=both):
            turned = ast.Or() if isinstance(both, ast.And) else ast.And()
            yield ast.unparse(ast.BoolOp(turned, node.values))
        case ast.UnaryOp(op=ast.Not()):
            yield ast.unparse(node.operand)
        case ast.IfExp():
            yield ast.unparse(ast.IfExp(node.test, node.orelse, node.body))
        case ast.BinOp(op=operator) if type(operator) in ARITHMETIC and not _text(node):
            yield ast.unparse(ast.BinOp(node.left, ARITHMETIC[type(operator)](), node.right))
        case ast.Constant(value=bool() as value):
            yield str(not value)
        case ast.Constant(value=int() as value):
            yield str(value + 1)
        case ast.Subscript(slice=ast.Constant(value=str() as key)):
            yield ast.unparse(ast.Subscript(node.value, ast.Constant(f"{key}_"), node.ctx))
        case ast.Call(func=ast.Name(id=name)) if name in CALLS:
            same = ast.Call(
                ast.Name(CALLS[name]), node.args, [] if name == "sorted" else node.keywords
            )
            yield ast.unparse(same)


def _empty(node: ast.expr) -> bool:
    """Whether a value is one that None stands for as well."""
    return ast.unparse(node) in {"None", "False", "0", "()", "[]", "{}", "''"}


def _text(node: ast.BinOp) -> bool:
    """Whether an operand is a text, where a minus would only be an error of its type."""
    return any(
        isinstance(side, ast.JoinedStr)
        or (isinstance(side, ast.Constant) and isinstance(side.value, str | bytes))
        for side in (node.left, node.right)
    )


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of what runs: without docstrings, types, decorators, imports and f-string parts."""
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "type_params", "bases"}:
            continue
        if isinstance(node, ast.ClassDef) and name == "keywords":
            continue  # frozen, forbid_unknown_fields
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or _silent(child):
                continue
            yield child
            if not isinstance(child, ast.JoinedStr):
                yield from _running(child)


def _silent(node: ast.AST) -> bool:
    """Whether a node runs nothing that a test could see."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Import() | ast.ImportFrom():
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
    return False


def sample(number: int, seed: int) -> list[Mutant]:
    """So many faults of all that can be planted, in the order of files."""
    every = [
        mutant
        for wing in WINGS
        for path in sorted((ROOT / PACKAGE / wing).rglob("*.py"))
        for mutant in mutants(path.relative_to(ROOT / PACKAGE).as_posix(), path.read_text("utf-8"))
    ]
    return sorted(random.Random(seed).sample(every, min(number, len(every))))  # noqa: S311


def tests_of(file: str) -> list[str]:
    """The tests that should see a fault in a file, its own doctests first."""
    line = next(words for start, words in TESTS.items() if file.startswith(start))
    return [f"{PACKAGE}/{file}", *line.split()]


class Desk:
    """A copy of the checkout to plant faults in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "desk"
        listed = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
        names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        for name in filter(None, names.split("\0")):
            if (ROOT / name).is_file():
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.folder / name)
        (self.folder / "tmp").mkdir()

    def passes(self, tests: Sequence[str], seconds: float) -> bool:
        """Whether tests pass on the copy as it is, in time."""
        command = [
            *(sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"),
            *(f"--basetemp={self.folder / 'tmp' / 'pytest'}", "--hypothesis-seed=0"),
            *tests,
        ]
        more = {"PYTHONPATH": str(self.folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        with subprocess.Popen(
            command,
            cwd=self.folder,
            env=os.environ | more,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as running:
            try:
                running.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, 9)
                return False
        return running.returncode in {0, 5}

    def notices(self, mutant: Mutant, seconds: float) -> tuple[bool, float]:
        """Whether a fault is noticed, and after how many seconds."""
        path = self.folder / PACKAGE / mutant.file
        original = path.read_text("utf-8")
        path.write_text(mutant.text(original), "utf-8")
        begin = time.monotonic()
        try:
            passed = self.passes(tests_of(mutant.file), seconds)
            return not passed, time.monotonic() - begin
        finally:
            path.write_text(original, "utf-8")


def run(chosen: Sequence[tuple[int, Mutant]], jobs: int) -> int:
    """Tries each mutant and prints what became of it; how many were killed."""
    desks: SimpleQueue[Desk] = SimpleQueue()

    def killed_by_tests(one: tuple[int, Mutant]) -> bool:
        desk = desks.get()
        killed, took = desk.notices(one[1], limits[_shared(one[1].file)])
        desks.put(desk)
        word = "killed  " if killed else "SURVIVED"
        print(f"{one[0]:>4} {word} {took:5.1f} s  {one[1]}", flush=True)
        return killed

    with TemporaryDirectory(prefix="mutants-") as folder, ThreadPoolExecutor(jobs) as pool:
        for number in range(jobs):
            desks.put(Desk(Path(folder) / str(number)))
        limits = dict(_limits(desks, {_shared(mutant.file) for _, mutant in chosen}, pool))
        return sum(pool.map(killed_by_tests, chosen))


def _shared(file: str) -> tuple[str, ...]:
    """The tests of a file that others share: all but its doctests."""
    return tuple(tests_of(file)[1:])


def _limits(
    desks: "SimpleQueue[Desk]", used: Iterable[tuple[str, ...]], pool: ThreadPoolExecutor
) -> Iterator[tuple[tuple[str, ...], float]]:
    """How many seconds tests may take: three times what they take without a fault, and some more.

    Stops unless they pass.
    """

    def seconds(tests: Sequence[str]) -> float:
        desk, begin = desks.get(), time.monotonic()
        passed = desk.passes(tests, UNHURT)
        desks.put(desk)
        return time.monotonic() - begin if passed else 0.0

    every = sorted(used)
    for tests, took in zip(every, pool.map(seconds, every), strict=True):
        if not took:
            sys.exit(f"without a fault, these do not pass: {' '.join(tests)}")
        print(f"     sound    {took:5.1f} s  {' '.join(tests)}", flush=True)
        yield tests, 3 * took + 30


def main() -> int:
    """Reads the command line, runs, and tells the share."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("number", type=int, nargs="?", default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list", action="store_true", help="print the sample, and stop")
    parser.add_argument("--only", help="numbers of the sample, with commas")
    given = parser.parse_args()
    chosen = list(enumerate(sample(given.number, given.seed), 1))
    if given.only:
        wanted = {int(number) for number in given.only.split(",")}
        chosen = [one for one in chosen if one[0] in wanted]
    if given.list:
        sys.stdout.writelines(f"{number:>4} {mutant}\n" for number, mutant in chosen)
        return 0
    killed = run(chosen, given.jobs)
    print(f"{killed} of {len(chosen)} killed")
    return int(killed < AIM * len(chosen))


if __name__ == "__main__":
    sys.exit(main())
