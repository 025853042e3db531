"""What a check tells of changes since a git revision is what the full check tells of them."""

import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from support.command import ROOT

from idfgraph.checks.check import check
from idfgraph.checks.shards import record_of
from idfgraph.curation.decide import Signed, decide
from idfgraph.curation.start import new
from idfgraph.graph.setting import prepare
from idfgraph.model.errors import BadConfig
from idfgraph.model.findings import Finding
from idfgraph.sources.records import read_record

#: Page of the repository's data -> the record that names it, and back.
RECORDS = {
    source.page: (record.id, path.name)
    for path in sorted((ROOT / "data" / "records").glob("*.yaml"))
    for record in [read_record(path).record]
    for source in record.sources
}
LINE = '{"kind": "project", "id": "%s", "values": {"title": {"en": "A"}, "startYear": "%s"}}\n'


class Clone:
    """A repository with a data folder beneath its top, as it was committed and then edited."""

    def __init__(self, top: Path) -> None:
        self.top, self.data = top, top / "a desk"
        shutil.copytree(ROOT / "data", self.data)
        lines = "".join(LINE % (f"A10-00{number}", "2010") for number in range(5))
        (self.data / "records" / "more.jsonl").write_text(lines, "utf-8")
        (self.data / "records" / "broken.yaml").write_text("kind: project\n id: x\n", "utf-8")
        (self.data / "notes.yaml").write_text("x: 1\n", "utf-8")
        for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "All"]):
            said = ("user.name=A", "user.email=a@example.org", "core.autocrlf=true")
            settings = [word for one in said for word in ("-c", one)]
            subprocess.run(["git", "-C", str(top), *settings, *words], check=True)

    def edit(self, path: str, change: Callable[[str], str]) -> None:
        file = self.data / path
        file.write_bytes(change(file.read_bytes().decode()).encode())

    def findings(self, since: str | None = None) -> tuple[Finding, ...]:
        return tuple(check(self.data, jobs=1, changed_since=since).findings)

    def of(self, ids: set[str], *files: str) -> tuple[Finding, ...]:
        """Of the full check, what is about records, or stands in their files or in others."""
        setting = prepare([self.data])
        shown = {str(self.data / file) for file in files}
        for page, file in setting.files.pages.items():
            if page in RECORDS and RECORDS[page][0] in ids:
                shown |= {str(file), str(self.data / "records" / RECORDS[page][1])}
        return tuple(
            found
            for found in self.findings()
            if (found.result.focus and record_of(setting, found.result) in ids)
            or shown & {place.file for place in (found.place, *found.also)}
        )


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


def yaml_of(id_: str) -> str:
    """The file of a record."""
    return f"records/{id_}.yaml"


#: What a person does -> which records have changed then (file names of others besides).
def value(clone: Clone, id_: str) -> tuple[set[str], tuple[str, ...]]:
    clone.edit(yaml_of(id_), lambda text: text.replace("\nvalues:", "\nvalues:\n  x: 1", 1))
    return {id_}, (yaml_of(id_),)


def remark(clone: Clone, id_: str) -> tuple[set[str], tuple[str, ...]]:
    clone.edit(yaml_of(id_), lambda text: f"{text}# seen\n")
    return {id_}, (yaml_of(id_),)


def page(clone: Clone, id_: str) -> tuple[set[str], tuple[str, ...]]:
    file = next(
        str(path.relative_to(clone.data))
        for digest, path in prepare([clone.data]).files.pages.items()
        if RECORDS.get(digest, ("",))[0] == id_ and isinstance(path, Path)
    )
    clone.edit(file, lambda text: text.replace("a", "e"))
    return {id_}, (file, yaml_of(id_))


def no_page(clone: Clone, id_: str) -> tuple[set[str], tuple[str, ...]]:
    ids, files = page(clone, id_)
    (clone.data / files[0]).unlink()
    return ids, files


def gone(clone: Clone, id_: str) -> tuple[set[str], tuple[str, ...]]:
    """Its page makes a record then."""
    (clone.data / yaml_of(id_)).unlink()
    return {id_}, (yaml_of(id_),)


