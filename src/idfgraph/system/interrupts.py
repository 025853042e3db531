"""Signals that ask the program to stop: one exception that cleans up on its way, whatever the
signal.
"""

import _thread
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from ..model.text import N_

#: The signals that ask to stop, where the system has them.
STOPPING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)

#: What becomes of most work that is stopped.
UNCHANGED = N_("nothing published was changed")

#: For so many seconds after a signal others are taken for the same wish.
_PATIENCE = 2.0


class Interrupted(BaseException):
    """The program was asked to stop, by the signal of this number; `outcome` says what became of
    its work.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number
        self.outcome = UNCHANGED

    @property
    def exit_code(self) -> int:
        """What shells expect of a program that ends by a signal.

        >>> Interrupted(15).exit_code
        143
        """
        return 128 + self.number


class _Wish:
    """What was asked for so far: when, and what waits until nothing critical is under way."""

    def __init__(self) -> None:
        self._deaf = 0
        self._waiting = 0
        self._heard = -_PATIENCE

    def hear(self, number: int, _: FrameType | None) -> None:
        """Raises Interrupted, now or after what is critical; a second signal soon after the first
        is none.
        """
        if time.monotonic() - self._heard < _PATIENCE:
            return
        if self._deaf:
            self._waiting = number
            return
        self._heard = time.monotonic()
        threading.Thread(target=_insist, args=(number,), daemon=True).start()
        raise Interrupted(number)

    @contextmanager
    def deaf(self) -> Iterator[None]:
        """Puts off what is asked for until the block ends."""
        self._deaf += 1
        try:
            yield
        finally:
            self._deaf -= 1
        if self._waiting and not self._deaf:
            number, self._waiting = self._waiting, 0
            self.hear(number, None)


def _insist(number: int) -> None:
    """Asks again after a while: what was asked for in the wrong moment (while a module was loaded,
    an object thrown away) can be lost.
    """
    time.sleep(_PATIENCE)
    if sys.platform == "win32":
        _thread.interrupt_main(number)
    else:
        signal.pthread_kill(threading.main_thread().ident or 0, number)


def _unraisable(told: "sys.UnraisableHookArgs") -> None:
    """Tells of what cannot be raised where it happens, but of a wish to stop: it is sent again."""
    if not isinstance(told.exc_value, Interrupted):
        sys.__unraisablehook__(told)


_WISH = _Wish()


def listen() -> None:
    """From now on signals that ask to stop raise Interrupted in the main thread; one that is
    ignored on purpose (nohup) stays so.
    """
    sys.unraisablehook = _unraisable
    for number in STOPPING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _WISH.hear)


@contextmanager
def undisturbed() -> Iterator[None]:
    """A block that a signal interrupts after its end only: for what must be whole or not at all.

    >>> with undisturbed():
    ...     pass
    """
    with _WISH.deaf():
        yield
