"""Asks a pip-audit for known faults of what is locked: `python tools/audit.py PIP-AUDIT`.

Where no advisories can be reached, pip-audit says that none are known, and ends well. So it is
first asked for a version that has some: unless it tells them, nothing was audited, and exit code 3
says so.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from locks import BUILD, DEVELOPMENT, RUN_TIME

ROOT = Path(__file__).parents[1]
QUIETLY = ("--disable-pip", "--progress-spinner", "off", "--strict")

#: A version with faults that every list of advisories has had for years.
FAULTY = "jinja2==2.4.1\n"
NOT_DONE = 3

_ADVISORY = re.compile(r"\b(?:CVE|GHSA|PYSEC)-")


def audit(program: str) -> int:
    """0 without known faults, 1 with some, NOT_DONE where none could be told."""
    if not _is_told_of_faults(program):
        print("not audited: no advisories can be reached from here")
        return NOT_DONE
    found = [
        subprocess.run([program, *QUIETLY, "--require-hashes", "-r", ROOT / lock], check=False)
        for lock in (RUN_TIME, BUILD, DEVELOPMENT)
    ]
    return int(any(done.returncode for done in found))


def _is_told_of_faults(program: str) -> bool:
    """Whether advisories are there, where a version has some."""
    with tempfile.TemporaryDirectory() as folder:
        faulty = Path(folder, "faulty.txt")
        faulty.write_text(FAULTY, "utf-8")
        command = [program, *QUIETLY, "--no-deps", "-r", str(faulty)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    return bool(_ADVISORY.search(done.stdout))


if __name__ == "__main__":
    sys.exit(audit(sys.argv[1]))
