"""Requests to one host that a person named, one after another down one connection: each in a time
of its own, within a number of bytes, never led elsewhere.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing
from types import MappingProxyType, TracebackType
from typing import Any, BinaryIO, NamedTuple

from requests import PreparedRequest, Session
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from requests.exceptions import RequestException
from urllib3.exceptions import HTTPError

from ...model.errors import BadConfig
from ...model.text import N_
from .clock import Deadline
from .exchange import BUSY, asked_wait, failure
from .hosts import checked_addresses, is_public
from .page_faults import Failed, Refused
from .policy import Policy
from .posting import Reply
from .urls import PageUrl, checked
from .wire import Connection, PinnedAdapter

_PIECE = 65_536


class Credentials(NamedTuple):
    """Who we say we are to a host: a name and a password, or a token; or nobody."""

    user: str = ""
    password: str = ""
    token: str = ""


class Slice:
    """A part of an open file as the body of a request, no piece of it read after the deadline."""

    def __init__(self, file: BinaryIO, offset: int, length: int, deadline: Deadline) -> None:
        self._file, self._offset, self._length = file, offset, length
        self._at, self._deadline = 0, deadline

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[bytes]:
        while piece := self.read(_PIECE):
            yield piece

    def read(self, size: int = _PIECE) -> bytes:
        """The next piece."""
        self._deadline.left()
        self._file.seek(self._offset + self._at)
        piece = self._file.read(max(0, min(size, self._length - self._at)))
        self._at += len(piece)
        return piece

    def tell(self) -> int:
        """How much was read."""
        return self._at

    def seek(self, at: int, whence: int = 0) -> int:
        """Goes back to where a further try begins."""
        self._at = at + (0, self._at, self._length)[whence]
        return self._at


class FilePart(NamedTuple):
    """Bytes of an open file that are to be sent."""

    file: BinaryIO
    offset: int
    length: int


class Request(NamedTuple):
    """What is asked for; `seconds` is how long it may take (0: as usual)."""

    method: str
    url: str
    headers: Mapping[str, str] = MappingProxyType({})
    body: bytes | FilePart | None = None
    seconds: float = 0


class Caller:
    """Asks one host, and keeps the connection. Nothing of the environment has a say: no proxy, no
    .netrc.
    """

    def __init__(self, url: str, policy: Policy, credentials: Credentials = Credentials()) -> None:
        self._target, self._policy = checked(url), policy
        self._deadline = Deadline(policy.clock, policy.deadline)
        self._credentials, self._auth = credentials, _auth(credentials)
        addresses = self._addresses()
        self.is_public = any(map(is_public, addresses))
        if self._auth and self._target.scheme != "https" and self.is_public:
            hint = N_("name its https address")
            said = N_("is not https: no password goes there through the open net")
            raise Refused(said, self._target.place, hint=hint)
        line = Connection(addresses, self._deadline, policy.limit, self._target.place)
        self._session = Session()
        self._session.trust_env = False
        self._session.mount(f"{self._target.scheme}://", PinnedAdapter(line))

    def __enter__(self) -> "Caller":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Lets the connection go."""
        self._session.close()

    def call(self, request: Request) -> Reply:
        """The answer to a request, whatever its status; of what is busy or broke the connection,
        after further tries. Raises Refused or Failed.
        """
        target = checked(request.url)
        if target.site != self._target.site:
            raise Refused(N_("is another host"), target.place)
        for number in range(self._policy.retries + 1):
            outcome = self._outcome(target, request)
            wait = self._wait(outcome, self._policy.backoff * 2**number)
            if wait is None or number == self._policy.retries:
                break
            self._policy.clock.sleep(wait)
        if isinstance(outcome, Failed):
            raise outcome
        return outcome

    def _wait(self, outcome: Reply | Failed, usual: float) -> float | None:
        """How long to wait before another try; None where none is called for."""
        if isinstance(outcome, Failed):
            return usual if outcome.again else None
        if outcome.status not in BUSY:
            return None
        asked = asked_wait(outcome.headers.get("Retry-After", ""), self._policy.clock)
        return max(usual, asked) if asked <= self._policy.patience else None

    def _outcome(self, target: PageUrl, request: Request) -> Reply | Failed:
        try:
            reply = self._reply(target, request)
            return self._reply(target, request) if self._learns(reply) else reply
        except Failed as error:
            return error

    def _reply(self, target: PageUrl, request: Request) -> Reply:
        self._deadline.renew(request.seconds or self._policy.deadline)
        whole = {
            "User-Agent": self._policy.agent,
            "Accept-Encoding": "identity",
            **request.headers,
        }
        verify: Any = str(self._policy.authorities) if self._policy.authorities else True
        try:
            sent = self._session.send(
                self._prepared(request.method, target.url, whole, request.body),
                stream=True,
                timeout=self._deadline.left(),
                verify=verify,
                proxies={},
                allow_redirects=False,
            )
            with closing(sent):
                raw: Any = sent.raw
                read = b"".join(raw.stream(_PIECE, decode_content=False))
                return Reply(sent.status_code, sent.headers, read)
        except (RequestException, HTTPError, OSError, ValueError) as error:
            raise failure(error, target) from error

    def _prepared(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | FilePart | None
    ) -> PreparedRequest:
        made = PreparedRequest()
        data: Any = Slice(*body, self._deadline) if isinstance(body, FilePart) else body
        made.prepare(method=method, url=url, headers=dict(headers), data=data)
        if self._auth:
            made.prepare_auth(self._auth, url)
        return made

    def _learns(self, reply: Reply) -> bool:
        """Whether the host asks for name and password as such, which it was not given yet."""
        challenge = reply.headers.get("WWW-Authenticate", "").lower()
        is_basic = "basic" in challenge and "digest" not in challenge
        if reply.status != 401 or not is_basic or not isinstance(self._auth, HTTPDigestAuth):
            return False
        user, password, _ = self._credentials
        self._auth = HTTPBasicAuth(user.encode(), password.encode())
        return True

    def _addresses(self) -> Any:
        return checked_addresses(
            self._target.host,
            self._target.port,
            self._target.place,
            resolve=self._policy.resolve,
            seconds=self._deadline.left(),
            allow_private=self._policy.allow_private,
        )


class _Bearer(AuthBase):
    """A token in the header that is for it."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _auth(credentials: Credentials) -> AuthBase | None:
    """How a request says who we are; BadConfig for what cannot be sent. A name and password are
    sent once the host asks for them, and as it asks.
    """
    if not all(text.isprintable() for text in credentials) or not credentials.token.isascii():
        hint = N_("write them without line ends; a token in ASCII")
        raise BadConfig(N_("a password, name or token holds signs that cannot be sent"), hint=hint)
    if credentials.token:
        return _Bearer(credentials.token)
    return HTTPDigestAuth(credentials.user, credentials.password) if credentials.user else None
