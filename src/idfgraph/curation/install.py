"""Where a workflow is to have idfgraph from: a wheel, an address of git, or a registry."""

import re
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

import msgspec

from ..model.errors import BadConfig, Place
from ..model.text import N_

#: What is named that is in a registry: this release, or another one.
_REGISTRY = re.compile(r"registry|idfgraph *(?:[=<>!~]=?|===)[0-9A-Za-z.*+!]+")

#: An address that pip installs from.
_ADDRESS = re.compile(r"(?:git\+(?:https|ssh|file)|https)://[^\s\"\\$]+")

_FORMS = N_("name a wheel, git+https://...@REVISION, https://.../NAME.whl, or registry")


class ToolPlace(NamedTuple):
    """What pip is asked for, or a wheel that stands in the repository for it: its name, and where
    it is now (None: nowhere yet).
    """

    asked: str = ""
    wheel: str = ""
    at: Path | None = None


def tool_place(named: str) -> ToolPlace:
    """The place that is named, or else that which this idfgraph was installed from; where it cannot
    be had again from there, a wheel that somebody has to put into the repository.

    >>> tool_place("git+https://example.org/idfgraph@v1").asked
    'idfgraph @ git+https://example.org/idfgraph@v1'
    """
    if not named:
        return _own()
    if _REGISTRY.fullmatch(named):
        asked = f"idfgraph=={version('idfgraph')}" if named == "registry" else named
        return ToolPlace(asked)
    if _ADDRESS.fullmatch(named):
        return ToolPlace(f"idfgraph @ {named}")
    wheel = Path(named)
    if wheel.suffix == ".whl" and wheel.name.startswith("idfgraph-") and wheel.is_file():
        return ToolPlace(wheel=wheel.name, at=wheel)
    raise BadConfig(N_("is no place to install idfgraph from"), Place(named), hint=_FORMS)


def _own() -> ToolPlace:
    """The place that this idfgraph was installed from, as pip noted it."""
    try:
        noted = distribution("idfgraph").read_text("direct_url.json")
    except PackageNotFoundError:
        noted = "{}"
    return noted_place(noted) if noted else tool_place("registry")


class _Revision(msgspec.Struct):
    """What was had of a version control system."""

    vcs: str
    commit_id: str


class _Origin(msgspec.Struct):
    """Where a package was installed from, as pip notes it (PEP 610)."""

    url: str = ""
    vcs_info: _Revision | None = None
    archive_info: dict[str, object] | None = None


def noted_place(noted: str) -> ToolPlace:
    """The place in a note of pip (PEP 610) from which it can be had again.

    >>> noted_place('{"url": "file:///home/me/idfgraph", "dir_info": {}}').at is None
    True
    """
    origin = msgspec.json.decode(noted, type=_Origin)
    if origin.vcs_info and urlsplit(origin.url).scheme in ("https", "ssh"):
        return tool_place(f"{origin.vcs_info.vcs}+{origin.url}@{origin.vcs_info.commit_id}")
    if origin.url.startswith("https://") and origin.archive_info is not None:
        return tool_place(origin.url)
    file = Path(url2pathname(urlsplit(origin.url).path))
    if file.suffix == ".whl" and file.is_file():
        return tool_place(str(file))
    return ToolPlace(wheel=f"idfgraph-{version('idfgraph')}-py3-none-any.whl")
