"""Windows as far as it can be played elsewhere: a Python that is started with this folder on its
path, and `IDFGRAPH_PLAYED` for the folder in which that holds, takes the system for Windows.

Paths have a drive and backslashes, names no letter case, no devices and no dots at their end; what
is open stays where it is; links cannot be made; text that names no form is cp1252, and its lines
end in CR LF; what Unix alone has is missing. What is native (git, stores) knows nothing of it.
"""

import builtins
import contextlib
import ctypes
import errno
import fcntl
import importlib
import io
import multiprocessing.popen_spawn_posix
import multiprocessing.queues
import multiprocessing.resource_tracker
import multiprocessing.spawn
import ntpath
import os
import re
import selectors
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import sysconfig
import threading
import types
import uuid
from collections.abc import Callable
from typing import Any

#: What takes the system for what it is, and is here before that is another.
BEFORE = (ctypes, selectors, socket, ssl, sysconfig, threading, uuid)

#: The drive that all stands on, and what no name may hold or be.
DRIVE = "C:"
FOREIGN = re.compile(r'[<>:"|?*\x00-\x1f]')
DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\s*(?:\.|$)", re.IGNORECASE)

#: What the system says.
NO_NAME = "The filename, directory name, or volume label syntax is incorrect"
IN_USE = "The process cannot access the file because it is being used by another process"
NO_LINKS = "A required privilege is not held by the client"

#: Functions of the system by how many paths they take, and those that move what they name.
ONE = (
    *("stat", "lstat", "mkdir", "rmdir", "unlink", "remove", "listdir", "chdir", "access"),
    *("chmod", "utime", "readlink", "truncate", "open"),
)
TWO = ("rename", "replace", "link")
MOVING = {"rmdir", "unlink", "remove", "rename", "replace"}

#: What there is on Unix alone.
NOT_OF_OS = (
    *("fork", "forkpty", "geteuid", "getuid", "getgid", "getegid", "set_blocking", "fchmod"),
    *("chown", "killpg", "setsid", "sched_getaffinity", "getloadavg", "uname", "mkfifo"),
    *("O_NOFOLLOW", "O_NONBLOCK", "O_DIRECTORY", "O_CLOEXEC"),
)
NOT_OF_SIGNAL = (
    *("SIGHUP", "SIGALRM", "SIGKILL", "SIGSTOP", "SIGCONT", "SIGUSR1", "SIGUSR2", "SIGCHLD"),
    *("SIGPIPE", "pthread_sigmask", "pthread_kill", "alarm", "setitimer"),
)
NO_MODULES = ("fcntl", "resource", "pwd", "grp", "termios", "pty", "tty", "posix")

#: What goes by a path without Python: by the place or the name of that.
NATIVE: dict[str, dict[str, int | str]] = {
    "pyoxigraph": {"parse": "path", "serialize": "output"},
    "fasttext": {"load_model": 0},
    "sqlite3": {"connect": 0},
}

OXIGRAPH = types.SimpleNamespace()
SYSTEM = {name: getattr(os, name) for name in (*ONE, *TWO, "getcwd", "fspath", "scandir")}
BINARY = 1 << 28
OPEN = io.open
PLAYED = os.environ.get("IDFGRAPH_PLAYED", "")


def native(path: Any) -> Any:
    """A path as this system has it; of a handle, the handle."""
    if isinstance(path, int):
        return path
    text = os.fsdecode(SYSTEM["fspath"](path))
    if text.startswith(f"file:///{DRIVE}"):
        return text.replace(f"/{DRIVE}", "", 1)
    plain = text.removeprefix(DRIVE).replace("\\", "/")
    if plain == "nul":
        return "/dev/null"
    whole = plain if plain.startswith("/") else f"{SYSTEM['getcwd']()}/{plain}"
    if not whole.startswith(f"{PLAYED}/"):
        return plain
    found = PLAYED
    for part in whole.removeprefix(PLAYED).split("/"):
        if part == "..":
            found = found.rpartition("/")[0]
        elif part not in ("", "."):
            found = f"{found}/{_spelt(found, _name(part, text))}"
    return found


