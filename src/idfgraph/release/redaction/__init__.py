"""A page's text and quotes taken out of every version."""

from .removal import check_redacted, redact

__all__ = ["check_redacted", "redact"]
