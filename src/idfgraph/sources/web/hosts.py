"""Host names to network addresses that may be fetched from: public ones only, each checked before
it is connected to.

The tables are the IANA special-purpose registries (RFC 6890 and its updates). Of IPv6, global
unicast alone passes, so that IPv4-mapped, IPv4-compatible, NAT64, link-local, unique local and
multicast addresses are out together; of it, what carries IPv4 inside (6to4, Teredo) and what is for
documents and tests is out too.
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Thread

from ...model.errors import Place
from ...model.text import N_
from .page_faults import Failed, Refused

#: What turns a host name and a port into addresses, best first.
Resolver = Callable[[str, int], Sequence[str]]

_CLOSED_4 = """
0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24
198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4"""
_OPEN_6 = ipaddress.IPv6Network("2000::/3")
_CLOSED_6 = "2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20"
_CLOSED = tuple(map(ipaddress.ip_network, f"{_CLOSED_4} {_CLOSED_6}".split()))

#: A last label that makes a host an IPv4 address to some resolvers: 2130706433, 0x7f000001,
#: 0177.0.0.1, 127.1.
_NUMERIC = re.compile(r"(?:.*\.)?(?:[0-9]+|0[xX][0-9A-Fa-f]*)\.?")


def is_public(address: str) -> bool:
    """Whether an address is one that anybody may connect to.

    >>> is_public("93.184.216.34"), is_public("127.0.0.1"), is_public("64:ff9b::7f00:1")
    (True, False, False)
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and (
        found.scope_id is not None or found not in _OPEN_6
    ):
        return False
    return not any(found in network for network in _CLOSED)


def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses of a host as the system finds them, each once; raises OSError.

    >>> look_up("127.0.0.1", 80)
    ['127.0.0.1']
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def checked_addresses(
    host: str, port: int, place: Place, *, resolve: Resolver, seconds: float, allow_private: bool
) -> Sequence[str]:
    """The addresses of a host, looked up once, within some seconds.

    Raises Refused if any of them is not public and private ones are not allowed, or if the host is
    a number in disguise; Failed if it has no address.
    """
    if _NUMERIC.fullmatch(host) and not _is_plain(host):
        raise Refused(
            N_("has the host {host}, a number in disguise"),
            place,
            hint=N_("write the address as four numbers"),
            host=host,
        )
    addresses = _resolved(host, port, place, resolve, seconds)
    closed = next((address for address in addresses if not is_public(address)), None)
    if closed and not allow_private:
        raise Refused(
            N_("leads to {closed}, which is not a public address"),
            place,
            hint=N_("see --allow-private"),
            closed=closed,
        )
    return addresses


def _is_plain(host: str) -> bool:
    """Whether a host is an IPv4 address of four decimal numbers without leading zeros."""
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True


def _resolved(
    host: str, port: int, place: Place, resolve: Resolver, seconds: float
) -> Sequence[str]:
    """What the resolver finds; in a thread, since a look-up cannot be told to end."""
    found: Future[Sequence[str]] = Future()

    def _look() -> None:
        try:
            found.set_result(resolve(host, port))
        except (OSError, UnicodeError) as error:
            found.set_exception(error)

    Thread(target=_look, daemon=True).start()
    try:
        addresses = found.result(seconds)
    except TimeoutError as error:
        raise Failed(N_("the address of {host} was not found in time"), place, host=host) from error
    except (OSError, UnicodeError) as error:
        again = getattr(error, "errno", None) == socket.EAI_AGAIN
        raise Failed(
            N_("the address of {host} cannot be found: {error}"),
            place,
            again=again,
            host=host,
            error=error,
        ) from error
    if not addresses:
        raise Failed(N_("{host} has no address"), place, host=host)
    return addresses
