"""What the server answers, described for programs (https://spec.openapis.org/oas/v3.1.1)."""

from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from .editions import Editions
from .health import told
from .linked_data import SHORT, tag_refusal


async def description(request: Request, _: Editions) -> Response:
    """The description as JSON, or word that it is as the client has it."""
    body, tag = _described()
    headers = {"ETag": tag, "Cache-Control": SHORT}
    if request.method in {"GET", "HEAD"} and (status := tag_refusal(request.headers, tag)):
        return Response(None, status, headers)
    return told(request, body, 200, headers)


@cache
def _described() -> tuple[bytes, str]:
    text = Path(__file__).with_name("openapi.yaml").read_bytes()
    body = msgspec.json.encode(msgspec.yaml.decode(text)) + b"\n"
    return body, f'"{sha256(body).hexdigest()[:32]}"'
