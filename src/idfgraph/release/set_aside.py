"""What is damaged and cannot be mended, set aside so that publishing goes on: which releases and
versions, and what is wrong with each.
"""

from collections.abc import Container, Iterator
from pathlib import Path

import msgspec

from ..model.errors import BadInput, BadOutput, Place
from ..model.text import N_
from ..system.disk import remove, write_text
from ..system.reading import read_whole
from .store import NOTES_LIMIT, SET_ASIDE, ReleaseStore


class SetAside(msgspec.Struct, forbid_unknown_fields=True):
    """The releases and the versions that are set aside, by name, each with its damage: sentences of
    releases, paths of versions.
    """

    releases: dict[str, list[str]] = {}
    versions: dict[str, list[str]] = {}

    def tells(self, release: str, path: str, what: str) -> bool:
        """Whether a damage is among what is set aside."""
        told = f"{path} {what}".strip() in self.releases.get(release, ())
        return told or any(path in paths for paths in self.versions.values())

    def lines(self) -> Iterator[str]:
        """What is set aside, a line each."""
        yield from self.release_lines()
        yield from self.version_lines()

    def without(self, release: str, sound: Container[str]) -> "SetAside":
        """What is left once a release is whole: neither it, nor versions whose files are `sound`
        (paths) in it.
        """
        return SetAside(
            {name: said for name, said in self.releases.items() if name != release},
            {
                version: paths
                for version, paths in self.versions.items()
                if not all(path in sound for path in paths)
            },
        )

    def release_lines(self) -> Iterator[str]:
        """The releases that are set aside, a line each."""
        for name, said in sorted(self.releases.items()):
            yield f"set aside: release {name}: {'; '.join(said)}"

    def version_lines(self) -> Iterator[str]:
        """The versions that are set aside, a line each."""
        for version, paths in sorted(self.versions.items()):
            yield f"set aside: version {version}: no sound copy is left of {', '.join(paths)}"


def read_set_aside(store: ReleaseStore) -> SetAside:
    """What is set aside in a folder of releases; BadOutput if that cannot be read."""
    file = store.root / SET_ASIDE
    try:
        return (
            msgspec.json.decode(read_whole(file, NOTES_LIMIT), type=SetAside)
            if file.exists()
            else SetAside()
        )
    except (BadInput, msgspec.MsgspecError) as error:
        raise BadOutput(N_("cannot be read"), Place(str(file)), hint=N_("move it away")) from error


def write_set_aside(store: ReleaseStore, found: SetAside) -> None:
    """Writes what is set aside; where nothing is, there is no such file."""
    read_set_aside(store)
    file: Path = store.root / SET_ASIDE
    if not found.releases and not found.versions:
        remove(file)
    else:
        encoded = msgspec.json.encode(found, order="sorted")
        write_text(file, msgspec.json.format(encoded, indent=2).decode() + "\n")
