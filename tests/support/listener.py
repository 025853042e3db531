"""A server that nobody should reach."""

import contextlib
import socket
import threading


class Listener:
    """A server on loopback that counts who comes, and says something to each."""

    def __init__(self, says: bytes = b"") -> None:
        self._says = says
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self.heard = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                caller, _ = self._socket.accept()
                self.heard += 1
                caller.sendall(self._says)
                caller.close()
