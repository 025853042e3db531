"""Fuzzes readers one after the other and prints what came of it; exit 1 when there is a finding.

Usage: python fuzz/run.py SECONDS [READER]...
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

from support.malformed.readers import READERS  # noqa: E402
from support.survival import PIECES  # noqa: E402

#: The readers that are fuzzed; `addresses` and `overrides` are read as `dataset` is, into other
#: forms.
FUZZED = ("yaml", "json_lines", "page", "html", "reference", "dataset")

#: What these readers know, or could take for their own; it joins the short pieces that break
#: readers.
WORDS = (
    *(
        b"[...]",
        b"\n  ",
        b"\n- ",
        b": ",
        b'":{"',
        b'"]',
        b"sources",
        b"values",
        b"property",
        b"span",
        b"decisions",
    ),
    *(
        "Année\n".encode(),
        b"Projet ID\nPX.0220\n",
        b"-\n",
        b"- 2030 AGENDA\n",
        b"Start Date: ",
        b"Europe\n",
    ),
    *(
        b"<main>",
        b"<dl><dt>",
        b"<dd>",
        b"<table><tr><td>",
        b"<aside>",
        b"<h1>",
        b" class=a__label",
        b" hidden",
    ),
)

FINDINGS = HERE / "findings"
LIMITS = ("-timeout=5", "-rss_limit_mb=512", "-max_len=65536", "-print_final_stats=1")
STATISTICS = ("number_of_executed_units", "average_exec_per_sec", "peak_rss_mb")
HEAD = (
    f"{'reader':<12}{'executions':>12}{'per second':>12}"
    f"{'features':>10}{'peak MB':>9}{'findings':>10}"
)


def main(seconds: int, *names: str) -> int:
    """Fuzzes each reader named, or all, for so many seconds; tells how many findings there are."""
    sys.stdout.write(f"{HEAD}\n")
    found = 0
    for name in names or FUZZED:
        with TemporaryDirectory() as folder:
            log = _fuzzed(name, seconds, Path(folder))
        findings = sorted((FINDINGS / name).iterdir())
        sys.stdout.write(f"{_row(name, log)}{len(findings):>10}\n")
        sys.stdout.writelines(f"  {finding.relative_to(HERE.parent)}\n" for finding in findings)
        sys.stdout.write(re.sub("(?m)^(#|INFO).*\n", "", log)[-3_000:] if findings else "")
        sys.stdout.flush()
        found += len(findings)
    return found


def _fuzzed(name: str, seconds: int, folder: Path) -> str:
    """What libFuzzer says of a reader; the inputs that it found are among the findings."""
    for part in (FINDINGS / name, folder / "seeds", folder / "new"):
        part.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(READERS[name].seeds()):
        (folder / "seeds" / str(number)).write_bytes(seed)
    (folder / "words").write_text("\n".join(_words()), "ascii")
    options = [
        f"-max_total_time={seconds}",
        f"-dict={folder}/words",
        f"-artifact_prefix={FINDINGS / name}/",
        *LIMITS,
    ]
    command: list[str | Path] = [
        sys.executable,
        HERE / "target.py",
        name,
        folder,
        *options,
        folder / "new",
        folder / "seeds",
    ]
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=seconds + 300,
    )
    log = done.stdout.decode(errors="replace")
    if done.returncode and not any((FINDINGS / name).iterdir()):
        raise SystemExit(f"{name} cannot be fuzzed:\n{log[-3_000:]}")
    return log


def _words() -> Iterator[str]:
    """The words and the short pieces, as libFuzzer's dictionary has them."""
    for piece in (*WORDS, *PIECES):
        if len(piece) < 64:
            yield '"' + "".join(f"\\x{byte:02x}" for byte in piece) + '"'


def _row(name: str, log: str) -> str:
    units, speed, peak = (_last(f"stat::{key}:", log) for key in STATISTICS)
    return f"{name:<12}{units:>12}{speed:>12}{_last('ft:', log):>10}{peak:>9}"


def _last(key: str, log: str) -> int:
    """The last number that stands after a key."""
    return int([0, *re.findall(rf"{key}\s+(\d+)", log)][-1])


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), *sys.argv[2:]) > 0)
