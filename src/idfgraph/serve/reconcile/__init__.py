"""Names to things of a release: the Reconciliation API, for tools that match columns of a table."""

from .reconcile_room import ROUTES, ReconcileRoom

__all__ = ["ROUTES", "ReconcileRoom"]
