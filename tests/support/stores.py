"""Stores of others, each as a process of its own with nothing in it: oxigraph and Virtuoso."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from support.http_servers import free_port

#: Where they are, if they are; `.ci/install` brings both.
_PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
OXIGRAPH, VIRTUOSO = (shutil.which(name, path=_PATH) for name in ("oxigraph", "virtuoso-t"))

#: Seconds until one listens.
_START = 120.0

_VIRTUOSO = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 20000
MaxDirtyBuffers = 12000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = .
ServerThreads = 10
"""


@contextlib.contextmanager
def oxigraph(folder: Path, port: int = 0) -> Iterator[int]:
    """The port of `oxigraph serve` over a folder."""
    port = port or free_port()
    command = [str(OXIGRAPH), "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with _running(command, folder, port):
        yield port


@contextlib.contextmanager
def virtuoso(folder: Path) -> Iterator[int]:
    """The port of Virtuoso with its data in a folder; its administrator is dba, as is the
    password.
    """
    port = free_port()
    folder.mkdir(exist_ok=True)
    (folder / "own.ini").write_text(_VIRTUOSO.format(port=port, sql=free_port()), "utf-8")
    command = [str(VIRTUOSO), "+foreground", "+configfile", "own.ini"]
    with _running(command, folder, port):
        yield port


@contextlib.contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    folder.mkdir(exist_ok=True)
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + _START
        while not _listens(port):
            assert process.poll() is None, f"{command[0]} has ended"
            assert time.monotonic() < until, f"{command[0]} does not listen"
            time.sleep(0.05)
        yield
    finally:
        process.kill()
        process.wait()


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
