"""What a dump only says to be no more: told apart from content."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from ...model.vocab import DCT, OWL

#: What leads from something that is no more to what took its place.
SUCCESSOR = f"<{DCT}isReplacedBy>"

#: All that is said of what was published and is no more.
_STUB = frozenset({f"<{OWL}deprecated>", SUCCESSOR})


def subject_of(line: str) -> str:
    """The subject of an N-Quads line, as <...>.

    >>> subject_of('<x:a> <x:p> "o" .\\n')
    '<x:a>'
    """
    return line.partition(" ")[0]


def are_stub(lines: Iterable[str]) -> bool:
    """Whether the lines of a subject say nothing but that it is no more, and what took its place.

    >>> are_stub(['<x:a> <http://www.w3.org/2002/07/owl#deprecated> "true" .\\n'])
    True
    """
    return all(line.partition(" ")[2].partition(" ")[0] in _STUB for line in lines)


def without_stubs(lines: Iterable[str]) -> Iterator[str]:
    """The sorted lines of a dump but those of what is only said to be no more.

    >>> list(without_stubs(['<x:a> <http://www.w3.org/2002/07/owl#deprecated> "true" .\\n']))
    []
    """
    for _, group in groupby(lines, subject_of):
        said = list(group)
        if not are_stub(said):
            yield from said
