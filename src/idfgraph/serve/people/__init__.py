"""Pages on which people ask a release, and have their files checked, without a script."""

from .asking import ask
from .check_room import CheckRoom

__all__ = ["CheckRoom", "ask"]
