"""The sums of a release signed, so that who fetches it can tell whose it is: by minisign or
ssh-keygen, whichever the key is for.
"""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from ..model.errors import BadConfig, Place
from ..model.layout import SIGNATURES, SUMS
from ..model.system_words import of_system
from ..model.text import N_
from ..system.temporary import temporary_folder

#: What a signature is for, as `ssh-keygen -Y verify -n` wants it.
NAMESPACE = "idfgraph"

_SSH, _MINISIGN = SIGNATURES

#: Seconds that a program may take, a person's passphrase included.
_PATIENCE = 300


def check_key(key: Path) -> None:
    """Nothing, or BadConfig where nothing could be signed with this key."""
    program = _command(key, Path())[0]
    if not shutil.which(program):
        raise BadConfig(
            N_("needs {program}"),
            Place(str(key)),
            hint=N_("install it, or leave out --sign"),
            program=program,
        )


def signature(sums: str, key: Path) -> dict[str, str]:
    """The file that signs a list of sums, with its name; BadConfig where it cannot be signed."""
    with temporary_folder() as folder:
        file = folder / SUMS
        file.write_bytes(sums.encode())
        try:
            done = subprocess.run(  # noqa: S603 - our own words, and the key's path
                _command(key, file),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                check=False,
                timeout=_PATIENCE,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise BadConfig(N_("cannot sign: {error}"), Place(str(key)), error=error) from error
        made = [name for name in SIGNATURES if (folder / name).is_file()]
        if done.returncode or not made:
            said = " ".join(done.stderr.decode("utf-8", "replace").split())[-200:]
            raise BadConfig(
                N_("cannot sign: {said}"), Place(str(key)), hint=N_("name another key"), said=said
            )
        return {name: (folder / name).read_text("utf-8") for name in made}


def _command(key: Path, file: Path) -> Sequence[str]:
    """What signs a file with a key; BadConfig for what is no key."""
    try:
        head = key.read_bytes()[:64]
    except OSError as error:
        said = N_("cannot be read: {strerror}")
        raise BadConfig(
            said, Place(str(key)), hint=N_("name a secret key"), strerror=of_system(error)
        ) from error
    if head.startswith(b"untrusted comment:"):
        return ("minisign", "-S", "-s", str(key), "-m", str(file), "-t", NAMESPACE)
    if head.startswith((b"-----BEGIN ", b"ssh-", b"ecdsa-", b"sk-")):
        return ("ssh-keygen", "-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(file))
    raise BadConfig(
        N_("is no key of minisign or ssh-keygen"), Place(str(key)), hint=N_("name a secret key")
    )
