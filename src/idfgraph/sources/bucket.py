"""What stands at an address (`s3://bucket/desk`), by fsspec, an extra: listed and read, never
written.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any, BinaryIO, NamedTuple

from ..model.errors import BadConfig, BadInput, IdfgraphError, Place
from ..model.text import N_
from ..model.visible import masked
from ..system.depot import words_of

#: How much is asked of a store at once, in bytes.
_BLOCK = 1 << 22

#: What stores say of a file that differs once it is written anew, in small letters and no signs.
_STATE = {"size", "etag", "created", "mtime", "lastmodified", "modified", "updated", "generation"}

_WEB = re.compile("https?://", re.IGNORECASE)
_QUERY = re.compile(r"""[?#][^\s'"]*""")

#: A query of another address, which can hold a signature, too; a name can hold a question mark.
_SIGNED = re.compile(r"""\?(?=[^/\s'"]*=)[^\s'"]*""")

_END = re.compile("(?<![:/])/+$")

_ONE_PLACE = N_("{address} is no address of a store")
_NAME_ONE = N_("name a folder or a file, such as s3://bucket/desk")
_EXTRA = N_("what reads {address} is not installed")
_NOT_THERE = N_("is not there, or does not answer")
_UNREAD = N_("cannot be read: {error}")
_REACH = N_("see that the address is right, that you may read it, and what reaches it is installed")


class Stored(NamedTuple):
    """What a store says of a file or folder: its name in its folder, what it is, how many bytes it
    has, if that is told, and what differs once it is written anew.
    """

    name: str
    kind: str
    size: int | None
    state: tuple[tuple[str, str], ...]


class Bucket:
    """A file, or a folder, at an address; BadInput where it cannot be read, BadConfig for what is
    no such address. `shown` is the address as it may be told.

    >>> Bucket("memory://no/desk").itself()
    Traceback (most recent call last):
    idfgraph.model.errors.BadInput: memory://no/desk: is not there, or does not answer; see that \
the address is right, that you may read it, and what reaches it is installed
    """

    def __init__(self, address: str) -> None:
        self.is_web = bool(_WEB.match(address))
        self._query = _QUERY if self.is_web else _SIGNED
        self.shown = _END.sub("", masked(self._query.sub("", address)))
        if "::" in address:
            raise BadConfig(_ONE_PLACE, hint=_NAME_ONE, address=self.shown)
        if find_spec("fsspec") is None:
            hint = N_("pip install idfgraph[dask]")
            raise BadConfig(_EXTRA, hint=hint, address=self.shown)
        from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra

        with self._told(self.shown):
            self._files, self._root = url_to_fs(address)
        self.forget()
        if getattr(self._files, "local_file", False):
            raise BadConfig(_ONE_PLACE, hint=_NAME_ONE, address=self.shown)

    def forget(self) -> None:
        """Has the store asked anew for what it told before."""
        self._files.invalidate_cache()

    def path(self, inside: str) -> str:
        """The address, as it may be told, of what is in it."""
        return f"{self.shown}/{inside}" if inside else self.shown

    def itself(self) -> Stored:
        """What stands at the address now."""
        is_host = self.is_web and self.shown.count("/") == 2
        name = "" if is_host else self.shown.rpartition("/")[2]
        with self._told(self.shown):
            return _stored(self._files.info(self._root), name)

    def entries(self, inside: str = "") -> list[Stored]:
        """What is in the folder, or in one in it; in the order of names. An empty file that stands
        for the folder itself is left out.
        """
        folder = f"{self._at(inside).strip('/')}/".lstrip("/")
        with self._told(self.path(inside)):
            found = self._files.ls(self._at(inside), detail=True)
        named = ((f"{info['name'].strip('/')}/".removeprefix(folder)[:-1], info) for info in found)
        entries = (_stored(info, name) for name, info in named)
        there = (one for one in entries if one[:3] != ("", "file", 0))
        return sorted(there, key=lambda one: one.name)

    @contextmanager
    def opened(self, inside: str) -> Iterator[BinaryIO]:
        """The file, or one in the folder, for reading in the block."""
        with (
            self._told(self.path(inside)),
            self._files.open(self._at(inside), "rb", block_size=_BLOCK) as file,
        ):
            yield file

    def has_above(self, steps: int, name: str) -> bool:
        """Whether something of a name stands some folders above the address."""
        above = self._root.rstrip("/").rsplit("/", steps)[0]
        return bool(self._files.exists(f"{above}/{name}"))

    def _at(self, inside: str) -> str:
        return f"{self._root.rstrip('/')}/{inside}" if inside else self._root

    @contextmanager
    def _told(self, shown: str) -> Iterator[None]:
        """Tells what goes wrong in the block as ours: each store has errors of its own."""
        try:
            yield
        except IdfgraphError:
            raise
        except FileNotFoundError as error:
            raise BadInput(_NOT_THERE, Place(shown), hint=_REACH) from error
        except Exception as error:
            said = words_of(error)
            words = self._query.sub("", said) if isinstance(said, str) else said
            raise BadInput(_UNREAD, Place(shown), hint=_REACH, error=words) from error


def _stored(info: dict[str, Any], name: str) -> Stored:
    size = info.get("size")
    state = ((key, str(value)) for key, value in info.items() if _plain(key) in _STATE)
    return Stored(name, str(info["type"]), size, tuple(sorted(state)))


def _plain(key: str) -> str:
    return key.replace("_", "").replace("-", "").casefold()
