"""Bodies that are sent a piece at a time, to who takes them."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from idfgraph.serve import sent_pieces
from idfgraph.serve.sent_pieces import PIECE, send_body

Message = MutableMapping[str, Any]


def sent(body: bytes, taken: int = 100) -> list[Message]:
    """What is sent of a body to who takes so many pieces."""
    found: list[Message] = []

    async def send(message: Message) -> None:
        if len(found) == taken:
            await asyncio.Future()
        found.append(message)

    asyncio.run(send_body(send, body))
    return found


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 1])
def test_a_body_comes_whole(size: int) -> None:
    body = bytes(size)
    found = sent(body)
    assert b"".join(each["body"] for each in found) == body
    assert len(found) == max(1, -(-size // PIECE))
    assert [each.get("more_body", False) for each in found] == [True] * (len(found) - 1) + [False]


def test_who_takes_none_gets_no_more_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sent_pieces, "_PATIENCE", 0.1)
    assert len(sent(bytes(9 * PIECE), taken=2)) == 2
