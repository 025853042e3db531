"""Requests for things and documents to answers (https://www.w3.org/TR/cooluris/)."""

from starlette.requests import Request
from starlette.responses import Response

from .linked_data import answered
from .served_edition import ServedEdition


async def linked(request: Request, edition: ServedEdition) -> Response:
    """The answer to a request for a thing or a document."""
    return await answered(request.scope, edition.holdings)