def _name(part: str, path: str) -> str:
    if FOREIGN.search(part) or DEVICE.match(part):
        raise OSError(errno.EINVAL, NO_NAME, path)
    return part.rstrip(". ") or part


def _spelt(folder: str, name: str) -> str:
    """A name as it stands in a folder, letter case apart, if it does."""
    names = []
    with contextlib.suppress(OSError):
        names = SYSTEM["listdir"](folder)
    alike = (one for one in names if one.casefold() == name.casefold())
    return name if name in names else next(alike, name)


def _refuse_open(path: str) -> None:
    """PermissionError where this process has what is to move, or something in it, open."""
    for handle in SYSTEM["listdir"]("/proc/self/fd"):
        with contextlib.suppress(FileNotFoundError):
            held = SYSTEM["readlink"](f"/proc/self/fd/{handle}")
            if f"{held}/".startswith(f"{path}/"):
                raise PermissionError(errno.EACCES, IN_USE, path)


def _played(name: str, paths: int) -> Callable[..., Any]:
    """A function of the system, as it is on Windows."""
    own = SYSTEM[name]

    def call(*given: Any, **more: Any) -> Any:
        args = [*map(native, given[:paths]), *given[paths:]]
        if name in MOVING:
            for path in args[:paths]:
                _refuse_open(path)
        if name == "rename" and ntpath.lexists(given[1]) and args[0] != args[1]:
            raise FileExistsError(errno.EEXIST, "File exists", str(given[1]))
        if name == "open":
            args[1] &= ~BINARY
            if ntpath.isdir(given[0]):
                raise PermissionError(errno.EACCES, "Permission denied", str(given[0]))
        try:
            return own(*args, **more)
        except OSError as error:
            error.filename = str(given[0]) if given else error.filename
            raise

    return call


def _through(own: Callable[..., Any], where: int | str) -> Callable[..., Any]:
    """A native function, given a path that this system has."""

    def call(*given: Any, **more: Any) -> Any:
        if where == 0:
            given = (native(given[0]), *given[1:])
        elif isinstance(more.get(str(where)), (str, os.PathLike)):
            more[str(where)] = native(more[str(where)])
        return own(*given, **more)

    return call


class PlayedFile(io.FileIO):
    """A file by a path as Windows writes it."""

    def __init__(self, file: Any, *given: Any, **more: Any) -> None:
        super().__init__(native(file), *given, **more)


class PlayedEntry:
    """An entry of a folder, under the path that was asked for."""

    def __init__(self, own: "os.DirEntry[str]", folder: str) -> None:
        self._own, self.path = own, ntpath.join(folder, own.name)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._own, name)

    def __fspath__(self) -> str:
        return self.path


class PlayedEntries:
    """The entries of a folder, as `os.scandir` gives them."""

    def __init__(self, path: Any = ".") -> None:
        self._folder, self._own = os.fspath(path), SYSTEM["scandir"](native(path))
        self.close = self._own.close

    def __iter__(self) -> "PlayedEntries":
        return self

    def __next__(self) -> PlayedEntry:
        return PlayedEntry(next(self._own), self._folder)

    def __enter__(self) -> "PlayedEntries":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class PlayedStore:
    """A store that loads files by paths as Windows writes them."""

    def __init__(self, *given: Any) -> None:
        self._own = OXIGRAPH.Store(*given)

    def __getattr__(self, name: str) -> Any:
        own = getattr(self._own, name)
        return _through(own, "path") if name == "bulk_load" else own

    def __iter__(self) -> Any:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)


class PlayedSys:
    """The module `sys` of the system that it is, for those that start processes."""

    platform = sys.platform

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(sys, name, value)


class PlayedOs(types.ModuleType):
    """The module `os` of another system, for paths."""

    name = "nt"

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)


def _opened(file: Any, mode: str = "r", *given: Any, **more: Any) -> Any:
    """As `open`, with what Windows does to text that names no form."""
    names = ("buffering", "encoding", "errors", "newline", "closefd", "opener")
    more |= dict(zip(names, given, strict=False))
    if "b" not in mode:
        if more.get("encoding") in (None, "locale"):
            more["encoding"] = "cp1252"
        if more.get("newline") is None and "r" not in mode:
            more["newline"] = "\r\n"
    return OPEN(native(file), mode, **more)


