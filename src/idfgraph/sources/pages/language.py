"""The language of a page: what its HTML says, else that of its labels, of its values, of its
prose.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from ...model.names import folded
from ...model.records import Capture
from ...model.text import Language, ours
from ...model.tongues import likely
from .page_labels import SHARED, SPOKEN


def language_of(captures: Sequence[Capture], declared: Language | None = None) -> Language:
    """The language of a page with these captures; `declared` is what its HTML says.

    >>> status = Capture(property="status", text="Achevé")
    >>> language_of([status, Capture(property="coverage", text="National")])
    'fr'
    """
    return declared or _of_labels(captures) or _of_values(captures) or _of_prose(captures) or "en"


def _of_labels(captures: Iterable[Capture]) -> Language | None:
    """The language of the labels that not all pages share, if there is one."""
    labels = (c for c in captures if c.label and folded(c.label) not in SHARED)
    told = (ours(c.label_language or "") for c in labels)
    own = [language for language in told if language]
    return next((language for language in own if language != "en"), own[0] if own else None)


def _of_values(captures: Iterable[Capture]) -> Language | None:
    """The one language of most of the words that values are chosen from."""
    words = (
        (SPOKEN.get(capture.property, {}), (capture.text or "").casefold()) for capture in captures
    )
    return _most(language for known, word in words for language in known.get(word, ()))


def _of_prose(captures: Iterable[Capture]) -> Language | None:
    """The language that the words of title and narrative speak for, if it is one of ours."""
    texts = (
        capture.text or "" for capture in captures if capture.property in ("title", "narrative")
    )
    return ours(likely(" ".join(texts)))


def _most(votes: Iterable[Language]) -> Language | None:
    """What most votes are for; None without votes, or where two have as many."""
    counted = Counter(votes).most_common(2)
    tied = len(counted) > 1 and counted[0][1] == counted[1][1]
    return counted[0][0] if counted and not tied else None
