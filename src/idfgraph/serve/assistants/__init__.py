"""A release for assistants, by the Model Context Protocol: tools that find, describe and ask, and
say of each answer what release it is of and who says so.
"""

from .assistant_room import ROOM, AssistantRoom, is_installed
from .on_stdio import serve_stdio

__all__ = ["ROOM", "AssistantRoom", "is_installed", "serve_stdio"]
