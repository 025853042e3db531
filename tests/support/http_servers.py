"""nginx and Apache with the files of serving/, and our own server, each on a port of its own, in a
folder of its own.
"""

import contextlib
import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from support.command import IDFGRAPH, ROOT

SERVING = ROOT / "serving"
_PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
NGINX, APACHE = (shutil.which(name, path=_PATH) for name in ("nginx", "apache2"))

_NGINX = """error_log {folder}/nginx.log;
pid {folder}/nginx.pid;
worker_processes 1;
daemon off;
events {{}}
http {{
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    include idf.conf;
}}
"""
_APACHE = """ServerRoot {folder}
ServerName localhost
TraceEnable off
Listen 127.0.0.1:{port}
PidFile {folder}/apache.pid
ErrorLog {folder}/apache.log
DefaultRuntimeDir {folder}
Mutex file:{folder} default
{modules}
User nobody
Group nogroup
TypesConfig /dev/null
DocumentRoot {root}
<Directory {parent}>
AllowOverride All
Require all granted
</Directory>
"""
_MODULES = (
    "mpm_event",
    "authz_core",
    "rewrite",
    "negotiation",
    "headers",
    "mime",
    "dir",
    "setenvif",
)


class Answer(NamedTuple):
    """What a server said; header names are in lower case, headers of one name are joined."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def free_port() -> int:
    """A port of the loopback interface that nothing listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def ask(port: int, method: str, path: str, headers: Mapping[str, str]) -> Answer:
    """One request with exactly these headers, Host besides; redirects are not followed."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with contextlib.closing(connection):
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        told = response.headers
        joined = {name.lower(): ", ".join(filter(None, told.get_all(name, []))) for name in told}
        return Answer(response.status, joined, response.read())


def documented(first: str) -> str:
    """The command of docs/serving.md that begins so; it is one line."""
    text = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")
    (command,) = [line for line in text.splitlines() if line.startswith("sed ") and first in line]
    return command


@contextlib.contextmanager
def nginx(folder: Path, release: Path, port: int) -> Iterator[None]:
    """nginx that serves a release with serving/nginx.conf, in which the two lines that are the
    user's are changed.
    """
    text = (SERVING / "nginx.conf").read_text(encoding="utf-8")
    ours = text.replace("listen 8080;", f"listen 127.0.0.1:{port};").replace(
        "/srv/idf/public;", f"{release};"
    )
    assert (
        sum(old != new for old, new in zip(text.splitlines(), ours.splitlines(), strict=True)) == 2
    )
    (folder / "idf.conf").write_text(ours, encoding="utf-8")
    (folder / "nginx.conf").write_text(_NGINX.format(folder=folder), encoding="utf-8")
    _shell(documented("idf-gone.map").replace("/etc/nginx/", f"{folder}/"), release.parent)
    command = [
        str(NGINX),
        "-p",
        str(folder),
        "-e",
        f"{folder}/nginx.log",
        "-c",
        f"{folder}/nginx.conf",
    ]
    with _running(command, port, folder):
        yield


@contextlib.contextmanager
def apache(folder: Path, release: Path, port: int) -> Iterator[None]:
    """Apache that serves a folder with the access files that stand in it, or in the one above."""
    library = Path(str(APACHE)).parents[1] / "lib" / "apache2" / "modules"
    modules = "\n".join(f"LoadModule {name}_module {library}/mod_{name}.so" for name in _MODULES)
    text = _APACHE.format(
        folder=folder, port=port, modules=modules, root=release, parent=release.parent.resolve()
    )
    (folder / "apache.conf").write_text(text, encoding="utf-8")
    with _running([str(APACHE), "-D", "FOREGROUND", "-f", f"{folder}/apache.conf"], port, folder):
        yield


@contextlib.contextmanager
def idfgraph(release: Path, port: int, *options: str) -> Iterator[None]:
    """Our own server, which serves a release at a port once it answers."""
    command = [*IDFGRAPH, "serve", str(release), "--port", str(port), *options]
    with _running(command, port, release.parent):
        for _ in range(600):
            if ask(port, "GET", "/SHA256SUMS", {}).status == 200:
                break
            time.sleep(0.05)
        yield


def add_access_file(release: Path) -> None:
    """Puts serving/apache.htaccess, and what is withdrawn, above a release."""
    shutil.copy(SERVING / "apache.htaccess", release.parent / ".htaccess")
    _shell(documented(".htaccess"), release.parent)


def lines_for_users(text: str) -> int:
    """How many lines of a file name the host that users put their own for."""
    return len(re.findall(r"^[^#\n]*HOST\.example", text, re.MULTILINE))


def _shell(command: str, folder: Path) -> None:
    subprocess.run(["sh", "-c", command], cwd=folder, check=True, timeout=60)


@contextlib.contextmanager
def _running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        _wait(process, port)
        yield
    finally:
        process.terminate()
        process.communicate(timeout=60)


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise AssertionError(process.communicate()[1].decode())
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError("no answer within 30 s")