def another(clone: Clone, id_: str) -> tuple[set[str], tuple[str, ...]]:
    """One that git does not know yet."""
    file = new("project", f"N{len(id_)}-00{random.randrange(10)}", clone.data / "records")
    return {file.stem}, (str(file.relative_to(clone.data)),)


EDITS = (value, remark, page, no_page, gone, another)


@pytest.mark.parametrize("seed", range(6))
def test_it_is_the_full_check_of_what_changed(clone: Clone, seed: int) -> None:
    """After some edits of some kinds, each of another record."""
    random.seed(seed)
    ids = [id_ for id_, _ in dict.fromkeys(RECORDS.values())]
    chosen = random.sample(ids, random.randint(1, 2))
    changed, files = set[str](), list[str]()
    for id_ in chosen:
        which, where = random.choice(EDITS)(clone, id_)
        changed |= which
        files += where
    assert clone.findings("HEAD") == clone.of(changed, *files)


def test_nothing_has_changed(clone: Clone) -> None:
    assert clone.findings() and clone.findings("HEAD") == ()
    (clone.top / "else.txt").write_text("x", "utf-8")
    assert clone.findings("HEAD") == ()


def test_a_line_of_many_has_changed(clone: Clone) -> None:
    clone.edit("records/more.jsonl", lambda text: text.replace("2010", "x", 1))
    found = clone.findings("HEAD")
    assert found and {one.place.line for one in found} == {1}


def test_what_is_signed_for_a_record_has_changed(clone: Clone) -> None:
    signed = sign(clone)
    assert clone.findings("HEAD") == clone.of({"V47-805"}, signed)
    commit(clone)
    (clone.data / signed).unlink()
    assert clone.findings("HEAD") == clone.of({"V47-805"}, signed)


def test_what_is_signed_for_a_record_that_went_is_told(clone: Clone) -> None:
    signed = sign(clone)
    commit(clone)
    (clone.data / yaml_of("V47-805")).unlink()
    found = {Path(one.place.file).name for one in clone.findings("HEAD")}
    assert Path(signed).name in found


def sign(clone: Clone) -> str:
    """Signs a decision; returns its file."""
    file, signed = clone.data / yaml_of("V47-805"), "records/signed/V47-805_startYear.yaml"
    decide(file, "startYear", ["2003"], Signed({"en": "So."}, "Ada", "2026-11-21"))
    return signed


def commit(clone: Clone) -> None:
    """Commits what there is."""
    for words in (["add", "-A"], ["commit", "-qm", "Signed"]):
        said = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", "-C", str(clone.top), *said, *words], check=True)


def test_what_cannot_be_read_has_changed(clone: Clone) -> None:
    clone.edit("records/broken.yaml", lambda text: f"{text}\n")
    clone.edit("notes.yaml", lambda text: f"{text}\n")
    files = {Path(one.place.file).name for one in clone.findings("HEAD")}
    assert files == {"broken.yaml", "notes.yaml"}


def test_the_address_of_a_page_has_changed(clone: Clone) -> None:
    clone.edit("pages/pages.yaml", lambda text: text.replace("node/175831", "node/1", 1))
    found = clone.findings("HEAD")
    assert found == clone.of({"V47-805"}, "records/V47-805.yaml", "pages/pages.yaml")


ALL = ("reference/overrides.yaml", "dataset.yaml", "../.github/workflows/idfgraph.yaml")


@pytest.mark.parametrize("path", ALL)
def test_what_all_records_use_has_changed(clone: Clone, path: str) -> None:
    file = clone.data / path
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as end:
        end.write("\n# seen\n")
    assert clone.findings("HEAD") == clone.findings()


def test_without_git_or_a_revision_it_is_told(
    clone: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadConfig, match="'nowhere' is no revision of the repository"):
        clone.findings("nowhere")
    with pytest.raises(BadConfig, match="is no revision"):
        clone.findings("--output=x")
    shutil.rmtree(tmp_path / ".git")
    with pytest.raises(BadConfig, match="is in no git repository"):
        clone.findings("HEAD")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BadConfig, match="there is no git"):
        clone.findings("HEAD")
