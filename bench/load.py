"""Clients of a SPARQL endpoint: ordinary ones with the shipped questions, and hostile ones."""

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
    """What is asked of an endpoint: for how many seconds, by how many ordinary and hostile clients,
    whether each question is new, and how many seconds a client waits before the next one.
    """

    endpoint: str
    seconds: float
    clients: int
    hostile: int
    fresh: bool
    pause: float = 0.0

    @property
    def name(self) -> str:
        """The load in a few words."""
        return f"{'new' if self.fresh else 'same'} questions, {self.hostile} hostile"


class Result(NamedTuple):
    """What came of it: seconds of each answer, how often each status came (0: none)."""

    took: list[float]
    statuses: Counter[int]


class Loaded(NamedTuple):
    """What all ordinary clients saw, answers in the order of their seconds, and what the hostile
    ones got.
    """

    took: list[float]
    errors: int
    hostile: Counter[int]

    def milliseconds(self, part: float) -> float:
        """What this part of the answers took at most; not a number where there is none."""
        return 1000 * self.took[int(len(self.took) * part)] if self.took else float("nan")


async def loaded(load: Load) -> Loaded:
    """Puts the load on the endpoint, and tells what came of it."""
    begun = time.monotonic()
    until = begun + load.seconds
    texts = [question.with_values({}) for question in questions()]
    asking = [
        _client(load, _ordinary(texts, load, one, begun), until, load.pause)
        for one in range(load.clients)
    ]
    attacking = [_client(load, _attacks(one), until, 0.0) for one in range(load.hostile)]
    found = await asyncio.gather(*asking, *attacking)
    ordinary, hostile = found[: load.clients], found[load.clients :]
    statuses = sum((result.statuses for result in ordinary), Counter[int]())
    return Loaded(
        sorted(each for result in ordinary for each in result.took),
        statuses.total() - statuses[200],
        sum((result.statuses for result in hostile), Counter[int]()),
    )


def _ordinary(texts: list[str], load: Load, start: int, mark: float) -> Iterator[str]:
    for number in itertools.count():
        text = texts[(start * 7 + number) % len(texts)]
        yield f"{text}\n# {mark} {start} {number}" if load.fresh else text


def _attacks(start: int) -> Iterator[str]:
    for number in itertools.count(start):
        yield _HOSTILE[number % len(_HOSTILE)].format(number)


async def _client(load: Load, texts: Iterator[str], until: float, pause: float) -> Result:
    """One client: a connection that is kept, a question after the other."""
    result, line = Result([], Counter()), None
    where = urlsplit(load.endpoint)
    for text in texts:
        if (begun := time.monotonic()) >= until:
            break
        try:
            line = line or await asyncio.open_connection(where.hostname, where.port, limit=1 << 22)
            async with asyncio.timeout_at(asyncio.get_running_loop().time() + until - begun + 1):
                status = await _status(*line, where.netloc, where.path, text)
        except (OSError, EOFError, ValueError, TimeoutError):
            status = 0
            if line:
                line[1].close()
            line = None
            await asyncio.sleep(0.05)
        result.statuses[status] += 1
        if status == 200:
            result.took.append(time.monotonic() - begun)
        await asyncio.sleep(pause)
    if line:
        line[1].close()
    return result


async def _status(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, path: str, text: str
) -> int:
    """The status of the answer to a question, once all of it has come."""
    writer.write(
        f"GET {path}?query={quote(text)} HTTP/1.1\r\nHost: {host}\r\n"
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
