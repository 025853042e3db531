"""The command `idfgraph`, also as `python -m idfgraph`: from its first moment on it can be
stopped.
"""

import sys

from .system.garbage import look_seldom
from .system.interrupts import Interrupted, listen
from .system.streams import ready, tell


def main() -> None:
    """Runs the command line; a signal that stops it leaves one line, and no process or folder."""
    ready()
    listen()
    look_seldom()
    try:
        from .cli import main as run

        run()
    except Interrupted as stopped:
        tell(f"idfgraph: stopped; {stopped.outcome}")
        sys.exit(stopped.exit_code)


if __name__ == "__main__":
    main()
