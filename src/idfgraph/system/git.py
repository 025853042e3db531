"""Folders of a git revision, unpacked aside without a checkout: the bytes as they were committed,
no filter applied.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from ..model.errors import BadConfig, BadInput, Place
from ..model.text import N_
from .disk import real
from .temporary import temporary_folder

#: What a name in a path may not be or hold: a step up, git's own folder, what parts folders or
#: drives on Windows.
_UNSAFE = re.compile(r"(?:\.\.?|(?i:\.git)|.*[\\:\0].*|)", re.DOTALL)

#: The full name of a commit.
_COMMIT = re.compile("[0-9a-f]{40,64}")

#: The modes of regular files; links and other repositories have others.
_REGULAR = frozenset({"100644", "100755", "100664"})


class RevisionChanges(NamedTuple):
    """What differs from a revision in a working tree: the top of that, the paths from there, and a
    folder under which stands what they were then.
    """

    root: Path
    paths: frozenset[str]
    before: Path


class RevisionFiles(NamedTuple):
    """A revision's files: the folder they were written under, and what could not be."""

    root: Path
    refused: tuple[BadInput, ...]


def root_of(folder: Path) -> Path | None:
    """The top of the repository that a folder is in, git or not; None where it is in none.

    >>> root_of(Path("/")) is None
    True
    """
    here = real(folder)
    return next((above for above in (here, *here.parents) if (above / ".git").exists()), None)


def is_revision(name: str) -> bool:
    """Whether the repository of the current folder has a commit of this name; False where there is
    no git.

    >>> is_revision("-x")
    False
    """
    return not _odd(name) and bool(shutil.which("git")) and _commit(name) is not None


@contextmanager
def unpacked(revision: str, path: str) -> Iterator[RevisionFiles]:
    """The files under a path of a revision, in the repository of the current folder, until the
    context ends.

    `path` is a folder or file from the root of the repository, with slashes. Symbolic links, other
    repositories inside it, and names that lead outside are not written. Raises BadConfig when git
    is not there, the revision is unknown, or has no such path.
    """
    inside = checked_path(path)
    commit = _known(revision)
    entries = list(_entries(commit, inside))
    if not entries:
        raise BadConfig(
            N_("{revision} has no {path}"),
            hint=N_("name the folder of the data with --path"),
            revision=revision,
            path=path,
        )
    with temporary_folder() as folder:
        yield RevisionFiles(folder, tuple(_written(entries, folder)))


@contextmanager
def changes_since(revision: str, folder: Path) -> Iterator[RevisionChanges]:
    """What differs from a revision in the working tree that a folder is in, whether git ignores it
    or not, until the context ends.

    Raises BadConfig when git is not there, the folder is in no repository, or the revision unknown.
    """
    if not shutil.which("git"):
        raise BadConfig(
            N_("there is no git to tell what has changed"), hint=N_("install git, or check all")
        )
    root = root_of(folder)
    if root is None:
        raise BadConfig(
            N_("is in no git repository"),
            Place(str(folder)),
            hint=N_("check all, or name a folder in one"),
        )
    commit = None if _odd(revision) else _commit(revision, root)
    if commit is None:
        hint = N_("fetch it first (a check in CI needs the whole history: fetch-depth: 0)")
        raise BadConfig(
            N_("{revision!r} is no revision of the repository here"), hint=hint, revision=revision
        )
    differing = ("diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-relative")
    others = ("ls-files", "--others", "-z")
    paths = {*_paths(root, *differing, commit, "--"), *_paths(root, *others, "--")}
    entries = [one for one in _entries(commit, ".", root) if one.path in paths]
    with temporary_folder() as before:
        for _ in _written(entries, before, root):
            pass
        yield RevisionChanges(root, frozenset(paths), before)


def _paths(root: Path, *words: str) -> Iterator[str]:
    """The paths that git lists, from the top of a repository."""
    done = _git(*words, at=root)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise BadConfig(
            N_("git does not tell what has changed: {what}"), what=said[-1] if said else ""
        )
    yield from map(os.fsdecode, filter(None, done.stdout.split(b"\0")))


