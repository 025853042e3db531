"""The action, the hook and the starter's workflow, run in a shell as CI would run them."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import msgspec
import pytest
import yaml
from support.command import ROOT, environment

from idfgraph.curation.start import init
from idfgraph.system import resources

pytestmark = pytest.mark.skipif(
    not shutil.which("bash") or not shutil.which("git"), reason="needs bash and git"
)

ACTION = ROOT / "action.yml"
EXAMPLES = ROOT / "examples" / "ci"
SCHEMAS = Path(str(files("check_jsonschema"))) / "builtin_schemas" / "vendor"

#: The present environment takes the place of what `pip install` makes; pip's words are kept, as are
#: those of gh.
PROGRAMS = {
    "idfgraph": f'exec {shlex.quote(sys.executable)} -m idfgraph "$@"',
    "python": 'printf "%s\\n" "$@" >> "$RUNNER_TEMP/pip"',
    "gh": 'printf "%s\\n" "$@" >> "$RUNNER_TEMP/gh"; '
    'case "$*" in *--paginate*) printf "%s" "$KNOWN_COMMENT";; esac',
}

#: A file, what is changed in it, and the line of the one error that follows.
PLANTED = [
    ("data/records/V47-805.yaml", "value: '49997.00'", "value: '4997.00'", 17),
    (
        "data/records/V57-805.yaml",
        "fundRegion: latin-america-and-the-caribbean",
        "fundRegion: africa",
        23,
    ),
    ("data/records/W34-805.yaml", "  status: completed", "  status: active", 15),
    ("data/records/mainstreaming-migration.yaml", "  coverage: global", "  coverage: national", 27),
    ("data/pages/EX.0001.txt", "100000.00", "some money", 16),
]
#: How pip is called, and how by a lock.
QUIETLY = ("--quiet", "--disable-pip-version-check")
HASHED = ("--require-hashes", "-r")
ERROR = re.compile(r"^::error file=([^,]+),line=(\d+),", re.MULTILINE)
EXPRESSION = re.compile(r"\$\{\{ ([\w.-]+) \}\}")


class Done(NamedTuple):
    """What a job did: the exit code of each step that ran, by name, what they printed, and the page
    of the job.
    """

    codes: Mapping[str, int]
    out: str
    summary: str


class Job:
    """A runner: steps, the values that expressions have, and the folder where its own files are."""

    def __init__(
        self, folder: Path, repository: Path, values: Mapping[str, str], **more: str
    ) -> None:
        self.folder, self.repository, self.values, self.more = (
            folder,
            repository,
            dict(values),
            more,
        )
        self.out, self.codes = "", dict[str, int]()
        (folder / "bin").mkdir(parents=True)
        for name, text in PROGRAMS.items():
            program = folder / "bin" / name
            program.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
            program.chmod(0o755)
        self.summary, self.output = folder / "summary.md", folder / "output"

    def run(self, steps: list[dict[str, Any]]) -> Done:
        """Runs the steps that have a script, until one fails; later ones if they ask for it."""
        for step in (step for step in steps if "run" in step):
            failed = any(self.codes.values())
            condition = step.get("if", "")
            if self.holds(condition) and (not failed or "!cancelled()" in condition):
                self.codes[step["name"]] = self.step(step)
        return Done(
            self.codes, self.out, self.summary.read_text("utf-8") if self.summary.exists() else ""
        )

    def step(self, step: dict[str, Any]) -> int:
        """Runs a script as `shell: bash` does; returns its exit code and takes over its outputs."""
        script = self.folder / "script.sh"
        script.write_text(step["run"], "utf-8")
        self.output.write_text("", "utf-8")
        given = {name: self.filled(text) for name, text in step.get("env", {}).items()}
        runner = {
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(self.folder),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_WORKSPACE": str(self.repository),
            "GITHUB_REPOSITORY": "someone/records",
            "CI": "true",
        }
        words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        done = subprocess.run(
            words, cwd=self.repository, env=environment(**(runner | self.more | given)),
            check=False, capture_output=True, text=True, encoding="utf-8", timeout=120,
        )  # fmt: skip
        self.out += done.stdout + done.stderr
        for line in self.output.read_text("utf-8").splitlines():
            name, _, value = line.partition("=")
            self.values[f"steps.{step['id']}.outputs.{name}"] = value
        return done.returncode

    def filled(self, text: str) -> str:
        return EXPRESSION.sub(lambda found: self.values.get(found[1], ""), text)

    def holds(self, condition: str) -> bool:
        """Whether a condition of `a == 'b'`, `a != 'b'` and `a`, joined by `&&`, holds."""
        return (
            all(self.one_holds(part.strip()) for part in condition.split("&&"))
            if condition
            else True
        )

    def one_holds(self, part: str) -> bool:
        name, sign, word = re.fullmatch(r"(\S+)(?: ([!=]=) '(.*)')?", part).groups()  # type: ignore[union-attr]
        value = self.values.get(name, "")
        return name == "!cancelled()" or (
            bool(value) if sign is None else (value == word) == (sign == "==")
        )


class Repository:
    """A repository of records with a commit before a change, and one after."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.settings = folder, folder.with_name("no-settings")
        self.settings.write_text("", "utf-8")
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *words: str) -> str:
        """Runs git with settings of its own."""
        who = {
            f"GIT_{one}_{key}": "t@example.org"
            for one in ("AUTHOR", "COMMITTER")
            for key in ("NAME", "EMAIL")
        }
        given = environment(GIT_CONFIG_GLOBAL=str(self.settings), GIT_CONFIG_NOSYSTEM="1", **who)
        done = subprocess.run(
            ["git", *words], cwd=self.folder, env=given, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def commit(self) -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=x")
        return self.git("rev-parse", "HEAD")

    def change(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_bytes().decode()
        assert old in text
        path.write_bytes(text.replace(old, new, 1).encode())


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """The records of this repository, and a page."""
    shutil.copytree(
        ROOT / "data", tmp_path / "work" / "data", ignore=shutil.ignore_patterns("reference")
    )
    shutil.copy(
        resources.STARTER / "page.txt", tmp_path / "work" / "data" / "pages" / "EX.0001.txt"
    )
    return Repository(tmp_path / "work")


def action() -> Any:
    return yaml.safe_load(ACTION.read_text("utf-8"))


def job(repository: Repository, before: str, *, known: str = "", **inputs: str) -> Job:
    """A job that uses the action in a pull request, with these inputs."""
    github = {
        "github.event.pull_request.base.sha": before,
        "github.event.pull_request.number": "7" if before else "",
        "github.action_path": str(ROOT),
        "github.token": "secret",
    }
    runner = Job(
        repository.folder.parent / "runner", repository.folder, github, KNOWN_COMMENT=known
    )
    for name, field in action()["inputs"].items():
        runner.values[f"inputs.{name}"] = inputs.get(
            name.replace("-", "_"), runner.filled(field.get("default", ""))
        )
    return runner


def test_five_mistakes_are_five_errors_on_their_lines(repository: Repository) -> None:
    base = repository.commit()
    for file, old, new, _ in PLANTED:
        repository.change(file, old, new)
    repository.commit()
    done = job(repository, base).run(action()["runs"]["steps"])
    assert sorted(ERROR.findall(done.out)) == sorted(
        (file, str(line)) for file, _, _, line in PLANTED
    )
    assert done.out.count("::warning file=") >= 5
    assert done.codes == {
        "Install idfgraph": 0, "Check the records": 0, "Compare with the base": 0,
        "Tell the outcome": 1,
    }  # fmt: skip
    assert "## Validation\n" in done.summary and "### Errors\n" in done.summary
    for file, _, _, line in PLANTED:
        assert f"({file}#L{line})" in done.summary
    assert "## Comparison\n" in done.summary.partition("## Validation")[2]
    assert "some money" in done.summary and base in done.summary


def test_warnings_do_not_fail_and_a_base_that_is_not_there_is_fetched(
    repository: Repository, tmp_path: Path
) -> None:
    """A shallow checkout, as CI makes it, lacks the base."""
    base = repository.commit()
    repository.change("data/dataset.yaml", "asOf: 2026-11-21", "asOf: 2026-11-22")
    repository.commit()
    shallow = tmp_path / "shallow" / "work"
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.folder}", str(shallow))
    done = job(Repository(shallow), base).run(action()["runs"]["steps"])
    assert (
        "::error" not in done.out
        and "::warning file=" in done.out
        and "::warning title" not in done.out
    )
    assert set(done.codes.values()) == {0} and len(done.codes) == 4
    assert "## Comparison\n" in done.summary


@pytest.mark.parametrize(
    ("inputs", "code", "words"),
    [
        ({"fail_on": "warning"}, 1, ["## Validation"]),
        ({"lang": "fr"}, 0, ["Avertissements", "## Comparaison"]),
        ({"path": "nowhere"}, 2, []),
        ({"path": "$(touch stray)`touch stray`; touch stray"}, 2, []),
        ({"path": "--help"}, 2, []),
        ({"base": ""}, 0, ["## Validation"]),
        ({"base": "nowhere"}, 0, ["## Validation"]),
        ({"base": "--upload-pack=touch stray"}, 0, ["## Validation"]),
        ({"baseline": "nowhere.json"}, 2, []),
    ],
)
def test_inputs(
    repository: Repository, inputs: dict[str, str], code: int, words: list[str]
) -> None:
    """None of them can become a command; what cannot be compared is told, and fails nothing."""
    base = repository.commit()
    done = job(repository, base, **inputs).run(action()["runs"]["steps"])
    assert done.codes["Tell the outcome"] == code
    assert [word for word in words if word not in done.summary] == []
    compared = "## Compar" in done.summary
    assert compared == ("base" not in inputs and "path" not in inputs)
    assert ("::warning title=idfgraph::" in done.out) == (
        bool(inputs.get("base")) or "path" in inputs
    )
    assert not list(repository.folder.rglob("stray"))


@pytest.mark.parametrize("file", ["records/PX.0220.yaml", "reference/overrides.yaml"])
def test_texts_of_files_become_no_commands(repository: Repository, file: str) -> None:
    """Neither those of records nor those of names that people add."""
    forged = '"x\\n::error file=forged,line=1::x\\n::stop-commands::x"'
    (repository.folder / "data" / "reference").mkdir()
    (repository.folder / "data" / "reference" / "overrides.yaml").write_text(
        "- {alias: Q, lang: en, id: 'st:QQQ', why: y}\n", "utf-8"
    )
    repository.change(
        f"data/{file}",
        *(
            ("primaId: FJ10P0514", f"primaId: {forged}")
            if "PX" in file
            else ("alias: Q", f"alias: {forged}")
        ),
    )
    done = job(repository, repository.commit()).run(action()["runs"]["steps"])
    assert "forged" in done.out
    assert not re.search(r"^(::stop|::error file=forged)", done.out, re.MULTILINE)


def test_a_baseline_accepts_what_is_known(repository: Repository) -> None:
    repository.change(*PLANTED[0][:3])
    base = repository.commit()
    runner = job(repository, base, baseline="known.json")
    wrote = runner.step({"run": "idfgraph validate data --write-baseline known.json"})
    done = runner.run(action()["runs"]["steps"])
    assert (wrote, done.codes["Tell the outcome"]) == (1, 0)
    assert "::error" not in done.out


def test_findings_for_code_scanning(repository: Repository) -> None:
    repository.change(*PLANTED[0][:3])
    runner = job(repository, repository.commit(), sarif="true")
    done = runner.run(action()["runs"]["steps"])
    (upload,) = [step for step in action()["runs"]["steps"] if "codeql" in step.get("uses", "")]
    file = Path(runner.filled(upload["with"]["sarif_file"]))
    assert runner.holds(upload["if"]) and done.codes["Tell the outcome"] == 1
    results = msgspec.json.decode(file.read_bytes())["runs"][0]["results"]
    assert [result["level"] for result in results].count("error") == 1


@pytest.mark.parametrize(
    ("known", "method", "place"),
    [("", "POST", "issues/7/comments"), ("12\n34\n", "PATCH", "issues/comments/12")],
)
def test_a_comment_is_written_once_and_then_kept_up(
    repository: Repository, known: str, method: str, place: str
) -> None:
    runner = job(repository, repository.commit(), comment="true", known=known)
    done = runner.run(action()["runs"]["steps"])
    words = (runner.folder / "gh").read_text("utf-8").splitlines()
    assert done.codes["Comment on the pull request"] == 0
    assert (
        words[words.index("--method") + 1] == method and f"repos/someone/records/{place}" in words
    )
    body = Path(words[-1].removeprefix("body=@")).read_text("utf-8")
    assert body.startswith("<!-- idfgraph -->\n## Comparison\n")


@pytest.mark.parametrize(
    ("install", "expected"),
    [
        (
            "",
            [
                [
                    *HASHED,
                    str(ROOT / "requirements.txt"),
                    "-r",
                    str(ROOT / "requirements-build.txt"),
                ],
                ["--no-deps", "--no-build-isolation", str(ROOT)],
            ],
        ),
        ("idfgraph==0.1.0", [["idfgraph==0.1.0"]]),
    ],
)
def test_what_is_installed(repository: Repository, install: str, expected: list[list[str]]) -> None:
    """The action's own version comes with the lock, and builds with what the lock names."""
    runner = job(repository, "", install=install)
    runner.run(action()["runs"]["steps"][:2])
    assert asked_of_pip(runner) == [["install", *QUIETLY, *words] for words in expected]


def asked_of_pip(runner: Job) -> list[list[str]]:
    """The words of each call of pip."""
    words = (runner.folder / "pip").read_text("utf-8").splitlines()
    starts = [*(at for at, word in enumerate(words) if word == "-I"), len(words)]
    calls = [words[start:end] for start, end in pairwise(starts)]
    assert all(call[:3] == ["-I", "-m", "pip"] for call in calls)
    return [call[3:] for call in calls]


def test_actions_are_named_by_commit() -> None:
    """One commit for each action, its version beside it; where ours is kept is not known here."""
    files = [ACTION, ROOT / "docs" / "ci.md", *(ROOT / "src").rglob("*.yaml")]
    files += [path for path in (ROOT / "examples").rglob("*.y*ml") if "public" not in path.parts]
    lines = [line for path in files for line in path.read_text("utf-8").splitlines()]
    used = [found[1] for line in lines if (found := re.match(r"\s+(?:- )?uses: (.*)", line))]
    others = {text for text in used if not text.startswith("your-organisation/idfgraph@")}
    form = re.compile(r"([\w/-]+)@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    named = [found[1] for text in others if (found := form.fullmatch(text))]
    assert len(named) == len(others) == len(set(named)) == 5


def test_no_input_is_part_of_a_script() -> None:
    workflow = yaml.safe_load((resources.STARTER / "workflow.yaml").read_text("utf-8"))
    steps = [*action()["runs"]["steps"], *workflow["jobs"]["validate"]["steps"]]
    scripts = [step["run"] for step in steps if "run" in step]
    assert len(scripts) == 8 and not [script for script in scripts if "{{" in script]


def test_the_starter_s_workflow(tmp_path: Path) -> None:
    """Its steps, in a repository that is a data folder."""
    own = tmp_path / "work"
    init(own, "registry")
    repository = Repository(own)
    base = repository.commit()
    repository.change("records/EX.0001.yaml", "  status: completed", "  status: active")
    repository.commit()
    repository.git("remote", "add", "origin", str(own))
    values = {"github.event_name": "pull_request", "github.event.pull_request.base.sha": base}
    workflow = yaml.safe_load((own / ".github" / "workflows" / "idfgraph.yaml").read_text("utf-8"))
    runner = Job(tmp_path / "runner", own, values, **workflow["env"])
    done = runner.run(workflow["jobs"]["validate"]["steps"])
    assert done.codes == {"Install idfgraph": 0, "Check the records": 1, "Compare with the base": 0}
    assert len(ERROR.findall(done.out)) == 1 and "file=records/EX.0001.yaml" in done.out
    assert "## Validation\n" in done.summary and "## Comparison\n" in done.summary
    locked, ours, checked = asked_of_pip(runner)
    assert locked == ["install", *QUIETLY, *HASHED, ".github/idfgraph/requirements.txt"]
    assert ours == ["install", *QUIETLY, "--no-deps", workflow["env"]["IDFGRAPH"]]
    assert checked == ["check"]
    assert (
        own / ".github" / "idfgraph" / "requirements.txt"
    ).read_bytes() == resources.LOCK.read_bytes()


def test_the_hook_checks_the_folder(repository: Repository) -> None:
    """Its entry and arguments, as pre-commit runs them; its pattern takes what the folder is read
    from.
    """
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    runner = job(repository, "")
    command = {"run": shlex.join([*shlex.split(hook["entry"]), *hook["args"]])}
    assert runner.step(command) == 0
    repository.change(*PLANTED[0][:3])
    assert runner.step(command) == 1 and "data/records/V47-805.yaml:17:3: budget" in runner.out
    taken = [path for path in (repository.folder / "data").rglob("*") if path.is_file()]
    names = [path.relative_to(repository.folder).as_posix() for path in taken]
    assert [name for name in names if not re.search(hook["files"], name)] == [
        "data/record.schema.json"
    ]
    assert not re.search(hook["files"], "README.md") and not hook["pass_filenames"]
    (example,) = yaml.safe_load((EXAMPLES / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert [used["id"] for used in example["hooks"]] == [hook["id"]]


def test_they_fit_the_schemas_of_github(tmp_path: Path) -> None:
    init(tmp_path)
    for file, name in [
        (ACTION, "github-actions"),
        (EXAMPLES / ".github" / "workflows" / "idfgraph.yaml", "github-workflows"),
        (tmp_path / ".github" / "workflows" / "idfgraph.yaml", "github-workflows"),
    ]:
        schema = msgspec.json.decode((SCHEMAS / f"{name}.json").read_bytes())
        read = yaml.safe_load(file.read_text("utf-8"))
        read |= {"on": read.pop(True)} if True in read else {}
        jsonschema.validators.validator_for(schema)(schema).validate(read)


def test_the_example_gives_inputs_that_the_action_has() -> None:
    workflow = yaml.safe_load(
        (EXAMPLES / ".github" / "workflows" / "idfgraph.yaml").read_text("utf-8")
    )
    (used,) = [step for step in workflow["jobs"]["records"]["steps"] if "with" in step]
    assert used["with"].keys() <= action()["inputs"].keys()
    documented = (ROOT / "docs" / "ci.md").read_text("utf-8")
    assert [
        name
        for name in (*action()["inputs"], *action()["outputs"])
        if f"`{name}`" not in documented
    ] == []
