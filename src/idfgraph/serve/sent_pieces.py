"""Answers that are sent a piece at a time: no client that takes none of one keeps much of it for
long.
"""

import asyncio
from contextlib import suppress

from starlette.types import Send

#: Bytes of a piece, and seconds in which a client must take it.
PIECE, _PATIENCE = 1 << 18, 60.0


async def send_piece(send: Send, piece: bytes) -> None:
    """Sends a piece, after which others follow; TimeoutError where it is not taken."""
    async with asyncio.timeout(_PATIENCE):
        await send({"type": "http.response.body", "body": piece, "more_body": True})


async def send_body(send: Send, body: bytes) -> None:
    """Sends a body; to who does not take it, no more of it."""
    with suppress(TimeoutError):
        last = max(len(body) - 1, 0) // PIECE * PIECE
        for start in range(0, last, PIECE):
            await send_piece(send, body[start : start + PIECE])
        await send({"type": "http.response.body", "body": body[last:]})
