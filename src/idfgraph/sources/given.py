"""The sources that are given: paths, and addresses of what lies elsewhere."""

import os
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from ..model.errors import BadConfig
from ..model.text import N_

#: A folder or a file of pages and records, or several; by their paths, or addresses.
Sources = str | Path | Iterable[str | Path]

#: How addresses of files of this machine begin, which are paths.
_HERE = ("file://", "local://")


def as_paths(sources: Sources) -> tuple[Path, ...]:
    """The paths of sources, one or several; BadConfig for what is no path.

    >>> [path.name for path in as_paths("data")], [path.name for path in as_paths(["a", Path("b")])]
    (['data'], ['a', 'b'])
    """
    return tuple(map(Path, _several(sources)))


def as_sources(sources: Sources) -> tuple[Path | str, ...]:
    """The sources, one or several: addresses as texts, all else, and what stands here, as paths;
    BadConfig for what is neither.

    >>> here, there = as_sources(["file:///srv/desk", "s3://bucket/desk"])
    >>> here == Path("/srv/desk").absolute(), there
    (True, 's3://bucket/desk')
    """
    return tuple(map(_as_source, _several(sources)))


def paths_of(sources: Iterable[Path | str]) -> list[Path]:
    """The sources that are no addresses."""
    return [one for one in sources if isinstance(one, Path)]


def _several(sources: Sources) -> tuple[str | Path, ...]:
    if isinstance(sources, str | Path):
        return (sources,)
    try:
        several = tuple(sources)
        for one in several:
            Path(one)
    except TypeError as error:
        raise _no_source(sources) from error
    return several


def _no_source(given: object) -> BadConfig:
    hint = N_("give a path, or a list of paths, of folders or files")
    return BadConfig(N_("{sources!r} is no source"), hint=hint, sources=given)


def _as_source(source: str | Path) -> Path | str:
    path = Path(source)
    if path is source or "://" not in str(source) or os.path.exists(path):  # noqa: PTH110 - a name may be too long
        return path
    address = str(source)
    if not address.startswith(_HERE):
        return address
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise _no_source(address) from error
    return Path(url2pathname(parts.netloc.removeprefix("localhost") + parts.path))
