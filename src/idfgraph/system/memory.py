"""How much memory there is to be had (Linux only)."""

import re
from contextlib import suppress
from pathlib import Path

#: What the system says that it could give, in KiB (proc_meminfo(5)).
_AVAILABLE = re.compile(r"^MemAvailable:\s+(\d+) kB$", re.MULTILINE)

#: What a container may take, and has taken, in bytes (cgroups(7), version 2).
_MOST, _TAKEN = Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")


def free_memory() -> int:
    """The bytes that can be had without taking them from others; 0 where the system does not say.

    >>> free_memory() >= 0
    True
    """
    found = 0
    with suppress(OSError):
        if match := _AVAILABLE.search(Path("/proc/meminfo").read_text("ascii")):
            found = int(match[1]) << 10
    with suppress(OSError, ValueError):
        found = min(found, max(0, int(_MOST.read_text("ascii")) - int(_TAKEN.read_text("ascii"))))
    return found
