"""Where releases stand: `public` leads to one of `.public-releases/`, or is one; nothing is ever
half of two.

With links, `public` is a symbolic link that one rename exchanges. Without, `public` is a folder:
the one before moves aside, the new one in. What an interrupted run left is put right by the next.
Names that begin with a dot are those of things on their way: `.building`, `.new` and `.link` (links
about to become `public`), `.aside` (what `public` was).
"""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..model.errors import BadOutput, Place
from ..model.layout import SUMS
from ..system.disk import remove, sync
from ..system.lock import held
from .sums import fault, name_of

_LOCK, _BUILDING, _NEW, _LINK, _ASIDE = ".lock", ".building", ".new", ".link", ".aside"

#: The end of the name of a release of which only dumps and tombstones are left.
PRUNED = ".pruned"

#: The name of a release.
NAME = re.compile(r"[0-9a-f]{16}")

#: What systems say that have no symbolic links.
_NO_LINKS = frozenset({errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})


class ReleaseStore:
    """The releases of one folder `out`."""

    def __init__(self, out: Path) -> None:
        self.out = out.resolve() if out.name in {"", ".."} else out.parent.resolve() / out.name
        if not self.out.name:
            raise BadOutput("cannot be a release", Place(str(out)), hint="name another folder")
        self.root = self.out.with_name(f".{self.out.name}-releases")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keeps others out until the block ends; what an interrupted run left is put right before,
        and after.

        Raises BadOutput, and changes nothing, where the folder holds what is not ours, or cannot be
        written.
        """
        try:
            self._refuse_foreign()
            self.out.parent.mkdir(parents=True, exist_ok=True)
            with held(self.root / _LOCK):
                self._settle()
                try:
                    yield
                finally:
                    with suppress(OSError):
                        self._settle()
                        self._vanish()
        except OSError as error:
            place = Place(str(error.filename or self.out))
            said = f"cannot be written: {error.strerror or error}"
            raise BadOutput(said, place, hint="nothing published was changed") from error

    def begin(self) -> Path:
        """An empty folder for a release in the making; to be called once, when locked."""
        (self.root / _BUILDING).mkdir()
        return self.root / _BUILDING

    def takes_links(self) -> bool:
        """Whether symbolic links can be made here (on Windows, one cannot take the place of
        another).
        """
        probe = self.root / ".probe"
        try:
            probe.symlink_to(_LOCK)
            probe.unlink()
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            return False
        return os.name == "posix"

    def publish(self, built: Path, *, links: bool) -> None:
        """Makes a sealed folder the current release; does nothing if that is the same already."""
        name = name_of(built)
        kept, same_layout = self.root / name, links == self.out.is_symlink()
        if name == self.current() and same_layout and not self._fault(self.out.resolve()):
            return
        if kept.is_dir() and not self._fault(kept):
            self.bring_in(kept, links=links)
            return
        if os.path.lexists(kept):
            self.retire(kept)
        if not links:
            self._swap(built)
            return
        pointer = self._pointer(_NEW, name)
        built.rename(kept)
        self._swap(pointer)

    def bring_in(self, kept: Path, *, links: bool) -> None:
        """Makes a release that is kept the current one."""
        self._swap(self._pointer(_LINK, kept.name) if links else kept)

    def retire(self, release: Path) -> None:
        """Takes a release out of those that can be gone back to; its files stay."""
        pruned = release.with_name(f"{release.name}{PRUNED}")
        remove(pruned)
        release.rename(pruned)

    def current(self) -> str | None:
        """The name of the current release; None if there is none."""
        if self.out.is_symlink():
            return self.out.readlink().name
        return name_of(self.out) if (self.out / SUMS).is_file() else None

    def _refuse_foreign(self) -> None:
        """Nothing, or BadOutput where something stands that is not ours."""
        out, place = self.out, Place(str(self.out))
        if self.root.is_symlink() or (self.root.exists() and not self.root.is_dir()):
            raise BadOutput(
                "is not a folder of releases", Place(str(self.root)), hint="take it away"
            )
        if out.is_symlink():
            target = out.readlink()
            if str(target.parent) != self.root.name or not NAME.fullmatch(target.name):
                raise BadOutput(
                    "is a link, and leads to no release of ours",
                    place,
                    hint="name the folder itself",
                )
        elif (
            out.exists() and not (out / SUMS).is_file() and (not out.is_dir() or any(out.iterdir()))
        ):
            raise BadOutput("is not a release, and is not empty", place, hint="name another folder")

    def _pointer(self, name: str, release: str) -> Path:
        """A link that, once it is `public`, leads to a release."""
        pointer = self.root / name
        pointer.symlink_to(Path(self.root.name, release), target_is_directory=True)
        return pointer

    def _swap(self, new: Path) -> None:
        """Puts a link or a folder in the place of `out`; what that was moves aside, unless a link
        replaces a link.
        """
        aside = self.root / _ASIDE
        sync(self.root)
        sync(self.out.parent)
        try:
            if os.path.lexists(self.out) and not (self.out.is_symlink() and new.is_symlink()):
                self.out.rename(aside)
            new.replace(self.out)
        except OSError:
            self._bring_back(aside)
            raise
        try:
            sync(self.out.parent)
            sync(self.root)
        except OSError as error:
            said = f"is published, but might not outlast a power cut: {error.strerror}"
            raise BadOutput(said, Place(str(self.out)), hint="publish again") from error

    def _settle(self) -> None:
        """Puts right what a run that was interrupted left, or what this one no longer needs."""
        aside, new = self.root / _ASIDE, self.root / _NEW
        self._bring_back(aside)
        if aside.is_dir() and not aside.is_symlink() and (aside / SUMS).is_file():
            kept = self.root / name_of(aside)
            if kept.name != self.current() and not os.path.lexists(kept):
                aside.rename(kept)
        if (
            new.is_symlink()
            and NAME.fullmatch(never := new.readlink().name)
            and never != self.current()
        ):
            remove(self.root / never)
        for left in self.root.glob(".*"):
            if left.name != _LOCK:
                remove(left)
        for pruned in self.root.glob(f"*{PRUNED}"):
            name = pruned.name.removesuffix(PRUNED)
            if name == self.current() or (self.root / name).is_dir():
                remove(pruned)

    def _bring_back(self, aside: Path) -> None:
        if os.path.lexists(aside) and not os.path.lexists(self.out):
            aside.rename(self.out)

    def _vanish(self) -> None:
        """Takes the folder of releases away if it holds none."""
        if not any(path.name != _LOCK for path in self.root.iterdir()):
            (self.root / _LOCK).unlink()
            self.root.rmdir()

    @staticmethod
    def _fault(release: Path) -> str | None:
        """As fault, for what may be no release at all."""
        return (
            fault(release)
            if (release / SUMS).is_file() and not release.is_symlink()
            else "is no release"
        )
