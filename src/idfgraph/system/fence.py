"""What a process gives up that does work for another: files, the network, a voice."""

import os
import sys

if sys.platform != "win32":
    import resource

#: How many streams each process is born with: input, output, errors.
_STREAMS = 3


def hush() -> None:
    """From now on what this process prints is lost, also the last words of a library that crashes,
    and there is nothing that it can read.
    """
    null = os.open(os.devnull, os.O_RDWR)
    for stream in range(_STREAMS):
        if stream != null:
            os.dup2(null, stream)
    if null >= _STREAMS:
        os.close(null)


def shut_in(files: int = 0) -> None:
    """From now on this process opens no file and no socket, or no more than so many, where the
    system can see to that.

    What is open stays so. There is no way back.
    """
    if sys.platform != "win32":
        most = max(_STREAMS, min(files, resource.getrlimit(resource.RLIMIT_NOFILE)[0]))
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
