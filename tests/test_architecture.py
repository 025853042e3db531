"""The package is the ladder of `tools/architecture.yaml`, and what is not allowed is seen."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from support.architecture import (
    LONGEST_FUNCTION,
    LONGEST_MODULE,
    PACKAGE,
    ROOT,
    Package,
    faults,
    ladder,
    lowest,
)

TOOL = ROOT / "tools" / "build_architecture_page.py"

#: A sound package and its ladder, for faults to be planted in.
WINGS = {
    "ground": [["words"], ["lists"]],
    "house": [["hall", "kitchen"]],
    "roof": [["main"], ["__init__"]],
}
SOUND = {
    "__init__": '"""A house."""',
    "ground/__init__": '"""What all stand on."""',
    "ground/words": '"""Words."""',
    "ground/lists": '"""Lists of words."""\nfrom . import words',
    "house/__init__": '"""Rooms."""',
    "house/hall/__init__": '"""A room with a door."""\nfrom .stairs import Stairs',
    "house/hall/stairs": '"""Stairs."""\nfrom ...ground.lists import words\nclass Stairs: ...',
    "house/kitchen": '"""A file."""\ndef cook(): ...',
    "main": '"""Opens the door."""\ndef run():\n    from .house.hall import Stairs',
}

#: What is planted: file -> its text, None to take it away; and what is said of it.
PLANTED: Mapping[str, tuple[Mapping[str, str | None], str]] = {
    "a wing above": (
        {"ground/words": '"""W."""\nfrom ..house.kitchen import cook'},
        "ground/words:2 imports house/kitchen, which is not below it",
    ),
    "a wing above, in a function": (
        {"ground/words": '"""W."""\ndef f():\n    from ..house.kitchen import cook'},
        "ground/words:3 imports house/kitchen, which is not below it",
    ),
    "a wing above, for its types": (
        {"ground/words": '"""W."""\nif TYPE_CHECKING:\n    from ..house.kitchen import cook'},
        "ground/words:3 imports house/kitchen, which is not below it",
    ),
    "a wing above, by its full name": (
        {"ground/words": '"""W."""\nimport planted.house.kitchen'},
        "ground/words:2 imports house/kitchen, which is not below it",
    ),
    "a wing above, from its full name": (
        {"ground/words": '"""W."""\nfrom planted.house import kitchen'},
        "ground/words:2 imports house/kitchen, which is not below it",
    ),
    "a wing above, in a string": (
        {"ground/words": '"""W."""\nimport_module("planted.house.kitchen")'},
        "ground/words:2 imports house/kitchen, which is not below it",
    ),
    "the roof": (
        {"house/kitchen": '"""K."""\nfrom ..main import Stairs'},
        "house/kitchen:2 imports main, which is not below it",
    ),
    "a floor above": (
        {"ground/words": '"""W."""\nfrom .lists import words', "ground/lists": '"""L."""'},
        "ground/words:2 imports ground/lists, which is not below it",
    ),
    "the room beside": (
        {"house/kitchen": '"""K."""\nfrom .hall import Stairs'},
        "house/kitchen:2 imports house/hall/__init__, which is not below it",
    ),
    "the file beside, from within a room": (
        {"house/hall/stairs": '"""S."""\nfrom ..kitchen import cook\nclass Stairs: ...'},
        "house/hall/stairs:2 imports house/kitchen, which is not below it",
    ),
    "past the door": (
        {"main": '"""M."""\nfrom .house.hall.stairs import Stairs'},
        "main:2 imports house/hall/stairs, not by the door of house/hall",
    ),
    "its own room": (
        {
            "house/hall/__init__": '"""H."""\nfrom ...ground.words import W',
            "house/hall/stairs": '"""S."""\nfrom . import Stairs',
        },
        "house/hall/stairs:2 imports the package it lives in",
    ),
    "its own package": (
        {"house/kitchen": '"""K."""\nfrom planted import anything'},
        "house/kitchen:2 imports the package it lives in",
    ),
    "a wing as a whole": (
        {"house/kitchen": '"""K."""\nfrom .. import ground'},
        "house/kitchen:2 imports ground/__init__, a wing as a whole",
    ),
    "what is not there": (
        {"house/kitchen": '"""K."""\nfrom ..ground2.words import W'},
        "house/kitchen:2 imports ground2/words, which is no module",
    ),
    "a circle in a room": (
        {
            "house/hall/stairs": '"""S."""\nfrom .steps import Step',
            "house/hall/steps": '"""S."""\nfrom .stairs import Stairs',
        },
        "imports go in a circle: house/hall/stairs -> house/hall/steps -> house/hall/stairs",
    ),
    "a file without a floor": (
        {"house/attic": '"""A."""'},
        "house: attic is not in the table",
    ),
    "a wing without a place": (
        {"garden/tree": '"""T."""'},
        "roof: garden is not in the table",
    ),
    "a floor without its file": (
        {"house/kitchen": None},
        "house: kitchen is in the table, but not there",
    ),
    "an address": (
        {"house/kitchen": '"""See https://a.example/."""\nA = "https://a.example/"'},
        "house/kitchen:2 holds a foreign IRI",
    ),
    "a function that is too long": (
        {"house/kitchen": '"""K."""\ndef cook():\n' + "    stir()\n" * LONGEST_FUNCTION},
        f"house/kitchen:2 cook has {LONGEST_FUNCTION + 1} lines",
    ),
    "a module that is too long": (
        {"house/kitchen": '"""K."""\n' + "stir()\n\n" * LONGEST_MODULE},
        f"house/kitchen has {LONGEST_MODULE + 1} lines, more than {LONGEST_MODULE}",
    ),
    "a wing that does more than to say what it is": (
        {"ground/__init__": '"""G."""\nX = 1'},
        "ground/__init__ holds more or less than a docstring",
    ),
    "a module that does not say what it is": (
        {"house/kitchen": "X = 1"},
        "house/kitchen does not say what it is",
    ),
}


def built(folder: Path, files: Mapping[str, str | None]) -> Package:
    """A package of these files."""
    for name, text in files.items():
        path = folder / "planted" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is not None:
            path.write_text(text, "utf-8")
    return Package(folder / "planted")


def test_the_package_is_the_ladder() -> None:
    package = Package(PACKAGE)
    assert len(package.modules) > 150
    assert len(list(package.edges())) > 500
    assert faults(package, ladder()) == []


def test_a_sound_package_has_no_faults(tmp_path: Path) -> None:
    package = built(tmp_path, SOUND)
    assert len(list(package.edges())) == 4
    assert faults(package, WINGS) == []


@pytest.mark.parametrize("case", PLANTED)
def test_a_planted_fault_is_found_alone(case: str, tmp_path: Path) -> None:
    files, fault = PLANTED[case]
    assert faults(built(tmp_path, {**SOUND, **files}), WINGS) == [fault]


def test_a_row_may_not_stand_twice(tmp_path: Path) -> None:
    twice = {**WINGS, "house": [["hall", "kitchen"], ["hall"]]}
    assert faults(built(tmp_path, SOUND), twice) == ["house: hall is in the table twice"]


def test_floors_are_as_low_as_imports_allow(tmp_path: Path) -> None:
    assert lowest(built(tmp_path, SOUND), WINGS) == {
        "ground": [["words"], ["lists"]],
        "house": [["hall", "kitchen"]],
        "roof": [["__init__", "main"]],
    }


def test_the_page_is_drawn_from_the_table_and_the_table_has_its_form() -> None:
    command = [sys.executable, str(TOOL), "--check"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "")
