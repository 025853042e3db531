"""What pages of other sites may send (https://fetch.spec.whatwg.org/#http-cors-protocol)."""

#: Any header: the star means all but credentials, which nobody needs here. The usual ones are named
#: besides, for clients that know no star.
_TAKEN = (
    "Accept, Accept-Language, Accept-Profile, Content-Type, If-Match, If-Modified-Since, "
    "If-None-Match, If-Range, If-Unmodified-Since, Range, *"
)


def preflight(methods: str) -> dict[str, str]:
    """The headers that tell what may be asked, and from where.

    >>> preflight("GET, HEAD, OPTIONS")["Access-Control-Allow-Methods"]
    'GET, HEAD, OPTIONS'
    """
    return {
        "Allow": methods,
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": _TAKEN,
        "Access-Control-Max-Age": "86400",
    }
