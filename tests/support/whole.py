"""A release that is whole: its files are those of its list of sums, and of its mark."""

from hashlib import sha256
from pathlib import Path


def name_if_whole(release: Path) -> str:
    """The name of a release whose files are exactly those that its list of sums names, with these
    sums.
    """
    files = {
        path.relative_to(release).as_posix(): path.read_bytes()
        for path in release.rglob("*")
        if path.is_file()
    }
    sums = files.pop("SHA256SUMS")
    assert files.pop(".idfgraph-release").partition(b"\n")[2] == sums
    assert sums.decode() == "".join(
        f"{sha256(data).hexdigest()}  {path}\n" for path, data in sorted(files.items())
    )
    return sha256(sums).hexdigest()[:16]