def checked_path(path: str) -> str:
    """A path inside a repository without needless parts; BadConfig for one that is absolute or
    leads outside.

    >>> checked_path("./data/")
    'data'
    """
    plain = PurePosixPath(path.replace(os.sep, "/"))
    if not path or plain.is_absolute() or any(map(_UNSAFE.fullmatch, plain.parts)):
        raise BadConfig(
            N_("{path!r} is no path inside a repository"),
            hint=N_("name a folder, as in --path data"),
            path=path,
        )
    return str(plain)


class _Blob(NamedTuple):
    """A file of a revision: its mode, the name of its content, its path."""

    mode: str
    name: str
    path: str


def _odd(revision: str) -> bool:
    """Whether a revision could be taken for an option, or is none at all."""
    return not revision or revision.startswith("-") or not revision.isprintable()


def _known(revision: str) -> str:
    """The full name of a revision's commit."""
    if _odd(revision):
        raise BadConfig(
            N_("{revision!r} is no revision"),
            hint=N_("name a branch, a tag or a commit"),
            revision=revision,
        )
    if not shutil.which("git"):
        raise BadConfig(
            N_("{revision!r} is no folder, and there is no git to look for a revision"),
            hint=N_("install git"),
            revision=revision,
        )
    commit = _commit(revision)
    if commit is None:
        whole = "a check in CI needs the whole history: fetch-depth: 0"
        hint = N_("fetch it first ({whole}), or name a folder")
        raise BadConfig(
            N_("{revision!r} is neither a folder nor a revision of a repository here"),
            hint=hint,
            revision=revision,
            whole=whole,
        )
    return commit


def _commit(revision: str, at: Path = Path()) -> str | None:
    done = _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", at=at)
    name = done.stdout.decode("ascii", "replace").strip()
    return name if done.returncode == 0 and _COMMIT.fullmatch(name) else None


def _entries(commit: str, path: str, at: Path = Path()) -> Iterator[_Blob]:
    """The files under a path of a commit."""
    done = _git(
        "ls-tree", "-r", "-z", "--full-tree", commit, *(["--", path] if path != "." else []), at=at
    )
    for entry in filter(None, done.stdout.split(b"\0")):
        head, _, name = entry.partition(b"\t")
        mode, _, blob = head.decode("ascii").split()
        yield _Blob(mode, blob, os.fsdecode(name))


def _written(entries: list[_Blob], folder: Path, at: Path = Path()) -> Iterator[BadInput]:
    """Writes files under a folder; yields those that are refused."""
    command = [shutil.which("git") or "git", "cat-file", "--batch"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=_environment(), cwd=at) as git:  # noqa: S603 - our own words
        assert git.stdin and git.stdout
        for entry in entries:
            target = folder / entry.path
            if entry.mode not in _REGULAR or any(map(_UNSAFE.fullmatch, entry.path.split("/"))):
                yield BadInput(
                    N_("is no plain file with a plain name"),
                    Place(str(target)),
                    hint=N_("put a plain file there"),
                )
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_content(git.stdin, git.stdout, entry.name))


def _content(asked: IO[bytes], told: IO[bytes], name: str) -> bytes:
    """The bytes of a file, by the name of its content."""
    asked.write(f"{name}\n".encode())
    asked.flush()
    head = told.readline().split()
    if len(head) != 3:
        raise BadConfig(
            N_("git has no content for {name}"),
            hint=N_("fetch the whole repository, not a part of it"),
            name=name,
        )
    content = told.read(int(head[2]))
    told.read(1)
    return content


def _git(*words: str, at: Path = Path()) -> "subprocess.CompletedProcess[bytes]":
    command = [shutil.which("git") or "git", *words]
    return subprocess.run(command, check=False, capture_output=True, env=_environment(), cwd=at)  # noqa: S603 - checked words


def _environment() -> dict[str, str]:
    """The environment of git: paths are taken as they are, and nothing is asked or translated."""
    return {**os.environ, "GIT_LITERAL_PATHSPECS": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
