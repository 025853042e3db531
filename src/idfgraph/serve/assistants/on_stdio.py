"""Assistants that start the program themselves, and speak with it through its standard streams."""

import asyncio
import os
import signal
from contextlib import suppress

from ...system.interrupts import STOPPING
from ..editions import Editions
from .assistant_tools import AssistantTools


def serve_stdio(editions: Editions) -> None:
    """Answers until standard input ends, or a signal asks to stop; what editions raise where there
    is no release.
    """
    asyncio.run(_serve(editions))


async def _serve(editions: Editions) -> None:
    loop = asyncio.get_running_loop()
    stopped: asyncio.Future[int] = loop.create_future()
    for number in STOPPING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            with suppress(NotImplementedError):
                loop.add_signal_handler(number, _hear, stopped, number)
    tools = AssistantTools(editions)
    speaking = asyncio.create_task(_speak(editions, tools))
    speaking.add_done_callback(lambda _: _hear(stopped, 0))
    try:
        await stopped
    finally:
        await tools.close()
        await editions.close()
    if number := stopped.result():
        # A thread still reads standard input, and nobody can end that.
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    await speaking


def _hear(stopped: "asyncio.Future[int]", number: int) -> None:
    if not stopped.done():
        stopped.set_result(number)


async def _speak(editions: Editions, tools: AssistantTools) -> None:
    from mcp.server.stdio import stdio_server  # noqa: PLC0415 - an extra, and slow to load

    from .speaker import speaker  # noqa: PLC0415 - loads it

    await editions.open()
    server = speaker(tools)
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())
