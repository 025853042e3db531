"""The commands that serve a release: over HTTP, and to assistants."""

from pathlib import Path
from typing import Annotated

import typer

from ..model.errors import BadConfig
from ..model.iris import checked_base
from ..model.text import N_, gettext
from .desk import own_public, told_public
from .options import Lang, app
from .output import say

Public = Annotated[
    Path | None,
    typer.Argument(
        help="Folder of the release; if not given, of the data folder one is in.",
        show_default=False,
    ),
]
Port = Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")]
Address = Annotated[str, typer.Option(help="Address to listen on.")]
Workers = Annotated[int, typer.Option(min=0, max=64, help="Processes for queries; 0 for enough.")]
Timeout = Annotated[float, typer.Option(min=0.1, max=3600, help="Seconds that a query may take.")]
Cache = Annotated[Path | None, typer.Option(help="Folder for stores of releases.")]
MaxAnswer = Annotated[int, typer.Option(min=1, max=4096, help="MiB that an answer may have.")]
ServerBase = Annotated[
    str, typer.Option("--base", help="Address of the server, if not the base of the release.")
]


@app.command()
def serve(
    public: Public = None,
    port: Port = 8000,
    address: Address = "127.0.0.1",
    workers: Workers = 0,
    timeout: Timeout = 10.0,
    max_answer: MaxAnswer = 32,
    cache: Cache = None,
    base: ServerBase = "",
    lang: Lang = "en",
) -> None:
    """Serve a release over HTTP: linked data, SPARQL, and pages for people."""
    from ..serve.editions import Editions
    from ..serve.limits import ServerLimits
    from ..serve.run import run

    public = public or own_public()
    own = ServerLimits()
    limits = own._replace(
        workers=workers or own.workers,
        seconds=timeout,
        answer=max_answer << 20,
        cache=cache,
        base=checked_base(base) if base else "",
    )
    host = f"[{address}]" if ":" in address else address
    say(
        gettext(
            "serves {folder} on http://{host}:{port}/; {workers} processes answer queries, each "
            "query within {seconds} s and {memory} MiB",
            lang,
            folder=public,
            host=host,
            port=port,
            workers=limits.workers,
            seconds=format(limits.seconds, "g"),
            memory=max_answer,
        )
    )
    run(Editions(public, limits), address, port)


@app.command()
def mcp(
    public: Public = None,
    workers: Workers = 2,
    timeout: Timeout = 10.0,
    cache: Cache = None,
    base: ServerBase = "",
    _lang: Lang = "en",
) -> None:
    """Answer an assistant that starts this itself (Model Context Protocol)."""
    from ..serve.assistants import is_installed, serve_stdio
    from ..serve.editions import Editions
    from ..serve.limits import ServerLimits

    if not is_installed():
        raise BadConfig(
            N_("the SDK of assistants is not installed"), hint=N_("pip install idfgraph[mcp]")
        )
    limits = ServerLimits(
        workers=workers or ServerLimits().workers,
        seconds=timeout,
        cache=cache,
        base=checked_base(base) if base else "",
    )
    serve_stdio(Editions(told_public(public), limits))
