"""The SPARQL 1.1 protocol: requests of any client to answers of a release."""

from .protocol import sparql

__all__ = ["sparql"]
