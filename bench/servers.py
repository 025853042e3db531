"""Servers to measure, over one release of made-up records: ours and `oxigraph serve-read-only`."""

import contextlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
from generate import Maker

import idfgraph

#: Seconds that a server may take until it answers.
_START = 300.0


class Running(NamedTuple):
    """A server that answers: what it is, its endpoint, its process."""

    name: str
    endpoint: str
    process: "subprocess.Popen[bytes]"


def release(work: Path, projects: int) -> Path:
    """A release of so many made-up projects, without pages."""
    maker, encode = Maker(), msgspec.json.encode
    with (work / "records.jsonl").open("wb") as lines:
        for number in range(projects):
            lines.write(encode(maker.record(number)) + b"\n")
    idfgraph.publish([work / "records.jsonl"], work / "public", site="none")
    return work / "public"


@contextlib.contextmanager
def ours(public: Path, work: Path) -> Iterator[Running]:
    """`idfgraph serve` as it is started without options, its stores in the folder of the work."""
    port = _free_port()
    command = [sys.executable, "-m", "idfgraph", "serve", str(public), "--port", str(port)]
    with _running("idfgraph serve", [*command, "--cache", str(work)], port, "ready") as running:
        yield running._replace(endpoint=f"http://127.0.0.1:{port}/sparql")


@contextlib.contextmanager
def oxigraph(public: Path, work: Path) -> Iterator[Running]:
    """`oxigraph serve-read-only` over a store of the same dump; `pip install oxigraph` has it."""
    program, port, store = shutil.which("oxigraph"), _free_port(), work / "oxigraph"
    if program is None:
        sys.exit("oxigraph is not on PATH: pip install oxigraph==0.5.13")
    at = ["--location", str(store)]
    if not store.exists():
        subprocess.run([program, "load", *at, "--file", public / "data" / "idf.nq"], check=True)
        subprocess.run([program, "optimize", *at], check=True)
    command = [program, "serve-read-only", *at, "--bind", f"127.0.0.1:{port}"]
    with _running("oxigraph serve-read-only", command, port, "") as running:
        yield running._replace(endpoint=f"http://127.0.0.1:{port}/query")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def _running(name: str, command: list[str], port: int, ready: str) -> Iterator[Running]:
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + _START
        while not _answers(f"http://127.0.0.1:{port}/{ready}"):
            if process.poll() is not None or time.monotonic() > until:
                sys.exit(f"{name} does not start")
            time.sleep(0.1)
        yield Running(name, "", process)
    finally:
        process.terminate()
        process.wait(30)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except OSError:
        return False
