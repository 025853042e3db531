"""A server under load: the shipped questions, alone and beside clients that want to stop it.

    .venv/bin/python bench/serve.py http://127.0.0.1:8000/sparql --seconds 10
    .venv/bin/python bench/serve.py http://127.0.0.1:7878/query --seconds 10      # oxigraph serve

Start the server first, over a release of `generate.py`. Prints a line for each load: questions
answered in a second, the half and the hundredth part that waited longer (milliseconds), errors, and
what the hostile ones got.
"""

import argparse
import asyncio
import itertools
import time
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from idfgraph.query.ask import questions

_CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"

#: What hostile clients ask, each time a little otherwise.
_HOSTILE = (
    f"SELECT (COUNT(*) AS ?n{{}}) WHERE {{{{ {_CROSS} }}}}",
    f"SELECT * WHERE {{{{ {_CROSS} }}}} ORDER BY ?a ?f ?i LIMIT 1{{}}",
    "ASK {{ FILTER(" + "STR(" * 2000 + "{}" + ")" * 2000 + " = '') }}",
    f"SELECT DISTINCT ?a ?f ?i WHERE {{{{ {_CROSS} }}}} OFFSET 99999{{}}",
)


class Load(NamedTuple):
    """What is asked: where, for how long, by how many clients, whether each question is new."""

    host: str
    port: int
    path: str
    seconds: float
    clients: int
    fresh: bool


class Result(NamedTuple):
    """What came of it: seconds of each answer, how often each status came (0: none)."""

    took: list[float]
    statuses: Counter[int]


def main() -> None:
    """Runs the loads one after another."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("endpoint")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--hostile", type=int, default=4)
    asked = parser.parse_args()
    where = urlsplit(asked.endpoint)
    print("load\tq/s\tp50 ms\tp99 ms\terrors\thostile")
    for fresh, hostile in itertools.product((False, True), (0, asked.hostile)):
        load = Load(
            where.hostname or "", where.port or 80, where.path, asked.seconds, asked.clients, fresh
        )
        name = f"{'new' if fresh else 'same'} questions, {hostile} hostile"
        print(name, *asyncio.run(_measured(load, hostile)), sep="\t", flush=True)


async def _measured(load: Load, hostile: int) -> tuple[str, ...]:
    begun = time.monotonic()
    until = begun + load.seconds
    texts = [question.with_values({}) for question in questions()]
    asking = [
        _client(load, _ordinary(texts, load, one, begun), until) for one in range(load.clients)
    ]
    attacking = [_client(load, _attacks(one), until) for one in range(hostile)]
    found = await asyncio.gather(*asking, *attacking)
    took = sorted(each for result in found[: load.clients] for each in result.took)
    bad = sum(
        number
        for result in found[: load.clients]
        for status, number in result.statuses.items()
        if status != 200
    )
    told = sum((result.statuses for result in found[load.clients :]), Counter())
    tenths = (
        [f"{1000 * took[int(len(took) * part)]:.1f}" for part in (0.5, 0.99)] if took else ["-"]
    )
    rate = f"{len(took) / load.seconds:.0f}"
    return (rate, *tenths, str(bad), " ".join(f"{k}:{v}" for k, v in sorted(told.items())))


def _ordinary(texts: list[str], load: Load, start: int, mark: float) -> Iterator[str]:
    for number in itertools.count():
        text = texts[(start * 7 + number) % len(texts)]
        yield f"{text}\n# {mark} {start} {number}" if load.fresh else text


def _attacks(start: int) -> Iterator[str]:
    for number in itertools.count(start):
        yield _HOSTILE[number % len(_HOSTILE)].format(number)


async def _client(load: Load, texts: Iterator[str], until: float) -> Result:
    """One client: a connection that is kept, a question after the other."""
    result, line = Result([], Counter()), None
    for text in texts:
        if (begun := time.monotonic()) >= until:
            break
        try:
            line = line or await asyncio.open_connection(load.host, load.port, limit=1 << 22)
            async with asyncio.timeout_at(asyncio.get_running_loop().time() + until - begun + 1):
                status = await _status(*line, load, text)
        except (OSError, EOFError, ValueError, TimeoutError):
            status = 0
            if line:
                line[1].close()
            line = None
            await asyncio.sleep(0.05)
        result.statuses[status] += 1
        if status == 200:
            result.took.append(time.monotonic() - begun)
    if line:
        line[1].close()
    return result


async def _status(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, load: Load, text: str
) -> int:
    """The status of the answer to a question, once all of it has come."""
    writer.write(
        f"GET {load.path}?query={quote(text)} HTTP/1.1\r\nHost: {load.host}:{load.port}\r\n"
        "Accept: application/sparql-results+json\r\n\r\n".encode()
    )
    head = await reader.readuntil(b"\r\n\r\n")
    lower = head.lower()
    if b"content-length:" in lower:
        await reader.readexactly(int(lower.split(b"content-length:")[1].split(b"\r\n")[0]))
    elif b"chunked" in lower:
        while (size := int(await reader.readline(), 16)) > 0:
            await reader.readexactly(size + 2)
        await reader.readline()
    return int(head.split(b" ", 2)[1])


if __name__ == "__main__":
    main()
