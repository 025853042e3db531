"""What a new capture of a page lacks that an earlier one had: of enough, it takes no place."""

from ..model.records import Source, has_value

#: What no new capture may lack that an earlier one had.
_NEEDED = frozenset({"title", "projectId"})


def lost_fields(before: Source, now: Source) -> tuple[str, ...]:
    """The fields that a new capture lost, where its title or its id is among them, or most of all;
    none where it may take the place of the earlier one.

    >>> from idfgraph.model.records import Capture
    >>> title = Capture(property="title", text="x", span=(0, 1))
    >>> year = Capture(property="endYear", text="y", span=(1, 2))
    >>> before = Source(page="0" * 64, identifier="a", language="fr", values=(title, year))
    >>> lost_fields(before, Source(page="1" * 64, identifier="a", language="fr", values=(year,)))
    ('title',)
    """
    had, has = _fields(before), _fields(now)
    gone = had - has
    is_grave = gone & _NEEDED or len(gone) * 2 > len(had)
    return tuple(sorted(gone)) if is_grave else ()


def _fields(source: Source) -> set[str]:
    names = {one.property.partition(".")[0] for one in source.values if has_value(one)}
    return names - {"unknown"}
