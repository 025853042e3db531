"""Where releases stand: `public` leads to one of `.public-releases/`, or is one; nothing is ever
half of two.

With links, `public` is a symbolic link that one rename exchanges. Without, `public` is a folder:
the one before moves aside, the new one in. What an interrupted run left is put right by the next.
Names that begin with a dot are those of things on their way: `.building` and `.making` (a list of
what is ours in it), `.new` and `.link` (links about to become `public`), `.aside` (what `public`
was). What has such a name and is not ours stays, and another name is taken.
"""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from itertools import count
from pathlib import Path

from ..model.errors import BadOutput, Place
from ..model.layout import MARK, SUMS
from ..model.system_words import of_system
from ..model.text import N_
from ..system.disk import real, sync, unfinished
from ..system.folder import Folder
from ..system.interrupts import UNCHANGED, Interrupted
from ..system.lock import held
from .adoption import adopt, why_not_ours
from .mark import PRUNED, clear, lists_of, number_of, read_mark, strangers
from .mend import mend_from
from .sums import name_of, named
from .unfinished import BUILDING, MAKING, building_in, sweep

LOCK, _NEW, _LINK, _ASIDE, _PROBE = ".lock", ".new", ".link", ".aside", ".probe"

#: What the names of things on their way begin with, and those beside releases that are ours.
UNDER_WAY = (BUILDING, MAKING, _NEW, _LINK, _ASIDE, _PROBE)

#: The name of a release.
NAME = re.compile(r"[0-9a-f]{16}")

#: Where it is written what is damaged and set aside.
SET_ASIDE = "set-aside.json"

#: Where it is written which pages were taken out.
REDACTED = "redacted.json"

#: Where it is written what files of the current release were made of.
MADE_OF = "made-of.tsv"

#: Where the shards of the current release are kept as they were checked.
CHECKED = "checked-shards"

#: How many bytes are read of what is written beside releases.
NOTES_LIMIT = 1 << 30

#: What is ours beside releases.
OWN = (CHECKED, LOCK, MADE_OF, SET_ASIDE, REDACTED)

#: What systems say that have no symbolic links.
_NO_LINKS = frozenset({errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})


