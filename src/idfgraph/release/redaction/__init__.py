"""A page's text and quotes taken out of every version."""

from .redact import check_redacted, redact

__all__ = ["check_redacted", "redact"]
