"""Captures of a page over time: which one a new capture takes the place of, and where a narrative's
text is kept.

In a record a narrative's capture may be a span alone, its text being the value, and a digest of
that text: it tells later whether people have edited the value since. Where value and page differ,
the capture has the text, so that nothing that a page says is lost.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from hashlib import sha256

from msgspec.structs import replace

from ...model.records import Capture, Source

#: What gives the text of a span of a source's page, or None where that is not known.
Told = Callable[[Source, Capture], str | None]


def former(sources: Sequence[Source], new: Source, *, any_language: bool = False) -> int | None:
    """Which of the sources is an earlier capture of the same page, the last one if several are;
    None if none is.

    It is the one with the same bytes; or of the same language (unless any will do) and address, or
    file name where an address is not known.
    """
    same = [i for i, source in enumerate(sources) if source.page == new.page]
    again = [
        i
        for i, source in enumerate(sources)
        if not source.media_type
        and (any_language or source.language == new.language)
        and _place_is_same(source, new)
    ]
    return next(iter(same), again[-1] if again else None)


def in_full(source: Source, told: Told) -> Source:
    """The source with the text of every narrative, as far as it is known."""
    return _each(
        source,
        lambda capture: replace(capture, text=told(source, capture)) if _bare(capture) else capture,
    )


def in_short(source: Source, value: str | None) -> Source:
    """The source without the text of a narrative that is the value."""
    return _each(source, lambda capture: _bared(capture) if _is_value(capture, value) else capture)


def is_text_of(capture: Capture, text: str | None) -> bool:
    """Whether a text is the one that a capture has left out; False where it keeps no digest."""
    return text is not None and capture.digest == _digest(text)


def untold(source: Source) -> bool:
    """Whether a narrative's text is in the record only as the value, which people may have
    edited.
    """
    return any(_bare(capture) for capture in source.values)


def vanished(
    sources: Sequence[Source], pages: Mapping[str, object] | Collection[str]
) -> tuple[Source, ...]:
    """The sources of a record whose page is not among those at hand (by SHA-256); none where no
    page is at hand.

    >>> source = Source(page="0" * 64, identifier="a", language="fr")
    >>> [one.identifier for one in vanished([source], {"1" * 64})]
    ['a']
    """
    return tuple(source for source in sources if source.page not in pages) if pages else ()


def _place_is_same(one: Source, other: Source) -> bool:
    return one.url == other.url if one.url and other.url else one.identifier == other.identifier


def _bare(capture: Capture) -> bool:
    return capture.property == "narrative" and capture.text is None and capture.span is not None


def _is_value(capture: Capture, value: str | None) -> bool:
    return capture.property == "narrative" and capture.text is not None and capture.text == value


def _bared(capture: Capture) -> Capture:
    return replace(capture, text=None, digest=_digest(capture.text or ""))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def _each(source: Source, change: Callable[[Capture], Capture]) -> Source:
    return replace(source, values=tuple(change(capture) for capture in source.values))