class ReleaseStore:
    """The releases of one folder `out`."""

    def __init__(self, out: Path) -> None:
        self.out = real(out) if out.name in {"", ".."} else real(out.parent) / out.name
        if not self.out.name:
            raise BadOutput(
                N_("cannot be a release"), Place(str(out)), hint=N_("name another folder")
            )
        self.root = self.out.with_name(f".{self.out.name}-releases")

    @contextmanager
    def locked(self, *, stepwise: bool = False) -> Iterator[None]:
        """Keeps others out until the block ends; what an interrupted run left is put right before,
        and after, and releases that older programs made get their mark.

        `stepwise` is what changes one thing after another, of which those that are done stay.
        Raises BadOutput where the folder holds what is not ours, or the system refuses something.
        """
        outcome = N_("what was done stays: run it again") if stepwise else UNCHANGED
        try:
            self._refuse_foreign()
            self.out.parent.mkdir(parents=True, exist_ok=True)
            with held(self.root / LOCK, self._vanish):
                try:
                    adopt(self.folders())
                    self._settle()
                    yield
                finally:
                    with suppress(OSError):
                        self._settle()
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            what = {name: where + said for name, said in of_system(error).items()}
            raise BadOutput(
                N_("stopped: {what}"), Place(str(self.out)), hint=outcome, what=what
            ) from error
        except Interrupted as stopped:
            stopped.outcome = stopped.outcome.replace(UNCHANGED, outcome)
            raise

    def folders(self) -> list[Path]:
        """The folders that have the name of a release, whole or pruned, and `out` if it is one."""
        named = (path for path in self.root.glob("[0-9a-f]*") if self._is_named(path))
        found = sorted(path for path in named if path.is_dir() and not path.is_symlink())
        return [*found, self.out] if self.out.is_dir() and not self.out.is_symlink() else found

    def building(self) -> AbstractContextManager[Folder]:
        """An empty folder for a release in the making; what is written there is noted to be ours
        before. To be called when locked.
        """
        return building_in(self._free(BUILDING, MAKING))

    def next_number(self) -> int:
        """As which release the next is made: the numbers of releases tell their order."""
        return max(map(number_of, self.folders()), default=0) + 1

    def takes_links(self) -> bool:
        """Whether symbolic links can be made here (on Windows, one cannot take the place of
        another).
        """
        probe = self._free(_PROBE)
        try:
            probe.symlink_to(LOCK)
            probe.unlink()
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            return False
        return os.name == "posix"

    def publish(self, built: Path, *, links: bool) -> None:
        """Makes a sealed folder the current release; one with the same name that is kept is mended
        from it and taken instead. Raises BadOutput where something else has that name.
        """
        name = name_of(built)
        kept, same_layout = self.root / name, links == self.out.is_symlink()
        if name == self.current() and same_layout and self.out.exists():
            mend_from(built, real(self.out))
            return
        if os.path.lexists(kept):
            self._check_kept(kept)
            mend_from(built, kept)
            self.bring_in(kept, links=links)
            return
        if not links:
            self._swap(built)
            return
        pointer = self._pointer(_NEW, name)
        built.rename(kept)
        self._swap(pointer)

    def bring_in(self, kept: Path, *, links: bool) -> None:
        """Makes a release that is kept the current one."""
        self._swap(self._pointer(_LINK, kept.name) if links else kept)

    def replace(self, old: Path, built: Path, *, is_current: bool) -> str:
        """Puts a sealed folder in the place of a release, which is removed; returns its name."""
        name, ending = name_of(built), PRUNED if old.name.endswith(PRUNED) else ""
        kept = self.root / f"{name}{ending}"
        if not is_current:
            if not os.path.lexists(kept):
                built.rename(kept)
        elif self.out.is_symlink():
            pointer = self._pointer(_NEW, name)
            built.rename(kept)
            self._swap(pointer)
        else:
            aside = self._free(_ASIDE)
            self._swap(built)
            old = aside
        sync(self.root)
        clear(old)
        return name

    def retire(self, release: Path) -> bool:
        """Takes a release out of those that can be gone back to, and tells whether it could; its
        files stay.
        """
        pruned = release.with_name(f"{release.name}{PRUNED}")
        clear(pruned)
        if os.path.lexists(pruned):
            return False
        release.rename(pruned)
        return True

    def current(self) -> str | None:
        """The name of the current release; None if there is none."""
        if self.out.is_symlink():
            return self.out.readlink().name
        found = lists_of(self.out) if self.out.is_dir() else []
        return named(found[0]) if found else None

    def refuse_guests(self) -> None:
        """Nothing, or BadOutput where `out` is a folder that would move with what is not ours."""
        if self.out.is_dir() and not self.out.is_symlink() and any(self.out.iterdir()):
            reason = why_not_ours(self.out)
            if reason:
                raise BadOutput(
                    N_("is not a release of ours: {reason}"),
                    Place(str(self.out)),
                    hint=N_("name another folder, or see idfgraph releases --repair"),
                    reason=reason,
                )
            for path in strangers(self.out):
                raise BadOutput(
                    N_("holds {path}, which is not ours"),
                    Place(str(self.out)),
                    hint=N_("move it away"),
                    path=path,
                )

    def _refuse_foreign(self) -> None:
        """Nothing, or BadOutput where something stands that is not ours."""
        out, place = self.out, Place(str(self.out))
        if self.root.is_symlink() or (self.root.exists() and not self.root.is_dir()):
            raise BadOutput(
                N_("is not a folder of releases"), Place(str(self.root)), hint=N_("take it away")
            )
        if out.is_symlink() and not self._is_pointer(out):
            raise BadOutput(
                N_("is a link, and leads to no release of ours"),
                place,
                hint=N_("name the folder itself"),
            )
        bare = not (out.is_symlink() or any((out / name).is_file() for name in (SUMS, MARK)))
        if out.exists() and bare and (not out.is_dir() or any(out.iterdir())):
            raise BadOutput(
                N_("is not a release, and is not empty"), place, hint=N_("name another folder")
            )

    def _check_kept(self, kept: Path) -> None:
        """Nothing, or BadOutput where what has the name of a release is none of ours."""
        if kept.is_symlink() or not kept.is_dir() or not read_mark(kept):
            raise BadOutput(
                N_("is not ours, and has the name of the new release"),
                Place(str(kept)),
                hint=N_("move it away"),
            )

    def _is_named(self, path: Path) -> bool:
        return bool(NAME.fullmatch(path.name.removesuffix(PRUNED)))

    def _is_pointer(self, path: Path) -> bool:
        """Whether a path is a link to a release of this folder, as `public` is."""
        if not path.is_symlink():
            return False
        target = path.readlink()
        return str(target.parent) == self.root.name and bool(NAME.fullmatch(target.name))

    def _free(self, *names: str) -> Path:
        """A path by the first name, as it is or with a number, for which none of these is taken."""
        for number in count(1):
            end = f"-{number}" if number > 1 else ""
            if not any(os.path.lexists(self.root / f"{name}{end}") for name in names):
                return self.root / f"{names[0]}{end}"
        raise AssertionError

    def _pointer(self, name: str, release: str) -> Path:
        """A link that, once it is `public`, leads to a release."""
        pointer = self._free(name)
        pointer.symlink_to(Path(self.root.name, release), target_is_directory=True)
        return pointer

    def _swap(self, new: Path) -> None:
        """Puts a link or a folder in the place of `out`; what that was moves aside, unless a link
        replaces a link.
        """
        aside = self._free(_ASIDE)
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
            said = N_("is published, but might not outlast a power cut: {strerror}")
            raise BadOutput(
                said, Place(str(self.out)), hint=N_("publish again"), strerror=of_system(error)
            ) from error

    def _settle(self) -> None:
        """Puts right what a run that was interrupted left, or what this one no longer needs."""
        for aside in self.root.glob(f"{_ASIDE}*"):
            self._bring_back(aside)
            self._settle_aside(aside)
        for new in filter(self._is_pointer, self.root.glob(f"{_NEW}*")):
            if (never := new.readlink().name) != self.current():
                clear(self.root / never)
        for link in self.root.glob(".*"):
            if self._is_pointer(link) or _is_probe(link):
                link.unlink()
        sweep(self.root)
        for name in OWN:
            with suppress(OSError):
                unfinished(self.root / name).unlink(missing_ok=True)
        for pruned in self.root.glob(f"*{PRUNED}"):
            name = pruned.name.removesuffix(PRUNED)
            if NAME.fullmatch(name) and (name == self.current() or (self.root / name).is_dir()):
                clear(pruned)

    def _settle_aside(self, aside: Path) -> None:
        """Keeps what `public` was as a release, unless it is one that is kept already."""
        if not read_mark(aside) or not (aside / SUMS).is_file():
            return
        kept = self.root / name_of(aside)
        if kept.name != self.current() and not os.path.lexists(kept):
            aside.rename(kept)
        else:
            clear(aside)

    def _bring_back(self, aside: Path) -> None:
        if not os.path.lexists(self.out) and (self._is_pointer(aside) or read_mark(aside)):
            aside.rename(self.out)

    def _vanish(self) -> None:
        """Takes the folder of releases away if it holds none."""
        if not any(path.name != LOCK for path in self.root.iterdir()):
            (self.root / LOCK).unlink()
            self.root.rmdir()


def _is_probe(path: Path) -> bool:
    """Whether this is a link of ours that was made to see whether there are links."""
    is_one = path.name.startswith(_PROBE) and path.is_symlink()
    return is_one and str(path.readlink()) == LOCK
