"""Releases that take one another's place while they are read: each answer is of one of them, none
is refused.
"""

import csv
import hashlib
import io
import os
import threading
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from support.http_servers import ask, free_port, idfgraph
from support.small_releases import make

FULL = os.environ.get("IDFGRAPH_FULL") == "1"
SWAPS, READERS = (200, 8) if FULL else (6, 3)

#: Seconds after which a release must be served that nothing takes the place of.
PATIENCE = 30

DOCUMENT = "/doc/project/A1.ttl"
QUERY = f"/sparql?query={quote('SELECT ?text { ?s <http://example.org/says> ?text }')}"


def text_of_document(port: int) -> str:
    """What the document says; its tag is that of what it says."""
    answer = ask(port, "GET", DOCUMENT, {})
    assert answer.status == 200, answer
    digest = hashlib.sha256(answer.body).hexdigest()
    assert digest.startswith(answer.headers["etag"].strip('"'))
    return answer.body.decode().removeprefix("# A1 ").strip()


def text_of_answer(port: int) -> str:
    """What a query says."""
    answer = ask(port, "GET", QUERY, {"Accept": "text/csv"})
    assert answer.status == 200, answer
    _, (text,) = csv.reader(io.StringIO(answer.body.decode()))
    return text


@pytest.mark.parametrize("layout", ["links", "plain"])
def test_each_answer_is_of_one_release(tmp_path: Path, layout: str) -> None:
    """Documents and queries go over to the next release together, and to no other."""
    out, port, texts = tmp_path / "public", free_port(), ["text 0"]
    make(out, texts[0], layout=layout)
    faults: list[BaseException] = []
    over = threading.Event()
    with idfgraph(out, port):
        readers = [
            threading.Thread(target=_read, args=(port, texts, over, faults)) for _ in range(READERS)
        ]
        for reader in readers:
            reader.start()
        for number in range(1, SWAPS + 1):
            texts.append(f"text {number}")
            make(out, texts[-1], layout=layout)
            time.sleep(1.1)
        until = time.monotonic() + PATIENCE
        while text_of_answer(port) != texts[-1] and time.monotonic() < until:
            time.sleep(0.2)
        over.set()
        for reader in readers:
            reader.join(PATIENCE)
        assert not faults, faults[0]
        assert text_of_document(port) == text_of_answer(port) == texts[-1]


def _read(port: int, texts: list[str], over: threading.Event, faults: list[BaseException]) -> None:
    """Reads on and on: what is told is never older than what was told before."""
    last = 0
    try:
        while not over.is_set():
            for told in (text_of_document, text_of_answer):
                number = texts.index(told(port))
                assert number >= last
                last = number
    except BaseException as fault:
        faults.append(fault)