def _code(path: str) -> Any:
    return OPEN(native(path), "rb")


def _absolute(path: Any) -> str:
    text = os.fsdecode(os.fspath(path))
    drive, rest = ntpath.splitdrive(text)
    if not drive and rest[:1] in ("/", "\\"):
        text = f"{DRIVE}{rest}"
    elif not drive:
        text = ntpath.join(DRIVE + SYSTEM["getcwd"](), rest)
    return ntpath.normpath(text)


def _real(path: Any, *, strict: bool = False) -> str:
    """As there are no links, the path in full, with its names as they are spelt."""
    whole = _absolute(path)
    if strict:
        SYSTEM["stat"](native(whole))
    return _absolute(native(whole)) if ntpath.exists(whole) else whole


def _no_link(source: Any, _target: Any, *_: Any, **__: Any) -> None:
    raise OSError(errno.EPERM, NO_LINKS, str(source))


def _lock(handle: int, *_: int) -> None:
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _load() -> None:
    """Loads what would not load later, and paths as Windows has them."""
    sysconfig.get_config_vars()
    was = types.SimpleNamespace(**vars(signal))
    for module in (multiprocessing.popen_fork, multiprocessing.resource_tracker, subprocess):
        vars(module)["signal"] = was
    vars(multiprocessing.spawn)["sys"] = PlayedSys()
    os.name = "nt"
    for name in ("pathlib", "pathlib._local"):
        sys.modules.pop(name, None)
    paths = importlib.import_module("pathlib")
    vars(sys.modules.get("pathlib._local") or paths)["os"] = PlayedOs("os")
    os.name = "posix"
    for name in ("click", "typer", "rich.console"):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    OXIGRAPH.Store = importlib.import_module("pyoxigraph").Store
    for name, functions in NATIVE.items():
        with contextlib.suppress(ImportError):
            loaded = importlib.import_module(name)
            for function, where in functions.items():
                setattr(loaded, function, _through(getattr(loaded, function), where))
    vars(sys.modules["pyoxigraph"]).update(Store=PlayedStore)


def _take_away() -> None:
    for module, names in ((os, NOT_OF_OS), (signal, NOT_OF_SIGNAL)):
        for name in names:
            vars(module).pop(name, None)
    for name in NO_MODULES:
        vars(sys)["modules"][name] = None
    locks = types.ModuleType("msvcrt")
    vars(locks).update(LK_NBLCK=2, locking=_lock)
    sys.modules["msvcrt"] = locks


def _play() -> None:
    git = shutil.which("git")
    _load()
    _take_away()
    vars(shutil).update(which=lambda name, *_, **__: git if name == "git" else None)
    vars(shutil).update(_use_fd_functions=False)
    vars(os).update({name: _played(name, 1) for name in ONE})
    vars(os).update({name: _played(name, 2) for name in TWO})
    vars(os).update(symlink=_no_link, scandir=PlayedEntries, supports_dir_fd=set())
    vars(os).update(getcwd=lambda: DRIVE + SYSTEM["getcwd"]().replace("/", "\\"), path=ntpath)
    vars(os).update(sep="\\", altsep="/", linesep="\r\n", devnull="nul", O_BINARY=BINARY)
    vars(ntpath).update(abspath=_absolute, realpath=_real)
    vars(io).update(open=_opened, open_code=_code, FileIO=PlayedFile)
    vars(builtins).update(open=_opened)
    sys.modules["os.path"] = ntpath
    start: Callable[..., None] = subprocess.Popen.__init__

    def started(self: Any, *words: Any, **more: Any) -> None:
        if more.get("cwd") is not None:
            more["cwd"] = native(more["cwd"])
        start(self, *words, **more)

    vars(subprocess)["Popen"].__init__ = started
    os.name, sys.platform = "nt", "win32"


if PLAYED:
    _play()
