"""What changed from one version of a release to the next, as tables of plain text."""

from collections.abc import Mapping, Sequence

import msgspec


class ChangedRows(msgspec.Struct, frozen=True):
    """What became of some things: what that is called, how many rows tell it, and the first of
    these, each beginning with what it is about (a compact IRI).
    """

    title: str
    number: int
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class VersionChanges(msgspec.Struct, frozen=True):
    """A version, the day of its data, the version before it (empty: none is known), how many things
    were added, changed and withdrawn, and tables by language.
    """

    version: str
    day: str
    before: str = ""
    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    tables: Mapping[str, Sequence[ChangedRows]] = {}


class ChangeHistory(msgspec.Struct, frozen=True):
    """What changed from version to version, the newest first."""

    versions: tuple[VersionChanges, ...] = ()
    format: int = 1
