"""What the server answers, described for programs (https://spec.openapis.org/oas/v3.1.1)."""

from functools import cache
from pathlib import Path

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from .editions import Editions
from .health import told


async def description(request: Request, _: Editions) -> Response:
    """The description as JSON."""
    return told(request, _described())


@cache
def _described() -> bytes:
    text = Path(__file__).with_name("openapi.yaml").read_bytes()
    return msgspec.json.encode(msgspec.yaml.decode(text)) + b"\n"
