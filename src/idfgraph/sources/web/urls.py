"""Addresses of pages: checked before anything is asked, in the one form that is then asked for,
stored and named.
"""

import re
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit, urlunsplit

from requests import PreparedRequest
from requests.exceptions import RequestException

from ...model.errors import Place
from ...model.text import N_
from ...model.visible import told
from .page_faults import Refused

#: The longest address, in characters.
LONGEST = 2_000

_PORTS = {"http": 80, "https": 443}
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?|[0-9a-f:.]+")


class PageUrl(NamedTuple):
    """An address that may be asked for, and its parts."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def site(self) -> str:
        """The scheme, host and port, as the beginning of an address."""
        return f"{self.scheme}://{urlsplit(self.url).netloc}"

    @property
    def place(self) -> Place:
        """The address as the place of an error."""
        return Place(self.url)


def checked(url: str) -> PageUrl:
    """The address in one form: lower-case ASCII host, percent-encoded path, no fragment. Raises
    Refused.

    >>> checked("HTTPS://Bücher.example/fr/où?a=1#top").url
    'https://xn--bcher-kva.example/fr/o%C3%B9?a=1'
    """
    place = Place(told(url, 200))
    if len(url) > LONGEST or _UNSAFE.search(url):
        raise Refused(
            N_("is longer than an address may be, or holds spaces"),
            place,
            hint=N_("write it percent-encoded"),
        )
    try:
        scheme = urlsplit(url).scheme.lower()
        if scheme not in _PORTS:
            raise Refused(
                N_("does not begin with http:// or https://"),
                place,
                hint=N_("name the page's web address"),
            )
        if urlsplit(url).port == 0:
            raise Refused(N_("has the port 0, which cannot be asked"), place)
        request = PreparedRequest()
        request.prepare_url(urlunsplit(urlsplit(url)._replace(fragment="")), None)
        parts = urlsplit(request.url or "")
        host, port = parts.hostname or "", _PORTS[scheme] if parts.port is None else parts.port
    except (RequestException, ValueError) as error:
        raise Refused(
            N_("is no web address"), place, hint=N_("write it as browsers show it")
        ) from error
    return _target(
        PageUrl(parts.geturl(), scheme, host, port, _path(parts.path, parts.query)),
        parts.netloc,
        place,
    )


def moved(target: PageUrl, location: str) -> PageUrl:
    """Where a redirect leads; Refused if that is no address to ask for, or leaves https for http.

    >>> moved(checked("https://example.org/a/b"), "../c").url
    'https://example.org/c'
    """
    with suppress(UnicodeError):  # the bytes came as Latin-1 text
        location = location.encode("latin-1").decode()
    try:
        joined = urljoin(target.url, location)
    except ValueError as error:
        raise Refused(N_("redirects to what is no address"), target.place) from error
    found = checked(joined)
    if target.scheme == "https" and found.scheme != "https":
        raise Refused(
            N_("redirects from https to {url}"),
            target.place,
            hint=N_("nothing is fetched less safely"),
            url=found.url,
        )
    return found


def _target(target: PageUrl, netloc: str, place: Place) -> PageUrl:
    if "@" in netloc:
        raise Refused(N_("holds a user name"), place, hint=N_("name pages that anybody may read"))
    if not _HOST.fullmatch(target.host):
        raise Refused(N_("has a host that cannot be asked"), place)
    if len(target.url) > LONGEST:
        raise Refused(N_("is longer than {longest:,} characters"), place, longest=LONGEST)
    return target


def _path(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path
