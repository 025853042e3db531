"""Firefox, as tests start it: driven by WebDriver BiDi, which it speaks itself
(https://w3c.github.io/webdriver-bidi/), on a profile of its own.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from time import sleep
from typing import Any

FIREFOX = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox") or ""

#: What a profile holds once its browser listens.
_LISTENS = "WebDriverBiDiServer.json"

#: What the policy of a page stops is said as other errors are.
_STOPPED = """() => document.addEventListener("securitypolicyviolation",
  (event) => console.error(`stopped: ${event.violatedDirective} ${event.blockedURI}`))"""


class FirefoxError(Exception):
    """A command that failed, or an expression that threw."""


class FirefoxPage:
    """A page of Firefox, which keeps what it says of errors in `said`."""

    def __init__(self, socket: Any) -> None:
        self._socket, self._number = socket, 0
        self.said: list[str] = []
        self._send("session.new", capabilities={})
        self._send("session.subscribe", events=["log.entryAdded"])
        self._send("script.addPreloadScript", functionDeclaration=_STOPPED)
        self._context = self._send("browsingContext.getTree")["contexts"][0]["context"]

    def goto(self, address: str, width: int = 1280) -> None:
        """Loads a page on a screen of this width."""
        viewport = {"width": width, "height": 800}
        self._send("browsingContext.setViewport", context=self._context, viewport=viewport)
        self._send("browsingContext.navigate", context=self._context, url=address, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """The value of an expression (or what it promises) on the page, as JSON gives it."""
        told = self._send(
            "script.evaluate",
            expression=f"Promise.resolve({expression}).then(JSON.stringify)",
            target={"context": self._context},
            awaitPromise=True,
        )
        if told["type"] != "success":
            raise FirefoxError(told)
        return json.loads(told["result"].get("value", "null"))

    def wait(self, expression: str) -> None:
        """Waits until an expression is true, on this page or on one that it leads to."""
        for _ in range(600):
            with suppress(FirefoxError):
                if self.evaluate(expression):
                    return
            sleep(0.1)
        raise TimeoutError(expression)

    def _send(self, method: str, **params: Any) -> Any:
        """What a command gives; events on the way are kept."""
        self._number += 1
        command = {"id": self._number, "method": method, "params": params}
        self._socket.send(json.dumps(command))
        while True:
            told = json.loads(self._socket.recv())
            if told.get("method") == "log.entryAdded":
                self.said.append(f"{told['params']['level']}: {told['params']['text']}")
            elif told.get("id") == self._number:
                if told["type"] != "success":
                    raise FirefoxError(told)
                return told["result"]


@contextmanager
def firefox(profile: Path) -> Iterator[FirefoxPage]:
    """A page of a browser that ends with the block; `profile` is an empty folder."""
    flags = ("--headless", "--no-remote", "--remote-debugging-port", "0", "--profile")
    quiet = subprocess.DEVNULL
    with subprocess.Popen([FIREFOX, *flags, str(profile)], stdout=quiet, stderr=quiet) as process:
        try:
            socket = import_module("websocket").create_connection(
                f"ws://127.0.0.1:{_port(process, profile)}/session",
                timeout=60,
                suppress_origin=True,
            )
            yield FirefoxPage(socket)
            socket.close()
        finally:
            process.terminate()


def _port(process: subprocess.Popen[bytes], profile: Path) -> int:
    """The port that a browser listens on, once it does."""
    for _ in range(600):
        assert process.poll() is None, "Firefox ended"
        with suppress(FileNotFoundError, json.JSONDecodeError):
            port: int = json.loads((profile / _LISTENS).read_text("utf-8"))["ws_port"]
            return port
        sleep(0.1)
    raise TimeoutError("Firefox does not listen")
