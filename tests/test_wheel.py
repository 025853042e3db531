"""The wheel, installed in a fresh environment, publishes and answers in an empty folder.

Takes a minute or so: the build and the dependencies come from the package index.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "data" / "pages" / "000_3cd946cab0f19b2c.txt"


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints; it must end well, and within five minutes."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONPATH", "VIRTUAL_ENV"}
    }
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built by what the lock names."""
    folder = tmp_path_factory.mktemp("wheel")
    make = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    run(*make, "--wheel-dir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("idfgraph-*.whl")
    return built


def test_wheel_holds_what_the_program_reads_and_no_more(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    expected = {"idfgraph/data/dataset.yaml", "idfgraph/requirements.txt"}
    for folder in ("ontology", "shapes", "queries", "data/reference"):
        files = (path for path in (ROOT / folder).rglob("*") if path.is_file())
        expected |= {f"idfgraph/{path.relative_to(ROOT).as_posix()}" for path in files}
    found = (
        path
        for path in (ROOT / "src" / "idfgraph").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    )
    code = {path.relative_to(ROOT / "src").as_posix() for path in found}
    rest = names - expected - code - {"idfgraph/py.typed"}
    assert expected | code <= names
    assert all(".dist-info/" in name for name in rest), rest
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in rest)
    (bill,) = (name for name in rest if name.endswith(".dist-info/sboms/idfgraph.cdx.json"))
    assert ZipFile(wheel).read(bill) == (ROOT / "idfgraph.cdx.json").read_bytes()


@pytest.mark.parametrize(
    "locked",
    [
        pytest.param(
            False,
            marks=pytest.mark.skipif(
                not os.environ.get("IDFGRAPH_FULL"), reason="takes long: .ci/long attacks"
            ),
        ),
        True,
    ],
    ids=["open ranges", "locked"],
)
def test_wheel_publishes_one_page_in_an_empty_folder(
    wheel: Path, tmp_path: Path, locked: bool
) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    programs = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    pip: list[str | Path] = [programs / "python", "-m", "pip"]
    install = [*pip, "install", "-q", "--disable-pip-version-check"]
    if locked:
        run(*install, "--require-hashes", "-r", ROOT / "requirements.txt", cwd=tmp_path)
        run(*install, "--no-deps", wheel, cwd=tmp_path)
        run(*pip, "check", cwd=tmp_path)
    else:
        run(*install, wheel, cwd=tmp_path)
    empty = tmp_path / "empty"
    empty.mkdir()
    run(programs / "idfgraph", "publish", PAGE, cwd=empty)
    assert (empty / "public" / "doc" / "project" / "V47-805.ttl").is_file()
    assert sorted(path.name for path in empty.iterdir() if path.name != ".public-releases") == [
        "public"
    ]
    assert "49997" in run(programs / "idfgraph", "query", "budget-summary", cwd=empty)
    where = run(programs / "python", "-c", "import idfgraph; print(idfgraph.__file__)", cwd=empty)
    assert Path(where.strip()).is_relative_to(tmp_path / "venv")
