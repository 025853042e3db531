"""How often Python looks for objects that nobody can reach: seldom, for records are no such."""

import gc

#: So many more objects than were let go of make it look, and so many looks at those that are new
#: one at older ones: records become old, and are let go of all the same. Python's own are 700, 10.
_OBJECTS, _LOOKS = 20_000, 50


def look_seldom() -> None:
    """From now on this process looks for unreachable objects seldom: what records become is let go
    of without that.

    >>> look_seldom()
    >>> gc.get_threshold()[0]
    20000
    """
    gc.set_threshold(_OBJECTS, _LOOKS)
