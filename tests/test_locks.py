"""What users install by hash is what was tested: cut out of the lock for development, for every
platform.
"""

import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import locks
import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]

FILES = (locks.RUN_TIME, locks.BUILD)
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

#: What each lock is for, as pyproject.toml asks for it.
WANTED: Mapping[str, list[str]] = {
    locks.RUN_TIME: SETTINGS["project"]["dependencies"],
    locks.BUILD: SETTINGS["build-system"]["requires"],
}

#: Where idfgraph runs, as markers see it; what is not said is as here.
PLATFORMS = [
    {"sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "platform_machine": "arm64"},
    {"sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64"},
    {"sys_platform": "linux", "platform_system": "Linux", "platform_machine": "riscv64"},
]

#: The lines that a lock may have, but for comments.
LINE = (
    r"    --hash=sha256:[0-9a-f]{64}( \\)?"
    r"|[a-z0-9-]+==[a-z0-9.]+( ; [^/@]+)? \\|--only-binary :all:"
)

DEVELOPMENT = """\
left==1.0 \\
    --hash=sha256:{a}
    # via idfgraph (pyproject.toml)
right==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:{b} \\
    --hash=sha256:{c}
    # via
    #   left
    #   testing
testing==3.0 \\
    --hash=sha256:{d}
    # via idfgraph (pyproject.toml)
""".format(**{letter: letter * 64 for letter in "abcd"})


def lock_of(file: str) -> Mapping[str, locks.Locked]:
    return locks.read_lock((ROOT / file).read_text("utf-8"))


def test_the_locks_are_in_step() -> None:
    assert locks.built() == {file: (ROOT / file).read_text("utf-8") for file in FILES}


@pytest.mark.parametrize("file", [locks.DEVELOPMENT, *FILES])
def test_a_lock_names_versions_and_hashes_alone(file: str) -> None:
    """No registry, no host, no path, no package without a hash."""
    text = (ROOT / file).read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    assert [line for line in lines if not re.fullmatch(LINE, line)] == []
    assert "://" not in text
    assert all(one.hashes for one in lock_of(file).values())


@pytest.mark.parametrize("file", FILES)
def test_a_lock_is_a_part_of_what_was_tested(file: str) -> None:
    tested = lock_of(locks.DEVELOPMENT)
    for name, one in lock_of(file).items():
        assert one._replace(via=frozenset()) == tested[name]._replace(via=frozenset())


@pytest.mark.parametrize("file", FILES)
def test_what_is_locked_is_in_the_open_ranges(file: str) -> None:
    lock = lock_of(file)
    for requirement in map(Requirement, WANTED[file]):
        assert lock[locks.normal(requirement.name)].version in requirement.specifier


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda given: given["platform_machine"])
def test_all_that_packages_ask_for_is_locked_on_every_platform(
    file: str, python: str, platform: dict[str, str]
) -> None:
    """Found a second way, from the metadata of what is installed; nothing more is locked."""
    environment = platform | {"python_version": python, "python_full_version": f"{python}.1"}
    held = {name for name, one in lock_of(file).items() if holds(one.marker, environment)}
    assert held == asked(WANTED[file], environment)


def holds(marker: str, environment: dict[str, str], extra: str = "") -> bool:
    return not marker or Marker(marker).evaluate({**environment, "extra": extra})


def asked(wanted: list[str], environment: dict[str, str]) -> set[str]:
    """The packages that these requirements bring, as the installed packages describe themselves."""
    found: set[tuple[str, str]] = set()
    rest = [(text, "") for text in wanted]
    while rest:
        text, extra = rest.pop()
        requirement = Requirement(text)
        if requirement.marker and not holds(str(requirement.marker), environment, extra):
            continue
        for one in {"", *requirement.extras}:
            key = (locks.normal(requirement.name), one)
            if key not in found:
                found.add(key)
                rest += [(more, one) for more in described(requirement.name)]
    return {name for name, _ in found}


def described(name: str) -> list[str]:
    """What a package asks for; nothing where it is for another platform."""
    try:
        return requires(name) or []
    except PackageNotFoundError:
        assert name in {"colorama", "pyshacl-turbo"}
        return []


def test_what_only_tests_need_is_left_out() -> None:
    lock = locks.read_lock(DEVELOPMENT)
    cut = locks.closure(lock, ["left"])
    assert list(cut) == ["left", "right"]
    assert cut["right"].hashes == ("b" * 64, "c" * 64)
    assert cut["right"].marker == "sys_platform == 'win32'"
    assert [sorted(one.via) for one in cut.values()] == [["idfgraph"], ["left"]]
    assert locks.read_lock(locks.written(locks.RUN_TIME, cut.values())) == cut
    both = locks.closure(lock, ["left", "right"])
    assert locks.read_lock(locks.written(locks.RUN_TIME, both.values())) == both
    assert both["right"].via == {"idfgraph", "left"}


def test_what_is_not_locked_is_told() -> None:
    with pytest.raises(SystemExit, match=r"constraints\.txt lacks absent"):
        locks.closure(locks.read_lock(DEVELOPMENT), ["absent"])


@pytest.mark.parametrize(
    "entry", ["left==1.0\n", "left>=1.0 \\\n    --hash=sha256:" + "a" * 64, "left==1.0 \\\n"]
)
def test_what_is_no_pinned_package_is_told(entry: str) -> None:
    with pytest.raises(SystemExit, match="no pinned package with its hashes: left"):
        locks.read_lock(entry)


def test_another_file_than_the_one_tested_is_refused(tmp_path: Path) -> None:
    """As pip sees it: a package whose bytes have another hash than those in the lock."""
    one = lock_of(locks.RUN_TIME)["mdurl"]
    forged = tmp_path / "forged.txt"
    forged.write_text(locks.written(locks.RUN_TIME, [one._replace(hashes=("0" * 64,))]), "utf-8")
    install = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed"]
    done = subprocess.run(
        [*install, "--no-deps", "--require-hashes", "-r", str(forged)],
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stderr


def test_the_tool_says_what_is_stale(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    (copy / "tools").mkdir(parents=True)
    for name in ("tools/locks.py", "pyproject.toml", locks.DEVELOPMENT, *FILES):
        (copy / name).write_bytes((ROOT / name).read_bytes())
    command = [sys.executable, str(copy / "tools" / "locks.py")]
    assert subprocess.run([*command, "--check"], check=False).returncode == 0
    stale = copy / locks.RUN_TIME
    stale.write_text(stale.read_text("utf-8").replace("==", "==9", 1), "utf-8")
    told = subprocess.run([*command, "--check"], check=False, capture_output=True, text=True)
    assert (told.returncode, told.stdout) == (
        1,
        "requirements.txt is not in step with constraints.txt\n",
    )
    assert subprocess.run(command, check=False).returncode == 0
    assert subprocess.run([*command, "--check"], check=False).returncode == 0
