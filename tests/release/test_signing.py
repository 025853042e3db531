"""Sums can be signed, and told from others by the programs that docs/releases.md names."""

import shutil
import subprocess
from pathlib import Path

import pytest
from support.command import ROOT, run

RECORDS = ROOT / "data" / "records"


def key_of(program: str, folder: Path) -> Path:
    """A secret key without a passphrase."""
    key = folder / "key"
    commands = {
        "ssh-keygen": ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)),
        "minisign": ("minisign", "-G", "-W", "-s", str(key), "-p", str(folder / "key.pub")),
    }
    subprocess.run(commands[program], check=True, capture_output=True, timeout=60)
    return key


def verified(program: str, folder: Path, release: Path) -> bool:
    """Whether the sums of a release are signed with the key of a folder."""
    if program == "minisign":
        command = f"minisign -V -p {folder}/key.pub -m SHA256SUMS"
    else:
        public = (folder / "key.pub").read_text("utf-8")
        (folder / "allowed").write_text(f"publisher {public}", "utf-8")
        command = (
            f"ssh-keygen -Y verify -f {folder}/allowed -I publisher -n idfgraph "
            "-s SHA256SUMS.sig < SHA256SUMS"
        )
    done = subprocess.run(
        command, shell=True, cwd=release, check=False, capture_output=True, timeout=60
    )
    return done.returncode == 0


@pytest.mark.parametrize("program", ["ssh-keygen", "minisign"])
def test_sums_are_signed_and_verified(tmp_path: Path, program: str) -> None:
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    key, out = key_of(program, tmp_path), tmp_path / "public"
    assert run("publish", RECORDS, "--out", out, cwd=tmp_path).returncode == 0
    assert not verified(program, tmp_path, out)
    done = run("publish", RECORDS, "--out", out, "--sign", key, cwd=tmp_path)
    assert (done.returncode, done.stderr.count("Traceback")) == (0, 0), done.stderr
    assert verified(program, tmp_path, out)
    assert run("releases", out, "--check", cwd=tmp_path).returncode == 0
    with (out / "SHA256SUMS").open("a") as sums:
        sums.write(f"{'0' * 64}  more.txt\n")
    assert not verified(program, tmp_path, out)


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "is no key"), ("-----BEGIN OPENSSH PRIVATE KEY-----\n", "cannot sign"), (None, "read")],
)
def test_what_is_no_key_signs_nothing(tmp_path: Path, content: str | None, said: str) -> None:
    key = tmp_path / "key"
    if content is not None:
        key.write_text(content)
        key.chmod(0o600)
    done = run("publish", RECORDS, "--out", "public", "--sign", key, cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert said in done.stderr
    assert not (tmp_path / "public").exists()
