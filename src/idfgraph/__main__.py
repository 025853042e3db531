"""The command `idfgraph`, also as `python -m idfgraph`: from its first moment on it can be
stopped.
"""

import sys

from .system.interrupts import Interrupted, listen


def main() -> None:
    """Runs the command line; a signal that stops it leaves one line, and no process or folder."""
    listen()
    try:
        from .cli import main as run

        run()
    except Interrupted as stopped:
        sys.stderr.write(f"idfgraph: stopped; {stopped.outcome}\n")
        sys.exit(stopped.exit_code)


if __name__ == "__main__":
    main()
