"""The audit of what is locked: found, not found, and not to be found out are three outcomes."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

#: Programs in place of pip-audit: what each says of a faulty version, and of the locks.
REACHED = "jinja2 2.4.1 PYSEC-0000-0 2.7.2"
UNREACHED = "jinja2 Dependency not found and could not be audited"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")


def audited(folder: Path, faulty: str, code: int) -> tuple[int, str, list[str]]:
    """Exit code and words of an audit by a program that says this, and what it was asked."""
    program = folder / "pip-audit"
    asked = folder / "asked"
    program.write_text(
        f'#!/bin/sh\necho "$@" >> {asked}\n'
        f"case $* in *--no-deps*) echo '{faulty}'; exit 1;; *) exit {code};; esac\n",
        "utf-8",
    )
    program.chmod(0o755)
    command = [sys.executable, str(ROOT / "tools" / "audit.py"), str(program)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    return done.returncode, done.stdout, asked.read_text("utf-8").splitlines()


@pytest.mark.parametrize("code", [0, 1])
def test_locks_are_audited_where_advisories_are_reached(tmp_path: Path, code: int) -> None:
    found, said, asked = audited(tmp_path, REACHED, code)
    assert (found, said) == (code, "")
    assert [line.rpartition("/")[2] for line in asked[1:]] == [
        "requirements.txt",
        "requirements-build.txt",
        "constraints.txt",
    ]
    assert all("--strict" in line for line in asked)


def test_an_audit_without_advisories_is_none(tmp_path: Path) -> None:
    found, said, asked = audited(tmp_path, UNREACHED, 0)
    assert (found, len(asked)) == (3, 1)
    assert said == "not audited: no advisories can be reached from here\n"
