"""A folder of foreign, damaged and oddly written inputs beside sound pages: no command ends with a
defect of ours, each input is told in a line, and all that can be read is published.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from support.command import run
from support.strays import STRAYS, Stray, page, project_id, write

from idfgraph.model.visible import whole
from idfgraph.sources.records import read_record

#: The ordinary suite takes one input in so many.
STEP = 1 if os.environ.get("IDFGRAPH_FULL") else 30

#: How long a line may be that is told of an input.
LONGEST = 1_400

SOUND = {("fr", "txt"): 1, ("en", "txt"): 2, ("es", "html"): 3}

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")


class Desk(NamedTuple):
    """A folder, its inputs, and what each command said of them."""

    folder: Path
    strays: list[Stray]
    said: dict[str, str]
    codes: dict[str, int]

    def of(self, *fates: str) -> Iterator[Stray]:
        """The inputs of which this becomes."""
        return (stray for stray in self.strays if stray.fate in fates)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The three commands, each run once over the folder."""
    folder, strays = tmp_path_factory.mktemp("desk"), list(STRAYS[::STEP])
    write(strays, folder / "in")
    for (language, form), number in SOUND.items():
        (folder / f"in/sound-{number}.{form}").write_text(page(language, number, form), "utf-8")
    commands = {
        "publish": ("publish", "in", "--quarantine", "--jobs", "1"),
        "validate": ("validate", "in", "--format", "json", "--jobs", "1"),
        "extract": ("extract", "in", "--into", "desk/records"),
    }
    done = {name: run(*words, cwd=folder) for name, words in commands.items()}
    said = {name: one.stdout + one.stderr for name, one in done.items()}
    (folder / "found.json").write_text(done["validate"].stdout, "utf-8")
    return Desk(folder, strays, said, {name: one.returncode for name, one in done.items()})


def test_no_command_breaks(desk: Desk) -> None:
    assert set(desk.codes.values()) == {2}
    for said in (desk.said["publish"], desk.said["extract"]):
        assert "Traceback" not in said and "a defect of ours" not in said
        assert max(map(len, said.splitlines())) < LONGEST


def test_each_input_is_told_in_a_line(desk: Desk) -> None:
    found: list[dict[str, Any]] = json.loads((desk.folder / "found.json").read_text("utf-8"))[
        "findings"
    ]
    told = {one["place"].get("file", "") for one in found if one["rule"] == "input"}
    told |= {place.get("file", "") for one in found for place in one["also"]}
    for stray in desk.of("aside"):
        assert told & _alike(desk, stray), stray.name
    for stray in desk.of("unused"):
        path = _path(stray)
        assert path in told or str(Path(path).parent) in told, stray.name
    unread = [one for one in found if one["rule"] == "input"]
    assert all(len(text) < LONGEST for one in unread for text in one["messages"].values())
    assert not any("\n" in text for one in found for text in one["messages"].values())


def _alike(desk: Desk, stray: Stray) -> set[str]:
    """The paths of an input, and of those with the same bytes: these are told once."""
    return {_path(other) for other in desk.strays if other.data == stray.data}


def _path(stray: Stray) -> str:
    return whole(os.fsdecode(b"in/" + stray.name))


def test_all_that_can_be_read_is_published(desk: Desk) -> None:
    for id_ in _ids(desk):
        assert f"left out: {id_}" not in desk.said["publish"]
        assert (desk.folder / f"public/doc/project/{id_}.ttl").is_file(), id_
        assert read_record(desk.folder / f"desk/records/{id_}.yaml").record.id == id_


def _ids(desk: Desk) -> Iterator[str]:
    """The ids of the sound pages and of those that are only written oddly."""
    yield from map(project_id, SOUND.values())
    yield from (stray.id for stray in desk.of("page"))


def test_the_report_is_grouped(desk: Desk) -> None:
    heads = [line for line in desk.said["publish"].splitlines() if re.match(r"error\[", line)]
    assert len(heads) == len(set(heads)) <= 100


def test_what_gives_no_record_is_told_by_extract(desk: Desk) -> None:
    told = desk.said["extract"]
    pages = (stray for stray in desk.of("aside") if not stray.is_record)
    assert [
        stray.name for stray in pages if not any(f"{path}:" in told for path in _alike(desk, stray))
    ] == []
