"""Names to things of a release: the Reconciliation API, for tools that match columns of a table."""

from .likeness import key_of
from .property_values import PropertyReader
from .reconcile_requests import CANDIDATES, NameQuery
from .reconcile_room import ROUTES, ReconcileRoom
from .release_desk import OtherRelease, ReleaseAt, ReleaseDesk, open_desk
from .release_things import KINDS, KnownThing, local_id

__all__ = [
    "CANDIDATES",
    "KINDS",
    "ROUTES",
    "KnownThing",
    "NameQuery",
    "OtherRelease",
    "PropertyReader",
    "ReconcileRoom",
    "ReleaseAt",
    "ReleaseDesk",
    "key_of",
    "local_id",
    "open_desk",
]
