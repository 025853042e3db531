"""Clients that leave before they are answered: nothing is done for them any more."""

import asyncio
from contextlib import suppress

from starlette.requests import Request
from starlette.types import Receive


async def while_there(request: Request, answering: "asyncio.Task[object]") -> None:
    """Waits for an answer as long as the client does, whose body was read before."""
    leaving = asyncio.create_task(until_left(request.receive))
    try:
        await asyncio.wait({answering, leaving}, return_when="FIRST_COMPLETED")
    finally:
        leaving.cancel()
        with suppress(asyncio.CancelledError):
            await leaving


async def until_left(receive: Receive) -> None:
    """Waits until the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass
