"""What the disk is asked for: that a folder's entries outlast a power cut, that something goes
away.
"""

import os
import shutil
from pathlib import Path


def sync(folder: Path) -> None:
    """Syncs a folder's entries to disk where the system can (not on Windows)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove(path: Path) -> None:
    """Removes what stands there, if anything does; of a link, the link."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
