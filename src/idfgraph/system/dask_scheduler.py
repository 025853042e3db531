"""The scheduler of a Dask cluster at an address: who answers there is asked what it is, before
anything is begun that would wait for a scheduler.
"""

import socket
from collections.abc import Mapping
from contextlib import AbstractContextManager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..model.errors import BadConfig
from ..model.system_words import of_system
from ..model.text import N_

if TYPE_CHECKING:
    from distributed import Client

#: Seconds until a scheduler has answered.
_ANSWER = 10.0


def dask_client(address: str) -> AbstractContextManager["Client"]:
    """A client of the scheduler at an address (`dask://HOST:PORT`); BadConfig where there is
    none.
    """
    where, arguments = _checked(address)
    _knock(address)
    from distributed import Client
    from distributed.utils import LoopRunner

    try:
        LoopRunner().run_sync(_asked, where, arguments)
        return Client(where, timeout=_ANSWER, set_as_default=False)
    except Exception as error:  # of what others say, anything can become
        raise BadConfig(
            N_("what listens at {address} does not answer as a Dask scheduler"),
            hint=N_(
                "name the address that dask scheduler tells as it starts; if that is tls://, set "
                "TLS in Dask's configuration"
            ),
            address=address,
        ) from error


def _checked(address: str) -> tuple[str, Mapping[str, Any]]:
    """An address as Dask writes it, and how it is reached; by TLS where its configuration asks for
    that.
    """
    parts = urlsplit(address)
    try:
        sound = parts.scheme == "dask" and parts.hostname and parts.port and not parts.path
    except ValueError:
        sound = False
    if not sound:
        hint = N_("write dask://HOST:PORT")
        raise BadConfig(
            N_("{address} is no address of a Dask scheduler"), hint=hint, address=address
        )
    if find_spec("distributed") is None:
        hint = N_("pip install idfgraph[dask], here and on all workers")
        raise BadConfig(N_("Dask is not installed"), hint=hint)
    from distributed import Security

    arguments = Security().get_connection_args("client")
    if arguments["require_encryption"] and not arguments["ssl_context"]:
        hint = N_("name its files in Dask's configuration: distributed.comm.tls")
        raise BadConfig(N_("Dask is to speak TLS, and has no certificate"), hint=hint)
    return f"{'tls' if arguments['require_encryption'] else 'tcp'}://{parts.netloc}", arguments


def _knock(address: str) -> None:
    """Nothing, or BadConfig where nobody listens, which Dask would wait for."""
    parts = urlsplit(address)
    try:
        socket.create_connection((parts.hostname, parts.port), _ANSWER).close()
    except OSError as error:
        raise BadConfig(
            N_("no Dask scheduler answers at {address}: {strerror}"),
            hint=N_("start one with: dask scheduler"),
            address=address,
            strerror=of_system(error),
        ) from error


async def _asked(where: str, arguments: Mapping[str, Any]) -> None:
    """Nothing, where a scheduler says that it is one; else whatever Dask raises."""
    from asyncio import timeout

    from distributed.core import rpc

    async with (
        timeout(_ANSWER),
        rpc(where, timeout=_ANSWER, connection_args=arguments) as there,
    ):
        await there.identity(n_workers=0)  # what a scheduler takes alone
