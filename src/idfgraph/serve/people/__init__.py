"""Pages on which people ask a release, and have their files checked, without a script."""

from .asking import ask, to_desk
from .check_room import CheckRoom
from .framing import framing_of, questions_of

__all__ = ["CheckRoom", "ask", "framing_of", "questions_of", "to_desk"]
