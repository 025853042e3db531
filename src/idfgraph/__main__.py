"""The command `idfgraph`, also as `python -m idfgraph`: from its first moment on it can be
stopped.
"""

import sys

from .model.text import N_, gettext
from .system.garbage import look_seldom
from .system.interrupts import Interrupted, listen
from .system.streams import ready, tell
from .system.terminal import spoken

_STOPPED = N_("stopped; {outcome}")


def main() -> None:
    """Runs the command line; a signal that stops it leaves one line, and no process or folder."""
    ready()
    listen()
    look_seldom()
    try:
        from .cli import main as run

        run()
    except Interrupted as stopped:
        tell(f"idfgraph: {gettext(_STOPPED, spoken(), outcome=gettext(stopped.outcome, spoken()))}")
        sys.exit(stopped.exit_code)


if __name__ == "__main__":
    main()
