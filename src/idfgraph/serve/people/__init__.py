"""Pages on which people ask a release, and have their files checked, without a script."""

from .asking import ask, to_desk
from .check_room import CheckRoom

__all__ = ["CheckRoom", "ask", "to_desk"]
