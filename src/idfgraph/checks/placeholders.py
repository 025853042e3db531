"""What a data folder still says in the words that `init` wrote for people to replace."""

from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from typing import Any

from ..graph.setting import Setting
from ..model.errors import Place
from ..model.findings import Finding, Result
from ..model.records import Dataset
from ..model.text import N_, Texts, texts
from ..sources.origin import nearest, placed
from ..sources.records import read_yaml
from ..system import resources

_NAME = N_("Placeholders are left")
_LEFT = N_(
    "This is still as idfgraph init wrote it: {left}. Write your own words in dataset.yaml, take "
    "an address that is yours, and delete the example."
)

#: The fields of `dataset.yaml` that are written to be replaced.
_FIELDS = ("title", "description", "publisher", "base")


def left_over(setting: Setting) -> Iterator[Finding]:
    """One warning for all that is left as `init` wrote it, if anything is."""
    places = list(_places(setting))
    if places:
        said = texts(_LEFT, left=", ".join(place.field or place.file for place in places))
        result = Result("Warning", "", "", "", "", "", "", texts(_NAME), said)
        first, *others = places
        yield Finding(result, first, tuple(others))


def _places(setting: Setting) -> Iterator[Place]:
    if setting.settings:
        dataset, marks = read_yaml(setting.settings, Dataset)
        for name in _FIELDS:
            if _said(getattr(dataset, name)) & _said(_written()[name]):
                yield placed(str(setting.settings), nearest(marks, name), name)
    if example := setting.files.pages.get(_example()):
        yield Place(str(example))


def _said(value: str | Texts) -> set[str]:
    """What a field says, in any language."""
    return {value} if isinstance(value, str) else set(value.values())


@cache
def _written() -> Mapping[str, Any]:
    """What `init` writes of a data set."""
    written: Mapping[str, Any] = read_yaml(resources.STARTER / "dataset.yaml", dict[str, Any])[0]
    return written


@cache
def _example() -> str:
    """The SHA-256 of the page that `init` writes."""
    return sha256((resources.STARTER / "page.txt").read_bytes()).hexdigest()
